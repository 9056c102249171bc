"""From the real base into the mirror: each table read whole, plain and foreign-key columns only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from schemas.base import BASE
from schemas.model import Text
from sync.mirror.columns import MirrorColumn, shape_of
from sync.mirror.manifest import FieldEntry
from sync.mirror.refresh import MirrorReport, TableSource, refresh_from
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, ResolvedTable


def refresh_mirror(
    client: Client, resolved: ResolvedBase, mirror_dir: Path, now: dt.datetime, tables: Iterable[str] | None = None
) -> MirrorReport:
    """Refresh the mirror from the base; ``tables`` (codes) limits it, ``now`` is the aware UTC moment it begins.

    Raises:
        MirrorBusy: another process refreshes this mirror.
        NocoDBError: the server refused or did not answer; the mirror stays as it was.
    """
    wanted = [t for code, t in resolved.tables.items() if tables is None or code in set(tables)]
    return refresh_from(
        (_source(client, table) for table in wanted),
        mirror_dir=mirror_dir,
        base_id=resolved.id,
        nocodb_url=client.url.rstrip("/"),
        now=now,
    )


def _source(client: Client, table: ResolvedTable) -> TableSource:
    fields = [
        FieldEntry(f.code, f.title, f.data_id, BASE.tables[table.code].columns[f.code].uidt, dict(f.labels))
        for f in table.fields.values()
    ]
    fields += [FieldEntry(e.code, e.title, e.id, e.uidt) for e in table.extra]
    codes = {f.code: {label: code for code, label in f.labels.items()} for f in table.fields.values() if f.labels}
    extra = [MirrorColumn(e.code, Text(title=e.title)) for e in table.extra]
    return TableSource(
        shape=shape_of(BASE.tables[table.code], codes, extra),
        title=table.title,
        table_id=table.id,
        fields=tuple(fields),
        views=dict(table.views),
        pages=lambda: _pages(client, table),
    )


def _pages(client: Client, table: ResolvedTable) -> Iterator[Sequence[Mapping[str, object]]]:
    asked = {table.key.id: (table.key.title, "id")}
    asked |= {f.id: (f.title, c) for f, c in ((table.created_at, "created_at"), (table.updated_at, "updated_at")) if f}
    asked |= {f.data_id: (f.data_title, f.code) for f in table.fields.values()}
    asked |= {e.id: (e.title, e.code) for e in table.extra}
    for page in records.list_pages(client, table.id, list(asked), key=table.key):
        yield [{code: row.get(title) for title, code in asked.values()} for row in page]
