"""Events as a list: what, when, where, and how many are invited and come. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.events.choices import InvitationState, Place
from schemas.events.rules.answers import COMING
from streamlit_app.frames.cells import number, text
from streamlit_app.frames.search import find, haystack


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the list; ``promised`` counts people, ``starts_at`` is aware UTC."""

    row: int
    name: str
    kind: str
    series: str
    state: str
    starts_at: dt.datetime | None
    venue: str
    capacity: int | None
    noted: int
    invited: int
    promised: int
    words: str


def read_events(events: pd.DataFrame, invitations: pd.DataFrame) -> list[Line]:
    """Return every event, the latest first, those without a day before all."""
    noted, invited, promised = _count(invitations)
    lines = [
        Line(
            int(e.id), text(e.name), text(e.kind), text(e.series), text(e.state), moment(e.starts_at), text(e.venue),
            number(e.capacity), noted[int(e.id)], invited[int(e.id)], promised[int(e.id)],
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


def _count(invitations: pd.DataFrame) -> tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]:
    """Return by event how many are on the list, how many of them are invited, and how many people come."""
    on_list = invitations[invitations["state"].isin([InvitationState.NOTED, InvitationState.INVITED])]
    invited = on_list[(on_list["state"] == InvitationState.INVITED) & ~on_list["walk_in"].fillna(False).astype(bool)]
    comes = on_list[on_list["answer"].isin(list(COMING)) & ~(on_list["place"] == Place.WAITING).fillna(False)]
    people = Counter[int]()
    for event, more in zip(comes["event"], comes["companions"], strict=True):
        if not pd.isna(event):
            people[int(event)] += 1 + max(number(more) or 0, 0)
    return Counter(_ids(on_list)), Counter(_ids(invited)), people


def _ids(rows: pd.DataFrame) -> list[int]:
    return [int(event) for event in rows["event"].dropna()]
