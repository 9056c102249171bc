"""Which event and tab is open, kept in the address (``?v=<row>&teil=<tab>``, for sending ``&anlass=<occasion>``)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from streamlit_app.ui import tabs as tabs_

EVENT = "v"
TAB = "teil"
OCCASION = "anlass"

OVERVIEW = "ueberblick"
GUESTS = "gaeste"
SENDING = "versand"
ANSWERS = "antworten"
ENTRANCE = "einlass"
STANDS = "staende"
AFTER = "danach"

_TABS = "va_teil"


def current() -> int | None:
    """Return the row of the open event; None without one or when the address names none."""
    raw = st.query_params.get(EVENT, "")
    return int(raw) if raw.isascii() and raw.isdigit() else None


def open_event(row: int, tab: str = "") -> None:
    """Open an event, and a tab if one is named; to be used as a callback."""
    st.query_params[EVENT] = str(row)
    if tab:
        open_tab(tab)


def open_tab(tab: str) -> None:
    """Open a tab of the open event; to be used as a callback."""
    st.query_params[TAB] = tab


def open_sending(occasion: str) -> None:
    """Open the tab of sending with an occasion (a code of ``PostKind``); to be used as a callback."""
    st.query_params[OCCASION] = occasion
    open_tab(SENDING)


def close() -> None:
    """Go back to the list of events; to be used as a callback."""
    for key in (EVENT, TAB, OCCASION):
        st.query_params.pop(key, None)


def choose_tab(label: str, tabs: Mapping[str, str]) -> str:
    """Show the tabs (code to title) and return the open one: as in the address, else the first."""
    return tabs_.choose(label, list(tabs), param=TAB, key=_TABS, titled=tabs.__getitem__)
