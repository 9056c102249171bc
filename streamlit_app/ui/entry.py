"""Quick entry: one form to log a contact with whoever is open, saved straight to NocoDB, with a way back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import streamlit as st

from schemas.contacts.choices import InteractionKind
from schemas.contacts.tables import Interaction
from schemas.errors import KontaktnetzError, Unavailable
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import day, row_id, text
from streamlit_app.frames.contacts import ORGANISATION
from streamlit_app.frames.detail import Tie
from streamlit_app.ui import formats, problems, texts
from streamlit_app.ui.chosen import Entry
from streamlit_app.writing import ORIGIN, Pen, Saved, Undone

_PREFIX = "eintrag_"


def show(picture: Picture, opened: Entry, held: list[Tie], session: Session) -> None:
    """Show the form to those who may write, an explanation to everybody else, and what became of the last entry."""
    _outcome(picture, opened, session)
    if not session.role.may_write:
        st.caption(texts.ENTRY_VIEWER)
        return
    if picture.manifest is None or "interaction" not in picture.manifest.tables:
        st.caption(texts.ENTRY_NO_BASE)
        return
    nonce = st.session_state.setdefault(f"{_PREFIX}nummer", 0)
    key = f"{_PREFIX}{opened.address}_{nonce}"
    failed = f"{key}_fehler" in st.session_state
    box = st.expander(texts.ENTRY, icon=":material/edit_note:", key=f"{key}_klappe", expanded=failed)
    with box, st.form(f"{key}_form", border=False, enter_to_submit=False):
        record = _fields(picture, opened, held, session, key)
        if problem := st.session_state.get(f"{key}_fehler"):
            st.error(problem, icon=":material/error:")
        if st.form_submit_button(texts.ENTRY_SAVE, type="primary", key=f"{key}_ok"):
            _save(picture, opened, session, record, key)


def _fields(picture: Picture, opened: Entry, held: list[Tie], session: Session, key: str) -> Interaction:
    first, second = st.columns(2)
    with first:
        on = st.date_input(texts.ENTRY_DAY, value=picture.today, format="DD.MM.YYYY", key=f"{key}_tag",
                           max_value=picture.today + dt.timedelta(days=366))  # fmt: skip
    with second:
        kinds = picture.choices("interaction", "kind")
        start = list(kinds).index(InteractionKind.CALL) if InteractionKind.CALL in kinds else 0
        kind = st.selectbox(texts.ENTRY_KIND, list(kinds), index=start, format_func=_words(kinds), key=f"{key}_art")
    with first:
        others = {t.other: t.other_name for t in held if t.current and t.other is not None}
        is_organisation = opened.table == ORGANISATION
        other = st.selectbox(
            texts.ENTRY_PERSON if is_organisation else texts.ENTRY_ORGANISATION,
            list(others), index=_only(others), format_func=_words(others), key=f"{key}_gegenueber",
            placeholder=texts.ENTRY_NOBODY if is_organisation else texts.ENTRY_NO_ORGANISATION,
        )  # fmt: skip
    with second:
        team, me = _team(picture, session)
        member = st.selectbox(texts.ENTRY_MEMBER, list(team), index=me, format_func=_words(team), key=f"{key}_wir",
                              placeholder=texts.ENTRY_UNKNOWN_MEMBER)  # fmt: skip
    summary = st.text_input(
        texts.ENTRY_SUMMARY, key=f"{key}_worum", placeholder=texts.ENTRY_SUMMARY_HINT, max_chars=500
    )
    first, second = st.columns([2, 1])
    with first:
        step = st.text_input(texts.ENTRY_STEP, key=f"{key}_schritt", placeholder=texts.ENTRY_STEP_HINT, max_chars=500)
    with second:
        due = st.date_input(texts.ENTRY_DUE, value=None, format="DD.MM.YYYY", key=f"{key}_bis")
    return Interaction(
        summary=(summary or "").strip() or None,
        day=on if isinstance(on, dt.date) else None,
        kind=kind,
        organisation=opened.id if is_organisation else other,
        person=other if is_organisation else opened.id,
        team_member=member,
        next_step=(step or "").strip() or None,
        next_step_due=due if isinstance(due, dt.date) else None,
        origin=ORIGIN,
        source=ORIGIN,
    )


def _save(picture: Picture, opened: Entry, session: Session, record: Interaction, key: str) -> None:
    ident = st.session_state.setdefault(f"{key}_kennung", f"{ORIGIN}:{uuid.uuid4()}")
    problem = texts.ENTRY_NEEDS_SUMMARY if not record.summary else texts.ENTRY_NEEDS_DAY if not record.day else ""
    if not problem and picture.manifest:
        complete = Interaction(**{c: record.value(c) for c in Interaction.table().columns} | {"ident": ident})
        try:
            saved = _pen(picture, session).save(
                complete, context.now(), unclear=st.session_state.get(f"{key}_unklar", False)
            )
        except KontaktnetzError as failed:
            problem = problems.told(failed)
            st.session_state[f"{key}_unklar"] = isinstance(failed, Unavailable)
        else:
            st.session_state[f"{_PREFIX}gespeichert"] = (opened, saved)
            st.session_state[f"{_PREFIX}nummer"] += 1
            st.session_state.pop(f"{key}_fehler", None)
            st.rerun()
    st.session_state[f"{key}_fehler"] = problem
    st.rerun()


def _outcome(picture: Picture, opened: Entry, session: Session) -> None:
    """Show what became of the last entry, with the way back as long as it is the last one."""
    of, saved = st.session_state.get(f"{_PREFIX}gespeichert", (None, None))
    told = st.session_state.pop(f"{_PREFIX}meldung", None)
    if told:
        st.info(told, icon=":material/undo:")
    if of == opened and isinstance(saved, Saved):
        with st.container(horizontal=True, vertical_alignment="center", key="eintrag_erfolg"):
            st.success(texts.ENTRY_SAVED, icon=":material/check_circle:", width="stretch")
            st.button(texts.ENTRY_UNDO, key=f"{_PREFIX}rueckgaengig", icon=":material/undo:",
                      on_click=_undo, args=(picture, session, opened, saved))  # fmt: skip


def _undo(picture: Picture, session: Session, opened: Entry, saved: Saved) -> None:
    st.session_state.pop(f"{_PREFIX}gespeichert", None)
    try:
        _pen(picture, session).undo(saved, context.now())
        told = texts.ENTRY_UNDONE
    except Undone as kept:
        told = str(kept)
    except KontaktnetzError as failed:
        st.session_state[f"{_PREFIX}gespeichert"] = (opened, saved)
        told = problems.told(failed)
    st.session_state[f"{_PREFIX}meldung"] = told


def _pen(picture: Picture, session: Session) -> Pen:
    assert picture.manifest is not None  # noqa: S101 - the form is only shown with one
    return Pen(context.get().settings, picture.manifest, session.token)


def _team(picture: Picture, session: Session) -> tuple[dict[int, str], int | None]:
    """Return our active people by id, and the place of the signed-in one among them."""
    team: dict[int, str] = {}
    me = None
    for row in picture.table("team_member").itertuples():
        left = day(row.active_to)
        if left is None or left >= picture.today:
            if text(row.mail).casefold() == session.email.casefold():
                me = len(team)
            team[row_id(row.id)] = text(row.name)
    return team, me


def _only(options: Mapping[int, str]) -> int | None:
    return 0 if len(options) == 1 else None


def _words(options: Mapping[object, str] | Mapping[int, str] | Mapping[str, str]):  # type: ignore[no-untyped-def]
    return lambda chosen: formats.shortened(options.get(chosen, str(chosen)))
