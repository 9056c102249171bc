"""From the real base into the mirror: each table read whole, plain and foreign-key columns only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from schemas.base import BASE
from schemas.model import Text
from sync.mirror.columns import MirrorColumn, shape_of
from sync.mirror.manifest import FieldEntry
from sync.mirror.refresh import MirrorReport, TableSource, refresh_from
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, ResolvedTable
from sync.nocodb.store import TableStore


def refresh_mirror(
    client: Client, resolved: ResolvedBase, mirror_dir: Path, now: dt.datetime, tables: Iterable[str] | None = None
) -> MirrorReport:
    """Refresh the mirror from the base; ``tables`` (codes) limits it, ``now`` is the aware UTC moment it begins.

    Raises:
        MirrorBusy: another process refreshes this mirror.
        ConfigError: a declared column is missing in the base or has another type.
        NocoDBError: the server refused or did not answer; the mirror stays as it was.
    """
    wanted = [t for code, t in resolved.tables.items() if tables is None or code in set(tables)]
    return refresh_from(
        (_source(client, resolved, table) for table in wanted),
        mirror_dir=mirror_dir,
        base_id=resolved.id,
        nocodb_url=client.url.rstrip("/"),
        now=now,
    )


def _source(client: Client, base: ResolvedBase, table: ResolvedTable) -> TableSource:
    declared = BASE.tables[table.code]
    fields = [
        FieldEntry(f.code, f.title, f.data_id, declared.columns[f.code].uidt, dict(f.labels))
        for f in table.fields.values()
    ]
    fields += [FieldEntry(e.code, e.title, e.id, e.uidt) for e in table.extra]
    extra = [MirrorColumn(e.code, Text(title=e.title)) for e in table.extra]
    as_codes: dict[str, dict[str, str]] = {code: {} for code in declared.columns}  # the store has translated labels
    store = TableStore(client, base, BASE.record(table.code))
    return TableSource(
        shape=shape_of(declared, as_codes, extra),
        title=table.title,
        table_id=table.id,
        fields=tuple(fields),
        views=dict(table.views),
        pages=store.pull_pages,
    )
