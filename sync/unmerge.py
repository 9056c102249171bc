"""Part two rows again that were merged: the row that went comes back with its links; what staff edited since stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from schemas.base import BASE
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import REMEMBERED, take_back
from schemas.errors import RowGone
from schemas.model import Formula, Record, Value
from schemas.operations.choices import CaseState, DuplicateDecision, WriteKind
from schemas.operations.tables import JournalEntry, pair_ident
from sync.fields import from_json
from sync.journal import Intent, Journal, Merging, read_merging
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.normalise import comparable
from sync.plan import VANISHED
from sync.restore import lines_of
from sync.retracting import Retractor

AGAIN = "wieder"
"""Begins the line in `ident` of a row that came back, so that it comes back once only, whatever happens between."""

CHUNK = 50


class Unmerger:
    """Take merges back, newest first."""

    def __init__(
        self,
        client: Client,
        base: ResolvedBase,
        stores: Mapping[str, TableStore[Any]],
        journal: Journal,
        retractor: Retractor,
    ) -> None:
        self._client = client
        self._base = base
        self._stores = stores
        self._journal = journal
        self._retractor = retractor
        self._again: dict[tuple[str, int], int] | None = None

    def part(self, entry: JournalEntry) -> bool:
        """Take one merge back; False when the row that stayed is gone itself."""
        merging = read_merging(entry)
        store = self._stores[merging.table]
        stays = self._now(merging.table, merging.stays)
        row = store.get(stays)
        if row is None:
            return False
        back = self._bring_back(entry, merging)
        self._came_back()[(merging.table, merging.goes)] = back
        self._remember(entry, back)
        self._retractor.parted(merging, entry.id or 0, back, lines_of(row.value("ident")))
        self._restore(merging, row)
        self._move_back(merging, stays, back)
        self._ask_later(merging, stays, back)
        return True

    def _bring_back(self, entry: JournalEntry, merging: Merging) -> int:
        """Create the row that went, unless an earlier try has done so."""
        table, store = merging.table, self._stores[merging.table]
        cells: dict[str, Any] = dict(from_json(table, merging.row))
        idents = "\n".join([*lines_of(cells.get("ident")), f"{AGAIN}:{entry.id}"])
        there = store.find_idents([idents])
        if idents in there:
            return there[idents]
        columns = BASE.tables[table].columns
        cells = {c: v for c, v in cells.items() if c != "token" and not isinstance(columns[c], Formula)}
        for column, link in BASE.tables[table].links.items():
            cells[column] = self._target(link.target, cells.get(column))
        self._journal.announce_new(table, [idents.split("\n")[-1]], store.table_url())
        (made,) = store.create([BASE.record(table)(**{**cells, "ident": idents})])
        if merging.own:
            real = self._base.tables[table]
            known = {e.id for e in real.extra}
            own = {i: v for i, v in merging.own.items() if i in known}
            records.update_rows(self._client, real.id, {made: own}, key=real.key)
        return made

    def _remember(self, entry: JournalEntry, back: int) -> None:
        """Note in the entry under which id the row came back: older merges may have moved links of it."""
        data = {**json.loads(entry.data or "{}"), "again": back}
        if entry.id is not None:
            text = json.dumps(data, ensure_ascii=False)
            self._stores["journal"].swap(entry.id, {"data": entry.data}, {"data": text})

    def _restore(self, merging: Merging, row: Record) -> None:
        """Put back the cells of the row that stayed that nobody has changed since; the idents part in any case."""
        table, store = merging.table, self._stores[merging.table]
        before, after = from_json(table, merging.before), from_json(table, merging.after)
        back: dict[str, Value] = {}
        for column, value in after.items():
            if column == "ident":
                new = set(lines_of(value)) - set(lines_of(before.get("ident")))
                back["ident"] = "\n".join(line for line in lines_of(row.value("ident")) if line not in new) or None
            elif comparable(column, row.value(column)) == comparable(column, value):
                back[column] = before.get(column)
            elif column == ALIASES:  # other former values came since
                back[column] = take_back(table, row.value(column), before.get(column), value, REMEMBERED[table])
        if VANISHED in BASE.tables[table].columns and VANISHED not in after and not merging.row.get(VANISHED):
            back |= {VANISHED: None} if row.value(VANISHED) else {}  # set since, perhaps for the row that came back
        if back and row.id is not None:
            now_there = {c: row.value(c) for c in back}
            self._journal.announce(
                [Intent(table, row.id, merging.name, now_there, back, merging.link)], WriteKind.UNDONE
            )
            store.swap(row.id, now_there, back)

    def _move_back(self, merging: Merging, stays: int, back: int) -> None:
        """Let links point at the row that came back where nobody has changed them since."""
        refs = [(code, self._now(code, row), column) for code, row, column in merging.moved]
        for start in range(0, len(refs), CHUNK):
            batch = refs[start : start + CHUNK]
            intents = [
                Intent(code, row, merging.name, {column: stays}, {column: back}, self._stores[code].row_url(row))
                for code, row, column in batch
            ]
            self._journal.announce(intents, WriteKind.UNDONE)
            for code, row, column in batch:
                try:
                    self._stores[code].swap(row, {column: stays}, {column: back})
                except RowGone:
                    continue

    def _ask_later(self, merging: Merging, stays: int, back: int) -> None:
        """Put the pair up for a decision again, as one to decide later."""
        store = self._stores["duplicate"]
        old = pair_ident(merging.table, *sorted((merging.stays, merging.goes)))
        row_id = store.find_idents([old]).get(old)
        case = None if row_id is None else store.get(row_id)
        if case is None or row_id is None:
            return
        first, second = sorted((stays, back))
        changes: dict[str, Value] = {
            "decision": DuplicateDecision.LATER, "state": CaseState.OPEN, "first_row": first, "second_row": second,
            "ident": pair_ident(merging.table, first, second),
            "first_link": self._stores[merging.table].row_url(first),
            "second_link": self._stores[merging.table].row_url(second),
        }  # fmt: skip
        store.swap(row_id, {"ident": old}, changes)

    def _target(self, table: str, row_id: Value) -> int | None:
        if not isinstance(row_id, int):
            return None
        now = self._now(table, row_id)
        return now if self._stores[table].get(now) is not None else None

    def _now(self, table: str, row_id: int) -> int:
        """Return the id that a row bears now: one that went and came back has a new one."""
        again, seen = self._came_back(), {row_id}
        while (newer := again.get((table, row_id))) is not None and newer not in seen:
            row_id = newer
            seen.add(row_id)
        return row_id

    def _came_back(self) -> dict[tuple[str, int], int]:
        """Return the new ids of all rows that came back, by table and old id."""
        if self._again is None:
            self._again = {}
            store = self._stores["journal"]
            for entry in store.pull(where=store.condition("kind", WriteKind.MERGED)):
                if back := json.loads(entry.data or "{}").get("again"):
                    self._again[(entry.table_code, read_merging(entry).goes)] = int(back)
        return self._again
