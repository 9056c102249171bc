"""Are two rows one organisation? Pure; see the package for how evidence is weighed."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.contacts.aliases import former, former_cells
from schemas.model import Value
from sync.identity.body_likeness import compare_bodies, in_town
from sync.identity.evidence import (
    ONE_NUMBER,
    OTHER_NAMES,
    SURE,
    Cells,
    Evidence,
    Street,
    agreeing,
    domain,
    hosts,
    is_apart,
    keys,
    lists_of,
    phones,
    read_street,
    text,
    town,
    trunk_of,
    union,
)
from sync.identity.far_bodies import traces
from sync.identity.frequencies import Frequencies
from sync.identity.idents import Idents, named_apart, under_one_number
from sync.identity.mails import read_mails
from sync.identity.organisation_kin import (
    are_elsewhere,
    are_reached_twice,
    is_parent,
    is_same_office,
    names_district,
    writes_short,
)
from sync.identity.organisation_names import BodyLikeness, cost_of_names
from sync.identity.organisation_reading import BodyName, read_body_name
from sync.identity.organisation_words import SAME_WORDS
from sync.identity.register import RegisterNumber, read_register_number
from sync.identity.replaced_bodies import is_replaced
from sync.identity.shares import ORGANISATION_WORDS
from sync.identity.spelling import is_part_of_number, is_slip, one_digit_apart
from sync.normalise import organisation_key, text_key

_ONCE = re.compile(r"(?i)\((?:ehem|früher|vormals|vorm)\w*\.?:?\s*([^()]+)\)")
"""A former name in brackets behind the present one."""

_NAMESAKES = 4
"""Bodies of one name up to which people are asked about one of which nothing else is known, however common it is."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is compared of an organisation, former addresses included; ``towns`` are words that say only where it is."""

    name: BodyName
    others: tuple[BodyName, ...]
    towns: frozenset[str]
    city: str
    postcode: str
    street: Street
    hosts: frozenset[str]
    mails: frozenset[str]
    phones: frozenset[str]
    register: RegisterNumber
    idents: Idents
    ever: Idents
    district: str = ""
    trunks: frozenset[str] = frozenset()
    parent: str = ""
    traces: frozenset[int] = frozenset()


def read_organisation(values: Cells) -> Body:
    """Return what is compared of a row."""
    told = values.get("aliases")
    aliases = told if isinstance(told, str) else None
    others = [text(values, "short_name"), *former("organisation", aliases, "name")]
    others += former("organisation", aliases, "short_name")
    others += [found[1] for found in _ONCE.finditer(text(values, "name"))]
    ever = (values, *former_cells("organisation", aliases, "phone", "phone2", "mail", "web"))
    district = frozenset(text_key(text(values, "district")).split())
    city = town(values)
    city = SAME_WORDS.get(city, city)
    body = Body(
        name=read_body_name(text(values, "name"), district),
        others=tuple(read_body_name(other) for other in dict.fromkeys(others) if other),
        towns=frozenset(city.split()) - district,
        city=city,
        postcode=next(iter(keys(values, "postcode")), ""),
        street=read_street(text(values, "street")),
        hosts=union(hosts(text(each, "web")) for each in ever),
        mails=union(read_mails(each, "mail") for each in ever),
        phones=union(phones(each, "phone", "phone2") for each in ever),
        register=read_register_number(text(values, "register_number")),
        idents=lists_of(values),
        ever=lists_of(values, gone=True),
        district=" ".join(sorted(district)),
        trunks=frozenset(trunk for each in ever for c in ("phone", "phone2") if (trunk := trunk_of(text(each, c)))),
        parent=_parent(values.get("parent")),
    )
    return replace(body, traces=frozenset(map(hash, traces(body))))


def _parent(told: Value) -> str:
    return organisation_key(told) if isinstance(told, str) else str(told or "")


def count_organisations(bodies: Iterable[Body]) -> Frequencies:
    """Return how common words and addresses are among some organisations."""
    found = Frequencies(ORGANISATION_WORDS)
    for body in bodies:
        found.add(_values(body))
    return found


def _values(body: Body) -> Iterator[Hashable]:
    yield "name", body.name.compact
    yield from (("word", word) for word in body.name.words)
    yield from (("mail", mail) for mail in body.mails)
    yield from (("phone", number) for number in body.phones)
    yield from (("host", host) for host in body.hosts)
    yield from (("host", domain(host)) for host in body.hosts)
    if body.street.whole:
        yield "street", body.street.whole
    if body.postcode:
        yield "postcode", body.postcode
    if body.city:
        yield "city", body.city
        yield from (("town", word) for word in body.towns if len(word) > 3)
    if body.postcode:
        yield from (("region", word, body.postcode[:3]) for word in body.towns)
        yield from (("region", word) for word in body.towns)


def judge_organisations(ours: Body, theirs: Body, known: Frequencies) -> Evidence | None:
    """Return what speaks for and against; None if they are two bodies by their names."""
    ours, theirs = in_town(ours, known), in_town(theirs, known)
    name = compare_bodies(ours, theirs, known)
    numbered = under_one_number(ours.ever, theirs.ever)
    same_number = ours.register.agrees(theirs.register)
    replaced = name is None and is_replaced(ours, theirs)
    if name is None and not (
        numbered
        or replaced
        or is_same_office(ours, theirs, known)
        or (same_number and _same_place(ours, theirs, known))
        or are_reached_twice(ours, theirs, known)
    ):
        return None
    exact = name is not None and name.exact
    if is_parent(ours, theirs) or is_parent(theirs, ours):
        return None
    found = Evidence(known.prior + 1.0)
    _tell_names(found, name)
    by_name = found.bits
    _numbers(found, ours, theirs, known, exact=exact, same=same_number)
    _ways(found, ours, theirs, known, exact=exact)
    _place(found, ours, theirs, known, exact=exact)
    _lists(found, ours, theirs, name)
    one_town = bool(ours.city) and ours.city == theirs.city and not is_apart(ours.phones, theirs.phones)
    if name is not None and name.slip > one_town and found.bits <= by_name + 2.0:
        found.contradict(5.0, "Schreibweisen, die auch zwei Namen sein können")
    if numbered:
        found.always_ask(ONE_NUMBER)
    elif replaced:
        found.always_ask("die Liste nennt eine der beiden statt der anderen")
    elif name is None or (exact and _is_asked_by_name(ours, theirs, known)):
        found.always_ask("")
    if not exact or (not found.proof and found.confidence >= SURE):
        found.against = True  # names that are only alike are never sure, however much else agrees
    return found


def _is_asked_by_name(ours: Body, theirs: Body, known: Frequencies) -> bool:
    """Say whether people are asked about two of one name, however common it is."""
    if ours.postcode and ours.postcode == theirs.postcode:
        return True
    few = known.holders(("name", ours.name.compact)) <= _NAMESAKES
    return few and (_says_no_more(ours, theirs) or _says_no_more(theirs, ours))


def _says_no_more(one: Body, other: Body) -> bool:
    """Say whether a body has nothing beside its name that the other has not: so a list of people names its places."""
    return (
        (not one.street.whole or one.street.is_at(other.street))
        and one.postcode in ("", other.postcode)
        and one.city in ("", other.city)
        and one.hosts <= other.hosts
        and one.mails <= other.mails
        and one.phones <= other.phones
    )


def _tell_names(found: Evidence, name: BodyLikeness | None) -> None:
    """Count what the names come to."""
    if name is None:
        found.contradict(0.0, OTHER_NAMES)
        return
    if name.bits >= 0:
        found.add(name.bits, name.reason)
    else:
        found.contradict(cost_of_names(name.bits), "andere Wörter im Namen")
    if name.against:
        found.contradict(0.0, name.against)


def _lists(found: Evidence, ours: Body, theirs: Body, name: BodyLikeness | None) -> None:
    """Compare to whom they belong, and what the lists say that name them."""
    if ours.parent and ours.parent == theirs.parent:
        found.add(1.5, "gleicher Träger")
    elif ours.parent and theirs.parent:
        found.contradict(3.0, "verschiedene Träger")
    if (ours.district and names_district(theirs, ours)) or (theirs.district and names_district(ours, theirs)):
        found.add(4.0, "der Name nennt den Stadtteil")
    if name is not None and name.short and (writes_short(ours, name.short) or writes_short(theirs, name.short)):
        found.add(4.0, "E-Mail oder Webadresse nennt die Abkürzung")
    if source := named_apart(ours.idents, theirs.idents):
        found.contradict(1.0, f"die Liste „{source}“ führt beide getrennt")


def _same_place(ours: Body, theirs: Body, known: Frequencies) -> bool:
    return bool(
        (ours.street.whole and ours.street.whole == theirs.street.whole)
        or agreeing(ours.phones, theirs.phones)
        or ours.mails & theirs.mails
    ) and not are_elsewhere(ours, theirs, known)


def _numbers(found: Evidence, ours: Body, theirs: Body, known: Frequencies, *, exact: bool, same: bool) -> None:
    if same:
        told = bool(ours.register.court or theirs.register.court) or bool(ours.register.kind and theirs.register.kind)
        found.add(
            11.0 if told else 7.0, "gleiche Registernummer", proof=exact or not are_elsewhere(ours, theirs, known)
        )
    elif ours.register.differs(theirs.register):
        found.contradict(6.0, "verschiedene Registernummern")


def _ways(found: Evidence, ours: Body, theirs: Body, known: Frequencies, *, exact: bool) -> None:
    """Compare web, mails and phones."""
    if shared := ours.hosts & theirs.hosts:
        weight = max(known.weight(("host", host), most=9.0) for host in shared)
        alone = any(known.holders(("host", host)) <= 2 for host in shared)
        found.add(weight, "gleiche Webadresse", proof=exact and alone)
    elif is_apart(ours.hosts, theirs.hosts):
        ones, others = (frozenset(map(domain, body.hosts)) for body in (ours, theirs))
        if shared := ones & others & (ours.hosts | theirs.hosts):  # one names a page of the site, the other all of it
            alone = any(known.holders(("host", host)) <= 2 for host in shared)
            weight = max(known.weight(("host", host), most=6.0) for host in shared)
            found.add(weight, "gleiche Webadresse", proof=exact and alone)
        elif ones & others:
            found.contradict(0.5, "verschiedene Seiten unter einer Webadresse")
        else:
            found.contradict(1.0, "verschiedene Webadressen", forbids=False)
    if mails := ours.mails & theirs.mails:
        found.add(max(known.weight(("mail", mail), most=10.0) for mail in mails), "gleiche E-Mail-Adresse", proof=exact)
    elif is_apart(ours.mails, theirs.mails):
        found.contradict(1.0, "verschiedene E-Mail-Adressen", forbids=False)
    if numbers := agreeing(ours.phones, theirs.phones):
        found.add(max(known.weight(("phone", n), most=9.0) for n in numbers), "gleiche Telefonnummer", proof=exact)
    elif any(one_digit_apart(one, other) for one in ours.phones for other in theirs.phones):
        found.add(1.0, "Telefonnummer bis auf eine Ziffer gleich")
    elif is_apart(ours.phones, theirs.phones) and not ours.trunks & theirs.trunks:
        found.contradict(2.5, "verschiedene Telefonnummern", forbids=not (ours.mails & theirs.mails))


def _place(found: Evidence, ours: Body, theirs: Body, known: Frequencies, *, exact: bool) -> None:
    """Compare where they are."""
    one, other = ours.street, theirs.street
    nearly = one_digit_apart(ours.postcode, theirs.postcode)
    other_postcode = bool(ours.postcode and theirs.postcode) and ours.postcode != theirs.postcode
    elsewhere = are_elsewhere(ours, theirs, known)
    one_town = bool(ours.city) and ours.city == theirs.city and not other_postcode
    same_street = bool(one.name) and (one.name == other.name or (len(one.name) > 5 and is_slip(one.name, other.name)))
    at_home = not (elsewhere and other_postcode and not nearly)
    if one.whole and one.is_at(other) and at_home:
        found.add(known.weight(("street", one.whole), most=9.0), "gleiche Straße und Hausnummer", proof=exact)
    elif same_street and at_home and one.is_house_of(other):
        found.add(4.0, "fast gleiche Straße, gleiche Hausnummer")
    elif one.house and one.is_house_of(other) and at_home and _street_within(one.name, other.name):
        found.add(4.5, "gleiche Hausnummer, Straße ähnlich geschrieben")
    elif one.house and one.is_house_of(other) and at_home:
        found.contradict(0.5, "andere Straße, gleiche Hausnummer")
    elif same_street and one.house and other.house and at_home:
        found.contradict(2.0 if is_part_of_number(one.house, other.house) else 6.0, "andere Hausnummer")
    elif one.name and other.name and not same_street:
        found.contradict(5.0 if exact and one_town else 7.0, "verschiedene Straßen")
    if ours.postcode and ours.postcode == theirs.postcode:
        found.add(known.weight(("postcode", ours.postcode), most=5.0), "gleiche PLZ", proof=exact)
    elif nearly and at_home and same_street:
        found.add(0.5, "PLZ bis auf eine Ziffer gleich")
        found.against = True
    elif other_postcode:
        found.contradict(4.0, "verschiedene PLZ")
    if elsewhere and not (ours.postcode and ours.postcode == theirs.postcode):
        found.contradict(9.0, "verschiedene Orte")
    elif ours.city and theirs.city and not elsewhere and ours.postcode != theirs.postcode:
        found.add(known.weight(("city", ours.city), most=2.0), "gleicher Ort")
    if (
        ours.district
        and theirs.district
        and ours.district != theirs.district
        and ours.street.whole != theirs.street.whole
    ):
        found.contradict(3.0, "verschiedene Stadtteile")


def _street_within(one: str, other: str) -> bool:
    """Say whether one street is told at greater length ("ashland", "southashland")."""
    short, long = sorted((one, other), key=len)
    return (len(short) >= 5 and short in long) or long.startswith(short)
