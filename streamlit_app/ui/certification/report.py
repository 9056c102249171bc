"""The tab *Bericht* of a case: four texts with a draft from the ratings, the sign-off, and the report on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping

import streamlit as st

from automations.certification import report_writing
from automations.certification.report import HEADINGS, PARTS, propose, texts_of
from automations.certification.report_paper import DOCX_MIME, report_docx, report_pdf
from automations.certification.report_writing import Saved
from automations.documents.pdf import MIME, DocumentError
from schemas.certification.tables import Certification
from streamlit_app import case_data, case_papers, certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.search import fold
from streamlit_app.signed import connect_tables
from streamlit_app.ui import formats, glyphs
from streamlit_app.ui.certification import chosen, nearby, report_fields
from streamlit_app.ui.certification import report_texts as words
from streamlit_app.ui.certification.desk import Outcome, back_by_run
from streamlit_app.ui.certification.report_fields import Writing, same
from sync.connection import Connection
from sync.mirror import patch_mirror


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the tab of one case."""
    case = certification_data.case_record(picture, case_row)
    if case is None:
        return
    texts = texts_of(case)
    _state(picture, session, case)
    if not session.role.may_write:
        _read(texts)
        _papers(picture, case)
        return
    procedure = certification_data.procedure(picture, case.round)
    drafts = propose(procedure, case_data.told(picture, case), case_data.house(picture, case))
    kept = report_fields.writing(case_row, texts)
    _proposal(kept, drafts)
    report_fields.show(kept, texts, drafts)
    nearby.show("bericht", picture, session, ("fall", case_row))
    _save_bar(picture, session, case, kept)
    if case.signed_off_on is None:
        _sign(picture, session, case, kept, drafts)
    _papers(picture, case, unsaved=bool(kept.unsaved))


def _state(picture: Picture, session: Session, case: Certification) -> None:
    if case.decision and session.role.may_write:
        st.caption(words.DECIDED_NOTE)
    if case.signed_off_on is None:
        st.info(words.DRAFT_STATE, icon=":material/edit_note:")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="bericht_stand"):
        told = words.SIGNED_STATE.format(day=formats.date(case.signed_off_on),
                                         by=formats.plain(case.signed_off_by or words.SOMEBODY))  # fmt: skip
        note = f" {words.SIGNED_NOTE}" if session.role.may_write else ""
        st.success(told + note, icon=":material/verified:", width="stretch")
        if session.role.may_write:
            st.button(words.TAKE_BACK, key="bericht_freigabe_zurueck", icon=":material/lock_open:",
                      on_click=_take_back, args=(picture, session, case))  # fmt: skip


def _read(texts: Mapping[str, str]) -> None:
    for part in PARTS:
        st.subheader(HEADINGS[part], anchor=False)
        st.html(f'<div class="kn-side">{formats.escape(texts[part] or words.EMPTY)}</div>')
    st.caption(words.VIEWER)


def _proposal(kept: Writing, drafts: Mapping[str, str]) -> None:
    if not drafts["conclusion"]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words.NO_PROPOSAL)
            st.button(words.TO_ASSESSMENT, key="bericht_zur_einschaetzung", type="tertiary",
                      on_click=chosen.open_tab, args=(chosen.ASSESSMENT,))  # fmt: skip
    elif any(not kept.typed[part].strip() and drafts[part] for part in PARTS):
        st.button(words.FILL, key="bericht_fuellen", icon=":material/edit_note:", help=words.FILL_HELP,
                  on_click=report_fields.fill, args=(kept, drafts))  # fmt: skip


def _save_bar(picture: Picture, session: Session, case: Certification, kept: Writing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bericht_speichern"):
        st.button(words.SAVE, key="bericht_ok", type="primary", icon=":material/save:", on_click=_save,
                  args=(picture, session, case, kept))  # fmt: skip
        if kept.unsaved:
            st.button(words.DISCARD, key="bericht_verwerfen", type="tertiary", on_click=report_fields.discard,
                      args=(kept,))  # fmt: skip
            st.caption(words.NOT_SAVED.format(parts=_named(kept.unsaved)))


def _save(picture: Picture, session: Session, case: Certification, kept: Writing) -> None:
    def work(opened: Connection) -> Saved:
        return report_writing.save_texts(opened, case.id or 0, kept.typed, kept.seen, context.now)

    def said(done: Saved) -> Outcome:
        now = texts_of(done.row) if done.row is not None else {}
        wrote = [part for part in kept.unsaved if part not in done.taken and same(now.get(part, ""), kept.typed[part])]
        for part in wrote:
            kept.put(part, now[part], seen=now[part])
        place = ("fall", case.id or 0)
        if done.taken:
            return Outcome(place, words.TAKEN.format(parts=_named(done.taken)), bad=True)
        if not done.run:
            return Outcome(place, words.SAVED_NOTHING)
        told = words.SAVED.format(parts=_named(wrote))
        return Outcome(place, f"{told} {words.UNSIGNED}" if done.unsigned else told, back=_back(case, done))

    _write(picture, session, case, work, said)


def _sign(
    picture: Picture, session: Session, case: Certification, kept: Writing, drafts: Mapping[str, str]
) -> None:  # fmt: skip
    with st.container(border=True, key="bericht_freigabe"):
        st.subheader(words.SIGN, anchor=False)
        left, right = st.columns([2, 1])
        by = left.text_input(
            words.SIGN_BY, case_data.name_of(picture, session), key=f"bericht_wer_{case.id}", max_chars=200
        )
        on = right.date_input(words.SIGN_ON, picture.today, max_value=picture.today, format="DD.MM.YYYY",
                              key=f"bericht_wann_{case.id}")  # fmt: skip
        plain = [part for part in PARTS if drafts[part] and same(kept.typed[part], drafts[part])]
        if plain:
            st.caption(words.SIGN_DRAFT.format(parts=_named(plain)))
        hint = words.SIGN_FIRST_SAVE if kept.unsaved else (
            "" if kept.seen["conclusion"].strip() else words.SIGN_NO_CONCLUSION
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(words.SIGN_DO, key="bericht_freigeben", icon=":material/verified:", disabled=bool(hint),
                      on_click=_sign_off, args=(picture, session, case, dict(kept.seen)),
                      kwargs={"by": by, "on": on})  # fmt: skip
            if hint:
                st.caption(hint)


def _sign_off(
    picture: Picture, session: Session, case: Certification, seen: Mapping[str, str], *, by: str, on: object
) -> None:  # fmt: skip
    day = on if isinstance(on, dt.date) else picture.today

    def work(opened: Connection) -> Saved:
        return report_writing.sign_off(opened, case.id or 0, seen, by=by, on=day, now=context.now)

    _write(picture, session, case, work,
           lambda done: Outcome(("fall", case.id or 0), words.SIGNED, back=_back(case, done)))  # fmt: skip


def _take_back(picture: Picture, session: Session, case: Certification) -> None:
    def work(opened: Connection) -> Saved:
        return report_writing.take_back_sign_off(opened, case.id or 0, context.now)

    _write(picture, session, case, work,
           lambda done: Outcome(("fall", case.id or 0), words.TAKEN_BACK, back=_back(case, done)))  # fmt: skip


def _write(
    picture: Picture, session: Session, case: Certification, work: Callable[[Connection], Saved],
    said: Callable[[Saved], Outcome],
) -> None:  # fmt: skip
    """Write, and lay what stands then over the mirror."""

    def all_of_it() -> Outcome:
        done = work(connect_tables(session, picture, ("certification", "journal")))
        if done.row is not None:
            folder = context.get().settings.mirror_dir
            patch_mirror(folder, "certification", case.id or 0, done.row.encode(), context.now())
        return said(done)

    nearby.safely("bericht", ("fall", case.id or 0), all_of_it)


def _back(case: Certification, done: Saved) -> Callable[[Picture, Session], None] | None:
    return back_by_run(done.run, "certification", [case.id or 0]) if done.run else None


def _papers(picture: Picture, case: Certification, *, unsaved: bool = False) -> None:
    """Offer the report as it is saved; a template of the agency's own that is broken is named."""
    try:
        pdf = _made(case.id or 0, picture.version(*case_papers.TABLES), picture)
    except DocumentError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    name = words.FILE.format(name="-".join(fold(case.name or "").split())[:40], day=picture.today.isoformat())
    glyphs.warn(case_papers.report_of(picture, case))
    with st.container(horizontal=True, vertical_alignment="center", key="bericht_papier"):
        st.download_button(words.PDF, data=pdf, mime=MIME, file_name=f"{name}.pdf", key="bericht_pdf",
                           icon=":material/picture_as_pdf:", on_click="ignore")  # fmt: skip
        st.download_button(words.DOCX, data=lambda: report_docx(case_papers.report_of(picture, case)), mime=DOCX_MIME,
                           file_name=f"{name}.docx", key="bericht_docx", icon=":material/description:",
                           on_click="ignore")  # fmt: skip
        if unsaved:
            st.caption(words.SAVED_STATE)


@st.cache_resource(max_entries=16, ttl=60, show_spinner=False)
def _made(row: int, version: str, _picture: Picture) -> bytes:
    case = certification_data.case_record(_picture, row)
    if case is None:
        return b""
    return report_pdf(case_papers.report_of(_picture, case), context.get().settings.templates_dir)


def _named(parts: Collection[str]) -> str:
    return ", ".join(HEADINGS[part] for part in PARTS if part in parts)
