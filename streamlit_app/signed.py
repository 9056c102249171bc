"""The base as the signed-in person may see it, so that NocoDB's rights and authorship hold for what a page does."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.base import BASE
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from sync.connection import Connection
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve, resolve_tables

TIMEOUT = 60.0
"""Seconds that one of many requests may take."""


def connect(session: Session, picture: Picture) -> Connection:
    """Return a connection with the person's own token. Raises NocoDBError if the server refuses or is away."""
    client = Client(context.get().settings.nocodb_url, session.token, user_jwt=True, timeout=TIMEOUT)
    return Connection(client, resolve(client, BASE, picture.manifest.base_id if picture.manifest else ""))


def connect_tables(session: Session, picture: Picture, codes: Sequence[str]) -> Connection:
    """Return a connection that knows only these tables: a tenth of the time, for what a person does again and again.

    Raises NocoDBError if the server refuses or is away.
    """
    if picture.manifest is None or any(code not in picture.manifest.tables for code in codes):
        return connect(session, picture)
    client = Client(context.get().settings.nocodb_url, session.token, user_jwt=True, timeout=TIMEOUT)
    real = [meta.read_table(client, picture.manifest.tables[code].table_id) for code in codes]
    base = meta.BaseMeta(picture.manifest.base_id, BASE.title)
    return Connection(client, resolve_tables(BASE, base, real))


def refresh() -> None:
    """Ask for a fresh picture: where many rows change they are not laid over the old one one by one."""
    if refresher := context.get().refresher:
        refresher.ask()
