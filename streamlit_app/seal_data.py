"""The pages' way to the seals, made once per version of the mirror and day, shared by all sessions."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from automations.certification.numbers import NOTE, VoidNumber, given_numbers, names_by_number, void_numbers
from automations.certification.refreshing import Offer, offers
from automations.events.book import read_book
from schemas.certification.tables import Certification
from schemas.operations.choices import PostState
from schemas.operations.tables import JournalEntry
from streamlit_app.data import Picture
from streamlit_app.frames.cells import text, yes
from streamlit_app.frames.records import as_records
from streamlit_app.frames.seals import TABLES, Seals, read_seals

_OF_NUMBER = ["id", "name", "phase", "decision", "seal_year", "seal_number", "seal_state"]
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


def void(picture: Picture) -> dict[str, VoidNumber]:
    """Return the numbers that no certificate may claim, those that only the journal remembers included."""
    return _void(picture.version("certification", "journal"), picture)


def claims(picture: Picture) -> dict[str, str]:
    """Return under which name each number may be claimed."""
    return names_by_number(_numbered(picture))


def _numbered(picture: Picture) -> list[Certification]:
    table = picture.table("certification")
    return as_records(table.loc[table["seal_number"].notna(), _OF_NUMBER], Certification)


@st.cache_resource(max_entries=2, show_spinner=False)
def _seals(version: str, today: dt.date, _picture: Picture) -> Seals:
    return read_seals({code: _picture.table(code) for code in TABLES}, today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _void(version: str, _picture: Picture) -> dict[str, VoidNumber]:
    journal = _picture.table("journal")
    mine = (journal["table_code"] == Certification.table().code) | (journal["name"] == NOTE)
    entries = as_records(journal.loc[mine, ["id", "name", "table_code", "data"]], JournalEntry)
    return void_numbers(_numbered(_picture), given_numbers(entries))


@st.cache_resource(max_entries=2, show_spinner=False)
def _offers(version: str, today: dt.date, _picture: Picture) -> list[Offer]:
    book = read_book({code: _picture.table(code) for code in _ADDRESSES}, today)
    people = _picture.table("person")
    barred = {int(row) for row, no in zip(people["id"], people["do_not_contact"], strict=True) if yes(no)}
    return offers(seals(_picture).lists["anbieten"], book, barred)
