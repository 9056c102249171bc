"""How alike two persons are. Pure; the points are told in ``sync.likeness``."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from schemas.contacts.aliases import former, former_cells
from schemas.model import Value
from sync.evidence import Evidence, keys, lists_of, mobiles, phones, same_list, street_key, text, union, word_set
from sync.normalise import text_key

_GENERATION = word_set(
    "jun junior jr sen senior sr",
)


@dataclass(frozen=True, slots=True)
class Human:
    """What is compared of a person; ``lasts`` holds earlier last names too."""

    first: str
    last: str
    generation: frozenset[str]
    lasts: frozenset[str]
    mails: frozenset[str]
    mobiles: frozenset[str]
    landlines: frozenset[str]
    postcode: frozenset[str]
    street: str
    lists: frozenset[str]


def read_person(values: Mapping[str, Value]) -> Human:
    """Return what is compared of a row."""
    told = values.get("aliases")
    aliases = told if isinstance(told, str) else None
    ever = (values, *former_cells("person", aliases, "mail", "mail2", "phone", "mobile", "phone_other"))
    first, last = text_key(text(values, "first_name")), text_key(text(values, "last_name"))
    words = frozenset(f"{first} {last}".split())
    numbers = union(phones(each, "phone", "mobile", "phone_other") for each in ever)
    own = union(mobiles(each, "phone", "mobile", "phone_other") for each in ever)
    plain_last = _without(last, _GENERATION)
    return Human(
        first=_without(first, _GENERATION),
        last=plain_last,
        generation=words & _GENERATION,
        lasts=frozenset({plain_last, *(text_key(old) for old in former("person", aliases, "last_name"))} - {""}),
        mails=union(keys(each, "mail", "mail2") for each in ever),
        mobiles=own,
        landlines=numbers - own,
        postcode=keys(values, "postcode"),
        street=street_key(text(values, "street")),
        lists=lists_of(values),
    )


def person_blocks(human: Human) -> Iterator[Hashable]:
    """Yield the keys of which two rows must share one to be compared at all."""
    if human.first and human.last:
        yield "name", *sorted((human.first, human.last))
        yield "first", human.first, human.last[:3]
        yield "sound", _sound(human.first), _sound(human.last)
        for last in human.lasts:
            yield "last", last, human.first[0]
    near = [*human.mails, *human.mobiles, *human.landlines]
    for name in {human.first, *human.lasts} - {""}:
        for place in near:
            yield name, place


def judge_persons(ours: Human, theirs: Human) -> Evidence | None:
    """Return what speaks for and against; None if the names are not alike."""
    points, reason = _names(ours, theirs)
    if not points:
        return None
    found = Evidence()
    found.add(points, reason)
    if ours.mails & theirs.mails:
        found.add(30, "gleiche E-Mail-Adresse")
    if ours.mobiles & theirs.mobiles:
        found.add(30, "gleiche Mobilnummer")
    if ours.street and ours.street == theirs.street and not _apart(ours.postcode, theirs.postcode):
        found.add(20, "gleiche Anschrift")
    elif ours.landlines & theirs.landlines:
        found.add(20, "gleiche Telefonnummer")
    if ours.postcode & theirs.postcode:
        found.add(5, "gleiche PLZ")
    elif _apart(ours.postcode, theirs.postcode):
        found.contradict(10, "verschiedene PLZ")
    if ours.generation != theirs.generation:
        found.contradict(40, "Junior und Senior")
    same_list(found, ours.lists, theirs.lists, 10 if points >= 60 else 20)
    if points < 60:
        found.against = True  # a slip or an initial may as well be a relative
    return found


def _names(ours: Human, theirs: Human) -> tuple[int, str]:
    if not ours.last or not theirs.last:
        return 0, ""
    same_last = bool(ours.lasts & theirs.lasts)
    if not ours.first or not theirs.first:
        return (25, "gleicher Nachname, ein Vorname fehlt") if same_last else (0, "")
    if same_last and ours.first == theirs.first:
        return (60, "gleicher Name") if ours.last == theirs.last else (50, "gleicher Name, auch ein früherer")
    if ours.first == theirs.last and ours.last == theirs.first:
        return 50, "Vor- und Nachname vertauscht"
    return _nearly(ours, theirs, same_last)


def _nearly(ours: Human, theirs: Human, same_last: bool) -> tuple[int, str]:
    first_slip = _slip(ours.first, theirs.first)
    if same_last and (first_slip or _starts(ours.first, theirs.first)):
        return 45, "fast gleiche Schreibweise des Namens"
    if same_last and _initial(ours.first, theirs.first):
        return 30, "gleicher Nachname und Anfangsbuchstabe"
    if ours.first == theirs.first and (
        _slip(ours.last, theirs.last, ends_alike=False) or _starts(ours.last, theirs.last)
    ):
        return 45, "fast gleiche Schreibweise des Namens"
    if ours.first == theirs.first:
        return 25, "gleicher Vorname, anderer Nachname"
    return 0, ""


def _starts(one: str, other: str) -> bool:
    """Say whether one name has a further part ("Anna" and "Anna Maria", "Meier" and "Meier-Schulz")."""
    a, b = one.split(), other.split()
    return a != b and (a == b[: len(a)] or b == a[: len(b)])


def _initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))


def _slip(one: str, other: str, *, ends_alike: bool = True) -> bool:
    """Say whether two names are spellings of one; Stefan and Stephan are, Simon and Simone or Petra and Peter not.

    ``ends_alike``: the end of a first name tells women from men and must be the same; that of a last name need not.
    """
    if {one, other} <= _NEIGHBOURS:
        return False
    one, other = _sound(one), _sound(other)
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or one[0] != other[0] or (ends_alike and one[-1] != other[-1]):
        return False
    return Indel.distance(one, other, score_cutoff=2) <= 2


def _sound(name: str) -> str:
    for spelling, sound in _SOUNDS:
        name = name.replace(spelling, sound)
    return name


_SOUNDS = (("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("dt", "t"), ("c", "k"), ("y", "i"), (" ", ""))
_NEIGHBOURS = word_set(
    "maria marta martha marie mario martin martina marina christian christina christine",
)
"""First names that are one slip apart and still two names."""


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs) and not ours & theirs


def _without(name: str, words: frozenset[str]) -> str:
    return " ".join(word for word in name.split() if word not in words)
