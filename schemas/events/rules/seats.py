"""Who has a place when there are not enough: first come, first served, with companions; the rest waits. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.events.choices import Answer, Place
from schemas.events.rules.answers import COMING


@dataclass(frozen=True, slots=True)
class Guest:
    """An invitation as far as seats are concerned; ``place`` is what it had until now.

    ``since`` is when it said yes for the first time and has not taken it back: a later remark costs no place in the
    queue.
    """

    row: int
    answer: Answer
    companions: int = 0
    since: dt.datetime | None = None
    place: Place | None = None
    checked_in: bool = False

    @property
    def seats(self) -> int:
        """Return how many chairs it takes."""
        return 1 + max(self.companions, 0)

    @property
    def comes(self) -> bool:
        """Say whether it takes chairs at all."""
        return self.checked_in or self.answer in COMING


_LATE = dt.datetime.max.replace(tzinfo=dt.UTC)
"""Where nobody knows since when, nobody else is passed."""


def places(guests: Iterable[Guest], capacity: int | None) -> dict[int, Place | None]:
    """Return everybody's place by row; None for who takes no chair.

    Who has a place keeps it (also when the room turned out smaller: that is for people to solve). Free chairs go to who
    waits longest; a small party may pass a large one that does not fit, so that no chair stays empty.

    >>> early, late = dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    >>> two = [Guest(1, Answer.YES, 0, late), Guest(2, Answer.YES, 1, early)]
    >>> places(two, 2)
    {1: <Place.WAITING: 'warteliste'>, 2: <Place.SURE: 'platz'>}
    """
    everybody = list(guests)
    found: dict[int, Place | None] = {g.row: None for g in everybody}
    coming = sorted((g for g in everybody if g.comes), key=lambda g: (g.since or _LATE, g.row))
    if capacity is None:
        return found | {g.row: Place.SURE for g in coming}
    kept = [g for g in coming if g.place == Place.SURE or g.checked_in]
    left = capacity - sum(g.seats for g in kept)
    found |= {g.row: Place.SURE for g in kept}
    for guest in coming:
        if found[guest.row] is None:
            fits = guest.seats <= left
            left -= guest.seats if fits else 0
            found[guest.row] = Place.SURE if fits else Place.WAITING
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """Chairs: how many there are (None: no limit), how many are taken, and how many people wait or may come."""

    capacity: int | None
    taken: int
    waiting: int
    maybe: int

    @property
    def free(self) -> int | None:
        """Return how many chairs are left, negative when too many were promised; None without a limit."""
        return None if self.capacity is None else self.capacity - self.taken


def count(guests: Iterable[Guest], assigned: Mapping[int, Place | None], capacity: int | None) -> Count:
    """Count people, not invitations: companions are people."""
    everybody = list(guests)
    taken = sum(g.seats for g in everybody if assigned.get(g.row) == Place.SURE)
    waiting = sum(g.seats for g in everybody if assigned.get(g.row) == Place.WAITING)
    return Count(capacity, taken, waiting, sum(g.seats for g in everybody if g.answer == Answer.MAYBE))
