"""Parts of an address: towns abroad, „c/o“, offices by gender where it is known, and lines that fit a window. Pure."""

from __future__ import annotations

import re

from schemas.contacts.choices import Salutation

WIDTH_MM = 80
"""Room for a line: the window is 85 mm wide, its left 5 mm stay free (DIN 5008)."""

SIZE_MM = 10.5 * 0.3528
"""An em of the type that addresses are set in (10.5 point)."""

COUNTRIES = {
    "A": "Österreich", "AT": "Österreich", "CH": "Schweiz", "FL": "Liechtenstein", "LI": "Liechtenstein",
    "L": "Luxemburg", "LU": "Luxemburg", "B": "Belgien", "BE": "Belgien", "NL": "Niederlande", "DK": "Dänemark",
    "PL": "Polen", "CZ": "Tschechische Republik", "F": "Frankreich", "FR": "Frankreich", "I": "Italien",
    "IT": "Italien", "E": "Spanien", "ES": "Spanien", "P": "Portugal", "PT": "Portugal", "GB": "Vereinigtes Königreich",
    "UK": "Vereinigtes Königreich", "IE": "Irland", "IRL": "Irland", "S": "Schweden", "SE": "Schweden",
    "N": "Norwegen", "NO": "Norwegen", "FI": "Finnland", "FIN": "Finnland", "H": "Ungarn", "HU": "Ungarn",
    "SK": "Slowakei", "SI": "Slowenien", "HR": "Kroatien", "RO": "Rumänien", "BG": "Bulgarien", "GR": "Griechenland",
    "UA": "Ukraine", "US": "USA", "TR": "Türkei", "IL": "Israel", "LT": "Litauen", "LV": "Lettland", "EE": "Estland",
}  # fmt: skip
"""Country codes that people put before a postcode; DIN 5008 does not know them any more."""

_HOME = frozenset({"d", "de", "deutschland", "germany", "brd"})
_NAMES = {name.casefold(): name for name in COUNTRIES.values()} | {
    "tschechien": "Tschechien", "großbritannien": "Großbritannien", "england": "England", "austria": "Österreich",
    "switzerland": "Schweiz", "vereinigte staaten": "Vereinigte Staaten", "russland": "Russland", "japan": "Japan",
    "serbien": "Serbien", "kanada": "Kanada",
}  # fmt: skip
_CODE = re.compile(r"([A-Z]{1,3})\s*[-–]\s*(?=\d)", re.IGNORECASE)
_CARE_OF = re.compile(r"^\s*(?:c\s*/\s*o|bei)[\s.:]+(.+?)\s*[,;\n]\s*(.+)$", re.IGNORECASE | re.DOTALL)
_BOTH = re.compile(r"(\w*\w)(?::|\*|_|/-?)(in|r|frau)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\w+in|\w*(?:beigeordnete|beauftragte|vorsitzende|abgeordnete)", re.IGNORECASE)
_MALE = re.compile(
    r"\w*(?:meister|direktor|rektor|präsident|minister|kanzler|anwalt|notar|rat|pfarrer|bischof|superintendent"
    r"|dezernent|sekretär|leiter|führer|sprecher|beigeordneter|beauftragter|vorsitzender|abgeordneter|architekt"
    r"|ingenieur|inspektor|kommissar|oberst|richter|senator)",
    re.IGNORECASE,
)
_NARROW, _BROAD = frozenset("ijltfrI.,:;'’|!()-/ "), frozenset("mwMWÄÖÜ@%&–")

Lines = list[tuple[str, str]]
"""Lines with the column each comes from."""

_MAY_JOIN = (("over", "organisation"), ("role", "name"), ("care_of", "street"), ("organisation", "role"))
_MAY_BREAK = frozenset({"over", "organisation", "role", "care_of", "name", "street"})


def split_place(postcode: str, city: str, country: str = "") -> tuple[str, str, str]:
    """Return postcode, town and country (empty at home); codes before the postcode become the country's name.

    >>> split_place("A-1010", "Wien"), split_place("1010", "Wien, Österreich"), split_place("D-39104", "Magdeburg")
    (('1010', 'Wien', 'Österreich'), ('1010', 'Wien', 'Österreich'), ('39104', 'Magdeburg', ''))
    """
    postcode, city, country = (" ".join(part.split()) for part in (postcode, city, country))
    code = _CODE.match(postcode)
    if code:
        postcode = postcode[code.end() :]
        country = country or COUNTRIES.get(code[1].upper(), "")
    head, mark, tail = city.rpartition(",")
    if mark and (tail.strip().casefold() in _NAMES or tail.strip().casefold() in _HOME):
        city, country = head.strip(" ,"), country or tail.strip()
    country = country.strip(" ,")
    return postcode, city, "" if country.casefold() in _HOME else _NAMES.get(country.casefold(), country)


def split_care_of(street: str) -> tuple[str, str]:
    """Return who takes the letter in, and the street; people write both into one cell.

    >>> split_care_of("c/o Familie Muster, Am Weg 1"), split_care_of("Am Weg 1")
    (('Familie Muster', 'Am Weg 1'), ('', 'Am Weg 1'))
    """
    found = _CARE_OF.match(street)
    care, rest = (found[1], found[2]) if found else ("", street)
    return " ".join(care.split()), " ".join(rest.split())


def gendered(role: str, salutation: str) -> str:
    """Return an office in the form that belongs to a known salutation; for all others it stays as written.

    >>> gendered("Beigeordnete:r", "herr"), gendered("Bürgermeister:in", "frau"), gendered("Leiter:in", "neutral")
    ('Beigeordneter', 'Bürgermeisterin', 'Leiter:in')
    """
    if salutation not in (Salutation.MS, Salutation.MR):
        return role
    ms = salutation == Salutation.MS

    def formed(found: re.Match[str]) -> str:
        stem, ending = found[1], found[2]
        if ending.casefold() == "r":
            return stem if ms else f"{stem}{ending}"
        return f"{stem}{ending}" if ms else stem

    return _BOTH.sub(formed, role)


def is_designation(role: str, salutation: str) -> bool:
    """Say whether an office or profession is a word for a person, so that it may stand beside „Frau“ or „Herrn“.

    >>> is_designation("Oberbürgermeisterin", "frau"), is_designation("Geschäftsführung", "herr")
    (True, False)
    """
    shapes: dict[str, re.Pattern[str]] = {Salutation.MS: _FEMALE, Salutation.MR: _MALE}
    shape = shapes.get(salutation)
    return shape is not None and shape.fullmatch(role.split(" ", maxsplit=1)[0]) is not None


def wide(line: str) -> bool:
    """Say whether a line is too long for the window."""
    return width_mm(line) > WIDTH_MM


def width_mm(line: str) -> float:
    """Return about how wide a line is in the type of addresses; rather too wide than too narrow."""
    return sum(_em(char) for char in line) * SIZE_MM


def fitting(lines: Lines, most: int) -> Lines:
    """Return lines that fit: too many are joined where that keeps their sense, long ones broken where there is room."""
    lines = list(lines)
    for pair in _MAY_JOIN:
        for at in range(len(lines) - 1, 0, -1):
            if len(lines) <= most:
                break
            if (lines[at - 1][1], lines[at][1]) == pair:
                lines[at - 1 : at + 1] = [(f"{lines[at - 1][0]}, {lines[at][0]}", lines[at][1])]
    broken: Lines = []
    for at, (line, part) in enumerate(lines):
        room = most - len(broken) - (len(lines) - at)
        pieces = _broken(line) if wide(line) and part in _MAY_BREAK else [line]
        broken += [(piece, part) for piece in (pieces if len(pieces) - 1 <= room else [line])]
    return broken


def _broken(line: str) -> list[str]:
    """Break a line between words so that each piece fits; a word that is too long by itself stays whole."""
    pieces = [""]
    for word in line.split(" "):
        longer = f"{pieces[-1]} {word}".strip()
        if pieces[-1] and wide(longer):
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.33
    if char in _BROAD:
        return 0.86
    return 0.7 if char.isupper() else 0.5
