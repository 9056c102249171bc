"""Where a case stands: its current step, what is missing, who acts next, and which moves are legal. Pure.

A case is the records of its steps and the phase of its card. Staff may drag the card anywhere: nothing is forbidden,
but what was jumped over is named as missing. No order of legal steps reaches an award without a decision, and time
alone changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.certification.choices import Actor, Decision, Phase, RecordOutcome
from schemas.certification.rules.procedure import WORKING_PHASES, Procedure, Step


@dataclass(frozen=True, slots=True)
class Noted:
    """A record of a step; ``row`` tells two of one day apart (the later written counts)."""

    row: int
    step: str
    outcome: RecordOutcome
    on: dt.date


@dataclass(frozen=True, slots=True)
class Case:
    """One placement in one round, as far as its progress is concerned."""

    phase: Phase
    noted: tuple[Noted, ...] = ()
    decision: Decision | None = None
    decided_on: dt.date | None = None
    report_signed: bool = False
    report_begun: bool = False
    has_coordinator: bool = True
    begun_on: dt.date | None = None
    phase_since: dt.date | None = None
    paused_until: dt.date | None = None

    @property
    def running(self) -> bool:
        """Say whether it is on its way (a pause is not)."""
        return self.phase in WORKING_PHASES


def settled(noted: Iterable[Noted]) -> dict[str, Noted]:
    """Return the record of every step that counts: the latest; a step that was given back counts as not done."""
    last: dict[str, Noted] = {}
    for one in sorted(noted, key=lambda n: (n.on, n.row)):
        last[one.step] = one
    return {code: one for code, one in last.items() if one.outcome != RecordOutcome.RETURNED}


def open_steps(procedure: Procedure, case: Case) -> list[Step]:
    """Return the steps of the round that are not done, in their order, optional ones included."""
    done = settled(case.noted)
    return [step for step in procedure.steps if step.code not in done]


def current_step(procedure: Procedure, case: Case) -> Step | None:
    """Return the step to be done now: the first open one of the card's phase or a later one, else an earlier one.

    What comes after a decision for the seal is not due before it. None when the case is over or rests, or nothing is
    open but the decision itself.
    """
    if not case.running:
        return None
    order = list(WORKING_PHASES)
    left = [s for s in open_steps(procedure, case) if s.phase != Phase.WAITING or case.decision == Decision.YES]
    here = [step for step in left if order.index(step.phase) >= order.index(case.phase)]
    required = [step for step in here if step.required]
    return next(iter(required), None) or next(iter(s for s in left if s.required), None) or next(iter(here), None)


def missing(procedure: Procedure, case: Case) -> list[Step]:
    """Return the required steps before the card's phase that nobody recorded: a dragged card may have jumped them."""
    if case.phase in (Phase.PAUSED, Phase.WITHDRAWN, Phase.DECLINED):
        return []
    order = list(WORKING_PHASES)
    at = len(order) if case.phase == Phase.AWARDED else order.index(case.phase)
    return [s for s in open_steps(procedure, case) if s.required and order.index(s.phase) < at]


def who_acts(procedure: Procedure, case: Case) -> Actor | None:
    """Return who has to act next, None when nobody has to: the network decides, and hands over with the city."""
    if not case.running:
        return None
    step = current_step(procedure, case)
    if step is not None:
        return step.actor
    return Actor.CITY if case.decision == Decision.YES else Actor.NETWORK


def decision_step(procedure: Procedure, case: Case) -> Step | None:
    """Return the step that a decision settles, None when the procedure has none such or it is done.

    One that is done is settled anew where the network has to decide again.
    """
    steps = [s for s in procedure.steps if s.phase == Phase.DECISION and s.actor == Actor.NETWORK]
    done = settled(case.noted)
    left = [step for step in steps if step.code not in done]
    again = case.decision == Decision.LATER or _given_back_since(procedure, case) or _done_since(procedure, case)
    return next(iter(left), None) or (steps[-1] if steps and again else None)


def days_in_step(procedure: Procedure, case: Case, today: dt.date) -> int | None:
    """Return for how many days the current step has been open: since the one before it was done, else the beginning."""
    if current_step(procedure, case) is None:
        return None
    begun = [n.on for n in settled(case.noted).values() if n.on <= today]
    begun += [n.on for n in case.noted if n.outcome == RecordOutcome.RETURNED and n.on <= today]
    begun += [day for day in (case.begun_on, case.phase_since) if day is not None and day <= today]
    return (today - max(begun)).days if begun else None


def phase_after(procedure: Procedure, case: Case) -> Phase:
    """Return the phase that follows from records and decision; ends and pauses stay what they are."""
    return working_phase(procedure, case) if case.running else case.phase


def working_phase(procedure: Procedure, case: Case) -> Phase:
    """Return where a case belongs by its records and its decision alone, wherever its card lies.

    A decision for the seal without open steps waits for the fair: awarding is an act of its own.
    """
    if case.decision == Decision.NO:
        return Phase.DECLINED
    left = [step for step in open_steps(procedure, case) if step.required]
    if not left:
        return Phase.WAITING if case.decision == Decision.YES else Phase.DECISION
    if left[0].phase == Phase.WAITING and case.decision != Decision.YES:
        return Phase.DECISION
    return left[0].phase


class Move(StrEnum):
    """What can be done with a case."""

    RECORD = "Schritt erledigen"
    RETURN = "Zurückgeben"
    PAUSE = "Ruhen lassen"
    RESUME = "Weitermachen"
    WITHDRAW = "Zurückziehen"
    DECIDE = "Entscheiden"
    AWARD = "Verleihen"
    REOPEN = "Wieder aufnehmen"


def obstacles(move: Move, procedure: Procedure, case: Case, on: dt.date | None = None) -> list[str]:
    """Return in German what stands in the way of a move; empty when it is legal. ``on`` is its day, where known."""
    found: list[str] = []
    if move in (Move.RECORD, Move.RETURN, Move.PAUSE, Move.DECIDE) and not case.running:
        found.append("Das Verfahren läuft nicht.")
    if move == Move.RESUME and case.phase != Phase.PAUSED:
        found.append("Das Verfahren ruht nicht.")
    if move == Move.WITHDRAW and case.phase in (Phase.AWARDED, Phase.WITHDRAWN, Phase.DECLINED):
        found.append("Das Verfahren ist schon zu Ende.")
    if move == Move.REOPEN and case.phase not in (Phase.WITHDRAWN, Phase.DECLINED):
        found.append("Nur was zurückgezogen oder abgelehnt wurde, lässt sich wieder aufnehmen.")
    if move == Move.DECIDE and not case.report_signed:
        found.append("Der Bericht ist noch nicht freigegeben.")
    if move == Move.AWARD:
        found += _award_obstacles(procedure, case, on)
    return found


def _award_obstacles(procedure: Procedure, case: Case, on: dt.date | None) -> list[str]:
    if case.phase == Phase.AWARDED:
        return ["Das Siegel ist schon verliehen."]
    found = [] if case.phase == Phase.WAITING else ["Der Fall wartet noch nicht auf die Verleihung."]
    if case.decision != Decision.YES:
        found.append("Es gibt keine Entscheidung für das Siegel.")
    elif on is not None and case.decided_on is not None and case.decided_on > on:
        found.append(
            f"Die Entscheidung ist vom {case.decided_on:%d.%m.%Y}, die Verleihung vom {on:%d.%m.%Y}: "
            "Verliehen wird erst nach der Entscheidung."
        )
    back = _given_back_since(procedure, case)
    found += [
        f"Nach der Entscheidung vom {case.decided_on:%d.%m.%Y} wurde „{step.name}“ zurückgegeben; "
        "bitte neu entscheiden."
        for step in back
    ]
    found += [
        f"„{step.name}“ ist vom {noted.on:%d.%m.%Y}, die Entscheidung vom {case.decided_on:%d.%m.%Y}; "
        "bitte neu entscheiden."
        for step, noted in _done_since(procedure, case) if step not in back
    ]  # fmt: skip
    if case.report_begun and not case.report_signed:
        found.append("Der Bericht ist nicht (mehr) freigegeben.")
    open_ = [step.name for step in open_steps(procedure, case) if step.required]
    return found + ([f"Noch offen: {', '.join(open_)}."] if open_ else [])


def _given_back_since(procedure: Procedure, case: Case) -> list[Step]:
    """Return the steps a decision rests on that were given back after it was made, by whatever hand.

    One that was written down after them, with the day of an earlier meeting, knew of it.
    """
    made = _written_down(procedure, case)
    if case.decided_on is None or made is None:
        return []
    back = {
        n.step for n in case.noted
        if n.outcome == RecordOutcome.RETURNED and n.on >= case.decided_on and n.row > made
    }  # fmt: skip
    return [step for step in procedure.steps if step.code in back and step.phase != Phase.WAITING]


def _done_since(procedure: Procedure, case: Case) -> list[tuple[Step, Noted]]:
    """Return the required steps before a decision that were recorded after it and done on a later day.

    So it is where a record was deleted, undone or given back in the spreadsheet and then made anew.
    """
    made, done = _written_down(procedure, case), settled(case.noted)
    if case.decided_on is None or made is None:
        return []
    told = [(step, done[step.code]) for step in procedure.steps if step.required and step.code in done]
    return [
        (step, noted) for step, noted in told
        if step.phase != Phase.WAITING and noted.row > made and noted.on > case.decided_on
    ]  # fmt: skip


def _written_down(procedure: Procedure, case: Case) -> int | None:
    """Return the row of the latest record of the network's decision, None where there is none."""
    codes = {s.code for s in procedure.steps if s.phase == Phase.DECISION and s.actor == Actor.NETWORK}
    return max((n.row for n in case.noted if n.step in codes and n.outcome != RecordOutcome.RETURNED), default=None)


def after(
    move: Move, procedure: Procedure, case: Case, *, noted: Noted | None = None, decision: Decision | None = None
) -> Case:
    """Return a case after a move: ``noted`` for a step that is recorded or given back, ``decision`` for a decision.

    A decision may settle a step (``noted``) as well. A card that staff laid further ahead stays there, unless a step is
    given back.

    Raises:
        ValueError: something stands in the way; ``obstacles`` says it in German.
    """
    if found := obstacles(move, procedure, case):
        raise ValueError(" ".join(found))
    if move in (Move.RECORD, Move.RETURN, Move.DECIDE):
        told = replace(
            case, noted=(*case.noted, noted) if noted is not None else case.noted,
            decision=decision if move == Move.DECIDE else case.decision,
        )  # fmt: skip
        returned = noted is not None and noted.outcome == RecordOutcome.RETURNED
        if returned and noted is not None:
            told = _without_what_rests_on(procedure.step(noted.step), told)
        return replace(told, phase=phase_after(procedure, told) if returned else _ahead(procedure, told))
    ends = {Move.PAUSE: Phase.PAUSED, Move.WITHDRAW: Phase.WITHDRAWN, Move.AWARD: Phase.AWARDED}
    if move in ends:
        return replace(case, phase=ends[move])
    back = replace(case, decision=None) if move == Move.REOPEN and case.phase == Phase.DECLINED else case
    return replace(back, phase=working_phase(procedure, back))


def _without_what_rests_on(step: Step | None, case: Case) -> Case:
    """Return a case after a step was given back: what rests on it counts no longer.

    A decision for the seal is to be made again, and a report about what was seen and rated is to be signed off again.
    """
    if step is None or step.phase == Phase.WAITING:
        return case
    if case.decision == Decision.YES:
        case = replace(case, decision=Decision.LATER, decided_on=None)
    return replace(case, report_signed=False) if step.phase in (Phase.TEAM, Phase.REVIEW) else case


def _ahead(procedure: Procedure, case: Case) -> Phase:
    """Return the phase that follows from records and decision, or that of the card when it lies further ahead."""
    wanted = phase_after(procedure, case)
    if wanted not in WORKING_PHASES or case.phase not in WORKING_PHASES:
        return wanted
    return max(case.phase, wanted, key=WORKING_PHASES.index)


def stays_first(one: Case, other: Case) -> bool:
    """Say whether of two cases of one site the first one stays: that with a seal, else the further one, else the one
    whose report is signed off, else the first."""
    return (_rank(one), one.report_signed) >= (_rank(other), other.report_signed)


def merge_cases(stays: Case, goes: Case) -> Case:
    """Return one case of two sites that became one: every record of both, the further phase, a decision if both agree.

    A refusal or a delay of one of the two is not taken over silently, nor passed over: then it is to be decided again.
    What was awarded stays awarded.
    """
    ahead = stays if _rank(stays) >= _rank(goes) else goes
    decisions = {case.decision for case in (stays, goes)}
    if ahead.phase == Phase.AWARDED or len(decisions) == 1:
        decision = ahead.decision
    else:
        decision = Decision.YES if decisions == {None, Decision.YES} else Decision.LATER
    undecided = ahead.phase == Phase.WAITING and decision == Decision.LATER
    begun = [d for d in (stays.begun_on, goes.begun_on) if d is not None]
    return Case(
        phase=Phase.DECISION if undecided else ahead.phase, noted=(*stays.noted, *goes.noted), decision=decision,
        decided_on=ahead.decided_on if ahead.decision == decision else None,
        report_begun=stays.report_begun or goes.report_begun, report_signed=stays.report_signed or goes.report_signed,
        has_coordinator=stays.has_coordinator or goes.has_coordinator,
        begun_on=min(begun, default=None), phase_since=ahead.phase_since, paused_until=ahead.paused_until,
    )  # fmt: skip


def _rank(case: Case) -> int:
    order = (Phase.WITHDRAWN, Phase.DECLINED, Phase.PAUSED, *WORKING_PHASES, Phase.AWARDED)
    return max(order.index(case.phase) - 1, 0)  # withdrawn and declined are alike
