"""Which pairs of look-alikes hang together: they are one case, which is shown, counted and decided as a whole. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.base import BASE
from schemas.operations.choices import DuplicateDecision
from schemas.operations.tables import Duplicate
from sync.identity.evidence import ONE_NUMBER, OTHER_NAMES

PairKey = tuple[str, int, int]
"""Table and both rows of a pair, the smaller id first."""

Became = Mapping[tuple[str, int], int]
"""By table and id of a row that is gone: the row into which it was merged."""


def pair_key(pair: Duplicate) -> PairKey:
    """Return table and both rows of a pair."""
    return pair.table_code or "", pair.first_row or 0, pair.second_row or 0


def row_now(table: str, row: int, became: Became) -> int:
    """Return the row that a row was merged into, over however many merges; itself if it was not."""
    seen: set[int] = set()
    while (table, row) in became and row not in seen:
        seen.add(row)
        row = became[(table, row)]
    return row


@dataclass(frozen=True, slots=True)
class Case:
    """What people decide at once: one pair, or all pairs of rows that hang together."""

    pairs: tuple[Duplicate, ...]

    @property
    def table(self) -> str:
        """Return the table whose rows these are."""
        return self.pairs[0].table_code or ""

    @property
    def rows(self) -> tuple[int, ...]:
        """Return the rows, the oldest first."""
        return tuple(sorted({row for pair in self.pairs for row in pair_key(pair)[1:]}))

    @property
    def is_group(self) -> bool:
        """Say whether these are three rows or more."""
        return len(self.rows) > 2

    @property
    def undecided(self) -> bool:
        """Say whether a pair of it has no decision."""
        return any(pair.decision is None for pair in self.pairs)

    @property
    def waiting(self) -> bool:
        """Say whether people have to come back to it: no decision yet, or one to decide later."""
        return any(pair.decision in (None, DuplicateDecision.LATER) for pair in self.pairs)


def cases_of(pairs: Iterable[Duplicate]) -> list[Case]:
    """Return the cases that some open pairs come to.

    A pair decided as "verschieden" holds nothing together, nor does a number that two names had one after the other:
    such a pair belongs to a case whose other pairs join its rows, or to one in which all pairs are different, and is
    else a case of its own.
    """
    found: list[Case] = []
    for whole in _parts(pairs):
        if all(pair.decision == DuplicateDecision.DIFFERENT for pair in whole):
            found.append(Case(tuple(whole)))
            continue
        parts = list(_parts(pair for pair in whole if _joins(pair)))
        place = {(pair.table_code, row): n for n, part in enumerate(parts) for pair in part for row in _ends(pair)}
        for pair in whole:
            if not _joins(pair):
                first, second = (place.get((pair.table_code, row)) for row in _ends(pair))
                if first is not None and first == second:
                    parts[first].append(pair)
                else:
                    parts.append([pair])
        found += [Case(tuple(part)) for part in parts]
    return found


def _joins(pair: Duplicate) -> bool:
    """Say whether a pair holds a case together.

    Where a list counts anew, every number goes on to the next name: six people would be one group with one button.
    """
    if pair.decision == DuplicateDecision.SAME:
        return True
    reasons = pair.reasons or ""
    strangers = ONE_NUMBER in reasons and OTHER_NAMES in reasons
    return pair.decision != DuplicateDecision.DIFFERENT and not (strangers and _ends(pair))


def group_names(pairs: Iterable[Duplicate], name_of: Callable[[str, int], str]) -> dict[str, str]:
    """Return by ident of a pair what the group is called that it belongs to; a simple pair belongs to none.

    No two groups have the same name, so that a group stands together where pairs are sorted by it.
    """
    groups = [case for case in cases_of(pairs) if case.is_group]
    names = [f"{name_of(g.table, g.rows[0])} ({len(g.rows)} Einträge)" for g in groups]
    often = Counter(names)
    return {
        pair.ident or "": name if often[name] == 1 else f"{name[:-1]}, {_kind(group)} ab Zeile {group.rows[0]})"
        for group, name in zip(groups, names, strict=True)
        for pair in group.pairs
    }


def contradictions(
    same: Sequence[Duplicate], different: Collection[PairKey], became: Became | None = None
) -> dict[int, PairKey]:
    """Return by row id those pairs called the same that would make one of two rows which were called different.

    With each stands one such pair of rows. ``became`` tells what rows of earlier decisions are today.
    """
    now = became or {}
    joined = _Components()
    for pair in same:
        table, first, second = pair_key(pair)
        joined.join((table, row_now(table, first, now)), (table, row_now(table, second, now)))
    broken: dict[Hashable, PairKey] = {}
    for table, first, second in sorted(different):
        one, other = (table, row_now(table, first, now)), (table, row_now(table, second, now))
        if one != other and joined.root(one) == joined.root(other):
            broken.setdefault(joined.root(one), (table, first, second))
    found: dict[int, PairKey] = {}
    for pair in same:
        table, first, _ = pair_key(pair)
        why = broken.get(joined.root((table, row_now(table, first, now))))
        if why is not None and pair.id is not None:
            found[pair.id] = why
    return found


def told_contradiction(key: PairKey, name_of: Callable[[str, int], str]) -> str:
    """Return in German why a group cannot be merged."""
    table, first, second = key
    one, other = (f"„{name_of(table, row) or 'ohne Namen'}“ (Zeile {row})" for row in (first, second))
    return (
        f"{one} und {other} sind als verschieden entschieden, über andere Paare aber als dieselben. "
        "Eine dieser Entscheidungen ist zu ändern."
    )


def _kind(case: Case) -> str:
    return BASE.tables[case.table].title if case.table in BASE.tables else ""


class _Components:
    """Which nodes are joined, directly or over others."""

    def __init__(self) -> None:
        self._up: dict[Hashable, Hashable] = {}

    def root(self, node: Hashable) -> Hashable:
        while (above := self._up.get(node, node)) != node:
            node = above
        return node

    def join(self, one: Hashable, other: Hashable) -> None:
        upper, lower = self.root(one), self.root(other)
        if upper != lower:
            self._up[lower] = upper


def _parts(pairs: Iterable[Duplicate]) -> Iterator[list[Duplicate]]:
    """Yield the pairs that hang together by their rows; one that names no rows stands alone."""
    joined = _Components()
    known = list(pairs)
    nodes: list[Hashable] = []
    for place, pair in enumerate(known):
        ends = [(pair.table_code, row) for row in _ends(pair)]
        nodes.append(ends[0] if ends else place)
        if ends:
            joined.join(*ends)
    parts: dict[Hashable, list[Duplicate]] = {}
    for node, pair in zip(nodes, known, strict=True):
        parts.setdefault(joined.root(node), []).append(pair)
    yield from parts.values()


def _ends(pair: Duplicate) -> tuple[int, ...]:
    return (pair.first_row, pair.second_row) if pair.first_row and pair.second_row else ()
