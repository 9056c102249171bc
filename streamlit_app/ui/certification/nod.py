"""A nod where a click was made: what became of it is told at the top of the page, out of sight from further down.

A click that asks for work is kept in the session: a fresh picture that comes in between does not lose it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from streamlit_app import context
from streamlit_app.ui.certification import desk

DONE, FAILED = "Erledigt. Was geschah, steht oben.", "Das ging nicht. Warum, steht oben."
FRESH = dt.timedelta(seconds=20)
_WENT, _WANTED = "zert_ging", "zert_gewollt"


def show(what: str) -> None:
    """Nod once where this was asked for."""
    kept, went = st.session_state.get(_WENT, ("", False))
    if kept == what:
        del st.session_state[_WENT]
        (st.success if went else st.warning)(DONE if went else FAILED, icon=":material/arrow_upward:")


def do(what: str, place: desk.Place, work: Callable[[], desk.Outcome]) -> None:
    """Do a piece of work that was asked for, tell at the top what became of it, and remember to nod."""
    st.session_state[_WENT] = (what, desk.safely(place, work))


def want(what: str) -> None:
    """Keep what a click asks for; to be used as a callback."""
    st.session_state[_WANTED] = (what, context.now())


def wanted(what: str) -> bool:
    """Say once whether a click asked for this a moment ago; one that never came to its work is not made up for."""
    asked, at = st.session_state.get(_WANTED, ("", None))
    if asked != what or at is None:
        return False
    del st.session_state[_WANTED]
    return bool(context.now() - at < FRESH)
