"""Which numbers of a list were given to somebody else? Pure.

A list that numbers its entries anew (a row number, an export sorted otherwise) tells under a number what it told under
another before. Where the names differ, continuity shows it; among namesakes, and where one name may follow from the
other, only what is somebody's own does: mail, mobile, house. That outranks a number.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.identity.continuity import Continuity, compare_over_time
from sync.identity.evidence import Cells
from sync.identity.idents import is_number, plain, with_mark
from sync.item_changes import Facts, mark_of, name_key, own_facts
from sync.items import Item
from sync.standing import Standing, StandingRow, one_line
from sync.status import Key, Known, digest

Row = int
"""A row id."""

_ONE_NAME = 2.0
"""What the very same name is worth; facts are worth 1 to 3 (``own_facts``)."""

_LIKE_NAME = 1.0
"""What a name is worth that may have followed from the other."""

_NUMBER = 0.5
"""What the number itself is worth: it decides where all else is equal."""

_ALL_THE_SAME = 1.5
"""What it is worth that all facts are the same, though each may be told of others, too."""

_ENOUGH = 3.0
"""What has to speak for a row of another number, or for a row where a number is new; the very same name counts."""

_MOST_NAMESAKES = 100
"""Rows of one name up to which each is looked at; of more ("Freiwillige Feuerwehr"), only those that share a fact."""


@dataclass(slots=True)
class _Rows:
    """The rows that entries under numbers may stand in: what the list told of each last, findable by name and fact."""

    told: dict[Row, list[tuple[Cells, Facts, str]]] = field(default_factory=dict)
    by_name: dict[str, set[Row]] = field(default_factory=dict)
    by_fact: dict[Hashable, set[Row]] = field(default_factory=dict)

    def add(self, table: str, row: Row, cells: Cells) -> None:
        facts = own_facts(table, cells)
        name = name_key(table, cells)
        self.told.setdefault(row, []).append((cells, facts, name))
        if name:
            self.by_name.setdefault(name, set()).add(row)
        for fact in facts:
            self.by_fact.setdefault(fact, set()).add(row)

    def candidates(self, name: str, facts: Facts) -> set[Row]:
        namesakes = self.by_name.get(name, set())
        found = set(namesakes) if len(namesakes) <= _MOST_NAMESAKES else set[Row]()
        for fact in facts:
            if len(rows := self.by_fact.get(fact, ())) == 1:
                found.update(rows)
        return found

    def score(self, item: Item, name: str, ours: Facts, row: Row) -> tuple[float, float]:
        """Return what facts of its own and the name of a row come to; a name of somebody else's comes to nothing."""
        best = (0.0, 0.0)
        for cells, theirs, told in self.told[row]:
            facts = sum(ours[fact] for fact in ours.keys() & theirs.keys() if len(self.by_fact[fact]) == 1)
            one_name = name == told
            facts += _ALL_THE_SAME if one_name and ours and ours == theirs else 0.0
            if not one_name and compare_over_time(item.table, item.ident, item.values, [cells]) is not Continuity.SAME:
                continue
            best = max(best, (facts, _ONE_NAME if one_name else _LIKE_NAME), key=sum)
        return best


def follow_moved_numbers(
    table: str, items: Sequence[Item], here: Standing, known: Mapping[Key, Known], said: Callable[[str], Cells]
) -> dict[int, tuple[Item, StandingRow | Row]]:
    """Return by their places the items whose numbers mean somebody else now: under which ident, and in which row.

    Of a row that staff deleted only the id is told. ``known`` is what the list named before, ``said`` what it told
    under an ident last.
    """
    fixed: set[Row] = set()
    moving: list[int] = []
    for place, item in enumerate(items):
        row, before = here.known.get(one_line(item.ident)), known.get((table, item.ident))
        if before is not None and not before.vanished and before.digest == digest(item) and row is not None:
            fixed.add(row.id)
        elif is_number(item.ident):
            moving.append(place)
    if not any(_may_have_moved(table, items[place], known, said) for place in moving):
        return {}
    rows = _read_rows(table, here, known, said, fixed)
    scores = {place: _scores(table, items[place], rows, here, known) for place in moving}
    wanted = Counter(row for found in scores.values() for _, row in found)
    by_id = {row.id: row for row in here.rows}
    found: dict[int, tuple[Item, StandingRow | Row]] = {}
    for place, row_id in _choose(scores).items():
        item = items[place]
        own = here.known.get(one_line(item.ident))
        if row_id < 0 and -row_id != _known_row(table, item, known):
            found[place] = free_ident(item, here, known), -row_id
        elif row_id > 0 and (own is None or own.id != row_id or wanted[row_id] > 1):
            found[place] = _in_row(item, by_id[row_id], here, known)
    return found


def _known_row(table: str, item: Item, known: Mapping[Key, Known]) -> Row | None:
    before = known.get((table, item.ident))
    return before.row_id if before is not None else None


def _may_have_moved(table: str, item: Item, known: Mapping[Key, Known], said: Callable[[str], Cells]) -> bool:
    """Say whether a number tells another name or other facts than before."""
    if (table, item.ident) not in known:
        return False
    before = said(item.ident)
    if name_key(table, item.values) != name_key(table, before):
        return True
    return own_facts(table, item.values) != own_facts(table, before)


def _read_rows(
    table: str, here: Standing, known: Mapping[Key, Known], said: Callable[[str], Cells], fixed: Iterable[Row]
) -> _Rows:
    rows = _Rows()
    fixed = set(fixed)
    for row in here.rows:
        idents = [i for i in row.mine if is_number(i) and (table, i) in known]
        if row.id in fixed or not idents:
            continue
        named = [ident for ident in idents if not known[(table, ident)].vanished]
        for ident in named or idents:
            rows.add(table, row.id, said(ident))
    for (of, ident), before in known.items():
        if of == table and is_number(ident) and not before.vanished and one_line(ident) not in here.known:
            rows.add(table, -before.row_id, said(ident))  # staff deleted it
    return rows


def _scores(table: str, item: Item, rows: _Rows, here: Standing, known: Mapping[Key, Known]) -> list[tuple[float, Row]]:
    """Return what speaks for each row in which an item may stand: its own, and those of which more is told."""
    own = here.known.get(one_line(item.ident))
    mine = own.id if own is not None else -(_known_row(table, item, known) or 0)
    ours, called = own_facts(table, item.values), name_key(table, item.values)
    found: list[tuple[float, Row]] = []
    for row in rows.candidates(called, ours) | ({mine} & rows.told.keys()):
        facts, name = rows.score(item, called, ours, row)
        if row == mine:
            if facts + name:  # a number alone keeps nobody in a row that somebody else wants, too
                found.append((facts + name + _NUMBER, row))
        elif name and facts >= _ENOUGH - (name == _ONE_NAME) * _ONE_NAME:
            found.append((facts + name, row))
        elif name == _ONE_NAME and mine in rows.told and all(told != called for *_, told in rows.told[mine]):
            found.append((facts + name, row))  # its own row was of another name
    return found


def _choose(scores: Mapping[int, Sequence[tuple[float, Row]]]) -> dict[int, Row]:
    """Return the row of each place, the most certain first; where two are equal, neither is chosen."""
    ranked = sorted(((score, place, row) for place, found in scores.items() for score, row in found), reverse=True)
    rows = Counter((place, score) for score, place, _ in ranked)
    places = Counter((row, score) for score, _, row in ranked)
    chosen: dict[int, Row] = {}
    taken: set[Row] = set()
    for score, place, row in ranked:
        if place in chosen or row in taken or rows[(place, score)] > 1 or places[(row, score)] > 1:
            continue
        chosen[place] = row
        taken.add(row)
    return chosen


def _in_row(item: Item, row: StandingRow, here: Standing, known: Mapping[Key, Known]) -> tuple[Item, StandingRow]:
    """Return an item under the ident by which it is called in a row, or under one that no row bears."""
    if one_line(item.ident) in row.mine:
        return item, row
    borne = [ident for ident in row.mine if plain(ident) == plain(one_line(item.ident))]
    if not borne and one_line(item.ident) not in here.known and (item.table, item.ident) not in known:
        return item, row
    return (replace(item, ident=borne[-1]) if borne else free_ident(item, here, known)), row


def free_ident(item: Item, here: Standing, known: Mapping[Key, Known]) -> Item:
    """Return an item under its ident with a mark that no row bears, nor one that staff deleted."""
    marked = marked_idents(item.ident, mark_of(item))
    return replace(item, ident=next(i for i in marked if i not in here.known and (item.table, i) not in known))


def marked_idents(ident: str, mark: str) -> Iterator[str]:
    """Yield the idents that a number gets each time it is given to somebody else of one name, without end."""
    yield with_mark(ident, mark)
    yield from (with_mark(ident, f"{mark} {number}") for number in itertools.count(2))
