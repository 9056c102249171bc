"""A contact in one line: what was understood is shown to be corrected, what was not is asked for, then it is saved."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

import streamlit as st

from schemas.contacts.quick_entry import read_line
from schemas.contacts.tables import Interaction, InteractionParticipant
from schemas.errors import KontaktnetzError, Unavailable
from schemas.model import Record
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import ORGANISATION, PERSON
from streamlit_app.frames.meant import Meant
from streamlit_app.ui import formats, quick_who
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.problems import told
from streamlit_app.writing import ORIGIN, Pen, Saved, Undone

_PREFIX = "schnell_"


def show(picture: Picture, session: Session, member: int | None) -> None:
    """Show the line to those who may write, then the form of what was understood; ``member`` is who signed in."""
    if not session.role.may_write or picture.manifest is None or "interaction" not in picture.manifest.tables:
        return
    _outcome(picture, session)
    nonce = st.session_state.setdefault(f"{_PREFIX}nummer", 0)
    line = st.text_input(
        words.QUICK, key=f"{_PREFIX}zeile_{nonce}", placeholder=words.QUICK_HINT, help=words.QUICK_HELP
    )
    if not (line or "").strip():
        return
    found = read_line(line, picture.today, picture.knows_name)
    key = f"{_PREFIX}{nonce}_{abs(hash(line))}"
    with st.container(border=True, key=f"{_PREFIX}kasten"):
        who = quick_who.choose(picture, session, found.who, key)
        start_about = "; ".join(filter(None, [found.about, *map(_told_too, who.unknown)]))
        first, second = st.columns(2)
        first.date_input(words.QUICK_DAY, value=found.day or picture.today, format="DD.MM.YYYY", key=f"{key}_tag")
        kinds = picture.choices("interaction", "kind")
        start = list(kinds).index(found.kind) if found.kind in kinds else None
        second.selectbox(words.QUICK_KIND, list(kinds), index=start, key=f"{key}_art",
                         format_func=lambda code: formats.shortened(kinds.get(code, code or "")))  # fmt: skip
        st.text_input(words.QUICK_ABOUT, value=start_about, key=f"{key}_worum", max_chars=500)
        first, second = st.columns([2, 1])
        first.text_input(words.QUICK_STEP, value=found.step, key=f"{key}_schritt", max_chars=500)
        second.date_input(words.QUICK_STEP_DUE, value=found.step_due, format="DD.MM.YYYY", key=f"{key}_bis")
        if member is None:
            st.caption(words.QUICK_NOT_OF_TEAM)
        if problem := st.session_state.pop(f"{_PREFIX}problem", None):
            st.error(problem, icon=":material/error:")
        st.button(words.QUICK_SAVE, type="primary", key=f"{key}_ok", on_click=_save,
                  args=(picture, session, key, member, who.found if who.complete else ()))  # fmt: skip


def _as_shown(key: str, member: int | None, who: Sequence[Meant]) -> Interaction:
    """Return the contact of the fields as they stand at the click: whoever types and clicks at once has not waited."""
    typed = {field: st.session_state.get(f"{key}_{field}") for field in ("tag", "art", "worum", "schritt", "bis")}
    return Interaction(
        summary=(typed["worum"] or "").strip() or None, day=typed["tag"] or None, kind=typed["art"] or None,
        organisation=_first(who, ORGANISATION), person=_first(who, PERSON), team_member=member,
        next_step=(typed["schritt"] or "").strip() or None, next_step_due=typed["bis"] or None,
        origin=ORIGIN, source=ORIGIN,
    )  # fmt: skip


def _told_too(name: str) -> str:
    return words.QUICK_WHO_TOLD_TOO.format(who=name)


def _first(who: Sequence[Meant], table: str) -> int | None:
    return next((one.id for one in who if one.type == table), None)


def _save(picture: Picture, session: Session, key: str, member: int | None, who: Sequence[Meant]) -> None:
    record = _as_shown(key, member, who)
    missing = [
        word
        for word, value in (
            (words.QUICK_WHO, who), (words.QUICK_DAY, record.day), (words.QUICK_KIND, record.kind),
            (words.QUICK_ABOUT, record.summary),
        )
        if not value
    ]  # fmt: skip
    if missing:
        st.session_state[f"{_PREFIX}problem"] = words.QUICK_INCOMPLETE.format(missing=", ".join(missing))
        return
    ident = st.session_state.setdefault(f"{_PREFIX}kennung", f"{ORIGIN}:{uuid.uuid4()}")
    complete = Interaction(**{c: record.value(c) for c in Interaction.table().columns} | {"ident": ident})
    unclear = st.session_state.get(f"{_PREFIX}unklar", False)
    try:
        saved = [_pen(picture, session).save(complete, context.now(), unclear=unclear)]
        for further in _participants(complete, saved[0].row, who):
            saved.append(_pen(picture, session, InteractionParticipant).save(further, context.now(), unclear=unclear))
    except KontaktnetzError as failed:
        st.session_state[f"{_PREFIX}problem"] = told(failed)
        st.session_state[f"{_PREFIX}unklar"] = unclear or isinstance(failed, Unavailable)
        return
    for name in ("kennung", "unklar"):
        st.session_state.pop(f"{_PREFIX}{name}", None)
    st.session_state[f"{_PREFIX}nummer"] += 1
    st.session_state[f"{_PREFIX}gespeichert"] = (saved, ", ".join(one.name for one in who))


def _participants(contact: Interaction, row: int, who: Sequence[Meant]) -> Iterator[InteractionParticipant]:
    """Yield a row for each who has no place in the contact itself, which names one person and one organisation."""
    there = {(PERSON, contact.person), (ORGANISATION, contact.organisation)}
    for one in who:
        if (one.type, one.id) not in there:
            yield InteractionParticipant(
                name=one.name, interaction=row, person=one.id if one.type == PERSON else None,
                organisation=one.id if one.type == ORGANISATION else None, source=ORIGIN,
                ident=f"{contact.ident}:{one.type}:{one.id}",
            )  # fmt: skip


def _outcome(picture: Picture, session: Session) -> None:
    if said := st.session_state.pop(f"{_PREFIX}gesagt", None):
        st.info(said, icon=":material/undo:")
    saved, name = st.session_state.get(f"{_PREFIX}gespeichert", ((), ""))
    if saved:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(words.QUICK_SAVED.format(name=name), icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key=f"{_PREFIX}rueckgaengig", icon=":material/undo:",
                      on_click=_undo, args=(picture, session, saved))  # fmt: skip


def _undo(picture: Picture, session: Session, saved: Sequence[Saved]) -> None:
    st.session_state.pop(f"{_PREFIX}gespeichert", None)
    try:
        for one in reversed(saved):
            _pen(picture, session, type(one.record)).undo(one, context.now())
        said = words.UNDONE
    except Undone as kept:
        said = str(kept)
    except KontaktnetzError as failed:
        said = told(failed)
    st.session_state[f"{_PREFIX}gesagt"] = said


def _pen(picture: Picture, session: Session, kind: type[Record] = Interaction) -> Pen:
    assert picture.manifest is not None  # noqa: S101 - the line is only shown with one
    return Pen(context.get().settings, picture.manifest, session.token, kind)
