"""Whom to remind: exactly those who were invited, were reached and have not answered. Pure: records and a day in.

Whoever has written something that a person has yet to decide is not asked again.

A guest is reminded once, on or after the event's day for it, not right after the invitation, and not after the last day
for answers (``schemas.events.rules.deadlines``). An event whose deadlines are empty reminds nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from schemas.events.choices import Answer, Channel, EventState, InvitationState
from schemas.events.rules.deadlines import Deadlines, IsFree, may_remind
from schemas.events.rules.outcome import answer_of, came, is_delivered
from schemas.events.tables import Event, Invitation
from schemas.time_zone import BERLIN


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is reminded of one event today, by the way they were invited: mails go by themselves, the rest is for us."""

    event: Event
    mail: tuple[Invitation, ...] = ()
    letter: tuple[Invitation, ...] = ()
    phone: tuple[Invitation, ...] = ()

    @property
    def by_hand(self) -> tuple[Invitation, ...]:
        """Return whom no mail reaches."""
        return (*self.letter, *self.phone)


def is_silent(row: Invitation) -> bool:
    """Say whether somebody was invited and has not said anything yet."""
    return (
        row.state == InvitationState.INVITED
        and answer_of(row.answer) == Answer.OPEN
        and not row.correction
        and not came(row)
    )


def may_be_reminded(row: Invitation) -> bool:
    """Say whether a silent guest was reached and has not been reminded yet."""
    return is_silent(row) and is_delivered(row) and row.reminded_at is None


def deadlines_of(event: Event) -> Deadlines | None:
    """Return the days of an event in Berlin, None while it has none itself."""
    if event.starts_at is None:
        return None
    return Deadlines(
        _day(event.starts_at), event.save_the_date_on, event.invite_on, event.answer_by, event.remind_on
    )  # fmt: skip


def plan(event: Event, rows: Iterable[Invitation], today: dt.date, is_free: IsFree, undecided: Collection[int]) -> Plan:
    """Return whom to remind today; nobody while the event is a draft, called off, closed or has no deadlines.

    ``undecided`` are the invitations with an answer that a person has yet to decide.
    """
    days = deadlines_of(event)
    if event.state != EventState.OPEN or days is None:
        return Plan(event)
    unheard = [row for row in rows if may_be_reminded(row) and row.id not in undecided]
    due = [
        row for row in unheard
        if row.invited_at and may_remind(days, _day(row.invited_at), None, today, is_free)
    ]  # fmt: skip
    return Plan(
        event,
        mail=tuple(row for row in due if row.channel == Channel.MAIL),
        letter=tuple(row for row in due if row.channel == Channel.LETTER),
        phone=tuple(row for row in due if row.channel not in (Channel.MAIL, Channel.LETTER)),
    )


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(BERLIN).date()
