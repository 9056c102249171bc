"""How alike two organisations are by all that they are called: names, short and former ones, with their towns. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sync.identity.frequencies import Frequencies
from sync.identity.organisation_names import BodyLikeness, compare_body_names
from sync.identity.organisation_reading import BodyName
from sync.identity.spelling import is_same_town

if TYPE_CHECKING:
    from sync.identity.organisations import Body

INITIALS = 5
"""Up to so many letters a short name is initials, which many bodies share."""


def _without(name: BodyName, shorts: frozenset[str]) -> BodyName:
    """Return a name without the short names that stand beside the whole ("BfD - Bürger für Dorf")."""
    words = name.words - shorts
    return replace(name, words=words) if len(words) > 1 and words != name.words else name


def compare_bodies(ours: Body, theirs: Body, known: Frequencies) -> BodyLikeness | None:
    """Return how alike the names of two bodies are, short and former ones included; None if they are two by them."""
    if not ours.name.key or not theirs.name.key:
        return BodyLikeness(3.0, "einmal ohne Namen")
    towns = ours.towns | theirs.towns | _towns_named(ours, known) | _towns_named(theirs, known)
    shorts = frozenset(name.key for body in (ours, theirs) for name in body.others if " " not in name.key)
    names = _without(ours.name, shorts), _without(theirs.name, shorts)
    best = compare_body_names(*names, towns, known)
    if best is not None and best.exact:
        return best
    if best is not None and _name_other_towns(ours, theirs):  # then a town in one name is no mere addition
        plain = compare_body_names(*names, frozenset(), known)
        best = min(best, plain, key=lambda likeness: likeness.bits) if plain is not None else None
    for one, other in ((ours, theirs), (theirs, ours)):
        for known_as in one.others:
            if known_as.key and (known_as.key == other.name.key or known_as.compact == other.name.compact):
                bits = compare_body_names(known_as, other.name, towns, known)
                weight = min(bits.bits if bits else 6.0, 6.0 if len(known_as.key) <= INITIALS else 11.0)
                if best is None or best.bits < weight:
                    best = BodyLikeness(weight, "gleicher früherer oder kurzer Name")
    keys = ({one.key for one in body.others if len(one.key) > INITIALS} for body in (ours, theirs))
    if not set.isdisjoint(*keys) and (best is None or best.bits < 9.0):
        return BodyLikeness(9.0, "gleicher früherer oder kurzer Name")
    return best


def _name_other_towns(ours: Body, theirs: Body) -> bool:
    """Say whether two rows tell one postcode but two towns."""
    if not ours.postcode or ours.postcode != theirs.postcode or not ours.city or not theirs.city:
        return False
    return not is_same_town(ours.city, theirs.city)


def _towns_named(body: Body, known: Frequencies) -> frozenset[str]:
    """Return the words of a name that are towns in this base."""
    return frozenset(word for word in body.name.words if len(word) > 3 and known.holders(("town", word)))


def in_town(body: Body, known: Frequencies) -> Body:
    """Return the row with the town that its name tells, where the cell is empty."""
    named = _towns_named(body, known) if not body.city else frozenset()
    first = next((word for word in body.name.order if word in named), "")
    return replace(body, city=first) if first else body
