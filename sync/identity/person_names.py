"""How alike the names of two persons are. Pure.

The name is the gate: whoever has a clearly different first name is somebody else, however many addresses are shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from schemas.model import Value
from sync.identity.evidence import Cells
from sync.identity.frequencies import Frequencies
from sync.identity.given_names import TWO, has_whole, is_known, is_short_form, sound
from sync.identity.person_reading import HumanName, read_name
from sync.identity.spelling import is_slip, slips
from sync.identity.transliteration import rough_sound


class Level(IntEnum):
    """How alike two first or two last names are, the least first.

    ``TWIN``: two short forms of one name (Susi and Sanne), or two first names in another order.
    """

    OTHER = 0
    MISSING = 1
    INITIAL = 2
    SLIP = 3
    PART = 4
    TWIN = 5
    SHORT_FORM = 6
    SPELLING = 7
    EQUAL = 8


def compare_firsts(ours: Sequence[str], theirs: Sequence[str], known: Frequencies) -> Level:
    """Return how alike two first names are, word by word; ``known`` tells which spellings are names of their own."""
    if not ours or not theirs:
        return Level.MISSING
    if ours == theirs or "".join(ours) == "".join(theirs):
        return Level.EQUAL
    if sorted(ours) == sorted(theirs):
        return Level.TWIN  # of two brothers one is Khaled Omar, the other Omar Khaled
    short, long = sorted((tuple(ours), tuple(theirs)), key=len)
    levels = [max(_compare_first(one, other, known) for other in long) for one in short]
    if len(short) != len(long) and len(short) == 1:
        levels = [max(levels[0], _compare_first(short[0], "".join(long), known))]
    least = min(levels)
    if len(short) == len(long) or least <= Level.SLIP:
        return least
    return min(Level.PART, least)


def _compare_told(ours: HumanName, theirs: HumanName, known: Frequencies) -> Level:
    """Return how alike two first names are; a mail address speaks where they leave it open."""
    level = compare_firsts(ours.firsts, theirs.firsts, known)
    for one, other in ((ours, theirs), (theirs, ours)):
        if level < Level.SHORT_FORM and any(
            compare_firsts((w,), other.firsts, known) >= Level.PART for w in one.others
        ):
            level = Level.SHORT_FORM
    if level == Level.OTHER and (_says_other(ours, theirs) or _says_other(theirs, ours)):
        return Level.SLIP
    if level in (Level.OTHER, Level.EQUAL, Level.SPELLING):
        return level
    for one, other in ((ours, theirs), (theirs, ours)):
        own = [c for c in other.claims - one.claims if not other.firsts or compare_firsts(other.firsts, (c,), known)]
        if one.firsts and own:
            said = [compare_firsts(one.firsts, (claim,), known) for claim in own]
            if Level.EQUAL in said:
                return max(level, Level.SHORT_FORM)
            if all(each == Level.OTHER for each in said):
                return Level.OTHER
    return level


def _says_other(name: HumanName, other: HumanName) -> bool:
    """Say whether a mail address spells the first name as the other row does, a letter apart from the row's own."""
    one, two = "".join(name.firsts), "".join(other.firsts)
    return two in name.claims and one not in name.claims and len(one) > 3 and slips(one, two) == 1


def _compare_first(one: str, other: str, known: Frequencies) -> Level:
    if one == other:
        return Level.EQUAL
    if 1 in (len(one), len(other)):
        return Level.INITIAL if one[0] == other[0] else Level.OTHER
    if 2 in (len(one), len(other)) and (one.startswith(other) or other.startswith(one)) and one[1] not in "aeiou":
        return Level.INITIAL  # "Th." and "Thomas"
    two = one in TWO and other in TWO and not is_short_form(one, other)
    if (sound(one) == sound(other) or _lost_umlauts(one, other)) and not (two and (one[0] == "h") != (other[0] == "h")):
        return Level.SPELLING  # but Anna and Hanna are two
    if is_short_form(one, other):
        return Level.SHORT_FORM if has_whole(one, other) or _bones(one) == _bones(other) else Level.TWIN
    if two:
        return Level.OTHER
    if min(len(one), len(other)) > 4 and rough_sound(one) == rough_sound(other) and not _only_ending(one, other):
        return Level.SHORT_FORM
    return _compare_unknown(one, other, known)


def _lost_umlauts(one: str, other: str) -> bool:
    """Say whether one word is the other without its umlauts ("jrg" for "joerg")."""
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and short == long.replace("ae", "").replace("oe", "").replace("ue", "")


def _bones(name: str) -> str:
    """Return the consonants of a name, which transliterations keep ("Ahmed", "Ahmad")."""
    return "".join(c for c in sound(name) if c not in "aeiou")


def _compare_unknown(one: str, other: str, known: Frequencies) -> Level:
    """Compare two first names of which at most one is a name of its own; the other may be a slip or a short form."""
    names = [_is_name(name, known) for name in (one, other)]
    short, long = sorted((one, other), key=len)
    if all(names) or (_only_ending(one, other) and (not any(names) or _is_name(short, known))):
        return Level.OTHER  # Emin and Emine
    starts = len(short) >= 3 and long.startswith(short) and not is_known(short) and len(long) - len(short) > 1
    if starts or (len(short) >= 4 and long.endswith(short) and short not in TWO):
        return Level.SHORT_FORM  # "Bine" and "Sabine"
    if (
        is_slip(sound(one), sound(other))
        or is_slip(one, other)
        or (any(names) and len(short) >= 3 and slips(one, other) <= (1 if len(short) < 7 else 2))
    ):
        return Level.SLIP
    return Level.OTHER


def _is_name(name: str, known: Frequencies) -> bool:
    """Say whether a spelling is a name of its own, in general or in this base, not somebody's slip."""
    return is_known(name) or known.holders(("first", name)) >= 4


def _only_ending(one: str, other: str) -> bool:
    """Say whether one name is the other with a vowel at the end, which tells women from men."""
    short, long = sorted((one, other), key=len)
    if len(long) == len(short) + 1:
        return long.startswith(short) and long[-1] in "aeiou"
    return len(long) == len(short) and one[:-1] == other[:-1] and {one[-1], other[-1]} in ({"a", "o"}, {"e", "o"})


def compare_lasts(ours: HumanName, theirs: HumanName) -> Level:
    """Return how alike two last names are, former ones included."""
    if not ours.last or not theirs.last:
        return Level.MISSING
    if ours.last == theirs.last:
        return Level.EQUAL
    if ours.spelt == theirs.spelt:
        return Level.SPELLING
    if min(len(ours.spelt), len(theirs.spelt)) > 5 and rough_sound(ours.spelt) == rough_sound(theirs.spelt):
        return Level.SPELLING
    return max(_compare_last(one, other) for one in ours.lasts for other in theirs.lasts)


def _compare_last(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    if one == other or "".join(one) == "".join(other):
        return Level.SPELLING if one != other else Level.EQUAL
    joined = "".join(one), "".join(other)
    if sorted(one) == sorted(other) or (sound(joined[0]) == sound(joined[1])):
        return Level.SPELLING
    long = min(map(len, joined)) > 5
    if _lost_umlauts(*joined) or (long and rough_sound(joined[0]) == rough_sound(joined[1])):
        return Level.SPELLING
    sounds = [{sound(w) for w in name if len(w) > 2} for name in (one, other)]
    if sounds[0] & sounds[1] and len(one) != len(other):
        return Level.PART
    shortest = min(map(len, joined))
    most = (1 if shortest < 6 else 2) if joined[0][0] == joined[1][0] or shortest > 5 else 0
    if is_slip(*map(sound, joined)) and joined[0][0] == joined[1][0] and shortest > 5:
        return Level.SLIP
    if is_slip(*joined) or slips(*joined) <= most < shortest - 1:
        return Level.SLIP
    if len(one) == len(other) == 1 and min(map(len, joined)) == 1 and joined[0][0] == joined[1][0]:
        return Level.INITIAL
    return Level.OTHER


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """What two names come to: bits for it, the reason (German), and whether they are surely one name.

    ``little``: one half is missing and the other only alike, which says something of a typed name, nothing of two rows.
    ``doubtful``: first names that relatives may as well have. ``other_form``: first names that are only alike.
    ``two_slips``: last names that differ by more than one slip, as those of neighbours and colleagues may.
    """

    bits: float
    reason: str
    exact: bool = False
    other_last: bool = False
    little: bool = False
    doubtful: bool = False
    other_form: bool = False
    two_slips: bool = False


_LOSS = {Level.SPELLING: 0.7, Level.SHORT_FORM: 1.5, Level.TWIN: 2.5, Level.PART: 3.5, Level.SLIP: 2.0}
"""Bits that a name is worth less when it is only alike."""


FORMER = 1.5
"""Bits that a name is worth less when one of two rows bore it formerly."""

FORMER_NAME = "gleicher Name, auch ein früherer"
"""The reason where one of two rows was called formerly as the other is now."""


def compare_names(ours: HumanName, theirs: HumanName, known: Frequencies) -> NameLikeness | None:
    """Return how alike two names are; None if they are names of two people."""
    if not (ours.firsts or ours.last) or not (theirs.firsts or theirs.last):
        return None
    if (ours.salutation and theirs.salutation and ours.salutation != theirs.salutation) or ours.desk != theirs.desk:
        return None
    if _are_marked_apart(ours, theirs):
        return None
    ours, theirs = _with_first(ours, theirs), _with_first(theirs, ours)
    first, last = _compare_told(ours, theirs, known), compare_lasts(ours, theirs)
    bits = [_first_bits(first, ours, theirs, known), _last_bits(last, ours, theirs, known)]
    if first >= Level.SPELLING and last >= Level.SPELLING:
        former = (
            not {ours.last, theirs.last} <= ours.lasts & theirs.lasts
            and ours.last != theirs.last
            and last == Level.EQUAL
        )
        exact = first == last == Level.EQUAL and not (ours.guessed or theirs.guessed)
        bits[1] -= FORMER if former else 0.0
        reason = FORMER_NAME if former else "gleicher Name"
        return NameLikeness(sum(bits), reason if exact else "gleicher Name, anders geschrieben", exact)
    if ours.words == theirs.words and len(ours.words) > 1:
        crossed = ours.firsts == theirs.last or ours.last == theirs.firsts
        reason = "Vor- und Nachname vertauscht" if crossed else "gleiche Namensteile in anderer Reihenfolge"
        return NameLikeness(_words_bits(ours, known) - 2, reason, doubtful=not crossed and ours.last == theirs.last)
    if ours.firsts and theirs.firsts and ours.last and theirs.last and _is_swapped(ours, theirs):
        worth = min(_words_bits(name, known) for name in (ours, theirs))
        return NameLikeness(worth - 2.5, "Vor- und Nachname vertauscht, anders geschrieben")
    if Level.OTHER in (first, last):
        return _one_name_other(first, last, bits, ours, theirs)
    little = Level.MISSING in (first, last) and max(first, last) < Level.SPELLING
    doubtful = first == Level.TWIN or (first == Level.SLIP and not _is_typing(ours, theirs, known))
    reason = _REASONS.get((first, last)) or _nearly(first, last)
    lasts = "".join(ours.last), "".join(theirs.last)
    return NameLikeness(
        sum(bits),
        reason,
        little=little,
        doubtful=doubtful,
        other_form=Level.MISSING < first < Level.SPELLING,
        two_slips=last == Level.SLIP and not is_slip(*lasts) and slips(*lasts) > 1,
    )


def _are_marked_apart(ours: HumanName, theirs: HumanName) -> bool:
    """Say whether generations, brackets or birthdays tell two people apart ("sen.", "Garten 14", "geb. 1950")."""
    if ours.generation and theirs.generation and ours.generation != theirs.generation:
        return True
    if not ours.marks or not theirs.marks:
        return False
    numbers = [frozenset(word for word in name.marks if word.isdigit()) for name in (ours, theirs)]
    return not ours.marks & theirs.marks or (all(numbers) and numbers[0] != numbers[1] and not numbers[0] & numbers[1])


def _is_typing(ours: HumanName, theirs: HumanName, known: Frequencies) -> bool:
    """Say whether first names a slip apart are likely one: just one of them is a name, or letters changed places."""
    left, right = ("".join(sorted(set(a.firsts) - set(b.firsts))) for a, b in ((ours, theirs), (theirs, ours)))
    return _is_name(left, known) != _is_name(right, known) or sorted(set(left)) == sorted(set(right))


def _with_first(name: HumanName, other: HumanName) -> HumanName:
    """Read a whole name in the cell for the last name as first and last name where the other's last name shows it."""
    if name.firsts or len(name.last) < 2 or not other.firsts or len(other.last) >= len(name.last):
        return name
    if name.last[-len(other.last) :] != other.last:
        return name
    firsts, last = name.last[: -len(other.last)], other.last
    return replace(name, firsts=firsts, last=last, lasts=frozenset({last, *(name.lasts - {name.last})}))


def _one_name_other(
    first: Level, last: Level, bits: Sequence[float], ours: HumanName, theirs: HumanName
) -> NameLikeness | None:
    """Judge a name of which one half is another: who marries keeps the first name; nobody changes that."""
    if first >= Level.SHORT_FORM and last == Level.OTHER and ours.last and theirs.last:
        return NameLikeness(bits[0] - 3.0, "gleicher Vorname, anderer Nachname", other_last=True)
    return None


def _nearly(first: Level, last: Level) -> str:
    if Level.MISSING in (first, last):
        return "ein Teil des Namens gleich, der andere fehlt"
    if Level.INITIAL in (first, last):
        return (
            "gleicher Nachname und Anfangsbuchstabe"
            if first == Level.INITIAL
            else "gleicher Vorname und Anfangsbuchstabe"
        )
    if Level.SLIP in (first, last):
        return "fast gleiche Schreibweise des Namens"
    if first in (Level.SHORT_FORM, Level.TWIN):
        return "gleicher Nachname, Kurzform des Vornamens"
    return "ein Name enthält den anderen"


_REASONS: dict[tuple[Level, Level], str] = {
    (Level.MISSING, Level.EQUAL): "gleicher Nachname, ein Vorname fehlt",
    (Level.EQUAL, Level.MISSING): "gleicher Vorname, ein Nachname fehlt",
}


def _first_bits(level: Level, ours: HumanName, theirs: HumanName, known: Frequencies) -> float:
    if level in (Level.OTHER, Level.MISSING):
        return known.weight(("first", ours.first), most=9.0) if level == Level.OTHER else 0.0
    if level == Level.INITIAL:
        return 2.5 * min(len(ours.firsts), len(theirs.firsts))
    words = set(ours.firsts) | set(theirs.firsts)
    value = min((known.weight(("first", w), most=9.0) for w in words if len(w) > 1), default=4.0)
    return max(1.0, value - _LOSS.get(level, 0.0))


def _last_bits(level: Level, ours: HumanName, theirs: HumanName, known: Frequencies) -> float:
    if level in (Level.OTHER, Level.MISSING):
        return 0.0
    if level == Level.INITIAL:
        return 2.0
    shared = [name for name in ours.lasts if name in theirs.lasts] or [ours.last, theirs.last]
    value = min(known.weight(("last", " ".join(name)), most=11.0) for name in shared)
    return max(1.0, value - _LOSS.get(level, 0.0))


def _words_bits(name: HumanName, known: Frequencies) -> float:
    weights = [min(known.weight(("first", w), most=9.0), known.weight(("last", w), most=9.0)) for w in name.words]
    return sum(sorted(weights, reverse=True)[:2])


def _is_swapped(ours: HumanName, theirs: HumanName) -> bool:
    pairs = (("".join(ours.firsts), "".join(theirs.last)), ("".join(ours.last), "".join(theirs.firsts)))
    return all(
        one == other or sound(one) == sound(other) or is_slip(one, other) or is_short_form(one, other)
        for one, other in pairs
    )


def is_other_human(ours: Cells, theirs: Cells) -> bool:
    """Say whether two rows name two people: another first or another last name, not only another spelling.

    Who bears no name yet (a card with nothing but an address) may turn out to be anybody.

    >>> is_other_human({"first_name": "Ada", "last_name": "Alt"}, {"first_name": "Bernd", "last_name": "Neu"})
    True
    """
    one, other = read_name(ours), read_name(theirs)
    if not one.words or not other.words:
        return False
    likeness = compare_names(one, other, Frequencies())
    return likeness is None


def cell(value: Value) -> str:
    """Return a cell as text."""
    return value if isinstance(value, str) else ""
