"""The pages' way to the seals, made once per version of the mirror and day, shared by all sessions."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from automations.certification.holders import void_numbers
from automations.certification.refreshing import Offer, offers
from automations.events.book import read_book
from schemas.certification.tables import Certification
from schemas.operations.choices import PostState
from streamlit_app.data import Picture
from streamlit_app.frames.cells import text, yes
from streamlit_app.frames.records import as_records
from streamlit_app.frames.seals import TABLES, Seals, read_seals

_ADDRESSES = (*TABLES, "office", "relationship")


def seals(picture: Picture) -> Seals:
    """Return every seal that was given."""
    return _seals(picture.version(*TABLES), picture.today, picture)


def refresh_offers(picture: Picture) -> list[Offer]:
    """Return the offers that are due, with where they go."""
    return _offers(picture.version(*_ADDRESSES), picture.today, picture)


def offered(picture: Picture) -> dict[str, PostState]:
    """Return the state of the mails that offer a refresh, by their key."""
    table = picture.table("outbox")
    mine = table[table["kind"] == "auffrischen"]
    states = tuple(PostState)
    return {
        text(key): PostState(state)
        for key, state in zip(mine["ident"], mine["state"], strict=True)
        if text(state) in states
    }  # fmt: skip


def void(picture: Picture) -> frozenset[str]:
    """Return the numbers that no certificate may claim."""
    table = picture.table("certification")
    numbered = table.loc[table["seal_number"].notna(), ["id", "phase", "seal_year", "seal_number", "seal_state"]]
    return void_numbers(as_records(numbered, Certification))


@st.cache_resource(max_entries=2, show_spinner=False)
def _seals(version: str, today: dt.date, _picture: Picture) -> Seals:
    return read_seals({code: _picture.table(code) for code in TABLES}, today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _offers(version: str, today: dt.date, _picture: Picture) -> list[Offer]:
    book = read_book({code: _picture.table(code) for code in _ADDRESSES}, today)
    people = _picture.table("person")
    barred = {int(row) for row, no in zip(people["id"], people["do_not_contact"], strict=True) if yes(no)}
    return offers(seals(_picture).lists["anbieten"], book, barred)
