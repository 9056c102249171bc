"""Laws of a round: its funnel never widens, and what differs between two versions of a procedure is told exactly."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from schemas.certification.choices import Decision, Phase, RecordOutcome
from schemas.certification.rules.funnel import Stage, funnel, reached, stages
from schemas.certification.rules.procedure import DEFAULT, Procedure, Step
from schemas.certification.rules.progress import Case, Noted
from schemas.certification.rules.versions import Kind, differences

DAY = dt.date(2026, 9, 1)
CODES = [step.code for step in DEFAULT.steps]
cases = st.builds(
    Case,
    phase=st.sampled_from(list(Phase)),
    noted=st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(list(RecordOutcome))), max_size=12).map(
        lambda told: tuple(Noted(at, code, outcome, DAY) for at, (code, outcome) in enumerate(told, start=1))
    ),
    decision=st.one_of(st.none(), st.sampled_from(list(Decision))),
)
procedures = st.permutations(list(DEFAULT.steps)).flatmap(
    lambda steps: st.integers(0, len(steps)).map(lambda count: Procedure(tuple(steps[:count]), DEFAULT.criteria))
)


@given(st.lists(cases, max_size=12), procedures)
def test_the_funnel_never_widens_and_begins_with_everybody(given_cases, procedure):
    counts = list(funnel(procedure, given_cases).values())
    assert counts[0] == len(given_cases)
    assert counts == sorted(counts, reverse=True)


@given(cases)
def test_a_seal_is_reached_only_by_the_card_and_a_record_never_takes_a_stage_away(case):
    found = reached(DEFAULT, case)
    assert Stage.JOINED in found
    assert (Stage.AWARDED in found) == (case.phase == Phase.AWARDED)
    row = len(case.noted) + 1
    for code in CODES:
        more = replace(case, noted=(*case.noted, Noted(row, code, RecordOutcome.DONE, DAY)))
        assert found <= reached(DEFAULT, more)


def test_a_procedure_without_a_check_has_no_stages_for_it():
    assert stages(Procedure((), ())) == (Stage.JOINED, Stage.DECIDED, Stage.AWARDED)


@given(procedures, procedures)
def test_versions_are_the_same_exactly_when_nothing_differs(one, other):
    assert (differences(one, other) == []) == (one == other)
    told = differences(one, other)
    assert sum(d.kind == Kind.ADDED for d in told) - sum(d.kind == Kind.REMOVED for d in told) == (
        len(other.steps) - len(one.steps)
    )


@given(st.integers(0, len(CODES) - 1), st.integers(0, len(CODES) - 1))
def test_one_step_that_moves_is_the_only_one_told_of(frm, to):
    steps = list(DEFAULT.steps)
    steps.insert(to, steps.pop(frm))
    told = differences(DEFAULT, Procedure(tuple(steps), DEFAULT.criteria))
    assert len(told) == (frm != to)
    assert all(d.kind == Kind.MOVED for d in told)


def test_a_new_name_is_a_change_of_the_same_step():
    first: Step = DEFAULT.steps[0]
    renamed = Procedure((replace(first, name="Interesse", weeks=9), *DEFAULT.steps[1:]), DEFAULT.criteria)
    assert [(d.kind, d.name, d.before) for d in differences(DEFAULT, renamed)] == [
        (Kind.RENAMED, "Interesse", first.name), (Kind.CHANGED, "Interesse", ""),
    ]  # fmt: skip
