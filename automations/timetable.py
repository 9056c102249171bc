"""When a job is due: wall-clock times in Berlin, and what becomes of those that were missed. Pure.

A slot is the moment (aware UTC) at which a job should have begun. On the night when clocks go forward a time that does
not exist counts as the moment the clocks change; on the night when they go back a time that comes twice counts once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.time_zone import BERLIN

_DAYS = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")


class Missed(StrEnum):
    """What to do about slots that nobody was there for."""

    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many minutes (>= 1), or at a time of day like ``02:30`` in Berlin, on every day or on one weekday.

    ``weekday`` counts from Monday = 0. A slot older than ``keep`` is not run any more: a digest of last week is no
    news. Raises ValueError for a rule that names neither or both.
    """

    every_minutes: int = 0
    at: str = ""
    weekday: int | None = None
    missed: Missed = Missed.LAST
    keep: dt.timedelta = dt.timedelta(days=7)

    def __post_init__(self) -> None:
        if bool(self.every_minutes) == bool(self.at) or self.every_minutes < 0:
            raise ValueError("a rule has either minutes or a time of day")
        if self.at:
            dt.time.fromisoformat(self.at)

    def describe(self) -> str:
        """Return it in German.

        >>> Rule(every_minutes=5).describe(), Rule(at="07:00", weekday=0).describe()
        ('alle 5 Minuten', 'montags um 07:00 Uhr')
        """
        if self.every_minutes:
            return f"alle {self.every_minutes} Minuten"
        return f"{'täglich' if self.weekday is None else _DAYS[self.weekday]} um {self.at} Uhr"


def due_slots(rule: Rule, after: dt.datetime, now: dt.datetime) -> list[dt.datetime]:
    """Return the slots later than ``after`` and not later than ``now`` that are to be run, the oldest first.

    >>> utc = lambda hour: dt.datetime(2026, 3, 29, hour, tzinfo=dt.UTC)
    >>> [str(slot) for slot in due_slots(Rule(at="02:30"), utc(0), utc(5))]
    ['2026-03-29 01:00:00+00:00']
    """
    found = [slot for slot in slots(rule, max(after, now - rule.keep), now) if slot > after]
    return found if rule.missed is Missed.ALL else found[-1:]


def next_slot(rule: Rule, after: dt.datetime) -> dt.datetime:
    """Return the first slot later than a moment."""
    return next(slots(rule, after, after + dt.timedelta(days=9)))


def slots(rule: Rule, after: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Yield every slot later than ``after`` and not later than ``until``, in order."""
    if rule.every_minutes:
        step = rule.every_minutes * 60
        number = int(after.timestamp() // step) + 1
        while number * step <= until.timestamp():
            yield dt.datetime.fromtimestamp(number * step, dt.UTC)
            number += 1
        return
    day = after.astimezone(BERLIN).date() - dt.timedelta(days=1)
    last = until.astimezone(BERLIN).date()
    while day <= last:
        slot = _moment(day, dt.time.fromisoformat(rule.at))
        if after < slot <= until and rule.weekday in (None, day.weekday()):
            yield slot
        day += dt.timedelta(days=1)


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    """Return a wall-clock time as a moment; one that is skipped becomes the moment at which it would have been."""
    local = dt.datetime.combine(day, at, tzinfo=BERLIN)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(BERLIN).time() == at:
        return moment
    low, high = moment - dt.timedelta(hours=2), moment  # the hour is skipped: find the moment the clocks change
    while high - low > dt.timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(BERLIN).utcoffset() == low.astimezone(BERLIN).utcoffset():
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)
