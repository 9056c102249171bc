"""The keys by which two organisations come to be compared at all: those that tell much, and weak ones. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from sync.identity.evidence import domain
from sync.identity.idents import ident_blocks
from sync.identity.organisation_words import COMMON_STEMS, FILLERS

if TYPE_CHECKING:
    from sync.identity.organisations import Body

_TYPING_FROM = 8
"""Letters from which on a name may hold a slip of the keyboard and still be told from others."""


def organisation_blocks(body: Body) -> Iterator[Hashable]:
    """Yield the keys of which two rows must share one to be compared at all."""
    yield from ident_blocks(body.ever)
    name = body.name
    for known_as in (name, *body.others):
        if known_as.key:
            yield "name", known_as.key
    if body.register.number:
        yield "register", body.register.number
    yield from (("near", mail) for mail in body.mails)
    yield from (("near", number[-6:]) for number in body.phones)
    yield from (("near", host) for host in body.hosts)
    if body.street.whole:
        yield "near", body.street.whole
    if not name.key:
        return
    yield "compact", name.compact
    yield "compact", name.joined
    if len(name.compact) >= _TYPING_FROM:
        for at in range(len(name.compact)):
            yield "slip", name.compact[:at] + name.compact[at + 1 :]
    yield from _words(body)


def weak_organisation_blocks(body: Body) -> Iterator[Hashable]:
    """Yield keys that tell something only while few rows have them: one word of a name, initials."""
    name = body.name
    if not name.key:
        return
    yield from _initials(body)
    for words in _readings(body):
        stems = _stems(words)
        if len(stems) <= 2:  # one of two may be the town, which the other row does not tell
            yield from (("stem", stem) for stem in stems if stem not in COMMON_STEMS)
    telling = _telling(body)
    starts = [start[:6] for start, _ in name.compounds.values()]
    where = {*body.towns, *body.district.split(), *(name.words - FILLERS)} if starts or len(telling) == 1 else ()
    for start in (*starts, *telling):  # a place that begins alike is the same word once more
        yield from (("part", start, place) for place in where if len(place) > 3 and place[:4] != start[:4])


def _readings(body: Body) -> set[frozenset[str]]:
    """Return the words of a name with its town and without: the other row may not know the town."""
    name = body.name
    return {name.words | body.towns, name.words, name.words - body.towns, name.words - name.marks}


def _telling(body: Body) -> list[str]:
    """Return the beginnings of the words of a name that not every second name has."""
    return [stem for stem in _stems(body.name.words - body.towns) if stem not in COMMON_STEMS]


def _words(body: Body) -> Iterator[Hashable]:
    """Yield beginnings of words together, and one by one with where the body is."""
    for words in _readings(body):
        stems = _stems(words)
        yield "stems", tuple(stems)
        if len(stems) > 2:
            for fewer in combinations(stems, len(stems) - 1):
                yield "stems", fewer
    near = [body.postcode, *body.hosts, *map(domain, body.hosts), body.street.name]
    for stem in _telling(body) or _stems(body.name.words):
        yield from ((stem, place) for place in near if place)


def _initials(body: Body) -> Iterator[Hashable]:
    """Yield initials of a name's words and words that may be initials; two letters are those of too many."""
    name = body.name
    telling = [word for word in name.order if word not in FILLERS and word not in body.towns]
    if len(telling) > 2:
        yield "initials", "".join(word[0] for word in telling)
    yield from (("initials", word) for word in name.capitals if len(word) > 2 and word not in FILLERS)
    runs = ("".join(w[0] for w in telling[at : at + 3]) for at in range(len(telling) - 3))
    places = {*body.towns, name.order[-1]}
    yield from (("initials", short, place) for short in (*name.capitals, *runs) for place in places)


def _stems(words: frozenset[str]) -> list[str]:
    return sorted({word[:6] for word in words - FILLERS}) or sorted(words)
