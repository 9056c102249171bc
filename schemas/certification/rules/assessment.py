"""The self-assessment and the reviewer's view beside it: where they differ, what is missing, what it adds up to. Pure.

An average hides what matters: a must-criterion that is not met, or was not answered, is named first and nothing makes
up for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.certification.choices import Rating
from schemas.certification.rules.procedure import Criterion, Procedure

MET = frozenset({Rating.MOSTLY, Rating.FULLY})
"""From "überwiegend" on a criterion counts as met."""

APART = 2
"""Ratings so many steps apart stand out."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One criterion as the placement and the reviewer rated it; None where nobody did yet."""

    criterion: str
    own: Rating | None = None
    review: Rating | None = None

    @property
    def counts(self) -> Rating | None:
        """Return the rating that counts: the reviewer's once there is one."""
        return self.review if self.review is not None else self.own


class Verdict(StrEnum):
    """What the ratings add up to; a person writes the conclusion."""

    INCOMPLETE = "unvollstaendig"
    MUST_MISSING = "unverzichtbares-fehlt"
    WEAK = "mit-vorbehalt"
    GOOD = "ohne-vorbehalt"


@dataclass(frozen=True, slots=True)
class Summary:
    """The assessment of one case: shares by area (0 to 1, of what applies), and what stands out, by criterion code."""

    answered: int
    total: int
    areas: Mapping[str, float | None]
    must_missing: tuple[str, ...]
    apart: tuple[str, ...]
    strengths: tuple[str, ...]
    weak: tuple[str, ...]
    verdict: Verdict


def points(rating: Rating | None) -> int | None:
    """Return the points of a rating (0 to 3), None where it was not given or does not apply."""
    return None if rating is None or rating == Rating.UNFIT else int(rating.value)


def summarise(procedure: Procedure, rated: Iterable[Rated]) -> Summary:
    """Return what the ratings of one case say; criteria that its round does not have are left out."""
    known = {one.criterion: one for one in rated}
    asked = [(criterion, known.get(criterion.code, Rated(criterion.code))) for criterion in procedure.criteria]
    answered = [one for _, one in asked if one.counts is not None]
    must = tuple(c.code for c, one in asked if c.must and one.counts not in MET)
    weak = tuple(c.code for c, one in asked if one.counts in (Rating.NOT, Rating.PARTLY))
    return Summary(
        answered=len(answered),
        total=len(asked),
        areas=_areas(asked),
        must_missing=must,
        apart=tuple(c.code for c, one in asked if _apart(one)),
        strengths=tuple(c.code for c, one in asked if one.counts == Rating.FULLY),
        weak=weak,
        verdict=_verdict(len(answered) == len(asked), must, weak),
    )


def _areas(asked: Iterable[tuple[Criterion, Rated]]) -> dict[str, float | None]:
    found: dict[str, list[int]] = {}
    for criterion, one in asked:
        own = found.setdefault(criterion.area, [])
        if (value := points(one.counts)) is not None:
            own.append(value)
    return {area: sum(values) / (3 * len(values)) if values else None for area, values in found.items()}


def _apart(one: Rated) -> bool:
    """Say whether the two views differ by much; "does not apply" against a rating always does."""
    if one.own is None or one.review is None or one.own == one.review:
        return False
    own, review = points(one.own), points(one.review)
    return own is None or review is None or abs(own - review) >= APART


def _verdict(complete: bool, must: tuple[str, ...], weak: tuple[str, ...]) -> Verdict:
    if not complete:
        return Verdict.INCOMPLETE
    if must:
        return Verdict.MUST_MISSING
    return Verdict.WEAK if weak else Verdict.GOOD
