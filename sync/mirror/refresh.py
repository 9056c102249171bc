"""Refreshing the mirror: pull every table whole, write what changed, then replace the manifest.

Change times of the server miss link changes and deletions (nocodb.md 3.5), so every row is read; a table whose content
is the same keeps its file. Tables that a refresh leaves out keep their former entry.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sync.mirror.columns import TableShape
from sync.mirror.manifest import FieldEntry, Manifest, TableEntry, read_manifest
from sync.mirror.overlay import drop_seen
from sync.mirror.writer import mirror_lock, remove_old_files, write_manifest, write_table

log = logging.getLogger(__name__)

Pages = Iterable[Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table to be mirrored: its shape, its names in the base, and how to read its raw cells page by page."""

    shape: TableShape
    title: str
    table_id: str
    fields: tuple[FieldEntry, ...]
    views: Mapping[str, str]
    pages: Callable[[], Pages]


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What a refresh did: rows per table, which tables had changed, and how long it took."""

    manifest: Manifest
    rows: Mapping[str, int]
    changed: tuple[str, ...]
    seconds: float
    removed_files: int = field(default=0)


def refresh_from(
    sources: Iterable[TableSource], *, mirror_dir: Path, base_id: str, nocodb_url: str, now: dt.datetime
) -> MirrorReport:
    """Write the given tables and the manifest; ``now`` is the aware UTC moment before the first row was read.

    Raises:
        MirrorBusy: another process refreshes this mirror.
        NocoDBError: the server failed; the mirror stays as it was.
    """
    began = time.monotonic()
    with mirror_lock(mirror_dir):
        old = read_manifest(mirror_dir)
        tables = dict(old.tables) if old and (old.base_id, old.nocodb_url) == (base_id, nocodb_url) else {}
        rows: dict[str, int] = {}
        changed = []
        for source in sources:
            code = source.shape.code
            written = write_table(mirror_dir, source.shape, source.pages())
            if code not in tables or tables[code].digest != written.digest:
                changed.append(code)
            rows[code] = written.rows
            tables[code] = TableEntry(
                code=code,
                title=source.title,
                table_id=source.table_id,
                rows=written.rows,
                digest=written.digest,
                file=written.file,
                fields={f.code: f for f in source.fields},
                views=dict(source.views),
            )
        manifest = Manifest(taken_at=now, base_id=base_id, nocodb_url=nocodb_url, tables=tables)
        write_manifest(mirror_dir, manifest)
        drop_seen(mirror_dir, frozenset(rows), now)
        removed = remove_old_files(mirror_dir, manifest, now)
    seconds = time.monotonic() - began
    log.info(
        "mirror refreshed tables=%d rows=%d changed=%s seconds=%.1f", len(rows), sum(rows.values()), changed, seconds
    )
    return MirrorReport(manifest, rows, tuple(changed), seconds, removed)
