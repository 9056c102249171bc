"""When jobs are due: nights when clocks change, a week of outage, and laws for any rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.timetable import Missed, Rule, due_slots, next_slot, slots
from schemas.time_zone import BERLIN

HOUR = dt.timedelta(hours=1)
MOMENTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 12, 31)).map(lambda m: m.replace(tzinfo=dt.UTC))
RULES = st.one_of(
    st.integers(1, 2000).map(lambda minutes: Rule(every_minutes=minutes)),
    st.builds(
        lambda at, day: Rule(at=at.strftime("%H:%M"), weekday=day), st.times(), st.one_of(st.none(), st.integers(0, 6))
    ),
)


def berlin(year, month, day, hour, minute=0):
    return dt.datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2026, 3, 28), dt.datetime(2026, 3, 28, 1, 30, tzinfo=dt.UTC)),
        ((2026, 3, 29), dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)),  # 02:30 is skipped: at 03:00, when it resumes
        ((2026, 3, 30), dt.datetime(2026, 3, 30, 0, 30, tzinfo=dt.UTC)),
        ((2026, 10, 25), dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),  # 02:30 comes twice: the first time
        ((2026, 10, 26), dt.datetime(2026, 10, 26, 1, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_nightly_job_runs_once_in_every_night_also_when_clocks_change(day, expected):
    noon = berlin(*day, 12)
    assert list(slots(Rule(at="02:30"), noon - 12 * HOUR, noon)) == [expected]


def test_after_a_week_of_outage_a_job_runs_once_or_as_often_as_it_says():
    back = berlin(2026, 11, 24, 9)
    away = back - dt.timedelta(days=7)
    assert due_slots(Rule(at="02:30"), away, back) == [berlin(2026, 11, 24, 2, 30)]
    every = due_slots(Rule(at="02:30", missed=Missed.ALL), away, back)
    assert every == [berlin(2026, 11, day, 2, 30) for day in range(18, 25)]
    fresh = due_slots(Rule(at="02:30", missed=Missed.ALL, keep=dt.timedelta(days=2)), away, back)
    assert fresh == [berlin(2026, 11, 23, 2, 30), berlin(2026, 11, 24, 2, 30)]


def test_a_weekly_job_falls_on_its_weekday():
    monday = Rule(at="07:00", weekday=0)
    assert next_slot(monday, berlin(2026, 11, 24, 9)) == berlin(2026, 11, 30, 7)


@pytest.mark.parametrize("wrong", [{}, {"every_minutes": 5, "at": "02:30"}, {"at": "25:00"}, {"every_minutes": -1}])
def test_a_rule_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, it is no rule
        Rule(**wrong)


@given(RULES, MOMENTS, st.timedeltas(dt.timedelta(0), dt.timedelta(days=20)), st.floats(0, 1))
def test_looking_twice_finds_the_same_slots_as_looking_once(rule, after, span, part):
    until = after + span
    between = after + span * part
    whole = list(slots(rule, after, until))
    assert whole == [*slots(rule, after, between), *slots(rule, between, until)]
    assert whole == sorted(set(whole))
    assert all(after < slot <= until for slot in whole)


@given(RULES, MOMENTS)
def test_the_next_slot_is_the_first_that_is_due(rule, moment):
    slot = next_slot(rule, moment)
    assert due_slots(rule, moment, slot) == [slot]
    assert due_slots(rule, moment, slot - dt.timedelta(seconds=1)) == []
