"""How alike two organisations are. Pure; the points are told in ``sync.likeness``."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Indel

from schemas.contacts.aliases import former, former_cells
from schemas.model import Value
from sync.evidence import Evidence, hosts, keys, lists_of, phones, same_list, street_key, text, union, word_set
from sync.normalise import organisation_key, text_key

_PARTS = word_set(
    "nord sued ost west mitte nordost nordwest suedost suedwest noerdlich suedlich oestlich westlich alt neu altstadt",
    "neustadt ober unter gross klein innere aeussere zentrum i ii iii iv v vi vii viii ix x eins zwei drei vier fuenf",
    "erste zweite dritte a b c d maenner frauen damen herren maedchen jungen senioren junioren kinder jugend",
)
"""Words that tell neighbours apart; numbers do as well."""

_SATELLITES = word_set(
    "freundeskreis freunde foerderverein foerderkreis foerdergesellschaft foerderer stiftung buergerstiftung",
    "akademie verlag gmbh ug eg ag kg betriebsrat elternrat elternbeirat beirat jugendwerk jugendverband kita schule",
    "grundschule hort krippe werkstatt pflegeheim sozialstation tagespflege hospiz klinik beratungsstelle kirche",
    "studierendenrat fakultaet institut fraktion kv lv ov bv bundesverband bezirksverband",
)
"""Words that make another body of it when only one of two names has them."""

_FILLERS = word_set(
    "der die das des dem den fuer f in im am an auf bei beim von vom zu zur zum mit verein ev eingetragener e v stadt",
    "landeshauptstadt hansestadt deutschland",
)
_COMMON_STEMS = frozenset(
    word[:6]
    for word in word_set(
        "kita grundschule schule gymnasium hort turnverein sportverein sportgemeinschaft kleingartenverein chor",
        "foerderverein heimatverein selbsthilfegruppe buergerinitiative buergerverein seniorentreff freiwillige",
        "feuerwehr evangelische katholische kirchengemeinde drk deutsches rotes kreuz arbeiterwohlfahrt ortsverein kv",
        "lv ov stiftung verband initiative gruppe haus zentrum sankt gemeinnuetzige gmbh",
    )
)
"""What so many names begin with that sharing it and a postcode is no ground to compare two rows."""

_SAME_WORDS = {
    "kindertagesstaette": "kita", "kindertageseinrichtung": "kita", "freiwilligenzentrum": "freiwilligenagentur",
    "begegnungsstaette": "begegnungszentrum", "jfe": "jugendfreizeiteinrichtung", "ffw": "feuerwehr",
    "drk": "deutsches rotes kreuz", "awo": "arbeiterwohlfahrt", "asb": "arbeiter samariter bund",
    "thw": "technisches hilfswerk", "efg": "evangelisch freikirchliche gemeinde", "hl": "heilig", "heilige": "heilig",
    "heiligen": "heilig", "tv": "turnverein", "kgv": "kleingartenverein", "mgh": "mehrgenerationenhaus",
    "vhs": "volkshochschule", "shg": "selbsthilfegruppe", "sg": "sportgemeinschaft",
}  # fmt: skip


_TYPING_FROM = 8
"""Letters from which on a name may hold a slip of the keyboard and still be told from others."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its key, its words, those that tell neighbours apart, and what weighs in one piece."""

    key: str
    order: tuple[str, ...]
    words: frozenset[str]
    marks: frozenset[str]
    compact: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is compared of an organisation; ``towns`` are words that say only where it is."""

    name: Name
    others: frozenset[str]
    towns: frozenset[str]
    postcode: frozenset[str]
    street: str
    hosts: frozenset[str]
    mails: frozenset[str]
    phones: frozenset[str]
    register: str
    lists: frozenset[str]


def read_organisation(values: Mapping[str, Value]) -> Body:
    """Return what is compared of a row."""
    told = values.get("aliases")
    aliases = told if isinstance(told, str) else None
    others = [text(values, "short_name"), *former("organisation", aliases, "name")]
    others += former("organisation", aliases, "short_name")
    ever = (values, *former_cells("organisation", aliases, "phone", "phone2", "mail", "web"))
    district = frozenset(text_key(text(values, "district")).split())
    return Body(
        name=_name(text(values, "name"), district),
        others=frozenset(organisation_key(other) for other in others if other),
        towns=frozenset(text_key(text(values, "city")).split()) - district,
        postcode=keys(values, "postcode"),
        street=street_key(text(values, "street")),
        hosts=union(hosts(text(each, "web")) for each in ever),
        mails=union(keys(each, "mail") for each in ever),
        phones=union(phones(each, "phone", "phone2") for each in ever),
        register=text_key(text(values, "register_number")).replace(" ", ""),
        lists=lists_of(values),
    )


def organisation_blocks(body: Body) -> Iterator[Hashable]:
    """Yield the keys of which two rows must share one to be compared at all."""
    name = body.name
    if name.key:
        yield "name", name.key
    for other in body.others:
        yield "name", other
    if body.register:
        yield "register", body.register
    if not name.key:
        return
    yield "compact", name.compact
    if len(name.compact) >= _TYPING_FROM:
        for at in range(len(name.compact)):
            yield "slip", name.compact[:at] + name.compact[at + 1 :]
    for words in {name.words | body.towns, name.words, name.words - body.towns}:  # the other row may not know the town
        stems = _stems(words, name)
        yield "stems", tuple(stems), name.marks
        if len(stems) > 2:
            for fewer in combinations(stems, len(stems) - 1):
                yield "stems", fewer, name.marks
    stems = _stems(name.words - body.towns, name)
    telling = [stem for stem in stems if stem not in _COMMON_STEMS] or stems
    near = [*body.postcode, *body.hosts, *body.mails, *body.phones]
    for stem in telling:
        for place in near:
            yield stem, place, name.marks


def _stems(words: frozenset[str], name: Name) -> list[str]:
    return sorted({word[:6] for word in words - _FILLERS - name.marks}) or sorted(name.words)


def judge_organisations(ours: Body, theirs: Body) -> Evidence | None:
    """Return what speaks for and against; None if neither the names nor the register numbers are alike."""
    found = Evidence()
    points = _names(found, ours, theirs)
    same_register = bool(ours.register) and ours.register == theirs.register
    if not points and not same_register:
        return None
    if same_register:
        found.add(50, "gleiche Registernummer")
    elif ours.register and theirs.register:
        found.contradict(40, "verschiedene Registernummern")
    _places(found, ours, theirs)
    same_list(found, ours.lists, theirs.lists, 10 if points >= 65 else 20)
    if points < 65 and not same_register:
        found.against = True  # names that are only alike are never sure, however much else agrees
    return found


def _places(found: Evidence, ours: Body, theirs: Body) -> None:
    if ours.postcode & theirs.postcode:
        found.add(20, "gleiche PLZ")
    elif ours.postcode and theirs.postcode:
        found.contradict(10, "verschiedene PLZ")
    if ours.hosts & theirs.hosts:
        found.add(20, "gleiche Webadresse")
    elif ours.hosts and theirs.hosts:
        found.contradict(10, "verschiedene Webadressen")
    if ours.mails & theirs.mails:
        found.add(20, "gleiche E-Mail-Adresse")
    if ours.phones & theirs.phones:
        found.add(15, "gleiche Telefonnummer")
    if ours.street and ours.street == theirs.street and not _apart(ours.postcode, theirs.postcode):
        found.add(15, "gleiche Straße und Hausnummer")


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs) and not ours & theirs


def _names(found: Evidence, ours: Body, theirs: Body) -> int:
    """Count the likeness of the names and return its points."""
    points, reason = _best_name(ours, theirs)
    if points < 50 and _known_as(ours, theirs):
        points, reason = 50, "gleicher früherer oder kurzer Name"
    if points:
        found.add(points, reason)
    return points


def _known_as(ours: Body, theirs: Body) -> bool:
    return bool(
        ours.name.key in theirs.others or theirs.name.key in ours.others or _long(ours.others) & _long(theirs.others)
    )


def _long(names: frozenset[str]) -> frozenset[str]:
    """Return the names that are more than initials, which many bodies share."""
    return frozenset(name for name in names if len(name) > 5)


def _best_name(ours: Body, theirs: Body) -> tuple[int, str]:
    a, b = ours.name, theirs.name
    if not a.key or not b.key:
        return 0, ""
    if a.key == b.key:
        return 70, "gleicher Name nach Vereinheitlichung"
    if a.words == b.words or a.compact == b.compact:
        return 65, "gleiche Wörter im Namen"
    if a.marks != b.marks:
        return 0, ""
    left, right = a.words - b.words, b.words - a.words
    if _initials(left, right, b) or _initials(right, left, a):
        return 45, "Abkürzung des Namens"
    if left and right and {word[0] for word in left}.isdisjoint(word[0] for word in right):
        return 0, ""  # no slip can make them equal; this is the usual case and must be quick
    return _different_words(left, right, a.words & b.words, ours.towns | theirs.towns)


def _initials(short: frozenset[str], long: frozenset[str], spelt: Name) -> bool:
    """Say whether the one word that only one name has is the initials of those that only the other one has."""
    if len(short) != 1 or len(long) < 2:
        return False
    (word,) = short
    return word == "".join(part[0] for part in spelt.order if part in long)


def _different_words(
    left: frozenset[str], right: frozenset[str], shared: frozenset[str], towns: frozenset[str]
) -> tuple[int, str]:
    """Judge what only one of two names has; ``towns`` say only where a body is."""
    left, right, alike = _without_typing(left, right)
    if not left and not right:
        return 55, "fast gleiche Schreibweise des Namens"
    if (left | right) & _SATELLITES:
        return 0, ""
    left, right = left - _FILLERS, right - _FILLERS
    core = shared - _FILLERS - towns
    if not left and not right:
        return 60, "gleicher Name bis auf Füllwörter"
    if left and right:
        return 0, ""
    if (left | right) <= towns and (core or alike):
        return 60, "gleicher Name, einmal mit Ort"
    if core and sum(map(len, core)) >= 6:
        return 40, "ein Name steckt im anderen"
    return 0, ""


def _without_typing(left: frozenset[str], right: frozenset[str]) -> tuple[frozenset[str], frozenset[str], bool]:
    """Take out the words that differ by a slip of the keyboard, and words written together on one side only."""
    one, other = sorted(left), sorted(right)
    if "".join(one) and "".join(one) == "".join(other):
        return frozenset(), frozenset(), True
    rest, gone = list(other), []
    for word in one:
        match = next((w for w in rest if _typing(word, w)), None)
        if match is not None:
            rest.remove(match)
            gone.append(word)
    return frozenset(one) - frozenset(gone), frozenset(rest), bool(gone)


def _typing(one: str, other: str) -> bool:
    """Say whether two long words differ by a slip only; the first letter is rarely one ("Essen", "Hessen")."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return Indel.distance(one, other, score_cutoff=2) <= 2


def _name(name: str, district: frozenset[str]) -> Name:
    key = organisation_key(name) if name else ""
    spelt = re.sub(r"\ba d\b", "an der", key)
    words = [part for word in spelt.split() for part in _SAME_WORDS.get(word, word).split()]
    if len(words) > 1 and words[0] == "1" and words[1] in {"fc", "sc", "sv", "tsv", "vfl", "tc"}:
        words = words[1:]
    told = frozenset(words)
    weighty = [word for word in words if word == "verein" or word not in _FILLERS] or words
    marks = frozenset(w for w in told if w in _PARTS or any(c.isdigit() for c in w)) | (told & district)
    return Name(key, tuple(words), told, marks, "".join(weighty))
