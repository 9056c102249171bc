"""What became of an event: who came, who promised and did not, and what that says for the next time. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.events.choices import Answer, InvitationState, Place
from schemas.events.rules.answers import Step, is_expected, steps
from schemas.events.tables import Invitation

MOST_OVERBOOKING = 0.25
"""More than a quarter above the chairs is never proposed, however many stayed away: somebody has to stand then."""

ENOUGH = 20
"""Fewer promises than this say nothing about the next time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of an event. ``reached`` counts invitations by step of the funnel; people count with companions."""

    reached: dict[Step, int]
    people_promised: int
    people_came: int
    walk_ins: int
    no_shows: int
    declined: int
    silent: int

    @property
    def no_show_rate(self) -> float | None:
        """Return which part of those who promised stayed away (0 to 1), None when nobody promised."""
        promised = self.no_shows + self.reached[Step.CAME] - self.walk_ins
        return self.no_shows / promised if promised > 0 else None


def answer_of(cell: str | None) -> Answer:
    """Return what stands in a cell of an answer; empty, or a choice of staff's own, counts as open."""
    return Answer(cell) if cell in tuple(Answer) else Answer.OPEN


def came(row: Invitation) -> bool:
    """Say whether somebody was let in on this invitation."""
    return row.checked_in_at is not None


def reached_steps(row: Invitation, place: Place | None) -> frozenset[Step]:
    """Return the steps of the funnel that an invitation has reached; ``place`` is what the rule of seats gives it."""
    return steps(
        state=state_of(row), answer=answer_of(row.answer), delivered=is_delivered(row), came=came(row), place=place,
        walk_in=row.walk_in,
    )  # fmt: skip


def is_not_invited_yet(row: Invitation, reached: frozenset[Step]) -> bool:
    """Say whether somebody waits on the list for an invitation; ``reached`` are the steps of it."""
    return row.state == InvitationState.NOTED and Step.INVITED not in reached


def state_of(row: Invitation) -> InvitationState:
    """Return where an invitation stands; an empty cell, or a choice of staff's own, counts as noted."""
    return InvitationState(row.state) if row.state in tuple(InvitationState) else InvitationState.NOTED


def place_of(row: Invitation) -> Place | None:
    """Return the place that an invitation shows."""
    return Place(row.place) if row.place in tuple(Place) else None


def comes(row: Invitation) -> bool:
    """Say whether somebody is coming, by what the invitation shows."""
    return is_expected(state_of(row), answer_of(row.answer), place_of(row))


def people(row: Invitation) -> int:
    """Return how many people an invitation is for, companions counted."""
    return 1 + max(row.companions or 0, 0)


def is_no_show(row: Invitation) -> bool:
    """Say whether somebody had a place promised and did not come."""
    return not came(row) and row.state == InvitationState.INVITED and comes(row)


def could_not_come(row: Invitation) -> bool:
    """Say whether somebody let us know that they could not come."""
    return not came(row) and row.state == InvitationState.INVITED and answer_of(row.answer) == Answer.NO


def is_delivered(row: Invitation) -> bool:
    """Say whether an invitation went out and nothing came back."""
    return row.invited_at is not None and not row.delivery


def outcome(rows: Iterable[Invitation]) -> Outcome:
    """Count an event's invitations."""
    everybody = list(rows)
    reached = dict.fromkeys(Step, 0)
    for row in everybody:
        for step in reached_steps(row, place_of(row)):
            reached[step] += 1
    there = [row for row in everybody if came(row)]
    return Outcome(
        reached=reached,
        people_promised=sum(people(row) for row in everybody if comes(row)),
        people_came=sum(row.checked_in or 1 for row in there),
        walk_ins=sum(row.walk_in for row in there),
        no_shows=sum(map(is_no_show, everybody)),
        declined=sum(map(could_not_come, everybody)),
        silent=sum(
            row.state == InvitationState.INVITED and answer_of(row.answer) == Answer.OPEN and not came(row)
            for row in everybody
        ),
    )


def seats_to_promise(capacity: int | None, told: Outcome) -> int | None:
    """Return how many seats could be promised next time, so that the room fills: chairs / (1 - rate of no-shows).

    None when nothing can be said: no limit, too few promises, or nobody stayed away. At most ``MOST_OVERBOOKING`` more.

    >>> quarter = Outcome(dict.fromkeys(Step, 0) | {Step.CAME: 75}, 100, 75, 0, 25, 0, 0)
    >>> seats_to_promise(90, quarter)
    112
    """
    rate = told.no_show_rate
    promised = told.no_shows + told.reached[Step.CAME] - told.walk_ins
    if capacity is None or not rate or promised < ENOUGH:
        return None
    most = math.floor(capacity * (1 + MOST_OVERBOOKING))
    return most if rate >= 1 else min(math.floor(capacity / (1 - rate)), most)
