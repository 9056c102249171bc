"""What there is to do today: whose rhythm is over, what was promised, which tasks are due, who is new, who left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from automations.derived import due_by_relationship, last_by_subject
from automations.relations import Tables, as_day, day_of, read_contacts, row_id
from automations.workdays import is_free
from schemas.contacts.rules import is_current, step_is_open
from schemas.contacts.rules.columns import Columns
from schemas.contacts.rules.history import LastContact, Subject
from schemas.contacts.rules.reciprocity import Gift, never_thanked
from schemas.contacts.rules.rhythm import Beat, Due
from schemas.network.choices import Direction

LISTS = ("ueberfaellig", "bald", "schritte", "aufgaben", "neu", "gegangen", "danken", "pausiert")
"""What a line may be about, the most urgent first."""

RECENT_DAYS = 60
"""So long somebody counts as new in an office, or as having left."""

SOON_DAYS = 7
"""Promised steps and tasks that fall due within so many days are told."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: about whom (subject), of which row (table and id), who of us, and by when."""

    list: str
    subject: Subject | None
    table: str
    row: int
    what: str
    member: int | None = None
    due: dt.date | None = None
    last: dt.date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The contacts as columns, everybody's last one, and where each relationship stands in its rhythm."""

    columns: Columns
    last: Mapping[Subject, LastContact]
    beats: Mapping[int, tuple[LastContact | None, Due]]


def standing(tables: Tables, today: dt.date) -> Standing:
    """Work out what all lines are made of; once per version of the mirror."""
    columns = read_contacts(tables["interaction"], tables["interaction_participant"]).past(today.toordinal())
    last = last_by_subject(columns)
    return Standing(columns, last, due_by_relationship(tables["relationship"], last, today, is_free))


def todo(tables: Tables, known: Standing, today: dt.date) -> list[Line]:
    """Return every line, by list in the order of ``LISTS``, the longest overdue first."""
    lines = [
        *_rhythm(tables["relationship"], known, today),
        *_steps(tables["interaction"], today),
        *_tasks(tables["task"], today),
        *_changes(tables["function"], today),
        *_thanks(tables["contribution"], today),
    ]
    return sorted(lines, key=lambda line: (LISTS.index(line.list), line.due or dt.date.max, line.row))


def _rhythm(relationships: pd.DataFrame, known: Standing, today: dt.date) -> Iterator[Line]:
    lists = {Beat.OVERDUE: "ueberfaellig", Beat.SOON: "bald", Beat.PAUSED: "pausiert"}
    for one in relationships.to_dict("records"):
        row = int(one["id"])
        fact, when = known.beats[row]
        if when.beat not in lists:
            continue
        by = when.latest if when.beat is Beat.OVERDUE else when.good_from or when.latest
        late = (today - by).days if by and by < today else 0
        yield Line(
            lists[when.beat], _subject(one), "relationship", row, _text(one["pause_reason"]),
            row_id(one["team_member"]), by, day_of(fact.day) if fact else None, late,
        )  # fmt: skip


def _steps(interactions: pd.DataFrame, today: dt.date) -> Iterator[Line]:
    asked = interactions[interactions["next_step"].notna() & interactions["next_step_due"].notna()]
    for one in asked.to_dict("records"):
        by = as_day(one["next_step_due"])
        done = bool(one["next_step_done"] is not None and not pd.isna(one["next_step_done"]) and one["next_step_done"])
        if by is None or not step_is_open(_text(one["next_step"]), done) or (by - today).days > SOON_DAYS:
            continue
        yield Line(
            "schritte", _subject(one), "interaction", int(one["id"]), _text(one["next_step"]),
            row_id(one["team_member"]), by, as_day(one["day"]), max((today - by).days, 0),
        )  # fmt: skip


def _tasks(tasks: pd.DataFrame, today: dt.date) -> Iterator[Line]:
    """Yield the tasks that are not done; one that somebody else of the network has is shown to all of us."""
    for one in tasks[tasks["due"].notna() & tasks["done_on"].isna()].to_dict("records"):
        by = as_day(one["due"])
        if by is not None and (by - today).days <= SOON_DAYS:
            yield Line(
                "aufgaben", _subject(one), "task", int(one["id"]), _text(one["name"]), row_id(one["team_member"]), by,
                days=max((today - by).days, 0),
            )  # fmt: skip


def _changes(functions: pd.DataFrame, today: dt.date) -> Iterator[Line]:
    """Yield who is new in an office that somebody else held before, and who has left."""
    held_before = {int(o) for o in functions.loc[functions["valid_to"].notna(), "office"].dropna()}
    for one in functions.to_dict("records"):
        begun, ended, person = as_day(one["valid_from"]), as_day(one["valid_to"]), row_id(one["person"])
        if person is None:
            continue
        office = row_id(one["office"])
        new = begun is not None and 0 <= (today - begun).days <= RECENT_DAYS and is_current(begun, ended, today)
        left = ended is not None and 0 <= (today - ended).days <= RECENT_DAYS
        if left:
            yield Line("gegangen", ("person", person), "function", int(one["id"]), _text(one["name"]), due=ended)
        elif new and office in held_before:
            yield Line("neu", ("person", person), "function", int(one["id"]), _text(one["name"]), due=begun)


def _thanks(contributions: pd.DataFrame, today: dt.date) -> Iterator[Line]:
    """Yield the organisations that gave again and again and heard nothing, each with its last gift."""
    gifts: dict[int, list[tuple[dt.date, int]]] = {}
    found = []
    for one in contributions.to_dict("records"):
        organisation, given = row_id(one["organisation"]), as_day(one["day"])
        if organisation is None or given is None:
            continue
        from_them = one["direction"] == Direction.GIVEN
        found.append(Gift(organisation, from_them, given, as_day(one["thanked_on"])))
        if from_them and given <= today:
            gifts.setdefault(organisation, []).append((given, int(one["id"])))
    for organisation in never_thanked(found, today):
        last, row = max(gifts[organisation])
        what = f"{len(gifts[organisation])}-mal gegeben, zuletzt am {last:%d.%m.%Y}"
        yield Line("danken", ("organisation", organisation), "contribution", row, what)


def _subject(one: Mapping[Any, Any]) -> Subject | None:
    """Return with whom it is: the organisation before the person, because it stays."""
    for table in ("organisation", "person"):
        row = row_id(one[table])
        if row is not None:
            return table, row
    return None


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
