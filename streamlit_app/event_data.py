"""The pages' way to what is known about events: frames made once per version of the mirror, shared by all sessions."""

from __future__ import annotations

import streamlit as st

from schemas.events.tables import Draw, Event, GuestGroup, Invitation
from streamlit_app.data import Picture
from streamlit_app.frames import event_list
from streamlit_app.frames.aftermath import Aftermath, read_aftermath
from streamlit_app.frames.entrance import Entrance, read_entrance
from streamlit_app.frames.events import Answers, read_answers
from streamlit_app.frames.invited import Invited, invitations_of
from streamlit_app.frames.records import as_records


def events(picture: Picture) -> list[event_list.Line]:
    """Return every event with its numbers, the latest first."""
    return _events(picture.version("event", "invitation"), picture)


def event(picture: Picture, row: int) -> event_list.Line | None:
    """Return one event, None when it is not there."""
    return next((line for line in events(picture) if line.row == row), None)


def record(picture: Picture, row: int) -> Event | None:
    """Return an event as the rules speak of it, None when it is not there."""
    events = picture.table("event")
    return next(iter(as_records(events[events["id"] == row], Event)), None)


def groups(picture: Picture, row: int) -> list[GuestGroup]:
    """Return the guest groups of an event, in their order."""
    table = picture.table("guest_group")
    found = as_records(table[(table["event"] == row).fillna(False)], GuestGroup)
    return sorted(found, key=lambda group: (group.order or 0, group.id or 0))


def invitations(picture: Picture, row: int) -> list[Invitation]:
    """Return everybody on the list of an event."""
    table = picture.table("invitation")
    return as_records(table[(table["event"] == row).fillna(False)], Invitation)


def answers(picture: Picture, row: int) -> Answers | None:
    """Return the guests of an event with their answers, None when it is not there."""
    return _answers(row, picture.version("event", "invitation", "reply", "guest_group", "organisation"), picture)


def invited(picture: Picture, side: str, row: int) -> list[Invited]:
    """Return what a person or organisation was invited to, the latest event first."""
    return _invited(side, row, picture.version("event", "invitation"), picture)


def aftermath(picture: Picture, row: int) -> Aftermath:
    """Return what became of an event."""
    return _aftermath(row, picture.version("invitation", "interaction"), picture)


def draws(picture: Picture, row: int) -> list[Draw]:
    """Return the draws by lot of an event, in their order."""
    table = picture.table("draw")
    return as_records(table[(table["event"] == row).fillna(False)].sort_values("id"), Draw)


def entrance(picture: Picture, row: int, capacity: int | None) -> Entrance:
    """Return who is there, who is missing, and what was tried at the door."""
    return _entrance(row, capacity, picture.version("invitation", "check_in"), picture)


@st.cache_resource(max_entries=8, show_spinner=False)
def _answers(row: int, version: str, _picture: Picture) -> Answers | None:
    event = record(_picture, row)
    if event is None:
        return None
    invitations, replies, groups = _picture.table("invitation"), _picture.table("reply"), _picture.table("guest_group")
    return read_answers(event, invitations, replies, groups, _picture.names("organisation"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _invited(side: str, row: int, version: str, _picture: Picture) -> list[Invited]:
    return invitations_of(_picture.table("event"), _picture.table("invitation"), side, row)


@st.cache_resource(max_entries=8, show_spinner=False)
def _aftermath(row: int, version: str, _picture: Picture) -> Aftermath:
    return read_aftermath(_picture.table("invitation"), _picture.table("interaction"), row)


@st.cache_resource(max_entries=4, show_spinner=False)
def _events(version: str, _picture: Picture) -> list[event_list.Line]:
    return event_list.read_events(_picture.table("event"), _picture.table("invitation"))


@st.cache_resource(max_entries=8, show_spinner=False)
def _entrance(row: int, capacity: int | None, version: str, _picture: Picture) -> Entrance:
    return read_entrance(_picture.table("invitation"), _picture.table("check_in"), row, capacity)
