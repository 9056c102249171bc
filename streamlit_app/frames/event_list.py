"""Events as a list: what, when, where, and how many are invited and come. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.events.rules.answers import Step
from schemas.events.rules.outcome import comes, is_not_invited_yet, people, place_of, reached_steps
from schemas.events.tables import Invitation
from streamlit_app.frames.cells import number, row_id, text
from streamlit_app.frames.records import as_records
from streamlit_app.frames.search import find, haystack


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the list; ``promised`` counts people, ``starts_at`` is aware UTC.

    ``waiting`` are on the list and not invited yet.
    """

    row: int
    name: str
    kind: str
    series: str
    state: str
    starts_at: dt.datetime | None
    venue: str
    capacity: int | None
    waiting: int
    invited: int
    promised: int
    words: str


def read_events(events: pd.DataFrame, invitations: pd.DataFrame) -> list[Line]:
    """Return every event, the latest first, those without a day before all."""
    waiting, invited, promised = _count(invitations)
    lines = [
        Line(
            row_id(e.id), text(e.name), text(e.kind), text(e.series), text(e.state), moment(e.starts_at), text(e.venue),
            number(e.capacity), waiting[row_id(e.id)], invited[row_id(e.id)], promised[row_id(e.id)],
            haystack([text(e.name), text(e.series), text(e.venue), text(e.city)]),
        )
        for e in events.itertuples()
    ]  # fmt: skip
    undated = [line for line in lines if line.starts_at is None]
    dated = [line for line in lines if line.starts_at is not None]
    return undated + sorted(dated, key=lambda line: (line.starts_at or _NEVER, line.row), reverse=True)


def chosen(lines: list[Line], words: str, kind: str, series: str) -> list[Line]:
    """Return the lines that fit all of this; what is empty does not count."""
    if words.strip():
        found = set(find([line.words for line in lines], words))
        lines = [line for at, line in enumerate(lines) if at in found]
    return [one for one in lines if (not kind or one.kind == kind) and (not series or one.series == series)]


def moment(value: Any) -> dt.datetime | None:
    """Return a cell as a moment (aware UTC), a missing one as None."""
    return None if value is None or pd.isna(value) else value.to_pydatetime()


_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


_COUNTED = (
    "event", "state", "answer", "place", "companions", "invited_at", "delivery", "checked_in_at", "walk_in",
)  # fmt: skip


def _count(invitations: pd.DataFrame) -> tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]:
    """Return by event how many are on the list but not invited yet, how many are invited, and how many people come."""
    waiting, invited, promised = Counter[int](), Counter[int](), Counter[int]()
    mine = invitations[invitations["event"].notna()]
    for row in as_records(mine[["id", *_COUNTED]], Invitation):
        event, reached = row.event or 0, reached_steps(row, place_of(row))
        invited[event] += Step.INVITED in reached
        waiting[event] += is_not_invited_yet(row, reached)
        promised[event] += people(row) if comes(row) else 0
    return waiting, invited, promised
