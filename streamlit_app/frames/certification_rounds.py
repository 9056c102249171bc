"""The rounds as a list: where each stands, its seminar and its fair, and how far its cases got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from automations.certification.cases import as_case
from schemas.certification.choices import Phase, RoundState
from schemas.certification.rules.funnel import Stage, funnel
from schemas.certification.rules.procedure import Procedure
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from streamlit_app.frames.certification import day_of
from streamlit_app.frames.records import as_records

ProcedureOf = Callable[[CertificationRound], Procedure]
_ORDER = (RoundState.RUNNING, RoundState.PREPARED, RoundState.CLOSED)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list; days are those of its events in Berlin, ``out`` counts withdrawn and declined cases."""

    round: CertificationRound
    seminar_on: dt.date | None
    award_on: dt.date | None
    funnel: Mapping[Stage, int]
    waiting: int
    resting: int
    out: int

    @property
    def row(self) -> int:
        """Return the row of the round."""
        return self.round.id or 0

    @property
    def cases(self) -> int:
        """Return how many cases it has."""
        return self.funnel[Stage.JOINED]


def read_rounds(
    rounds: Sequence[CertificationRound], cases: pd.DataFrame, records: pd.DataFrame, events: pd.DataFrame,
    procedure_of: ProcedureOf,
) -> list[RoundLine]:  # fmt: skip
    """Return every round: those that run first, then those to come, the newest first."""
    told: dict[int, list[StepRecord]] = {}
    for record in as_records(records[list(_RECORD)], StepRecord):
        told.setdefault(record.certification or 0, []).append(record)
    mine: dict[int, list[Certification]] = {}
    for row in as_records(cases[list(_CASE)], Certification):
        mine.setdefault(row.round or 0, []).append(row)
    lines = [_line(one, mine.get(one.id or 0, []), told, events, procedure_of(one)) for one in rounds]
    return sorted(lines, key=lambda n: (_ORDER.index(state_of(n.round)), -(n.round.year or 0), -n.row))


def state_of(round_: CertificationRound) -> RoundState:
    """Return where a round stands; one that keeps no procedure has not begun, whatever its cell says."""
    if not round_.procedure:
        return RoundState.PREPARED
    return RoundState.CLOSED if round_.state == RoundState.CLOSED else RoundState.RUNNING


_RECORD = ("id", "name", "certification", "step_code", "outcome", "done_on")
_CASE = ("id", "round", "phase", "decision")


def _line(
    round_: CertificationRound, rows: Sequence[Certification], told: Mapping[int, Sequence[StepRecord]],
    events: pd.DataFrame, procedure: Procedure,
) -> RoundLine:  # fmt: skip
    cases = [as_case(row, told.get(row.id or 0, ()), procedure) for row in rows]
    phases = [case.phase for case in cases]
    return RoundLine(
        round_, day_of(events, round_.seminar), day_of(events, round_.award_event), funnel(procedure, cases),
        phases.count(Phase.WAITING), phases.count(Phase.PAUSED),
        phases.count(Phase.WITHDRAWN) + phases.count(Phase.DECLINED),
    )  # fmt: skip
