"""The page's way to guest lists: what is known, and plans, made once per version of the mirror and selection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from automations.events import guest_facts
from automations.events.guest_list import GuestPlan, find, plan
from schemas.events.choices import Channel
from schemas.events.rules.picking import Pick, Whom
from schemas.events.rules.segment_facts import Rows
from schemas.events.rules.segments import Contacts, Segment, leaves, to_text
from streamlit_app.data import Picture
from streamlit_app.frames.contacts import Query

VIEWS = "va_ansichten"
"""In the session: what the views of NocoDB held when they were loaded last, by condition."""


def known(picture: Picture) -> guest_facts.Known:
    """Return everything that guest lists are made from."""
    return _known(picture.version(*guest_facts.NEEDED), picture.today, picture)


def planned(picture: Picture, event: int, segment: Segment, whom: Whom, channel: Channel | None) -> GuestPlan:
    """Return what becomes of everybody whom a selection finds. Raises BadSegment when a view was not loaded."""
    listed = lists(picture, segment)
    key = f"{to_text(segment)}|{whom}|{channel}|{hash(frozenset(listed.items()))}"
    version = picture.version(*guest_facts.NEEDED)
    return _planned(version, picture.today, event, key, (segment, whom, channel, listed), picture)


def planned_for(picture: Picture, event: int, picks: list[Pick], channel: Channel | None) -> GuestPlan:
    """Return what becomes of people who were picked by hand."""
    return plan(known(picture), event, picks, channel)


def lists(picture: Picture, segment: Segment) -> dict[Segment, Rows]:
    """Return what the lists named in a segment hold: the page Kontakte now, views of NocoDB as loaded last."""
    loaded: Mapping[Segment, Rows] = st.session_state.get(VIEWS, {})
    found: dict[Segment, Rows] = {}
    for leaf in leaves(segment):
        if isinstance(leaf, Contacts):
            found[leaf] = _contacts(picture, leaf)
        elif leaf in loaded:
            found[leaf] = loaded[leaf]
    return found


def _contacts(picture: Picture, leaf: Contacts) -> Rows:
    query = Query(leaf.words, leaf.show, leaf.sphere, leaf.kind, leaf.engagement, leaf.district, leaf.listing)
    rows = picture.selected(query)
    return Rows(_ids(rows, "organisation"), _ids(rows, "person"))


def _ids(rows: pd.DataFrame, table: str) -> frozenset[int]:
    return frozenset(int(row) for row in rows.loc[rows["type"] == table, "id"])


@st.cache_resource(max_entries=2, show_spinner=False)
def _known(version: str, today: dt.date, _picture: Picture) -> guest_facts.Known:
    return guest_facts.read({code: _picture.table(code) for code in guest_facts.NEEDED}, today)


@st.cache_resource(max_entries=32, show_spinner=False)
def _planned(
    version: str,
    today: dt.date,
    event: int,
    key: str,
    _asked: tuple[Segment, Whom, Channel | None, Mapping[Segment, Rows]],
    _picture: Picture,
) -> GuestPlan:
    segment, whom, channel, listed = _asked
    there = known(_picture)
    return plan(there, event, find(there, segment, whom, listed), channel)
