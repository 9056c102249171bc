"""How far the cases of a round got, stage by stage: everybody, each phase that is done, decided, awarded. Pure.

Who got further counts in the stages before as well, so a card that was dragged on counts where its seal puts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from schemas.certification.choices import Decision, Phase
from schemas.certification.rules.procedure import Procedure
from schemas.certification.rules.progress import Case, open_steps


class Stage(StrEnum):
    """The stages of the funnel in their order."""

    JOINED = "dabei"
    SEMINAR = "seminar"
    TEAM = "selbsteinschaetzung"
    REVIEW = "begutachtung"
    DECIDED = "entschieden"
    AWARDED = "verliehen"


_PHASES = {Stage.SEMINAR: Phase.SEMINAR, Stage.TEAM: Phase.TEAM, Stage.REVIEW: Phase.REVIEW}


def stages(procedure: Procedure) -> tuple[Stage, ...]:
    """Return the stages that a procedure has: a phase without a required step is none.

    >>> from schemas.certification.rules.procedure import DEFAULT
    >>> stages(DEFAULT) == tuple(Stage), stages(Procedure((), ()))
    (True, (<Stage.JOINED: 'dabei'>, <Stage.DECIDED: 'entschieden'>, <Stage.AWARDED: 'verliehen'>))
    """
    asked = {step.phase for step in procedure.steps if step.required}
    return tuple(stage for stage in Stage if stage not in _PHASES or _PHASES[stage] in asked)


def reached(procedure: Procedure, case: Case) -> frozenset[Stage]:
    """Return the stages that a case has reached: the furthest one and all before it."""
    found = stages(procedure)
    last = max(at for at, stage in enumerate(found) if _is_reached(stage, procedure, case))
    return frozenset(found[: last + 1])


def funnel(procedure: Procedure, cases: Iterable[Case]) -> dict[Stage, int]:
    """Return how many cases reached each stage."""
    counts = dict.fromkeys(stages(procedure), 0)
    for case in cases:
        for stage in reached(procedure, case):
            counts[stage] += 1
    return counts


def _is_reached(stage: Stage, procedure: Procedure, case: Case) -> bool:
    if stage == Stage.AWARDED:
        return case.phase == Phase.AWARDED
    if stage == Stage.DECIDED:
        return case.decision == Decision.YES
    order = list(Stage)
    upto = {phase for one, phase in _PHASES.items() if order.index(one) <= order.index(stage)}
    return not any(step.required and step.phase in upto for step in open_steps(procedure, case))
