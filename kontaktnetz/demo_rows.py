"""Rows of the demo, made once: every row has an ident that is looked up before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from schemas.model import Record
from sync.connection import Connection
from sync.nocodb.store import TableStore

R = TypeVar("R", bound=Record)


def make(opened: Connection, rows: Sequence[R]) -> list[int]:
    """Create those rows (of one table) that do not stand there yet, and return the ids of all, in order."""
    if not rows:
        return []
    store = TableStore(opened.client, opened.base, type(rows[0]))
    idents = [str(row.value("ident")) for row in rows]
    known = store.find_idents(idents)
    missing = {ident: row for ident, row in zip(idents, rows, strict=True) if ident not in known}
    known |= dict(zip(missing, store.create(list(missing.values())), strict=True))
    return [known[ident] for ident in idents]
