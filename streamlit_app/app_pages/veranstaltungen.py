"""Veranstaltungen: the list of events, and for the one in the address its head and its tabs."""

from __future__ import annotations

import streamlit as st

from schemas.events.choices import EventState
from streamlit_app import data, event_data, identity
from streamlit_app.door.cookie import Session
from streamlit_app.ui import frame
from streamlit_app.ui.events import (
    after,
    answers,
    chosen,
    create,
    entrance,
    guests,
    listing,
    overview,
    sending,
    stands,
)
from streamlit_app.ui.events import texts as words

TABS = {
    chosen.OVERVIEW: overview, chosen.GUESTS: guests, chosen.SENDING: sending, chosen.ANSWERS: answers,
    chosen.ENTRANCE: entrance, chosen.STANDS: stands, chosen.AFTER: after,
}  # fmt: skip


def show_event(picture: data.Picture, session: Session, row: int) -> None:
    """Show the head of an event and the open tab."""
    line = event_data.event(picture, row)
    if line is None:
        st.button(words.BACK, key="va_zurueck", icon=":material/arrow_back:", type="tertiary", on_click=chosen.close)
        st.warning(words.GONE, icon=":material/search_off:")
        return
    listing.head(picture, session, line)
    create.outcome(picture, session)
    if create.wanted() == create.EDIT:
        create.show_edit(picture, session, row)
        return
    if line.state == EventState.CALLED_OFF:
        st.warning(words.CALLED_OFF, icon=":material/event_busy:")
        create.called_off(picture, session, row)
    TABS[chosen.choose_tab(words.TAB, words.TABS)].show(picture, session, row)


def main() -> None:
    picture = data.picture()
    frame.header(words.PAGE, picture)
    session = identity.current()
    if session is None:
        return
    if picture.manifest is None:
        frame.empty(picture)
        return
    row = chosen.current()
    if row is None and create.wanted():
        create.show_new(picture, session)
    elif row is None:
        listing.show(picture, session)
    else:
        show_event(picture, session, row)


main()
