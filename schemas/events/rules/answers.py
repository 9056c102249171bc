"""Which answer counts, and how an invitation may move on. Pure.

The latest answer counts, whatever channel it came by; a correction of staff counts before all answers; somebody who
came was there, whatever was answered. "Represented" keeps the record of whoever was invited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.events.choices import Answer, InvitationState, ReplyChannel, ReplyState


class Cause(StrEnum):
    """Why an invitation moves on."""

    SENT = "verschickt"
    ANSWERED = "geantwortet"
    CAME = "gekommen"
    DROPPED = "gestrichen"
    ADDED = "wieder aufgenommen"
    CALLED_OFF = "abgesagt"


TRANSITIONS: Mapping[tuple[InvitationState, Cause], InvitationState] = {
    (InvitationState.NOTED, Cause.SENT): InvitationState.INVITED,
    (InvitationState.NOTED, Cause.ANSWERED): InvitationState.INVITED,  # told by phone before the letter
    (InvitationState.NOTED, Cause.CAME): InvitationState.INVITED,
    (InvitationState.NOTED, Cause.DROPPED): InvitationState.DROPPED,
    (InvitationState.NOTED, Cause.CALLED_OFF): InvitationState.DROPPED,  # never heard of it: nothing to call off
    (InvitationState.INVITED, Cause.SENT): InvitationState.INVITED,
    (InvitationState.INVITED, Cause.ANSWERED): InvitationState.INVITED,
    (InvitationState.INVITED, Cause.CAME): InvitationState.INVITED,
    (InvitationState.INVITED, Cause.CALLED_OFF): InvitationState.CALLED_OFF,
    (InvitationState.DROPPED, Cause.ADDED): InvitationState.NOTED,
    (InvitationState.DROPPED, Cause.CAME): InvitationState.INVITED,  # who is there is a guest
    (InvitationState.CALLED_OFF, Cause.ADDED): InvitationState.NOTED,
    (InvitationState.CALLED_OFF, Cause.CAME): InvitationState.INVITED,
}
"""Every move there is. What is not listed does not happen: it is put up for a person."""


def move(state: InvitationState, cause: Cause) -> InvitationState | None:
    """Return where an invitation moves, None when it may not.

    >>> move(InvitationState.NOTED, Cause.SENT)
    <InvitationState.INVITED: 'eingeladen'>
    >>> move(InvitationState.DROPPED, Cause.SENT) is None
    True
    """
    return TRANSITIONS.get((state, cause))


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given; ``at`` is when the guest gave it (aware UTC), ``row`` the id of its row."""

    row: int
    answer: Answer
    channel: ReplyChannel
    at: dt.datetime
    companions: int | None = None
    companion_names: str | None = None
    represented_by: str | None = None
    needs: str | None = None
    state: ReplyState | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an invitation shows: the answer that counts, with all that belongs to it."""

    answer: Answer = Answer.OPEN
    companions: int | None = None
    companion_names: str | None = None
    represented_by: str | None = None
    needs: str | None = None
    answered_at: dt.datetime | None = None
    answered_by: ReplyChannel | None = None


COMING = frozenset({Answer.YES, Answer.REPRESENTED})
"""Answers that take a seat."""


def latest(given: Iterable[Given]) -> Given | None:
    """Return the answer that was given last; what a person has yet to read, or discarded, does not count.

    Two of one moment: the row that was written later. A row that tells of a correction is no answer of the guest.
    """
    counting = (g for g in given if g.state in (None, ReplyState.COUNTS) and g.channel != ReplyChannel.STAFF)
    return max(counting, key=lambda g: (g.at, g.row), default=None)


def standing(given: Iterable[Given], correction: Answer | None = None) -> Standing:
    """Return what the invitation shows: the correction of staff if there is one, else the latest answer.

    A correction changes the answer only; who comes along and what is needed stays as it was last told, unless nobody
    comes.
    """
    last = latest(given)
    if last is None:
        return Standing(correction or Answer.OPEN, answered_by=ReplyChannel.STAFF if correction else None)
    answer = correction or last.answer
    alone = answer not in (*COMING, Answer.MAYBE)
    return Standing(
        answer=answer,
        companions=None if alone else last.companions,
        companion_names=None if alone else last.companion_names,
        represented_by=last.represented_by if answer == Answer.REPRESENTED else None,
        needs=None if alone else last.needs,
        answered_at=last.at,
        answered_by=ReplyChannel.STAFF if correction and correction != last.answer else last.channel,
    )


def typed_by_staff(
    shown: Answer,
    given: Iterable[Given],
    correction: Answer | None,
    shown_by: ReplyChannel | None,
    written: Answer | None = None,
) -> bool:
    """Say whether somebody typed an answer straight into the invitation.

    What stands there is then neither what our own runs wrote there last (``written``), nor what the settled answers
    say, nor what they say with the fresh ones (state None), which a run that was killed may have brought in already.
    Where a correction stands it decides anyway; where one stood (``shown_by``) and was cleared, the answer is only out
    of date. Without ``written`` an answer that a person decided, changed or discarded could not be told from this.
    """
    if correction is not None or shown_by == ReplyChannel.STAFF or shown == written:
        return False
    told = list(given)
    settled = [g for g in told if g.state is not None]
    return shown not in (standing(settled).answer, standing(told).answer)


class Step(StrEnum):
    """How far somebody got, from the list to the room; each step holds those before it."""

    NOTED = "vorgemerkt"
    INVITED = "eingeladen"
    DELIVERED = "zugestellt"
    ANSWERED = "geantwortet"
    PROMISED = "zugesagt"
    CAME = "erschienen"


def steps(*, state: InvitationState, answer: Answer, delivered: bool, came: bool) -> frozenset[Step]:
    """Return the steps of the funnel that an invitation has reached; a participation beats what was answered.

    ``delivered`` says that nothing came back (a letter counts as delivered once it is sent).

    >>> sorted(s.value for s in steps(state=InvitationState.INVITED, answer=Answer.NO, delivered=True, came=False))
    ['eingeladen', 'geantwortet', 'vorgemerkt', 'zugestellt']
    """
    if came:
        return frozenset(Step)
    if state in (InvitationState.DROPPED, InvitationState.CALLED_OFF):
        return frozenset()
    found = {Step.NOTED}
    answered = answer != Answer.OPEN
    if state == InvitationState.INVITED:
        found.add(Step.INVITED)
    if delivered or answered:
        found |= {Step.INVITED, Step.DELIVERED}
    if answered:
        found.add(Step.ANSWERED)
    if answer in COMING:
        found.add(Step.PROMISED)
    return frozenset(found)
