"""What the table Dubletten is to say about the pairs found: which to add, bring up or close. Pure.

A pair that staff have decided is never touched, but for what carries the decision out, and for its group.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.base import BASE
from schemas.model import Link, Value
from schemas.operations.choices import CaseState, DuplicateDecision
from schemas.operations.tables import Duplicate, pair_ident
from sync.fields import show, title
from sync.identity.finding import Pair
from sync.pair_groups import (
    Became,
    PairKey,
    contradictions,
    group_names,
    pair_key,
    row_now,
    told_contradiction,
)
from sync.standing import display_name, is_empty

_LEFT_OUT = ("note", "portrait", "keywords", "aliases", "source", "ident", "token", "vanished_since")
"""Besides what is derived from other rows."""

Cells = Mapping[str, Value]
Rows = Mapping[str, Mapping[int, Cells]]


@dataclass(frozen=True, slots=True)
class PairPlan:
    """Rows to add; changes by row (with the row as it was read); ``merges`` are pairs that staff called the same.

    ``left`` says (German) of which of these the decisions contradict each other, so that they are not merged.
    """

    create: tuple[Duplicate, ...]
    change: tuple[tuple[Duplicate, Mapping[str, Value]], ...]
    merges: tuple[Duplicate, ...]
    left: tuple[str, ...] = ()

    @property
    def writes(self) -> int:
        """Return how many rows would be written, not counting what merges do."""
        return len(self.create) + len(self.change)


def told_apart(cases: Iterable[Duplicate], became: Became) -> set[PairKey]:
    """Return the pairs that staff called different, for rows merged since also in the name of the row that stayed."""
    found: set[PairKey] = set()
    for case in cases:
        if case.decision == DuplicateDecision.DIFFERENT:
            table, first, second = pair_key(case)
            one, other = (row_now(table, row, became) for row in (first, second))
            found |= {(table, first, second), (table, min(one, other), max(one, other))}
    return found


def plan_pairs(
    pairs: Sequence[Pair],
    cases: Sequence[Duplicate],
    rows: Rows,
    links: Mapping[tuple[str, int], str],
    moment: dt.datetime,
    *,
    became: Became | None = None,
) -> PairPlan:
    """Return what is to be written.

    ``cases`` stand in the base, ``rows`` are the cells of every row by table and id, ``links`` their addresses,
    ``became`` tells into which row a row was merged.
    """
    wanted = {pair_ident(p.table, p.first, p.second): _row(p, rows[p.table], links, moment) for p in pairs}
    standing = {case.ident or "": case for case in cases}
    changes = {i: _changes(case, wanted.get(i), rows) for i, case in standing.items()}
    after = {i: replace(case, **changes[i]) for i, case in standing.items()}  # type: ignore[arg-type]
    after |= {i: row for i, row in wanted.items() if i not in standing}

    def name_of(table: str, row: int) -> str:
        return display_name(rows[table][row].get) if row in rows.get(table, {}) else ""

    shown = [c for c in after.values() if _is_shown(c, rows)]
    groups = group_names(shown, lambda table, row: name_of(table, row) or f"Zeile {row}")
    for ident, case in after.items():
        if case.group != groups.get(ident):
            after[ident] = replace(case, group=groups.get(ident))
            changes.setdefault(ident, {})["group"] = groups.get(ident)
    same = [c for c in cases if c.state == CaseState.OPEN and c.decision == DuplicateDecision.SAME]
    broken = contradictions(same, told_apart(cases, became or {}), became)
    return PairPlan(
        create=tuple(after[i] for i in wanted if i not in standing),
        change=tuple((case, changes[i]) for i, case in standing.items() if changes[i]),
        merges=tuple(sorted((c for c in same if c.id not in broken), key=pair_key)),
        left=tuple(told_contradiction(key, name_of) for key in dict.fromkeys(broken.values())),
    )


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


def _is_shown(case: Duplicate, rows: Rows) -> bool:
    """Say whether a pair waits for people or for being merged."""
    open_ = case.state == CaseState.OPEN and case.decision != DuplicateDecision.DIFFERENT
    return open_ and _are_there(case, rows)


def _are_there(case: Duplicate, rows: Rows) -> bool:
    there = rows.get(case.table_code or "", {})
    return case.first_row in there and case.second_row in there


def _changes(case: Duplicate, wanted: Duplicate | None, rows: Rows) -> dict[str, Value]:
    """Return what changes in a pair that stands in the table already, but for its group."""
    done = case.state == CaseState.DONE
    if case.decision == DuplicateDecision.SAME:
        return {}
    if case.decision == DuplicateDecision.DIFFERENT or not _are_there(case, rows):
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
