"""Is a word an abbreviation of other words of a name? Pure."""

from __future__ import annotations

from collections.abc import Sequence

_SYLLABLES = 4
"""Letters from which on an abbreviation may be made of syllables."""

_LONG = 9
"""Letters from which on a word is likely a compound, whose parts may each give a letter."""


def abbreviates(short: str, words: Sequence[str]) -> bool:
    """Say whether a word is made of the beginnings of all the others, in their order; compounds may give more.

    >>> abbreviates("kuladi", ("kultur", "landkreis", "dieskau"))
    True
    >>> abbreviates("lkg", ("landeskirchliche", "gemeinschaft"))
    True
    >>> abbreviates("ksb", ("kreisschuetzenverband",)), abbreviates("abc", ("alte", "burg"))
    (False, False)
    """
    if not 2 <= len(short) <= 8 or not 2 <= len(words) <= len(short) or not short.isalpha():
        return False
    return _begins(short, words, len(short))


def _begins(short: str, words: Sequence[str], whole: int) -> bool:
    if not words:
        return not short
    word, rest = words[0], words[1:]
    if not short or short[0] != word[0]:
        return False
    longest = next((at for at, (one, other) in enumerate(zip(short, word, strict=False)) if one != other), None)
    most = min(3 if whole >= _SYLLABLES else 1, min(len(short), len(word)) if longest is None else longest)
    if any(_begins(short[taken:], rest, whole) for taken in range(1, most + 1)):
        return True
    inner = len(word) >= _LONG and len(short) > 1 and short[1] in word[3:]
    return inner and _begins(short[2:], rest, whole)


def find_abbreviated(short: str, words: Sequence[str]) -> frozenset[str]:
    """Return the neighbouring words of which one is the abbreviation, none if it is not; the most words first.

    >>> sorted(find_abbreviated("jg", ("junge", "gemeinde", "luther")))
    ['gemeinde', 'junge']
    """
    for many in range(min(len(words), len(short)), 1, -1):
        for at in range(len(words) - many + 1):
            if words[at][0] == short[0] and abbreviates(short, words[at : at + many]):
                return frozenset(words[at : at + many])
    return frozenset()
