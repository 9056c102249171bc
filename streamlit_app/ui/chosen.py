"""Which entry is open, kept in the address (``?eintrag=o12`` or ``p34``), so that it can be sent and reloaded."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from streamlit_app.frames.contacts import ORGANISATION, PERSON

KEY = "eintrag"
_LETTERS = {"o": ORGANISATION, "p": PERSON}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the organisation or person table."""

    table: str
    id: int

    @property
    def address(self) -> str:
        """Return the short form for the address."""
        return f"{self.table[0]}{self.id}"


def current() -> Entry | None:
    """Return the open entry; None without one or when the address is no entry."""
    raw = st.query_params.get(KEY, "")
    if raw[:1] in _LETTERS and raw[1:].isascii() and raw[1:].isdigit():
        return Entry(_LETTERS[raw[0]], int(raw[1:]))
    return None


def open_entry(table: str, row: int) -> None:
    """Open an entry; to be used as a callback."""
    st.query_params[KEY] = Entry(table, row).address


def close() -> None:
    """Close the entry; to be used as a callback."""
    st.query_params.pop(KEY, None)
