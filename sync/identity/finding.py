"""Which rows of one table may be the same body or human being: pairs with reasons, for people to decide. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass

from sync.identity.evidence import NEVER_SHOWN, SHOW, SURE, Cells
from sync.identity.kinds import FEW, KINDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its table (``organisation`` or ``person``), its row id, and its values by column code."""

    table: str
    row_id: int
    values: Cells


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be the same, the smaller row id first, and why (German); ``confidence`` is 0 to 100.

    ``same`` says that nobody needs to be asked.
    """

    table: str
    first: int
    second: int
    confidence: int
    reasons: tuple[str, ...]
    same: bool = False

    @property
    def sure(self) -> bool:
        """Say whether hardly anybody would hesitate."""
        return self.confidence >= SURE


def find_pairs(rows: Iterable[Entry], different: Collection[tuple[str, int, int]] = frozenset()) -> list[Pair]:
    """Return the pairs that people should see, the likeliest first.

    ``different`` holds what was decided as "verschieden": table and both row ids, the smaller first.
    """
    by_table: dict[str, list[Entry]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    found = [pair for table, entries in by_table.items() for pair in _pairs(table, entries, different)]
    return sorted(found, key=lambda p: (-p.confidence, p.table, p.first, p.second))


def _pairs(table: str, entries: list[Entry], different: Collection[tuple[str, int, int]]) -> Iterator[Pair]:
    kind = KINDS[table]
    rows = [(entry.row_id, kind.read(entry.values)) for entry in entries]
    known = kind.count(read for _, read in rows)
    told = [read for _, read in rows]
    for a, b in _candidates((map(kind.blocks, told), kind.most_in_block), (map(kind.weak_blocks, told), FEW)):
        (first, ours), (second, theirs) = rows[a], rows[b]
        if kind.most_bits(ours, theirs, known) < NEVER_SHOWN:
            continue
        if first > second:
            first, second, ours, theirs = second, first, theirs, ours
        if first == second or (table, first, second) in different:
            continue
        evidence = kind.judge(ours, theirs, known)
        if evidence is not None and (confidence := evidence.confidence) >= SHOW:
            yield Pair(table, first, second, confidence, tuple(evidence.reasons), evidence.same)


def _candidates(*blocks: tuple[Iterable[Iterable[Hashable]], int]) -> Iterator[tuple[int, int]]:
    """Yield the places of rows that share a block, each pair once, the smaller first.

    ``blocks`` are keys of all rows, each time with how many rows may share one.
    """
    partners: dict[int, set[int]] = {}
    for keys_of_rows, most in blocks:
        for places in _shared(keys_of_rows):
            if len(places) <= most:
                for at, place in enumerate(places):
                    partners.setdefault(place, set()).update(places[at + 1 :])
    for place, others in partners.items():
        yield from ((place, other) for other in others)


def _shared(keys_of_rows: Iterable[Iterable[Hashable]]) -> Iterable[list[int]]:
    """Return the places of the rows that share a key, key by key."""
    alone: dict[int, int] = {}  # most keys have one row; a list for each would cost the memory
    shared: dict[int, list[int]] = {}
    for place, keys in enumerate(keys_of_rows):
        for key in {hash(key) for key in keys}:
            if key in shared:
                shared[key].append(place)
            elif (other := alone.setdefault(key, place)) != place:
                shared[key] = [other, place]
    return shared.values()
