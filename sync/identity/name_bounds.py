"""How much two names of organisations can come to at the most, quickly: an upper bound of their comparison. Pure."""

from __future__ import annotations

from itertools import chain, repeat

from sync.identity.frequencies import Frequencies
from sync.identity.organisation_names import (
    FADED,
    FADING,
    MOST,
    are_alike,
    is_spelt_out,
    loss_of_rest,
    unexplained,
)
from sync.identity.organisation_reading import BodyName
from sync.identity.organisation_words import FILLERS

_START = 4
"""Letters of the first part of a compound that the other name has to begin a word with."""

_FILLER = 0.3
"""Bits that a word counts at the least, a filler too."""


def may_abbreviate(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether a word of one name may be short for words of the other."""
    left, right = unexplained(ours, theirs)
    return (
        is_spelt_out(left, right, theirs)
        or is_spelt_out(right, left, ours)
        or _may_come_apart(ours, left, theirs.words)
        or _may_come_apart(theirs, right, ours.words)
    )


def most_of_names(ours: BodyName, theirs: BodyName, known: Frequencies) -> float:
    """Return bits that ``compare_body_names`` does not exceed for names that are not one in full."""
    left, right = unexplained(ours, theirs)
    if _may_come_apart(ours, left, theirs.words) or _may_come_apart(theirs, right, ours.words):
        return MOST
    if _may_be_joined(left, right) or is_spelt_out(left, right, theirs) or is_spelt_out(right, left, ours):
        return MOST
    pairs = [(one, other) for one in left - FILLERS for other in right - FILLERS if are_alike(one, other)]
    one, other = ({pair[side] for pair in pairs} for side in (0, 1))
    bits = [known.weight(("word", word), most=11.0) for word in ours.words & theirs.words]
    bits += [known.weight(("word", word), most=11.0) for word in min(one, other, key=len)]
    bits.sort(reverse=True)
    weighed = (b * fading for b, fading in zip(bits, chain(FADING, repeat(FADED)), strict=False))
    most = min(MOST, sum(weighed) + _FILLER * len(bits))
    return most - loss_of_rest(left - one - FILLERS, right - other - FILLERS, known)


def _may_be_joined(left: frozenset[str], right: frozenset[str]) -> bool:
    """Say whether words may be written together on one side only."""
    if sum(map(len, left)) != sum(map(len, right)):
        return False
    return sorted("".join(left)) == sorted("".join(right))


def _may_come_apart(name: BodyName, rest: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether parts of a compound may stand alone in the other name."""
    for word in rest & name.compounds.keys():
        start, head = name.compounds[word]
        if head in other or any(each.startswith(start[:_START]) or each.endswith(head) for each in other):
            return True
    return False
