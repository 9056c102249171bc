"""Writing from a page: straight to NocoDB with the person's own token, so that its rights and its authorship hold.

The row carries a key of its own (``uebersicht:<uuid>``), looked up before a second try: an answer that got lost never
leads to two rows. What was written is laid over the mirror, so that it shows before the next refresh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.base import BASE
from schemas.contacts.tables import Interaction
from schemas.errors import NocoDBError
from schemas.model import Record
from streamlit_app.ui import texts
from sync.mirror import Manifest, patch_mirror
from sync.nocodb import meta, records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedTable, resolve_tables
from sync.nocodb.store import TableStore
from sync.settings import Settings

ORIGIN = "uebersicht"
TIMEOUT = 20.0
"""Seconds a person waits for a single row at most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A row that we just created; enough to take it back while nobody has touched it."""

    row: int
    record: Record = field(repr=False)


class Undone(NocoDBError):
    """The row cannot be taken back: it is gone, or somebody has changed it since."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes rows of one kind as one person. ``unclear`` tells ``save`` that an earlier try may have arrived."""

    settings: Settings
    manifest: Manifest
    token: str
    kind: type[Record] = Interaction

    def save(self, record: Record, now: dt.datetime, *, unclear: bool = False) -> Saved:
        """Create one row and lay it over the mirror; its ``ident`` is its own.

        Raises:
            Forbidden: the sign-in is void, or the person may not write.
            Unavailable: NocoDB did not answer; the row may be there all the same, call again with ``unclear``.
        """
        store, _ = self._open()
        ident = str(record.value("ident"))
        known = store.find_idents([ident]) if unclear else {}
        row = known.get(ident) or store.create([record])[0]
        patch_mirror(self.settings.mirror_dir, self._code, row, record.encode(), now)
        return Saved(row, record)

    def undo(self, saved: Saved, now: dt.datetime) -> None:
        """Delete a row again, if it is still as we wrote it.

        Raises:
            Undone: it is gone, or somebody changed it; then it stays.
        """
        store, table = self._open()
        there = store.get(saved.row)
        if there is not None and replace(there, id=None) != saved.record:
            raise Undone(texts.ENTRY_CHANGED)
        if there is not None:
            records.delete_rows(self._client(), table.id, [saved.row], key=table.key)
        patch_mirror(self.settings.mirror_dir, self._code, saved.row, None, now)
        if there is None:
            raise Undone(texts.ENTRY_GONE)

    @property
    def _code(self) -> str:
        return self.kind.table().code

    def _client(self) -> Client:
        return Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)

    def _open(self) -> tuple[TableStore[Any], ResolvedTable]:
        """Read the table's columns anew: between two refreshes staff may have renamed one."""
        entry = self.manifest.tables[self._code]
        real = meta.read_table(self._client(), entry.table_id)
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), [real])
        return TableStore(self._client(), resolved, self.kind), resolved.tables[self._code]
