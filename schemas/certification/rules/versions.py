"""How the procedure that a round keeps differs from another one, step by step and criterion by criterion. Pure.

Steps and criteria are known by their code, so a new name is a change and not another step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from schemas.certification.rules.procedure import Criterion, Procedure, Step


class Kind(StrEnum):
    """What became of a step or criterion."""

    ADDED = "neu"
    REMOVED = "entfallen"
    RENAMED = "umbenannt"
    MOVED = "verschoben"
    CHANGED = "geändert"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; ``name`` is that of today where there is one, ``before`` the former name of a renamed one."""

    kind: Kind
    name: str
    before: str = ""
    criterion: bool = False


def differences(kept: Procedure, today: Procedure) -> list[Difference]:
    """Return what changed from the procedure that a round keeps to the one of today; empty when they are the same.

    >>> from schemas.certification.rules.procedure import DEFAULT
    >>> differences(DEFAULT, DEFAULT)
    []
    """
    return [*_compare(kept.steps, today.steps), *_compare(kept.criteria, today.criteria)]


def _compare(
    kept: Sequence[Step] | Sequence[Criterion], today: Sequence[Step] | Sequence[Criterion]
) -> list[Difference]:
    old, new = {one.code: one for one in kept}, {one.code: one for one in today}
    moved = _moved([code for code in old if code in new], [code for code in new if code in old])
    found = []
    for code, one in new.items():
        known, is_criterion = old.get(code), isinstance(one, Criterion)
        if known is None:
            found.append(Difference(Kind.ADDED, one.name, criterion=is_criterion))
            continue
        if known.name != one.name:
            found.append(Difference(Kind.RENAMED, one.name, known.name, is_criterion))
        if code in moved:
            found.append(Difference(Kind.MOVED, one.name, criterion=is_criterion))
        if any(getattr(known, f.name) != getattr(one, f.name) for f in fields(one) if f.name != "name"):
            found.append(Difference(Kind.CHANGED, one.name, criterion=is_criterion))
    gone = [one for code, one in old.items() if code not in new]
    return found + [Difference(Kind.REMOVED, one.name, criterion=isinstance(one, Criterion)) for one in gone]


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the fewest codes that must have moved: those outside a longest run that kept its order."""
    at = {code: number for number, code in enumerate(before)}
    best: list[list[str]] = []  # the longest run that ends with each of ``after``
    for here, code in enumerate(after):
        longest: list[str] = []
        for run in (best[there] for there in range(here) if at[after[there]] < at[code]):
            longest = run if len(run) > len(longest) else longest
        best.append([*longest, code])
    kept: list[str] = []
    for run in best:
        kept = run if len(run) > len(kept) else kept
    return set(after) - set(kept)
