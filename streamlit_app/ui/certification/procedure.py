"""The tab *Verfahren*: steps and criteria as they are for the next round."""

from __future__ import annotations

from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session


def show(picture: Picture, session: Session) -> None:
    """Show the tab."""
