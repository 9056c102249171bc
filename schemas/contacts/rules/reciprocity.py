"""What an organisation gave and what it received over the years; who is always asked and never thanked. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

ASKED_YEARS = 3
"""So many years are looked at to find out who is always asked and never thanked."""

OFTEN = 2
"""Who gave at least so many times within these years is asked often."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One contribution: the organisation (row id), whether it came from them, the day, and when thanks went out."""

    organisation: int
    from_them: bool
    day: dt.date
    thanked: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """How many contributions an organisation gave and received in a year."""

    year: int
    given: int
    received: int


def by_year(gifts: Iterable[Gift]) -> dict[int, list[Year]]:
    """Return the years of every organisation, the latest first.

    >>> by_year([Gift(1, True, dt.date(2026, 1, 1)), Gift(1, False, dt.date(2026, 5, 1))])
    {1: [Year(year=2026, given=1, received=1)]}
    """
    counts: dict[tuple[int, int], list[int]] = {}
    for gift in gifts:
        counts.setdefault((gift.organisation, gift.day.year), [0, 0])[0 if gift.from_them else 1] += 1
    found: dict[int, list[Year]] = {}
    for (organisation, year), (given, received) in sorted(counts.items(), reverse=True):
        found.setdefault(organisation, []).append(Year(year, given, received))
    return found


def never_thanked(gifts: Iterable[Gift], today: dt.date) -> list[int]:
    """Return who gave at least ``OFTEN`` times in ``ASKED_YEARS`` years, was never thanked and received nothing.

    The most asked first; a gift of a later day is only promised and does not count.

    >>> never_thanked([Gift(1, True, dt.date(2026, 1, 1)), Gift(1, True, dt.date(2025, 1, 1))], dt.date(2026, 6, 1))
    [1]
    """
    begin = dt.date(today.year - ASKED_YEARS + 1, 1, 1)
    given: dict[int, int] = {}
    content: set[int] = set()
    for gift in gifts:
        if not begin <= gift.day <= today:
            continue
        if gift.from_them:
            given[gift.organisation] = given.get(gift.organisation, 0) + 1
        if not gift.from_them or gift.thanked is not None:
            content.add(gift.organisation)
    often = [(count, row) for row, count in given.items() if count >= OFTEN and row not in content]
    return [row for _, row in sorted(often, key=lambda pair: (-pair[0], pair[1]))]
