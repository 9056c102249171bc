"""Who should not take part in a decision: seats of the placement or its Träger, and seats whose person works there.

A proposal only: the meeting decides who is interested, and the reason is kept with the decision. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Works = Mapping[int, Collection[int]]
"""The organisations a person works in today, by person (row ids)."""


class Interest(StrEnum):
    """Why a seat is interested; its text is what is kept."""

    SITE = "gehört zur Einrichtung"
    PARENT = "gehört zum Träger der Einrichtung"
    DELEGATE_AT_SITE = "ist in der Einrichtung tätig"
    DELEGATE_AT_PARENT = "ist beim Träger der Einrichtung tätig"
    DEPUTY = "Stellvertretung ist in der Einrichtung oder bei ihrem Träger tätig"
    INVOLVED = "begleitet oder begutachtet die Einrichtung"


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat of the deciding body: whose it is and who takes it (row ids)."""

    row: int
    organisation: int | None = None
    person: int | None = None
    deputy: int | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The placement that is decided about, all organisations above it, and who coordinates or reviews it (row ids)."""

    site: int | None
    above: frozenset[int] = frozenset()
    involved: frozenset[int] = frozenset()


def interested(placement: Placement, seats: Iterable[Seated], works: Works) -> dict[int, Interest]:
    """Return the seats (rows) that are interested, with the weightiest reason.

    >>> interested(Placement(1, frozenset({2})), [Seated(7, 2), Seated(8, 3, 9), Seated(9, 4)], {9: {1}})
    {7: <Interest.PARENT: 'gehört zum Träger der Einrichtung'>, 8: <Interest.DELEGATE_AT_SITE: 'ist in der \
Einrichtung tätig'>}
    """
    found = {seat.row: _interest(placement, seat, works) for seat in seats}
    return {row: interest for row, interest in found.items() if interest is not None}


def _interest(placement: Placement, seat: Seated, works: Works) -> Interest | None:
    at = _at(seat.person, works)
    site = set() if placement.site is None else {placement.site}
    if seat.organisation is not None and seat.organisation in site:
        return Interest.SITE
    if seat.organisation is not None and seat.organisation in placement.above:
        return Interest.PARENT
    if at & site:
        return Interest.DELEGATE_AT_SITE
    if at & placement.above:
        return Interest.DELEGATE_AT_PARENT
    if seat.person is not None and seat.person in placement.involved:
        return Interest.INVOLVED
    return Interest.DEPUTY if _at(seat.deputy, works) & (site | placement.above) else None


def _at(person: int | None, works: Works) -> set[int]:
    return set() if person is None else set(works.get(person, ()))
