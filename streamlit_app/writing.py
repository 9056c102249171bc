"""Writing from a page: straight to NocoDB with the person's own token, so that its rights and its authorship hold.

The row carries a key of its own (``uebersicht:<uuid>``), looked up before a second try: an answer that got lost never
leads to two rows. What was written is laid over the mirror, so that it shows before the next refresh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from schemas.base import BASE
from schemas.contacts.tables import Interaction
from schemas.errors import ConfigError, NocoDBError, NotFound, Unavailable
from schemas.model import SingleSelect
from sync.mirror import Manifest, patch_mirror
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedTable, resolve_tables
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
        client = self._client()
        table = self._resolve(client)
        row = self._find(client, table, record) if unclear else None
        if row is None:
            answer = client.request("POST", f"/api/v2/tables/{table.id}/records", json=_payload(table, record))
            row = int(answer[table.key.title])
        patch_mirror(self.settings.mirror_dir, _TABLE.code, row, record.encode(), now)
        return Saved(row, record)

    def undo(self, saved: Saved, now: dt.datetime) -> None:
        """Delete a row again, if it is still as we wrote it.

        Raises:
            Undone: it is gone, or somebody changed it; then it stays.
        """
        client = self._client()
        table = self._resolve(client)
        try:
            there = self._read(client, table, saved.row)
        except NotFound as problem:
            patch_mirror(self.settings.mirror_dir, _TABLE.code, saved.row, None, now)
            raise Undone("Der Eintrag war schon gelöscht.") from problem
        if there != saved.record.encode():
            raise Undone("Der Eintrag wurde inzwischen geändert und bleibt deshalb stehen.")
        client.request("DELETE", f"/api/v2/tables/{table.id}/records", json={table.key.title: saved.row})
        patch_mirror(self.settings.mirror_dir, _TABLE.code, saved.row, None, now)

    def _client(self) -> Client:
        return Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)

    def _resolve(self, client: Client) -> ResolvedTable:
        entry = self.manifest.tables.get(_TABLE.code)
        if entry is None:
            raise ConfigError("In der Base fehlt die Tabelle „Kontaktverlauf“.", hint="`kontaktnetz schema apply`")
        real = meta.read_table(client, entry.table_id)
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), [real])
        return resolved.tables[_TABLE.code]

    def _find(self, client: Client, table: ResolvedTable, record: Interaction) -> int | None:
        answer = client.request(
            "GET",
            f"/api/v2/tables/{table.id}/records",
            params={"where": f'@({table.fields["ident"].id},eq,"{record.ident}")', "fields": table.key.id, "limit": 1},
        )
        return int(answer["list"][0][table.key.title]) if answer["list"] else None

    def _read(self, client: Client, table: ResolvedTable, row: int) -> dict[str, object]:
        ids = ",".join(f.data_id for f in table.fields.values())
        raw = client.request("GET", f"/api/v2/tables/{table.id}/records/{row}", params={"fields": ids})
        codes = {c: {label: code for code, label in f.labels.items()} for c, f in table.fields.items()}
        cells = {c: raw.get(f.data_title) for c, f in table.fields.items()}
        return Interaction.decode({c: codes[c].get(str(v), v) for c, v in cells.items()}).encode()


def is_unclear(problem: NocoDBError) -> bool:
    """Say whether a failed ``save`` may have written its row all the same."""
    return isinstance(problem, Unavailable)


def _payload(table: ResolvedTable, record: Interaction) -> dict[str, object]:
    values = {}
    for code, cell in record.encode().items():
        if cell is not None and code in table.fields:
            found = table.fields[code]
            kind = _TABLE.columns[code]
            values[found.data_id] = found.labels.get(str(cell), cell) if isinstance(kind, SingleSelect) else cell
    return values
