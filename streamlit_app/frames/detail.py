"""Everything about one organisation or person: the tree around it, functions, contacts, relationships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from schemas.contacts.bounces import standing_problems
from schemas.contacts.rules import is_current
from streamlit_app.frames.cells import day, number, row_id, text, yes

TREE_DEPTH = 12
"""A tree deeper than this is a loop that somebody made by hand."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One function seen from one side: the other side's row, its name, what is done there, from when to when."""

    id: int
    other: int | None
    other_name: str
    what: str
    main: bool
    mail: str
    phone: str
    start: dt.date | None
    end: dt.date | None
    current: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship seen from one side: with whom, of which kind, how often."""

    id: int
    kind: str
    other: int | None
    other_type: str
    other_name: str
    owner: bool
    cadence_days: int | None
    closeness: str
    since: dt.date | None
    last_year: int | None
    opened_by: str


def row_of(table: pd.DataFrame, row: int) -> pd.Series | None:
    """Return one row by id, None when it is not there (any more)."""
    found = table[table["id"] == row]
    return None if found.empty else found.iloc[0]


def ancestors(organisations: pd.DataFrame, row: int) -> list[tuple[int, str]]:
    """Return the organisations above one, topmost first; a loop made by hand ends at its first repetition."""
    parents = dict(zip(organisations["id"], organisations["parent"], strict=True))
    names = dict(zip(organisations["id"], organisations["name"], strict=True))
    found: list[tuple[int, str]] = []
    seen = {row}
    above = number(parents.get(row))
    while above is not None and above not in seen and above in names and len(found) < TREE_DEPTH:
        found.append((above, text(names[above])))
        seen.add(above)
        above = number(parents.get(above))
    return found[::-1]


def children(organisations: pd.DataFrame, row: int) -> list[tuple[int, str]]:
    """Return the organisations directly below one, by name."""
    found = organisations[(organisations["parent"] == row).fillna(False)].sort_values("name")
    return [(int(i), text(n)) for i, n in zip(found["id"], found["name"], strict=True)]


def ties(functions: pd.DataFrame, side: str, row: int, names: dict[int, str], today: dt.date) -> list[Tie]:
    """Return the functions of an organisation or person: current ones first, main contacts first among them."""
    other = "person" if side == "organisation" else "organisation"
    found = functions[(functions[side] == row).fillna(False)]
    made = []
    for f in found.rename(columns={"name": "what"}).itertuples():
        other_id = number(getattr(f, other))
        start, end = day(f.valid_from), day(f.valid_to)
        made.append(
            Tie(
                id=row_id(f.id),
                other=other_id,
                other_name=names.get(other_id or 0, ""),
                what=text(f.what),
                main=yes(f.main_contact),
                mail="; ".join(standing_problems(text(f.mail_problem), [text(f.mail)])) or text(f.mail),
                phone=text(f.phone),
                start=start,
                end=end,
                current=is_current(start, end, today),
            )
        )
    made.sort(key=lambda t: (not t.current, not t.main, t.other_name.casefold()))
    return made


def timeline(interactions: pd.DataFrame, participants: pd.DataFrame, side: str, row: int) -> pd.DataFrame:
    """Return the contacts of an organisation or person, newest first, those where it only took part included."""
    part = participants.loc[(participants[side] == row).fillna(False), "interaction"].dropna()
    found = interactions[(interactions[side] == row).fillna(False) | interactions["id"].isin(part.astype("int64"))]
    return found.sort_values(["day", "id"], ascending=[False, False], na_position="last")


def timeline_across(
    interactions: pd.DataFrame, participants: pd.DataFrame, functions: pd.DataFrame, organisation: int
) -> pd.DataFrame:
    """Return the contacts of an organisation, and those of its people while they worked there, newest first.

    A contact that was logged with a person for another organisation is not among them.
    """
    own = timeline(interactions, participants, "organisation", organisation)
    held = functions.loc[(functions["organisation"] == organisation).fillna(False) & functions["person"].notna()]
    if held.empty:
        return own
    alone = interactions.loc[interactions["organisation"].isna() & interactions["person"].isin(held["person"])]
    spans = alone.merge(held[["person", "valid_from", "valid_to"]], on="person")
    there = (spans["valid_from"].isna() | (spans["valid_from"] <= spans["day"])) & (
        spans["valid_to"].isna() | (spans["day"] <= spans["valid_to"])
    )
    theirs = alone[alone["id"].isin(spans.loc[there, "id"]) & ~alone["id"].isin(own["id"])]
    if theirs.empty:
        return own
    return pd.concat([own, theirs]).sort_values(["day", "id"], ascending=[False, False], na_position="last")


def relations(
    relationships: pd.DataFrame, side: str, row: int, names: dict[str, dict[int, str]], former: Sequence[int] = ()
) -> list[Relation]:
    """Return the relationships of an organisation or person, also those in which an organisation is the department.

    ``former`` holds the rows that an organisation was before: what was known under its old names counts, too.
    """
    itself = {row, *former}
    mine = relationships[side].isin(itself)
    if side == "organisation":
        mine |= relationships["department"].isin(itself)
    made = []
    for r in relationships[mine].itertuples():
        for column, table in _OTHER_SIDES:
            other = number(getattr(r, column))
            if other is None or (table == side and other in itself):
                continue
            made.append(
                Relation(
                    id=row_id(r.id),
                    kind=text(r.kind),
                    other=other,
                    other_type=table,
                    other_name=names.get(table, {}).get(other, ""),
                    owner=yes(r.owner),
                    cadence_days=number(r.cadence_days),
                    closeness=text(r.closeness),
                    since=day(r.since),
                    last_year=number(r.last_year),
                    opened_by=text(r.opened_by),
                )
            )
    made.sort(key=lambda r: (not r.owner, -(r.last_year or 0), r.other_name.casefold()))
    return made


_OTHER_SIDES = (
    ("team_member", "team_member"),
    ("department", "organisation"),
    ("organisation", "organisation"),
    ("person", "person"),
)
