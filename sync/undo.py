"""Take automatic writes back, newest first, by the journal. What staff have edited since stays and becomes a conflict.

With the writes goes what was known of their sources (``sync.retracting``): a list may say all of it once more. Undoing
is itself journalled, so it can be undone. Killed anywhere and run again it completes: what stands decides, not what was
meant.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.errors import ConfigError
from schemas.operations.choices import WriteKind
from schemas.operations.tables import Conflict, JournalEntry
from sync.clock import Clock
from sync.journal import Journal
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.lease import hold_lease
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.questions import take_back_questions
from sync.recall import Recollection
from sync.restore import restore
from sync.retracting import Retractor, concerns_sources, undone_runs, undone_write
from sync.unmerge import Unmerger

CHUNK = 50
"""Rows that are read, announced in the journal and marked as undone together."""

Progress = Callable[[str, int, int], object]


@dataclass(slots=True)
class UndoReport:
    """What was taken back: rows whose fields were restored, rows removed again, fields that staff had changed since,
    created rows that stay, merges that were parted."""

    restored: int = 0
    removed: int = 0
    conflicts: int = 0
    kept: int = 0
    parted: int = 0

    def describe(self) -> str:
        """Return it in German."""
        lines = [f"Zurückgenommen: {self.restored} Zeilen wiederhergestellt, {self.removed} wieder entfernt."]
        if self.parted:
            lines.append(f"{self.parted} zusammengeführte Einträge sind wieder zwei.")
        if self.conflicts:
            lines.append(
                f"{self.conflicts} Felder hat seither jemand geändert; sie bleiben und stehen unter Abweichungen."
            )
        if self.kept:
            lines.append(f"{self.kept} angelegte Zeilen bleiben, weil jemand sie seither geändert oder verknüpft hat.")
        return "\n".join(lines)


def undo(
    client: Client,
    base: ResolvedBase,
    *,
    now: Clock,
    run: str | None = None,
    since: dt.datetime | None = None,
    write: int | None = None,
    on_progress: Progress | None = None,
) -> UndoReport:
    """Take back one run, everything since a moment (aware UTC), or one write (row id of its journal entry).

    Raises:
        ConfigError: the journal knows no such run or write, or nothing since then.
        LeaseHeld: another automatic writer is at work; nothing was written.
    """
    store = TableStore(client, base, JournalEntry)
    entries, notes = _entries(store, run, since, write)
    if not entries:
        raise ConfigError(
            "Im Journal steht nichts, das zurückgenommen werden kann.",
            hint="Die Kennung des Laufs nennt das Laufbuch (erste Zeile des Berichts) oder `kontaktnetz sync runs`.",
        )
    what = f"Lauf {run}" if run else f"Eintrag {write}" if write else f"alles seit {since:%d.%m.%Y %H:%M}"
    cause = f"Zurückgenommen: {what}"
    table = base.tables["journal"]
    with hold_lease(client, base, cause, now=now) as lease:
        journal = Journal(store, run=f"{now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}", cause=cause, now=now)
        retractor = _retractor(journal, store, base, entries, notes, alone=write is not None)
        retractor.begin()
        if write is None:
            asked = {entry.run for entry in (*entries, *notes) if entry.run}
            take_back_questions(TableStore(client, base, Conflict), asked, by=journal.run)
        worker = _Undo(client, base, journal, retractor, now)
        done = 0
        for part in _parts(entries):
            lease.ensure()
            worker.take_back(part)
            marks = {entry.id: {table.fields["undone"].id: True} for entry in part if entry.id is not None}
            records.update_rows(client, table.id, marks, key=table.key)
            done += len(part)
            if on_progress:
                on_progress("Zurücknehmen", done, len(entries))
    return worker.report


def list_runs(client: Client, base: ResolvedBase, *, limit: int = 20) -> list[tuple[str, str, int]]:
    """Return the newest runs of the journal: id, cause, entries that are not undone."""
    found: dict[str, tuple[str, int]] = {}
    for entry in TableStore(client, base, JournalEntry).pull(["run", "cause", "undone"]):
        cause, number = found.get(entry.run or "", (entry.cause or "", 0))
        found[entry.run or ""] = (cause, number + (not entry.undone))
    return [(run, cause, number) for run, (cause, number) in list(found.items())[::-1][:limit]]


def _entries(
    store: TableStore[JournalEntry], run: str | None, since: dt.datetime | None, write: int | None
) -> tuple[list[JournalEntry], list[JournalEntry]]:
    """Return what is to be taken back, newest first, and the other entries of these runs (notes, what was undone)."""
    if write is not None:
        one = store.get(write)
        return ([one] if one is not None and not one.undone else []), []
    found = list(store.pull(where=store.condition("run", run) if run else None))
    if since is not None:
        found = [e for e in found if e.at is not None and e.at >= since]
    return [e for e in found[::-1] if not e.undone], [e for e in found if e.undone]


def _retractor(
    journal: Journal,
    store: TableStore[JournalEntry],
    base: ResolvedBase,
    entries: Sequence[JournalEntry],
    notes: Sequence[JournalEntry],
    *,
    alone: bool,
) -> Retractor:
    """Return who takes back what is known of sources; the whole journal is read only if any may be concerned."""
    tables = {code: table.id for code, table in base.tables.items()}
    concerned = any(concerns_sources(entry) for entry in (*entries, *notes))
    told = Recollection(store.pull(["data", "table_code", "row", "run"]) if concerned else (), tables)
    if alone:
        return Retractor(journal, told, tables, undone_write(told, entries[0]))
    return Retractor(journal, told, tables, undone_runs(told, (*entries, *notes)))


def _parts(entries: Sequence[JournalEntry]) -> Iterator[list[JournalEntry]]:
    """Yield entries in order, changes of different rows of one table together, everything else alone."""
    part: list[JournalEntry] = []
    for entry in entries:
        together = entry.kind in (WriteKind.CHANGED, WriteKind.UNDONE)
        fits = together and len(part) < CHUNK and all(_may_join(entry, other) for other in part)
        if part and not fits:
            yield part
            part = []
        part.append(entry)
    if part:
        yield part


def _may_join(entry: JournalEntry, other: JournalEntry) -> bool:
    changed = other.kind in (WriteKind.CHANGED, WriteKind.UNDONE)
    return changed and other.table_code == entry.table_code and other.row != entry.row


class _Undo:
    def __init__(self, client: Client, base: ResolvedBase, journal: Journal, retractor: Retractor, now: Clock) -> None:
        self._client = client
        self._base = base
        self._journal = journal
        self._now = now
        self._stores: dict[str, TableStore[Any]] = {c: TableStore(client, base, BASE.record(c)) for c in base.tables}
        self._retractor = retractor
        self._unmerger = Unmerger(client, base, self._stores, journal, retractor)
        self._undone_rows: set[tuple[str, int]] = set()
        self.report = UndoReport()

    def take_back(self, part: Sequence[JournalEntry]) -> None:
        """Take back writes that may be taken back together."""
        first = part[0]
        table = first.table_code or ""
        if table not in self._stores:
            return
        if first.kind == WriteKind.CREATED:
            self._remove(table, json.loads(first.data or "{}").get("idents") or [])
        elif first.kind == WriteKind.MERGED:
            self.report.parted += self._unmerger.part(first)
        else:
            done = restore(
                self._stores, table, part, self._journal, self._now, moving_lines=self._retractor.moving_lines
            )
            self.report.restored += len(done.rows)
            self.report.conflicts += done.conflicts
            self._undone_rows |= {(table, row) for row in done.rows}

    def _remove(self, table: str, idents: Sequence[str]) -> None:
        """Delete rows that we created, unless somebody has changed them or pointed at them since."""
        wanted = set(idents)
        rows: dict[int, object] = {}
        lines: dict[int, set[str]] = {}
        for raw in self._stores[table].pull_raw():
            if found := wanted & set(str(raw.get("ident") or "").split("\n")):
                row = int(str(raw["id"]))
                rows[row], lines[row] = raw.get("updated_at"), found
        pointed_at = self._pointed_at(table)
        free = [
            i for i, moved in rows.items() if i not in pointed_at and (not moved or (table, i) in self._undone_rows)
        ]
        self._retractor.removing(table, [line for i in free for line in sorted(lines[i])])
        real = self._base.tables[table]
        records.delete_rows(self._client, real.id, free, key=real.key)
        self.report.removed += len(free)
        self.report.kept += len(rows) - len(free)

    def _pointed_at(self, table: str) -> set[int]:
        """Return the ids of rows of a table that any row links to."""
        found: set[int] = set()
        for code, store in self._stores.items():
            columns = [c for c, link in BASE.tables[code].links.items() if link.target == table]
            for row_id, cells in store.pull_cells(columns) if columns else ():
                found |= {v for v in cells.values() if isinstance(v, int) and not (code == table and v == row_id)}
        return found
