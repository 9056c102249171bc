"""When to save the date, invite and remind, in working days. Pure; ``IsFree`` says on which days nobody works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

IsFree = Callable[[dt.date], bool]

REMIND_BEFORE = 5
"""Working days before the last day for answers."""

AFTER_INVITING = 3
"""Nobody is reminded sooner than so many working days after the invitation went out."""


def working_days_before(day: dt.date, count: int, is_free: IsFree) -> dt.date:
    """Return the day that lies ``count`` (>= 0) working days before ``day``; with 0 the last working day up to it.

    >>> working_days_before(dt.date(2026, 3, 9), 1, lambda d: d.weekday() >= 5)
    datetime.date(2026, 3, 6)
    """
    while is_free(day):
        day -= dt.timedelta(days=1)
    for _ in range(count):
        day -= dt.timedelta(days=1)
        while is_free(day):
            day -= dt.timedelta(days=1)
    return day


def working_days_after(day: dt.date, count: int, is_free: IsFree) -> dt.date:
    """Return the day that lies ``count`` (>= 0) working days after ``day``; with 0 the first working day from it on.

    >>> working_days_after(dt.date(2026, 3, 6), 1, lambda d: d.weekday() >= 5)
    datetime.date(2026, 3, 9)
    """
    while is_free(day):
        day += dt.timedelta(days=1)
    for _ in range(count):
        day += dt.timedelta(days=1)
        while is_free(day):
            day += dt.timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days of an event as they stand in its row; None where nobody set one."""

    event_on: dt.date
    save_the_date_on: dt.date | None = None
    invite_on: dt.date | None = None
    answer_by: dt.date | None = None
    remind_on: dt.date | None = None


def remind_on(days: Deadlines, is_free: IsFree) -> dt.date | None:
    """Return the day on which the silent ones are reminded: as set, else five working days before the last day."""
    if days.remind_on is not None:
        return days.remind_on
    if days.answer_by is None:
        return None
    return working_days_before(days.answer_by, REMIND_BEFORE, is_free)


def may_remind(
    days: Deadlines, invited_on: dt.date | None, reminded_on: dt.date | None, today: dt.date, is_free: IsFree
) -> bool:
    """Say whether a silent guest is reminded today: the day has come, once, not right after the invitation, in time."""
    day = remind_on(days, is_free)
    if day is None or invited_on is None or reminded_on is not None:
        return False
    last = days.answer_by or days.event_on
    return max(day, working_days_after(invited_on, AFTER_INVITING, is_free)) <= today <= last


def proposed(event_on: dt.date, is_free: IsFree) -> Deadlines:
    """Return days that suit an event: save the date 12 weeks before, invite 6, answer 2; all on working days.

    Official invitations are preceded by a save-the-date; guests of honour need weeks for an answer.
    """

    def before(weeks: int) -> dt.date:
        return working_days_before(event_on - dt.timedelta(weeks=weeks), 0, is_free)

    answer_by = before(2)
    return Deadlines(event_on, before(12), before(6), answer_by, working_days_before(answer_by, REMIND_BEFORE, is_free))


def problems(days: Deadlines) -> list[tuple[str, str]]:
    """Return the days (by column code) that contradict each other, each with a German sentence."""
    order = (
        ("save_the_date_on", days.save_the_date_on), ("invite_on", days.invite_on), ("remind_on", days.remind_on),
        ("answer_by", days.answer_by),
    )  # fmt: skip
    words = {
        "save_the_date_on": "Termin vormerken", "invite_on": "Einladen", "remind_on": "Erinnern",
        "answer_by": "Antwort bis",
    }  # fmt: skip
    found = []
    known = [(code, day) for code, day in order if day is not None]
    for (first, early), (second, late) in pairwise(known):
        if early > late:
            found.append(
                (second, f"„{words[second]}“ ({late:%d.%m.%Y}) liegt vor „{words[first]}“ ({early:%d.%m.%Y}).")
            )
    for code, day in known:
        if day > days.event_on:
            found.append((code, f"„{words[code]}“ ({day:%d.%m.%Y}) liegt nach der Veranstaltung."))
    return found
