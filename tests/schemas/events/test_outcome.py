"""What became of an event, counted from its invitations."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events.choices import Answer, InvitationState, Place
from schemas.events.rules.answers import Step
from schemas.events.rules.outcome import Outcome, could_not_come, is_no_show, outcome, seats_to_promise
from schemas.events.tables import Invitation

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def guest(answer=Answer.OPEN, state=InvitationState.INVITED, came=False, **more):
    return Invitation(answer=answer, state=state, invited_at=NOON, checked_in_at=NOON if came else None, **more)


def test_every_guest_is_counted_where_they_belong():
    told = outcome([
        guest(Answer.YES, came=True, companions=2, checked_in=3),
        guest(Answer.YES, companions=1),
        guest(Answer.NO),
        guest(Answer.NO, came=True, checked_in=1),
        guest(),
        guest(state=InvitationState.INVITED, came=True, walk_in=True),
        guest(state=InvitationState.NOTED),
        guest(Answer.YES, state=InvitationState.DROPPED),
        guest(Answer.YES, companions=3, place=Place.WAITING),
        guest(Answer.YES, companions=1, place=Place.WAITING, came=True, checked_in=1),
    ])  # fmt: skip

    assert (told.people_promised, told.people_came, told.walk_ins) == (5, 6, 1), "who waits has no place promised"
    assert (told.no_shows, told.declined, told.silent) == (1, 1, 1), "who waited for a place and stayed at home is none"
    assert told.reached[Step.CAME] == 4
    assert told.reached[Step.NOTED] == 9
    assert told.reached[Step.INVITED] == 8, "who came without an invitation was not invited"
    assert told.reached[Step.ANSWERED] == 6
    assert told.reached[Step.PROMISED] == 4, "who came had a place in the end"
    assert told.no_show_rate == pytest.approx(1 / 4)


rows = st.builds(
    guest, st.sampled_from(list(Answer)), st.sampled_from(list(InvitationState)), st.booleans(),
    companions=st.one_of(st.none(), st.integers(0, 4)),
)  # fmt: skip


@given(st.lists(rows, max_size=30))
def test_nobody_is_thanked_and_missed_at_once_and_each_step_is_at_most_the_one_before(everybody):
    told = outcome(everybody)

    assert not any(is_no_show(row) and could_not_come(row) for row in everybody)
    assert not any((is_no_show(row) or could_not_come(row)) and row.checked_in_at for row in everybody)
    order = [Step.NOTED, Step.INVITED, Step.DELIVERED, Step.ANSWERED, Step.PROMISED]
    counts = [told.reached[step] for step in order]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("capacity", "came", "away", "expected"),
    [(None, 75, 25, None), (90, 10, 2, None), (90, 80, 0, None), (90, 75, 25, 112), (100, 90, 10, 111)],
)
def test_the_seats_to_promise_next_time_follow_from_who_stayed_away(capacity, came, away, expected):
    told = Outcome(dict.fromkeys(Step, 0) | {Step.CAME: came}, 0, came, 0, away, 0, 0)

    assert seats_to_promise(capacity, told) == expected
