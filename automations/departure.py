"""What handing over after somebody of theirs is made of: matters, who leaves, changes and steps. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from automations.relations import row_id
from schemas.contacts.rules.history import Subject
from schemas.model import Record, Value

Key = tuple[str, int, str]
"""Table code, row id and the column in which the person stands."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that hangs on a person: where it stands, about whom it is, what it is, by when it is due or ended.

    ``member`` is who of us has the relationship, ``deputy`` who sits there in their stead.
    """

    table: str
    row: int
    column: str
    subject: Subject
    what: str
    due: dt.date | None = None
    mail: str = ""
    member: int | None = None
    deputy: int | None = None

    @property
    def key(self) -> Key:
        """Return what the choice of a successor is kept under."""
        return self.table, self.row, self.column


@dataclass(frozen=True, slots=True)
class Departure:
    """Who leaves, on which day for the last time, and the organisation that open things fall back to.

    ``post`` says that mail to the old official address belongs to whoever follows.
    """

    person: int
    name: str
    last_day: dt.date
    home: int | None
    post: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Cells of one row, before and after."""

    table: str
    row: int
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one matter: a row that begins (its ``ident`` says whether it stands already), then changes."""

    new: Record | None = None
    change: Change | None = None
    first: Change | None = None

    @property
    def changes(self) -> list[Change]:
        """Return the changes in their order."""
        return [one for one in (self.first, self.change) if one is not None]


def change_of(record: Record, after: Mapping[str, Value]) -> Change | None:
    """Return what is to be written into a row, None for nothing."""
    if not after:
        return None
    return Change(record.table().code, record.id or 0, {code: record.value(code) for code in after}, after)


def rows_of(frame: pd.DataFrame, column: str, row: int) -> list[dict[Any, Any]]:
    """Return the rows of a frame that point at a row."""
    return frame[(frame[column] == row).fillna(False)].to_dict("records")


def about(one: Mapping[Any, Any], person: int) -> Subject:
    """Return whom a row is about: its organisation, else the person."""
    place = row_id(one["organisation"])
    return ("person", person) if place is None else ("organisation", place)


def text_of(cell: object) -> str:
    """Return a cell as text without blanks around it."""
    return cell.strip() if isinstance(cell, str) else ""


def is_set(cell: Any) -> bool:
    """Say whether a box is ticked."""
    return not pd.isna(cell) and bool(cell)
