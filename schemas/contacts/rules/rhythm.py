"""When it is time to be in touch again: a rhythm that is counted from the last contact with any of us. Pure.

Not from a fixed tick: who called yesterday need not call again because the calendar says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

IsFree = Callable[[dt.date], bool]
"""Says whether nobody works on a day (weekend, holiday of the land)."""


class Beat(StrEnum):
    """Where a relationship stands in its rhythm."""

    NONE = "ohne"
    PAUSED = "pausiert"
    GOOD = "gut"
    SOON = "bald"
    OVERDUE = "überfällig"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often one wants to be in touch: ``ideal`` and ``longest`` interval in days (>= 1), either may be missing.

    Until ``paused_until`` (included) nothing falls due.
    """

    ideal: int | None = None
    longest: int | None = None
    paused_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When the next contact would be good, and by when it should be (working days); None without such an interval."""

    beat: Beat
    good_from: dt.date | None = None
    latest: dt.date | None = None


def due(rhythm: Rhythm, last: dt.date | None, since: dt.date, today: dt.date, is_free: IsFree) -> Due:
    """Return where a relationship stands; without any contact yet the count begins with ``since``, its first day.

    A day on which nobody works moves to the next one on which somebody does, so nobody is late for a holiday.

    >>> never = lambda day: False
    >>> due(Rhythm(30, 60), dt.date(2026, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 2, 1), never)
    Due(beat=<Beat.SOON: 'bald'>, good_from=datetime.date(2026, 1, 31), latest=datetime.date(2026, 3, 2))
    """
    spans = [days for days in (rhythm.ideal, rhythm.longest) if days is not None and days >= 1]
    if not spans:
        return Due(Beat.NONE)
    start = since if last is None else last
    pause = rhythm.paused_until
    good_from, latest = (
        _working(max(start + dt.timedelta(days=days), _after(pause)), is_free)
        if days is not None and days >= 1
        else None
        for days in (rhythm.ideal, rhythm.longest)
    )
    if pause is not None and today <= pause:
        return Due(Beat.PAUSED, good_from, latest)
    if latest is not None and today > latest:
        return Due(Beat.OVERDUE, good_from, latest)
    if good_from is not None and today >= good_from:
        return Due(Beat.SOON, good_from, latest)
    return Due(Beat.GOOD, good_from, latest)


def _after(pause: dt.date | None) -> dt.date:
    return dt.date.min if pause is None else pause + dt.timedelta(days=1)


def _working(day: dt.date, is_free: IsFree) -> dt.date:
    while is_free(day):
        day += dt.timedelta(days=1)
    return day
