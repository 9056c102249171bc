"""What makes two names of organisations those of two bodies, however much else agrees. Pure.

North and south, first and second, a circle of friends and what it is a friend of, district and state, a kind of
institution and another one, a body and what belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.identity.organisation_reading import BodyName
from sync.identity.organisation_words import (
    CLUBS_OF,
    COMMITTEES,
    DEPENDENTS,
    DESCRIPTORS,
    FAITHS,
    FILLERS,
    HEADS,
    KINDS_TOLD,
    LEVELS,
    LOCAL,
    OFFICES,
    OWNERS,
    PARTS,
    SATELLITES,
    SEATS,
    SITES,
    SPORTS,
    TERRITORIES,
    is_dependent,
    is_one_kind,
    is_year,
)


def are_told_apart(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether both names bear something that tells them apart."""
    if ours.plain_marks - theirs.words and theirs.plain_marks - ours.words:
        return True
    years = [{w for w in name.marks if is_year(w)} for name in (ours, theirs)]
    if all(years) and not _one_year(*years):
        return True
    faiths = [(name.words & FAITHS) for name in (ours, theirs)]
    if all(faiths) and not faiths[0] & faiths[1]:
        return True
    levels = [(name.words & LEVELS) for name in (ours, theirs)]
    if all(levels) and not levels[0] & levels[1]:
        return True
    return bool(ours.brackets - theirs.words) and bool(theirs.brackets - ours.words)


def are_two_kinds(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether both names begin with a kind of territory or tell a kind of institution first, each another one."""
    for kind_of in (_territory, _first_kind):
        one, other = kind_of(ours), kind_of(theirs)
        if one and other and not is_one_kind(one, other):
            return True
    return False


def are_two_territories(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether two names are those of a town, a district or a part of one ("Stadt Burg", "Landkreis Burg")."""
    one, other = _territory(ours), _territory(theirs)
    return bool(one and other) and one != other


def _territory(name: BodyName) -> str:
    """Return the kind of territory with which a name begins, empty if with none."""
    first = name.order[0] if name.order else ""
    return next((kind for kind, words in TERRITORIES.items() if first in words), "")


def _one_year(ours: set[str], theirs: set[str]) -> bool:
    """Say whether two names tell one year, once perhaps without its century ("1909", "09")."""
    return any(one == other or (len(one) != len(other) and one[-2:] == other[-2:]) for one in ours for other in theirs)


def belongs_to(part: BodyName, whole: BodyName, towns: frozenset[str]) -> bool:
    """Say whether one name tells something of the body that bears the other ("Beratungsstelle im Haus am Hang")."""
    named = whole.words - FILLERS - LEVELS - towns
    before = OWNERS | PLACES if len(named) > 1 else OWNERS  # "am Park" tells where, "am Klinikum Nord" of what
    at = next((at for at, word in enumerate(part.order) if at and word in before), 0)
    head = frozenset(part.order[:at]) - FILLERS - LEVELS - SEATS - towns
    tail = part.order[at + 1 :] if at else ()
    return bool(head - named and named) and all(any(_is_form(word, other) for other in tail) for word in named)


def owners_of(name: BodyName) -> frozenset[str]:
    """Return the words behind which a name tells to whom the body belongs ("im DRK Kreisverband")."""
    at = next((at for at, word in enumerate(name.order) if at and word in OWNERS), len(name.order))
    return frozenset(name.order[at:])


def _is_form(one: str, other: str) -> bool:
    """Say whether two words are one but for the ending of the case."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 4 and len(long) - len(short) <= 2 and long.startswith(short[:-1]))


def are_strangers(ours: BodyName, theirs: BodyName, towns: frozenset[str]) -> bool:
    """Say whether two names have nothing in common and neither tells of a part of something or of a friend of it."""
    shared = ours.words & theirs.words - FILLERS - towns
    parts = DEPENDENTS | SPORTS | SITES | LEVELS
    kinds = [name.words & SATELLITES for name in (ours, theirs)]
    return not shared and not (ours.words | theirs.words) & parts and not all(kinds)


PLACES = frozenset({"am", "an", "beim", "im", "zum", "zur"})
"""Words behind which a name tells where the body is."""


def is_one_committee(ours: BodyName, theirs: BodyName) -> bool:
    """Say whether just one of two names is that of a committee."""
    one, other = (any(COMMITTEES.search(word) for word in name.words) for name in (ours, theirs))
    return one != other


@dataclass(frozen=True, slots=True)
class Words:
    """What two names share and what only one of them has; ``towns`` are words that say only where a body is."""

    names: tuple[BodyName, BodyName]
    shared: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    alike: frozenset[str]
    towns: frozenset[str]

    @property
    def rest(self) -> frozenset[str]:
        """Return the words that only one of the names has."""
        return self.left | self.right

    @property
    def marks(self) -> frozenset[str]:
        """Return what tells neighbours apart in either name."""
        return self.names[0].marks | self.names[1].marks

    @property
    def brackets(self) -> frozenset[str]:
        """Return what stands in brackets in either name."""
        return self.names[0].brackets | self.names[1].brackets


def are_two(words: Words) -> bool:
    """Say whether what only one name has makes another body of it."""
    if not (words.shared - FILLERS - words.towns) and not words.alike:
        return True
    if _is_other_kind(words) or is_one_committee(*words.names) or _are_at_two_places(words):
        return True
    if words.rest & (words.brackets & PARTS | SPORTS):
        return True
    left, right = words.left - FILLERS, words.right - FILLERS
    units = [any(OFFICES.search(w) for w in side) for side in (words.left, words.right)]
    alike_office = any(OFFICES.search(w) for w in words.alike)
    in_office = any(OFFICES.search(w) for w in words.shared) and bool(left and right)
    if (in_office or (any(units) and (all(units) or not (left and right)))) and not alike_office:
        return True  # two offices of one house, or an office and the administration that it belongs to
    return bool(((words.shared | words.rest) & SITES or words.rest & LEVELS) and left and right)


def _is_other_kind(words: Words) -> bool:
    """Say whether the names tell two kinds of body, such as a parish and its day nursery."""
    if any(is_dependent(word) for word in words.rest - words.brackets):
        return True
    told = [side & KINDS_TOLD - words.brackets for side in (words.left, words.right)]
    if all(told):
        return True  # what is of one kind was taken out as alike
    satellites = words.rest & SATELLITES - words.brackets
    if not satellites:
        return False
    ours, theirs = words.names
    if _first_kind(ours) == _first_kind(theirs):
        return False
    return _tells_kind(ours) and _tells_kind(theirs)


def _are_at_two_places(words: Words) -> bool:
    """Say whether each name tells a place of its own behind what both share ("am Markt", "an der Elbe")."""
    tails = []
    for name in words.names:
        at = next((at for at, word in enumerate(name.order) if at and word in PLACES), len(name.order))
        tails.append(frozenset(name.order[at:]) - FILLERS - PLACES - words.towns)
    return bool(tails[0] and tails[1] and tails[0] <= words.left | words.right and tails[1] <= words.left | words.right)


def _tells_kind(name: BodyName) -> bool:
    """Say whether a name tells what kind of body bears it, not only what it is called."""
    said = SATELLITES | DESCRIPTORS
    return bool(name.form) or any(word in said or word.endswith(HEADS) for word in name.words)


def _first_kind(name: BodyName) -> str:
    """Return the kind of body that a name tells first, which is what bears it."""
    said = (name.compounds[word][1] if word in name.compounds else word for word in name.order)
    return next((word for word in said if word in SATELLITES), "")


def hindrance(words: Words) -> tuple[float, str]:
    """Return the bits that words of only one name cost, and why the pair is never sure then (German)."""
    loss, against = 0.0, ""
    if satellites := words.rest & SATELLITES:
        loss, against = loss + 2.5, f"nur ein Name hat „{', '.join(sorted(satellites))}“"
    marks = {w for w in (words.rest & words.marks) - words.towns if not is_year(w)}
    if marks:
        loss, against = loss + 5.0, f"nur ein Name hat „{', '.join(sorted(marks))}“"
    if levels := words.rest & LEVELS:
        loss, against = loss + (2.0 if levels <= LOCAL else 5.0), "nur ein Name nennt die Ebene des Verbands"
    if words.rest & CLUBS_OF:
        loss, against = loss + 4.0, "ein anderes Kürzel des Vereins"
    if words.rest & words.brackets and not against:
        loss, against = loss + 3.0, "nur ein Name hat einen Zusatz in Klammern"
    return loss, against
