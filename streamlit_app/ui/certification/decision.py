"""The tab *Entscheidung* of a case: all that the meeting needs on one page, the decision, and the sheet to print."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from automations.certification.decision_sheet import DecisionPage, decision_sheet_pdf
from automations.certification.report_paper import Block
from automations.documents.pdf import MIME, DocumentError
from schemas.certification.choices import Phase
from schemas.certification.rules.progress import Move, obstacles
from schemas.certification.tables import Certification
from streamlit_app import case_data, case_papers, certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, glyphs
from streamlit_app.ui.certification import chosen, decision_form, profile
from streamlit_app.ui.certification import decision_texts as words
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the tab of one case."""
    case = certification_data.case_record(picture, case_row)
    if case is None:
        return
    page = case_papers.page_of(picture, case)
    left, right = st.columns([1, 1], gap="large")
    with left:
        _summary(page)
    with right:
        _decision(picture, session, case, page)
        _papers(picture, case)
    profile.show(certification_data.procedure(picture, case.round), case_data.told(picture, case))
    _history(picture, case)


def _summary(page: DecisionPage) -> None:
    st.subheader(words.ABOUT, anchor=False)
    rows = "".join(f"<dt>{formats.escape(k)}</dt><dd>{formats.escape(v)}</dd>" for k, v in page.facts)
    st.html(f'<dl class="kn-data">{rows}</dl>')
    st.markdown(f"**{words.VERDICT}: {formats.plain(page.verdict)}**")
    if page.missing:
        st.error(words.MUST.format(names=formats.plain("; ".join(page.missing))), icon=":material/priority_high:")
    else:
        st.markdown(f":material/check: {words.MUST_NONE}")
    if page.steps:
        st.warning(words.STEPS.format(names=formats.plain("; ".join(page.steps))), icon=":material/checklist:")
    else:
        st.markdown(f":material/check: {words.STEPS_NONE}")
    st.markdown(f"**{words.CONCLUSION}**")
    _blocks(page.conclusion)
    if page.recommendations:
        st.markdown(f"**{words.RECOMMENDATIONS}**")
        _blocks(page.recommendations)


def _blocks(blocks: Sequence[Block]) -> None:
    for block in blocks:
        mark = "- " if block.is_list else ""
        st.markdown("\n".join(f"{mark}{formats.plain(line)}" for line in block.lines))


def _decision(picture: Picture, session: Session, case: Certification, page: DecisionPage) -> None:
    if page.decided is not None:
        _decided(case, page)
    standing = certification_data.standing(picture, case)
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    if standing is None:
        return
    found = obstacles(Move.DECIDE, certification_data.procedure(picture, case.round), standing.case)
    if found and page.decided is not None and not standing.case.running:
        return
    if found:
        st.info(words.NOT_YET.format(why=" ".join(found)), icon=":material/hourglass_empty:")
        tab, label = (chosen.STEPS, words.TO_STEPS) if case.signed_off_on else (chosen.REPORT, words.TO_REPORT)
        st.button(label, key="entsch_zum_teil", icon=":material/arrow_forward:", on_click=chosen.open_tab, args=(tab,))
    elif page.decided is None:
        with st.container(border=True, key="entsch_form"):
            st.subheader(words.DECIDE, anchor=False)
            decision_form.show(picture, session, case)
    else:
        with st.expander(words.AGAIN, icon=":material/edit:"):
            st.caption(words.AGAIN_NOTE)
            decision_form.show(picture, session, case)


def _decided(case: Certification, page: DecisionPage) -> None:
    if page.decided is None:
        return
    with st.container(border=True, key="entsch_entschieden"):
        st.subheader(words.DECIDED, anchor=False)
        by = words.BY.format(body=formats.plain(page.decided.by)) if page.decided.by else ""
        choice = formats.plain(page.decided.choice)
        st.markdown(words.DECIDED_LINE.format(choice=choice, day=page.decided.on, by=by))
        if page.decided.words:
            st.html(f'<div class="kn-side">{formats.escape(page.decided.words)}</div>')
        st.markdown(f"**{words.RECUSED}**" if page.recused else f":material/check: {words.NOBODY_RECUSED}")
        for name, reason in page.recused:
            st.markdown(f"- {formats.plain(name)}: {formats.plain(reason)}")
        if case.phase == Phase.DECLINED:
            st.caption(words.ENDED_NO)


def _papers(picture: Picture, case: Certification) -> None:
    """Offer the sheet of this case, and those of all cases that wait for a decision in its round."""
    version = picture.version(*case_papers.TABLES)
    try:
        sheet = _made((case.id or 0,), version, picture)
    except DocumentError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    waiting = case_papers.up_for_decision(picture, case)
    glyphs.warn(*_pages((case.id or 0,), version, picture), *_pages(tuple(waiting), version, picture))
    day = picture.today.isoformat()
    with st.container(horizontal=True, key="entsch_papier"):
        st.download_button(words.SHEET, data=sheet, mime=MIME, file_name=words.FILE.format(day=day), key="entsch_pdf",
                           icon=":material/picture_as_pdf:", on_click="ignore")  # fmt: skip
        if len(waiting) > 1:
            st.download_button(
                words.SHEETS.format(count=len(waiting)), data=lambda: _made(waiting, version, picture), mime=MIME,
                file_name=words.FILES.format(day=day), key="entsch_alle", icon=":material/picture_as_pdf:",
                on_click="ignore",
            )  # fmt: skip


@st.cache_resource(max_entries=16, ttl=60, show_spinner=False)
def _pages(rows: tuple[int, ...], version: str, _picture: Picture) -> list[DecisionPage]:
    cases = (certification_data.case_record(_picture, row) for row in rows)
    return [case_papers.page_of(_picture, case) for case in cases if case is not None]


@st.cache_resource(max_entries=16, ttl=60, show_spinner=False)
def _made(rows: tuple[int, ...], version: str, _picture: Picture) -> bytes:
    cases = [case for row in rows if (case := certification_data.case_record(_picture, row)) is not None]
    if not cases:
        return b""
    round_ = certification_data.round_record(_picture, cases[0].round)
    subtitle = words.SUBTITLE.format(round=(round_.name or "") if round_ else "", day=formats.date(_picture.today))
    pages = _pages(rows, version, _picture)
    own = context.get().settings.templates_dir
    return decision_sheet_pdf(pages, network=case_papers.network(), subtitle=subtitle.strip(" ·"), own=own)


def _history(picture: Picture, case: Certification) -> None:
    st.subheader(words.HISTORY, anchor=False)
    records = certification_data.records_of(picture, case.id or 0)
    items = []
    for one in reversed(records):
        outcome = picture.label("step_record", "outcome", one.outcome) if one.outcome else ""
        about = " · ".join(part for part in (formats.date(one.done_on), outcome, one.done_by, one.proof) if part)
        items.append(
            f'<li><div class="kn-line"><span class="kn-title">{formats.escape(one.name or "")}</span>'
            f'<span class="kn-muted">{formats.escape(about)}</span></div></li>'
        )
    if items:
        st.html(f'<ol class="kn-time">{"".join(items)}</ol>')
    else:
        st.caption(words.NO_HISTORY)
    if earlier := case_papers.earlier_cases(picture, case):
        st.markdown(f"**{words.EARLIER}**")
        rows = [
            Row((e.name or "", picture.label("certification", "phase", e.phase or ""), e.decided_on,
                 e.seal_number or ""), chosen.case_page(e.id or 0), picture.row_url("certification", e.id or 0) or "")
            for e in earlier
        ]  # fmt: skip
        RowList("entsch_frueher", words.EARLIER, words.EARLIER_COLUMNS, rows).show(picture.today, export=False)
