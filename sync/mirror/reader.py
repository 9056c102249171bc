"""Reading the mirror into frames. A missing mirror reads as empty tables, so that every screen can show itself."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.base import BASE
from sync.mirror.columns import shape_of
from sync.mirror.computed import without_arithmetic
from sync.mirror.manifest import Manifest, read_manifest
from sync.mirror.overlay import Overlay, Patch, read_overlay

log = logging.getLogger(__name__)


def load_table(mirror_dir: Path, manifest: Manifest | None, code: str, overlay: Overlay | None = None) -> pd.DataFrame:
    """Return one table with all declared columns and our own unseen writes (``overlay``: None reads it from disk).

    Links are nullable integers, days are ``datetime64`` without time zone, moments are UTC.
    """
    shown = read_overlay(mirror_dir) if overlay is None else overlay
    table = _complete(_read(mirror_dir, manifest, code), code)
    for patch in shown.of(code):
        table = _apply(table, patch)
    frame: pd.DataFrame = table.to_pandas(types_mapper=_nullable, date_as_object=False)
    frame["id"] = frame["id"].astype("int64")
    return without_arithmetic(frame, code, mirror_dir)


def table_version(manifest: Manifest | None, overlay: Overlay, code: str) -> str:
    """Return a name for exactly what ``load_table`` would return, to key caches with."""
    entry = manifest.tables.get(code) if manifest else None
    if entry is None:
        return f"empty/{overlay.version(code)}"
    return f"{entry.digest}/{entry.words}/{overlay.version(code)}"


def _read(mirror_dir: Path, manifest: Manifest | None, code: str) -> pa.Table | None:
    entry = manifest.tables.get(code) if manifest else None
    if entry is None:
        return None
    try:
        return pq.read_table(mirror_dir / entry.file)
    except FileNotFoundError:
        newer = read_manifest(mirror_dir)  # replaced and cleaned up since this manifest was read
        entry = newer.tables.get(code) if newer else None
        if entry is None or not (mirror_dir / entry.file).exists():
            log.warning("mirror file missing table=%s", code)
            return None
        return pq.read_table(mirror_dir / entry.file)


def _complete(found: pa.Table | None, code: str) -> pa.Table:
    schema = shape_of(BASE.tables[code]).schema
    if found is None:
        return schema.empty_table()
    for declared in schema:
        if declared.name not in found.column_names:  # declared since the last refresh
            found = found.append_column(declared, pa.nulls(found.num_rows, declared.type))
    return found


def _apply(table: pa.Table, patch: Patch) -> pa.Table:
    kept = table.filter(pa.compute.not_equal(table["id"], patch.row))
    if patch.cells is None:
        return kept
    row = pa.Table.from_pylist([{**dict.fromkeys(table.column_names), **patch.cells}], schema=table.schema)
    return pa.concat_tables([kept, row])


def _nullable(kind: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
    return pd.Int64Dtype() if kind == pa.int64() else None
