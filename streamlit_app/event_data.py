"""The pages' way to what is known about events: frames made once per version of the mirror, shared by all sessions."""

from __future__ import annotations

import streamlit as st

from streamlit_app.data import Picture
from streamlit_app.frames import event_list


def events(picture: Picture) -> list[event_list.Line]:
    """Return every event with its numbers, the latest first."""
    return _events(picture.version("event", "invitation"), picture)


def event(picture: Picture, row: int) -> event_list.Line | None:
    """Return one event, None when it is not there."""
    return next((line for line in events(picture) if line.row == row), None)


@st.cache_resource(max_entries=4, show_spinner=False)
def _events(version: str, _picture: Picture) -> list[event_list.Line]:
    return event_list.read_events(_picture.table("event"), _picture.table("invitation"))
