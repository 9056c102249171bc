"""Does an ident of a list still mean the same human or body as last time? Pure.

A mailbox gets a new holder, a number is given out anew, a club is renamed, somebody marries. What a list says under
one ident is held against what it said before and against what stands in the row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from rapidfuzz import fuzz

from schemas.contacts.aliases import former
from sync.identity.evidence import Cells, agreeing, is_apart, is_mobile, phones, text
from sync.identity.frequencies import Frequencies
from sync.identity.idents import is_number, plain
from sync.identity.mails import is_public_house, read_mails
from sync.identity.organisation_apart import are_told_apart, are_two_kinds
from sync.identity.organisation_names import are_alike, compare_body_names
from sync.identity.organisation_reading import BodyName
from sync.identity.organisation_words import FILLERS
from sync.identity.organisations import Body, read_organisation
from sync.identity.person_names import compare_names
from sync.identity.person_reading import read_name
from sync.identity.persons import Human, is_own, read_person
from sync.identity.replaced_bodies import count_ways
from sync.normalise import text_key

_ALIKE = 60
"""Likeness (0 to 100) of two names of bodies from which on one is a new wording of the other."""


class Continuity(StrEnum):
    """What an ident means now: the same as before, somebody else, or nobody can tell (a row of its own, and asked)."""

    SAME = "same"
    OTHER = "other"
    ASK = "ask"


def compare_over_time(table: str, ident: str, now: Cells, before: Iterable[Cells]) -> Continuity:
    """Return what an ident means now; ``before`` are what the list said last and what stands, one of which must agree.

    >>> ada, bernd = {"first_name": "Ada", "last_name": "Alt"}, {"first_name": "Bernd", "last_name": "Neu"}
    >>> compare_over_time("person", "mail:info@x.example", bernd, [ada]).value
    'other'
    """
    compare = {"person": _compare_humans, "organisation": _compare_bodies}.get(table)
    if compare is None:
        return Continuity.SAME
    found = [compare(ident, now, cells) for cells in before]
    for best in (Continuity.SAME, Continuity.ASK):
        if best in found:
            return best
    return Continuity.OTHER if found else Continuity.SAME


_MAILS = ("mail", "mail2")


def without_replaced_mails(before: Cells, named: Collection[str], known: Frequencies) -> Cells:
    """Return a row without mail addresses that its list names no longer while it names others of the same house.

    Two addresses of one house are two people's where a list names both; one that came for the other is not, nor is one
    that several people have. ``named`` are all addresses that the list names now, comparable.
    """
    houses = {mail.partition("@")[2] for mail in named}
    gone = {
        column: None
        for column in _MAILS
        for mail in read_mails(before, column)
        if (mail not in named or known.holders(("mail", mail)) > 1)
        and mail.partition("@")[2] in houses
        and not is_public_house(mail)
    }
    return {**before, **gone} if gone else before


def mails_of(cells: Cells) -> frozenset[str]:
    """Return the mail addresses of a row, comparable."""
    return read_mails(cells, *_MAILS)


def is_reached_otherwise(now: Cells, before: Cells) -> bool:
    """Say whether a row tells another mail and another mobile: under a number of its own that is a namesake.

    >>> is_reached_otherwise({"mail": "a@x.example", "mobile": "0170 5550101"}, {"mail": "b@x.example"})
    False
    """
    ours, theirs = (phones(cells, "mobile", "phone", "phone_other") for cells in (now, before))
    mobiles = [frozenset(filter(is_mobile, numbers)) for numbers in (ours, theirs)]
    return is_apart(*mobiles) and is_apart(mails_of(now), mails_of(before))


def _compare_humans(ident: str, now: Cells, before: Cells) -> Continuity:
    ours, theirs = read_person(now), read_person(before)
    if not ours.name.words or not theirs.name.words or ours.name.guessed or theirs.name.guessed:
        return Continuity.SAME  # a card with nothing but an address gets its name
    likeness = compare_names(ours.name, theirs.name, Frequencies())
    if likeness is not None and not likeness.other_last:
        return Continuity.ASK if _is_bridged(ours, theirs, before) else Continuity.SAME
    if likeness is not None:
        return _married(ident, ours, theirs)
    if not is_number(ident):
        return Continuity.OTHER
    return Continuity.ASK


def _is_bridged(ours: Human, theirs: Human, before: Cells) -> bool:
    """Say whether a name follows from what stands but not from what stood ("Jürgen", "Jürgen und Heike", "Heike")."""
    name, stands = ours.name, theirs.name
    if (name.firsts, name.generation, name.marks) == (stands.firsts, stands.generation, stands.marks):
        return False
    told = before.get("aliases")
    lasts = former("person", told if isinstance(told, str) else None, "last_name")
    once = [*theirs.once, *(read_name({**before, "last_name": last}) for last in lasts)]
    return any(compare_names(name, former_name, Frequencies()) is None for former_name in once)


def _married(ident: str, ours: Human, theirs: Human) -> Continuity:
    """Judge a name whose last part is another one."""
    if is_apart(ours.mobiles, theirs.mobiles) and not agreeing(ours.mobiles, theirs.mobiles):
        return Continuity.ASK
    if agreeing(ours.mobiles, theirs.mobiles) or is_number(ident):
        return Continuity.SAME
    mails = [plain(ident).removeprefix("mail:")] if ident.startswith("mail:") else list(ours.mails & theirs.mails)
    own = any(is_own(mail, ours, theirs) or _tells_initials(mail, ours, theirs) for mail in mails)
    return Continuity.SAME if own else Continuity.ASK


def _tells_initials(mail: str, *humans: Human) -> bool:
    """Say whether a mail address is made of somebody's initials ("d.p@verein.example")."""
    local = "".join(c for c in mail.partition("@")[0] if c.isalpha())
    return any(local == "".join(w[0] for w in (*one.name.firsts, *one.name.last)) for one in humans)


def _compare_bodies(ident: str, now: Cells, before: Cells) -> Continuity:
    ours, theirs = read_organisation(now), read_organisation(before)
    if not ours.name.key or not theirs.name.key:
        return Continuity.SAME
    shared = ours.name.words & theirs.name.words - FILLERS
    if (shared and are_told_apart(ours.name, theirs.name)) or are_two_kinds(ours.name, theirs.name):
        return Continuity.ASK  # "Haus 1" and "Haus 2"; a new name would share less
    if text_key(text(now, "name")) != text_key(text(before, "name")) and _is_name_bridged(ours, before):
        return Continuity.ASK
    agrees, differs = count_ways(ours, theirs)
    if _same_wording(now, before, ours, theirs):
        apart = differs > 2 or _is_completed_otherwise(ours.name, theirs.name, before)
        return Continuity.ASK if apart and not agrees else Continuity.SAME
    return Continuity.SAME if agrees else Continuity.ASK


def _is_name_bridged(ours: Body, before: Cells) -> bool:
    """Say whether a name follows from what stands but not from what stood ("Haus 1", "Haus", "Haus 2")."""
    for old in _former_names(before):
        once = read_organisation({"name": old}).name
        shared = ours.name.words & once.words - FILLERS
        if (shared and are_told_apart(ours.name, once)) or are_two_kinds(ours.name, once):
            return True
    return False


def _is_completed_otherwise(name: BodyName, stands: BodyName, before: Cells) -> bool:
    """Say whether the name that stands is a part of both and each adds another word to it ("Frauenchor", "Chor",
    "Männerchor"; "DRK Ortsverein Burg", "DRK", "DRK Ortsverein Genthin").
    """
    middle, added = _parts(stands), _parts(name)
    for old in _former_names(before):
        once = _parts(read_organisation({"name": old}).name)
        lost, new = once - added, added - once
        if middle <= once & added and lost and new and not any(are_alike(one, two) for one in lost for two in new):
            return True
    return False


def _parts(name: BodyName) -> frozenset[str]:
    """Return the words of a name that say something, a compound as its two parts."""
    return frozenset(part for word in name.words for part in name.compounds.get(word, (word,))) - FILLERS


def _former_names(cells: Cells) -> tuple[str, ...]:
    told = cells.get("aliases")
    return tuple(former("organisation", told if isinstance(told, str) else None, "name"))


def _same_wording(now: Cells, before: Cells, ours: Body, theirs: Body) -> bool:
    names = [text(before, "name"), *_former_names(before)]
    name = text(now, "name")
    if any(text_key(name) == text_key(old) for old in names):
        return True
    likeness = compare_body_names(ours.name, theirs.name, ours.towns | theirs.towns, Frequencies())
    if likeness is None:
        return False
    return likeness.bits > 0 and (
        likeness.exact or not likeness.against or fuzz.token_set_ratio(text_key(name), text_key(names[0])) >= _ALIKE
    )
