"""The tab *Antworten*: take down what comes by letter and phone, decide what is doubtful, see what came last."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from schemas.events.choices import EventState, ReplyState
from schemas.events.tables import Reply
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats
from streamlit_app.ui.events import answer_texts as words
from streamlit_app.ui.events import chosen, deciding, guest_card, keyboard
from streamlit_app.ui.events.answer_desk import PREFIX, Desk, show_outcome

MOST_RECENT = 12


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab of one event."""
    found = event_data.answers(picture, event_row)
    if found is None:
        return
    desk = Desk(picture, session, found)
    if found.event.state == EventState.CALLED_OFF:
        st.info(words.CALLED_OFF, icon=":material/event_busy:")
    if not desk.may_write:
        st.caption(words.VIEWER)
    sides = st.container(horizontal=True, gap="medium", key=f"{PREFIX}seiten")  # wraps on a narrow screen
    with sides.container(width=700):
        if not found.guests:
            st.info(words.NO_GUESTS, icon=":material/lightbulb:")
            st.button(words.TO_GUESTS, key=f"{PREFIX}gaeste", icon=":material/arrow_forward:",
                      on_click=chosen.open_tab, args=(chosen.GUESTS,))  # fmt: skip
        elif desk.may_write:
            _list(desk)
        _recent(desk)
    with sides.container(width=540):
        deciding.show(desk)


def _list(desk: Desk) -> None:
    st.header(words.LIST, anchor=False)
    st.markdown(words.ADVICE)
    with st.container(border=True, key=f"{PREFIX}liste"):
        guest = keyboard.show(desk)
        show_outcome(desk)
        if guest is None:
            return
        guest_card.show_head(desk, guest)
        keyboard.show_matches(desk, guest)
        keyboard.show_form(desk, guest)
        with st.container(horizontal=True, gap="small"):
            with st.popover(words.CORRECTION, icon=":material/edit:"):
                guest_card.show_correction(desk, guest)
            with st.popover(words.LINK, icon=":material/link:"):
                guest_card.show_link(desk, guest)
        st.markdown(f"**{words.HISTORY}**")
        guest_card.show_history(desk, guest)


def _recent(desk: Desk) -> None:
    """Show what came last, by whichever way."""
    st.header(words.RECENT, anchor=False)
    told = [r for rows in desk.found.replies.values() for r in rows if r.state != ReplyState.TO_DECIDE]
    if not told:
        st.caption(words.RECENT_NONE)
        return
    newest = sorted(told, key=lambda r: (r.at or _NEVER, r.id or 0), reverse=True)[:MOST_RECENT]
    shown = pd.DataFrame([_recent_cells(desk, reply) for reply in newest], columns=list(words.RECENT_COLUMNS))
    st.dataframe(shown, hide_index=True, height="content", alt=words.RECENT, key=f"{PREFIX}zuletzt", placeholder="")


def _recent_cells(desk: Desk, reply: Reply) -> tuple[str, ...]:
    guest = desk.found.guest(reply.invitation)
    answer = desk.label(reply.answer) if reply.answer else reply.text or ""
    if reply.state == ReplyState.DISCARDED:
        answer = f"{answer} ({desk.picture.label('reply', 'state', reply.state)})"
    name = (guest.row.name if guest else reply.name) or ""
    return (formats.moment(reply.at) if reply.at else "", name, answer, desk.way(reply.channel),
            reply.recorded_by or "")  # fmt: skip


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
