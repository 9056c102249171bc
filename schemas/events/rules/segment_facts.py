"""What selections of guests look at: ties, organisations, earlier events. Pure records, made anew for each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.errors import KontaktnetzError, Terminal


class SeatRole(StrEnum):
    """Whom of a body: who sits there, who stands in, or the organisations that have a seat."""

    DELEGATE = "delegiert"
    DEPUTY = "stellvertretung"
    ORGANISATION = "organisation"


class BadSegment(KontaktnetzError, Terminal):
    """A stored selection cannot be read, or cannot be evaluated yet."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A person in an organisation today (or one of them alone) as far as selections look at it.

    ``offices`` holds (row, kind) of offices held today, ``seats`` (row of the body, role); ``leads`` is leading by
    function.
    """

    organisation: int | None
    person: int | None
    main: bool = False
    leads: bool = False
    offices: frozenset[tuple[int, str]] = frozenset()
    seats: frozenset[tuple[int, SeatRole]] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation; ``above`` are the rows over it, up to the top."""

    kind: str = ""
    sphere: str = ""
    fields: frozenset[str] = frozenset()
    district: str = ""
    above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Past:
    """An event as far as later ones look back at it."""

    series: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class PastGuest:
    """Somebody who stood on the list of an event and was not dropped; ``invited`` says that it went out."""

    event: int
    person: int | None
    organisation: int | None
    answer: str
    came: bool
    invited: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list from elsewhere names: organisations, persons, or exactly these (organisation, person)."""

    organisations: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    ties: frozenset[tuple[int | None, int | None]] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that selections look at; ``gifts`` are organisations by (kind of contribution, year)."""

    today: dt.date
    ties: Sequence[Tie] = ()
    places: Mapping[int, Place] = field(default_factory=dict)
    gifts: Mapping[tuple[str, int], frozenset[int]] = field(default_factory=dict)
    stands: Mapping[int, frozenset[int]] = field(default_factory=dict)
    events: Mapping[int, Past] = field(default_factory=dict)
    guests: Sequence[PastGuest] = ()

    def last_of(self, series: str) -> int | None:
        """Return the latest event of a series before today."""
        past = [(e.day, row) for row, e in self.events.items() if e.series == series and e.day and e.day < self.today]
        return max(past)[1] if past else None
