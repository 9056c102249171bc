"""What the table Dubletten is to say about the pairs found: which to add, bring up or close. Pure.

A pair that staff have decided is never touched, but for what carries the decision out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.base import BASE
from schemas.model import Link, Value
from schemas.operations.choices import CaseState, DuplicateDecision
from schemas.operations.tables import Duplicate, pair_ident
from sync.fields import show, title
from sync.likeness import Pair
from sync.standing import display_name, is_empty

_LEFT_OUT = ("note", "portrait", "keywords", "aliases", "source", "ident", "token", "vanished_since")
"""Besides what is derived from other rows."""

Cells = Mapping[str, Value]
PairKey = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class PairPlan:
    """Rows to add; changes by row (with the row as it was read); ``merges`` are pairs that staff called the same."""

    create: tuple[Duplicate, ...]
    change: tuple[tuple[Duplicate, Mapping[str, Value]], ...]
    merges: tuple[Duplicate, ...]

    @property
    def writes(self) -> int:
        """Return how many rows would be written, not counting what merges do."""
        return len(self.create) + len(self.change)


def pair_key(case: Duplicate) -> PairKey:
    """Return table and both rows of a pair."""
    return case.table_code or "", case.first_row or 0, case.second_row or 0


def told_apart(cases: Iterable[Duplicate], became: Mapping[tuple[str, int], int]) -> set[PairKey]:
    """Return the pairs that staff called different, for rows merged since also in the name of the row that stayed."""
    found: set[PairKey] = set()
    for case in cases:
        if case.decision == DuplicateDecision.DIFFERENT:
            table, first, second = pair_key(case)
            one, other = (_now(table, row, became) for row in (first, second))
            found |= {(table, first, second), (table, min(one, other), max(one, other))}
    return found


def plan_pairs(
    pairs: Sequence[Pair],
    cases: Sequence[Duplicate],
    rows: Mapping[str, Mapping[int, Cells]],
    links: Mapping[tuple[str, int], str],
    moment: dt.datetime,
) -> PairPlan:
    """Return what is to be written.

    ``cases`` stand in the base, ``rows`` are the cells of every row by table and id, ``links`` their addresses.
    """
    wanted = {pair_ident(p.table, p.first, p.second): _row(p, rows[p.table], links, moment) for p in pairs}
    standing = {case.ident or "": case for case in cases}
    change: list[tuple[Duplicate, Mapping[str, Value]]] = []
    for ident, case in standing.items():
        changes = _changes(case, wanted.get(ident), rows.get(case.table_code or "", {}))
        if changes:
            change.append((case, changes))
    merges = [c for c in cases if c.state == CaseState.OPEN and c.decision == DuplicateDecision.SAME]
    return PairPlan(tuple(row for i, row in wanted.items() if i not in standing), tuple(change), tuple(merges))


def side(table: str, cells: Cells, more: str = "") -> str:
    """Return one side of a pair as people read it, a line for each filled column.

    >>> side("person", {"first_name": "Ada", "last_name": "Muster", "mail": None})
    'Vorname: Ada\\nNachname: Muster'
    """
    lines = [
        f"{title(table, code)}: {show(table, code, cells[code])}"
        for code, kind in BASE.tables[table].columns.items()
        if code in cells and code not in _LEFT_OUT and not (kind.derived or isinstance(kind, Link))
        and not is_empty(cells[code]) and cells[code] is not False
    ]  # fmt: skip
    return "\n".join([*lines, more] if more else lines)


def _changes(case: Duplicate, wanted: Duplicate | None, rows: Collection[int]) -> dict[str, Value]:
    """Return what changes in a pair that stands in the table already."""
    done = case.state == CaseState.DONE
    if case.decision == DuplicateDecision.SAME:
        return {}
    if case.decision == DuplicateDecision.DIFFERENT or not {case.first_row, case.second_row} <= set(rows):
        return {} if done else {"state": CaseState.DONE}
    if wanted is None:
        return {} if done or case.decision else {"state": CaseState.DONE}
    if case.decision and not done:
        return {}
    told = ("name", "first", "second", "reasons", "confidence", "first_link", "second_link")
    changes: dict[str, Value] = {c: wanted.value(c) for c in told if wanted.value(c) != case.value(c)}
    if done:
        changes |= {"state": CaseState.OPEN, "found_at": wanted.found_at}
    return changes


def _row(pair: Pair, rows: Mapping[int, Cells], links: Mapping[tuple[str, int], str], moment: dt.datetime) -> Duplicate:
    one, other = rows[pair.first], rows[pair.second]
    names = [display_name(cells.get) or f"Zeile {row}" for cells, row in ((one, pair.first), (other, pair.second))]
    return Duplicate(
        name=names[0] if names[0] == names[1] else f"{names[0]} / {names[1]}",
        first=side(pair.table, one),
        second=side(pair.table, other),
        reasons="\n".join(pair.reasons),
        confidence=pair.confidence,
        state=CaseState.OPEN,
        found_at=moment,
        first_link=links[(pair.table, pair.first)],
        second_link=links[(pair.table, pair.second)],
        table_code=pair.table,
        first_row=pair.first,
        second_row=pair.second,
        ident=pair_ident(pair.table, pair.first, pair.second),
    )


def _now(table: str, row: int, became: Mapping[tuple[str, int], int]) -> int:
    seen: set[int] = set()
    while (table, row) in became and row not in seen:
        seen.add(row)
        row = became[(table, row)]
    return row
