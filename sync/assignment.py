"""Which row of the base each delivered item is: by its ident while that means the same, else by what it says. Pure.

An item keeps the row that bears its ident as long as nothing shows that the ident means somebody else by now
(``sync.identity.continuity``). What has no row that way is held against the rows that the list names no longer (it may
be one of them under a new ident) and against the rows of other sources and of staff. Nothing is taken for the same
unless each side meets exactly one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.model import Value
from sync.completeness import Last
from sync.identity.continuity import (
    Continuity,
    compare_over_time,
    is_reached_otherwise,
    mails_of,
    without_replaced_mails,
)
from sync.identity.directory import Directory, Likeness
from sync.identity.evidence import Cells
from sync.identity.idents import mark_in, plain, with_mark
from sync.identity.kinds import KINDS, weigh
from sync.identity.persons import ORGANISATIONS
from sync.item_changes import may_be_another, said_cells
from sync.items import Item, LinkRef
from sync.match import MatchKey, sure_keys
from sync.moved_numbers import follow_moved_numbers, free_ident
from sync.standing import Standing, StandingRow, display_name, one_line
from sync.status import Key, Known, digest

SAME_LIST = 9.0
"""Bits that speak for two entries of one list being one when the list names the first no longer."""

ENOUGH = 3.2
"""Bits from which on such an entry is taken for the former one (nine to one)."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A row that may be the same, and why a person should look (German)."""

    row_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one item is: the row that it stands in (None: it is new), under which ident, and what it resembles.

    ``met``: the row does not bear the ident yet. ``deleted``: we brought it once and staff deleted it (its row id).
    """

    item: Item
    row: StandingRow | None = None
    met: bool = False
    deleted: int | None = None
    resembles: Resemblance | None = None


@dataclass(slots=True)
class Assigner:
    """Assigns the items of one delivery, table by table, targets of links first.

    ``rows`` and ``gone`` tell by table and ident which row an item is, and what staff deleted; ``idents`` under which
    ident an item stands. ``employers`` (by ident of a person) and ``organisations`` (by row id) are the rows of the
    organisations in which somebody has a function, by the delivery and by the base.
    """

    source: str
    known: Mapping[Key, Known]
    last: Last
    rows: dict[Key, int] = field(default_factory=dict)
    idents: dict[Key, str] = field(default_factory=dict)
    employers: Mapping[str, Collection[int]] = field(default_factory=dict)
    organisations: Mapping[int, Collection[int]] = field(default_factory=dict)
    gone: set[Key] = field(default_factory=set)

    def assign(self, table: str, items: Sequence[Item], here: Standing) -> list[Assigned]:
        """Return what each item is, in their order."""
        said = [self.relinked(item) for item in items]
        step = _Table(self, table, here)
        found = step.assign(said) if table in KINDS else step.assign_linked(said)
        for raw, one in zip(items, found, strict=True):
            key = (table, raw.ident)
            self.idents[key] = one.item.ident
            now = (table, one.item.ident)
            if one.deleted is not None:
                self.gone.add(now)
            elif one.row is not None:
                self.rows[now] = one.row.id
        return found

    def relinked(self, item: Item) -> Item:
        """Return an item whose links name what they point at by the ident under which that stands now."""
        links = {c: LinkRef(r.table, self.idents.get((r.table, r.ident), r.ident)) for c, r in item.links.items()}
        if links == item.links:
            return item
        marks = [mark for c, new in links.items() if new.ident != item.links[c].ident and (mark := mark_in(new.ident))]
        ident = with_mark(item.ident, marks[0]) if marks and not mark_in(item.ident) else item.ident
        return replace(item, links=links, ident=ident)


@dataclass(slots=True)
class _Table:
    """The assigning of one table."""

    to: Assigner
    table: str
    here: Standing

    def assign(self, items: Sequence[Item]) -> list[Assigned]:
        """Assign humans or bodies."""
        moves = follow_moved_numbers(self.table, items, self.here, self.to.known, self._told)
        decided = {
            place: Assigned(item, deleted=row)
            if isinstance(row, int)
            else Assigned(item, row, met=item.ident not in row.mine)
            for place, (item, row) in moves.items()
        }
        taken = {one.row.id for one in decided.values() if one.row is not None}
        moved = frozenset(taken)
        displaced: dict[int, StandingRow | None] = {}
        for place in sorted(range(len(items)), key=lambda place: self._was_left(items[place])):
            item = items[place]
            row = self.here.known.get(one_line(item.ident))
            if place in decided or row is None or row.id in moved or (row.id in taken and self._was_left(item)):
                continue
            if self._means_same(item, item.ident, row):  # merged rows are named twice
                decided[place] = Assigned(item, row)
                taken.add(row.id)
        left = [place for place in range(len(items)) if place not in decided]
        for place in sorted(left, key=lambda place: -self._variant(items[place], taken)[0]):  # of namesakes the liker
            item = items[place]
            _, row = self._variant(item, taken)
            if row is not None:
                ident = next(i for i in row.mine if self._is_variant(i, item))
                decided[place] = Assigned(replace(item, ident=ident), row)
                taken.add(row.id)
            elif (standing := self.here.known.get(one_line(item.ident))) is not None:
                displaced[place] = standing
        waiting = [place for place in range(len(items)) if place not in decided]
        for place in waiting:
            key = (self.table, items[place].ident)
            if place not in displaced and key in self.to.known and self.here.known.get(one_line(key[1])) is None:
                if self._follows_deleted(items[place]):
                    displaced[place] = None
                else:
                    decided[place] = Assigned(items[place], deleted=self.to.known[key].row_id)
        waiting = [place for place in waiting if place not in decided]
        if waiting:
            decided |= self._meet(items, waiting, displaced, taken)
        return [decided[place] for place in range(len(items))]

    def assign_linked(self, items: Sequence[Item]) -> list[Assigned]:
        """Assign rows that are told by what they link."""
        decided: dict[int, Assigned] = {}
        taken: set[int] = set()
        for place, item in enumerate(items):
            row = self.here.known.get(one_line(item.ident))
            if row is not None:
                decided[place] = Assigned(item, row)
                taken.add(row.id)
            elif (self.table, item.ident) in self.to.known:
                decided[place] = Assigned(item, deleted=self.to.known[(self.table, item.ident)].row_id)
        index: dict[MatchKey, list[StandingRow]] = {}
        waiting = [place for place in range(len(items)) if place not in decided]
        if waiting:
            for row in self.here.rows:
                if row.id not in taken:
                    for key in set(sure_keys(self.table, row.cells)):
                        index.setdefault(key, []).append(row)
        candidates = {place: self._linked_candidates(items[place], index) for place in waiting}
        claims = _count(row_id for rows in candidates.values() for row_id in rows)
        for place in waiting:
            rows = candidates[place]
            if len(rows) == 1 and all(claims[row_id] == 1 for row_id in rows):
                decided[place] = Assigned(items[place], next(iter(rows.values())), met=True)
            else:
                decided[place] = Assigned(items[place], resembles=_several(rows))
        return [decided[place] for place in range(len(items))]

    def _linked_candidates(self, item: Item, index: Mapping[MatchKey, list[StandingRow]]) -> dict[int, StandingRow]:
        """Return the rows that a sure key names; none while a link points at something that is only to be created."""
        if any((ref.table, ref.ident) not in self.to.rows for ref in item.links.values()):
            return {}
        cells: dict[str, Value] = dict(item.values)
        cells |= {c: self.to.rows[(ref.table, ref.ident)] for c, ref in item.links.items()}
        return {row.id: row for key in sure_keys(self.table, cells) for row in index.get(key, ())}

    # --- the same ident ----------------------------------------------------------------------------------------------

    def _was_left(self, item: Item) -> bool:
        """Say whether the list had left an ident, or told whom it means by another."""
        before = self.to.known.get((self.table, item.ident))
        return before is not None and before.vanished

    def _told(self, ident: str) -> Cells:
        """Return what the list told last under an ident."""
        return said_cells(self.table, self.to.last((self.table, ident)))

    def _means_same(self, item: Item, ident: str, row: StandingRow) -> bool:
        """Say whether an ident still means what stands in its row."""
        key = (self.table, ident)
        before = self.to.known.get(key)
        if before is not None and before.digest == digest(item):
            return True
        said = self.to.last(key) if before is not None else {}
        if said and not may_be_another(item, said):
            return True
        told = [cells for cells in (self._with_former(said, row), row.cells) if display_name(cells.get)]
        if not told:
            return True
        return compare_over_time(self.table, ident, item.values, told) is Continuity.SAME

    def _with_former(self, said: Mapping[str, str], row: StandingRow) -> Cells:
        """Return what the source said of a row, with what was said before."""
        return {**said_cells(self.table, said), ALIASES: row.cells.get(ALIASES)}

    def _follows_deleted(self, item: Item) -> bool:
        """Say whether an ident, whose row staff deleted, means somebody else by now."""
        said = self.to.last((self.table, item.ident))
        cells = said_cells(self.table, said)
        if not display_name(cells.get) or not may_be_another(item, said):
            return False
        return compare_over_time(self.table, item.ident, item.values, [cells]) is not Continuity.SAME

    def _is_variant(self, ident: str, item: Item) -> bool:
        return plain(ident) == plain(one_line(item.ident))

    def _variant(self, item: Item, taken: Collection[int]) -> tuple[float, StandingRow | None]:
        """Return the row that bears the ident with a mark behind, or the ident alone, and is meant by what it says.

        Before it stands how like it is, in bits; 0 where there is none.
        """
        found: list[tuple[float, StandingRow]] = []
        for row in self.here.variants.get(plain(one_line(item.ident)), ()):
            if row.id in taken or is_reached_otherwise(item.values, row.cells):
                continue
            ident = next(i for i in row.mine if self._is_variant(i, item))
            said = self._with_former(self.to.last((self.table, ident)), row)
            told = [cells for cells in (said, row.cells) if display_name(cells.get)]
            if told and compare_over_time(self.table, ident, item.values, told) is Continuity.SAME:
                evidence = weigh(self.table, item.values, row.cells)
                found.append((evidence.bits if evidence else -99.0, row))
        best = max((bits for bits, _ in found), default=0.0)
        rows = [row for bits, row in found if bits == best]
        return (best, rows[0]) if len(rows) == 1 else (0.0, None)

    # --- without a row of its ident ----------------------------------------------------------------------------------

    def _meet(
        self,
        items: Sequence[Item],
        waiting: Sequence[int],
        displaced: Mapping[int, StandingRow | None],
        taken: set[int],
    ) -> dict[int, Assigned]:
        own = [row for row in self.here.rows if row.mine and row.id not in taken]
        others = [row for row in self.here.rows if not row.mine]
        known = KINDS[self.table].count(KINDS[self.table].read(row.cells) for row in self.here.rows)
        former = [*self._former(own), *self._deleted(items)]
        if self.table == "person":
            named = frozenset[str]().union(*(mails_of(item.values) for item in items))
            former = [(row_id, without_replaced_mails(cells, named, known)) for row_id, cells in former]
        before = Directory.of(self.table, enumerate(cells for _, cells in former), known)
        beside = Directory.of(self.table, [(r.id, self._cells(r)) for r in others], known)
        rows = {row.id: row for row in (*own, *others)}
        decided: dict[int, Assigned] = {}
        renamed = _pair_up({p: [row_id for like in before.find(self._said(items[p]), least=0)
                                if (row_id := former[like.row_id][0]) != _id_of(displaced.get(p)) and _is_renamed(like)
                                and not is_reached_otherwise(items[p].values, former[like.row_id][1])]
                            for p in waiting})  # fmt: skip
        for place, row_id in renamed.items():
            item = self._free(items[place], taken=place in displaced)
            if row_id < 0:
                decided[place] = Assigned(item, deleted=-row_id)
            else:
                decided[place] = Assigned(item, rows[row_id], met=True)
        left = [place for place in waiting if place not in decided]
        likes = {place: beside.find(self._said(items[place])) for place in left}
        met = _pair_up({place: [like.row_id for like in likes[place] if like.evidence.same] for place in left})
        for place in left:
            item = self._free(items[place], taken=place in displaced)
            if place in met:
                decided[place] = Assigned(item, rows[met[place]], met=True)
            else:
                decided[place] = Assigned(item, resembles=self._resembling(items[place], displaced, place, likes, rows))
        return decided

    def _free(self, item: Item, *, taken: bool) -> Item:
        """Return an item under an ident that no row of another human or body bears."""
        return free_ident(item, self.here, self.to.known) if taken else item

    def _said(self, item: Item) -> Cells:
        """Return an item as cells, with the organisations in which a person has a function."""
        cells: dict[str, Value] = dict(item.values)
        if self.table == "person" and (places := self.to.employers.get(item.ident)):
            cells[ORGANISATIONS] = tuple(str(place) for place in sorted(places))
        return cells

    def _cells(self, row: StandingRow) -> Cells:
        if self.table == "person" and (places := self.to.organisations.get(row.id)):
            return {**row.cells, ORGANISATIONS: tuple(str(place) for place in sorted(places))}
        return row.cells

    def _former(self, own: Iterable[StandingRow]) -> Iterator[tuple[int, Cells]]:
        """Yield rows that the list names no longer (ids and cells): as they stand, and as the list spoke of them."""
        for row in own:
            yield row.id, self._cells(row)
            for ident in row.mine:
                said = said_cells(self.table, self.to.last((self.table, ident)))
                if any(row.cells.get(column) != value for column, value in said.items()):
                    yield row.id, said

    def _deleted(self, items: Sequence[Item]) -> Iterator[tuple[int, Cells]]:
        """Yield what the source said of rows that staff deleted and that no item names; their ids are negative."""
        now = {item.ident for item in items}
        for (table, ident), before in self.to.known.items():
            if table == self.table and ident not in now and self.here.known.get(one_line(ident)) is None:
                yield -before.row_id, said_cells(table, self.to.last((table, ident)))

    def _resembling(
        self,
        item: Item,
        displaced: Mapping[int, StandingRow | None],
        place: int,
        likes: Mapping[int, Sequence[Likeness]],
        rows: Mapping[int, StandingRow],
    ) -> Resemblance | None:
        if (row := displaced.get(place)) is not None:
            told = compare_over_time(self.table, item.ident, item.values, [row.cells])
            if told is Continuity.ASK:
                return Resemblance(row.id, row.name, "steht in der Liste unter derselben Kennung, heißt aber anders")
        same = [like for like in likes[place] if like.evidence.same]
        if len(same) > 1:
            return Resemblance(same[0].row_id, rows[same[0].row_id].name, "passt auf mehrere Zeilen")
        if not likes[place]:
            return None
        like = likes[place][0]
        reasons = "; ".join(like.evidence.reasons[:4])
        if like.evidence.same:
            reasons = "mehrere Einträge der Liste passen auf dieselbe Zeile"
        return Resemblance(like.row_id, rows[like.row_id].name, reasons)


def _id_of(row: StandingRow | None) -> int | None:
    return row.id if row is not None else None


def _is_renamed(like: Likeness) -> bool:
    """Say whether an entry that the list names no longer is surely the one that it names now."""
    return not like.evidence.contrary and like.evidence.bits + SAME_LIST >= ENOUGH


def _pair_up(candidates: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the pairs in which each side has exactly one candidate."""
    claims = _count(row for rows in candidates.values() for row in set(rows))
    return {place: rows[0] for place, rows in candidates.items() if len(set(rows)) == 1 and claims[rows[0]] == 1}


def _count(rows: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        found[row] = found.get(row, 0) + 1
    return found


def _several(rows: Mapping[int, StandingRow]) -> Resemblance | None:
    if not rows:
        return None
    row = next(iter(rows.values()))
    reason = "passt auf mehrere Zeilen" if len(rows) > 1 else "mehrere Einträge der Liste passen auf dieselbe Zeile"
    return Resemblance(row.id, row.name, reason)
