"""The tables whose rows the rule of identity tells apart, and how it does so for each. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.identity.evidence import Cells, Evidence
from sync.identity.far_bodies import most_bits
from sync.identity.frequencies import Frequencies
from sync.identity.organisation_blocks import organisation_blocks, weak_organisation_blocks
from sync.identity.organisations import count_organisations, judge_organisations, read_organisation
from sync.identity.persons import count_persons, judge_persons, person_blocks, read_person

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisation": (
        "name", "short_name", "aliases", "street", "postcode", "city", "district", "phone", "phone2", "mail", "web",
        "register_number", "parent", "ident", "vanished_since",
    ),
    "person": (
        "salutation", "title", "first_name", "last_name", "aliases", "street", "postcode", "city", "mail", "mail2",
        "phone", "mobile", "phone_other", "ident", "vanished_since",
    ),
}  # fmt: skip
"""The columns that are looked at, by table; rows of other tables are told by what they link."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How rows of one table are read, found and judged."""

    read: Callable[[Cells], Any]
    blocks: Callable[[Any], Iterable[Hashable]]
    """Keys of which two rows must share one to be compared."""
    weak_blocks: Callable[[Any], Iterable[Hashable]]
    """Keys that lead to a comparison only while ``FEW`` rows have them."""
    judge: Callable[[Any, Any, Frequencies], Evidence | None]
    count: Callable[[Iterable[Any]], Frequencies]
    most_bits: Callable[[Any, Any, Frequencies], float]
    """Bits that ``judge`` cannot exceed, quickly; infinite where only the judgement can tell."""
    most_in_block: int
    """Rows that may share one key; what more share (a town hall's switchboard) tells nobody apart."""


FEW = 20
"""Rows that may share a weak key: of more, nearly all are somebody else, and another key leads to the one meant."""

KINDS: Mapping[str, Kind] = {
    "organisation": Kind(
        read_organisation,
        organisation_blocks,
        weak_organisation_blocks,
        judge_organisations,
        count_organisations,
        most_bits,
        100,
    ),
    "person": Kind(read_person, person_blocks, lambda _: (), judge_persons, count_persons, lambda *_: math.inf, 400),
}
"""The tables by code."""


def weigh(table: str, one: Cells, other: Cells, known: Frequencies | None = None) -> Evidence | None:
    """Return what speaks for and against two rows of a table being one, however little; None if their names forbid it.

    ``known`` tells how common values are; without it only what is common in Germany is known.
    """
    kind = KINDS[table]
    return kind.judge(kind.read(one), kind.read(other), known if known is not None else kind.count(()))
