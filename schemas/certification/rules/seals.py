"""Seals over the years: their age, the offer to refresh one, what puts one at risk, and the two other models. Pure.

A seal carries a YEAR. In the model of the house it never ends and is never called expired; a fixed term (as the seal of
the federal association for agencies) and a yearly issue without a check (as in a neighbouring city) are settings.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.certification.choices import SealState, Validity

REFRESH_YEARS = 5
"""After so many years a refresh is offered, unless the round says otherwise."""


_DASH = re.compile(r"\s*[-‐‑‒–—―−]\s*")


class Risk(StrEnum):
    """Why a seal is at risk."""

    COORDINATOR_GONE = "Koordination fehlt"
    SITE_GONE = "Einrichtung geschlossen"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it was given; ``trained`` says whether the trained coordinator still works there (None: unknown).

    ``begins_on`` is the day of the award, which may be written down ahead of it.
    """

    site: int
    year: int
    number: str
    state: SealState = SealState.VALID
    validity: Validity = Validity.YEAR_STAMP
    years: int | None = None
    trained: bool | None = None
    site_open: bool = True
    begins_on: dt.date | None = None


def age(seal: Seal, today: dt.date) -> int:
    """Return how many years old a seal is, counted by calendar years, never below 0.

    >>> age(Seal(1, 2021, "2021-01"), dt.date(2026, 3, 1))
    5
    """
    return max(today.year - seal.year, 0)


def counts(seal: Seal, today: dt.date) -> bool:
    """Say whether a seal counts today: awarded by then, not revoked, and within its term where its model has one.

    >>> counts(Seal(1, 2001, "2001-01"), dt.date(2026, 3, 1))
    True
    """
    if seal.state == SealState.REVOKED or not has_begun(seal, today):
        return False
    return (last := last_day(seal)) is None or today <= last


def has_begun(seal: Seal, today: dt.date) -> bool:
    """Say whether the day of the award has come; a seal without one was given long ago.

    >>> has_begun(Seal(1, 2027, "2027-001", begins_on=dt.date(2027, 1, 28)), dt.date(2026, 11, 29))
    False
    """
    return seal.begins_on is None or seal.begins_on <= today


def is_newer(seal: Seal, other: Seal) -> bool:
    """Say whether a seal is newer than another one of the same site."""
    return (seal.year, seal.number) > (other.year, other.number)


def last_day(seal: Seal) -> dt.date | None:
    """Return the last day on which a seal counts, None when its model has no end.

    A fixed term of N years ends with the N-th calendar year (31 December), as the federal association counts; a yearly
    seal with its own year.
    """
    if seal.validity == Validity.FIXED_TERM and seal.years is not None:
        return dt.date(seal.year + seal.years, 12, 31)
    return dt.date(seal.year, 12, 31) if seal.validity == Validity.YEARLY else None


def offer_refresh(seal: Seal, today: dt.date) -> bool:
    """Say whether a friendly offer to refresh is due: after N years, or in the last year of a term."""
    if not counts(seal, today):
        return False
    last = last_day(seal)
    if last is not None:
        return last.year <= today.year
    return age(seal, today) >= (seal.years or REFRESH_YEARS)


def risks(seal: Seal) -> tuple[Risk, ...]:
    """Return why a seal is at risk; what is not known is no risk."""
    found = []
    if seal.trained is False:
        found.append(Risk.COORDINATOR_GONE)
    if not seal.site_open:
        found.append(Risk.SITE_GONE)
    return tuple(found)


def latest_by_site(seals: Iterable[Seal]) -> Mapping[int, Seal]:
    """Return the newest seal of every site: a refreshed one takes the place of the one before it."""
    found: dict[int, Seal] = {}
    for seal in seals:
        known = found.get(seal.site)
        if known is None or is_newer(seal, known):
            found[seal.site] = seal
    return found


def plain_number(number: str) -> str:
    """Return a number as it reads on paper: other dashes, blanks and invisible signs do not make it another one.

    >>> plain_number(" 2027–004\\u00ad"), plain_number("2027 - 004"), plain_number("A  13")
    ('2027-004', '2027-004', 'A 13')
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", number) if unicodedata.category(sign) != "Cf")
    return " ".join(_DASH.sub("-", seen).split())


def is_of_other_year(number: str, year: int) -> bool:
    """Say whether a number as we give them names another year; what staff typed in another manner names none.

    >>> is_of_other_year("2026-013", 2027), is_of_other_year("2027-001", 2027), is_of_other_year("A 13", 2027)
    (True, False, False)
    """
    begin, dash, rest = plain_number(number).partition("-")
    return bool(dash) and len(begin) == 4 and begin.isdecimal() and rest.isdecimal() and begin != str(year)


def next_number(year: int, taken: Iterable[str]) -> str:
    """Return the next number of a year: ``2026-014`` after ``2026-013``; ``taken`` are all that were ever given.

    >>> next_number(2026, ["2026-001", "2025-044", "2026-013"])
    '2026-014'
    """
    begin = f"{year}-"
    told = (n.removeprefix(begin) for n in map(plain_number, taken) if n.startswith(begin))
    used = [int(number) for number in told if number.isdecimal()]
    return f"{begin}{max(used, default=0) + 1:03d}"
