"""Making an event, changing it, calling it off: with the person's own token, and with a way back for what was made."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from automations.events.copying import next_time
from automations.events.guest_writing import GuestWriter
from automations.workdays import is_free
from schemas.errors import KontaktnetzError, NotFound, Unavailable
from schemas.events.choices import EventState, InvitationState
from schemas.events.tables import Event
from schemas.model import LongText, Value
from schemas.time_zone import BERLIN
from streamlit_app import context, event_data
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, problems
from streamlit_app.ui.events import chosen, fields, guest_desk
from streamlit_app.ui.events import form_texts as words
from streamlit_app.writing import Pen, Saved, Undone

FORM = "form"
"""In the address: ``neu`` for a new event, ``bearbeiten`` for the open one, a row for one like that."""

NEW = "neu"
EDIT = "bearbeiten"


def wanted() -> str:
    """Return which form the address asks for, nothing for none."""
    return st.query_params.get(FORM, "")


def starter(picture: Picture, session: Session) -> None:
    """Offer to make an event, new or like one before; and tell what became of the last form."""
    outcome(picture, session)
    if not session.role.may_write:
        return
    lines = event_data.events(picture)
    with st.container(horizontal=True, vertical_alignment="bottom", key="va_anlegen", gap="small"):
        st.button(words.NEW, key="va_neu", type="primary", icon=":material/add:", on_click=open_form, args=(NEW,))
        names = {line.row: f"{line.name} ({_day(line.starts_at)})" for line in lines if line.starts_at is not None}
        if names:
            like = st.selectbox(
                words.NEW_FROM, list(names), index=None, key="va_wie", format_func=names.__getitem__, width=360,
                placeholder=words.NEW_FROM_PICK, help=words.NEW_FROM_HINT,
            )  # fmt: skip
            if like is not None:
                st.session_state.pop("va_wie")
                open_form(str(like))
                st.rerun()


def show_new(picture: Picture, session: Session) -> None:
    """Show the form for a new event; a row in the address fills it like that one."""
    asked = wanted()
    source = event_data.record(picture, int(asked)) if asked.isascii() and asked.isdigit() else None
    start = next_time(source, picture.today, is_free) if source else Event(state=EventState.DRAFT, host=_only(picture))
    key = f"va_form_{asked}_{st.session_state.setdefault('va_form_nummer', 0)}"
    st.header(words.NEW, anchor=False)
    if source:
        st.info(words.COPIED.format(name=formats.plain(source.name or "")), icon=":material/content_copy:")
    made, wrong = fields.show(picture, start, key)
    if _buttons(words.SAVE_NEW, session, key, wrong):
        _create(picture, session, made, key)


def show_edit(picture: Picture, session: Session, row: int) -> None:
    """Show the form of an event that is there."""
    start = event_data.record(picture, row)
    if start is None:
        return
    key = f"va_form_{row}_{st.session_state.setdefault('va_form_nummer', 0)}"
    st.header(words.EDIT_TITLE, anchor=False)
    made, wrong = fields.show(picture, start, key)
    made = fields.state_field(picture, made, key)
    if _buttons(words.SAVE, session, key, wrong):
        _change(picture, session, start, made, key)
    if session.role.may_write and start.state != EventState.CALLED_OFF:
        with st.popover(words.CALL_OFF, icon=":material/event_busy:"):
            st.markdown(words.CALL_OFF_ASK)
            if st.button(words.CALL_OFF_DO, key=f"{key}_absagen", type="primary"):
                _call_off(picture, session, start)


def edit_button(session: Session) -> None:
    """Offer to change the open event."""
    if session.role.may_write:
        st.button(words.EDIT, key="va_bearbeiten", icon=":material/edit:", on_click=open_form, args=(EDIT,))


def outcome(picture: Picture, session: Session) -> None:
    """Tell what became of the last form, with the way back for a new event."""
    if problem := st.session_state.pop("va_problem", None):
        st.error(problem, icon=":material/error:")
    if told := st.session_state.pop("va_gesagt", None):
        st.success(told, icon=":material/check_circle:")
    saved = st.session_state.get("va_angelegt")
    if isinstance(saved, Saved) and chosen.current() == saved.row and not _has_guests(picture, saved.row):
        with st.container(horizontal=True, vertical_alignment="center", key="va_erfolg"):
            st.success(words.SAVED_NEW, icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key="va_rueckgaengig", icon=":material/undo:", on_click=_undo,
                      args=(picture, session, saved))  # fmt: skip


def called_off(picture: Picture, session: Session, row: int) -> None:
    """Say that an event is called off, and lead to what is left to do about it."""
    table = picture.table("invitation")
    left = int(((table["event"] == row).fillna(False) & (table["state"] == InvitationState.INVITED)).sum())
    with st.container(horizontal=True, vertical_alignment="center"):
        if left and session.role.may_write:
            st.warning(words.CALLED_OFF_REST.format(count=formats.number(left)), icon=":material/warning:")
            if st.button(words.CALLED_OFF_GO_ON, key="va_ausladen"):
                _uninvite(picture, session, row, "")
        st.button(words.CALLED_OFF_TELL, key="va_absage_versand", icon=":material/outgoing_mail:",
                  on_click=chosen.open_tab, args=(chosen.SENDING,))  # fmt: skip


def _has_guests(picture: Picture, row: int) -> bool:
    """Say whether guests were put on the list since: then an event is called off, not taken back."""
    of, runs, _ = st.session_state.get(guest_desk.LAST, (None, [], ""))
    return bool(event_data.groups(picture, row)) or (of == row and bool(runs))


def _buttons(label: str, session: Session, key: str, wrong: list[str]) -> bool:
    if problem := st.session_state.pop(f"{key}_fehler", None):
        st.error(problem, icon=":material/error:")
    if not session.role.may_write:
        st.caption(words.VIEWER)
    with st.container(horizontal=True):
        pressed = st.button(label, key=f"{key}_ok", type="primary", disabled=not session.role.may_write)
        st.button(words.CANCEL, key=f"{key}_ab", on_click=_close)
    if pressed and wrong:
        st.error(" ".join(dict.fromkeys(wrong)), icon=":material/error:")
    return pressed and not wrong


def _create(picture: Picture, session: Session, made: Event, key: str) -> None:
    ident = st.session_state.setdefault(f"{key}_kennung", f"veranstaltung:{uuid.uuid4()}")
    try:
        saved = _pen(picture, session).save(
            replace(made, ident=ident), context.now(), unclear=st.session_state.get(f"{key}_unklar", False)
        )
    except KontaktnetzError as failed:
        st.session_state[f"{key}_unklar"] = isinstance(failed, Unavailable)
        st.session_state[f"{key}_fehler"] = problems.told(failed)
    else:
        st.session_state["va_angelegt"] = saved
        _close()
        chosen.open_event(saved.row, chosen.GUESTS)
    st.rerun()


def _change(picture: Picture, session: Session, start: Event, made: Event, key: str) -> None:
    after = {c: made.value(c) for c in Event.table().columns if made.value(c) != start.value(c)}
    if not after:
        st.info(words.NOTHING_CHANGED)
        return
    try:
        done = _changer(picture, session).change(made.id or 0, _expected(start, after), after, context.now())
    except KontaktnetzError as failed:
        st.session_state[f"{key}_fehler"] = problems.told(failed)
        st.rerun()
    if done:
        st.session_state["va_gesagt"] = words.SAVED
        _close()
    else:
        st.session_state["va_form_nummer"] += 1
        st.session_state["va_problem"] = words.BUSY
    st.rerun()


def _expected(start: Event, after: Mapping[str, Value]) -> dict[str, Value]:
    """Return what must still stand there; long texts do not fit into a condition, so the title stands for them."""
    columns = Event.table().columns
    short = {c: start.value(c) for c in after if not isinstance(columns[c], LongText)}
    return short or {"name": start.name}


def _call_off(picture: Picture, session: Session, event: Event) -> None:
    row = event.id or 0
    try:
        done = _changer(picture, session).change(
            row, {"state": event.state}, {"state": EventState.CALLED_OFF}, context.now()
        )
    except KontaktnetzError as failed:
        st.session_state["va_problem"] = problems.told(failed)
        st.rerun()
    _close()
    if done:
        _uninvite(picture, session, row, event.name or "")
    st.session_state["va_problem"] = words.BUSY
    st.rerun()


def _uninvite(picture: Picture, session: Session, row: int, name: str) -> None:
    bar = st.progress(0.0, text=words.CALL_OFF_RUNS)
    try:
        writer = GuestWriter(connect(session, picture), row, context.now,
                             lambda done, total: bar.progress(done / total, text=words.CALL_OFF_RUNS))  # fmt: skip
        done = writer.call_off(name)
    except KontaktnetzError as failed:
        st.session_state["va_problem"] = problems.told(failed)
    else:
        st.session_state["va_gesagt"] = words.CALLED_OFF.format(count=formats.number(done.changed))
        refresh()
    st.rerun()


def _undo(picture: Picture, session: Session, saved: Saved) -> None:
    st.session_state.pop("va_angelegt", None)
    try:
        _pen(picture, session).undo(saved, context.now())
    except (Undone, NotFound) as kept:
        st.session_state["va_problem"] = str(kept)
    except KontaktnetzError as failed:
        st.session_state["va_angelegt"] = saved
        st.session_state["va_problem"] = problems.told(failed)
    else:
        st.session_state["va_gesagt"] = words.UNDONE
        chosen.close()


def open_form(form: str) -> None:
    """Open a form of an event; to be used as a callback."""
    st.session_state["va_form_nummer"] = st.session_state.get("va_form_nummer", 0) + 1
    st.query_params[FORM] = form


def _close() -> None:
    st.query_params.pop(FORM, None)


def _pen(picture: Picture, session: Session) -> Pen:
    assert picture.manifest is not None  # noqa: S101 - the page only shows itself with one
    return Pen(context.get().settings, picture.manifest, session.token, Event)


def _changer(picture: Picture, session: Session) -> Changer:
    assert picture.manifest is not None  # noqa: S101 - the page only shows itself with one
    return Changer(context.get().settings, picture.manifest, session.token, "event")


def _only(picture: Picture) -> int | None:
    """Return the network's own body, if there is just one of the kind."""
    bodies = picture.table("body")
    found = [int(row) for row in bodies.loc[bodies["kind"] == "netzwerk", "id"]]
    return found[0] if len(found) == 1 else None


def _day(moment: object) -> str:
    return formats.date(moment.astimezone(BERLIN).date())  # type: ignore[attr-defined]
