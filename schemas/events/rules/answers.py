"""Which answer counts, and how an invitation may move on. Pure.

The latest answer counts, whatever channel it came by; a correction of staff counts before all answers; somebody who
came was there, whatever was answered. "Represented" keeps the record of whoever was invited. What somebody said about
companions, needs and a stand-in stays said until an answer says otherwise on that very point: a calendar cannot say who
comes along, so its yes leaves that as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState


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
    """One answer as it was given; ``at`` is when the guest gave it (aware UTC), ``row`` the id of its row.

    ``companions`` None: nothing was said about them; 0: nobody comes along.
    """

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
    coming_since: dt.datetime | None = None
    """When who comes said so first and has not taken it back since: the place in a waiting list."""


COMING = frozenset({Answer.YES, Answer.REPRESENTED})
"""Answers that take a seat."""


def is_counted(state: ReplyState | None) -> bool:
    """Say whether an answer in this state counts; None: it has none yet, because it was just taken down."""
    return state not in (ReplyState.TO_DECIDE, ReplyState.DISCARDED)


def counting(given: Iterable[Given]) -> list[Given]:
    """Return the answers of the guest that count, the first one first.

    What a person has yet to decide, or discarded, does not count. Two of one moment: the row that was written later
    comes later. A row that tells of a correction is no answer of the guest.
    """
    found = (g for g in given if is_counted(g.state) and g.channel != ReplyChannel.STAFF)
    return sorted(found, key=lambda g: (g.at, g.row))


def spoken(given: Iterable[Given]) -> list[Given]:
    """Return what was said about companions, needs and stand-in, the first first: answers that count, and what staff
    typed into the invitation. Of one moment staff comes first: a guest sees what stands there.
    """
    told = list(given)
    staff = [g for g in told if g.channel == ReplyChannel.STAFF and g.state == ReplyState.COUNTS and _says_more(g)]
    return sorted((*counting(told), *staff), key=lambda g: (g.at, g.channel != ReplyChannel.STAFF, g.row))


def _says_more(one: Given) -> bool:
    return one.companions is not None or bool(one.companion_names or one.represented_by or one.needs)


def latest(given: Iterable[Given]) -> Given | None:
    """Return the answer that was given last of those that count."""
    return next(reversed(counting(given)), None)


def standing(given: Iterable[Given], correction: Answer | None = None) -> Standing:
    """Return what the invitation shows: the correction of staff if there is one, else the latest answer.

    A correction changes the answer only; who comes along and what is needed stays as it was last told (also by staff,
    in a row of theirs), unless nobody comes.
    """
    everything = list(given)
    told, details = counting(everything), spoken(everything)
    if not told:
        return Standing(correction or Answer.OPEN, answered_by=ReplyChannel.STAFF if correction else None)
    last = told[-1]
    answer = correction or last.answer
    comes = answer in (*COMING, Answer.MAYBE)
    companions, names = _companions(details) if comes else (None, None)
    return Standing(
        answer=answer,
        companions=companions,
        companion_names=names,
        represented_by=_stand_in(details) if answer == Answer.REPRESENTED else None,
        needs=_needs(details) if comes else None,
        answered_at=last.at,
        answered_by=ReplyChannel.STAFF if correction and correction != last.answer else last.channel,
        coming_since=_coming_since(told) if answer in COMING else None,
    )


_SAYS_ALL = frozenset({ReplyChannel.LINK})
"""Ways by which a guest sees what was said before, and says it anew: an empty field means nothing there."""


def _companions(told: Iterable[Given]) -> tuple[int | None, str | None]:
    """Return how many come along as it was last said, and their names; who said no starts anew.

    Fewer companions than before: nobody knows which of the names are left.
    """
    companions: int | None = None
    names: str | None = None
    for one in told:
        if one.answer == Answer.NO and one.channel != ReplyChannel.STAFF:
            companions = names = None
        elif one.channel in _SAYS_ALL and one.companions is not None:
            companions, names = one.companions, one.companion_names
        elif one.companions is not None:
            names = one.companion_names or (names if one.companions >= max(companions or 0, 1) else None)
            companions = one.companions
        else:
            names = one.companion_names or names
    return companions, _unless(names, NO_NAMES)


NO_NEEDS = NO_NAMES = "keine"
NO_STAND_IN = "niemand"
"""What stands in an answer by which needs, names of companions or a stand-in that were told before are taken back; an
empty cell says nothing."""


def _unless(told: str | None, nothing: str) -> str | None:
    return None if told and told.strip(" .!").casefold() == nothing else told


def _needs(told: Iterable[Given]) -> str | None:
    """Return what was last said about food and access; a no says nothing about them."""
    needs: str | None = None
    for one in told:
        if one.needs or (one.channel in _SAYS_ALL and one.answer != Answer.NO):
            needs = one.needs
    return _unless(needs, NO_NEEDS)


def _stand_in(told: Iterable[Given]) -> str | None:
    """Return who was last named as stand-in; who says to come in person takes the name back."""
    name: str | None = None
    for one in told:
        stays = one.channel == ReplyChannel.STAFF or one.answer == Answer.REPRESENTED
        name = (one.represented_by or name) if stays else None
    return _unless(name, NO_STAND_IN)


def _coming_since(told: list[Given]) -> dt.datetime:
    """Return when the guest said yes for the first time since the last other answer."""
    since = told[-1].at
    for one in reversed(told):
        if one.answer not in COMING:
            break
        since = one.at
    return since


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
    """How far somebody got, from the list to the room; each step holds those before it.

    Who waits for a place has answered, but has none promised. Who came without an invitation was on the list and came.
    """

    NOTED = "vorgemerkt"
    INVITED = "eingeladen"
    DELIVERED = "zugestellt"
    ANSWERED = "geantwortet"
    PROMISED = "zugesagt"
    CAME = "erschienen"


def is_expected(state: InvitationState, answer: Answer, place: Place | None) -> bool:
    """Say whether somebody is coming: said yes, is on the list, and does not wait for a place."""
    return state not in (InvitationState.DROPPED, InvitationState.CALLED_OFF) and (
        answer in COMING and place != Place.WAITING
    )


def steps(
    *,
    state: InvitationState,
    answer: Answer,
    delivered: bool,
    came: bool,
    place: Place | None = None,
    walk_in: bool = False,
) -> frozenset[Step]:
    """Return the steps of the funnel that an invitation has reached; a participation beats what was answered.

    ``delivered`` says that nothing came back (a letter counts as delivered once it is sent).

    >>> sorted(s.value for s in steps(state=InvitationState.INVITED, answer=Answer.NO, delivered=True, came=False))
    ['eingeladen', 'geantwortet', 'vorgemerkt', 'zugestellt']
    """
    if walk_in:
        return frozenset({Step.NOTED, Step.CAME}) if came else frozenset()
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
    if is_expected(state, answer, place):
        found.add(Step.PROMISED)
    return frozenset(found)
