"""Who is looking at this page. Asked on every run, because a websocket outlives a sign-out or the end of a session."""

from __future__ import annotations

import streamlit as st

from streamlit_app import context
from streamlit_app.door import cookie
from streamlit_app.door.cookie import Session


def current() -> Session | None:
    """Return the signed-in person; None when the session is over, signed out, or never was."""
    here = context.get()
    session = cookie.read(here.secret, _cookie_value(), context.now())
    return session if session and session.id not in here.revoked else None


def _cookie_value() -> str | None:
    value = st.context.cookies.get(cookie.NAME)
    return value if isinstance(value, str) else None
