"""How alike the names of two organisations are. Pure.

Words count by how rare they are. What tells neighbours apart (north and south, first and second, a circle of friends
and what it is a friend of, district and state) is the gate: such names are two however much else agrees.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sync.identity.abbreviations import find_abbreviated
from sync.identity.frequencies import Frequencies
from sync.identity.organisation_apart import (
    Words,
    are_told_apart,
    are_two,
    are_two_territories,
    belongs_to,
    hindrance,
    owners_of,
)
from sync.identity.organisation_reading import BodyName
from sync.identity.organisation_words import (
    CLUBS,
    DESCRIPTORS,
    FAITHS,
    FILLERS,
    HEADS,
    KIND_GROUPS,
    LEVELS,
    PARTS,
    PEOPLE,
    SATELLITES,
    SPORTS,
    is_one_kind,
    is_year,
)
from sync.identity.spelling import is_slip, slips, without_umlauts


@dataclass(frozen=True, slots=True)
class BodyLikeness:
    """What two names come to: bits for it, the reason (German), whether they are surely one name, what is against.

    ``slip``: by how many slips of the keyboard they differ, which may as well be two names. ``short``: the
    abbreviation that one of them is or has.
    """

    bits: float
    reason: str
    exact: bool = False
    against: str = ""
    slip: int = 0
    short: str = ""


def compare_body_names(
    ours: BodyName, theirs: BodyName, towns: frozenset[str], known: Frequencies
) -> BodyLikeness | None:
    """Return how alike two names are; None if they are names of two bodies. ``towns`` are words that say only where."""
    if not ours.key or not theirs.key:
        return None
    if (ours.form and theirs.form and ours.form != theirs.form) or are_two_territories(ours, theirs):
        return None
    whole = min(known.weight(("name", name.compact), most=13.0) for name in (ours, theirs))
    if ours.key == theirs.key:
        bits = min(whole, max(_worth(ours.words, known, towns), 9.0)) + 1.5
        return BodyLikeness(bits, "gleicher Name", exact=True)
    if ours.words == theirs.words or ours.compact == theirs.compact or ours.joined == theirs.joined:
        worth = min(_worth(name.words, known, towns) for name in (ours, theirs))
        bits = min(whole, max(worth, 9.0)) + 1.0
        other = _are_other_words(ours, theirs)  # nobody is merged unasked because a word list calls two words one
        reason = "gleiche Bedeutung der Wörter im Namen" if other else "gleiche Wörter im Namen"
        return BodyLikeness(bits, reason, exact=not other)
    if are_told_apart(ours, theirs) or belongs_to(ours, theirs, towns) or belongs_to(theirs, ours, towns):
        return None
    ours, theirs = _split_compounds(ours, theirs), _split_compounds(theirs, ours)
    if ours.words.isdisjoint(theirs.words) and {w[0] for w in ours.words}.isdisjoint(w[0] for w in theirs.words):
        return None  # no slip can make them equal; this is the usual case and must be quick
    left, right = unexplained(ours, theirs)
    for short, long, spelt in ((_short(left), right, theirs), (_short(right), left, ours)):
        if words := _spelt_out(short, long, spelt):
            others = (left - words, right - words)
            rest = _compare_words((ours, theirs), others, towns, known, more=words & long)
            if rest is not None:
                plain = _worth(ours.words & theirs.words, known, towns) + _LETTER * min(map(len, words & short))
                return BodyLikeness(
                    min(rest.bits, plain) - 2.0, "Abkürzung des Namens", against=rest.against, short=min(words & short)
                )
    return _compare_words((ours, theirs), (left, right), towns, known)


_SHORT = 5
"""Letters up to which a word is taken for an abbreviation of another."""


def _are_other_words(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether names that mean the same are told by words that are no spelling and no abbreviation of each other."""
    one, other = set(ours.key.split()), set(theirs.key.split())
    left, right = (
        [word for word in words if len(word) > _SHORT and word not in FILLERS] for words in (one - other, other - one)
    )
    if not left or not right or "".join(ours.key.split()) == "".join(theirs.key.split()):
        return False
    return not all(any(word[:4] == each[:4] for each in right) for word in left)


def unexplained(ours: BodyName, theirs: BodyName) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only one of two names has, without the year of a foundation and needless words."""
    left, right = ours.words - theirs.words, theirs.words - ours.words
    if ours.words & theirs.words & SPORTS:
        left, right = left - {"abteilung"}, right - {"abteilung"}  # a sport tells the section
    if not (ours.words & FAITHS and theirs.words & FAITHS):
        left, right = left - FAITHS - {"lutherisch"}, right - FAITHS - {"lutherisch"}
    if (ours.words & theirs.words) & _CHURCHES:
        left, right = left - {"sankt"}, right - {"sankt"}
    years = {w for w in left | right if is_year(w)}
    if {w[-2:] for w in years & left} & {w[-2:] for w in years & right}:
        left, right = left - years, right - years
    return left, right


_CHURCHES = frozenset({"kirche", "kirchengemeinde"})


def _short(words: frozenset[str]) -> frozenset[str]:
    """Return the words that may be abbreviations."""
    return frozenset(word for word in words if 2 <= len(word) <= 6 and word not in FILLERS)


def _spelt_out(short: frozenset[str], long: frozenset[str], spelt: BodyName) -> frozenset[str]:
    """Return the words of which a word that only the other name has is the abbreviation, and that word."""
    for word in sorted(short):
        left = tuple(part for part in spelt.order if part in long)
        telling = tuple(part for part in left if part not in FILLERS)
        for parts in (telling, left, tuple(part for part in left if len(part) > 3)):
            if found := find_abbreviated(word, parts):
                return found | {word}
    return frozenset()


def is_spelt_out(short: frozenset[str], long: frozenset[str], spelt: BodyName) -> bool:
    """Say whether one of the words that only one name has is short for words that only the other has."""
    starts = {word[0] for word in long} if len(long) > 1 else set()
    return any(word[0] in starts for word in _short(short)) and bool(_spelt_out(_short(short), long, spelt))


_WHOLE_HEADS = {"gemeinde": "kirchengemeinde", "heim": "pflegeheim"}
"""Heads of compounds, and what the whole is called where the head stands alone."""


def _split_compounds(name: BodyName, other: BodyName) -> BodyName:
    """Take compounds apart whose parts stand alone in the other name."""
    words = name.words
    for word, (start, head) in name.compounds.items():
        if word in other.words:
            continue
        if (whole := _WHOLE_HEADS.get(head)) in other.words:
            head = str(whole)  # noqa: PLW2901 - from here on the head as the other name tells it
        parts = sorted(w for w in other.words if _is_beginning(start, w))
        if head in other.words or parts:
            words = words - {word} | {head, parts[0] if parts else start}
    return replace(name, words=words) if words != name.words else name


_LETTER = 2.5
"""Bits that a letter of an abbreviation is worth."""

MOST = 15.0
"""Bits that a name is worth at the most, however long it is."""

FADING = (1.0, 0.8, 0.6, 0.45, 0.35, 0.25)
"""What the rarest word of a name counts, the next one, and so on: words of a name hang together."""

FADED = 0.15
"""What the words after these count."""


def _worth(words: frozenset[str], known: Frequencies, towns: frozenset[str], alike: Sequence[float] = ()) -> float:
    """Return the bits of words that two names share, with those of words that are only ``alike``."""
    weights = sorted([*(_word_bits(word, known, towns) for word in words), *alike], reverse=True)
    return sum(w * (FADING[at] if at < len(FADING) else FADED) for at, w in enumerate(weights))


def _word_bits(word: str, known: Frequencies, towns: frozenset[str] = frozenset()) -> float:
    if word in FILLERS:
        return 0.3
    most = 2.0 if word in towns else 4.0 if len(word) < 3 else 11.0
    return known.weight(("word", word), most=most)


def _loss(word: str, known: Frequencies) -> float:
    """Return the bits that a word costs which only one name has."""
    return 2.0 if word in DESCRIPTORS or is_year(word) else min(9.0, _word_bits(word, known))


_OTHER_WORDS = 9.0
"""Bits that names cost at the most which share a word and are not those of two bodies."""


def cost_of_names(bits: float) -> float:
    """Return what names cost two rows whose words come to less than nothing."""
    return min(_OTHER_WORDS, 3.0 - bits)


def loss_of_rest(left: frozenset[str], right: frozenset[str], known: Frequencies) -> float:
    """Return the bits that it costs two names that each has telling words which the other has not; 0.0 for one only."""
    if not left or not right:
        return 0.0
    one, other = (sum(_loss(word, known) for word in side) for side in (left, right))
    return 1.5 * min(one, other) + 0.3 * max(one, other) if one and other else 0.0


def _is_beginning(start: str, word: str) -> bool:
    """Say whether a word is the beginning of a compound, as it stands alone ("sparkasse" of "sparkassenstiftung")."""
    return abs(len(word) - len(start)) <= 2 and len(word) > 3 and (word.startswith(start) or start.startswith(word))


def _compare_words(
    names: tuple[BodyName, BodyName],
    rest: tuple[frozenset[str], frozenset[str]],
    towns: frozenset[str],
    known: Frequencies,
    more: frozenset[str] = frozenset(),
) -> BodyLikeness | None:
    """Judge two names by what they share and by what only one of them has (``rest``); ``more`` they share as well."""
    ours, theirs = names
    left, right, alike, only_slips = _pair_off(*rest)
    shared = ((ours.words & theirs.words) | more) - {""}
    words = Words(
        names, shared, left, right, frozenset(w for a, b, _ in alike for w in (a, b) if not {a, b} & towns), towns
    )
    if are_two(words):
        return None
    near = [max(0.0, min(_word_bits(a, known, towns), _word_bits(b, known, towns)) - loss) for a, b, loss in alike]
    loss, against = hindrance(words)
    slipped = max((slips(a, b) for a, b, loss in alike if loss == _SLIP_LOSS and not is_spelling(a, b)), default=0)
    bits = min(MOST, _worth(words.shared, known, towns, near)) - loss
    if not words.rest - FILLERS:
        if _is_crossed(ours, theirs, alike):
            bits, against = bits - 6.0, "die Wörter stehen in anderer Reihenfolge und Beugung"
        reason = "fast gleiche Schreibweise des Namens" if only_slips else "gleicher Name bis auf Füllwörter"
        if any(loss == _KIND_LOSS for _, _, loss in alike):
            reason = "gleicher Name, ein anderes Wort für die Art"
        return BodyLikeness(bits, reason, against=against, slip=slipped)
    tells = [side - FILLERS for side in (left, right)]
    if not words.rest - FILLERS - towns and not all(tells):
        return BodyLikeness(bits - 0.5, "gleicher Name, einmal mit Ort", against=against, slip=slipped)
    places = frozenset() if all(tells) else towns  # on both sides, a town is what tells two bodies apart
    if loss := loss_of_rest(tells[0] - places, tells[1] - places, known):
        return BodyLikeness(bits - loss, "Namen mit gemeinsamen Wörtern", against=against, slip=slipped)
    one, other = (sum(_loss(word, known) for word in side - places) for side in tells)
    if not words.rest - FILLERS - towns - owners_of(ours) - owners_of(theirs):
        one = other = 0.0
    return BodyLikeness(
        bits - min(5.0, 1.0 + 0.2 * (one + other)), "ein Name steckt im anderen", against=against, slip=slipped
    )


_Alike = list[tuple[str, str, float]]


def _pair_off(left: frozenset[str], right: frozenset[str]) -> tuple[frozenset[str], frozenset[str], _Alike, bool]:
    """Take out words of both sides that are spellings, beginnings or parts of one another; tell if by slips only."""
    one, other = sorted(left, key=len, reverse=True), sorted(right, key=len, reverse=True)
    if one and "".join(sorted(left)) and _joined(left, right):
        return frozenset(), frozenset(), [(w, w, 1.0) for w in (one if len(one) < len(other) else other)], True
    rest = list(other)
    gone: list[str] = []
    alike: _Alike = []
    slips = True
    for word in one:
        if word in FILLERS or word in SPORTS:
            continue
        near = [(rank, at) for at, w in enumerate(rest) if (rank := _rank_alike(word, w)) is not None]
        if near:
            rank, at = min(near)
            gone.append(word)
            alike.append((word, rest.pop(at), _TESTS[rank][0]))
            slips = slips and _TESTS[rank][0] == _SLIP_LOSS
    return frozenset(one) - frozenset(gone), frozenset(rest), alike, slips and bool(alike)


def are_alike(word: str, other: str) -> bool:
    """Say whether two words are spellings, beginnings or parts of one another, whichever name has which."""
    return _rank_alike(word, other) is not None or _rank_alike(other, word) is not None


@functools.lru_cache(maxsize=1_048_576)
def _rank_alike(word: str, other: str) -> int | None:
    """Return the place of the first test that two words pass; None if they are not alike."""
    if other in FILLERS or not (other[0] == word[0] or min(len(other), len(word)) >= 6 or word in _KIN):
        return None
    return next((rank for rank, (_, test) in enumerate(_TESTS) if test(word, other)), None)


def _is_crossed(ours: BodyName, theirs: BodyName, alike: _Alike) -> bool:
    """Say whether words changed places and endings: "Kinder helfen Tieren" is not "Tiere helfen Kindern"."""
    places = sorted(
        (ours.order.index(a), theirs.order.index(b)) for a, b, _ in alike if a in ours.order and b in theirs.order
    )
    return any(one[1] > other[1] for one, other in pairwise(places))


def _joined(left: frozenset[str], right: frozenset[str]) -> bool:
    """Say whether words are written together on one side only."""
    one, other = (sorted(side) for side in (left, right))
    if len("".join(one)) != len("".join(other)) or not 1 <= min(len(one), len(other)) <= 2:
        return False
    return sorted("".join(one)) == sorted("".join(other)) and any(
        a != b and (a.startswith(b) or b.startswith(a)) for a in one for b in other
    )


def is_spelling(one: str, other: str) -> bool:
    """Say whether two words are one but for umlauts and doubled letters, which nobody gives to a second name."""
    return without_umlauts(one) == without_umlauts(other)


def _slip(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    if short < 5 or abs(len(one) - len(other)) > 3:
        return False
    slip = without_umlauts(one) == without_umlauts(other)
    slip = slip or (short >= 6 and (is_slip(one, other) or (short >= 7 and slips(one, other) == 1)))
    return slip and not any(c.isdigit() for c in one + other)


def _begins(one: str, other: str) -> bool:
    """Say whether one word is the other cut short ("deli", "delicatessen")."""
    short, long = sorted((one, other), key=len)
    return (
        short[0] == long[0]
        and 3 <= len(short) <= 5
        and short.isalpha()
        and short not in PARTS
        and len(long) - len(short) >= 2
        and long.startswith(short)
    )


def _ends(one: str, other: str) -> bool:
    """Say whether one word is the last part of the other ("wohnstaette", "lebenshilfewohnstaette")."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and long.endswith(short) and not {short, long} & _NO_NAMES


_NO_NAMES = SATELLITES | LEVELS | PARTS | DESCRIPTORS | frozenset(HEADS) | {"strasse"}
"""Words that are the last part of many compounds and name nobody."""


def _initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0] and one.isalpha() and other.isalpha()


def _inflected(one: str, other: str) -> bool:
    """Say whether two words share all but their endings ("sozial", "soziales", "sozialamt")."""
    least = min(len(one), len(other))
    same = next((at for at in range(least) if one[at] != other[at]), least)
    return same >= 5 and max(len(one), len(other)) - same <= (3 if same == 5 else 4)


def _turned(one: str, other: str) -> bool:
    """Say whether two compounds have the same parts in another order ("schulverbund", "verbundschule")."""
    short, long = sorted((one, other), key=len)
    turned = (short[at:] + short[:at] for at in range(4, len(short) - 3))
    return len(long) - len(short) <= 1 and len(short) >= 8 and any(long.startswith(each) for each in turned)


_KIN = frozenset().union(*KIND_GROUPS)


def _same_start(one: str, other: str) -> bool:
    """Say whether two words name a body of people after one matter ("schachclub", "schachverein"), but for a sport."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    if same < 5 or {one, other} & CLUBS:
        return False
    starts = [{word[: -len(head)].removesuffix("s") for head in PEOPLE if word.endswith(head)} for word in (one, other)]
    return not starts[0].isdisjoint(starts[1])


_SLIP_LOSS = 2.0
_KIND_LOSS = 3.5
_TESTS = (
    (_SLIP_LOSS, _slip),
    (2.5, _inflected),
    (3.0, _begins),
    (4.0, _ends),
    (2.5, _turned),
    (_KIND_LOSS, is_one_kind),
    (_KIND_LOSS, _same_start),
    (6.0, _initial),
)
