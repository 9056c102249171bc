"""Who is who for letters: persons, organisations, functions and offices of the mirror, by row. Made once a sending."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from automations.mail.address import addresses_in
from automations.relations import Tables, as_day, row_id
from schemas.contacts.bounces import standing_problems
from schemas.contacts.rules import is_current, is_former

NEEDED = ("event", "invitation", "person", "organisation", "function", "office", "body", "relationship", "reply")
"""The tables that letters are worded and sent from."""

_OF_PERSON = (
    "salutation", "title", "first_name", "last_name", "own_greeting", "mail", "mail2", "mail_problem", "mobile",
    "phone", "phone_other", "street", "postcode", "city",
)  # fmt: skip
_OF_ORGANISATION = (
    "name", "kind", "parent", "street", "postcode", "city", "phone", "phone2", "mail", "mail_problem",
)  # fmt: skip
_OF_FUNCTION = (
    "name", "kind", "person", "organisation", "office", "mail", "mail_problem", "phone", "main_contact", "valid_from",
    "valid_to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Street:
    """Where post goes."""

    street: str = ""
    postcode: str = ""
    city: str = ""

    @property
    def usable(self) -> bool:
        """Say whether post can be sent there."""
        return bool(self.street and self.city)


@dataclass(frozen=True, slots=True)
class Human:
    """A person as far as letters look at them; ``mail`` is the first address from which nothing came back."""

    salutation: str
    title: str
    first_name: str
    last_name: str
    own_greeting: str
    mail: str
    home: Street
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """An organisation as far as letters look at it."""

    name: str
    kind: str
    parent: int | None
    address: Street
    phone: str
    mail: str


@dataclass(frozen=True, slots=True)
class Held:
    """A function that somebody has on the day of the book."""

    name: str
    kind: str
    person: int | None
    organisation: int | None
    office: int | None
    mail: str
    phone: str
    main: bool
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Post:
    """An office."""

    name: str
    organisation: int | None


@dataclass(frozen=True, slots=True)
class Book:
    """Everybody by row, and functions held on one day by person and by office.

    ``forms`` are relations of a person, ``former`` persons and the offices that they held before.
    """

    people: Mapping[int, Human]
    houses: Mapping[int, House]
    offices: Mapping[int, Post]
    by_person: Mapping[int, tuple[Held, ...]]
    by_office: Mapping[int, tuple[Held, ...]]
    forms: Mapping[int, tuple[tuple[int | None, str], ...]]
    former: frozenset[tuple[int, int]] = frozenset()

    def address_of(self, house: int | None) -> tuple[int | None, Street]:
        """Return the nearest organisation, from one upwards, that has an address, and the address."""
        seen: set[int] = set()
        at = house
        while at is not None and at in self.houses and at not in seen:
            seen.add(at)
            if self.houses[at].address.usable:
                return at, self.houses[at].address
            at = self.houses[at].parent
        return None, Street()

    def holder(self, office: int | None) -> Held | None:
        """Return the function of who holds an office: of several the main contact, then the latest."""
        held = [f for f in self.by_office.get(office or 0, ()) if f.person is not None]
        return max(held, key=lambda f: (f.main, f.since or dt.date.min), default=None)


NOBODY = Book({}, {}, {}, {}, {}, {})


def read_book(tables: Tables, on: dt.date) -> Book:
    """Return who is who on a day."""
    offices = {
        int(o.id): Post(text(o.name), row_id(o.organisation)) for o in rows(tables["office"], "name", "organisation")
    }
    functions = list(rows(tables["function"], *_OF_FUNCTION))
    held = [_held(f, offices) for f in functions if _current(f, on)]
    by_person, by_office = defaultdict(list), defaultdict(list)
    for one in held:
        if one.person is not None:
            by_person[one.person].append(one)
        if one.office is not None:
            by_office[one.office].append(one)
    forms: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for tie in rows(tables["relationship"], "person", "team_member", "address_form"):
        if (person := row_id(tie.person)) is not None:
            forms[person].append((row_id(tie.team_member), text(tie.address_form)))
    return Book(
        {int(p.id): _human(p) for p in rows(tables["person"], *_OF_PERSON)},
        {int(o.id): _house(o) for o in rows(tables["organisation"], *_OF_ORGANISATION)},
        offices,
        _tuples(by_person), _tuples(by_office), _tuples(forms), _former(functions, on),
    )  # fmt: skip


def rows(frame: pd.DataFrame, *columns: str) -> Iterator[Any]:
    """Yield the rows of a frame, with only some of their columns where many are read."""
    wanted = ["id", *(code for code in columns if code in frame.columns)] if columns else list(frame.columns)
    yield from frame[wanted].itertuples(index=False)


def text(cell: Any) -> str:
    """Return a cell as text without blanks around it."""
    return cell.strip() if isinstance(cell, str) else ""


def moment(cell: Any) -> dt.datetime | None:
    """Return a cell as a moment, None when it is empty."""
    return None if cell is None or pd.isna(cell) else cell.to_pydatetime() if hasattr(cell, "to_pydatetime") else cell


def _tuples(lists: Mapping[int, list[Any]]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _former(functions: Iterable[Any], on: dt.date) -> frozenset[tuple[int, int]]:
    spans = defaultdict(list)
    for f in functions:
        person, office = row_id(f.person), row_id(f.office)
        if person is not None and office is not None:
            spans[person, office].append((as_day(f.valid_from), as_day(f.valid_to)))
    return frozenset(key for key, held in spans.items() if is_former(held, on))


def _held(f: Any, offices: Mapping[int, Post]) -> Held:
    office, place = row_id(f.office), row_id(f.organisation)
    if place is None and office is not None and office in offices:
        place = offices[office].organisation
    mail = _good((text(f.mail),), f.mail_problem)
    return Held(text(f.name), text(f.kind), row_id(f.person), place, office, mail, text(f.phone),
                f.main_contact is not None and not pd.isna(f.main_contact) and bool(f.main_contact),
                as_day(f.valid_from))  # fmt: skip


def _human(p: Any) -> Human:
    own = text(getattr(p, "own_greeting", ""))
    mail = _good((text(p.mail), text(p.mail2)), p.mail_problem)
    return Human(text(p.salutation), text(p.title), text(p.first_name), text(p.last_name), own, mail,
                 Street(text(p.street), text(p.postcode), text(p.city)),
                 tuple(n for n in (text(p.mobile), text(p.phone), text(p.phone_other)) if n))  # fmt: skip


def _house(o: Any) -> House:
    return House(text(o.name), text(o.kind), row_id(o.parent), Street(text(o.street), text(o.postcode), text(o.city)),
                 text(o.phone) or text(o.phone2), _good((text(o.mail),), o.mail_problem))  # fmt: skip


def _good(mails: tuple[str, ...], problem: Any) -> str:
    """Return the first address from which nothing came back."""
    return next((mail for mail in mails if mail and not _came_back(mail, problem)), "")


def _came_back(cell: str, problem: Any) -> bool:
    return bool(standing_problems(text(problem), addresses_in(cell) or [cell]))


def _current(f: Any, on: dt.date) -> bool:
    return is_current(as_day(f.valid_from), as_day(f.valid_to), on)
