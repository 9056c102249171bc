"""The list of rounds, and the heads that stand above the tabs of an open round or case."""

from __future__ import annotations

import streamlit as st

from schemas.certification.tables import Certification, CertificationRound
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen
from streamlit_app.ui.certification import texts as words


def show(picture: Picture, session: Session) -> None:
    """Show every round, each to be opened by a click."""
    for one in certification_data.rounds(picture):
        st.button(f"**{formats.plain(one.name or words.NAMELESS)}**", key=f"zert_runde_{one.id}", type="tertiary",
                  on_click=chosen.open_round, args=(one.id,))  # fmt: skip


def round_head(picture: Picture, session: Session, round_: CertificationRound) -> None:
    """Show the open round above its tabs."""
    st.button(words.BACK, key="zert_zurueck", icon=":material/arrow_back:", type="tertiary", on_click=chosen.close)
    st.header(formats.plain(round_.name or words.NAMELESS), anchor=False)


def case_head(picture: Picture, session: Session, row: Certification) -> None:
    """Show the open case above its tabs: placement, coordinator, round."""
    round_ = certification_data.round_record(picture, row.round)
    if round_ is not None:
        name = formats.plain(round_.name or words.NAMELESS)
        st.button(words.BACK_TO_ROUND.format(name=name), key="zert_zurueck", icon=":material/arrow_back:",
                  type="tertiary", on_click=chosen.open_round, args=(round_.id,))  # fmt: skip
    st.header(formats.plain(row.name or words.NAMELESS), anchor=False)
