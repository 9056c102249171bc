"""What keeps two people of one name apart within one list that calls people by their names. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from sync.identity.evidence import Cells, Street, agreeing, is_apart, phones, read_street, text, town
from sync.identity.spelling import is_same_town, is_slip, one_digit_apart
from sync.normalise import read_date, text_key

NAMESAKE = {"salutation", "street", "postcode", "city", "phone", "mobile"}
"""Columns that tell two people of one name apart within one list."""

_BIRTHDAYS = frozenset({
    "geburtstag", "geburtsdatum", "geburtsjahr", "geb", "geb datum", "geb am", "geboren", "geboren am", "jahrgang",
    "birthday", "birth date", "birthdate", "date of birth",
})  # fmt: skip
"""Titles of columns with the day or the year of a birth, as ``text_key`` writes them."""

_SAID = frozenset({"frau", "herr"})


@dataclass(frozen=True, slots=True)
class Namesake:
    """What a row tells of somebody beside the name; each may be unknown.

    ``born`` is the day as YY-MM-DD, or the year as YY: centuries are often left out, and guessed.
    """

    street: Street
    postcode: str
    city: str
    born: str
    salutation: str
    mobiles: frozenset[str]
    landlines: frozenset[str]


def read_namesake(values: Cells, cells: Mapping[str, str]) -> Namesake:
    """Return what ``values`` tell, and the birthday that stands in a cell of the row which no column takes."""
    said = str(values.get("salutation") or "")
    return Namesake(
        street=read_street(text(values, "street")),
        postcode=text_key(text(values, "postcode")),
        city=town(values),
        born=next((_born(told) for title, told in cells.items() if text_key(title) in _BIRTHDAYS), ""),
        salutation=said if said in _SAID else "",
        mobiles=phones(values, "mobile"),
        landlines=phones(values, "phone"),
    )


def _born(told: str) -> str:
    day = read_date(_SHORT_YEAR.sub(r"\g<1>19\2", told.strip())).value
    if day is not None and not isinstance(day, str):
        return f"{day:%y-%m-%d}"
    year = re.fullmatch(r"\s*(?:19|20)(\d\d)\s*", told)
    return year[1] if year else ""


_SHORT_YEAR = re.compile(r"(.*[^0-9])([0-9]{2})$")
"""A day with a year of two digits, whose century does not matter here."""


def _is_born_otherwise(one: Namesake, other: Namesake) -> bool:
    if not one.born or not other.born:
        return False
    return not (one.born.startswith(other.born) or other.born.startswith(one.born))


def _lives_elsewhere(one: Namesake, other: Namesake) -> bool:
    """Say whether two rows tell two homes; who is reached by one number may have moved."""
    if agreeing(one.mobiles, other.mobiles) or agreeing(one.landlines, other.landlines):
        return False
    if one.street.whole and other.street.whole and not _is_one_house(one.street, other.street):
        return True
    if one.postcode and other.postcode:
        return one.postcode != other.postcode and not one_digit_apart(one.postcode, other.postcode)
    return bool(one.city and other.city) and not is_same_town(one.city, other.city)


def _is_one_house(one: Street, other: Street) -> bool:
    named = one.name == other.name or is_slip(one.name, other.name)
    return named and (one.is_house_of(other) or one.house in other.house or other.house in one.house)


def _home(one: Namesake) -> str:
    return " ".join(told for told in (one.postcode or one.city, one.street.whole) if told)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that tells namesakes apart: what it is called (German), when two rows contradict, what a row says."""

    title: str
    apart: Callable[[Namesake, Namesake], bool]
    told: Callable[[Namesake], str]


def _calls_elsewhere(one: Namesake, other: Namesake) -> bool:
    return is_apart(one.mobiles, other.mobiles)


def _is_addressed_otherwise(one: Namesake, other: Namesake) -> bool:
    return bool(one.salutation and other.salutation) and one.salutation != other.salutation


_BIRTHDAY = Fact("Geburtstage", _is_born_otherwise, lambda one: one.born)
_FACTS = (
    Fact("Anschriften", _lives_elsewhere, _home),
    _BIRTHDAY,
    Fact("Mobilnummern", _calls_elsewhere, lambda one: " ".join(sorted(one.mobiles))),
    Fact("Anreden", _is_addressed_otherwise, lambda one: one.salutation),
)


def facts_apart(found: Collection[Namesake], *, by_name: bool) -> tuple[Fact, ...]:
    """Return the fewest facts by which rows of one name are told apart wherever they contradict; none if nowhere.

    Rows that share a mail address besides (``by_name`` False) are two people by their birthdays alone: father and son.
    """
    groups = [list(found)]
    facts: list[Fact] = []
    for fact in _FACTS if by_name else (_BIRTHDAY,):
        if any(fact.apart(one, other) for group in groups for one, other in combinations(group, 2)):
            facts.append(fact)
            groups = [part for group in groups for part in _parted(group, fact)]
    return tuple(facts)


def _parted(group: list[Namesake], fact: Fact) -> Collection[list[Namesake]]:
    parts: dict[str, list[Namesake]] = {}
    for one in group:
        parts.setdefault(fact.told(one), []).append(one)
    return parts.values()
