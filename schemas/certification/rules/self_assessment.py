"""The questionnaire that a placement fills in: its pages, when it may be changed, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from schemas.certification.choices import Actor, Phase
from schemas.certification.rules.procedure import Criterion, Procedure, Step

MOST_ON_A_PAGE = 5
"""More criteria of one area than this are spread over several pages: on a phone a page has an end."""

TEAM_STEP = "team"
"""Code of the step that a filled-in questionnaire is, in the procedure that we ship."""


class Access(StrEnum):
    """What may be done with a questionnaire."""

    OPEN = "offen"
    READ = "nur lesen"
    RESTS = "ruht"
    OVER = "vorbei"


@dataclass(frozen=True, slots=True)
class Part:
    """One page: the criteria of an area, or some of them; ``number`` counts from 1."""

    number: int
    area: str
    criteria: tuple[Criterion, ...]


def access(phase: str | None) -> Access:
    """Return what may be done with the questionnaire of a case: changes are possible until the review begins.

    A choice of staff's own on the board counts as the first phase, as everywhere.
    """
    if phase in (Phase.WITHDRAWN, Phase.DECLINED):
        return Access.OVER
    if phase == Phase.PAUSED:
        return Access.RESTS
    return Access.READ if phase in (Phase.REVIEW, Phase.DECISION, Phase.WAITING, Phase.AWARDED) else Access.OPEN


def parts(procedure: Procedure) -> tuple[Part, ...]:
    """Return the pages in the order of the round: areas in the order of their first criterion, each once."""
    areas = list(dict.fromkeys(criterion.area for criterion in procedure.criteria))
    ordered = sorted(procedure.criteria, key=lambda criterion: areas.index(criterion.area))
    found: list[Part] = []
    for area, group in groupby(ordered, key=lambda criterion: criterion.area):
        own = tuple(group)
        pages = -(-len(own) // MOST_ON_A_PAGE)
        size = -(-len(own) // pages)  # five and one would be a page that looks forgotten; three and three do not
        for start in range(0, len(own), size):
            found.append(Part(len(found) + 1, area, own[start : start + size]))
    return tuple(found)


def unanswered(procedure: Procedure, answered: Collection[str], *, must: bool = False) -> list[Criterion]:
    """Return the criteria (of codes) without a rating; with ``must`` only those that nothing makes up for."""
    return [c for c in procedure.criteria if c.code not in answered and (c.must or not must)]


def closing_step(procedure: Procedure) -> Step | None:
    """Return the step that is done when the questionnaire is: the one we ship, else the first of the placement's own
    in that phase; None when the round has no such step.
    """
    own: Iterable[Step] = (s for s in procedure.steps if s.phase == Phase.TEAM and s.actor == Actor.PLACEMENT)
    return procedure.step(TEAM_STEP) or next((s for s in own if s.required), None)
