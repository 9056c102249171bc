"""Look-alikes as cases: pairs that hang together are one, the undecided ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.operations.choices import CaseState, DuplicateDecision
from schemas.operations.tables import Duplicate
from streamlit_app.frames.cells import number, text
from sync.pair_groups import Case, PairKey, cases_of, contradictions, pair_key


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The open cases in the order in which they are shown; ``broken`` are those whose decisions contradict each other.

    It tells by the number of the case which two rows were called different although other pairs make them one.
    """

    cases: tuple[Case, ...]
    broken: Mapping[int, PairKey]

    @property
    def undecided(self) -> int:
        """Return how many cases wait for a decision: none was made yet, or those that were contradict each other."""
        return sum(case.undecided or case_number(case) in self.broken for case in self.cases)


def case_number(case: Case) -> int:
    """Return what tells a case from others: the row of its first pair."""
    return min(pair.id or 0 for pair in case.pairs)


def look_alikes(table: pd.DataFrame) -> LookAlikes:
    """Return the cases of the table Dubletten."""
    shown = table[table["state"] == CaseState.OPEN]
    cases = cases_of(_pair(row) for row in shown.itertuples())
    apart = table[table["decision"] == DuplicateDecision.DIFFERENT]
    different = {pair_key(_pair(row)) for row in apart.itertuples()}
    same = [p for case in cases for p in case.pairs if p.decision == DuplicateDecision.SAME]
    why = contradictions(same, different)
    broken = {case_number(c): why[p.id] for c in cases for p in c.pairs if p.id in why}
    return LookAlikes(tuple(sorted(cases, key=lambda case: _place(case, broken))), broken)


def _place(case: Case, broken: Mapping[int, PairKey]) -> tuple[int, int, int]:
    at = case_number(case)
    rank = 0 if case.undecided or at in broken else 1 if case.waiting else 2
    return rank, -max(pair.confidence or 0 for pair in case.pairs), at


def _pair(row: Any) -> Duplicate:
    return Duplicate(
        id=int(row.id), name=text(row.name), first=text(row.first), second=text(row.second), reasons=text(row.reasons),
        confidence=number(row.confidence), decision=text(row.decision) or None, state=text(row.state) or None,
        first_link=text(row.first_link), second_link=text(row.second_link), table_code=text(row.table_code) or None,
        first_row=number(row.first_row), second_row=number(row.second_row),
    )  # fmt: skip
