"""Slips of the keyboard: how far two spellings are apart. Pure."""

from __future__ import annotations

import functools

from rapidfuzz.distance import OSA


@functools.lru_cache(maxsize=131_072)
def slips(one: str, other: str) -> int:
    """Return by how many slips two words differ, 9 for more than two: letters left out, doubled, changed, swapped.

    >>> slips("crossman", "crosman"), slips("vogelberg", "vogelebrg"), slips("rot", "blau")
    (1, 1, 9)
    """
    apart = OSA.distance(one, other, score_cutoff=2)
    return apart if apart <= 2 else 9


@functools.lru_cache(maxsize=131_072)
def is_slip(one: str, other: str) -> bool:
    """Say whether two words differ by a slip or two.

    Short words may differ by one letter, from eight letters on by two; the first letter is rarely a slip.

    >>> is_slip("crossman", "crosman"), is_slip("essen", "hessen"), is_slip("rot", "rat")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((len(one), len(other)))
    if short < 4 or long - short > 2:
        return False
    if one[1:] == other or other[1:] == one:
        return short >= 4
    if one[2:] == other[2:] and one[:2] == other[1::-1]:
        return short >= 5  # "uBckau"
    if one[0] != other[0] and (short < 6 or one[1:3] != other[1:3]):
        return False
    return slips(one, other) <= (1 if short < 8 else 2)


@functools.lru_cache(maxsize=65_536)
def without_umlauts(word: str) -> str:
    """Return a comparable word as it looks where umlauts got lost.

    >>> without_umlauts("maeuseburg") == without_umlauts("mauseburg")
    True
    """
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def is_part_of_number(one: str, other: str) -> bool:
    """Say whether one house number is the other with a digit lost.

    >>> is_part_of_number("9", "91"), is_part_of_number("3", "3a")
    (True, False)
    """
    return one != other and one.isdigit() and other.isdigit() and (one in other or other in one)


def is_same_town(one: str, other: str) -> bool:
    """Say whether two comparable names are of one town, one perhaps with more behind it.

    >>> is_same_town("burg", "burg bei magdeburg"), is_same_town("burg", "halle")
    (True, False)
    """
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ") or is_slip(one, other)


def one_digit_apart(one: str, other: str) -> bool:
    """Say whether two numbers differ by one digit that is wrong, missing or swapped with its neighbour.

    >>> one_digit_apart("39104", "39140"), one_digit_apart("39104", "39128")
    (True, False)
    """
    return one != other and min(len(one), len(other)) >= 4 and OSA.distance(one, other, score_cutoff=1) <= 1
