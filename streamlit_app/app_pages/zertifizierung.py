"""Zertifizierung: the rounds, and for the round or case in the address its head and its tabs."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from streamlit_app import certification_data, data, identity
from streamlit_app.door.cookie import Session
from streamlit_app.ui import frame
from streamlit_app.ui.certification import (
    assessment,
    awarding,
    board,
    calendar,
    chosen,
    create,
    decision,
    desk,
    listing,
    placing,
    procedure,
    report,
    seals,
    steps,
)
from streamlit_app.ui.certification import texts as words

TABS = {chosen.ROUNDS: listing, chosen.SEALS: seals, chosen.PROCEDURE: procedure}
ROUND_TABS = {chosen.BOARD: board, chosen.CALENDAR: calendar, chosen.AWARDING: awarding}
CASE_TABS = {
    chosen.STEPS: steps, chosen.ASSESSMENT: assessment, chosen.REPORT: report, chosen.DECISION: decision,
}  # fmt: skip


def tab_of(tabs: Iterable[str]) -> str:
    """Show these tabs and return the open one."""
    return chosen.choose_tab(words.TAB, {tab: words.TABS[tab] for tab in tabs})


def show_round(picture: data.Picture, session: Session, row: int) -> None:
    """Show the head of a round and the open tab, or the form that is open."""
    round_ = certification_data.round_record(picture, row)
    if round_ is None:
        gone(words.ROUND_GONE)
        return
    listing.round_head(picture, session, round_)
    desk.show_outcome(picture, session, ("runde", row))
    if create.wanted() == create.EDIT:
        create.show_edit(picture, session, round_)
        return
    if create.wanted() == create.PLACE:
        placing.show(picture, session, round_)
        return
    create.begin(picture, session, round_)
    ROUND_TABS[tab_of(ROUND_TABS)].show(picture, session, row)


def show_case(picture: data.Picture, session: Session, row: int) -> None:
    """Show the head of a case and the open tab."""
    case = certification_data.case_record(picture, row)
    if case is None:
        gone(words.CASE_GONE)
        return
    listing.case_head(picture, session, case)
    desk.show_outcome(picture, session, ("fall", row))
    CASE_TABS[tab_of(CASE_TABS)].show(picture, session, row)


def gone(told: str) -> None:
    """Say that what the address names is not there, and lead back."""
    st.button(words.BACK, key="zert_zurueck", icon=":material/arrow_back:", type="tertiary", on_click=chosen.close)
    st.warning(told, icon=":material/search_off:")


def main() -> None:
    picture = data.picture()
    frame.header(words.PAGE, picture)
    session = identity.current()
    if session is None:
        return
    if picture.manifest is None:
        frame.empty(picture)
        return
    case, round_ = chosen.current_case(), chosen.current_round()
    if case is not None:
        show_case(picture, session, case)
    elif round_ is not None:
        show_round(picture, session, round_)
    elif create.wanted() == create.NEW:
        create.show_new(picture, session)
    else:
        desk.show_outcome(picture, session, ("", 0))
        TABS[tab_of(TABS)].show(picture, session)


main()
