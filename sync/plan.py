"""What a delivery means for the base. Pure: nothing is read or written here.

What is new is created; a field is merged from three values (what the source said last, what stands, what it says now);
what the source no longer names is marked; a row that staff deleted stays deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import former_cells, remember
from schemas.model import Value
from sync.assignment import Assigned, Assigner, Resemblance
from sync.completeness import Last, left_out, spoken_for, unattributed
from sync.fields import decode_last, decode_last_link
from sync.identity.evidence import Cells
from sync.items import Delivery, Item, LinkRef, Note, Rejected, Unread
from sync.match import same_name
from sync.merge import UNKNOWN, Mode, Unknown, Verdict, merge
from sync.normalise import comparable
from sync.standing import Standing, StandingRow, display_name, ident_line, is_empty, one_line
from sync.status import Key, Known, digest

VANISHED = "vanished_since"
"""Column that says since when a source no longer names a row."""


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
        return any(not is_empty(value) for column, value in self.before.items() if column != VANISHED)


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
    """What is to happen, in the order of the tables, and what could not be read.

    ``superseded`` are idents whose rows the source calls otherwise now.
    ``kept`` are rows that are not named but not marked either, because what was not read may be theirs; with
    ``unattributed`` entries, which may be anybody's, none is marked.
    """

    source: str
    actions: tuple[Action, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    clashes: tuple[Clash, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    kept: tuple[Vanished, ...] = ()
    superseded: tuple[Key, ...] = ()
    unattributed: tuple[Unread, ...] = ()

    @property
    def writes(self) -> int:
        """Return how many rows of the base would be written."""
        rows = sum(isinstance(a, Create | Write) for a in self.actions)
        return rows + len(self.clashes) + len(self.vanished)

    @property
    def names_all(self) -> bool:
        """Say whether no row is missing that an unread entry may be: who is unreadable now is nobody known."""
        return not (self.unattributed and self.kept)

    @property
    def rows(self) -> dict[Key, int]:
        """Return the row id of every item that stands in the base already."""
        return {(a.item.table, a.item.ident): a.row_id for a in self.actions if isinstance(a, Write | Unchanged)}


def make_plan(
    delivery: Delivery,
    standing: Mapping[str, Standing],
    known: Mapping[Key, Known],
    last: Last,
    unread_before: Mapping[str, int] = MappingProxyType({}),
) -> Plan:
    """Return the plan for a delivery.

    ``standing`` is what stands in the base by table code, ``known``, ``last`` and ``unread_before`` (see
    ``completeness.unattributed``) are what the status tells. Every item of the delivery gets exactly one action.
    """
    planner = _Planner(delivery, standing, known, last)
    by_table: dict[str, list[Item]] = {}
    for item in delivery.items:
        by_table.setdefault(item.table, []).append(item)
    actions: list[Action] = []
    for table, items in by_table.items():
        actions += planner.table(table, items)
    delivery = replace(delivery, items=tuple(action.item for action in actions))
    unread = unattributed(delivery, known, unread_before)
    gone, superseded = _not_named(delivery, actions, standing, known)
    held = spoken_for(delivery, [(one.table, one.ident) for one in gone], last)
    rows = {(one.table, one.row_id) for one in gone if unread or (one.table, one.ident) in held}
    return Plan(
        delivery.source,
        tuple(actions),
        delivery.rejected,
        delivery.notes,
        tuple(planner.clashes),
        tuple(one for one in gone if (one.table, one.row_id) not in rows),
        tuple(one for one in gone if (one.table, one.row_id) in rows),
        tuple(superseded),
        unread,
    )


def _not_named(
    delivery: Delivery, actions: Iterable[Action], standing: Mapping[str, Standing], known: Mapping[Key, Known]
) -> tuple[list[Vanished], list[Key]]:
    """Return the rows of whose idents the delivery names none, and idents left over of rows that it names."""
    named = {(a.item.table, a.row_id) for a in actions if isinstance(a, Write | Unchanged)}
    found: list[Vanished] = []
    superseded: list[Key] = []
    for table, ident in sorted(left_out(delivery, known)):
        here = standing.get(table)
        row = here.known.get(one_line(ident)) if here else None
        if row is None:
            continue
        if (table, row.id) in named:
            superseded.append((table, ident))
        else:
            found.append(Vanished(table, ident, row.id))
    return found, superseded


class _Planner:
    def __init__(
        self, delivery: Delivery, standing: Mapping[str, Standing], known: Mapping[Key, Known], last: Last
    ) -> None:
        self._source = delivery.source
        self._items = delivery.items
        self._modes = delivery.modes
        self._standing = standing
        self._known = known
        self._last = last
        self._assigner = Assigner(delivery.source, known, last)
        self._rows = self._assigner.rows
        self._gone = self._assigner.gone
        self.clashes: list[Clash] = []

    def table(self, table: str, items: list[Item]) -> list[Action]:
        """Return one action per item, in their order."""
        here = self._standing.get(table) or Standing()
        if table == "person":
            self._read_functions()
        return [self._action(one) for one in self._assigner.assign(table, items, here)]

    def _action(self, one: Assigned) -> Action:
        if one.deleted is not None:
            return DeletedByStaff(one.item, one.deleted)
        if one.row is None:
            return Create(one.item, one.resembles)
        if not one.met:
            return self._standing_row(one.item, one.row)
        before = [(one.item.table, ident) for ident in one.row.mine if (one.item.table, ident) in self._known]
        back = bool(before) and all(self._known[key].vanished for key in before)
        return self._merged(one.item, one.row, one.row.idents or "", said=before[-1] if before else None, back=back)

    def _read_functions(self) -> None:
        """Tell for whom each person works: by the list, and by the base."""
        employers: dict[str, set[int]] = {}
        for item in self._items:
            person, place = item.links.get("person"), item.links.get("organisation")
            if item.table == "function" and person and place:
                now = self._assigner.idents.get((place.table, place.ident), place.ident)
                if (row := self._rows.get((place.table, now))) is not None:
                    employers.setdefault(person.ident, set()).add(row)
        held: dict[int, set[int]] = {}
        functions = self._standing.get("function")
        for one in functions.rows if functions else ():
            who, where = one.cells.get("person"), one.cells.get("organisation")
            if isinstance(who, int) and isinstance(where, int):
                held.setdefault(who, set()).add(where)
        self._assigner.employers, self._assigner.organisations = employers, held

    def _standing_row(self, item: Item, row: StandingRow) -> Action:
        known = self._known.get((item.table, item.ident))
        back = known is not None and known.vanished
        if known and known.digest == digest(item):
            if back:
                return Write(item, row.id, {VANISHED: None}, before={VANISHED: row.cells[VANISHED]})
            return Unchanged(item, row.id, settled=known.row_id == row.id)
        return self._merged(item, row, None, back=back)

    def _merged(
        self, item: Item, row: StandingRow, idents: str | None, *, said: Key | None = None, back: bool = False
    ) -> Action:
        """Merge every field of an item into its row; ``said`` is under which key the source spoke of it last."""
        key = said or (item.table, item.ident)
        known = key in self._known
        last = self._last(key) if known else {}
        values: dict[str, Value] = {}
        before: dict[str, Value] = {}
        for column, source in item.values.items():
            before_that = decode_last(item.table, column, last.get(column))
            if isinstance(before_that, Unknown) and same_name(item.table, column, row.cells[column], source):
                continue
            if idents is not None and not known and _was_once(item.table, row.cells, column, source):
                continue
            merged = merge(self._mode(item, column), column, last=before_that, base=row.cells[column], source=source)
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
            values[VANISHED], before[VANISHED] = None, row.cells[VANISHED]
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
        before: Value | Unknown = UNKNOWN if said is None else self._row_of(said)
        verdict = merge(self._mode(item, column), column, last=before, base=ours, source=theirs).verdict
        if verdict is Verdict.CONFLICT:
            self.clashes.append(Clash(item, row.id, column, ours, ref))
        return verdict is Verdict.TAKE

    def _row_of(self, key: Key) -> int:
        """Return the row at which the list pointed last, though it may name it no longer; -2 if there is none."""
        if (row := self._rows.get(key)) is not None:
            return row
        here = self._standing.get(key[0])
        standing = here.known.get(one_line(key[1])) if here is not None else None
        if standing is not None:
            return standing.id
        return self._known[key].row_id if key in self._known else -2


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
