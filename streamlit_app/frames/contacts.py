"""Organisations and persons as one list to search, filter and page through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from automations.derived import last_by_subject
from automations.relations import day_of, read_contacts
from schemas.contacts.rules import is_cold
from streamlit_app.frames.cells import rows_where
from streamlit_app.frames.search import find, fold

ORGANISATION = "organisation"
PERSON = "person"

NAMELESS = "(ohne Namen)"

LISTS = ("ohne-funktion", "unerreichbar", "kalt", "nie", "anrede")
"""The lists behind "what needs attention"; ``kalt`` and ``nie`` look at organisations."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """The list: ``frame`` for filtering and showing, beside it the lines in which a search looks (same order).

    ``lines`` are a row's own words, ``around`` these and the names of the people or organisations it is tied to.
    """

    frame: pd.DataFrame
    lines: list[str]
    around: list[str]
    folded: list[str]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; empty means everything. ``fields`` are choice codes, ``listing`` one of ``LISTS``."""

    words: str = ""
    show: str = ""
    sphere: str = ""
    kind: str = ""
    engagement: str = ""
    district: str = ""
    listing: str = ""


@dataclass(frozen=True, slots=True)
class LastContacts:
    """The day of the latest contact by row id."""

    organisation: Mapping[int, dt.date] = field(default_factory=dict)
    person: Mapping[int, dt.date] = field(default_factory=dict)


def last_contacts(interactions: pd.DataFrame, participants: pd.DataFrame, today: dt.date) -> LastContacts:
    """Return the latest contact of everyone, further participants included; planned ones in the future do not count."""
    found = last_by_subject(read_contacts(interactions, participants).past(today.toordinal()))

    def latest(table: str) -> dict[int, dt.date]:
        return {row: day_of(fact.day) for (kind, row), fact in found.items() if kind == table}

    return LastContacts(latest(ORGANISATION), latest(PERSON))


def select(contacts: Contacts, query: Query, last: LastContacts, today: dt.date) -> pd.DataFrame:
    """Return the rows asked for, best first; with words: names that begin so, then names, then the rest."""
    frame = contacts.frame
    if query.words.strip():
        positions = _ranked(contacts, query.words)
        frame = frame.iloc[positions]
    for column, wanted in _plain_filters(query):
        if wanted:
            frame = frame[frame[column] == wanted]
    if query.engagement:
        frame = rows_where(frame, (query.engagement in fields for fields in frame["fields"]))
    if query.listing:
        frame = rows_where(frame, _listed(frame, query.listing, last, today))
    seen = [
        (last.organisation if kind == ORGANISATION else last.person).get(row)
        for kind, row in zip(frame["type"], frame["id"], strict=True)
    ]
    return frame.assign(
        last_contact=pd.Series(pd.to_datetime(pd.Series(seen, dtype="object")).array, index=frame.index)
    )


def _plain_filters(query: Query) -> tuple[tuple[str, str], ...]:
    return ("type", query.show), ("sphere", query.sphere), ("kind", query.kind), ("district", query.district)


def count_listed(contacts: Contacts, last: LastContacts, today: dt.date) -> dict[str, int]:
    """Return how many rows each list of ``LISTS`` holds."""
    return {name: int(sum(_listed(contacts.frame, name, last, today))) for name in LISTS}


def _listed(frame: pd.DataFrame, listing: str, last: LastContacts, today: dt.date) -> list[bool]:
    organisation = frame["type"] == ORGANISATION
    match listing:
        case "ohne-funktion":
            return list(~organisation & ~frame["has_function"])
        case "unerreichbar":
            return list(organisation & ~frame["reachable"])
        case "anrede":
            return list(~organisation & frame["salutation_unclear"])
        case "kalt":
            rows = zip(organisation, frame["id"], strict=True)
            return [o and is_cold(last.organisation.get(i), today) for o, i in rows]
        case "nie":
            return [o and i not in last.organisation for o, i in zip(organisation, frame["id"], strict=True)]
    return [True] * len(frame)


def _ranked(contacts: Contacts, query: str) -> list[int]:
    """Return positions, best first: names that begin so, other names, the rest; spelled just so before sounding so."""
    start, typed = fold(query.strip()), f" {query.strip().casefold()}"
    names = contacts.frame["name"]
    direct = set(find(contacts.lines, query))

    def rank(i: int) -> tuple[int, bool]:
        group = (0 if contacts.folded[i].startswith(start) else 1) if i in direct else 2
        return group, typed not in f" {str(names.iat[i]).casefold()}"

    return sorted(find(contacts.around, query), key=rank)
