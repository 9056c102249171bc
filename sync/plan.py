"""What a delivery means for the base: create, fill, leave. Pure: nothing is read or written here.

The rules of this stage: what is new is created, what is empty is filled, nothing else changes. A cell that the source
has filled before and staff emptied stays empty; a row that staff deleted stays deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schemas.model import Value
from sync.items import Delivery, Item, Note, Rejected
from sync.match import sure_keys, weak_keys
from sync.standing import Standing, StandingRow, display_name, ident_line, is_empty, one_line
from sync.status import Key, Known, digest


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A row that may be the same, and why a person should look (German)."""

    row_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Create:
    """A new row; ``resembles`` is set when it is unclear whether it is really new."""

    item: Item
    resembles: Resemblance | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """Write into the empty cells ``columns`` of a row.

    ``idents`` is the present text of the row's idents when ours is to be added to it, else None; ``""`` is none yet.
    """

    item: Item
    row_id: int
    columns: tuple[str, ...]
    idents: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing to write; ``settled`` says whether the status knows that already."""

    item: Item
    row_id: int
    settled: bool


@dataclass(frozen=True, slots=True)
class DeletedByStaff:
    """We brought this row once; it is gone from the base and stays so."""

    item: Item


Action = Create | Fill | Unchanged | DeletedByStaff


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen, in the order of the tables, and what could not be read."""

    source: str
    actions: tuple[Action, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]

    @property
    def writes(self) -> int:
        """Return how many rows of the base would be written."""
        return sum(isinstance(a, Create | Fill) for a in self.actions)

    @property
    def rows(self) -> dict[Key, int]:
        """Return the row id of every item that stands in the base already."""
        return {(a.item.table, a.item.ident): a.row_id for a in self.actions if isinstance(a, Fill | Unchanged)}


Delivered = Callable[[Key], frozenset[str]]
"""Tells for which columns the source has delivered a value for this item before."""


def make_plan(
    delivery: Delivery, standing: Mapping[str, Standing], known: Mapping[Key, Known], delivered: Delivered
) -> Plan:
    """Return the plan for a delivery.

    ``standing`` is what stands in the base by table code, ``known`` and ``delivered`` are what the status tells.
    Every item of the delivery gets exactly one action.
    """
    planner = _Planner(delivery.source, standing, known, delivered)
    by_table: dict[str, list[Item]] = {}
    for item in delivery.items:
        by_table.setdefault(item.table, []).append(item)
    actions: list[Action] = []
    for table, items in by_table.items():
        actions += planner.table(table, items)
    return Plan(delivery.source, tuple(actions), delivery.rejected, delivery.notes)


class _Planner:
    def __init__(
        self, source: str, standing: Mapping[str, Standing], known: Mapping[Key, Known], delivered: Delivered
    ) -> None:
        self._source = source
        self._standing = standing
        self._known = known
        self._delivered = delivered
        self._rows: dict[Key, int] = {}
        self._gone: set[Key] = set()

    def table(self, table: str, items: list[Item]) -> Iterable[Action]:
        """Return one action per item, in their order."""
        here = self._standing.get(table) or Standing()
        standing = {item.ident: here.known.get(one_line(item.ident)) for item in items}
        keys = {(table, ident) for ident, row in standing.items() if row is None}
        self._gone |= keys & self._known.keys()
        new: list[Item] = []
        decided: dict[str, Action] = {}
        for item in items:
            key = (table, item.ident)
            row = standing[item.ident]
            if row is not None:
                decided[item.ident] = self._standing_row(item, row)
                self._rows[key] = row.id
            elif key in self._gone:
                decided[item.ident] = DeletedByStaff(item)
            else:
                new.append(item)
        decided |= self._meet(table, new, here)
        return [decided[item.ident] for item in items]

    def _standing_row(self, item: Item, row: StandingRow) -> Action:
        key = (item.table, item.ident)
        known = self._known.get(key)
        if known and known.row_id == row.id and known.digest == digest(item):
            return Unchanged(item, row.id, settled=True)
        columns = self._fillable(item, row, self._delivered(key) if known else frozenset())
        return Fill(item, row.id, columns) if columns else Unchanged(item, row.id, settled=False)

    def _meet(self, table: str, new: list[Item], here: Standing) -> dict[str, Action]:
        """Decide for items that meet the base for the first time."""
        candidates = {item.ident: self._candidates(table, item, here) for item in new}
        claims: dict[int, int] = {}
        for rows in candidates.values():
            for row_id in rows:
                claims[row_id] = claims.get(row_id, 0) + 1
        decided: dict[str, Action] = {}
        for item in new:
            rows = candidates[item.ident]
            if len(rows) == 1 and all(claims[row_id] == 1 for row_id in rows):
                (row,) = rows.values()
                decided[item.ident] = Fill(item, row.id, self._fillable(item, row, frozenset()), row.idents or "")
                self._rows[(table, item.ident)] = row.id
            else:
                decided[item.ident] = Create(item, _resemblance(table, item, rows, here))
        return decided

    def _candidates(self, table: str, item: Item, here: Standing) -> dict[int, StandingRow]:
        """Return the rows that a sure key names; none while a link points at something that is only to be created."""
        if any((ref.table, ref.ident) not in self._rows for ref in item.links.values()):
            return {}
        cells: dict[str, Value] = dict(item.values)
        cells |= {c: self._rows[(ref.table, ref.ident)] for c, ref in item.links.items()}
        return {row.id: row for key in sure_keys(table, cells) for row in here.sure.get(key, ())}

    def _fillable(self, item: Item, row: StandingRow, delivered: frozenset[str]) -> tuple[str, ...]:
        """Return the columns that are empty in the base, that the source fills, and that it has never filled before."""
        values = [c for c, value in item.values.items() if not is_empty(value) and not isinstance(value, bool)]
        links = [c for c, ref in item.links.items() if (ref.table, ref.ident) not in self._gone]
        return tuple(c for c in (*values, *links) if c in row.empty and c not in delivered)


def _resemblance(table: str, item: Item, rows: Mapping[int, StandingRow], here: Standing) -> Resemblance | None:
    if rows:
        row = next(iter(rows.values()))
        reason = "passt auf mehrere Zeilen" if len(rows) > 1 else "mehrere Einträge der Liste passen auf dieselbe Zeile"
        return Resemblance(row.id, row.name, reason)
    for key in weak_keys(table, item.values):
        if (like := here.weak.get(key)) is not None:
            return Resemblance(like.id, like.name, "heißt gleich, aber sonst ist nichts Sicheres gleich")
    return None


def item_name(item: Item) -> str:
    """Return how people would call an item."""
    return display_name(item.values.get) or item.ident


def with_ident(idents: str, source: str, ident: str) -> str:
    """Return the text of a row's idents with one more line.

    >>> with_ident("a:1", "b", "2"), with_ident("", "b", "2")
    ('a:1\\nb:2', 'b:2')
    """
    return "\n".join([*(line for line in idents.split("\n") if line), ident_line(source, ident)])
