"""What a guest said stays said until another answer says otherwise on that very point."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from schemas.events.choices import Answer, ReplyChannel, ReplyState
from schemas.events.rules.answers import COMING, NO_NEEDS, Given, Standing, standing

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
WHEELCHAIR = "Rollstuhl, vegetarisch"


def said(channel: ReplyChannel, answer: Answer, **cells: object) -> Given:
    return Given(0, answer, channel, NOON, **cells)  # type: ignore[arg-type]


def in_order(*told: Given) -> list[Given]:
    return [
        Given(row, g.answer, g.channel, NOON + dt.timedelta(hours=row), g.companions, g.companion_names,
              g.represented_by, g.needs, g.state)
        for row, g in enumerate(told, 1)
    ]  # fmt: skip


BY_LINK = said(
    ReplyChannel.LINK, Answer.YES, companions=2, companion_names="Partner 1, Partner 2", needs=WHEELCHAIR
)  # fmt: skip
ALONE = said(ReplyChannel.LINK, Answer.YES, companions=0)
STANDS_IN = said(ReplyChannel.LINK, Answer.REPRESENTED, companions=0, represented_by="Frau Muster")
CALENDAR = said(ReplyChannel.CALENDAR, Answer.YES)
CALENDAR_NO = said(ReplyChannel.CALENDAR, Answer.NO)
PHONE = said(ReplyChannel.PHONE, Answer.YES)

Shown = tuple[Answer, int | None, str | None, str | None, str | None]


def shown(standing: Standing) -> Shown:
    return (
        standing.answer, standing.companions, standing.companion_names, standing.represented_by, standing.needs
    )  # fmt: skip


BOTH = "Partner 1, Partner 2"
AFTER: dict[str, tuple[tuple[Given, ...], Shown]] = {
    "a yes of the calendar says nothing about who comes along": (
        (BY_LINK, CALENDAR), (Answer.YES, 2, BOTH, None, WHEELCHAIR)),
    "nor does a perhaps": (
        (BY_LINK, said(ReplyChannel.CALENDAR, Answer.MAYBE)), (Answer.MAYBE, 2, BOTH, None, WHEELCHAIR)),
    "a yes by phone without a number": ((BY_LINK, PHONE), (Answer.YES, 2, BOTH, None, WHEELCHAIR)),
    "a mail decided by a click": (
        (BY_LINK, said(ReplyChannel.MAIL, Answer.YES, companions=2)), (Answer.YES, 2, BOTH, None, WHEELCHAIR)),
    "nobody, told by phone": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, companions=0)), (Answer.YES, 0, None, None, WHEELCHAIR)),
    "one of two, told by phone: nobody knows which name is left": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, companions=1)), (Answer.YES, 1, None, None, WHEELCHAIR)),
    "one more, told by phone": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, companions=3)), (Answer.YES, 3, BOTH, None, WHEELCHAIR)),
    "another name, told by letter": (
        (BY_LINK, said(ReplyChannel.LETTER, Answer.YES, companions=2, companion_names="A, B")),
        (Answer.YES, 2, "A, B", None, WHEELCHAIR)),
    "the link shows all questions: an empty field is an answer": ((BY_LINK, ALONE), (Answer.YES, 0, None, None, None)),
    "but not about companions where its form does not ask": (
        (BY_LINK, said(ReplyChannel.LINK, Answer.YES)), (Answer.YES, 2, BOTH, None, None)),
    "a no ends it": ((BY_LINK, CALENDAR_NO), (Answer.NO, None, None, None, None)),
    "after a no companions start anew, a wheelchair stays": (
        (BY_LINK, CALENDAR_NO, CALENDAR), (Answer.YES, None, None, None, WHEELCHAIR)),
    "other needs, told by phone": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, needs="vegan")), (Answer.YES, 2, BOTH, None, "vegan")),
    "needs taken back by staff": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, needs=NO_NEEDS)), (Answer.YES, 2, BOTH, None, None)),
    "needs taken back with a dot": (
        (BY_LINK, said(ReplyChannel.PHONE, Answer.YES, needs="Keine.")), (Answer.YES, 2, BOTH, None, None)),
    "a stand-in without a name is the one that was named": (
        (STANDS_IN, said(ReplyChannel.PHONE, Answer.REPRESENTED)), (Answer.REPRESENTED, 0, None, "Frau Muster", None)),
    "who comes in person takes the stand-in back": (
        (STANDS_IN, PHONE, said(ReplyChannel.PHONE, Answer.REPRESENTED)), (Answer.REPRESENTED, 0, None, None, None)),
    "what nobody has decided yet says nothing": (
        (BY_LINK, said(ReplyChannel.MAIL, Answer.YES, companions=0, needs="-", state=ReplyState.TO_DECIDE)),
        (Answer.YES, 2, BOTH, None, WHEELCHAIR)),
}  # fmt: skip


@pytest.mark.parametrize("name", AFTER)
def test_what_was_said_stays_said(name):
    told, expected = AFTER[name]

    assert shown(standing(in_order(*told))) == expected


@drawn(st.lists(st.sampled_from([BY_LINK, ALONE, CALENDAR, CALENDAR_NO, PHONE, STANDS_IN]), min_size=1, max_size=6))
def test_another_yes_of_a_calendar_changes_nothing_for_who_comes(told):
    before = standing(in_order(*told))
    after = standing(in_order(*told, CALENDAR))

    if before.answer == Answer.YES:
        assert shown(after) == shown(before)
        assert after.coming_since == before.coming_since


SINCE = {
    "a remark by the link": ((ALONE, ALONE), 1),
    "the same yes by calendar": ((ALONE, CALENDAR), 1),
    "a stand-in instead": ((ALONE, STANDS_IN), 1),
    "a no in between": ((ALONE, CALENDAR_NO, ALONE), 3),
    "a perhaps in between": ((ALONE, said(ReplyChannel.PHONE, Answer.MAYBE), ALONE), 3),
    "a perhaps before": ((said(ReplyChannel.PHONE, Answer.MAYBE), ALONE, PHONE), 2),
}


@pytest.mark.parametrize("name", SINCE)
def test_the_place_in_the_queue_is_that_of_the_first_yes_not_taken_back(name):
    told, hour = SINCE[name]

    assert standing(in_order(*told)).coming_since == NOON + dt.timedelta(hours=hour)


def test_who_does_not_come_stands_in_no_queue():
    for told in ((ALONE, CALENDAR_NO), (said(ReplyChannel.PHONE, Answer.MAYBE),)):
        found = standing(in_order(*told))
        assert found.answer not in COMING
        assert found.coming_since is None
