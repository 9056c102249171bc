"""The tab *Kalender* of a round."""

from __future__ import annotations

from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session


def show(picture: Picture, session: Session, round_row: int) -> None:
    """Show the tab of one round."""
