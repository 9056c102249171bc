"""Who is looking at this page. Asked on every run, because a websocket outlives a sign-out or the end of a session."""

from __future__ import annotations

import streamlit as st

from streamlit_app import context
from streamlit_app.door import cookie
from streamlit_app.door.cookie import Session
from streamlit_app.door.standing import still_allowed


def current() -> Session | None:
    """Return the signed-in person; None when the session is over, signed out, without a right by now, or never was."""
    here = context.get()
    session = cookie.read(here.secret, _cookie_value(), context.now())
    if session is None or session.id in here.revoked:
        return None
    if here.recheck is not None:
        here.recheck.note_use(session)  # the page does not wait for the look; it ends with one of its next runs
    return still_allowed(session, here.settings.mirror_dir)


def _cookie_value() -> str | None:
    value = st.context.cookies.get(cookie.NAME)
    return value if isinstance(value, str) else None
