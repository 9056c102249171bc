"""What ran by itself: the run book and the journal of the mirror, as lines for people."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from streamlit_app.frames.cells import text, yes

FAILED = "fehlgeschlagen"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what for, from when to when, whether it failed, what it said; ``key`` is its id in the journal.

    ``writes`` counts what it wrote and nobody has taken back.
    """

    row: int
    name: str
    started: dt.datetime | None
    finished: dt.datetime | None
    failed: bool
    report: str
    key: str = ""
    writes: int = 0


def read_runs(book: pd.DataFrame, journal: pd.DataFrame) -> list[Run]:
    """Return all runs, the newest first. What a job says of a run that stands there itself is not told twice."""
    open_ = journal[journal["run"].notna() & ~journal["undone"].fillna(False).astype(bool)]
    writes = {str(key): int(count) for key, count in open_["run"].value_counts().items()}
    runs, said = [], []
    for line in book.rename(columns={"id": "row"}).itertuples():
        ident = text(line.ident)
        if ident.startswith("run:"):
            key = ident.removeprefix("run:")
            runs.append(_run(line, text(line.report).removeprefix(f"Lauf {key}").strip(), key, writes.get(key, 0)))
        elif ident.startswith("slot:"):
            said.append(_run(line, text(line.report)))
    starts: dict[tuple[str, bool], list[dt.datetime]] = {}
    for run in runs:
        if run.started is not None:
            insort(starts.setdefault((run.name, run.failed), []), run.started)
    runs += [one for one in said if not _any_within(starts.get((one.name, one.failed), []), one)]
    return sorted(runs, key=lambda run: (run.started is not None, run.started, run.row), reverse=True)


def last_slots(book: pd.DataFrame) -> Mapping[str, dt.datetime]:
    """Return the last slot that was done, by the code of the job."""
    found = {}
    for line in book.itertuples():
        ident, slot = text(line.ident), _moment(line.slot)
        if ident.startswith("job:") and slot is not None:
            found[ident.removeprefix("job:")] = slot
    return found


def is_undone(journal: pd.DataFrame, key: str) -> bool:
    """Say whether everything that a run wrote was taken back."""
    mine = journal[(journal["run"] == key).fillna(False)]
    return len(mine) > 0 and all(yes(cell) for cell in mine["undone"])


def _run(line: Any, report: str, key: str = "", writes: int = 0) -> Run:
    return Run(int(line.row), text(line.name), _moment(line.started_at), _moment(line.finished_at),
               text(line.state) == FAILED, report, key, writes)  # fmt: skip


def _any_within(starts: list[dt.datetime], said: Run) -> bool:
    """Say whether a run began while the job was at work that tells of it."""
    if said.started is None:
        return False
    at = bisect_left(starts, said.started)
    return at < len(starts) and (said.finished is None or starts[at] <= said.finished)


def _moment(cell: Any) -> dt.datetime | None:
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) and not pd.isna(cell) else None
