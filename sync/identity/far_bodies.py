"""Which two organisations need no whole judgement, because they cannot come out as one? Pure.

Most rows that share a block share nothing else, and reading their names word by word is what takes the time.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from sync.identity.evidence import NEVER_SHOWN, Street, domain
from sync.identity.frequencies import Frequencies
from sync.identity.idents import ident_blocks
from sync.identity.name_bounds import may_abbreviate, most_of_names
from sync.identity.organisation_names import MOST, cost_of_names
from sync.identity.spelling import is_part_of_number, is_same_town, is_slip, one_digit_apart

if TYPE_CHECKING:
    from sync.identity.organisations import Body


def traces(body: Body) -> Iterator[Hashable]:
    """Yield what two rows must share of to have one name in full or to be asked about anyway."""
    yield from ident_blocks(body.ever)
    if body.register.number:
        yield "register", body.register.number
    if body.name.key:
        yield "key", body.name.key
        yield "compact", body.name.compact
        yield "joined", body.name.joined
        yield "words", body.name.words


def most_bits(ours: Body, theirs: Body, known: Frequencies) -> float:
    """Return bits that the judgement of two rows cannot exceed; infinite where only the judgement itself can tell."""
    if not ours.traces.isdisjoint(theirs.traces):
        return math.inf
    one, other = ours.name, theirs.name
    numbered = bool(one.plain_marks and other.plain_marks)
    apart = numbered and not (one.plain_marks <= other.words or other.plain_marks <= one.words)
    if apart and not _is_gone(ours) and not _is_gone(theirs):
        return -math.inf  # "Kita 1" and "Kita 2"
    ways = _ways(ours, theirs, known)
    bits = known.prior + 1.0 + _place(ours, theirs, known) + ways
    if ours.parent and ours.parent == theirs.parent:
        bits += 1.5
    if ours.phones and theirs.phones:
        near = any(one_digit_apart(one, other) for one in ours.phones for other in theirs.phones)
        bits += 1.0 if near else 0.0 if ways or ours.trunks & theirs.trunks else -2.5
    if ours.district or theirs.district:
        bits += 4.0
    most = MOST
    if any((ours.mails, theirs.mails, ours.hosts, theirs.hosts)):
        most += 4.0  # an address may spell the abbreviation that the other name is
    nameless = not (one.key and other.key)
    if bits + most < NEVER_SHOWN or ours.others or theirs.others or nameless:
        return bits + most
    if bits + MOST < NEVER_SHOWN:
        return bits + (most if may_abbreviate(one, other) else MOST)
    names = most_of_names(ours.name, theirs.name, known)
    if names >= 0:
        return bits + (names if names < MOST else most)
    return bits - cost_of_names(names) if not ways else bits  # two who are reached alike may be one under two names


def _ways(ours: Body, theirs: Body, known: Frequencies) -> float:
    """Return what web, mails and phones come to; infinite where they are reason enough to ask."""
    if not ((ours.hosts and theirs.hosts) or (ours.mails and theirs.mails) or (ours.phones and theirs.phones)):
        return 0.0
    mails = ours.mails & theirs.mails
    hosts = ours.hosts & theirs.hosts or {*map(domain, ours.hosts)} & {*map(domain, theirs.hosts)}
    ends: set[str] = set()
    if ours.phones and theirs.phones:
        ends = {number[-6:] for number in ours.phones} & {number[-6:] for number in theirs.phones}
    if not (mails or hosts or ends):
        return 0.0
    phones = [number for number in ours.phones | theirs.phones if number[-6:] in ends]
    one_house = bool(ours.street.whole) and ours.street.whole == theirs.street.whole
    few = any(known.holders(("mail", mail)) <= 2 for mail in mails)
    few = few or any(known.holders(("phone", number)) <= 2 for number in phones)
    gone = _is_gone(ours) or _is_gone(theirs)
    if few or gone or bool(mails) + bool(hosts) + bool(ends) + one_house > 1:
        return math.inf
    told = (("host", hosts, 9.0), ("mail", mails, 10.0), ("phone", phones, 9.0))
    return sum(max((known.weight((kind, v), most=most) for v in values), default=0.0) for kind, values, most in told)


def _is_gone(body: Body) -> bool:
    """Say whether a list named a body once and no longer does."""
    return bool(body.ever) and not body.idents


def _place(ours: Body, theirs: Body, known: Frequencies) -> float:
    same_postcode = bool(ours.postcode) and ours.postcode == theirs.postcode
    postcode = city = 0.0
    if same_postcode:
        postcode = known.weight(("postcode", ours.postcode), most=5.0)
    elif ours.postcode and theirs.postcode:
        postcode = 0.5 if one_digit_apart(ours.postcode, theirs.postcode) else -4.0
    if not same_postcode:
        elsewhere = bool(ours.city and theirs.city) and not is_same_town(ours.city, theirs.city)
        if elsewhere and postcode < 0:
            return -13.0  # here a street of the same name no longer counts for or against
        city = -9.0 if elsewhere else 2.0
    return postcode + city + _street(ours.street, theirs.street)


def _street(one: Street, other: Street) -> float:
    one_house = one.is_house_of(other)
    if not one.name or not other.name:
        return 4.5 if one_house and one.house else 0.0
    if one.house and other.house and not one_house:
        return -2.0 if is_part_of_number(one.house, other.house) else -5.0
    if one.name == other.name or is_slip(one.name, other.name):
        return 9.0 if one_house else 0.0
    return 4.5 if one_house and one.house else -5.0
