"""The cases of one round as the board, the calendar and their figures show them.

What counts follows from ``schemas.certification.rules``; here it is only put together, counted and listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from automations.certification.cases import as_case, right_phase, with_round
from automations.certification.holders import still_there
from automations.workdays import is_free
from schemas.certification.choices import Actor, Phase
from schemas.certification.rules.calendar import Chance, Way, is_stale, way_to
from schemas.certification.rules.funnel import Stage, funnel, reached
from schemas.certification.rules.procedure import Procedure, Step
from schemas.certification.rules.progress import (
    Case,
    current_step,
    days_in_step,
    missing,
    who_acts,
)
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.contacts.tables import Function
from streamlit_app.frames.records import as_records

ENDED = frozenset({Phase.AWARDED, Phase.WITHDRAWN, Phase.DECLINED})
"""Where nothing is to be done any more."""


class Tie(StrEnum):
    """Whether the coordinator of a case works at its placement."""

    HERE = "da"
    GONE = "nicht mehr da"
    NOBODY = "niemand benannt"
    UNKNOWN = "nicht bekannt"


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as it stands today: what is next, who acts, what is missing, whether it makes the fair.

    ``days`` counts days in the current step; ``right`` is the phase that the records ask for when the card lies
    elsewhere.
    """

    row: Certification
    case: Case
    step: Step | None
    actor: Actor | None
    days: int | None
    missing: tuple[Step, ...]
    stale: bool
    right: Phase | None
    way: Way
    reached: frozenset[Stage]
    coordinator: str
    tie: Tie

    @property
    def id(self) -> int:
        """Return the row of the case."""
        return self.row.id or 0

    @property
    def name(self) -> str:
        """Return the name of the placement."""
        return self.row.name or ""

    @property
    def ended(self) -> bool:
        """Say whether nothing is to be done any more."""
        return self.case.phase in ENDED

    @property
    def at_risk(self) -> bool:
        """Say whether nobody who was trained is there (any more) while the case goes on."""
        return not self.ended and self.tie in (Tie.GONE, Tie.NOBODY)


@dataclass(frozen=True, slots=True)
class RoundBook:
    """A round with its procedure and all its cases, by name; ``award_on`` is the day of the award event in Berlin."""

    round: CertificationRound
    procedure: Procedure
    award_on: dt.date | None
    cases: tuple[Standing, ...]

    def named(self, name: str) -> list[Standing]:
        """Return the cases of one list: of ``LISTS``, ``phase-…``, ``dran-…``, ``stufe-…`` or ``aussicht-…``."""
        keep = _asked(name)
        return [one for one in self.cases if keep(one)] if keep else []

    def funnel(self) -> dict[Stage, int]:
        """Return how many cases reached each stage."""
        return funnel(self.procedure, (one.case for one in self.cases))

    def case(self, row: int) -> Standing | None:
        """Return one case, None when it is not in this round."""
        return next((one for one in self.cases if one.id == row), None)


LISTS: Mapping[str, Callable[[Standing], bool]] = {
    "alle": lambda s: True,
    "laufende": lambda s: s.case.running,
    "wartet": lambda s: s.case.phase == Phase.WAITING,
    "liegt": lambda s: s.stale,
    "fehlt": lambda s: bool(s.missing),
    "karte": lambda s: s.right is not None,
    "koordination": lambda s: s.at_risk,
    "ruht": lambda s: s.case.phase == Phase.PAUSED,
    "aus": lambda s: s.case.phase in (Phase.WITHDRAWN, Phase.DECLINED),
}
"""The rows behind the figures of a round, by the name in the address."""

_KINDS: Mapping[str, Callable[[Standing, str], bool]] = {
    "phase": lambda s, code: s.case.phase == code,
    "dran": lambda s, code: s.actor == code,
    "stufe": lambda s, code: code in s.reached,
    "aussicht": lambda s, code: s.way.chance == code,
}


def _asked(name: str) -> Callable[[Standing], bool] | None:
    if name in LISTS:
        return LISTS[name]
    kind, _, code = name.partition("-")
    return (lambda s: _KINDS[kind](s, code)) if kind in _KINDS else None


@dataclass(frozen=True, slots=True)
class Around:
    """What all cases of a round share."""

    round: CertificationRound
    procedure: Procedure
    award_on: dt.date | None
    today: dt.date


def read_round(
    around: Around, rows: Sequence[Certification], records: pd.DataFrame, functions: pd.DataFrame,
    persons: Mapping[int, str],
) -> RoundBook:  # fmt: skip
    """Return a round with its cases from the frames ``step_record`` and ``function`` and the names of persons."""
    told = records_by_case(records, [row.id or 0 for row in rows])
    ties = coordinators(rows, functions, around.today)
    cases = [
        standing(around, row, told.get(row.id or 0, ()), persons.get(row.coordinator or 0, ""), ties[row.id or 0])
        for row in rows
    ]
    shown = sorted(cases, key=lambda s: (s.name.casefold(), s.id))
    return RoundBook(around.round, around.procedure, around.award_on, tuple(shown))


def standing(
    around: Around, row: Certification, records: Iterable[StepRecord], coordinator: str, tie: Tie
) -> Standing:  # fmt: skip
    """Return how one case stands."""
    procedure, today = around.procedure, around.today
    case = with_round(as_case(row, records, procedure), around.round)
    return Standing(
        row, case, current_step(procedure, case), who_acts(procedure, case), days_in_step(procedure, case, today),
        tuple(missing(procedure, case)), is_stale(procedure, case, today), right_phase(row, case, procedure),
        way_to(procedure, case, around.award_on, today, is_free), reached(procedure, case), coordinator, tie,
    )  # fmt: skip


def records_by_case(table: pd.DataFrame, rows: Sequence[int]) -> dict[int, list[StepRecord]]:
    """Return what was recorded of these cases, by case."""
    found: dict[int, list[StepRecord]] = {}
    for record in as_records(table[table["certification"].isin(list(rows))], StepRecord):
        found.setdefault(record.certification or 0, []).append(record)
    return found


def coordinators(rows: Sequence[Certification], functions: pd.DataFrame, today: dt.date) -> dict[int, Tie]:
    """Return by case whether its coordinator works at the placement, as the functions tell."""
    held: dict[int, list[Function]] = {}
    wanted = functions[functions["person"].isin([row.coordinator for row in rows if row.coordinator])]
    for one in as_records(wanted, Function):
        held.setdefault(one.person or 0, []).append(one)
    return {row.id or 0: _tie(row, held, today) for row in rows}


def _tie(row: Certification, held: Mapping[int, Sequence[Function]], today: dt.date) -> Tie:
    if row.coordinator is None:
        return Tie.NOBODY
    there = still_there(row.coordinator, row.site, held.get(row.coordinator, ()), today)
    return Tie.UNKNOWN if there is None else Tie.HERE if there else Tie.GONE


def day_of(events: pd.DataFrame, row: int | None) -> dt.date | None:
    """Return the day of an event in Berlin, None without one."""
    found = events.loc[events["id"] == row, "starts_at"].dropna() if row is not None else ()
    return next((moment.tz_convert("Europe/Berlin").date() for moment in found), None)


ORDER_OF_CHANCES = (Chance.LATE, Chance.TIGHT, Chance.EASY, Chance.DONE, Chance.UNKNOWN)
"""What has to be looked at first comes first."""
