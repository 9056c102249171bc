"""From the mirror's frames to what selections and guest lists look at; made once per version of the mirror."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from automations.relations import Tables, as_day, row_id
from schemas.contacts.bounces import standing_problems
from schemas.contacts.rules import is_current, person_name
from schemas.events.choices import Channel, InvitationState
from schemas.events.rules.segment_facts import Facts, Past, PastGuest, Place, SeatRole, Tie
from schemas.time_zone import BERLIN

NEEDED = (
    "organisation", "person", "function", "office", "seat", "contribution", "stand", "event", "invitation",
)  # fmt: skip
"""The tables that guest lists are made from."""

LEADING = frozenset({"leitung", "vorstand"})
"""Kinds of functions that lead."""

Key = tuple[int | None, int | None]
"""Organisation and person of a tie."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person, an organisation or a function is reached; ``mail_back``: mail to this address came back."""

    name: str = ""
    mail: str = ""
    mail_back: bool = False
    address: bool = False
    phone: bool = False
    preferred: Channel | None = None
    barred: bool = False


NOWHERE = Reach()


@dataclass(frozen=True, slots=True)
class Standing:
    """An invitation that stands there already."""

    row: int
    event: int
    person: int | None
    organisation: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a guest list is made from: facts for selections, ways to reach everybody, who is on which list."""

    facts: Facts
    people: Mapping[int, Reach] = field(default_factory=dict)
    places: Mapping[int, Reach] = field(default_factory=dict)
    at_work: Mapping[Key, Reach] = field(default_factory=dict)
    lists: Mapping[int, tuple[Standing, ...]] = field(default_factory=dict)


def read(tables: Tables, today: dt.date) -> Known:
    """Return what is known on a day."""
    offices = {int(o.id): (_text(o.kind), row_id(o.organisation)) for o in _rows(tables["office"])}
    places = {int(o.id): o for o in _rows(tables["organisation"])}
    gone = {row for row, o in places.items() if not _exists(o, today)}
    lists = _lists(tables["invitation"])
    functions = [_Held(f, offices) for f in _rows(tables["function"]) if _current(f, today)]
    facts = Facts(
        today=today,
        ties=tuple(_ties(tables, functions, gone, today)),
        places=_places(places),
        gifts=_gifts(tables["contribution"]),
        stands=_stands(tables["stand"]),
        events={int(e.id): Past(_text(e.series), _berlin_day(e.starts_at)) for e in _rows(tables["event"])},
        guests=tuple(_guests(tables["invitation"])),
    )
    return Known(
        facts,
        {int(p.id): _person(p) for p in _rows(tables["person"].rename(columns={"name": "shown"}))},
        {row: _organisation(o) for row, o in places.items()},
        {f.key: f.reach for f in sorted(functions, key=lambda f: bool(f.reach.mail))},
        lists,
    )


class _Held:
    """A function that somebody has today; without an organisation of its own it is where its office is."""

    def __init__(self, row: Any, offices: Mapping[int, tuple[str, int | None]]) -> None:
        office = row_id(row.office)
        kind, at = offices.get(office or 0, ("", None))
        place = row_id(row.organisation)
        self.key: Key = (at if place is None else place, row_id(row.person))
        self.office = None if office is None else (office, kind)
        self.main, self.leads = _yes(row.main_contact), _text(row.kind) in LEADING
        mail = _text(row.mail)
        self.reach = Reach(mail=mail, mail_back=_back(row.mail_problem, mail), phone=bool(_text(row.phone)))


def _ties(tables: Tables, functions: list[_Held], gone: set[int], today: dt.date) -> Iterator[Tie]:
    """Yield every organisation, everybody's current places (by function or seat), and persons without any."""
    flags: dict[Key, tuple[bool, bool]] = {}
    held: dict[Key, set[tuple[int, str]]] = defaultdict(set)
    for f in functions:
        if f.key[1] is None or f.key[0] in gone:
            continue
        main, leads = flags.get(f.key, (False, False))
        flags[f.key] = (main or f.main, leads or f.leads)
        if f.office is not None:
            held[f.key].add(f.office)
    seats = _seats(tables["seat"], gone, today)
    flags |= {key: (False, False) for key in seats if key[1] is not None and key not in flags}
    for row in tables["organisation"]["id"]:
        if int(row) not in gone:
            yield Tie(int(row), None, seats=frozenset(seats.get((int(row), None), ())))
    for key, (main, leads) in flags.items():
        yield Tie(*key, main, leads, frozenset(held.get(key, ())), frozenset(seats.get(key, ())))
    placed = {person for place, person in flags if place is not None}
    alone = {person for place, person in flags if place is None}
    for row in tables["person"]["id"]:
        if int(row) not in placed and int(row) not in alone:
            yield Tie(None, int(row))


def _seats(rows: pd.DataFrame, gone: set[int], today: dt.date) -> dict[Key, set[tuple[int, SeatRole]]]:
    """Return who sits where today; the seat of an organisation that named nobody is its own."""
    found: dict[Key, set[tuple[int, SeatRole]]] = defaultdict(set)
    for seat in _rows(rows):
        body, place = row_id(seat.body), row_id(seat.organisation)
        if body is None or place in gone or not _current(seat, today):
            continue
        for person, role in ((row_id(seat.person), SeatRole.DELEGATE), (row_id(seat.deputy), SeatRole.DEPUTY)):
            if person is not None or (place is not None and role == SeatRole.DELEGATE):
                found[place, person].add((body, role))
    return found


def _exists(organisation: Any, today: dt.date) -> bool:
    ended = as_day(organisation.active_to)
    return row_id(organisation.successor) is None and (ended is None or today <= ended)


def _places(rows: Mapping[int, Any]) -> dict[int, Place]:
    parents = {row: row_id(o.parent) for row, o in rows.items()}
    return {
        row: Place(
            _text(o.kind), _text(o.sphere), frozenset(o.engagement_fields if o.engagement_fields is not None else ()),
            _text(o.district), _above(row, parents),
        )
        for row, o in rows.items()
    }  # fmt: skip


def _above(row: int, parents: Mapping[int, int | None]) -> frozenset[int]:
    """Return the rows over one; a ring of organisations ends where it began."""
    found: set[int] = set()
    over = parents.get(row)
    while over is not None and over not in found:
        found.add(over)
        over = parents.get(over)
    return frozenset(found)


def _gifts(rows: pd.DataFrame) -> dict[tuple[str, int], frozenset[int]]:
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for gift in _rows(rows):
        place, day = row_id(gift.organisation), as_day(gift.day)
        if place is not None and day is not None:
            found[_text(gift.kind), day.year].add(place)
    return {key: frozenset(places) for key, places in found.items()}


def _stands(rows: pd.DataFrame) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for stand in _rows(rows):
        event, place = row_id(stand.event), row_id(stand.organisation)
        if event is not None and place is not None and _text(stand.state) != "abgesagt":
            found[event].add(place)
    return {event: frozenset(places) for event, places in found.items()}


def _lists(rows: pd.DataFrame) -> dict[int, tuple[Standing, ...]]:
    found: dict[int, list[Standing]] = defaultdict(list)
    columns = rows[["id", "event", "person", "organisation", "state"]].itertuples(index=False, name=None)
    for row, event, person, place, state in columns:
        if (at := row_id(event)) is not None:
            found[at].append(Standing(int(row), at, row_id(person), row_id(place), _text(state)))
    return {event: tuple(standing) for event, standing in found.items()}


def _guests(rows: pd.DataFrame) -> Iterator[PastGuest]:
    columns = rows[["event", "person", "organisation", "answer", "state", "checked_in_at"]]
    for event, person, place, answer, state, came in columns.itertuples(index=False, name=None):
        at = row_id(event)
        if at is not None and state != InvitationState.DROPPED:
            invited = state in (InvitationState.INVITED, InvitationState.CALLED_OFF)
            yield PastGuest(at, row_id(person), row_id(place), _text(answer), not pd.isna(came), invited)


def _person(p: Any) -> Reach:
    name = _text(p.shown) or person_name(_text(p.title), _text(p.first_name), _text(p.last_name))
    mails = [mail for mail in (_text(p.mail), _text(p.mail2)) if mail]
    mail = next((mail for mail in mails if not _back(p.mail_problem, mail)), "".join(mails[:1]))
    return Reach(
        name, mail, _back(p.mail_problem, mail), bool(_text(p.street) and _text(p.city)),
        any(_text(n) for n in (p.phone, p.mobile, p.phone_other)), _channel(p.preferred_channel),
        _yes(p.do_not_contact),
    )  # fmt: skip


def _organisation(o: Any) -> Reach:
    mail = _text(o.mail)
    return Reach(
        _text(o.name), mail, _back(o.mail_problem, mail), bool(_text(o.street) and _text(o.city)),
        bool(_text(o.phone) or _text(o.phone2)),
    )  # fmt: skip


def _back(problem: Any, mail: str) -> bool:
    return bool(mail) and bool(standing_problems(_text(problem), [mail]))


def _channel(cell: Any) -> Channel | None:
    return Channel(cell) if cell in tuple(Channel) else None


def _current(row: Any, today: dt.date) -> bool:
    return is_current(as_day(row.valid_from), as_day(row.valid_to), today)


def _berlin_day(cell: Any) -> dt.date | None:
    return None if pd.isna(cell) else cell.astimezone(BERLIN).date()


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples()


def _text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _yes(cell: Any) -> bool:
    return cell is not None and not pd.isna(cell) and bool(cell)
