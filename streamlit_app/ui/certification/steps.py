"""The tab *Verlauf* of a case."""

from __future__ import annotations

from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the tab of one case."""
