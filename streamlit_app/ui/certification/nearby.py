"""Telling what became of a click right where it was made, with the way back: on a long page the top is out of sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from schemas.errors import KontaktnetzError
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import problems
from streamlit_app.ui.certification import texts as words
from streamlit_app.ui.certification.desk import Outcome, Place


def safely(key: str, place: Place, work: Callable[[], Outcome]) -> bool:
    """Do a piece of work, keep what became of it for ``show`` with the same key, and say whether it went well."""
    try:
        outcome = work()
    except KontaktnetzError as failed:
        outcome = Outcome(place, problems.told(failed), bad=True)
    st.session_state[_name(key)] = outcome
    return not outcome.bad


def tell(key: str, outcome: Outcome) -> None:
    """Keep an outcome for ``show``."""
    st.session_state[_name(key)] = outcome


def show(key: str, picture: Picture, session: Session, place: Place) -> None:
    """Say what became of the last click here; at another place it is over."""
    outcome = st.session_state.get(_name(key))
    if not isinstance(outcome, Outcome):
        return
    if outcome.place != place:
        st.session_state.pop(_name(key))
        return
    if outcome.bad:
        st.warning(outcome.said, icon=":material/error:")
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_erfolg"):
        st.success(outcome.said, icon=":material/check_circle:", width="stretch")
        if outcome.back is not None and session.role.may_write:
            st.button(words.UNDO, key=f"{key}_rueckgaengig", icon=":material/undo:", on_click=_take_back,
                      args=(key, picture, session, outcome))  # fmt: skip


def _take_back(key: str, picture: Picture, session: Session, outcome: Outcome) -> None:
    def work() -> Outcome:
        if outcome.back is not None:
            outcome.back(picture, session)
        return replace(outcome, said=outcome.undone or words.UNDONE, back=None)

    safely(key, outcome.place, work)


def _name(key: str) -> str:
    return f"zert_nah_{key}"
