"""Which rows of one table may be the same body or human being: pairs with reasons, for people to decide. Pure.

The confidence is a sum of evidence from 0 to 100. Names come first: without names that are alike (or one register
number) nothing is proposed, however many addresses are shared, because a house, a mailbox and a Träger have many.
What a pair is worth hangs on its two rows only, so other rows never make it appear or vanish.

organisation: name 70 equal, 65 same words, 60 but for the town or filling words, 55 typing, 50 an earlier or short
name, 45 initials, 40 contained; register number +50 / -40; postcode +20 / -10; domain +20 / -10; mail +20; phone +15;
street +15; same list -10 to -20.
person: name 60 equal, 50 swapped or an earlier last name, 45 typing, 30 initial, 25 only one of the names; mail +30;
mobile phone +30; household (street or landline) +20; postcode +5 / -10; junior and senior -40; same list -10 to -20.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from schemas.model import Value
from sync.evidence import Evidence
from sync.likeness_organisations import judge_organisations, organisation_blocks, read_organisation
from sync.likeness_persons import judge_persons, person_blocks, read_person

_Read = TypeVar("_Read")

SURE = 90
"""From here on rows may be treated as one without asking; with anything against it a pair stays below."""

SHOW = 60
"""From here on people are asked."""

LIKENESS_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisation": (
        "name", "short_name", "aliases", "street", "postcode", "city", "district", "phone", "phone2", "mail", "web",
        "register_number", "parent", "ident",
    ),
    "person": (
        "first_name", "last_name", "aliases", "street", "postcode", "mail", "mail2", "phone", "mobile", "phone_other",
        "ident",
    ),
}  # fmt: skip
"""The columns that are looked at, by table; other tables have no look-alikes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its table (``organisation`` or ``person``), its row id, and its values by column code."""

    table: str
    row_id: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be the same, the smaller row id first, and why (German); ``confidence`` is 0 to 100."""

    table: str
    first: int
    second: int
    confidence: int
    reasons: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Say whether nobody needs to be asked."""
        return self.confidence >= SURE


def find_pairs(rows: Iterable[Entry], different: Collection[tuple[str, int, int]] = frozenset()) -> list[Pair]:
    """Return the pairs that people should see, the likeliest first.

    ``different`` holds what was decided as "verschieden": table and both row ids, the smaller first.
    """
    found: list[Pair] = []
    by_table: dict[str, list[Entry]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    organisations = [(row.row_id, read_organisation(row.values)) for row in by_table.get("organisation", ())]
    found += _pairs("organisation", organisations, organisation_blocks, judge_organisations, different)
    persons = [(row.row_id, read_person(row.values)) for row in by_table.get("person", ())]
    found += _pairs("person", persons, person_blocks, judge_persons, different)
    return sorted(found, key=lambda p: (-p.confidence, p.table, p.first, p.second))


def weigh(first: Entry, second: Entry) -> Pair | None:
    """Return how alike two rows of one table are, however little; None if nothing in their names is."""
    if first.table == "organisation":
        evidence = judge_organisations(read_organisation(first.values), read_organisation(second.values))
    else:
        evidence = judge_persons(read_person(first.values), read_person(second.values))
    return _pair(first.table, first.row_id, second.row_id, evidence) if evidence else None


def _pairs(
    table: str,
    rows: list[tuple[int, _Read]],
    blocks: Callable[[_Read], Iterable[Hashable]],
    judge: Callable[[_Read, _Read], Evidence | None],
    different: Collection[tuple[str, int, int]],
) -> Iterator[Pair]:
    for a, b in _candidates([blocks(read) for _, read in rows]):
        (first, ours), (second, theirs) = sorted((rows[a], rows[b]), key=lambda row: row[0])
        if first == second or (table, first, second) in different:
            continue
        evidence = judge(ours, theirs)
        if evidence and evidence.total >= SHOW:
            yield _pair(table, first, second, evidence)


def _candidates(blocks: Iterable[Iterable[Hashable]]) -> Iterator[tuple[int, int]]:
    """Yield the places of rows that share a block, each pair once, the smaller first."""
    alone: dict[int, int] = {}  # most keys have one row; a list for each would cost the memory
    shared: dict[int, list[int]] = {}
    for place, keys in enumerate(blocks):
        for key in {hash(key) for key in keys}:
            if key in shared:
                shared[key].append(place)
            elif (other := alone.setdefault(key, place)) != place:
                shared[key] = [other, place]
    partners: dict[int, set[int]] = {}
    for places in shared.values():
        for at, place in enumerate(places):
            partners.setdefault(place, set()).update(places[at + 1 :])
    for place, others in partners.items():
        yield from ((place, other) for other in others)


def _pair(table: str, one: int, other: int, evidence: Evidence) -> Pair:
    ceiling = SURE - 1 if evidence.against else 100
    confidence = max(0, min(ceiling, evidence.total))
    return Pair(table, min(one, other), max(one, other), confidence, tuple(evidence.reasons))
