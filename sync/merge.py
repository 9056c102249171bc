"""Three values of one field - what the source said last, what stands in the base, what the source says now - make one
decision. Pure.

Staff edits win: a value that a person changed since the source spoke last is never replaced. Where both changed and
differ, nobody is overwritten and a person decides. Equality is that of ``sync.normalise.comparable``: spelling of a
phone number, white space and Unicode form are no change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schemas.model import Value
from sync.normalise import comparable


class Mode(StrEnum):
    """How a field of a source is merged; named in the profile, ``merge`` where it says nothing."""

    MERGE = "merge"
    FILL = "fill"
    ADD = "add"
    SOURCE = "source"
    STAFF = "staff"


class Verdict(StrEnum):
    """What becomes of a field."""

    KEEP = "keep"
    TAKE = "take"
    CONFLICT = "conflict"


class Unknown:
    """Stands for a last value that nobody remembers."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Merged:
    """The decision, and the value to be written when it is ``TAKE``."""

    verdict: Verdict
    value: Value = None


_KEEP = Merged(Verdict.KEEP)


def merge(mode: Mode, column: str, *, last: Value | Unknown, base: Value, source: Value) -> Merged:
    """Decide about one field.

    An empty ``source`` never clears anything: a list that leaves a column out is no order to empty it.

    >>> merge(Mode.MERGE, "phone", last="0391 1", base="0391 1", source="0391 2")
    Merged(verdict=<Verdict.TAKE: 'take'>, value='0391 2')
    >>> merge(Mode.MERGE, "phone", last="0391 1", base="0391 9", source="0391 2").verdict
    <Verdict.CONFLICT: 'conflict'>
    >>> merge(Mode.MERGE, "phone", last="0391 1", base="0391 9", source="0391 1").verdict
    <Verdict.KEEP: 'keep'>
    """
    theirs, ours = comparable(column, source), comparable(column, base)
    if theirs is None or theirs == ours or mode is Mode.STAFF:
        return _KEEP
    if mode is Mode.SOURCE:
        return Merged(Verdict.TAKE, source)
    if mode is Mode.ADD:
        return _add(last, base, source)
    before = UNKNOWN if isinstance(last, Unknown) else comparable(column, last)
    if before is UNKNOWN:
        if ours is None and not isinstance(base, bool):
            return Merged(Verdict.TAKE, source)
        return _KEEP if mode is Mode.FILL or isinstance(base, bool) else Merged(Verdict.CONFLICT, source)
    if mode is Mode.FILL or before == theirs:
        return _KEEP
    return Merged(Verdict.TAKE if before == ours else Verdict.CONFLICT, source)


def _add(last: Value | Unknown, base: Value, source: Value) -> Merged:
    """Add what is new; what staff have taken out since stays out."""
    here, theirs = _several(base), _several(source)
    before = frozenset() if isinstance(last, Unknown) else frozenset(_several(last))
    new = tuple(v for v in theirs if v not in here and v not in before)
    if not new:
        return _KEEP
    return Merged(Verdict.TAKE, (*here, *new)) if isinstance(source, tuple) else _one_more(base, source)


def _one_more(base: Value, source: Value) -> Merged:
    """A field for one value takes another only while it is empty."""
    return Merged(Verdict.TAKE, source) if base in (None, "") else _KEEP


def _several(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value in (None, "") else (str(value),)
