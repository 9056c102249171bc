"""Take automatic writes back, newest first, by the journal. What staff have edited since stays and becomes a conflict.

Undoing is itself journalled, so it can be undone. Killed anywhere and run again it completes: what stands decides, not
what was meant.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.errors import ConfigError, NotFound
from schemas.model import Value
from schemas.operations.choices import CaseState, WriteKind
from schemas.operations.tables import Conflict, JournalEntry
from sync.fields import as_json, from_json, show, title
from sync.journal import Intent, Journal
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.lease import hold_lease
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.normalise import comparable

SOURCE = "Zurücknehmen"
Clock = Callable[[], dt.datetime]
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class UndoReport:
    """What was taken back: rows whose fields were restored, rows removed again, fields that staff had changed since."""

    restored: int = 0
    removed: int = 0
    conflicts: int = 0
    kept: int = 0
    other: int = 0

    def describe(self) -> str:
        """Return it in German."""
        lines = [f"Zurückgenommen: {self.restored} Zeilen wiederhergestellt, {self.removed} wieder entfernt."]
        if self.conflicts:
            lines.append(
                f"{self.conflicts} Felder hat seither jemand geändert; sie bleiben und stehen unter Abweichungen."
            )
        if self.kept:
            lines.append(f"{self.kept} angelegte Zeilen bleiben, weil jemand sie seither geändert oder verknüpft hat.")
        if self.other:
            lines.append(f"{self.other} Zusammenführungen bleiben; sie werden einzeln zurückgenommen.")
        return "\n".join(lines)


def undo(
    client: Client,
    base: ResolvedBase,
    *,
    now: Clock,
    run: str | None = None,
    since: dt.datetime | None = None,
    on_progress: Progress | None = None,
) -> UndoReport:
    """Take back one run, or everything since a moment (aware UTC).

    Raises:
        ConfigError: the journal knows no such run, or nothing since then.
        LeaseHeld: another automatic writer is at work; nothing was written.
    """
    store = TableStore(client, base, JournalEntry)
    entries = _entries(store, run, since)
    if not entries:
        raise ConfigError(
            "Im Journal steht nichts, das zurückgenommen werden kann.",
            hint="Die Kennung des Laufs nennt das Laufbuch (erste Zeile des Berichts) oder `kontaktnetz sync runs`.",
        )
    cause = f"Zurückgenommen: {f'Lauf {run}' if run else f'alles seit {since:%d.%m.%Y %H:%M}'}"
    with hold_lease(client, base, cause, now=now) as lease:
        name = f"{now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
        journal = Journal(store, run=name, cause=cause, now=now)
        worker = _Undo(client, base, journal, now)
        for done, entry in enumerate(entries, start=1):
            lease.ensure()
            worker.take_back(entry)
            if entry.id is not None:
                store.swap(entry.id, {"undone": False}, {"undone": True})
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


def _entries(store: TableStore[JournalEntry], run: str | None, since: dt.datetime | None) -> list[JournalEntry]:
    where = store.condition("run", run) if run else None
    found = [e for e in store.pull(where=where) if not e.undone]
    if since is not None:
        found = [e for e in found if e.at is not None and e.at >= since]
    return found[::-1]


class _Undo:
    def __init__(self, client: Client, base: ResolvedBase, journal: Journal, now: Clock) -> None:
        self._client = client
        self._base = base
        self._journal = journal
        self._now = now
        self._stores: dict[str, TableStore[Any]] = {c: TableStore(client, base, BASE.record(c)) for c in base.tables}
        self._undone_rows: set[tuple[str, int]] = set()
        self.report = UndoReport()

    def take_back(self, entry: JournalEntry) -> None:
        """Take back one write."""
        data = json.loads(entry.data or "{}")
        if entry.kind == WriteKind.CREATED:
            self._remove(entry, data.get("idents") or [])
        elif entry.kind == WriteKind.MERGED:
            self.report.other += 1
        elif entry.row is not None and entry.table_code in self._stores:
            self._restore(entry, entry.table_code or "", entry.row, data)

    def _restore(self, entry: JournalEntry, table: str, row_id: int, data: Mapping[str, Any]) -> None:
        store = self._stores[table]
        standing = store.get(row_id)
        if standing is None:
            return
        before, after = from_json(table, data.get("before") or {}), from_json(table, data.get("after") or {})
        back: dict[str, Value] = {}
        edited: dict[str, Value] = {}
        for column, value in after.items():
            ours = comparable(column, standing.value(column))
            if ours == comparable(column, value):
                back[column] = before.get(column)
            elif ours != comparable(column, before.get(column)):
                edited[column] = before.get(column)
        back = {c: v for c, v in back.items() if comparable(c, v) != comparable(c, standing.value(c))}
        if back:
            now_there = {c: standing.value(c) for c in back}
            intent = Intent(table, row_id, entry.name or "", now_there, back, entry.link or "")
            self._journal.announce([intent], WriteKind.UNDONE)
            try:
                self.report.restored += store.swap(row_id, now_there, back).applied
            except NotFound:
                return
            self._undone_rows.add((table, row_id))
        for column, value in edited.items():
            self._ask(entry, column, standing.value(column), value)

    def _ask(self, entry: JournalEntry, column: str, ours: Value, theirs: Value) -> None:
        """Staff changed the field since: let them decide, as with any other conflict."""
        table = entry.table_code or ""
        store = TableStore(self._client, self._base, Conflict)
        ident = f"{SOURCE}|{entry.ident}|{column}"
        if not store.find_idents([ident]):
            data = {"ours": as_json({column: ours}), "theirs": as_json({column: theirs})}
            store.create([
                Conflict(
                    name=entry.name, field=title(table, column), ours=show(table, column, ours),
                    theirs=show(table, column, theirs), state=CaseState.OPEN, source=SOURCE, found_at=self._now(),
                    link=entry.link, table_code=table, row=entry.row, data=json.dumps(data, ensure_ascii=False),
                    ident=ident,
                )
            ])  # fmt: skip
        self.report.conflicts += 1

    def _remove(self, entry: JournalEntry, idents: Sequence[str]) -> None:
        """Delete rows that we created, unless somebody has changed them or pointed at them since."""
        table = entry.table_code or ""
        if table not in self._stores:
            return
        wanted = set(idents)
        rows = {
            int(str(raw["id"])): raw.get("updated_at")
            for raw in self._stores[table].pull_raw()
            if wanted & set(str(raw.get("ident") or "").split("\n"))
        }
        pointed_at = self._pointed_at(table)
        free = [
            i for i, moved in rows.items() if i not in pointed_at and (not moved or (table, i) in self._undone_rows)
        ]
        real = self._base.tables[table]
        for start in range(0, len(free), records.MAX_BATCH):
            records.delete_rows(self._client, real.id, free[start : start + records.MAX_BATCH], key=real.key)
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
