"""First names of one human: short forms, spellings, transliterations; and which look alike and are two. Pure.

The groups are common knowledge of German name books; a name may stand in several groups (Toni: Anton and Antonia).
"""

from __future__ import annotations

import functools

from sync.identity.evidence import word_set
from sync.identity.words import read_words

_TOLD = read_words("persons")

TWO = word_set(_TOLD["well_known"])
"""Well-known first names: two of them that are in no group together are two people, however alike they look."""


def _build() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for place, group in enumerate(_TOLD["groups"]):
        for name in group.split():
            found.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


_PLACES = _build()
_WHOLE = [group.split()[0] for group in _TOLD["groups"]]


def is_known(name: str) -> bool:
    """Say whether a comparable first name is a well-known one."""
    return name in TWO or name in _PLACES


def is_short_form(one: str, other: str) -> bool:
    """Say whether two comparable first names are forms of one.

    >>> is_short_form("kaethe", "katharina"), is_short_form("simon", "simone")
    (True, False)
    """
    return not _PLACES.get(one, frozenset()).isdisjoint(_PLACES.get(other, frozenset()))


def has_whole(one: str, other: str) -> bool:
    """Say whether of two forms of one name one is the whole name, not both are short for it.

    >>> has_whole("susi", "susanne"), has_whole("susi", "sanne")
    (True, False)
    """
    shared = _PLACES.get(one, frozenset()) & _PLACES.get(other, frozenset())
    return any(_WHOLE[place] in (one, other) for place in shared)


@functools.lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """Return how a comparable name sounds, roughly and in German; also what is left when umlauts got lost.

    >>> sound("meyer") == sound("maier"), sound("muller") == sound("mueller"), sound("yussuf") == sound("jusuf")
    (True, True, True)
    """
    for spelling, plain in _SOUNDS:
        name = name.replace(spelling, plain)
    return "".join(c for at, c in enumerate(name) if at == 0 or c != name[at - 1])


_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("kh", "k"), ("ch", "k"), ("ck", "k"),
    ("dt", "t"), ("ts", "z"), ("tz", "z"), ("x", "ks"), ("qu", "kw"), ("ou", "u"), ("ae", "a"), ("oe", "o"),
    ("ue", "u"), ("ey", "ai"), ("ay", "ai"), ("ei", "ai"), ("ij", "i"), ("y", "i"), ("j", "i"), ("v", "w"), ("c", "k"),
    ("ie", "i"), ("ii", "i"), ("h", ""), (" ", ""),
)  # fmt: skip
