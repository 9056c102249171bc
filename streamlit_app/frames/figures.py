"""The figures of the overview, and the rows behind those that are not simply a list of contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from schemas.contacts.rules import is_current, is_within, step_is_open, step_is_overdue
from streamlit_app.frames.cells import day, text, yes

RECENT_DAYS = (30, 90)
"""The two spans over which contacts are counted."""

ROWS = ("kontakte-30", "kontakte-90", "funktionen", "beziehungen", "ueberfaellig", "offen")
"""The row lists that the overview can open."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the overview counts. ``spheres`` counts organisations by choice code, ``""`` for those without one."""

    organisations: int = 0
    persons: int = 0
    functions: int = 0
    relationships: int = 0
    recent: Mapping[int, int] = field(default_factory=dict)
    spheres: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0
    open_steps: int = 0


def count(tables: Mapping[str, pd.DataFrame], today: dt.date) -> Figures:
    """Count everything the overview shows; ``tables`` by code."""
    return Figures(
        organisations=len(tables["organisation"]),
        persons=len(tables["person"]),
        functions=int(current_functions(tables["function"], today).sum()),
        relationships=len(tables["relationship"]),
        recent={days: int(recent_interactions(tables["interaction"], today, days).sum()) for days in RECENT_DAYS},
        spheres={str(k): int(v) for k, v in tables["organisation"]["sphere"].fillna("").value_counts().items()},
        overdue=int(overdue_steps(tables["interaction"], today).sum()),
        open_steps=int(open_steps(tables["interaction"]).sum()),
    )


def current_functions(functions: pd.DataFrame, today: dt.date) -> pd.Series[bool]:
    """Say for each function whether it is held today."""
    spans = zip(functions["valid_from"], functions["valid_to"], strict=True)
    return pd.Series([is_current(day(a), day(b), today) for a, b in spans], index=functions.index, dtype=bool)


def recent_interactions(interactions: pd.DataFrame, today: dt.date, days: int) -> pd.Series[bool]:
    """Say for each interaction whether it lies in the last ``days`` days."""
    days_seen = {d: is_within(day(d), today, days) for d in interactions["day"].dropna().unique()}
    return interactions["day"].map(days_seen).eq(True)


def overdue_steps(interactions: pd.DataFrame, today: dt.date) -> pd.Series[bool]:
    """Say for each interaction whether its next step is overdue."""
    return _steps(interactions, lambda step, due, done: step_is_overdue(step, due, done, today))


def open_steps(interactions: pd.DataFrame) -> pd.Series[bool]:
    """Say for each interaction whether its next step is still to be done."""
    return _steps(interactions, lambda step, due, done: step_is_open(step, done))


def rows_behind(
    name: str, functions: pd.DataFrame, interactions: pd.DataFrame, relationships: pd.DataFrame, today: dt.date
) -> tuple[str, pd.DataFrame]:
    """Return the table code and the rows behind a figure, urgent or newest first; KeyError if unknown."""
    match name:
        case "kontakte-30" | "kontakte-90":
            found = interactions[recent_interactions(interactions, today, int(name.rpartition("-")[2]))]
            return "interaction", found.sort_values(["day", "id"], ascending=False)
        case "ueberfaellig":
            return "interaction", interactions[overdue_steps(interactions, today)].sort_values("next_step_due")
        case "offen":
            return "interaction", interactions[open_steps(interactions)].sort_values("next_step_due")
        case "funktionen":
            return "function", functions[current_functions(functions, today)].sort_values("name")
        case "beziehungen":
            return "relationship", relationships.sort_values("name")
    raise KeyError(name)


def contacts_per_month(interactions: pd.DataFrame, today: dt.date, months: int = 13) -> pd.DataFrame:
    """Return ``month`` (its first day), ``kind`` (choice code) and ``count`` for the last ``months`` months."""
    last = pd.Period(today, "M")
    dated = interactions.loc[interactions["day"] <= pd.Timestamp(today), ["day", "kind"]]
    dated = dated[dated["day"] >= (last - (months - 1)).start_time]
    grouped = dated.assign(month=dated["day"].dt.to_period("M").dt.start_time, kind=dated["kind"].fillna(""))
    return grouped.groupby(["month", "kind"]).size().reset_index(name="count")


def _steps(interactions: pd.DataFrame, rule: Callable[[str, dt.date | None, bool], bool]) -> pd.Series[bool]:
    named = interactions.loc[interactions["next_step"].notna(), ["next_step", "next_step_due", "next_step_done"]]
    found = [rule(text(step), day(due), yes(done)) for step, due, done in named.itertuples(index=False, name=None)]
    return pd.Series(found, index=named.index, dtype=bool).reindex(interactions.index, fill_value=False)
