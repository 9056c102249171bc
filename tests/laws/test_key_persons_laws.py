"""Laws of second contacts, of what was given and received, and of what becomes of a row when somebody leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from automations.departing import Departure, plan
from schemas.contacts.rules import is_current, is_stale
from schemas.contacts.rules.key_persons import second_contacts
from schemas.contacts.rules.reciprocity import Gift, by_year, never_thanked
from schemas.contacts.tables import Function, Interaction, Relationship
from schemas.network.tables import Seat, Task

TODAY = dt.date(2026, 11, 24)
ROWS = st.integers(1, 5)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2028, 1, 1))
SETS = st.sets(ROWS, max_size=4)
MAYBE = st.none() | ROWS
GIFTS = st.lists(st.builds(Gift, ROWS, st.booleans(), DAYS, st.none() | DAYS), max_size=20)


@given(ROWS, st.dictionaries(ROWS, SETS), SETS)
def test_a_second_contact_is_new_at_home_or_known_elsewhere_and_proposed_once(organisation, people, known):
    also_at = {person: {row for row, there in people.items() if person in there} for person in range(1, 6)}
    found = second_contacts(organisation, people, also_at, known)
    own = people.get(organisation, set())
    assert len({one.row for one in found}) == len(found)
    assert {one.row for one in found if one.via is None} == own - known
    for one in found:
        if one.via is not None:
            _, place = one.via
            assert one.row in known - own
            assert one.row in people[place]
            assert place != organisation
            assert own & people[place], "somebody of ours there leads the way"
    assert [one.steps for one in found] == sorted(one.steps for one in found)


@given(GIFTS)
def test_by_year_no_gift_is_lost_and_none_counts_twice(gifts):
    years = by_year(gifts)
    given_, received = (sum(getattr(y, side) for own in years.values() for y in own) for side in ("given", "received"))
    assert (given_, received) == (sum(g.from_them for g in gifts), sum(not g.from_them for g in gifts))
    assert all([y.year for y in own] == sorted({y.year for y in own}, reverse=True) for own in years.values())


@given(GIFTS, st.data())
def test_who_is_thanked_once_is_never_told_as_never_thanked_and_a_gift_more_never_clears_anybody(gifts, data):
    found = never_thanked(gifts, TODAY)
    for row in found:
        own = [g for g in gifts if g.organisation == row]
        assert not any(g.thanked for g in own if dt.date(2024, 1, 1) <= g.day <= TODAY)
        assert row not in never_thanked([*gifts, Gift(row, True, TODAY, TODAY)], TODAY)
        assert row not in never_thanked([*gifts, Gift(row, False, TODAY)], TODAY)
    assert set(found) <= set(never_thanked([*gifts, Gift(data.draw(ROWS), True, TODAY)], TODAY))


@given(st.lists(st.none() | st.dates(max_value=TODAY), max_size=5), st.dates(max_value=TODAY), st.integers(0, 3000))
def test_time_alone_never_makes_a_row_fresh_and_one_more_look_never_stale(seen, more, later):
    then = TODAY + dt.timedelta(days=later)
    assert is_stale(seen, then) or not is_stale(seen, TODAY)
    assert is_stale(seen, TODAY) or not is_stale([*seen, more], TODAY)


@st.composite
def rows(draw):
    person = draw(ROWS)
    place, mate, day = draw(MAYBE), draw(MAYBE), draw(st.none() | DAYS)
    kind = draw(st.sampled_from([Function, Relationship, Interaction, Task, Seat]))
    own = {
        Function: {"main_contact": draw(st.booleans()), "valid_to": day},
        Relationship: {"address_form": draw(st.sampled_from([None, "du"])), "closeness": "1"},
        Interaction: {"next_step": draw(st.sampled_from([None, "Rückruf"])), "day": day},
        Task: {"name": "Raum"},
        Seat: {"deputy": mate, "valid_to": day, "body": 1},
    }[kind]  # fmt: skip
    column = draw(st.sampled_from(["person", "deputy"])) if kind is Seat else "person"
    return kind(id=7, person=person, organisation=place, **own), column


@given(rows(), ROWS, MAYBE, DAYS, MAYBE)
def test_what_is_handed_over_never_overlaps_and_done_again_changes_nothing(drawn, leaves, heir, last, home):
    record, column = drawn
    assume(heir != leaves)
    leaving = Departure(leaves, "Ada", last, home)
    step = plan(record, column, leaving, heir)
    if step is None:
        return
    after = replace(record, **step.change.after) if step.change else record
    if step.new is not None:
        assert step.new.person == heir
        if not isinstance(record, Interaction):
            assert not is_current(step.new.valid_from, None, after.valid_to), "one begins when the other has ended"
            assert after.person == record.person, "who held it, held it"
            assert record.valid_to is None or after.valid_to <= record.valid_to
    again = plan(after, column, leaving, heir)
    assert again is None or again.change is None
    if step.new is not None and again is not None and again.new is not None:
        assert again.new.ident == step.new.ident
