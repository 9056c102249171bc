"""Are two rows one human being? Pure; see the package for how evidence is weighed."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.contacts.aliases import former, former_cells
from sync.identity.evidence import (
    ONE_NUMBER,
    OTHER_NAMES,
    Cells,
    Evidence,
    Street,
    agreeing,
    is_apart,
    is_mobile,
    keys,
    lists_of,
    phones,
    read_street,
    text,
    town,
    union,
)
from sync.identity.frequencies import Frequencies
from sync.identity.given_names import sound
from sync.identity.idents import Idents, ident_blocks, named_apart, under_one_ident, under_one_number
from sync.identity.mails import is_public_house, is_shared_mailbox, read_mails
from sync.identity.person_names import FORMER, FORMER_NAME, NameLikeness, compare_names
from sync.identity.person_reading import HumanName, read_name
from sync.identity.shares import PERSON_NAMES
from sync.identity.spelling import is_part_of_number, is_same_town, is_slip, one_digit_apart, slips
from sync.normalise import organisation_key, text_key

ORGANISATIONS = "organisations"
"""A cell that rows do not have: the organisations in which a person has a function, as row ids or names."""


@dataclass(frozen=True, slots=True)
class Human:
    """What is compared of a person, former addresses and numbers included.

    ``once`` is the name with each of the first names that it had before.
    """

    name: HumanName
    mails: frozenset[str]
    mobiles: frozenset[str]
    landlines: frozenset[str]
    postcode: str
    city: str
    street: Street
    organisations: frozenset[object]
    idents: Idents
    ever: Idents
    once: tuple[HumanName, ...] = ()


def read_person(values: Cells) -> Human:
    """Return what is compared of a row."""
    told = values.get("aliases")
    aliases = told if isinstance(told, str) else None
    ever = (values, *former_cells("person", aliases, "mail", "mail2", "phone", "mobile", "phone_other"))
    reached = union(read_mails(each, "mail", "mail2") for each in ever)
    reached |= frozenset(mail for mail in read_mails(values, "last_name") if "@" in mail)
    numbers = union(phones(each, "phone", "mobile", "phone_other") for each in ever)
    places = values.get(ORGANISATIONS)
    return Human(
        name=read_name(values, former("person", aliases, "last_name"), reached),
        mails=reached,
        mobiles=frozenset(n for n in numbers if is_mobile(n)),
        landlines=frozenset(n for n in numbers if not is_mobile(n)),
        postcode=next(iter(keys(values, "postcode")), ""),
        city=town(values),
        street=read_street(text(values, "street")),
        organisations=frozenset(map(_place, places)) if isinstance(places, tuple | list) else frozenset(),
        idents=lists_of(values),
        ever=lists_of(values, gone=True),
        once=tuple(read_name({**values, "first_name": told}) for told in former("person", aliases, "first_name")),
    )


def _place(told: object) -> object:
    """Return an organisation, comparable where it is told by its name."""
    return organisation_key(told) if isinstance(told, str) else told


def count_persons(humans: Iterable[Human]) -> Frequencies:
    """Return how common names and addresses are among some persons."""
    found = Frequencies(PERSON_NAMES)
    for human in humans:
        found.add(_values(human))
    return found


def name_values(name: HumanName) -> Iterator[Hashable]:
    """Yield what is counted of a name."""
    for word in name.firsts:
        yield "first", word
    for last in name.lasts:
        yield "last", " ".join(last)
    for word in name.last:
        yield "last", word


def _values(human: Human) -> Iterator[Hashable]:
    yield from name_values(human.name)
    yield from (("mail", mail) for mail in human.mails)
    yield from (("phone", number) for number in human.mobiles | human.landlines)
    if human.street.whole:
        yield "street", human.street.whole
    if human.postcode:
        yield "postcode", human.postcode
    if human.city:
        yield "city", human.city
    yield from (("organisation", one) for one in human.organisations)


def person_blocks(human: Human) -> Iterator[Hashable]:
    """Yield the keys of which two rows must share one to be compared at all."""
    yield from ident_blocks(human.ever)
    for name in (human.name, *human.once):
        yield from _name_blocks(human, name)
    yield from (("own", way) for way in (*human.mobiles, *(m for m in human.mails if not is_shared_mailbox(m))))


def _name_blocks(human: Human, name: HumanName) -> Iterator[Hashable]:
    firsts = [sound(word) for word in name.firsts]
    lasts = {sound(word) for names in name.lasts for word in names}
    yield "words", *sorted({*firsts, *(sound(w) for w in name.last)})
    for last in lasts:
        if firsts:
            yield from (("name", *sorted((first, last))) for first in firsts)
            yield "last", last, name.first[:1]
        else:
            yield "last", last, ""
    for first in firsts:
        yield from (("start", first, last[:3]) for last in lasts)
        if human.postcode:
            yield "place", human.postcode, first
    if human.postcode:
        yield from (("place", human.postcode, last) for last in lasts)
    yield from (("last", last, claim[:1]) for last in lasts for claim in name.claims)
    starts = {word[:1] for word in (*firsts, *lasts)}
    for place in _places(human):
        yield from (("near", place, start) for start in starts)


def _places(human: Human) -> Iterator[Hashable]:
    """Yield how somebody is reached and where they are."""
    yield from human.mails
    yield from (number[-6:] for number in human.mobiles | human.landlines)
    if human.street.whole:
        yield "street", human.street.whole
    if human.street.name:
        yield "street", human.street.name, human.postcode[:2]
    yield from (("organisation", one) for one in human.organisations)


def judge_persons(ours: Human, theirs: Human, known: Frequencies) -> Evidence | None:
    """Return what speaks for and against; None if they are two people by their names."""
    name = _compare(ours, theirs, known)
    if name is None or name.little:
        return _asked(known) if under_one_number(ours.ever, theirs.ever) else None
    if _may_be_relatives(name, ours, theirs):
        return None
    found = Evidence(known.prior - _PRIOR)
    found.add(name.bits, name.reason)
    if name.other_last and _mail_tells(ours, theirs):
        found.add(4.0, "die E-Mail-Adresse nennt den anderen Nachnamen")
    if not name.exact:
        found.against = True  # a slip, a short form or a second surname may as well be a relative
    by_name = found.bits
    _ways(found, ours, theirs, known, exact=name.exact)
    _home(found, ours, theirs, known)
    if shared := ours.organisations & theirs.organisations:
        weight = max(known.weight(("organisation", one), most=6.0) for one in shared)
        found.add(weight, "Funktion in derselben Organisation", proof=name.bits > 14 and not _differ(ours, theirs))
    elif ours.organisations and theirs.organisations:
        found.contradict(0.7, "Funktionen in verschiedenen Organisationen", forbids=False)
    if found.bits <= by_name + 1.5:
        found.contradict(1.5, "außer dem Namen stimmt nichts überein", forbids=False)
        found.against = True
    if ours.name.generation != theirs.name.generation:
        found.contradict(14.0, "nur ein Name sagt Junior oder Senior")
    if source := named_apart(ours.idents, theirs.idents):
        found.contradict(1.0, f"die Liste „{source}“ führt beide getrennt")
    if under_one_ident(ours.ever, theirs.ever):
        found.always_ask(ONE_NUMBER)
    if not found.proof and found.confidence > _UNPROVED:
        found.against = True
    return found


def _compare(ours: Human, theirs: Human, known: Frequencies) -> NameLikeness | None:
    """Compare two names, former first names too; a card of nothing but an address may be of anybody who has it."""
    if not ours.name.words or not theirs.name.words:
        return NameLikeness(3.0, "einmal ohne Namen")
    name = compare_names(ours.name, theirs.name, known)
    if name is not None or not (ours.once or theirs.once):
        return name
    pairs = [*((once, theirs.name) for once in ours.once), *((ours.name, once) for once in theirs.once)]
    found = [name for one, other in pairs if (name := compare_names(one, other, known))]
    best = max(found, key=lambda name: name.bits, default=None)
    if best is None:
        return None
    reason = FORMER_NAME if best.exact else best.reason
    return replace(best, bits=best.bits - FORMER, exact=False, reason=reason)


def is_own(mail: str, *humans: Human) -> bool:
    """Say whether a mail address is one person's: it bears a name of theirs, or people get such ones for themselves."""
    if is_shared_mailbox(mail):
        return False
    local = _letters(mail)
    told = {word for one in humans for word in (*one.name.words, *("".join(last) for last in one.name.lasts))}
    return is_public_house(mail) or any(word in local for word in told if len(word) > 2)


def _differ(ours: Human, theirs: Human) -> bool:
    """Say whether two rows tell other ways to reach somebody or other streets."""
    streets = ours.street.name and theirs.street.name and ours.street.name != theirs.street.name
    ways = ((ours.mails, theirs.mails), (ours.mobiles, theirs.mobiles), (ours.landlines, theirs.landlines))
    return bool(streets) or any(is_apart(one, other) for one, other in ways)


def _may_be_relatives(name: NameLikeness, ours: Human, theirs: Human) -> bool:
    """Say whether the names leave two people of one house as likely as one, and nothing of one's own joins the rows."""
    if name.doubtful and not _own_ways(ours, theirs):
        return True  # relatives share a house, a landline and a last name
    if name.two_slips and is_apart(ours.landlines, theirs.landlines) and not _own_ways(ours, theirs):
        return True
    if name.other_form and is_apart(ours.mobiles, theirs.mobiles) and not ours.mails & theirs.mails:
        return True
    if not name.other_last:
        return False
    own = any(is_own(mail, ours, theirs) for mail in ours.mails & theirs.mails)
    joined = own or bool(agreeing(ours.mobiles, theirs.mobiles)) or under_one_ident(ours.ever, theirs.ever)
    return _signs_apart(ours, theirs) or not joined


def _own_ways(ours: Human, theirs: Human) -> bool:
    """Say whether two rows share a way to reach one human, and no other such way tells them apart."""
    mails = {
        mail for mail in ours.mails & theirs.mails if not is_shared_mailbox(mail) and not _is_family_mail(mail, ours)
    }
    mobiles = agreeing(ours.mobiles, theirs.mobiles)
    return bool(mails or mobiles) and not (is_apart(ours.mobiles, theirs.mobiles) and not mobiles)


def _letters(mail: str) -> str:
    """Return the letters of a mail address before the @."""
    return re.sub(r"[^a-z]", "", text_key(mail.partition("@")[0]))


def _is_family_mail(mail: str, human: Human) -> bool:
    """Say whether a mail address tells a last name only, which a whole family may use."""
    return _letters(mail) == "".join(human.name.last)


def _asked(known: Frequencies) -> Evidence:
    """Return the evidence for two names that one number of a list meant one after the other."""
    found = Evidence(known.prior)
    found.contradict(5.0, OTHER_NAMES)
    found.always_ask(ONE_NUMBER)
    return found


_PRIOR = 4.0
_UNPROVED = 89


def _ways(found: Evidence, ours: Human, theirs: Human, known: Frequencies, *, exact: bool) -> None:
    """Compare mails and phones."""
    if mails := ours.mails & theirs.mails:
        own = [mail for mail in mails if not is_shared_mailbox(mail)]
        weight = max(known.weight(("mail", mail), most=13.0 if mail in own else 6.0) for mail in mails)
        proves = exact and not all(_is_family_mail(mail, ours) for mail in mails)
        found.add(weight, "gleiche E-Mail-Adresse", proof=proves)
    elif any(_is_slip_of_mail(one, other) for one in ours.mails for other in theirs.mails):
        found.add(6.0, "fast gleiche E-Mail-Adresse")
    elif not _is_renamed(ours, theirs) and any(_are_two_accounts(a, b) for a in ours.mails for b in theirs.mails):
        one = exact and agreeing(ours.mobiles, theirs.mobiles)  # they changed their addresses, or exchanged them
        found.contradict(1.0 if one else 7.0, "zwei E-Mail-Adressen in einem Haus", forbids=not one)
    elif is_apart(ours.mails, theirs.mails):
        found.contradict(1.0, "verschiedene E-Mail-Adressen", forbids=False)
    born = _born(ours), _born(theirs)
    if all(born) and all(abs(one - other) >= _GENERATION for one in born[0] for other in born[1]):
        found.contradict(18.0, "E-Mail-Adressen mit Jahreszahlen zweier Generationen")
    elif is_apart(_years(ours), _years(theirs)):
        found.contradict(5.0, "E-Mail-Adressen mit verschiedenen Jahreszahlen")
    if mobiles := agreeing(ours.mobiles, theirs.mobiles):
        weight = max(known.weight(("phone", n), most=13.0) for n in mobiles)
        found.add(weight, "gleiche Mobilnummer", proof=exact)
    elif any(one_digit_apart(one, other) for one in ours.mobiles for other in theirs.mobiles):
        found.add(6.0, "fast gleiche Mobilnummer")
    elif is_apart(ours.mobiles, theirs.mobiles):
        found.contradict(6.5, "verschiedene Mobilnummern")
    if landlines := agreeing(ours.landlines, theirs.landlines):
        found.add(max(known.weight(("phone", n), most=7.0) for n in landlines), "gleiche Telefonnummer")
    elif is_apart(ours.landlines, theirs.landlines):
        found.contradict(1.0, "verschiedene Telefonnummern", forbids=False)


def _is_renamed(ours: Human, theirs: Human) -> bool:
    """Say whether two rows tell two last names of one human."""
    return ours.name.last != theirs.name.last and bool(ours.name.lasts & theirs.name.lasts)


def _years(human: Human) -> frozenset[str]:
    """Return the last two digits of the years in mail addresses, which mostly are those of a birth."""
    locals_ = (mail.partition("@")[0] for mail in human.mails)
    return frozenset(found[1] for local in locals_ if (found := _YEAR.search(local)))


def _born(human: Human) -> frozenset[int]:
    """Return the years told in full in mail addresses, which mostly are those of a birth."""
    locals_ = (mail.partition("@")[0] for mail in human.mails)
    return frozenset(int(found[0]) for local in locals_ if (found := _BORN.search(local)))


_BORN = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}$")
_GENERATION = 15
"""Years between two of one name from which on they are no slip and no anniversary."""

_YEAR = re.compile(r"(?<![0-9])(?:19|20)?([0-9]{2})$")


def _home(found: Evidence, ours: Human, theirs: Human, known: Frequencies) -> None:
    """Compare where they live."""
    other_town = bool(ours.city and theirs.city) and not is_same_town(ours.city, theirs.city)
    same_postcode = bool(ours.postcode) and ours.postcode == theirs.postcode
    nearly = one_digit_apart(ours.postcode, theirs.postcode)
    one, other = ours.street, theirs.street
    same_street = bool(one.name) and (one.name == other.name or is_slip(one.name, other.name))
    elsewhere = other_town and bool(ours.postcode and theirs.postcode) and not same_postcode and not nearly
    at_home = same_street and not elsewhere
    if one.whole and one.is_at(other) and at_home:
        found.add(known.weight(("street", one.whole), most=9.0), "gleiche Anschrift")
    elif at_home and one.is_house_of(other):
        found.add(5.0, "fast gleiche Anschrift")
    elif at_home:
        near = not (one.house and other.house) or is_part_of_number(one.house, other.house)
        found.add(2.5 if near else 0.5, "gleiche Straße, andere Hausnummer")
    elif one.name and other.name:
        found.contradict(2.0, "verschiedene Straßen", forbids=False)
    if same_postcode:
        found.add(known.weight(("postcode", ours.postcode), most=5.0), "gleiche PLZ")
    elif nearly and (at_home or (not other_town and (ours.city or theirs.city) and not (one.name and other.name))):
        found.add(0.5, "PLZ bis auf eine Ziffer gleich")
    elif ours.postcode and theirs.postcode:
        reached = bool(ours.mails & theirs.mails or agreeing(ours.mobiles, theirs.mobiles))
        found.contradict(2.0, "verschiedene PLZ", forbids=not reached)
    if other_town and not same_postcode:
        found.contradict(2.5, "verschiedene Orte", forbids=False)
    elif ours.city and theirs.city and not other_town and not same_postcode:
        found.add(known.weight(("city", ours.city), most=1.0), "gleicher Ort")


def _signs_apart(ours: Human, theirs: Human) -> bool:
    """Say whether each row has a mail address of its own that holds its own last name."""
    said = []
    for human, other in ((ours, theirs), (theirs, ours)):
        locals_ = [_letters(mail) for mail in human.mails - other.mails]
        said.append(any("".join(human.name.last) in local for local in locals_))
    return all(said)


def _mail_tells(ours: Human, theirs: Human) -> bool:
    """Say whether a mail address that both have holds the last name of one of them: names change, addresses stay."""
    locals_ = [_letters(mail) for mail in ours.mails & theirs.mails]
    lasts = ["".join(human.name.last) for human in (ours, theirs)]
    return any(len(last) > 3 and last in local for local in locals_ for last in lasts)


def _is_slip_of_mail(one: str, other: str) -> bool:
    """Say whether two addresses differ by a slip."""
    left, right = one.partition("@"), other.partition("@")
    if left[2] == right[2] and is_public_house(one) and left[0] != right[0]:
        told = _letters(one), _letters(other)
        return told[0] != told[1] and min(map(len, told)) > 5 and slips(*told) == 1
    return left[0] == right[0] and len(left[0]) > 5 and not is_shared_mailbox(one) and is_slip(left[2], right[2])


def _are_two_accounts(one: str, other: str) -> bool:
    """Say whether two addresses are two people's: a house gives one to each, nobody gets "a.klein" and "a.klein1"."""
    left, right = one.partition("@"), other.partition("@")
    if left[2] != right[2] or left[0] == right[0] or is_shared_mailbox(one) or is_shared_mailbox(other):
        return False
    plain = left[0].rstrip(".0123456789"), right[0].rstrip(".0123456789")
    return plain[0] == plain[1] or not is_public_house(one)
