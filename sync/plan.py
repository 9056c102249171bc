"""What a delivery means for the base. Pure: nothing is read or written here.

What is new is created; a field is merged from three values (what the source said last, what stands, what it says now);
what the source no longer names is marked; a row that staff deleted stays deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import former_cells, remember
from schemas.model import Value
from sync.fields import decode_last, decode_last_link
from sync.items import Delivery, Item, LinkRef, Note, Rejected
from sync.match import Cells, contradiction, same_name, sure_keys, weak_keys
from sync.merge import UNKNOWN, Mode, Unknown, Verdict, merge
from sync.normalise import comparable
from sync.standing import Standing, StandingRow, display_name, ident_line, is_empty, one_line
from sync.status import Key, Known, digest

VANISHED = "vanished_since"
"""Column that says since when a source no longer names a row."""


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
class Write:
    """Write ``values`` and the item's ``links`` into a row while the cells still hold what stands in ``before``.

    ``idents`` is the present text of the row's idents when ours is to be added to it, else None; ``""`` is none yet.
    """

    item: Item
    row_id: int
    values: Mapping[str, Value]
    links: tuple[str, ...] = ()
    before: Mapping[str, Value] = field(default_factory=dict)
    idents: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are written."""
        return (*self.values, *self.links)

    @property
    def replaces(self) -> bool:
        """Say whether a value is replaced, not only an empty cell filled."""
        return any(not is_empty(value) for value in self.before.values())


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing to write; ``settled`` says whether the status knows that already."""

    item: Item
    row_id: int
    settled: bool


@dataclass(frozen=True, slots=True)
class DeletedByStaff:
    """We brought this row once (``row_id``); it is gone from the base and stays so."""

    item: Item
    row_id: int


Action = Create | Write | Unchanged | DeletedByStaff


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that staff and the source both changed, differently: the base keeps ``ours``, a person decides."""

    item: Item
    row_id: int
    column: str
    ours: Value
    theirs: Value | LinkRef


@dataclass(frozen=True, slots=True)
class Vanished:
    """A row that the source named once and names no longer."""

    table: str
    ident: str
    row_id: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen, in the order of the tables, and what could not be read."""

    source: str
    actions: tuple[Action, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    clashes: tuple[Clash, ...] = ()
    vanished: tuple[Vanished, ...] = ()

    @property
    def writes(self) -> int:
        """Return how many rows of the base would be written."""
        rows = sum(isinstance(a, Create | Write) for a in self.actions)
        return rows + len(self.clashes) + len(self.vanished)

    @property
    def rows(self) -> dict[Key, int]:
        """Return the row id of every item that stands in the base already."""
        return {(a.item.table, a.item.ident): a.row_id for a in self.actions if isinstance(a, Write | Unchanged)}


Last = Callable[[Key], Mapping[str, str]]
"""Tells what the source said of an item last, as text by column."""


def make_plan(delivery: Delivery, standing: Mapping[str, Standing], known: Mapping[Key, Known], last: Last) -> Plan:
    """Return the plan for a delivery.

    ``standing`` is what stands in the base by table code, ``known`` and ``last`` are what the status tells. Every item
    of the delivery gets exactly one action.
    """
    planner = _Planner(delivery, standing, known, last)
    by_table: dict[str, list[Item]] = {}
    for item in delivery.items:
        by_table.setdefault(item.table, []).append(item)
    actions: list[Action] = []
    for table, items in by_table.items():
        actions += planner.table(table, items)
    return Plan(
        delivery.source,
        tuple(actions),
        delivery.rejected,
        delivery.notes,
        tuple(planner.clashes),
        tuple(_vanished(delivery, standing, known)),
    )


def _vanished(delivery: Delivery, standing: Mapping[str, Standing], known: Mapping[Key, Known]) -> Iterator[Vanished]:
    named = {(item.table, item.ident) for item in delivery.items}
    for (table, ident), before in known.items():
        here = standing.get(table)
        if (table, ident) in named or before.vanished or here is None:
            continue
        row = here.known.get(one_line(ident))
        if row is not None:
            yield Vanished(table, ident, row.id)


class _Planner:
    def __init__(
        self, delivery: Delivery, standing: Mapping[str, Standing], known: Mapping[Key, Known], last: Last
    ) -> None:
        self._source = delivery.source
        self._modes = delivery.modes
        self._standing = standing
        self._known = known
        self._last = last
        self._rows: dict[Key, int] = {}
        self._gone: set[Key] = set()
        self.clashes: list[Clash] = []

    def table(self, table: str, items: list[Item]) -> Iterable[Action]:
        """Return one action per item, in their order."""
        here = self._standing.get(table) or Standing()
        standing = {item.ident: here.known.get(one_line(item.ident)) for item in items}
        keys = {(table, ident) for ident, row in standing.items() if row is None}
        self._gone |= keys & self._known.keys()
        self._rows |= {(table, ident): row.id for ident, row in standing.items() if row is not None}
        new: list[Item] = []
        decided: dict[str, Action] = {}
        for item in items:
            row = standing[item.ident]
            if row is not None:
                decided[item.ident] = self._standing_row(item, row)
            elif (table, item.ident) in self._gone:
                decided[item.ident] = DeletedByStaff(item, self._known[(table, item.ident)].row_id)
            else:
                new.append(item)
        decided |= self._meet(table, new, here)
        return [decided[item.ident] for item in items]

    def _standing_row(self, item: Item, row: StandingRow) -> Action:
        known = self._known.get((item.table, item.ident))
        back = known is not None and known.vanished
        if known and known.digest == digest(item):
            if back:
                return Write(item, row.id, {VANISHED: None})
            return Unchanged(item, row.id, settled=known.row_id == row.id)
        return self._merged(item, row, None, back=back)

    def _merged(self, item: Item, row: StandingRow, idents: str | None, *, back: bool = False) -> Action:
        """Merge every field of an item into its row."""
        known = (item.table, item.ident) in self._known
        last = self._last((item.table, item.ident)) if known else {}
        values: dict[str, Value] = {}
        before: dict[str, Value] = {}
        for column, source in item.values.items():
            said = decode_last(item.table, column, last.get(column))
            if isinstance(said, Unknown) and same_name(item.table, column, row.cells[column], source):
                continue
            if idents is not None and _was_once(item.table, row.cells, column, source):
                continue
            merged = merge(self._mode(item, column), column, last=said, base=row.cells[column], source=source)
            if merged.verdict is Verdict.TAKE:
                values[column], before[column] = merged.value, row.cells[column]
            elif merged.verdict is Verdict.CONFLICT:
                self.clashes.append(Clash(item, row.id, column, row.cells[column], source))
        if lines := remember(item.table, row.cells, values):
            values |= lines
            before[ALIASES] = row.cells[ALIASES]
        links = [c for c, ref in item.links.items() if self._takes_link(item, c, ref, row, last.get(c))]
        before |= {c: row.cells[c] for c in links}
        if back:
            values[VANISHED] = None
        if values or links or idents is not None:
            return Write(item, row.id, values, tuple(links), before, idents)
        return Unchanged(item, row.id, settled=False)

    def _mode(self, item: Item, column: str) -> Mode:
        return Mode(self._modes.get(item.table, {}).get(column, Mode.MERGE))

    def _takes_link(self, item: Item, column: str, ref: LinkRef, row: StandingRow, text: str | None) -> bool:
        """Say whether a link is to be set; one that staff set otherwise becomes a clash."""
        target = (ref.table, ref.ident)
        if target in self._gone:
            return False
        ours = row.cells[column]
        theirs: Value = self._rows.get(target, -1)  # -1: it is only to be created, no row can be it
        said = decode_last_link(text)
        before: Value | Unknown = UNKNOWN if said is None else self._rows.get(said, -2)
        verdict = merge(self._mode(item, column), column, last=before, base=ours, source=theirs).verdict
        if verdict is Verdict.CONFLICT:
            self.clashes.append(Clash(item, row.id, column, ours, ref))
        return verdict is Verdict.TAKE

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
                self._rows[(table, item.ident)] = row.id
                decided[item.ident] = self._merged(item, row, row.idents or "")
            else:
                decided[item.ident] = Create(item, _resemblance(table, item, rows, here))
        return decided

    def _candidates(self, table: str, item: Item, here: Standing) -> dict[int, StandingRow]:
        """Return the rows that a sure key names; none while a link points at something that is only to be created."""
        if any((ref.table, ref.ident) not in self._rows for ref in item.links.values()):
            return {}
        cells: dict[str, Value] = dict(item.values)
        cells |= {c: self._rows[(ref.table, ref.ident)] for c, ref in item.links.items()}
        met = (row for key in sure_keys(table, cells) for row in here.sure.get(key, ()))
        return {row.id: row for row in met if not contradiction(table, row.cells, cells)}


def _resemblance(table: str, item: Item, rows: Mapping[int, StandingRow], here: Standing) -> Resemblance | None:
    if rows:
        row = next(iter(rows.values()))
        reason = "passt auf mehrere Zeilen" if len(rows) > 1 else "mehrere Einträge der Liste passen auf dieselbe Zeile"
        return Resemblance(row.id, row.name, reason)
    for key in weak_keys(table, item.values):
        if (like := here.weak.get(key)) is not None:
            against = contradiction(table, like.cells, item.values)
            reason = against or "heißt gleich, aber sonst ist nichts Sicheres gleich"
            return Resemblance(like.id, like.name, reason)
    return None


def _was_once(table: str, cells: Cells, column: str, value: Value) -> bool:
    """Say whether a list that we meet for the first time only tells what the row held before: nothing to ask about."""
    return any(
        comparable(column, old[column]) == comparable(column, value)
        for old in former_cells(table, cells.get(ALIASES), column)
    )


def item_name(item: Item) -> str:
    """Return how people would call an item."""
    return display_name(item.values.get) or item.ident


def with_ident(idents: str, source: str, ident: str) -> str:
    """Return the text of a row's idents with one more line.

    >>> with_ident("a:1", "b", "2"), with_ident("", "b", "2")
    ('a:1\\nb:2', 'b:2')
    """
    return "\n".join([*(line for line in idents.split("\n") if line), ident_line(source, ident)])
