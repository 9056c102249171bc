"""The next events on the start page: how the answers stand, and what waits for a decision."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from schemas.events.choices import EventState, ReplyState
from schemas.events.rules.answers import Step
from schemas.time_zone import BERLIN
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.frames.event_list import Line
from streamlit_app.frames.events import funnel, people
from streamlit_app.ui import formats
from streamlit_app.ui.events import chosen, listing
from streamlit_app.ui.events import invited_texts as words

PAGE = "app_pages/veranstaltungen.py"
MOST = 3


def next_events(picture: Picture) -> list[Line]:
    """Return the next events that take place, the nearest first, and behind them all where something is to decide."""
    coming = [
        line for line in event_data.events(picture)
        if line.starts_at is not None and line.starts_at.astimezone(BERLIN).date() >= picture.today
        and line.state not in (EventState.CALLED_OFF, EventState.CLOSED)
    ]  # fmt: skip
    first = coming[::-1][:MOST]
    rows, waiting = {line.row for line in first}, events_to_decide(picture.table("reply"), picture.table("invitation"))
    more = [line for line in event_data.events(picture)[::-1]
            if line.row in waiting - rows and line.state != EventState.CLOSED]  # fmt: skip
    return [*first, *more]


def events_to_decide(replies: pd.DataFrame, invitations: pd.DataFrame) -> set[int]:
    """Return the events that an answer is about which a person must decide, named itself or by its invitation."""
    open_ = replies[replies["state"] == ReplyState.TO_DECIDE]
    asked = invitations[invitations["id"].isin(open_["invitation"].dropna())]
    return {int(event) for event in [*open_["event"].dropna(), *asked["event"].dropna()]}


def show(picture: Picture) -> None:
    """Show the next events; nothing where none is coming."""
    coming = next_events(picture)
    if not coming:
        return
    st.header(words.COMING, anchor=False)
    with st.container(border=True, key="uebersicht_veranstaltungen", gap="xsmall"):
        for line in coming:
            _line(picture, line)
        st.page_link(PAGE, label=words.ALL, icon=":material/arrow_forward:")


def _line(picture: Picture, line: Line) -> None:
    what, link = st.columns([5, 2.4], vertical_alignment="center", gap="small")
    counts, waiting = _counts(picture, line)
    when = " · ".join(part for part in (listing.when(line), line.venue) if part)
    with what:
        st.page_link(PAGE, label=f"**{formats.plain(line.name or words.NAMELESS)}**",
                     query_params={chosen.EVENT: str(line.row)})  # fmt: skip
        st.html(f'<div class="kn-muted">{formats.escape(when)}</div><div>{formats.escape(counts)}</div>')
    if waiting:
        label = words.DECIDE_ONE if waiting == 1 else words.DECIDE.format(count=formats.number(waiting))
        link.page_link(PAGE, label=label, icon=":material/arrow_forward:",
                       query_params={chosen.EVENT: str(line.row), chosen.TAB: chosen.ANSWERS})  # fmt: skip


def _counts(picture: Picture, line: Line) -> tuple[str, int]:
    """Return how the answers stand in words, and how many wait for a decision."""
    found = event_data.answers(picture, line.row)
    if found is None or not found.guests:
        return words.NO_GUESTS, len(found.to_decide) if found else 0
    reached = funnel(found.guests)
    if not reached[Step.INVITED]:
        return words.NOT_INVITED, len(found.to_decide)
    told = words.COUNTS.format(
        answered=formats.number(reached[Step.ANSWERED]), invited=formats.number(reached[Step.INVITED]),
        people=formats.number(people(found.guests)),
    )  # fmt: skip
    return told, len(found.to_decide)
