"""Organisations that hang on one person, on our side or on theirs, and who could be the second contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from schemas.contacts.rules import is_current
from schemas.contacts.rules.columns import Columns, pairs
from schemas.contacts.rules.key_persons import (
    KNOWN_DAYS,
    Candidate,
    Hanging,
    Risk,
    hanging,
    named_persons,
    second_contacts,
    team_by_organisation,
)
from streamlit_app.frames.cells import day, number, rows_where

Tables = Mapping[str, pd.DataFrame]

LEAVING_DAYS = 90
"""Who leaves an office within so many days is told beforehand, and as long afterwards."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Who is where, and who of us knows whom: what findings and candidates are made of."""

    people: Mapping[int, set[int]]
    places: Mapping[int, set[int]]
    knowing: Mapping[int, set[int]]
    with_person: Mapping[int, set[int]]


def read_persons(tables: Tables, columns: Columns, today: dt.date) -> Persons:
    """Return the current functions by organisation and person, and who of us knows each."""
    functions = tables["function"]
    spans = zip(functions["valid_from"], functions["valid_to"], strict=True)
    current = rows_where(functions, (is_current(day(a), day(b), today) for a, b in spans))
    rows = [(number(o), number(p)) for o, p in zip(current["organisation"], current["person"], strict=True)]
    people = named_persons(rows)
    recent = columns.since(today.toordinal() - KNOWN_DAYS)
    with_person: dict[int, set[int]] = {}
    for person, member in zip(*(a.tolist() for a in pairs(recent, recent.person)), strict=True):
        with_person.setdefault(person, set()).add(member)
    in_touch = zip(*(a.tolist() for a in pairs(recent, recent.organisation)), strict=True)
    relations = tables["relationship"]
    related = [(number(o), number(m)) for o, m in zip(relations["organisation"], relations["team_member"], strict=True)]
    return Persons(
        people,
        named_persons([(p, o) for o, p in rows]),
        team_by_organisation(in_touch, with_person, people, related),
        with_person,
    )


def find(tables: Tables, persons: Persons, today: dt.date) -> dict[Risk, list[Hanging]]:
    """Return the findings by risk; organisations that have ended are left out."""
    organisations = tables["organisation"]
    spans = zip(organisations["active_from"], organisations["active_to"], strict=True)
    alive = rows_where(organisations, (is_current(day(a), day(b), today) for a, b in spans))
    departments = {int(i) for i in alive.loc[alive["sphere"] == "verwaltung", "id"]}
    found: dict[Risk, list[Hanging]] = {risk: [] for risk in Risk}
    for one in hanging([int(i) for i in alive["id"]], departments, persons.people, persons.knowing):
        found[one.risk].append(one)
    for one in _offices(tables["office"], tables["function"], today):
        found[one.risk].append(one)
    return found


def candidates(persons: Persons, organisation: int) -> list[Candidate]:
    """Return who might be the second contact of an organisation, the nearest first."""
    return second_contacts(organisation, persons.people, persons.places, persons.with_person.keys())


def _offices(offices: pd.DataFrame, functions: pd.DataFrame, today: dt.date) -> list[Hanging]:
    """Return offices that nobody holds, and those whose holder leaves or has just changed."""
    held: dict[int, list[tuple[dt.date | None, dt.date | None, int | None]]] = {}
    for one in functions[functions["office"].notna()].to_dict("records"):
        span = day(one["valid_from"]), day(one["valid_to"]), number(one["person"])
        held.setdefault(int(one["office"]), []).append(span)
    found = []
    for one in offices.to_dict("records"):
        row, organisation = int(one["id"]), number(one["organisation"])
        if organisation is None or not is_current(day(one["active_from"]), day(one["active_to"]), today):
            continue
        spans = held.get(row, [])
        current = [span for span in spans if is_current(span[0], span[1], today)]
        if not current:
            found.append(Hanging(organisation, Risk.OFFICE_WITHOUT_HOLDER, office=row))
            continue
        near = [
            person
            for begun, ended, person in current
            if (ended is not None and (ended - today).days <= LEAVING_DAYS)
            or (begun is not None and (today - begun).days <= LEAVING_DAYS and len(spans) > 1)
        ]
        if near:
            found.append(Hanging(organisation, Risk.HOLDER_LEAVES, person=near[0], office=row))
    return found
