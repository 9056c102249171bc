"""Whom a reminder reaches: exactly the silent ones, once, on working days, and nobody where the deadlines are empty."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from automations.events.reminding import is_silent, plan
from automations.workdays import is_free
from schemas.events.choices import Answer, Channel, EventState, InvitationState
from schemas.events.tables import Event, Invitation

MONDAY = dt.date(2026, 3, 2)
EVENT = Event(
    id=1, name="Ehrung", state=EventState.OPEN, starts_at=dt.datetime(2026, 3, 20, 15, tzinfo=dt.UTC),
    answer_by=dt.date(2026, 3, 9),
)  # fmt: skip
SILENT = Invitation(
    id=1, name="Vera", event=1, channel=Channel.MAIL, state=InvitationState.INVITED, answer=Answer.OPEN,
    invited_at=dt.datetime(2026, 2, 2, 9, tzinfo=dt.UTC),
)  # fmt: skip


def reminded(event=EVENT, today=MONDAY, undecided=(), **cells):
    due = plan(event, [replace(SILENT, **cells)], today, is_free, undecided)
    return [*due.mail, *due.by_hand]


def test_who_is_silent_is_reminded_on_the_day_and_until_the_last_one():
    assert not reminded(today=MONDAY - dt.timedelta(days=1)), "five working days before the last day, not sooner"
    assert reminded()
    assert reminded(today=dt.date(2026, 3, 9))
    assert not reminded(today=dt.date(2026, 3, 10))


@pytest.mark.parametrize(
    "cells",
    [
        {"answer": Answer.NO}, {"answer": Answer.MAYBE}, {"correction": Answer.YES},
        {"state": InvitationState.DROPPED}, {"state": InvitationState.NOTED}, {"state": InvitationState.CALLED_OFF},
        {"reminded_at": dt.datetime(2026, 2, 20, tzinfo=dt.UTC)}, {"delivery": "kam zurück am 03.02.2026"},
        {"invited_at": None}, {"invited_at": dt.datetime(2026, 2, 27, 9, tzinfo=dt.UTC)},
        {"checked_in_at": dt.datetime(2026, 3, 1, tzinfo=dt.UTC)},
    ],
)  # fmt: skip
def test_nobody_else_is_reminded(cells):
    assert reminded()
    assert not reminded(**cells)


def test_whoever_wrote_something_that_is_yet_to_be_decided_is_not_asked_again():
    assert not reminded(undecided={1})
    assert reminded(undecided={2})


@pytest.mark.parametrize(
    "event",
    [
        replace(EVENT, answer_by=None), replace(EVENT, state=EventState.DRAFT), replace(EVENT, starts_at=None),
        replace(EVENT, state=EventState.CALLED_OFF), replace(EVENT, state=EventState.CLOSED),
    ],
)  # fmt: skip
def test_an_event_without_deadlines_or_not_running_reminds_nobody(event):
    assert not reminded(event=event)


def test_letters_and_calls_are_listed_apart_from_mails():
    rows = [replace(SILENT, id=n, channel=c) for n, c in enumerate((*Channel, None), 1)]
    due = plan(EVENT, rows, MONDAY, is_free, ())
    assert [r.id for r in due.mail] == [1]
    assert [r.id for r in due.letter] == [2]
    assert [r.id for r in due.phone] == [3, 4]


def test_a_bounced_guest_is_silent_all_the_same():
    assert is_silent(replace(SILENT, delivery="kam zurück"))
