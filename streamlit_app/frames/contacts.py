"""Organisations and persons as one list to search, filter and page through."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from schemas.contacts.rules import is_cold, is_current, is_reachable, person_name, salutation_unclear
from streamlit_app.frames.search import find, fold, haystack

ORGANISATION = "organisation"
PERSON = "person"

NAMELESS = "(ohne Namen)"

LISTS = ("ohne-funktion", "unerreichbar", "kalt", "nie", "anrede")
"""The lists behind "what needs attention"; ``kalt`` and ``nie`` look at organisations."""


def text(value: object) -> str:
    """Return a cell as text, a missing one as nothing."""
    return value.strip() if isinstance(value, str) else ""


def day(value: object) -> dt.date | None:
    """Return a cell as a calendar day, a missing one as None."""
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None


def name_of(row: Any) -> str:
    """Return a person's name from a row whose ``name`` (NocoDB's formula) was renamed ``shown``."""
    return text(row.shown) or person_name(text(row.title), text(row.first_name), text(row.last_name))


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


def build_contacts(
    organisations: pd.DataFrame,
    persons: pd.DataFrame,
    functions: pd.DataFrame,
    label: Callable[[str, str, str], str],
    today: dt.date,
) -> Contacts:
    """Join the tables into one searchable list; ``label`` turns (table, column, choice code) into the word on screen."""
    tied = _ties(functions, today)
    rows, lines, near = [], [], []
    names = dict(zip(organisations["id"], map(text, organisations["name"]), strict=True))
    people = {row.id: name_of(row) for row in persons.rename(columns={"name": "shown"}).itertuples()}
    spheres = dict(zip(organisations["id"], map(text, organisations["sphere"]), strict=True))
    for o in organisations.itertuples():
        kind = text(o.kind)
        engagement = tuple(o.engagement_fields) if o.engagement_fields is not None else ()
        note = " · ".join(p for p in (label(ORGANISATION, "kind", kind) if kind else "", text(o.district)) if p)
        reachable = is_reachable(text(o.phone), text(o.phone2), text(o.mail))
        rows.append(
            (ORGANISATION, o.id, names[o.id] or NAMELESS, note, text(o.sphere), kind, engagement, text(o.district),
             text(o.phone), text(o.mail), True, reachable, False)
        )  # fmt: skip
        lines.append(haystack([names[o.id], text(o.short_name), text(o.mail), text(o.district)], [text(o.phone), text(o.phone2)]))  # fmt: skip
        near.append(haystack([people.get(p, "") for p, _ in tied.of_organisation[o.id]]))
    for p in persons.itertuples():
        ties = tied.of_person[p.id]
        orgs = [names.get(o, "") for o, _ in ties]
        where = "; ".join(f"{what}, {org}" if what else org for org, (_, what) in zip(orgs, ties, strict=True) if org)
        phone = text(p.phone) or text(p.mobile)
        sphere = spheres.get(ties[0][0], "") if ties else ""
        rows.append(
            (PERSON, p.id, people[p.id] or NAMELESS, where, sphere, "", (), "", phone, text(p.mail),
             p.id in tied.any_person, is_reachable(phone, text(p.mail)), salutation_unclear(text(p.salutation) or None))
        )  # fmt: skip
        lines.append(haystack([people[p.id], text(p.mail), text(p.mail2)], [phone, text(p.mobile), text(p.phone_other)]))  # fmt: skip
        near.append(haystack(orgs))
    frame = pd.DataFrame(
        rows,
        columns=["type", "id", "name", "note", "sphere", "kind", "fields", "district", "phone", "mail",
                 "has_function", "reachable", "salutation_unclear"],
    )  # fmt: skip
    folded = [fold(n) for n in frame["name"]]
    order = sorted(range(len(frame)), key=folded.__getitem__)
    return Contacts(
        frame.iloc[order].reset_index(drop=True),
        [lines[i] for i in order],
        [lines[i] + near[i] for i in order],
        [folded[i] for i in order],
    )


def last_contacts(interactions: pd.DataFrame, participants: pd.DataFrame, today: dt.date) -> LastContacts:
    """Return the latest contact of everyone, further participants included; planned ones in the future do not count."""
    past = interactions.loc[interactions["day"] <= pd.Timestamp(today), ["id", "day", "organisation", "person"]]
    more = participants[["interaction", "organisation", "person"]].merge(
        past[["id", "day"]], left_on="interaction", right_on="id"
    )
    both = pd.concat([past, more]) if len(more) else past

    def latest(column: str) -> dict[int, dt.date]:
        found = both.dropna(subset=[column]).groupby(column)["day"].max()
        return {int(i): d.date() for i, d in found.items()}

    return LastContacts(latest("organisation"), latest("person"))


def select(contacts: Contacts, query: Query, last: LastContacts, today: dt.date) -> pd.DataFrame:
    """Return the rows asked for, best first; with words: names that begin so, then names, then the rest."""
    frame = contacts.frame
    if query.words.strip():
        positions = _ranked(contacts, query.words)
        frame = frame.iloc[positions]
    for column, wanted in (("type", query.show), ("sphere", query.sphere), ("kind", query.kind), ("district", query.district)):  # fmt: skip
        if wanted:
            frame = frame[frame[column] == wanted]
    if query.engagement:
        frame = frame[[query.engagement in fields for fields in frame["fields"]]]
    if query.listing:
        frame = frame[_listed(frame, query.listing, last, today)]
    seen = [
        (last.organisation if kind == ORGANISATION else last.person).get(row)
        for kind, row in zip(frame["type"], frame["id"], strict=True)
    ]
    return frame.assign(
        last_contact=pd.Series(pd.to_datetime(pd.Series(seen, dtype="object")).array, index=frame.index)
    )


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
            return [o and is_cold(last.organisation.get(i), today) for o, i in zip(organisation, frame["id"], strict=True)]  # fmt: skip
        case "nie":
            return [o and i not in last.organisation for o, i in zip(organisation, frame["id"], strict=True)]
    return [True] * len(frame)


def _ranked(contacts: Contacts, query: str) -> list[int]:
    start = fold(query.strip())
    direct = find(contacts.lines, query)
    first = [i for i in direct if contacts.folded[i].startswith(start)]
    known, ahead = set(direct), set(first)
    around = [i for i in find(contacts.around, query) if i not in known]
    return first + [i for i in direct if i not in ahead] + around


@dataclass(frozen=True, slots=True)
class _Ties:
    of_organisation: Mapping[int, list[tuple[int, str]]]
    of_person: Mapping[int, list[tuple[int, str]]]
    any_person: frozenset[int]


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
