"""The guests of one event as figures: how far each got, who is silent, who waits, what a person has to decide.

What counts follows from ``schemas.events.rules``; here it is only counted and listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from automations.events.reminding import is_silent
from automations.events.replies import as_guest
from schemas.events.choices import Answer, InvitationState, Place, ReplyState
from schemas.events.rules.answers import Step, is_expected
from schemas.events.rules.outcome import answer_of, is_not_invited_yet, reached_steps, state_of
from schemas.events.rules.outcome import people as people_on
from schemas.events.rules.seats import Count, count, places
from schemas.events.tables import Event, Invitation, Reply
from schemas.time_zone import BERLIN
from streamlit_app.frames.records import as_records
from streamlit_app.frames.search import find, fold, haystack

GONE = (InvitationState.DROPPED, InvitationState.CALLED_OFF)
_LATE = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Guest:
    """An invitation with how far it got, its place as the rule gives it, and the names around it."""

    row: Invitation
    reached: frozenset[Step]
    place: Place | None
    organisation: str
    group: str
    line: str
    folded: str

    @property
    def id(self) -> int:
        """Return the row of the invitation."""
        return self.row.id or 0

    @property
    def answer(self) -> Answer:
        """Return the answer that counts."""
        return answer_of(self.row.answer)

    @property
    def gone(self) -> bool:
        """Say whether the guest was dropped or called off."""
        return self.row.state in GONE

    @property
    def people(self) -> int:
        """Return how many come on this invitation, with companions."""
        return people_on(self.row)

    @property
    def comes(self) -> bool:
        """Say whether the guest is coming: said yes, is on the list, and does not wait for a place."""
        return is_expected(state_of(self.row), self.answer, self.place)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that the tabs *Überblick* and *Antworten* show of one event."""

    event: Event
    guests: tuple[Guest, ...]
    seats: Count
    replies: Mapping[int, tuple[Reply, ...]]
    to_decide: tuple[Reply, ...]

    @property
    def undecided(self) -> frozenset[int]:
        """Return the invitations with an answer that does not count before a person has decided."""
        return frozenset(r.invitation for r in self.to_decide if r.invitation and r.state == ReplyState.TO_DECIDE)

    def guest(self, row: int | None) -> Guest | None:
        """Return one guest, None when there is none (any more)."""
        return next((g for g in self.guests if g.id == row), None)

    def named(self, name: str) -> list[Guest]:
        """Return the guests of one list of ``LISTS``; the waiting list in its order."""
        found = [g for g in self.guests if LISTS[name](g)]
        return sorted(found, key=_turn) if name == "warteliste" else found


LISTS: Mapping[str, Callable[[Guest], bool]] = {
    "gaeste": lambda g: Step.NOTED in g.reached,
    "eingeladen": lambda g: Step.INVITED in g.reached,
    "zugestellt": lambda g: Step.DELIVERED in g.reached,
    "geantwortet": lambda g: Step.ANSWERED in g.reached,
    "zugesagt": lambda g: Step.PROMISED in g.reached,
    "erschienen": lambda g: Step.CAME in g.reached,
    "nicht-eingeladen": lambda g: is_not_invited_yet(g.row, g.reached),
    "zurueck": lambda g: not g.gone and bool(g.row.delivery),
    "schweigen": lambda g: is_silent(g.row),
    "vorlaeufig": lambda g: not g.gone and g.answer == Answer.MAYBE,
    "abgesagt": lambda g: not g.gone and g.answer == Answer.NO,
    "warteliste": lambda g: g.place == Place.WAITING,
    "nachgerueckt": lambda g: g.comes and g.row.moved_up_at is not None and Step.CAME not in g.reached,
    "gestrichen": lambda g: g.gone and Step.CAME not in g.reached,
}
"""The rows behind the figures; the first six are the steps of the funnel in their order."""

STEPS = dict(zip(("gaeste", "eingeladen", "zugestellt", "geantwortet", "zugesagt", "erschienen"), Step, strict=True))


def read_answers(
    event: Event, invitations: pd.DataFrame, replies: pd.DataFrame, groups: pd.DataFrame, organisations: dict[int, str]
) -> Answers:
    """Return the guests of one event from the frames of the mirror, by name."""
    mine = as_records(invitations[(invitations["event"] == event.id).fillna(False)], Invitation)
    seats = [as_guest(row) for row in mine]
    assigned = places(seats, event.capacity)
    names = {int(row): name for row, name in zip(groups["id"], groups["name"], strict=True) if isinstance(name, str)}
    found = (
        _guest(row, assigned.get(row.id or 0), organisations.get(row.organisation or 0, ""),
               names.get(row.guest_group or 0, ""))
        for row in mine
    )  # fmt: skip
    guests = tuple(sorted(found, key=lambda g: (g.folded, g.id)))
    told, open_ = _replies(replies, {g.id for g in guests}, event.id)
    return Answers(event, guests, count(seats, assigned, event.capacity), told, open_)


def funnel(guests: Iterable[Guest]) -> dict[Step, int]:
    """Return how many reached each step."""
    counts = dict.fromkeys(Step, 0)
    for guest in guests:
        for step in guest.reached:
            counts[step] += 1
    return counts


def by_link(guests: Iterable[Guest], column: str) -> dict[int | None, list[Guest]]:
    """Return the guests by group or organisation (a link column of the invitation), the largest first."""
    found: dict[int | None, list[Guest]] = {}
    for guest in guests:
        if guest.reached:
            found.setdefault(guest.row.value(column), []).append(guest)  # type: ignore[arg-type]
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0] or 0)))


def over_time(guests: Iterable[Guest]) -> pd.DataFrame:
    """Return the answers that count per day in Berlin and kind: ``day``, ``answer``, ``count``, ``total`` so far.

    Every kind has a row on every day on which anything came, so that lines do not break off.
    """
    days = [
        (g.row.answered_at.astimezone(BERLIN).date(), str(g.answer))
        for g in guests
        if g.row.answered_at is not None and g.answer != Answer.OPEN and not g.gone
    ]
    if not days:
        return pd.DataFrame({"day": [], "answer": [], "count": [], "total": []})
    table = pd.DataFrame(days, columns=["day", "answer"])
    counts = table.groupby(["day", "answer"]).size().unstack(fill_value=0).sort_index()
    flat = pd.Series(counts.stack(), name="count").reset_index()
    return flat.assign(total=flat.groupby("answer")["count"].cumsum())


def search(guests: tuple[Guest, ...], typed: str) -> list[Guest]:
    """Return the guests that fit what was typed, best first: names that begin so, then who has not answered yet."""
    start = fold(typed.strip())
    found = [guests[at] for at in find([g.line for g in guests], typed)]
    return sorted(found, key=lambda g: (g.gone, not _begins(g, start), g.answer != Answer.OPEN, g.folded, g.id))


def _begins(guest: Guest, start: str) -> bool:
    return f" {start}" in f" {guest.folded}"


def _guest(row: Invitation, place: Place | None, organisation: str, group: str) -> Guest:
    reached = reached_steps(row, place)
    name = row.name or ""
    line = haystack([name, organisation, row.represented_by or "", row.mail or ""])
    return Guest(row, reached, place, organisation, group, line, fold(name))


def _replies(
    replies: pd.DataFrame, invitations: set[int], event: int | None
) -> tuple[dict[int, tuple[Reply, ...]], tuple[Reply, ...]]:
    """Return the answers by invitation, newest first, and what waits for a person, the oldest first.

    What names neither event nor invitation could belong here and is put up here, too.
    """
    nowhere = replies["event"].isna() & replies["invitation"].isna() & (replies["state"] == ReplyState.TO_DECIDE)
    mine = (replies["event"] == event).fillna(False) | replies["invitation"].isin(list(invitations)) | nowhere
    rows = sorted(as_records(replies[mine], Reply), key=lambda r: (r.at or _LATE, r.id or 0))
    told: dict[int, list[Reply]] = {}
    for row in reversed(rows):
        if row.invitation is not None:
            told.setdefault(row.invitation, []).append(row)
    return {k: tuple(v) for k, v in told.items()}, tuple(r for r in rows if r.state in _FOR_A_PERSON)


_FOR_A_PERSON = (ReplyState.TO_DECIDE, ReplyState.UNREAD)


def _turn(guest: Guest) -> tuple[dt.datetime, int]:
    return guest.row.coming_since or guest.row.answered_at or _LATE, guest.id


def people(guests: Iterable[Guest]) -> int:
    """Return how many people come, companions counted."""
    return sum(g.people for g in guests if g.comes)
