"""Somebody of theirs leaves: what hangs on that person, and what is to become of each row. Plans only, writes nothing.

History stays with who made it: a contact that took place, a function that was held, a seat that was sat on are never
moved, they end; what is still open begins anew with whoever follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from automations.departing_guests import case_matters, give, guest_matters, stand_matters
from automations.departure import Change, Departure, Matter, Step, about, change_of, is_set, rows_of, text_of
from automations.relations import Tables, as_day, row_id
from schemas.certification.tables import Certification
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import add_aliases, former
from schemas.contacts.rules import is_current, is_within, step_is_open
from schemas.contacts.tables import Function, Interaction, Person, Relationship
from schemas.events.choices import InvitationState
from schemas.events.tables import Stand
from schemas.model import Record, Value
from schemas.network.tables import Seat, Task

TABLES = ("function", "relationship", "interaction", "task", "seat", "invitation", "stand", "certification")
"""Tables in which something may hang on a person, in the order in which it is handed over."""

READ = (*TABLES, "event", "office")
"""The tables that ``matters`` looks at."""

RECENT_DAYS = 60
"""So long a function that has ended without anybody following is still offered."""

_MAILS = ("mail", "mail2")
_DAY = dt.timedelta(days=1)
_OFF = (InvitationState.DROPPED, InvitationState.CALLED_OFF)


def matters(tables: Tables, person: int, today: dt.date) -> list[Matter]:
    """Return everything that still hangs on a person, functions first."""
    return [*_functions(tables["function"], person, today), *_relationships(tables["relationship"], person),
            *_promises(tables["interaction"], person), *_tasks(tables["task"], person),
            *_seats(tables["seat"], person, today), *guest_matters(tables, person, today),
            *stand_matters(tables, person, today), *case_matters(tables["certification"], person)]  # fmt: skip


def home_of(functions: pd.DataFrame, person: int, today: dt.date) -> int | None:
    """Return the organisation that a person mainly stands for: main contact first, then the function held longest."""
    held = [
        (not is_set(one["main_contact"]), as_day(one["valid_from"]) or dt.date.min, int(one["id"]), place)
        for one in rows_of(functions, "person", person)
        if (place := row_id(one["organisation"])) is not None and _offered(one, today)
    ]
    return min(held)[-1] if held else None


def _functions(functions: pd.DataFrame, person: int, today: dt.date) -> Iterator[Matter]:
    for one in rows_of(functions, "person", person):
        ended = as_day(one["valid_to"])
        if _offered(one, today) and not (ended is not None and _followed(functions, one, ended)):
            yield Matter("function", int(one["id"]), "person", about(one, person), text_of(one["name"]), ended,
                         mail=text_of(one["mail"]))  # fmt: skip


def _offered(one: Mapping[Any, Any], today: dt.date) -> bool:
    begun, ended = as_day(one["valid_from"]), as_day(one["valid_to"])
    return is_current(begun, ended, today) or is_within(ended, today, RECENT_DAYS)


def _followed(functions: pd.DataFrame, one: Mapping[Any, Any], ended: dt.date) -> bool:
    """Say whether somebody else has the same post, begun after this one ended."""
    column = "office" if row_id(one["office"]) is not None else "organisation"
    there = row_id(one[column])
    return there is not None and any(
        row_id(other["person"]) not in (None, row_id(one["person"]))
        and (begun := as_day(other["valid_from"])) is not None
        and begun > ended
        and (column == "office" or text_of(other["name"]).casefold() == text_of(one["name"]).casefold())
        for other in rows_of(functions, column, there)
    )


def _relationships(relationships: pd.DataFrame, person: int) -> Iterator[Matter]:
    for one in rows_of(relationships, "person", person):
        yield Matter("relationship", int(one["id"]), "person", about(one, person), text_of(one["kind"]),
                     as_day(one["next_due"]), member=row_id(one["team_member"]))  # fmt: skip


def _promises(interactions: pd.DataFrame, person: int) -> Iterator[Matter]:
    for one in rows_of(interactions[interactions["next_step"].notna()], "person", person):
        if step_is_open(step := text_of(one["next_step"]), is_set(one["next_step_done"])):
            yield Matter(
                "interaction", int(one["id"]), "person", about(one, person), step, as_day(one["next_step_due"])
            )


def _tasks(tasks: pd.DataFrame, person: int) -> Iterator[Matter]:
    for one in rows_of(tasks, "person", person):
        if as_day(one["done_on"]) is None:
            yield Matter("task", int(one["id"]), "person", about(one, person), text_of(one["name"]), as_day(one["due"]))


def _seats(seats: pd.DataFrame, person: int, today: dt.date) -> Iterator[Matter]:
    for column in ("person", "deputy"):
        for one in rows_of(seats, column, person):
            ended = as_day(one["valid_to"])
            if ended is None or (ended >= today and not _seat_goes_on(seats, one, ended)):
                yield Matter("seat", int(one["id"]), column, about(one, person), text_of(one["name"]), ended,
                             deputy=row_id(one["deputy"]) if column == "person" else None)  # fmt: skip


def _seat_goes_on(seats: pd.DataFrame, one: Mapping[Any, Any], ended: dt.date) -> bool:
    """Say whether the organisation has a later seat in that body; who sat for nobody but themselves has none."""
    body, place = row_id(one["body"]), row_id(one["organisation"])
    return (
        body is None
        or place is None
        or any(
            row_id(other["organisation"]) == place and (as_day(other["valid_from"]) or dt.date.min) > ended
            for other in rows_of(seats, "body", body)
        )
    )


def plan(record: Record, column: str, leaving: Departure, heir: int | None) -> Step | None:
    """Return what becomes of one row as it stands; None where it hangs on somebody else now, or nobody could have it.

    An empty step says that all is done already. ``heir`` is the person who follows, None where nobody does.
    """
    if isinstance(record, Function):
        return _end_function(record, leaving, heir) if record.person == leaving.person else None
    if isinstance(record, Seat):
        return _end_seat(record, column, leaving, heir)
    if isinstance(record, Stand | Certification):
        return give(record, column, leaving, heir)
    if isinstance(record, Relationship | Interaction | Task):
        if record.person != leaving.person:
            return Step() if heir is not None and record.person == heir else None
        return _move(record, leaving, heir)
    return None


def post(person: Person, leaving: Departure, mails: list[str]) -> Change | None:
    """Return how addresses come to belong to who follows (``person``), or stop to be the leaving one's own.

    Undoing it takes back exactly these lines. None where nothing is to change.
    """
    row = person.id or 0
    before: dict[str, Value] = {}
    after: dict[str, Value] = {}
    if row != leaving.person:
        standing = {_key(person.mail), _key(person.mail2)}
        known = {_key(mail) for mail in former("person", person.aliases, "mail")} | standing
        lines = add_aliases("person", person.aliases, [("mail", mail) for mail in mails if _key(mail) not in known])
    else:
        gone = {_key(mail) for mail in mails}
        for column in _MAILS:
            if _key(value := str(person.value(column) or "")) in gone:
                before[column], after[column] = value, None
        told = {line for column in _MAILS for line in _lines(column, person.aliases, gone)}
        kept = [line for line in (person.aliases or "").split("\n") if line not in told]
        lines = "\n".join(kept) or None if told else person.aliases
    if lines != person.aliases:
        before[ALIASES], after[ALIASES] = person.aliases, lines
    return Change("person", row, before, after) if after else None


def _lines(column: str, aliases: str | None, gone: set[str]) -> Iterator[str]:
    for mail in former("person", aliases, column):
        if _key(mail) in gone:
            yield add_aliases("person", None, [(column, mail)]) or ""


def _end_function(record: Function, leaving: Departure, heir: int | None) -> Step:
    end = min(record.valid_to, leaving.last_day) if record.valid_to else leaving.last_day
    new = None
    changes: dict[str, Value] = {} if record.valid_to == end else {"valid_to": end}
    if heir is not None:
        new = Function(
            name=record.name, kind=record.kind, person=heir, organisation=record.organisation, office=record.office,
            main_contact=record.main_contact, valid_from=end + _DAY, ident=_ident(record, heir),
        )  # fmt: skip
        changes |= {"main_contact": False} if record.main_contact else {}
    return Step(new, change_of(record, changes))


def _end_seat(record: Seat, column: str, leaving: Departure, heir: int | None) -> Step | None:
    if column == "deputy":
        if record.deputy != leaving.person:
            return Step() if record.deputy == heir else None
        return Step(change=change_of(record, {"deputy": None if heir == record.person else heir}))
    if record.person != leaving.person:
        return None
    end = min(record.valid_to, leaving.last_day) if record.valid_to else leaving.last_day
    new = None
    if heir is not None or record.organisation is not None:  # the organisation keeps its seat, taken or vacant
        new = Seat(
            name=record.name, body=record.body, organisation=record.organisation, person=heir,
            deputy=None if record.deputy in (heir, leaving.person) else record.deputy, valid_from=end + _DAY,
            ident=_ident(record, heir),
        )  # fmt: skip
    return Step(new, change_of(record, {} if record.valid_to == end else {"valid_to": end}))


def _move(record: Relationship | Interaction | Task, leaving: Departure, heir: int | None) -> Step | None:
    """Give what is open to who follows; without anybody the organisation has it."""
    place = record.organisation if heir is not None or record.organisation is not None else leaving.home
    if heir is None and place is None:
        return None
    changes: dict[str, Value] = {"person": heir}
    if place != record.organisation:
        changes["organisation"] = place
    if isinstance(record, Interaction):
        if not step_is_open(record.next_step, record.next_step_done):
            return Step()
        if record.day is not None:  # that contact was with who leaves; only the promise goes on
            new = Interaction(
                summary=f"Übernommen von {leaving.name}", next_step=record.next_step, organisation=place, person=heir,
                next_step_due=record.next_step_due, team_member=record.team_member, origin=record.origin,
                ident=_ident(record, heir),
            )  # fmt: skip
            return Step(new, change_of(record, {"next_step_done": True}))
    if isinstance(record, Relationship):  # who follows is a stranger yet
        changes |= {"address_form": None} if record.address_form is not None else {}
        changes |= {"closeness": None} if record.closeness is not None and heir is not None else {}
    return Step(change=change_of(record, changes))


def _ident(record: Record, heir: int | None) -> str:
    """Return the ident of what follows a row: the same however often the hand-over is begun."""
    return f"nachfolge:{record.table().code}:{record.id}:{heir or 0}"


def _key(mail: str | None) -> str:
    return (mail or "").strip().casefold()
