"""What the job for derived columns last wrote into each row: a small file beside the mirror.

It serves two ends. A derived cell that says something else than we wrote was changed by hand. And the server's time of
change tells when people or lists last touched a row only if our own arithmetic does not count.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.base import BASE
from schemas.model import Value
from sync.fields import as_json, from_json
from sync.text_files import replace_text

NAME = "computed.json"
_SLACK = pd.Timedelta(seconds=2)  # the server's clock has whole seconds

Row = tuple[str, int]
"""Table code and row id."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The derived cells of a row as we wrote them, between which moments (aware UTC), and its time of change before."""

    values: Mapping[str, Value]
    begun: dt.datetime | None = None
    ended: dt.datetime | None = None
    changed_before: dt.datetime | None = None


def read_computed(mirror_dir: Path) -> dict[Row, Computed]:
    """Return what was written by row; empty where nobody has written yet, or the file is lost."""
    try:
        raw = json.loads((mirror_dir / NAME).read_text(encoding="utf-8"))
        return {(table, int(row)): _read(table, one) for table, rows in raw.items() for row, one in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_computed(mirror_dir: Path, known: Mapping[Row, Computed]) -> None:
    """Replace the file in one step."""
    raw: dict[str, dict[str, object]] = {}
    for (table, row), one in known.items():
        times = {"begun": one.begun, "ended": one.ended, "before": one.changed_before}
        told = {name: moment.isoformat() for name, moment in times.items() if moment is not None}
        raw.setdefault(table, {})[str(row)] = {"values": as_json(one.values), **told}
    mirror_dir.mkdir(parents=True, exist_ok=True)
    replace_text(mirror_dir / NAME, json.dumps(raw, ensure_ascii=False))


def without_arithmetic(frame: pd.DataFrame, code: str, mirror_dir: Path) -> pd.DataFrame:
    """Return a table whose times of change do not tell of our own arithmetic."""
    if not any(column.derived for column in BASE.tables[code].columns.values()):
        return frame
    known = {row: one for (table, row), one in read_computed(mirror_dir).items() if table == code and one.ended}
    if not known:
        return frame

    def before(row: int, changed: Any) -> Any:
        one = known.get(row)
        if one is None or pd.isna(changed) or one.begun is None or one.ended is None:
            return changed
        ours = pd.Timestamp(one.begun) - _SLACK <= changed <= pd.Timestamp(one.ended) + _SLACK
        return (pd.NaT if one.changed_before is None else pd.Timestamp(one.changed_before)) if ours else changed

    times = [before(int(row), changed) for row, changed in zip(frame["id"], frame["updated_at"], strict=True)]
    return frame.assign(updated_at=pd.Series(times, index=frame.index, dtype=frame["updated_at"].dtype))


def _read(table: str, one: Mapping[str, Any]) -> Computed:
    times = [dt.datetime.fromisoformat(one[n]) if n in one else None for n in ("begun", "ended", "before")]
    return Computed(from_json(table, one["values"]), *times)
