"""A nod where a click was made: what became of it is told at the top of the page, out of sight from further down."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from streamlit_app.ui.certification import desk

DONE, FAILED = "Erledigt. Was geschah, steht oben.", "Das ging nicht. Warum, steht oben."
_WENT = "zert_ging"


def show(what: str) -> None:
    """Nod once where this was asked for."""
    kept, went = st.session_state.get(_WENT, ("", False))
    if kept == what:
        del st.session_state[_WENT]
        (st.success if went else st.warning)(DONE if went else FAILED, icon=":material/arrow_upward:")


def do(what: str, place: desk.Place, work: Callable[[], desk.Outcome]) -> None:
    """Do a piece of work that was asked for, tell at the top what became of it, and remember to nod."""
    st.session_state[_WENT] = (what, desk.safely(place, work))
