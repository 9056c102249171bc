"""Next time's event from last time's: the same weekday of a later year, deadlines at the same distance.

Guest groups are not copied as lists of people: their selections are asked anew, and only who was picked by hand is
proposed by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from schemas.events.choices import EventState, InvitationState
from schemas.events.rules.deadlines import IsFree, working_days_before
from schemas.events.tables import Event, GuestGroup, Invitation
from schemas.time_zone import BERLIN

_MOMENTS = ("starts_at", "ends_at", "doors_at")
_DAYS = ("save_the_date_on", "invite_on", "answer_by", "remind_on")


def same_weekday(day: dt.date, year: int) -> dt.date:
    """Return the same weekday in another year, nearest to the same date.

    >>> same_weekday(dt.date(2026, 10, 8), 2027), dt.date(2026, 10, 8).weekday() == dt.date(2027, 10, 7).weekday()
    (datetime.date(2027, 10, 7), True)
    """
    anniversary = dt.date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)
    ahead = (day.weekday() - anniversary.weekday()) % 7
    return anniversary + dt.timedelta(days=ahead if ahead <= 3 else ahead - 7)


def next_time(last: Event, today: dt.date, is_free: IsFree) -> Event:
    """Return a draft of the next event of a series, in the first year in which its day lies ahead.

    Titles that name the old year name the new one; what belongs to the old event only (state, calendar) is empty.
    """
    draft = replace(last, id=None, state=EventState.DRAFT, sequence=None, calendar_state=None, ident=None, token=None,
                    note=None)  # fmt: skip
    if last.starts_at is None:
        return draft
    old = last.starts_at.astimezone(BERLIN).date()
    new = next(d for y in range(old.year + 1, today.year + 3) if (d := same_weekday(old, y)) > today)
    shift = new - old
    moments = {code: _moved(getattr(last, code), shift) for code in _MOMENTS}
    days = {code: _working(getattr(last, code), shift, is_free) for code in _DAYS}
    words = {
        code: (text or "").replace(str(old.year), str(new.year)) or None
        for code, text in (("name", last.name), ("invitation_subject", last.invitation_subject))
    }
    return replace(draft, **moments, **days, **words)  # type: ignore[arg-type]


def picked_by_hand(groups: Iterable[GuestGroup], invitations: Iterable[Invitation]) -> dict[int, list[Invitation]]:
    """Return, by group without a selection, who stood on the list and was not taken off it."""
    by_hand = {group.id: group for group in groups if group.id is not None and not group.rule}
    found: dict[int, list[Invitation]] = {}
    for one in invitations:
        if one.guest_group in by_hand and one.state in (InvitationState.NOTED, InvitationState.INVITED):
            found.setdefault(one.guest_group, []).append(one)
    return found


def _moved(moment: dt.datetime | None, shift: dt.timedelta) -> dt.datetime | None:
    """Move a moment by whole days, keeping the time of day in Berlin whatever summer time does."""
    if moment is None:
        return None
    local = moment.astimezone(BERLIN).replace(tzinfo=None) + shift
    return local.replace(tzinfo=BERLIN).astimezone(dt.UTC)


def _working(day: dt.date | None, shift: dt.timedelta, is_free: IsFree) -> dt.date | None:
    return None if day is None else working_days_before(day + shift, 0, is_free)
