"""Who may be taken into a round: people from its seminar with their placement, and who looks after volunteers there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from schemas.contacts.rules import is_current
from schemas.contacts.tables import Function
from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.outcome import answer_of, came, comes
from schemas.events.tables import Invitation
from streamlit_app.frames.cells import text
from streamlit_app.frames.records import as_records

GONE = (InvitationState.DROPPED, InvitationState.CALLED_OFF)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a seat in the seminar; ``site`` is whom the invitation speaks for, ``came`` what the door saw."""

    row: int
    person: int | None
    site: int | None
    name: str
    mail: str
    came: bool


def seminar_guests(invitations: pd.DataFrame, seminar: int | None) -> list[Guest]:
    """Return who has a seat in a seminar or was there, by name; who waits for one has none.

    Who is represented sends somebody else: then nobody knows the person.
    """
    mine = as_records(invitations[(invitations["event"] == seminar).fillna(False)], Invitation)
    found = [_guest(one) for one in mine if one.state not in GONE and (came(one) or comes(one))]
    return sorted(found, key=lambda g: (g.name.casefold(), g.row))


def _guest(one: Invitation) -> Guest:
    person = None if answer_of(one.answer) == Answer.REPRESENTED else one.person
    name = (one.represented_by if person is None else None) or one.name or ""
    return Guest(one.id or 0, person, one.organisation, name, one.mail or "", came(one))


def who_is_there(functions: pd.DataFrame, site: int, today: dt.date) -> list[Function]:
    """Return the functions that people hold at a placement today, its main contacts first."""
    held = as_records(functions[(functions["organisation"] == site).fillna(False)], Function)
    now = [f for f in held if f.person is not None and is_current(f.valid_from, f.valid_to, today)]
    return sorted(now, key=lambda f: (not f.main_contact, f.id or 0))


def mail_of(
    person: int | None, site: int, functions: Sequence[Function], mails: Mapping[int, str], house: str
) -> str:  # fmt: skip
    """Return where to write to somebody about a placement: at work there, else their own address, else the house."""
    at_work = next((text(f.mail) for f in functions if f.person == person and f.organisation == site and f.mail), "")
    return at_work or mails.get(person or 0, "") or house


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a seminar against the placements of a round: a seat belongs to a person, a seal to a placement.

    By row: cases whose coordinator has a seat, cases without one (or without a coordinator), guests who stand for no
    case of the round.
    """

    capacity: int | None
    taken: int
    came: int
    seated: tuple[int, ...]
    unseated: tuple[int, ...]
    others: tuple[Guest, ...]


def seats(guests: Sequence[Guest], coordinators: Mapping[int, int | None], capacity: int | None) -> Seats:
    """Return the seats; ``coordinators`` are those of the cases that are not over, by row of the case."""
    there = {g.person for g in guests if g.person is not None}
    seated = tuple(row for row, person in coordinators.items() if person in there)
    mine = set(coordinators.values())
    return Seats(
        capacity, len(guests), sum(g.came for g in guests), seated,
        tuple(row for row in coordinators if row not in set(seated)),
        tuple(g for g in guests if g.person is None or g.person not in mine),
    )  # fmt: skip


def still_missing(guests: Sequence[Guest], sites: Collection[int | None]) -> list[Guest]:
    """Return the guests whose placement is not in the round yet."""
    return [g for g in guests if g.site is not None and g.site not in sites]
