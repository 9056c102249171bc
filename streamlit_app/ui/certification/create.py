"""Making a round, changing it, and beginning it: with the person's own token, and with a way back for what was made."""

from __future__ import annotations

import uuid
from dataclasses import replace

import streamlit as st

from automations.certification.cases import begin_round
from schemas.certification.choices import RoundState
from schemas.certification.rules.procedure import Procedure
from schemas.certification.tables import CertificationRound
from schemas.errors import KontaktnetzError, Unavailable
from schemas.model import LongText
from streamlit_app import certification_data, context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification_rounds import state_of
from streamlit_app.signed import connect
from streamlit_app.ui import problems
from streamlit_app.ui.certification import chosen, desk, round_fields
from streamlit_app.ui.certification import form_texts as words
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.writing import Pen

FORM = "form"
NEW, EDIT, PLACE = "neu", "bearbeiten", "aufnehmen"
"""In the address: which form is open."""


def wanted() -> str:
    """Return which form the address asks for, nothing for none."""
    return st.query_params.get(FORM, "")


def open_form(form: str) -> None:
    """Open a form; to be used as a callback."""
    st.session_state["zert_form_nummer"] = st.session_state.get("zert_form_nummer", 0) + 1
    st.query_params[FORM] = form


def close_form() -> None:
    """Close the form; to be used as a callback."""
    st.query_params.pop(FORM, None)


def starter(session: Session, *, first: bool = False) -> None:
    """Offer to make a round."""
    if session.role.may_write:
        st.button(words.NEW, key="zert_neu", type="primary", icon=":material/add:", on_click=open_form, args=(NEW,))
    elif first:
        st.caption(words.VIEWER)


def show_new(picture: Picture, session: Session) -> None:
    """Show the form for a new round, filled with what the last one had."""
    rounds = certification_data.rounds(picture)
    key = f"zert_form_neu_{st.session_state.setdefault('zert_form_nummer', 0)}"
    st.header(words.NEW, anchor=False)
    made, wrong = round_fields.show(picture, round_fields.start(picture, rounds), rounds, key)
    if _buttons(words.SAVE_NEW, session, key, wrong):
        _create(picture, session, made, key)


def show_edit(picture: Picture, session: Session, start: CertificationRound) -> None:
    """Show the form of a round that is there."""
    key = f"zert_form_{start.id}_{st.session_state.setdefault('zert_form_nummer', 0)}"
    st.header(words.EDIT_TITLE, anchor=False)
    made, wrong = round_fields.show(picture, start, certification_data.rounds(picture), key)
    if state_of(start) != RoundState.PREPARED:
        made = round_fields.state_field(picture, made, key)
    if _buttons(words.SAVE, session, key, wrong):
        _change(picture, session, start, made, key)


def begin(picture: Picture, session: Session, round_: CertificationRound) -> None:
    """Say that a round has not begun, and offer to begin it: from then on it keeps its procedure."""
    if state_of(round_) != RoundState.PREPARED:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="zert_vorbereitet"):
        st.info(words.NOT_BEGUN, icon=":material/hourglass_empty:", width="stretch")
        if session.role.may_write:
            kept = certification_data.procedure_today(picture)
            with st.popover(words.BEGIN, icon=":material/play_arrow:", key="zert_beginnen_kasten"):
                st.markdown(words.BEGIN_ASK.format(**_size(kept)))
                st.button(words.BEGIN_DO, key="zert_beginnen", type="primary", on_click=_begin,
                          args=(picture, session, round_))  # fmt: skip


def _begin(picture: Picture, session: Session, round_: CertificationRound) -> None:
    row = round_.id or 0
    place = ("runde", row)

    def work() -> desk.Outcome:
        opened = connect(session, picture)
        begun = begin_round(opened, row, context.now)
        desk.lay_over(opened, "certification_round", [row])
        back = desk.back_by_run(begun.run, "certification_round", [row]) if begun.run else None
        return desk.Outcome(place, words.BEGUN.format(**_size(begun.procedure)), back=back)

    desk.safely(place, work)


def _size(procedure: Procedure) -> dict[str, int]:
    return {"steps": len(procedure.steps), "criteria": len(procedure.criteria)}


def _buttons(label: str, session: Session, key: str, wrong: list[str]) -> bool:
    if problem := st.session_state.pop(f"{key}_fehler", None):
        st.error(problem, icon=":material/error:")
    if not session.role.may_write:
        st.caption(words.VIEWER)
    with st.container(horizontal=True):
        pressed = st.button(label, key=f"{key}_ok", type="primary", disabled=not session.role.may_write)
        st.button(words.CANCEL, key=f"{key}_ab", on_click=close_form)
    if pressed and wrong:
        st.error(" ".join(wrong), icon=":material/error:")
    return pressed and not wrong


def _create(picture: Picture, session: Session, made: CertificationRound, key: str) -> None:
    assert picture.manifest is not None  # noqa: S101 - the page only shows itself with one
    ident = st.session_state.setdefault(f"{key}_kennung", f"runde:{uuid.uuid4()}")
    pen = Pen(context.get().settings, picture.manifest, session.token, CertificationRound)
    try:
        saved = pen.save(
            replace(made, ident=ident), context.now(), unclear=st.session_state.get(f"{key}_unklar", False)
        )
    except KontaktnetzError as failed:
        st.session_state[f"{key}_unklar"] = isinstance(failed, Unavailable)
        st.session_state[f"{key}_fehler"] = problems.told(failed)
        st.rerun()

    def back(_: Picture, who: Session) -> None:
        replace(pen, token=who.token).undo(saved, context.now())
        chosen.close()

    chosen.open_round(saved.row)
    desk.tell(desk.Outcome(("runde", saved.row), words.SAVED_NEW, back=back, undone=words.UNDONE_NEW))
    st.rerun()


def _change(
    picture: Picture, session: Session, start: CertificationRound, made: CertificationRound, key: str
) -> None:  # fmt: skip
    assert picture.manifest is not None  # noqa: S101 - the page only shows itself with one
    columns = CertificationRound.table().columns
    after = {code: made.value(code) for code in columns if made.value(code) != start.value(code)}
    if not after:
        st.info(words.NOTHING_CHANGED)
        return
    short = {code: start.value(code) for code in after if not isinstance(columns[code], LongText)}
    row = start.id or 0
    changer = Changer(context.get().settings, picture.manifest, session.token, "certification_round")
    try:
        done = changer.change(row, short or {"name": start.name}, after, context.now())
    except KontaktnetzError as failed:
        st.session_state[f"{key}_fehler"] = problems.told(failed)
        st.rerun()
    if done:
        close_form()
        desk.tell(desk.Outcome(("runde", row), words.SAVED))
    else:
        st.session_state["zert_form_nummer"] += 1
        desk.tell(desk.Outcome(("runde", row), page_words.BUSY, bad=True))
    st.rerun()
