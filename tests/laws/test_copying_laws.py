"""Laws of next time's event: the same weekday and time of day in a later year, deadlines on working days in order."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from automations.events.copying import next_time, picked_by_hand, same_weekday
from automations.workdays import is_free
from schemas.events.choices import EventState
from schemas.events.rules.deadlines import proposed
from schemas.events.tables import Event, GuestGroup, Invitation
from schemas.time_zone import BERLIN

days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@given(days, st.integers(2021, 2040))
def test_the_weekday_stays_and_the_date_moves_by_three_days_at_most(day, year):
    found = same_weekday(day, year)
    anniversary = dt.date(year, day.month, min(day.day, 28))
    assert found.weekday() == day.weekday()
    assert abs((found - anniversary).days) <= 6
    if day.day <= 28:
        assert abs((found - anniversary).days) <= 3


@settings(max_examples=60)
@given(days, st.integers(8, 20), st.integers(0, 900))
def test_next_time_lies_ahead_at_the_same_hour_with_deadlines_before_it(day, hour, later):
    today = day + dt.timedelta(days=later)
    starts = dt.datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(dt.UTC)
    due = proposed(day, is_free)
    last = Event(
        id=5, name=f"Fest {day.year}", starts_at=starts, ends_at=starts + dt.timedelta(hours=2), state="abgeschlossen",
        save_the_date_on=due.save_the_date_on, invite_on=due.invite_on, answer_by=due.answer_by, sequence=4, ident="x",
        venue="Saal", note="nur damals",
    )  # fmt: skip
    made = next_time(last, today, is_free)
    local = made.starts_at.astimezone(BERLIN)
    assert (local.weekday(), local.hour) == (day.weekday(), hour)
    assert today < local.date() <= today + dt.timedelta(days=374)
    assert (made.id, made.ident, made.sequence, made.note, made.state) == (None, None, None, None, EventState.DRAFT)
    assert (made.name, made.venue) == (f"Fest {local.year}", "Saal")
    assert made.save_the_date_on <= made.invite_on <= made.answer_by <= local.date()
    assert not any(is_free(d) for d in (made.save_the_date_on, made.invite_on, made.answer_by))


def test_only_who_was_picked_by_hand_and_still_stood_there_is_proposed():
    groups = [GuestGroup(id=1, name="Von Hand"), GuestGroup(id=2, name="Auswahl", rule="{}")]
    people = [
        Invitation(id=1, guest_group=1, state="eingeladen"), Invitation(id=2, guest_group=1, state="gestrichen"),
        Invitation(id=3, guest_group=2, state="eingeladen"), Invitation(id=4, state="eingeladen"),
    ]  # fmt: skip
    assert {group: [p.id for p in found] for group, found in picked_by_hand(groups, people).items()} == {1: [1]}
