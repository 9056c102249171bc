"""Joining the tables into one list of organisations and persons; done once per version of the mirror."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from schemas.contacts.rules import is_current, is_reachable, salutation_unclear
from streamlit_app.frames.cells import codes, day, name_of, row_id, text
from streamlit_app.frames.contacts import NAMELESS, ORGANISATION, PERSON, Contacts
from streamlit_app.frames.search import fold, haystack

Label = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list, and the words by which it is found."""

    type: str
    id: int
    name: str
    note: str
    sphere: str
    kind: str
    fields: tuple[str, ...]
    district: str
    phone: str
    mail: str
    has_function: bool
    reachable: bool
    salutation: str
    salutation_unclear: bool


@dataclass(frozen=True, slots=True)
class _Ties:
    """Who is where today, from both sides, and who ever was anywhere."""

    of_organisation: Mapping[int, list[tuple[int, str]]]
    of_person: Mapping[int, list[tuple[int, str]]]
    ever: frozenset[int]


def build_contacts(
    organisations: pd.DataFrame, persons: pd.DataFrame, functions: pd.DataFrame, label: Label, today: dt.date
) -> Contacts:
    """Join the tables into one searchable list; ``label`` turns (table, column, choice code) into a word."""
    ties = _ties(functions, today)
    people = {row_id(p.id): name_of(p) for p in persons.rename(columns={"name": "shown"}).itertuples()}
    places = {row_id(o.id): text(o.name) for o in organisations.itertuples()}
    spheres = {row_id(o.id): text(o.sphere) for o in organisations.itertuples()}
    made = [
        *_organisations(organisations, people, ties, label),
        *_persons(persons, people, places, spheres, ties),
    ]
    made.sort(key=lambda m: fold(m[0].name))
    columns = {name: [getattr(row, name) for row, _, _ in made] for name in _Row.__slots__}
    return Contacts(
        pd.DataFrame(columns),
        [line for _, line, _ in made],
        [line + near for _, line, near in made],
        [fold(row.name) for row, _, _ in made],
    )


def _organisations(
    organisations: pd.DataFrame, people: Mapping[int, str], ties: _Ties, label: Label
) -> Iterator[tuple[_Row, str, str]]:
    for o in organisations.itertuples():
        name, kind, district = text(o.name), text(o.kind), text(o.district)
        numbers = [text(o.phone), text(o.phone2)]
        row = _Row(
            type=ORGANISATION,
            id=row_id(o.id),
            name=name or NAMELESS,
            note=" · ".join(p for p in (label(ORGANISATION, "kind", kind) if kind else "", district) if p),
            sphere=text(o.sphere),
            kind=kind,
            fields=codes(o.engagement_fields),
            district=district,
            phone=numbers[0] or numbers[1],
            mail=text(o.mail),
            has_function=True,
            reachable=is_reachable(*numbers, text(o.mail)),
            salutation="",
            salutation_unclear=False,
        )
        near = [people.get(p, "") for p, _ in ties.of_organisation.get(row.id, ())]
        yield row, haystack([name, text(o.short_name), row.mail, district, text(o.aliases)], numbers), haystack(near)


def _persons(
    persons: pd.DataFrame, people: Mapping[int, str], places: Mapping[int, str], spheres: Mapping[int, str], ties: _Ties
) -> Iterator[tuple[_Row, str, str]]:
    for p in persons.itertuples():
        held = [(places.get(o, ""), what) for o, what in ties.of_person.get(row_id(p.id), ())]
        numbers = [text(p.phone), text(p.mobile), text(p.phone_other)]
        row = _Row(
            type=PERSON,
            id=row_id(p.id),
            name=people[row_id(p.id)] or NAMELESS,
            note="; ".join(f"{what}, {place}" if what else place for place, what in held if place),
            sphere=next((spheres.get(o, "") for o, _ in ties.of_person.get(row_id(p.id), ())), ""),
            kind="",
            fields=(),
            district="",
            phone=next((n for n in numbers if n), ""),
            mail=text(p.mail),
            has_function=row_id(p.id) in ties.ever,
            reachable=is_reachable(*numbers, text(p.mail)),
            salutation=text(p.salutation),
            salutation_unclear=salutation_unclear(text(p.salutation) or None),
        )
        line = haystack([people[row.id], row.mail, text(p.mail2), text(p.aliases)], numbers)
        yield row, line, haystack([place for place, _ in held])


def _ties(functions: pd.DataFrame, today: dt.date) -> _Ties:
    organisation: dict[int, list[tuple[int, str]]] = defaultdict(list)
    person: dict[int, list[tuple[int, str]]] = defaultdict(list)
    ever: set[int] = set()
    columns = functions[["person", "organisation", "name", "valid_from", "valid_to"]].itertuples(index=False, name=None)
    for who, where, what, start, end in columns:
        if not pd.isna(who):
            ever.add(int(who))
        if not pd.isna(who) and not pd.isna(where) and is_current(day(start), day(end), today):
            organisation[int(where)].append((int(who), text(what)))
            person[int(who)].append((int(where), text(what)))
    return _Ties(organisation, person, frozenset(ever))
