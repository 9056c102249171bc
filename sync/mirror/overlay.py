"""What we ourselves wrote to the base since the last refresh, laid over the mirror so that it shows at once.

An entry leaves again with the first refresh that began after it: by then the base itself tells.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.base import BASE
from sync.mirror.columns import Cell, shape_of
from sync.mirror.writer import mirror_lock
from sync.text_files import replace_text

NAME = "overlay.json"

LONGEST_REFRESH = dt.timedelta(hours=1)
"""No refresh takes longer; what seems to be written later than that bears the stamp of a clock that was ahead."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One row as we left it; ``cells`` is None for a row that we deleted. ``number`` grows with every patch."""

    table: str
    row: int
    cells: Mapping[str, Cell] | None
    written_at: dt.datetime
    number: int


@dataclass(frozen=True, slots=True)
class Overlay:
    """All patches that no refresh has seen yet, oldest first."""

    patches: tuple[Patch, ...] = ()

    def of(self, table: str) -> tuple[Patch, ...]:
        """Return the patches of one table, only the newest per row."""
        return tuple({p.row: p for p in self.patches if p.table == table}.values())

    def version(self, table: str) -> str:
        """Return a name for the state of the overlay of one table; empty while there is nothing."""
        return "+".join(str(p.number) for p in self.of(table))


def read_overlay(mirror_dir: Path) -> Overlay:
    """Return the overlay; a missing or broken file counts as empty (the next refresh brings the truth)."""
    try:
        raw = json.loads((mirror_dir / NAME).read_text(encoding="utf-8"))
        return Overlay(tuple(_patch(p) for p in raw))
    except (OSError, ValueError, KeyError, TypeError):
        return Overlay()


def patch_mirror(mirror_dir: Path, table: str, row: int, raw: Mapping[str, object] | None, now: dt.datetime) -> Overlay:
    """Lay one row over the mirror: ``raw`` holds raw cells by column code, None means the row is gone."""
    cells = None
    if raw is not None:
        shape = shape_of(BASE.tables[table])
        cells = {c.code: c.cell(raw.get(c.code)) for c in shape.columns} | {"id": row}
    with mirror_lock(mirror_dir, "overlay", wait=True):
        patches = read_overlay(mirror_dir).patches
        number = 1 + max((p.number for p in patches), default=int(now.timestamp() * 1000))
        overlay = Overlay((*patches, Patch(table, row, cells, now, number)))
        _write(mirror_dir, overlay)
    return overlay


def drop_seen(mirror_dir: Path, tables: frozenset[str], began: dt.datetime) -> None:
    """Forget patches of ``tables`` made before the refresh began, and those of a clock that was ahead."""
    with mirror_lock(mirror_dir, "overlay", wait=True):
        before = read_overlay(mirror_dir)
        kept = tuple(
            p for p in before.patches if p.table not in tables or began <= p.written_at < began + LONGEST_REFRESH
        )
        if len(kept) != len(before.patches):
            _write(mirror_dir, Overlay(kept))


def _write(mirror_dir: Path, overlay: Overlay) -> None:
    data = [
        {"table": p.table, "row": p.row, "cells": p.cells, "at": p.written_at.isoformat(), "number": p.number}
        for p in overlay.patches
    ]
    replace_text(mirror_dir / NAME, json.dumps(data, ensure_ascii=False, default=_iso))


def _iso(value: Any) -> str:
    return str(value.isoformat())


def _patch(raw: Mapping[str, Any]) -> Patch:
    cells = raw["cells"]
    if cells is not None:
        shape = shape_of(BASE.tables[raw["table"]])
        cells = {c.code: c.cell(cells.get(c.code)) for c in shape.columns}
    return Patch(raw["table"], raw["row"], cells, dt.datetime.fromisoformat(raw["at"]), raw["number"])
