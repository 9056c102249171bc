"""What an event still needs to go on, in the order in which it is needed: each item done, open, or not yet. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from automations.events.guest_list import is_listed
from automations.events.reminding import Plan, deadlines_of
from schemas.contacts.rules import is_current, is_former
from schemas.events.choices import EventState
from schemas.events.rules.deadlines import IsFree, problems, remind_on
from schemas.time_zone import BERLIN
from streamlit_app.frames.cells import day, number
from streamlit_app.frames.events import LISTS, Answers, Guest

NAMED = 6
"""So many guests are named in one line."""


class Need(StrEnum):
    """What an event needs."""

    DAY = "termin"
    PLACE = "ort"
    HOST = "gastgeber"
    SENDER = "absender"
    SIGNATORY = "unterschrift"
    DEADLINES = "fristen"
    GUESTS = "gaeste"
    OFFICES = "aemter"
    OPENED = "stand"
    SENT = "versand"
    RETURNED = "zurueck"
    DECIDED = "entscheiden"
    REMINDED = "erinnern"
    SEATS = "plaetze"
    MOVED_UP = "nachgerueckt"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what is needed, whether that is settled, how many it concerns, a day, what is wrong, or whom to see."""

    need: Need
    done: bool
    count: int = 0
    day: dt.date | None = None
    told: str = ""
    person: int | None = None


def holder_on(functions: pd.DataFrame, office: int | None, on: dt.date) -> int | None:
    """Return the person who holds an office on a day, None when nobody does."""
    if office is None:
        return None
    held = functions[(functions["office"] == office).fillna(False)]
    for row in held.to_dict("records"):
        if is_current(day(row["valid_from"]), day(row["valid_to"]), on):
            return number(row["person"])
    return None


def out_of_office(found: Answers, functions: pd.DataFrame, today: dt.date) -> list[Guest]:
    """Return the guests who on the day of the event no longer are what they are invited as, by what is known today.

    That is their office, without one their function in the organisation. Who never had it is what staff typed, but not
    where our guest list wrote it and somebody else has the office: then the function was deleted instead of ended.
    """
    on = max(today, _day(found.event.starts_at)) if found.event.starts_at else today
    people = {g.row.person for g in found.guests if g.row.person is not None}
    spans = defaultdict(list)
    for f in functions[functions["person"].isin(people)].to_dict("records"):
        for column in ("office", "organisation"):
            spans[number(f["person"]), column, number(f[column])].append((day(f["valid_from"]), day(f["valid_to"])))

    def is_outdated(g: Guest) -> bool:
        held = spans[_meant(g)]
        if held or g.row.office is None or not is_listed(g.row):
            return is_former(held, on)
        return holder_on(functions, g.row.office, on) is not None

    return [
        g for g in found.guests
        if not g.gone and g.row.checked_in_at is None and g.row.person is not None and is_outdated(g)
    ]  # fmt: skip


def _meant(guest: Guest) -> tuple[int | None, str, int | None]:
    row = guest.row
    by_office = row.office is not None
    return row.person, "office" if by_office else "organisation", row.office if by_office else row.organisation


def checklist(
    found: Answers,
    reminders: Plan,
    holder: int | None,
    today: dt.date,
    is_free: IsFree,
    *,
    outdated: Sequence[Guest] = (),
) -> list[Item]:
    """Return what the event needs; an event that is over or called off needs nothing of this any more."""
    event = found.event
    over = event.starts_at is not None and _day(event.starts_at) < today
    if over or event.state in (EventState.CALLED_OFF, EventState.CLOSED):
        return [Item(Need.DECIDED, not found.to_decide, len(found.to_decide))] if found.to_decide else []
    return [
        *_facts(found, holder),
        *_people(found),
        *_offices(outdated),
        *_reminders(found, reminders, is_free),
        *_seats(found),
    ]


def _facts(found: Answers, holder: int | None) -> Iterator[Item]:
    event = found.event
    yield Item(Need.DAY, event.starts_at is not None, day=_day(event.starts_at) if event.starts_at else None)
    yield Item(Need.PLACE, bool(event.venue), told=event.venue or "")
    yield Item(Need.HOST, event.host is not None)
    yield Item(Need.SENDER, event.sender is not None)
    yield Item(Need.SIGNATORY, holder is not None, count=int(event.signatory is not None))
    days = deadlines_of(event)
    wrong = " ".join(told for _, told in problems(days)) if days else ""
    yield Item(Need.DEADLINES, event.answer_by is not None and not wrong, day=event.answer_by, told=wrong)


def _people(found: Answers) -> Iterator[Item]:
    guests, waiting = len(found.named("gaeste")), len(found.named("nicht-eingeladen"))
    yield Item(Need.GUESTS, guests > 0, guests)
    if not guests:
        return
    if found.event.state == EventState.DRAFT or found.event.state is None:
        yield Item(Need.OPENED, False)
    yield Item(Need.SENT, waiting == 0, waiting or guests)
    returned = sum(LISTS["schweigen"](guest) for guest in found.named("zurueck"))
    if returned:
        yield Item(Need.RETURNED, False, returned)
    yield Item(Need.DECIDED, not found.to_decide, len(found.to_decide))


def _offices(outdated: Sequence[Guest]) -> Iterator[Item]:
    """Name the guests who are not in the office any more that they are invited as; nothing where all are."""
    if outdated:
        names = "; ".join(guest.row.name or "" for guest in outdated[:NAMED])
        more = f" und {len(outdated) - NAMED} weitere" if len(outdated) > NAMED else ""
        yield Item(Need.OFFICES, False, len(outdated), told=names + more, person=outdated[0].row.person)


def _reminders(found: Answers, due: Plan, is_free: IsFree) -> Iterator[Item]:
    """Say how many are to be reminded today, or on which day that will be; nothing where nobody is silent."""
    days = deadlines_of(found.event)
    silent = len(found.named("schweigen"))
    count = len(due.mail) + len(due.by_hand)
    if silent:
        yield Item(Need.REMINDED, count == 0, count or silent, remind_on(days, is_free) if days else None)


def _seats(found: Answers) -> Iterator[Item]:
    if moved_up := len(found.named("nachgerueckt")):
        yield Item(Need.MOVED_UP, False, moved_up)
    free = found.seats.free
    if free is not None and free < 0:
        yield Item(Need.SEATS, False, -free)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(BERLIN).date()
