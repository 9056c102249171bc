"""Mail addresses, telephone numbers and streets: made once, and written as different lists write them."""

from __future__ import annotations

import re

from bench.doubles.chance import Chance, weighted
from bench.doubles.slips import spelt_out

_PROVIDERS = weighted(
    "web.de 22 gmx.de 20 t-online.de 18 gmail.com 20 gmx.net 6 freenet.de 4 arcor.de 2 yahoo.de 3 outlook.de 3 "
    "hotmail.com 2 icloud.com 3 posteo.de 2 googlemail.com 2 online.de 1 mail.de 1 md-city.de 1"
)
_PRIVATE = weighted("full 34 reversed 6 initial 14 joined 12 under 8 year 12 last_year 5 nick 5 family 4")
_OFFICE = weighted("full 58 initial 24 last 18")
_MOBILE = weighted(
    "151 8 152 7 157 9 159 4 160 8 162 6 163 5 170 8 171 9 172 9 173 7 174 6 175 5 176 8 177 5 178 4 179 4"
)
_WORDS = ("sonne", "garten", "elbe", "biene", "blume", "otto", "anker", "fuchs", "luchs", "kater", "harz", "adler")


def slug(text: str) -> str:
    """Return what a name becomes inside an address: small letters a-z and digits, hyphens for what is between."""
    return re.sub(r"[^a-z0-9]+", "-", spelt_out(text).lower()).strip("-")


def private_mail(chance: Chance, first: str, last: str, taken: set[str]) -> str:
    """Return a private address of a person that nobody has yet; adds it to ``taken``."""
    one, two = slug(first), slug(last)
    year = str(chance.between(45, 99)) if chance.happens(0.7) else str(chance.between(1950, 2002))
    names = {
        "full": f"{one}.{two}", "reversed": f"{two}.{one}", "initial": f"{one[:1]}.{two}", "joined": f"{one}{two}",
        "under": f"{one}_{two}", "year": f"{one}.{two}{year}", "last_year": f"{two}{year}",
        "nick": f"{chance.one_of(_WORDS)}{year}", "family": f"familie.{two}",
    }  # fmt: skip
    name, provider = names[chance.pick(_PRIVATE)].replace("--", "-"), chance.pick(_PROVIDERS)
    mail, more = f"{name}@{provider}", 1
    while mail in taken:
        more += 1
        mail = f"{name}{more}@{provider}"
    taken.add(mail)
    return mail


def family_mail(chance: Chance, firsts: list[str], last: str, taken: set[str]) -> str:
    """Return an address of a couple or a family; adds it to ``taken``."""
    two, both = slug(last), [slug(first) for first in firsts[:2]]
    name = chance.one_of(
        [
            f"familie.{two}",
            f"fam.{two}",
            ".".join(both) + f".{two}",
            f"{two}-{chance.between(1, 99)}",
            f"{'-u-'.join(both)}",
        ]
    )
    mail, more = f"{name}@{chance.pick(_PROVIDERS)}", 1
    while mail in taken:
        more += 1
        mail = f"{name}{more}@{chance.pick(_PROVIDERS)}"
    taken.add(mail)
    return mail


def office_mail(chance: Chance, first: str, last: str, domain: str) -> str:
    """Return the address of a person at a domain."""
    one, two = slug(first), slug(last)
    return {"full": f"{one}.{two}", "initial": f"{one[:1]}.{two}", "last": two}[chance.pick(_OFFICE)] + f"@{domain}"


def mobile(chance: Chance) -> str:
    """Return a mobile number as digits without country ("01701234567")."""
    return "0" + chance.pick(_MOBILE) + chance.digits(chance.between(7, 8))


def landline(chance: Chance, area_code: str) -> str:
    """Return a landline number as area code, a space and digits ("0391 5671234")."""
    return f"{area_code} {chance.digits(7 if area_code == '0391' and chance.happens(0.8) else chance.between(5, 6))}"


def _grouped(chance: Chance, digits: str) -> str:
    size = chance.one_of((2, 2, 3))
    ends = [*range(size, len(digits) - 1, size), len(digits)]
    return " ".join(digits[start:end] for start, end in zip([0, *ends], ends, strict=False))


def written_phone(chance: Chance, number: str, local: bool = False) -> str:
    """Return a number of this module as some list writes it; ``local`` allows a landline without its area code."""
    code, _, rest = number.partition(" ")
    if not rest:
        code, rest = number[:4], number[4:]
    elif local and chance.happens(0.5):
        return _grouped(chance, rest) if chance.happens(0.5) else rest
    way = chance.below(12)
    if way < 3:
        return f"{code}/{rest}"
    if way < 5:
        return f"{code} {rest}"
    if way == 5:
        return f"{code} / {_grouped(chance, rest)}"
    if way == 6:
        return f"({code}) {rest}"
    if way == 7:
        return f"+49 {code[1:]} {rest}"
    if way == 8:
        return f"+49{code[1:]}{rest}"
    if way == 9:
        return f"0049 {code[1:]} {_grouped(chance, rest)}"
    return f"{code}-{rest}" if way == 10 else f"{code}{rest}"


_STREET_WAYS = weighted("whole 62 short 26 glued 4 small 3 joined 3 comma 2")


def written_street(chance: Chance, street: str, house: str) -> str:
    """Return street and house number as some list writes them ("Breite Str. 4")."""
    way = chance.pick(_STREET_WAYS)
    if way == "short":
        street = street.replace("straße", "str.").replace("Straße", "Str.").replace("platz", "pl.")
    elif way == "joined":
        street = street.replace("straße", "strasse").replace("Straße", "Strasse")
    elif way == "small":
        street = street.replace(" Straße", "straße").replace("-Straße", "straße")
    elif way == "glued":
        return street.replace("straße", "str.").replace("Straße", "Str.") + house
    if house[-1].isalpha() and chance.happens(0.3):
        house = f"{house[:-1]} {house[-1]}"
    return f"{street}, {house}" if way == "comma" else f"{street} {house}"
