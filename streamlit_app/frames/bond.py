"""How close we are to somebody: warmth with the contacts it comes from, who of us knows them, what was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from automations.relations import as_day, row_id
from schemas.contacts.rules.history import Entry, who_knows
from schemas.contacts.rules.key_persons import KNOWN_DAYS
from schemas.contacts.rules.reciprocity import Gift, Year, by_year
from schemas.contacts.rules.warmth import Scale, Warmth, warmth
from schemas.network.choices import Direction


@dataclass(frozen=True, slots=True)
class Counted:
    """One contact and what it counts today."""

    entry: int
    day: dt.date
    kind: str
    member: int | None
    points: float


@dataclass(frozen=True, slots=True)
class Known:
    """One of us who was in touch: when last, and how often in the time that counts as knowing."""

    member: int
    last: dt.date
    times: int


@dataclass(frozen=True, slots=True)
class Bond:
    """How close we are to somebody; ``counted`` are the contacts that count most, ``others`` how many more."""

    warmth: Warmth
    counted: tuple[Counted, ...]
    others: int
    known: tuple[Known, ...]
    years: tuple[Year, ...]


MOST = 12
"""So many contacts are shown with their points."""


def bond(timeline: pd.DataFrame, gifts: pd.DataFrame, today: dt.date, scale: Scale) -> Bond:
    """Return how close we are, from the contacts with one subject (see ``detail.timeline``) and its gifts."""
    now = today.toordinal()
    entries = [
        Entry(int(one["id"]), day.toordinal(), one["kind"] if isinstance(one["kind"], str) else "", None, None,
              row_id(one["team_member"]))
        for one in timeline.to_dict("records")
        if (day := as_day(one["day"])) is not None and day <= today
    ]  # fmt: skip
    counted = sorted(
        (Counted(e.id, dt.date.fromordinal(e.day), e.kind, e.team_member, scale.points(e.kind, now - e.day))
         for e in entries),
        key=lambda c: (-c.points, -c.entry),
    )  # fmt: skip
    since = now - KNOWN_DAYS
    own = {
        member: [e for e in entries if e.team_member == member and e.day >= since]
        for member in who_knows(entries, since)
    }
    known = [Known(m, dt.date.fromordinal(max(e.day for e in found)), len(found)) for m, found in own.items()]
    return Bond(
        warmth(entries, now, scale),
        tuple(counted[:MOST]),
        max(len(counted) - MOST, 0),
        tuple(sorted(known, key=lambda k: k.last, reverse=True)),
        _years(gifts, today),
    )


def gifts_of(contributions: pd.DataFrame, organisation: int) -> pd.DataFrame:
    """Return the contributions of one organisation."""
    return contributions[(contributions["organisation"] == organisation).fillna(False)]


def _years(gifts: pd.DataFrame, today: dt.date) -> tuple[Year, ...]:
    found = [
        Gift(0, one["direction"] == Direction.GIVEN, day, as_day(one["thanked_on"]))
        for one in gifts.to_dict("records")
        if (day := as_day(one["day"])) is not None and day <= today
    ]
    years: Mapping[int, list[Year]] = by_year(found)
    return tuple(years.get(0, ()))
