"""What the derived columns have to say: last contact, through whom, and when the next one is due. Reads frames only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from automations.relations import Tables, as_day, day_of, read_contacts, row_id
from schemas.contacts.choices import INTERACTION_KINDS
from schemas.contacts.rules.columns import Columns, latest
from schemas.contacts.rules.history import LastContact, Subject
from schemas.contacts.rules.rhythm import Due, IsFree, Rhythm, due
from schemas.model import Value

COLUMNS = ("last_contact", "last_contact_by", "next_due")
"""The derived columns, alike in every table of ``TABLES``."""

NOTHING: Mapping[str, Value] = dict.fromkeys(COLUMNS)
"""The derived cells of a row that there is nothing to tell of."""

TABLES = ("organisation", "person", "relationship")

_KINDS = {choice.code: choice.label for choice in INTERACTION_KINDS}

Row = tuple[str, int]
"""Table code and row id."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose derived cells do not say what they should: as they stand, and as they are to be."""

    table: str
    row: int
    stands: Mapping[str, Value]
    wanted: Mapping[str, Value]


def last_by_subject(columns: Columns) -> dict[Subject, LastContact]:
    """Return the latest contact of everybody, from contacts that have taken place."""
    found: dict[Subject, LastContact] = {}
    for table, rows in (("organisation", columns.organisation), ("person", columns.person)):
        subjects, at = latest(columns, rows)
        facts = zip(
            subjects.tolist(), columns.day[at].tolist(), columns.id[at].tolist(), columns.kind[at].tolist(),
            columns.team_member[at].tolist(), strict=True,
        )  # fmt: skip
        for row, day, entry, kind, member in facts:
            found[table, row] = LastContact(day, entry, columns.kinds[kind], member or None)
    return found


def due_by_relationship(
    relationships: pd.DataFrame, last: Mapping[Subject, LastContact], today: dt.date, is_free: IsFree
) -> dict[int, tuple[LastContact | None, Due]]:
    """Return for every relationship its last contact, with the organisation or the person, and where it stands."""
    found = {}
    for one in relationships.to_dict("records"):
        subjects = (("organisation", row_id(one["organisation"])), ("person", row_id(one["person"])))
        facts = [last[table, row] for table, row in subjects if row is not None and (table, row) in last]
        fact = max(facts, key=lambda f: (f.day, f.entry), default=None)
        rhythm = Rhythm(row_id(one["ideal_days"]), row_id(one["cadence_days"]), as_day(one["paused_until"]))
        since = as_day(one["since"]) or as_day(one["created_at"]) or today
        found[int(one["id"])] = fact, due(rhythm, day_of(fact.day) if fact else None, since, today, is_free)
    return found


def wanted(tables: Tables, today: dt.date, is_free: IsFree) -> dict[Row, dict[str, Value]]:
    """Return what the derived cells of every row should hold that has anything to say."""
    columns = read_contacts(tables["interaction"], tables["interaction_participant"]).past(today.toordinal())
    last = last_by_subject(columns)
    team = dict(zip(tables["team_member"]["id"], tables["team_member"]["name"], strict=True))
    found: dict[Row, dict[str, Value]] = {}
    for (table, row), fact in last.items():
        found[table, row] = {**_told(fact, team), "next_due": None}
    standing = due_by_relationship(tables["relationship"], last, today, is_free)
    links = {int(one["id"]): one for one in tables["relationship"][["id", "organisation", "person"]].to_dict("records")}
    for row, (own, when) in standing.items():
        day = when.latest or when.good_from
        found["relationship", row] = {**_told(own, team), "next_due": day}
        if day is None:
            continue
        for table in ("organisation", "person"):
            other = row_id(links[row][table])
            if other is not None:
                cells = found.setdefault((table, other), dict.fromkeys(COLUMNS))
                known = cells["next_due"]
                cells["next_due"] = day if not isinstance(known, dt.date) else min(known, day)
    return found


def find_changes(should: Mapping[Row, Mapping[str, Value]], tables: Tables) -> list[Change]:
    """Return every row that does not say what ``wanted`` says, in the order of ``TABLES`` and of row ids."""
    return [
        Change(table, row, stands, cells)
        for table in TABLES
        for row, stands in _standing(tables[table])
        if (cells := should.get((table, row), NOTHING)) != stands
    ]


def _standing(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Value]]]:
    days = {c: [as_day(d) for d in frame[c]] for c in ("last_contact", "next_due")}
    texts = [text if isinstance(text, str) and text else None for text in frame["last_contact_by"]]
    rows = zip(np.asarray(frame["id"]).tolist(), days["last_contact"], texts, days["next_due"], strict=True)
    for row, *cells in sorted(rows, key=lambda r: r[0]):
        yield row, dict(zip(COLUMNS, cells, strict=True))


def _told(fact: LastContact | None, team: Mapping[int, str]) -> dict[str, Value]:
    if fact is None:
        return {"last_contact": None, "last_contact_by": None}
    kind, name = _KINDS.get(fact.kind, fact.kind), team.get(fact.team_member or 0)
    return {
        "last_contact": day_of(fact.day),
        "last_contact_by": ", ".join(part for part in (name, kind) if isinstance(part, str) and part) or None,
    }
