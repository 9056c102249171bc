"""The base as the signed-in person may see it, so that NocoDB's rights and authorship hold for what a page does."""

from __future__ import annotations

from schemas.base import BASE
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from sync.connection import Connection
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve

TIMEOUT = 60.0
"""Seconds that one of many requests may take."""


def connect(session: Session, picture: Picture) -> Connection:
    """Return a connection with the person's own token. Raises NocoDBError if the server refuses or is away."""
    client = Client(context.get().settings.nocodb_url, session.token, user_jwt=True, timeout=TIMEOUT)
    return Connection(client, resolve(client, BASE, picture.manifest.base_id if picture.manifest else ""))


def refresh() -> None:
    """Ask for a fresh picture: where many rows change they are not laid over the old one one by one."""
    if refresher := context.get().refresher:
        refresher.ask()
