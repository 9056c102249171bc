"""Writing from a page: straight to NocoDB with the person's own token, so that its rights and its authorship hold.

The row carries a key of its own (``uebersicht:<uuid>``), looked up before a second try: an answer that got lost never
leads to two rows. What was written is laid over the mirror, so that it shows before the next refresh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from schemas.base import BASE
from schemas.contacts.tables import Interaction
from schemas.errors import NocoDBError
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

_TABLE = Interaction.table()


@dataclass(frozen=True, slots=True)
class Saved:
    """A row that we just created; enough to take it back while nobody has touched it."""

    row: int
    record: Interaction = field(repr=False)


class Undone(NocoDBError):
    """The row cannot be taken back: it is gone, or somebody has changed it since."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes interactions as one person. ``unclear`` tells ``save`` that an earlier try may have arrived."""

    settings: Settings
    manifest: Manifest
    token: str

    def save(self, record: Interaction, now: dt.datetime, *, unclear: bool = False) -> Saved:
        """Create one interaction and lay it over the mirror.

        Raises:
            Forbidden: the sign-in is void, or the person may not write.
            Unavailable: NocoDB did not answer; the row may be there all the same, call again with ``unclear``.
        """
        store, _ = self._open()
        known = store.find_idents([str(record.ident)]) if unclear else {}
        row = known.get(str(record.ident)) or store.create([record])[0]
        patch_mirror(self.settings.mirror_dir, _TABLE.code, row, record.encode(), now)
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
        patch_mirror(self.settings.mirror_dir, _TABLE.code, saved.row, None, now)
        if there is None:
            raise Undone(texts.ENTRY_GONE)

    def _client(self) -> Client:
        return Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)

    def _open(self) -> tuple[TableStore[Interaction], ResolvedTable]:
        """Read the table's columns anew: between two refreshes staff may have renamed one."""
        entry = self.manifest.tables[_TABLE.code]
        real = meta.read_table(self._client(), entry.table_id)
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), [real])
        return TableStore(self._client(), resolved, Interaction), resolved.tables[_TABLE.code]
