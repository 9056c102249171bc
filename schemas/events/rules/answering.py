"""Whether a guest may answer by link today, and what the page says if not. Pure."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schemas.events.choices import Answer, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.time_zone import BERLIN

KEPT = dt.timedelta(days=30)
"""So long after its end an answer link still says that the event is over; after that it says nothing any more."""


class Phase(StrEnum):
    """What a guest may do with a link."""

    OPEN = "offen"
    LATE = "frist-vorbei"
    OVER = "vorbei"
    CALLED_OFF = "faellt-aus"
    UNINVITED = "ausgeladen"
    GONE = "nichts"


def phase(event: Event, invitation: Invitation, now: dt.datetime) -> Phase:
    """Return what a guest may do at this moment (aware UTC); the last day for answers counts to its midnight.

    An event without a last day takes answers until it begins, one without any day until somebody closes it.

    >>> event = Event(starts_at=dt.datetime(2026, 10, 8, 16, tzinfo=dt.UTC), answer_by=dt.date(2026, 9, 24))
    >>> phase(event, Invitation(), dt.datetime(2026, 9, 24, 21, 59, tzinfo=dt.UTC))
    <Phase.OPEN: 'offen'>
    >>> phase(event, Invitation(), dt.datetime(2026, 9, 24, 22, 0, tzinfo=dt.UTC))
    <Phase.LATE: 'frist-vorbei'>
    """
    ends = ends_at(event)
    if invitation.state == InvitationState.DROPPED or (ends is not None and now > ends + KEPT):
        return Phase.GONE
    if event.state == EventState.CALLED_OFF:
        return Phase.CALLED_OFF
    if event.state == EventState.CLOSED or (ends is not None and now > ends):
        return Phase.OVER
    if invitation.state == InvitationState.CALLED_OFF:
        return Phase.UNINVITED
    return Phase.LATE if _too_late(event, now) else Phase.OPEN


def takes(now: Phase, answer: Answer) -> bool:
    """Say whether an answer counts by itself: who cannot come says so until it is over, whatever the last day was.

    >>> takes(Phase.LATE, Answer.NO), takes(Phase.LATE, Answer.YES)
    (True, False)
    """
    return now == Phase.OPEN or (now == Phase.LATE and answer == Answer.NO)


def ends_at(event: Event) -> dt.datetime | None:
    """Return when an event is over: as set, else at the end of its day; None without a day."""
    if event.starts_at is None:
        return None
    if event.ends_at is not None and event.ends_at > event.starts_at:
        return event.ends_at
    return _midnight_after(event.starts_at.astimezone(BERLIN).date())


def _too_late(event: Event, now: dt.datetime) -> bool:
    if event.starts_at is not None and now >= event.starts_at:
        return True
    return event.answer_by is not None and now >= _midnight_after(event.answer_by)


def _midnight_after(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=BERLIN).astimezone(dt.UTC)
