"""Laws of answers and seats: the latest counts, staff before all, who has a place keeps it, no chair is given twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState
from schemas.events.rules.answers import (
    COMING,
    TRANSITIONS,
    Cause,
    Given,
    Step,
    latest,
    move,
    standing,
    steps,
    typed_by_staff,
)
from schemas.events.rules.seats import Guest, count, places

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)

answers = st.sampled_from([a for a in Answer if a != Answer.OPEN])
moments = st.integers(0, 5000).map(lambda minutes: NOON + dt.timedelta(minutes=minutes))


@st.composite
def replies(draw, *, states=(None, *ReplyState)):
    found = []
    for row in range(1, draw(st.integers(0, 7)) + 1):
        found.append(
            Given(
                row, draw(answers), draw(st.sampled_from(list(ReplyChannel))), draw(moments),
                draw(st.one_of(st.none(), st.integers(0, 4))), state=draw(st.sampled_from(states)),
            )
        )  # fmt: skip
    return found


@given(replies(), st.one_of(st.none(), answers))
def test_a_correction_of_staff_beats_every_answer(told, correction):
    shown = standing(told, correction)

    if correction:
        assert shown.answer == correction
    else:
        last = latest(told)
        assert shown.answer == (last.answer if last else Answer.OPEN)


@given(replies(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(told, dice):
    mixed = list(told)
    dice.shuffle(mixed)

    assert standing(mixed) == standing(told)


@given(replies(states=(None, ReplyState.COUNTS)), answers, moments)
def test_an_answer_given_later_is_shown_and_an_earlier_one_is_not(told, answer, at):
    before = latest(told)
    new = Given(99, answer, ReplyChannel.PHONE, at)

    shown = standing([*told, new]).answer

    if before is None or at >= before.at:
        assert shown == answer
    else:
        assert shown == before.answer


@given(replies(states=(ReplyState.TO_DECIDE, ReplyState.DISCARDED)))
def test_what_a_person_has_yet_to_read_does_not_count(told):
    assert standing(told).answer == Answer.OPEN


@given(replies(states=(None, ReplyState.COUNTS)))
def test_what_our_own_runs_wrote_is_never_taken_for_staff(told):
    settled = [g for g in told if g.state is not None]

    for shown in (standing(settled), standing(told)):
        assert not typed_by_staff(shown.answer, told, None, shown.answered_by)


def test_an_answer_typed_into_the_invitation_is_known_as_staffs_own():
    link = Given(1, Answer.YES, ReplyChannel.LINK, NOON, state=ReplyState.COUNTS)

    assert typed_by_staff(Answer.NO, [link], None, ReplyChannel.LINK)
    assert not typed_by_staff(Answer.NO, [link], None, ReplyChannel.STAFF), "a correction that was cleared"


def test_by_link_yes_by_phone_no_by_calendar_yes_and_corrected_to_no_is_no():
    told = [
        Given(1, Answer.YES, ReplyChannel.LINK, NOON),
        Given(2, Answer.NO, ReplyChannel.PHONE, NOON + dt.timedelta(hours=1)),
        Given(3, Answer.YES, ReplyChannel.CALENDAR, NOON + dt.timedelta(hours=2)),
    ]

    assert standing(told).answer == Answer.YES
    assert standing(told, Answer.NO).answer == Answer.NO


def test_every_move_is_listed_and_none_leads_back_to_a_letter_that_never_went_out():
    for (state, cause), after in TRANSITIONS.items():
        assert move(state, cause) == after
    assert move(InvitationState.DROPPED, Cause.ANSWERED) is None
    assert move(InvitationState.CALLED_OFF, Cause.SENT) is None
    assert all(move(state, Cause.CAME) == InvitationState.INVITED for state in InvitationState), "who came was there"


@given(
    st.sampled_from(list(InvitationState)), st.sampled_from(list(Answer)), st.booleans(), st.booleans()
)  # fmt: skip
def test_each_step_of_the_funnel_holds_those_before_it(state, answer, delivered, came):
    reached = steps(state=state, answer=answer, delivered=delivered, came=came)
    order = list(Step)

    for step in reached - {Step.CAME}:
        assert set(order[: order.index(step)]) <= reached
    assert (Step.CAME in reached) == came


@st.composite
def guests(draw):
    return [
        Guest(
            row, draw(st.sampled_from(list(Answer))), draw(st.integers(0, 3)), draw(st.one_of(st.none(), moments)),
            draw(st.sampled_from([None, Place.WAITING])),
        )
        for row in range(1, draw(st.integers(0, 12)) + 1)
    ]  # fmt: skip


@given(guests(), st.integers(0, 20))
def test_no_chair_is_given_twice_and_none_stays_empty_that_somebody_could_take(everybody, capacity):
    assigned = places(everybody, capacity)
    seen = count(everybody, assigned, capacity)

    assert seen.taken <= capacity
    assert all((assigned[g.row] is None) == (g.answer not in COMING) for g in everybody)
    waiting = [g for g in everybody if assigned[g.row] == Place.WAITING]
    assert all(g.seats > capacity - seen.taken for g in waiting)


@given(guests(), st.integers(0, 20), st.integers(0, 20))
def test_who_has_a_place_keeps_it_whoever_comes_later_and_however_small_the_room_becomes(everybody, capacity, smaller):
    assigned = places(everybody, capacity)
    later = [replace(g, place=assigned[g.row]) for g in everybody]
    later.append(Guest(99, Answer.YES, 0, NOON - dt.timedelta(days=9)))

    again = places(later, min(capacity, smaller))

    assert all(again[row] == Place.SURE for row, place in assigned.items() if place == Place.SURE)


@settings(max_examples=50)
@given(guests(), st.integers(1, 10))
def test_the_waiting_list_moves_up_when_somebody_cancels(everybody, capacity):
    assigned = places(everybody, capacity)
    later = [replace(g, place=assigned[g.row]) for g in everybody]
    sure = [g for g in later if g.place == Place.SURE]
    if not sure:
        return
    freed = replace(sure[0], answer=Answer.NO)
    rest = [freed if g.row == freed.row else g for g in later]

    again = places(rest, capacity)

    assert again[freed.row] is None
    free = capacity - sum(g.seats for g in rest if again[g.row] == Place.SURE)
    assert all(g.seats > free for g in rest if again[g.row] == Place.WAITING)
