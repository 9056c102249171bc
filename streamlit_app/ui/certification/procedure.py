"""The tab *Verfahren*: steps and criteria as they are for the next round, and which round keeps which version."""

from __future__ import annotations

import streamlit as st

from automations.certification.procedure_rows import put_defaults
from schemas.certification.rules.procedure import Procedure, read_procedure
from schemas.certification.rules.versions import Difference, differences
from schemas.certification.tables import CertificationRound
from streamlit_app import certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.records import as_records
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen, desk
from streamlit_app.ui.certification import procedure_texts as words
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, session: Session) -> None:
    """Show the tab."""
    procedure = certification_data.procedure_today(picture)
    st.markdown(words.INTRO)
    if picture.table("certification_step").empty:
        _offer(picture, session)
    assumed = sum(one.assumption for one in procedure.steps) + sum(one.assumption for one in procedure.criteria)
    if assumed:
        st.info(words.ASSUMED.format(count=assumed), icon=":material/help:")
    _steps(picture, procedure)
    _criteria(picture, procedure)
    _rounds(picture, procedure)


def _offer(picture: Picture, session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(words.EMPTY, icon=":material/edit_note:", width="stretch")
        if session.role.may_write:
            st.button(words.FILL, key="zert_vorschlag", help=words.FILL_HELP, on_click=_fill, args=(picture, session))


def _fill(picture: Picture, session: Session) -> None:
    def work() -> desk.Outcome:
        put = put_defaults(connect(session, picture), context.now)
        refresh()
        if not put.run:
            return desk.Outcome(("", 0), words.FILLED_NONE)
        told = words.FILLED.format(steps=put.steps, criteria=put.criteria)
        back = desk.back_by_run(put.run, "certification_step", [])
        return desk.Outcome(("", 0), told, back=back, undone=words.FILLED_BACK)

    desk.safely(("", 0), work)


def _head(picture: Picture, title: str, label: str, table: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(title, anchor=False, width="content")
        url = picture.manifest.table_url(table) if picture.manifest else None
        if url:
            st.link_button(label, url, icon=":material/open_in_new:")


def _steps(picture: Picture, procedure: Procedure) -> None:
    _head(picture, words.STEPS, words.STEPS_OPEN, "certification_step")
    rows = [
        Row(
            (
                step.name, picture.label("certification_step", "phase", step.phase),
                picture.label("certification_step", "actor", step.actor), step.weeks, _yes(step.required),
                _yes(step.assumption), step.evidence, step.explanation,
            ),
            url=_url(picture, "certification_step", step.code),
        )
        for step in procedure.steps
    ]  # fmt: skip
    RowList("zert_schritte_heute", words.STEPS, words.STEP_COLUMNS, rows).show(picture.today)
    told = [words.WEEKS.format(weeks=sum(step.weeks for step in procedure.steps if step.required))]
    if retired := _retired(picture, "certification_step"):
        told.append(words.RETIRED.format(count=retired))
    st.caption(" ".join(told))


def _criteria(picture: Picture, procedure: Procedure) -> None:
    _head(picture, words.CRITERIA, words.CRITERIA_OPEN, "criterion")
    rows = [
        Row((one.name, one.area, _yes(one.must), _yes(one.assumption), one.indicators, one.example),
            url=_url(picture, "criterion", one.code))
        for one in procedure.criteria
    ]  # fmt: skip
    RowList("zert_kriterien_heute", words.CRITERIA, words.CRITERION_COLUMNS, rows).show(picture.today)
    if retired := _retired(picture, "criterion"):
        st.caption(words.RETIRED.format(count=retired))


def _url(picture: Picture, table: str, code: str) -> str:
    """Return the address of the row with a code; staff's own rows bear their number in it."""
    rows = picture.table(table)
    found = rows.loc[rows["ident"] == code, "id"]
    if not found.empty:
        return picture.row_url(table, int(found.iloc[0]))
    number = code.rpartition("-")[2]
    return picture.row_url(table, int(number)) if number.isascii() and number.isdigit() else ""


def _retired(picture: Picture, table: str) -> int:
    return int(picture.table(table)["retired"].fillna(False).astype(bool).sum())


def _yes(value: bool) -> str:
    return words.YES if value else ""


def _rounds(picture: Picture, today: Procedure) -> None:
    st.header(words.ROUNDS, anchor=False)
    rounds = as_records(picture.table("certification_round"), CertificationRound)
    if not rounds:
        st.caption(words.ROUNDS_NONE)
    for one in sorted(rounds, key=lambda r: (r.year or 0, r.id or 0), reverse=True):
        kept = read_procedure(one.procedure)
        found = differences(kept, today) if kept is not None else []
        with st.container(border=True, key=f"zert_fassung_{one.id}", gap="xxsmall"):
            st.html(f'<div class="kn-line">{_round_link(one)}<span class="kn-muted">{_told(kept, found)}</span></div>')
            if found:
                st.markdown("\n".join(f"- {formats.plain(_sentence(d))}" for d in found))


def _round_link(one: CertificationRound) -> str:
    name = formats.escape(one.name or page_words.NAMELESS)
    return f'<a class="kn-title" href="{chosen.round_page(one.id or 0)}" target="_self">{name}</a>'


def _told(kept: Procedure | None, found: list[Difference]) -> str:
    if kept is None:
        return words.FOLLOWS
    size = words.KEEPS.format(steps=len(kept.steps), criteria=len(kept.criteria))
    count = len(found)
    told = words.SAME if not count else words.DIFFERS_ONE if count == 1 else words.DIFFERS.format(count=count)
    return f"{size} · {told}"


def _sentence(one: Difference) -> str:
    what = words.CRITERION if one.criterion else words.STEP
    return words.TOLD[one.kind].format(what=what, name=one.name, before=one.before)
