"""The tab *Gäste*: who is on the list, and putting more there."""

from __future__ import annotations

import streamlit as st

from schemas.events.rules.answers import Step
from schemas.events.rules.outcome import outcome
from schemas.events.tables import Invitation
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, tabs
from streamlit_app.ui.events import guest_adding, guest_desk, guest_table, last_time
from streamlit_app.ui.events import guest_texts as words

MODE = "gaeste"
"""In the address: which part of the tab is open."""


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the list of guests, or one of the ways to add some."""
    guest_desk.outcome(picture, session, event_row)
    people = event_data.invitations(picture, event_row)
    if people:
        st.markdown(words.SUMMARY.format(**_counts(people)))
    else:
        st.info(words.EMPTY, icon=":material/group_add:")
    last_time.offer(picture, session, event_row)
    mode = _mode(bool(people))
    if mode == "auswahl":
        guest_adding.by_selection(picture, session, event_row)
    elif mode == "einzeln":
        guest_adding.one_by_one(picture, session, event_row)
    elif people:
        _groups(picture, event_row, people)
        guest_table.show(picture, session, event_row)


def _mode(anybody: bool) -> str:
    return tabs.choose(
        words.MODE, list(words.MODES), param=MODE, key="va_gaeste_modus", titled=words.MODES.__getitem__,
        start="liste" if anybody else "auswahl",
    )  # fmt: skip


def _groups(picture: Picture, event: int, people: list[Invitation]) -> None:
    """Show every group with its selection in words and its numbers."""
    groups = event_data.groups(picture, event)
    if not groups:
        return
    with st.expander(words.GROUPS_BOX.format(count=len(groups)), icon=":material/groups:"):
        for group in groups:
            told = words.GROUP_COUNTS.format(**_counts([p for p in people if p.guest_group == group.id]))
            url = formats.escape(picture.row_url("guest_group", group.id or 0))
            link = f'<a class="kn-small" href="{url}" target="_blank" rel="noopener">{words.OPEN}</a>' if url else ""
            st.html(
                f'<div class="kn-line"><span class="kn-title">{formats.escape(group.name or "")}</span>'
                f'<span>{told}</span>{link}</div><div class="kn-muted">{formats.escape(group.described or "")}</div>'
            )


def _counts(people: list[Invitation]) -> dict[str, str]:
    told = outcome(people)
    counted = {
        "listed": told.reached[Step.NOTED], "invited": told.reached[Step.INVITED],
        "answered": told.reached[Step.ANSWERED], "coming": told.people_promised,
    }  # fmt: skip
    return {name: formats.number(count) for name, count in counted.items()}
