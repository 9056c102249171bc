"""Who can still make the fair: the steps that are left, by their usual length, against the days that are left. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from schemas.certification.choices import Phase
from schemas.certification.rules.procedure import Procedure
from schemas.certification.rules.progress import Case, current_step, days_in_step, open_steps

IsFree = Callable[[dt.date], bool]

PRINTING_DAYS = 10
"""Working days before the fair by which all must be done: certificates are printed and signed."""

STALE_WEEKS = 8
"""A step that has been open for so many weeks longer than usual is stale."""


class Chance(StrEnum):
    """Whether a case can still make the award event of its round."""

    DONE = "fertig"
    EASY = "gut"
    TIGHT = "knapp"
    LATE = "zu-spaet"
    UNKNOWN = "offen"


@dataclass(frozen=True, slots=True)
class Way:
    """The way that is left: weeks of usual work, the day by which it would be done, and the latest day to go on."""

    chance: Chance
    weeks: int
    done_on: dt.date | None = None
    latest_start: dt.date | None = None


def way_to(procedure: Procedure, case: Case, award_on: dt.date | None, today: dt.date, is_free: IsFree) -> Way:
    """Return whether a case can make the award event, reckoned by the usual length of the required steps left.

    What has passed of the current step counts, at most its whole length. Tight: less than a quarter of slack is left.
    """
    left = [step for step in open_steps(procedure, case) if step.required]
    weeks = sum(step.weeks for step in left)
    now = current_step(procedure, case)
    passed = days_in_step(procedure, case, today) or 0
    days = weeks * 7 - (min(passed, now.weeks * 7) if now is not None else 0)
    if not case.running and case.phase != Phase.PAUSED:
        return Way(Chance.DONE if case.phase == Phase.AWARDED else Chance.UNKNOWN, weeks)
    begin = max(today, case.paused_until or today) if case.phase == Phase.PAUSED else today
    done_on = next_working_day(begin + dt.timedelta(days=days), is_free)
    if award_on is None:
        return Way(Chance.UNKNOWN, weeks, done_on)
    deadline = working_days_back(award_on, PRINTING_DAYS, is_free)
    latest = deadline - dt.timedelta(days=days)
    if not left:
        return Way(Chance.DONE if today <= award_on else Chance.LATE, 0, begin, latest)
    if done_on > deadline:
        return Way(Chance.LATE, weeks, done_on, latest)
    slack = (deadline - done_on).days
    return Way(Chance.TIGHT if slack * 4 < (deadline - begin).days else Chance.EASY, weeks, done_on, latest)


def is_stale(procedure: Procedure, case: Case, today: dt.date, weeks: int = STALE_WEEKS) -> bool:
    """Say whether the current step has been open so many weeks longer than usual.

    What rests is not stale, nor what waits for the fair: that may be up to two years away.
    """
    step, days = current_step(procedure, case), days_in_step(procedure, case, today)
    if step is None or days is None or step.phase == Phase.WAITING:
        return False
    return days > (step.weeks + weeks) * 7


def next_working_day(day: dt.date, is_free: IsFree) -> dt.date:
    """Return the first working day from a day on."""
    while is_free(day):
        day += dt.timedelta(days=1)
    return day


def working_days_back(day: dt.date, count: int, is_free: IsFree) -> dt.date:
    """Return the working day that lies so many working days before a day."""
    for _ in range(count):
        day -= dt.timedelta(days=1)
        while is_free(day):
            day -= dt.timedelta(days=1)
    return day
