"""Make one row of two that staff called the same: fill the row that stays, move every link, delete the other one last.

The journal knows the whole of it before anything happens, so a merge can be taken back. Killed anywhere and run again
it completes: links that still point at the row that goes are moved, and only a row that nothing points at is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from schemas.base import BASE
from schemas.errors import RowGone
from schemas.model import Formula, Record, Value
from schemas.operations.choices import CaseState
from sync.fields import as_json, show, title
from sync.journal import Journal, Merging
from sync.match import sure_keys
from sync.nocodb import records
from sync.nocodb.belongings import Belongings, read_belongings
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.normalise import comparable
from sync.row_names import row_names
from sync.standing import display_name
from sync.unite import adds_nothing, leads_back, unite

ATTEMPTS = 4
"""How often a merge begins anew because somebody edits one of the rows at that moment."""

FOLLOWING = ("function", "relationship", "interaction_participant", "office")
"""Tables whose rows may come to say the same twice once what they point at is one."""

Ref = tuple[str, int, str]
"""Table, row and column of a link."""


class Ending(StrEnum):
    """How a merge ended."""

    MERGED = "merged"
    GONE = "gone"
    BUSY = "busy"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Merged:
    """How a merge ended, how many links moved with it, and (German) why it could not be done."""

    ending: Ending
    moved: int = 0
    why: str = ""


@dataclass(slots=True)
class _Pair:
    """Both rows as read together, and what they come to."""

    table: str
    stays: Record
    goes: Record
    ids: tuple[int, int]
    belongings: Belongings
    changes: dict[str, Value] = field(default_factory=dict)


class Merger:
    """Merge rows at one desk; ``ensure`` is asked before each step."""

    def __init__(
        self,
        client: Client,
        base: ResolvedBase,
        stores: Mapping[str, TableStore[Any]],
        journal: Journal,
        ensure: Callable[[], None],
    ) -> None:
        self._client = client
        self._base = base
        self._stores = stores
        self._journal = journal
        self._ensure = ensure

    def merge(self, table: str, stays: int, goes: int) -> Merged:
        """Merge row ``goes`` into row ``stays``."""
        outcome = self._merge(table, stays, goes)
        if outcome.ending in (Ending.MERGED, Ending.GONE) and self._stores[table].get(stays) is not None:
            return replace(outcome, moved=outcome.moved + self._merge_followers(table, stays))
        return outcome

    def _merge(self, table: str, stays: int, goes: int) -> Merged:
        moved = 0
        for _ in range(ATTEMPTS):
            self._ensure()
            try:
                pair = self._read(table, stays, goes)
            except RowGone:
                pair = None
            if pair is None:
                known = self._journal.find_merging(table, stays, goes) is not None
                return Merged(Ending.MERGED if known else Ending.GONE, moved)
            if pair.belongings.stuck:
                named = ", ".join(f"„{t}“" for t in pair.belongings.stuck)
                return Merged(Ending.STUCK, why=f"Bitte übertragen Sie zuerst den Inhalt von {named} von Hand.")
            refs = self._refs(table, stays, goes)
            self._journal.announce_merging(self._told(pair, refs))
            if not self._fill(pair):
                continue
            moved += sum(self._move(ref, goes, stays) for ref in refs)
            self._move_cases(table, goes, stays)
            if self._delete_if_as_read(pair):
                return Merged(Ending.MERGED, moved)
        return Merged(Ending.BUSY, moved, "Jemand bearbeitet gerade eine der beiden Zeilen.")

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read(self, table: str, stays: int, goes: int) -> _Pair | None:
        store = self._stores[table]
        one, other = store.get(stays), store.get(goes)
        if one is None or other is None:
            return None
        belongings = read_belongings(self._client, self._base.tables[table], goes)
        pair = _Pair(table, one, other, (stays, goes), belongings)
        pair.changes = unite(
            table, _cells(table, one), _cells(table, other), ids=pair.ids, name_of=row_names(self._stores)
        )
        pair.changes |= self._without_circle(pair)
        extra = [f"{name}: {value}" for name, value in belongings.cells.values()] + list(belongings.comments)
        note = str(pair.changes.get("note", one.value("note")) or "")
        new = [line for line in extra if line not in note]
        if new:
            pair.changes["note"] = "\n\n".join([note, *new]).strip()
        return pair

    def _without_circle(self, pair: _Pair) -> dict[str, Value]:
        """Cut the link to a superior that would lead back to the row itself once both rows are one."""
        stays, goes = pair.ids
        own = [c for c, link in BASE.tables[pair.table].links.items() if link.target == pair.table]
        cut: dict[str, Value] = {}
        for column in own:
            above = pair.changes.get(column, pair.stays.value(column))
            chain: dict[int, int | None] = {}
            row, step = stays, above
            while isinstance(step, int) and row not in chain:
                step = stays if step == goes else step
                chain[row], row = step, step
                found = self._stores[pair.table].get(row) if row != stays else None
                step = found.value(column) if found else None
            if leads_back(stays, chain):
                cut[column] = None
        return cut

    def _refs(self, table: str, stays: int, goes: int) -> list[Ref]:
        """Return every link that points at the row that goes, but for those of the two rows themselves."""
        found: list[Ref] = []
        for code, store in self._stores.items():
            for column, link in BASE.tables[code].links.items():
                if link.target != table:
                    continue
                rows = store.pull([column], where=store.condition(column, goes))
                ids = [row.id for row in rows if row.id is not None]
                found += [(code, i, column) for i in ids if code != table or i not in (stays, goes)]
        return found

    # --- writing -----------------------------------------------------------------------------------------------------

    def _told(self, pair: _Pair, refs: Sequence[Ref]) -> Merging:
        stays, goes = pair.ids
        before = {c: pair.stays.value(c) for c in pair.changes}
        store = self._stores[pair.table]
        return Merging(
            table=pair.table,
            stays=stays,
            goes=goes,
            name=_name(pair.table, pair.stays, pair.goes),
            told_before=_told(pair.table, _cells(pair.table, pair.goes)),
            told_after=_told(pair.table, pair.changes),
            link=store.row_url(stays),
            row=as_json(_cells(pair.table, pair.goes)),
            own={i: value for i, (_, value) in pair.belongings.cells.items()},
            before=as_json(before),
            after=as_json(pair.changes),
            moved=tuple(refs),
        )

    def _fill(self, pair: _Pair) -> bool:
        if not pair.changes:
            return True
        expected = {c: pair.stays.value(c) for c in pair.changes}
        return self._stores[pair.table].swap(pair.ids[0], expected, pair.changes).applied

    def _move(self, ref: Ref, goes: int, stays: int) -> bool:
        code, row, column = ref
        self._ensure()
        try:
            return self._stores[code].swap(row, {column: goes}, {column: stays}).applied
        except RowGone:
            return False

    def _move_cases(self, table: str, goes: int, stays: int) -> None:
        """Let open conflicts of the row that goes be about the row that stays."""
        store = self._stores["conflict"]
        where = store.condition("row", goes) & store.condition("table_code", table)
        for case in list(store.pull(where=where & store.condition("state", CaseState.OPEN))):
            changes: dict[str, Value] = {"row": stays, "link": self._stores[table].row_url(stays)}
            store.swap(case.id, {"row": goes}, changes)

    def _delete_if_as_read(self, pair: _Pair) -> bool:
        """Delete the row that goes, unless somebody has edited it or pointed at it since we read it."""
        stays, goes = pair.ids
        now = self._stores[pair.table].get(goes)
        if now is not None:
            columns = BASE.tables[pair.table].columns
            edited = [c for c in columns if comparable(c, now.value(c)) != comparable(c, pair.goes.value(c))]
            if edited or self._refs(pair.table, stays, goes):
                return False
            real = self._base.tables[pair.table]
            self._ensure()
            records.delete_rows(self._client, real.id, [goes], key=real.key)
        return True

    # --- rows that follow --------------------------------------------------------------------------------------------

    def _merge_followers(self, table: str, stays: int) -> int:
        """Merge rows that point at the row that stays and now say the same twice."""
        moved = 0
        for code in FOLLOWING:
            store = self._stores[code]
            for column, link in BASE.tables[code].links.items():
                if link.target == table:
                    rows = list(store.pull(where=store.condition(column, stays)))
                    moved += self._merge_same(code, rows)
        return moved

    def _merge_same(self, code: str, rows: Sequence[Record]) -> int:
        first: dict[object, Record] = {}
        moved = 0
        for row in rows:
            cells = _cells(code, row)
            key = tuple(sure_keys(code, cells))
            other = first.setdefault(key, row) if key else row
            if other is row or other.id is None or row.id is None:
                continue
            if adds_nothing(code, _cells(code, other), cells):
                moved += self._merge(code, other.id, row.id).moved
            elif adds_nothing(code, cells, _cells(code, other)):
                moved += self._merge(code, row.id, other.id).moved
                first[key] = row
        return moved


def _cells(table: str, row: Record) -> dict[str, Value]:
    return {c: row.value(c) for c, kind in BASE.tables[table].columns.items() if not isinstance(kind, Formula)}


def _told(table: str, cells: Mapping[str, Value]) -> str:
    columns = BASE.tables[table].columns
    return "\n".join(f"{title(table, c)}: {show(table, c, v)}" for c, v in cells.items() if v and not columns[c].system)


def _name(table: str, stays: Record, goes: Record) -> str:
    one, other = (display_name(_cells(table, row).get) for row in (stays, goes))
    return one if one == other else f"{one} ← {other}"
