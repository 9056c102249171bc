"""Which round, case and tab is open, kept in the address (``?runde=<row>&teil=<tab>``, ``?fall=<row>&teil=<tab>``)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from streamlit_app.ui import tabs as tabs_

PAGE = "/zertifizierung"
ROUND = "runde"
CASE = "fall"
TAB = "teil"

ROUNDS = "runden"
SEALS = "siegel"
PROCEDURE = "verfahren"
BOARD = "tafel"
CALENDAR = "kalender"
AWARDING = "verleihung"
STEPS = "verlauf"
ASSESSMENT = "einschaetzung"
REPORT = "bericht"
DECISION = "entscheidung"

OPENED = ("zeilen", "form")
"""What else may stand in the address; it belongs to what was open and goes with it."""

_TABS = "zert_teil"


def current_round() -> int | None:
    """Return the row of the open round; None without one or when the address names none."""
    return _row(ROUND)


def current_case() -> int | None:
    """Return the row of the open case; None without one or when the address names none."""
    return _row(CASE)


def open_round(row: int, tab: str = "") -> None:
    """Open a round, and a tab if one is named; to be used as a callback."""
    _leave()
    st.query_params[ROUND] = str(row)
    if tab:
        open_tab(tab)


def open_case(row: int, tab: str = "") -> None:
    """Open a case, and a tab if one is named; to be used as a callback."""
    _leave()
    st.query_params[CASE] = str(row)
    if tab:
        open_tab(tab)


def open_tab(tab: str) -> None:
    """Open a tab of what is open; to be used as a callback."""
    for key in OPENED:
        st.query_params.pop(key, None)
    st.query_params[TAB] = tab


def close() -> None:
    """Go back to the list of rounds; to be used as a callback."""
    _leave()


def case_page(row: int, tab: str = "") -> str:
    """Return the address of a case, for links in tables.

    >>> case_page(12), case_page(12, REPORT)
    ('/zertifizierung?fall=12', '/zertifizierung?fall=12&teil=bericht')
    """
    return f"{PAGE}?{CASE}={row}" + (f"&{TAB}={tab}" if tab else "")


def round_page(row: int, tab: str = "") -> str:
    """Return the address of a round, for links in tables."""
    return f"{PAGE}?{ROUND}={row}" + (f"&{TAB}={tab}" if tab else "")


def choose_tab(label: str, tabs: Mapping[str, str]) -> str:
    """Show the tabs (code to title) and return the open one: as in the address, else the first."""
    return tabs_.choose(label, list(tabs), param=TAB, key=_TABS, titled=tabs.__getitem__, follow=open_tab)


def _leave() -> None:
    for key in (ROUND, CASE, TAB, *OPENED):
        st.query_params.pop(key, None)


def _row(key: str) -> int | None:
    raw = st.query_params.get(key, "")
    return int(raw) if raw.isascii() and raw.isdigit() else None
