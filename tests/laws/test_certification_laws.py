"""Laws of the certification: no award without a decision, time changes no state, nothing averages away a must."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.certification.choices import Actor, Decision, Phase, Rating, RecordOutcome, SealState, Validity
from schemas.certification.rules.assessment import Rated, Verdict, summarise
from schemas.certification.rules.calendar import Chance, is_stale, way_to
from schemas.certification.rules.procedure import DEFAULT, WORKING_PHASES, read_procedure
from schemas.certification.rules.progress import (
    Case,
    Move,
    Noted,
    after,
    current_step,
    days_in_step,
    decision_step,
    merge_cases,
    missing,
    obstacles,
    open_steps,
    phase_after,
    settled,
    who_acts,
)
from schemas.certification.rules.seals import Risk, Seal, age, counts, latest_by_site, offer_refresh, risks

BEGUN = dt.date(2025, 9, 1)
CODES = [step.code for step in DEFAULT.steps]


def is_free(day: dt.date) -> bool:
    return day.weekday() >= 5


days = st.integers(0, 700).map(lambda n: BEGUN + dt.timedelta(days=n))
records = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(list(RecordOutcome)), days), max_size=16).map(
    lambda rows: tuple(Noted(at, *row) for at, row in enumerate(rows, start=1))
)
cases = st.builds(
    Case,
    phase=st.sampled_from(list(Phase)),
    noted=records,
    decision=st.one_of(st.none(), st.sampled_from(list(Decision))),
    report_signed=st.booleans(),
    begun_on=st.just(BEGUN),
)
moves = st.lists(
    st.tuples(
        st.sampled_from(list(Move)), st.sampled_from(CODES), st.sampled_from(list(RecordOutcome)),
        st.sampled_from(list(Decision)), st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=400)
@given(moves)
def test_no_order_of_legal_moves_reaches_an_award_without_a_decision_and_every_required_step(played):
    case = Case(Phase.SEMINAR, begun_on=BEGUN)

    for number, (move, code, outcome, decision, signed) in enumerate(played, start=1):
        case = replace(case, report_signed=case.report_signed or signed)
        if obstacles(move, DEFAULT, case):
            with pytest.raises(ValueError, match=r"\w"):
                after(move, DEFAULT, case)
            continue
        told = Noted(number, code, RecordOutcome.RETURNED if move == Move.RETURN else outcome, BEGUN)
        before = case
        case = after(move, DEFAULT, case, noted=told, decision=decision)
        step = DEFAULT.step(code)
        if move == Move.RETURN and step is not None and step.phase != Phase.WAITING:
            assert case.decision != Decision.YES, "what it rested on was given back"
        if case.phase == Phase.AWARDED and before.phase != Phase.AWARDED:
            assert move == Move.AWARD
            assert before.decision == Decision.YES
            assert before.report_signed
            assert not [s for s in open_steps(DEFAULT, before) if s.required]


def test_a_case_that_does_everything_in_order_ends_with_a_seal():
    case = Case(Phase.SEMINAR, begun_on=BEGUN)
    for number, step in enumerate(DEFAULT.steps, start=1):
        if step.phase == Phase.WAITING and case.decision is None:
            case = replace(case, report_signed=True)
            case = after(Move.DECIDE, DEFAULT, case, decision=Decision.YES)
        case = after(Move.RECORD, DEFAULT, case, noted=Noted(number, step.code, RecordOutcome.DONE, BEGUN))
    assert case.phase == Phase.WAITING
    assert obstacles(Move.AWARD, DEFAULT, case) == []

    assert after(Move.AWARD, DEFAULT, case).phase == Phase.AWARDED


@given(cases, days, days)
def test_time_alone_changes_no_state(case, one_day, other_day):
    early, late = sorted((one_day, other_day))

    assert phase_after(DEFAULT, case) == phase_after(DEFAULT, case)
    before, later = days_in_step(DEFAULT, case, early), days_in_step(DEFAULT, case, late)
    assert (current_step(DEFAULT, case) is None) == (later is None) or before is None
    if before is not None and later is not None and all(n.on <= early for n in case.noted):
        assert later == before + (late - early).days


@given(cases)
def test_a_dragged_card_is_never_forbidden_and_what_it_jumped_is_named(case):
    for phase in Phase:
        dragged = replace(case, phase=phase)
        jumped = {step.code for step in missing(DEFAULT, dragged)}
        done = set(settled(dragged.noted))
        assert not jumped & done
        if phase in WORKING_PHASES:
            at = WORKING_PHASES.index(phase)
            expected = {s.code for s in DEFAULT.steps if s.required and WORKING_PHASES.index(s.phase) < at} - done
            assert jumped == expected
        step = current_step(DEFAULT, dragged)
        assert (step is None) or step.code not in done
        if step is not None:
            assert who_acts(DEFAULT, dragged) == step.actor


@given(cases, st.sampled_from(CODES), days)
def test_a_recorded_step_never_takes_a_card_back_that_staff_laid_further_ahead(case, code, day):
    if not case.running:
        return
    new = after(Move.RECORD, DEFAULT, case, noted=Noted(99, code, RecordOutcome.DONE, day))

    if new.phase in WORKING_PHASES:
        assert WORKING_PHASES.index(new.phase) >= WORKING_PHASES.index(case.phase)
    else:
        assert new.phase == Phase.DECLINED == phase_after(DEFAULT, case)


@given(cases)
def test_nobody_is_asked_for_the_certificate_before_the_network_has_decided_for_the_seal(case):
    step = current_step(DEFAULT, case)

    if case.decision != Decision.YES:
        assert step is None or step.phase != Phase.WAITING
        if case.running and step is None:
            assert who_acts(DEFAULT, case) == Actor.NETWORK


def test_a_decision_settles_the_step_of_the_network_so_that_the_case_waits_for_the_fair():
    done = tuple(
        Noted(n, s.code, RecordOutcome.DONE, BEGUN)
        for n, s in enumerate(DEFAULT.steps, start=1)
        if s.phase != Phase.WAITING and s.phase != Phase.DECISION
    )
    case = Case(Phase.DECISION, done, report_signed=True)
    step = decision_step(DEFAULT, case)

    assert step is not None
    decided = after(
        Move.DECIDE, DEFAULT, case, noted=Noted(99, step.code, RecordOutcome.DONE, BEGUN), decision=Decision.YES
    )
    assert decided.phase == Phase.WAITING
    assert who_acts(DEFAULT, decided) == Actor.CITY
    assert decision_step(DEFAULT, decided) is None


STEPS = {step.code: step for step in DEFAULT.steps}


@pytest.mark.parametrize(
    ("code", "decision", "signed"),
    [
        ("anmeldung", Decision.LATER, True), ("team", Decision.LATER, False), ("unterlagen", Decision.LATER, False),
        ("besuch", Decision.LATER, False), ("gutachten", Decision.LATER, False), ("entscheidung", Decision.LATER, True),
        ("urkunde", Decision.YES, True),
    ],
)  # fmt: skip
def test_a_step_that_is_given_back_takes_decision_and_sign_off_with_it_where_they_rest_on_it(code, decision, signed):
    done = tuple(Noted(n, one, RecordOutcome.DONE, BEGUN) for n, one in enumerate(CODES, start=1))
    case = Case(Phase.WAITING, done, Decision.YES, BEGUN, report_signed=True, report_begun=True)
    back = after(Move.RETURN, DEFAULT, case, noted=Noted(98, code, RecordOutcome.RETURNED, BEGUN))
    again = after(Move.RECORD, DEFAULT, back, noted=Noted(99, code, RecordOutcome.DONE, BEGUN))

    assert (back.decision, back.report_signed) == (decision, signed)
    assert bool(obstacles(Move.AWARD, DEFAULT, again)) == (decision != Decision.YES)
    if decision == Decision.YES:
        return
    assert again.phase == Phase.DECISION
    assert who_acts(DEFAULT, again) == Actor.NETWORK
    assert decision_step(DEFAULT, again) == STEPS["entscheidung"], "decided anew, with its own day"
    assert (obstacles(Move.DECIDE, DEFAULT, again) == []) == signed


@pytest.mark.parametrize(
    ("decided_on", "on", "signed", "begun", "expected"),
    [
        (BEGUN, BEGUN, True, True, ""),
        (BEGUN + dt.timedelta(days=1), BEGUN, True, True, "Die Entscheidung ist vom 02.09.2025, die Verleihung vom"),
        (BEGUN + dt.timedelta(days=1), None, True, True, ""),  # the day of the award is not known yet
        (None, BEGUN, True, True, ""),  # decided on paper
        (BEGUN, BEGUN, False, True, "Der Bericht ist nicht (mehr) freigegeben."),
        (BEGUN, BEGUN, False, False, ""),  # the report was never written here
    ],
)  # fmt: skip
def test_nothing_is_awarded_before_it_was_decided_nor_on_a_report_that_nobody_stands_for(decided_on, on, signed, begun,
                                                                                        expected):  # fmt: skip
    done = tuple(Noted(n, one, RecordOutcome.DONE, BEGUN) for n, one in enumerate(CODES, start=1))
    case = Case(Phase.WAITING, done, Decision.YES, decided_on, report_signed=signed, report_begun=begun)
    found = obstacles(Move.AWARD, DEFAULT, case, on)
    assert " ".join(found).startswith(expected)
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("code", "later", "expected"),
    [
        ("gutachten", 1, True),
        ("entscheidung", 1, False),
        ("gutachten", 0, True),
        ("gutachten", -1, False),
        ("urkunde", 1, False),
    ],
)
def test_a_step_that_staff_gave_back_in_the_table_after_the_decision_asks_for_a_new_one(code, later, expected):
    done = tuple(Noted(n, one, RecordOutcome.DONE, BEGUN) for n, one in enumerate(CODES, start=1))
    day = BEGUN + dt.timedelta(days=later)
    again = (Noted(98, code, RecordOutcome.RETURNED, day), Noted(99, code, RecordOutcome.DONE, day))
    case = Case(Phase.WAITING, (*done, *again), Decision.YES, BEGUN, report_signed=True)

    found = obstacles(Move.AWARD, DEFAULT, case)
    assert found == ([f"Nach der Entscheidung vom 01.09.2025 wurde „{STEPS[code].name}“ zurückgegeben; "
                      "bitte neu entscheiden."] if expected else [])  # fmt: skip


@pytest.mark.parametrize(
    ("code", "later", "expected"),
    [("gutachten", 1, True), ("gutachten", 0, False), ("gutachten", -1, False), ("urkunde", 1, False),
     ("unterlagen", 1, False)],
)  # fmt: skip
def test_a_step_whose_record_was_deleted_or_turned_and_made_anew_after_the_decision_asks_for_a_new_one(
    code, later, expected
):
    kept = tuple(Noted(n, one, RecordOutcome.DONE, BEGUN) for n, one in enumerate(CODES, start=1) if one != code)
    day = BEGUN + dt.timedelta(days=later)
    new = Noted(99, code, RecordOutcome.DONE, day)
    for old in ((), (Noted(1, code, RecordOutcome.RETURNED, BEGUN - dt.timedelta(days=3)),)):
        case = Case(Phase.WAITING, (*old, *kept, new), Decision.YES, BEGUN, report_signed=True)
        assert obstacles(Move.AWARD, DEFAULT, case) == (
            [f"„{STEPS[code].name}“ ist vom {day:%d.%m.%Y}, die Entscheidung vom 01.09.2025; bitte neu entscheiden."]
            if expected else []
        )  # fmt: skip
    step = decision_step(DEFAULT, case)
    assert (step is not None) == expected, "the new decision is recorded like the first"
    if step is not None:
        noted = Noted(100, step.code, RecordOutcome.DONE, day)
        decided = after(Move.DECIDE, DEFAULT, case, noted=noted, decision=Decision.YES)
        assert obstacles(Move.AWARD, DEFAULT, replace(decided, decided_on=day)) == []


@given(cases, cases)
def test_merging_two_sites_loses_no_record_and_takes_no_refusal_over(one, other):
    merged = merge_cases(one, other)
    both = {one.decision, other.decision}

    assert set(merged.noted) == {*one.noted, *other.noted}
    if Phase.AWARDED in (one.phase, other.phase):
        awarded = one if one.phase == Phase.AWARDED else other
        assert (merged.phase, merged.decision) == (Phase.AWARDED, awarded.decision)
    elif len(both) == 1:
        assert merged.decision == one.decision
    else:
        assert merged.decision == (Decision.YES if both == {None, Decision.YES} else Decision.LATER)
        assert merged.phase != Phase.WAITING or merged.decision == Decision.YES
    again = replace(one, phase=merged.phase, decision=merged.decision)
    told = merge_cases(again, other)
    assert (told.phase, told.decision) == (merged.phase, merged.decision), "repeated after a kill it ends the same"


@given(cases, st.integers(0, 800))
def test_the_later_one_begins_the_worse_the_chance_for_the_fair(case, wait):
    award = BEGUN + dt.timedelta(days=600)
    rank = [Chance.EASY, Chance.TIGHT, Chance.LATE]
    case = replace(case, noted=tuple(n for n in case.noted if n.on <= BEGUN), phase_since=None)
    first = way_to(DEFAULT, case, award, BEGUN + dt.timedelta(days=60), is_free)
    last = way_to(DEFAULT, case, award, BEGUN + dt.timedelta(days=60 + wait), is_free)

    if first.chance in rank and last.chance in rank and wait > 70:
        assert rank.index(last.chance) >= rank.index(first.chance)
    assert first.weeks == last.weeks


def test_a_whole_way_of_43_weeks_makes_a_fair_in_a_year_and_not_one_in_half_a_year():
    case = Case(Phase.SEMINAR, begun_on=BEGUN)
    weeks = sum(step.weeks for step in DEFAULT.steps if step.required)

    assert way_to(DEFAULT, case, BEGUN + dt.timedelta(days=540), BEGUN, is_free).chance == Chance.EASY
    assert way_to(DEFAULT, case, BEGUN + dt.timedelta(weeks=weeks + 4), BEGUN, is_free).chance == Chance.TIGHT
    assert way_to(DEFAULT, case, BEGUN + dt.timedelta(days=180), BEGUN, is_free).chance == Chance.LATE
    assert is_stale(DEFAULT, case, BEGUN + dt.timedelta(weeks=11))
    assert not is_stale(DEFAULT, replace(case, phase=Phase.PAUSED), BEGUN + dt.timedelta(weeks=99))


def test_what_waits_for_the_fair_is_never_stale():
    done = tuple(Noted(at, step.code, RecordOutcome.DONE, BEGUN) for at, step in enumerate(DEFAULT.steps[:-1], start=1))
    case = Case(Phase.WAITING, noted=done, decision=Decision.YES, begun_on=BEGUN)
    assert current_step(DEFAULT, case) == DEFAULT.steps[-1]
    assert not is_stale(DEFAULT, case, BEGUN + dt.timedelta(weeks=104))


rated = st.lists(
    st.builds(
        Rated, st.sampled_from([c.code for c in DEFAULT.criteria]), st.one_of(st.none(), st.sampled_from(list(Rating))),
        st.one_of(st.none(), st.sampled_from(list(Rating))),
    ),
    max_size=12, unique_by=lambda one: one.criterion,
)  # fmt: skip


@given(rated)
def test_a_missing_must_criterion_is_never_averaged_away(given_ratings):
    told = summarise(DEFAULT, given_ratings)
    known = {one.criterion: one for one in given_ratings}

    for criterion in (c for c in DEFAULT.criteria if c.must):
        own = known.get(criterion.code)
        met = own is not None and own.counts in (Rating.MOSTLY, Rating.FULLY)
        assert (criterion.code in told.must_missing) == (not met)
    assert told.verdict not in (Verdict.GOOD, Verdict.WEAK) or not told.must_missing
    assert all(share is None or 0 <= share <= 1 for share in told.areas.values())
    assert set(told.apart) <= {one.criterion for one in given_ratings if one.own and one.review}


def test_the_procedure_of_a_round_comes_back_from_its_text_and_garbage_does_not():
    assert read_procedure(DEFAULT.as_text()) == DEFAULT
    assert read_procedure("kaputt") is None
    assert read_procedure(None) is None
    assert read_procedure('{"steps": [{"code": "x"}], "criteria": []}') is None


@given(
    st.integers(2005, 2026), st.sampled_from(list(Validity)), st.one_of(st.none(), st.integers(1, 6)),
    st.sampled_from(list(SealState)),
)  # fmt: skip
def test_a_seal_with_a_year_never_ends_by_itself_and_a_revoked_one_never_counts(year, validity, years, state):
    seal = Seal(1, year, f"{year}-001", state, validity, years)
    far = dt.date(2090, 1, 1)

    assert age(seal, far) == 2090 - year
    if state == SealState.REVOKED:
        assert not counts(seal, far)
        assert not offer_refresh(seal, far)
    elif validity == Validity.YEAR_STAMP:
        assert counts(seal, far)
        assert offer_refresh(seal, far)


def test_a_trained_coordinator_who_left_puts_the_seal_at_risk_and_the_seal_stays():
    seal = Seal(1, 2024, "2024-001", trained=False)

    assert risks(seal) == (Risk.COORDINATOR_GONE,)
    assert counts(seal, dt.date(2026, 3, 1))
    assert risks(replace(seal, trained=None)) == ()


def test_a_refreshed_seal_takes_the_place_of_the_one_before_it():
    old, new, other = Seal(1, 2019, "2019-004"), Seal(1, 2025, "2025-001"), Seal(2, 2021, "2021-009")

    assert latest_by_site([old, new, other]) == {1: new, 2: other}
