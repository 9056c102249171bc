"""How warm a relationship is: contacts weigh by their kind and fade with time. Pure.

The number is a sum of points, one for each contact that has taken place::

    points = weight(kind) x 0.5 ** (age in days / half-life in days)

A visit today counts 1.0, one half a year ago 0.5, one a year ago 0.25. The points lead to a step of the ladder. The
weights are an assumption of ours, to be set in ``.env``; every number can be opened to the contacts it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.contacts.choices import InteractionKind
from schemas.contacts.rules.history import Entry

HALF_LIFE_DAYS = 180
"""After so many days a contact counts half."""

WEIGHTS: Mapping[str, float] = {
    InteractionKind.MEETING: 1.0,
    InteractionKind.VISIT: 1.0,
    InteractionKind.CALL: 0.6,
    InteractionKind.EVENT: 0.5,
    InteractionKind.LETTER: 0.4,
    InteractionKind.MAIL: 0.3,
    InteractionKind.OTHER: 0.3,
}
"""Points of a contact on its day, by kind: who met has more in common than who wrote."""


class Step(StrEnum):
    """A step of the ladder, the warmest first."""

    CLOSE = "eng"
    WARM = "warm"
    MILD = "lau"
    COOL = "kühl"
    COLD = "kalt"
    NEVER = "nie"


LADDER: tuple[tuple[float, Step], ...] = (
    (2.0, Step.CLOSE),
    (1.0, Step.WARM),
    (0.5, Step.MILD),
    (0.1, Step.COOL),
)
"""From so many points on a step is reached; with fewer it is cold, without any contact it never was."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How contacts are weighed: points by kind (>= 0, a kind that is missing counts as other), half-life in days (> 0).

    Raises:
        ValueError: a weight is negative, or the half-life is not positive.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    half_life_days: float = HALF_LIFE_DAYS

    def __post_init__(self) -> None:
        if self.half_life_days <= 0 or any(w < 0 for w in self.weights.values()):
            raise ValueError("weights are >= 0 and the half-life is > 0")

    def points(self, kind: str, age_days: int) -> float:
        """Return what one contact of this kind still counts after so many days (a negative age counts as 0).

        >>> Scale().points("besuch", 180), Scale().points("anruf", 0)
        (0.5, 0.6)
        """
        weight = self.weights.get(kind, self.weights.get(InteractionKind.OTHER, 0.0))
        return float(weight * 0.5 ** (max(age_days, 0) / self.half_life_days))


@dataclass(frozen=True, slots=True)
class Warmth:
    """Points (>= 0) and the step of the ladder they reach."""

    points: float
    step: Step


def warmth(entries: Iterable[Entry], today: int, scale: Scale) -> Warmth:
    """Return how warm it is with a subject, from the contacts that have taken place.

    One more contact never makes it colder, one more day never makes it warmer.

    >>> warmth([Entry(1, 10, "besuch", 1, None, 2)], 190, Scale())
    Warmth(points=0.5, step=<Step.MILD: 'lau'>)
    """
    counted = [scale.points(entry.kind, today - entry.day) for entry in entries]
    points = sum(counted)
    return Warmth(points, step_of(points, ever=bool(counted)))


def step_of(points: float, ever: bool = True) -> Step:
    """Return the step of the ladder; without any contact ``ever`` it is none of them.

    >>> step_of(1.2).value, step_of(0.0).value, step_of(0.0, ever=False).value
    ('warm', 'kalt', 'nie')
    """
    return next((step for least, step in LADDER if points >= least), Step.COLD) if ever else Step.NEVER
