"""Laws of the relationship rules, for any history: what time, one more contact and a merge may and may not change."""

from __future__ import annotations

import datetime as dt

from contact_histories import by_subject, united, with_participants
from hypothesis import given
from hypothesis import strategies as st

from schemas.contacts.choices import InteractionKind
from schemas.contacts.rules.columns import Columns, latest, pairs, points
from schemas.contacts.rules.history import Entry, last_contact, past, who_knows
from schemas.contacts.rules.rhythm import Beat, Rhythm, due
from schemas.contacts.rules.warmth import LADDER, Scale, Step, warmth

TODAY = dt.date(2026, 11, 24).toordinal()
ROWS = st.one_of(st.none(), st.integers(1, 4))
DAYS = st.integers(TODAY - 2000, TODAY + 60)
KINDS = st.sampled_from([*InteractionKind, "unbekannt"])
STEPS = [Step.NEVER, Step.COLD, *(step for _, step in reversed(LADDER))]


@st.composite
def histories(draw):
    rows = draw(st.lists(st.tuples(DAYS, KINDS, ROWS, ROWS, ROWS), max_size=25))
    return [Entry(number, *row) for number, row in enumerate(rows, start=1)]


@given(histories(), DAYS, KINDS)
def test_one_more_contact_never_makes_it_colder(entries, day, kind):
    more = [*entries, Entry(99, day, kind, 1, None, None)]
    before, after = (warmth(past(own, TODAY), TODAY, Scale()) for own in (entries, more))
    assert after.points >= before.points
    assert STEPS.index(after.step) >= STEPS.index(before.step)


@given(histories(), st.integers(0, 3000))
def test_time_alone_never_makes_it_warmer(entries, later):
    done = past(entries, TODAY)
    now, then = warmth(done, TODAY, Scale()), warmth(done, TODAY + later, Scale())
    assert then.points <= now.points
    assert STEPS.index(then.step) <= STEPS.index(now.step)


@given(histories(), st.integers(1, 4), st.integers(1, 4))
def test_two_persons_found_to_be_one_keep_every_contact_once(entries, one, other):
    stays, goes = ("person", one), ("person", other)
    both = by_subject(entries)
    merged = united(both, stays, goes)
    kept = [e.id for e in merged[stays]]
    assert sorted(kept) == sorted({e.id for s in (stays, goes) for e in both.get(s, ())})
    assert {s: h for s, h in merged.items() if s not in (stays, goes)} == {
        s: h for s, h in both.items() if s not in (stays, goes)
    }


@given(histories())
def test_the_last_contact_is_one_entry_and_none_is_later(entries):
    last = last_contact(entries)
    assert (last is None) == (not entries)
    if last is not None:
        (entry,) = [e for e in entries if e.id == last.entry]
        assert (entry.day, entry.kind, entry.team_member) == (last.day, last.kind, last.team_member)
        assert not [e for e in entries if (e.day, e.id) > (last.day, last.entry)]


@given(histories(), st.integers(0, 900))
def test_all_at_once_says_the_same_as_one_by_one(entries, days):
    done = past(entries, TODAY)
    columns = Columns.of(entries).past(TODAY)
    recent = columns.since(TODAY - days)
    for table in ("organisation", "person"):
        own = {row: found for (kind, row), found in by_subject(done).items() if kind == table}
        rows, at = latest(columns, getattr(columns, table))
        assert dict(zip(rows.tolist(), columns.id[at].tolist(), strict=True)) == {
            row: last_contact(found).entry for row, found in own.items()
        }
        warm = dict(zip(*(a.tolist() for a in points(columns, getattr(columns, table), TODAY, Scale())), strict=True))
        assert warm.keys() == own.keys()
        assert all(abs(warm[row] - warmth(found, TODAY, Scale()).points) < 1e-9 for row, found in own.items())
        known = list(zip(*(a.tolist() for a in pairs(recent, getattr(recent, table))), strict=True))
        assert known == sorted((row, us) for row, found in own.items() for us in who_knows(found, TODAY - days))


@given(histories(), st.lists(st.tuples(st.integers(0, 25), ROWS, ROWS), max_size=15))
def test_a_further_participant_counts_once(entries, further):
    every = with_participants(entries, further)
    assert every[: len(entries)] == entries
    for own in by_subject(every).values():
        ids = [e.id for e in own]
        assert len(ids) == len(set(ids))


DATES = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
SPANS = st.one_of(st.none(), st.integers(1, 400))


def weekend(day):
    return day.weekday() >= 5


@given(SPANS, SPANS, st.one_of(st.none(), DATES), st.one_of(st.none(), DATES), DATES, DATES)
def test_what_falls_due_falls_on_a_working_day_and_never_within_a_pause(ideal, longest, pause, last, since, today):
    found = due(Rhythm(ideal, longest, pause), last, since, today, weekend)
    for day in (found.good_from, found.latest):
        if day is not None:
            assert not weekend(day)
            assert pause is None or day > pause
    if pause is not None and today <= pause:
        assert found.beat in (Beat.PAUSED, Beat.NONE)


@given(SPANS, SPANS, DATES, DATES, DATES)
def test_a_later_contact_never_brings_the_next_one_forward(ideal, longest, last, later, today):
    first, second = sorted((last, later))
    early, late = (due(Rhythm(ideal, longest), day, day, today, weekend) for day in (first, second))
    order = [Beat.NONE, Beat.GOOD, Beat.SOON, Beat.OVERDUE]
    assert order.index(late.beat) <= order.index(early.beat)
    assert early.latest is None or early.latest <= late.latest
