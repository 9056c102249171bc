"""How two organisations stand to one another apart from their names: parent, office, town, ways to reach both. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sync.identity.evidence import agreeing
from sync.identity.frequencies import Frequencies
from sync.identity.mails import is_shared_mailbox
from sync.identity.organisation_apart import are_strangers, are_told_apart, is_one_committee
from sync.identity.organisation_reading import BodyName
from sync.identity.organisation_words import FILLERS, OFFICES
from sync.identity.spelling import is_same_town

if TYPE_CHECKING:
    from sync.identity.organisations import Body

_KNOWN_TOWN = 3
"""Rows with a postcode from which on a base knows where a town is."""


def is_same_office(ours: Body, theirs: Body, known: Frequencies) -> bool:
    """Say whether two units of an administration share a mailbox of their own, or phone, house and mailbox: renamed."""
    if not all(any(OFFICES.search(word) for word in body.name.words) for body in (ours, theirs)):
        return False
    if are_told_apart(ours.name, theirs.name) or is_one_committee(ours.name, theirs.name):
        return False
    if any(word.endswith(("verein", "vereins")) for body in (ours, theirs) for word in body.name.words):
        return False  # sections of a club
    mails = ours.mails & theirs.mails
    own = any(not is_shared_mailbox(mail) and known.holders(("mail", mail)) <= 2 for mail in mails)
    called = any(known.holders(("phone", number)) <= 2 for number in agreeing(ours.phones, theirs.phones))
    own = own or (called and _same_task(ours.name, theirs.name, ours.towns | theirs.towns))
    house = bool(ours.street.whole) and ours.street.whole == theirs.street.whole
    return own or (bool(mails) and house and bool(agreeing(ours.phones, theirs.phones)))


def _same_task(ours: BodyName, theirs: BodyName, towns: frozenset[str]) -> bool:
    """Say whether the names of two offices tell one task or number ("kulturamt", "kulturbuero")."""
    one, other = (
        {word[:5] for word in name.words - FILLERS - towns if len(word) > 4 or word.isdigit()}
        for name in (ours, theirs)
    )
    return any(left[:4] == right[:4] and not OFFICES.search(left) for left in one for right in other)


def are_reached_twice(ours: Body, theirs: Body, known: Frequencies) -> bool:
    """Say whether two rows share two ways to reach a body that nobody else has, and names of no kin: renamed."""
    if ours.traces.isdisjoint(theirs.traces):
        return False
    ways = (
        any(known.holders(("mail", mail)) <= 2 for mail in ours.mails & theirs.mails),
        any(known.holders(("phone", number)) <= 2 for number in agreeing(ours.phones, theirs.phones)),
        any(known.holders(("host", host)) <= 2 for host in ours.hosts & theirs.hosts),
    )
    if sum(ways) < 2 or are_told_apart(ours.name, theirs.name):
        return False
    return are_strangers(ours.name, theirs.name, ours.towns | theirs.towns)


def is_parent(body: Body, other: Body) -> bool:
    """Say whether one row names the other as what it belongs to."""
    return bool(other.parent) and other.parent in {body.name.key, body.name.compact}


def writes_short(body: Body, short: str) -> bool:
    """Say whether mail or web address hold an abbreviation as a word, while the name is longer than it."""
    told = " ".join((*body.mails, *body.hosts))
    return body.name.key != short and short in re.split(r"[^a-z]+", told)


def names_district(body: Body, other: Body) -> bool:
    """Say whether the name of a row tells the part of town where the other one is, whose name leaves it out."""
    words = frozenset(other.district.split())
    return words <= body.name.words and words.isdisjoint(other.name.words) and not body.district


def are_elsewhere(ours: Body, theirs: Body, known: Frequencies) -> bool:
    """Say whether two rows name two towns, or one a town where the other's postcode does not belong."""
    if ours.city and theirs.city:
        return not is_same_town(ours.city, theirs.city)
    return _out_of(ours, theirs, known) or _out_of(theirs, ours, known)


def _out_of(body: Body, other: Body, known: Frequencies) -> bool:
    """Say whether in this base the town of a row has postcodes of other regions than the other row's."""
    towns = [word for word in body.city.split() if len(word) > 3]
    if not towns or other.city or not other.postcode or known.holders(("region", towns[0])) < _KNOWN_TOWN:
        return False
    return not known.holders(("region", towns[0], other.postcode[:3]))
