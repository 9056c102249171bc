"""Parts of an address: towns abroad, „c/o“ in the street, and lines that fit the window. Pure."""

from __future__ import annotations

import re

WIDTH_MM = 78
"""Room for a line: the window is 85 mm wide, its left 5 mm stay free (DIN 5008), and 2 mm on its right."""

EM_MM = 10 * 0.3528
"""Size of the type that addresses are set in (10 point, in Libertinus Serif)."""

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
    "serbien": "Serbien", "kanada": "Kanada", "france": "Frankreich", "poland": "Polen", "netherlands": "Niederlande",
    "the netherlands": "Niederlande", "holland": "Niederlande", "belgium": "Belgien", "italy": "Italien",
    "spain": "Spanien", "denmark": "Dänemark", "luxembourg": "Luxemburg", "hungary": "Ungarn", "türkiye": "Türkei",
    "turkey": "Türkei", "united kingdom": "Vereinigtes Königreich", "united states": "USA", "suisse": "Schweiz",
    "czechia": "Tschechien", "czech republic": "Tschechische Republik",
}  # fmt: skip
_CODE = re.compile(r"([A-Z]{1,3})\s*[-–]\s*(?=\d)", re.IGNORECASE)
_TOWN_WITH_CODE = re.compile(r"(\d{5})\s+(\D.*)")
_CARE_OF = re.compile(r"\s*c\s*/\s*o\b[\s.:]*([^,;\n]*)[,;\n]?(.*)", re.IGNORECASE | re.DOTALL)
_NARROW, _SLIM, _BROAD = frozenset("ijltfIJ.,:;'’|!()-/ "), frozenset("rszceaä0123456789"), frozenset("mwMW@%–")

Lines = list[tuple[str, str]]
"""Lines with the column each comes from."""

_MAY_JOIN = (("over", "organisation"), ("care_of", "street"), ("role", "name"), ("organisation", "role"))
_MAY_BREAK = frozenset({"over", "organisation", "role", "care_of", "name", "street"})


def one_line(text: str) -> str:
    """Return text in one line, with single blanks."""
    return " ".join(text.split())


def read_country(text: str) -> str | None:
    """Return the German name of a country told by its name or its code, empty for Germany; None for anything else.

    >>> read_country("AT"), read_country("Austria"), read_country("Deutschland"), read_country("Sachsen-Anhalt")
    ('Österreich', 'Österreich', '', None)
    """
    told = one_line(text).casefold()
    return "" if told in _HOME else _NAMES.get(told) or COUNTRIES.get(told.upper())


def split_place(postcode: str, city: str, country: str = "") -> tuple[str, str, str]:
    """Return postcode, town and country (empty at home); codes before the postcode become the country's name.

    >>> split_place("A-1010", "Wien"), split_place("1010", "Wien, Österreich"), split_place("D-39104", "Magdeburg")
    (('1010', 'Wien', 'Österreich'), ('1010', 'Wien', 'Österreich'), ('39104', 'Magdeburg', ''))
    """
    postcode, city, country = one_line(postcode), one_line(city), one_line(country)
    if code := _CODE.match(postcode):
        postcode = postcode[code.end() :]
        country = country or COUNTRIES.get(code[1].upper(), "")
    town, _, last = city.replace("(", ",").replace(")", "").rpartition(",")
    if town.strip() and (last.strip().casefold() in _NAMES or last.strip().casefold() in _HOME):
        city, country = town.strip(" ,"), country or last.strip()
    if not postcode and (both := _TOWN_WITH_CODE.fullmatch(city)):
        postcode, city = both[1], both[2]
    if postcode.replace(" ", "").isdigit() and not country:
        postcode = postcode.replace(" ", "")
    return postcode, city, "" if country.casefold() in _HOME else _NAMES.get(country.casefold(), country)


def split_care_of(street: str) -> tuple[str, str]:
    """Return who takes the letter in, and the street; people write both into one cell.

    >>> split_care_of("c/o Familie Muster, Am Weg 1"), split_care_of("Am Weg 1")
    (('Familie Muster', 'Am Weg 1'), ('', 'Am Weg 1'))
    """
    found = _CARE_OF.fullmatch(street)
    care, rest = (found[1], found[2]) if found else ("", street)
    return one_line(care), one_line(rest)


def wide(line: str) -> bool:
    """Say whether a line is too long for the window."""
    return width_mm(line) > WIDTH_MM


def width_mm(line: str) -> float:
    """Return about how wide a line is in the type of addresses; rather too wide than too narrow."""
    return sum(map(_em, line)) * EM_MM


def fitting(lines: Lines, most: int) -> Lines:
    """Return at most ``most`` (>= 6) lines: too many are joined, long ones broken where there is room.

    No word is ever lost; a line that stays too long is for a person to shorten.
    """
    lines = list(lines)
    for pair in _MAY_JOIN:
        at = next((at for at in range(1, len(lines)) if (lines[at - 1][1], lines[at][1]) == pair), None)
        if len(lines) > most and at is not None:
            mark = " " if lines[at - 1][0].startswith(("Frau ", "Herrn ")) else ", "
            lines[at - 1 : at + 1] = [(f"{lines[at - 1][0]}{mark}{lines[at][0]}", lines[at][1])]
    room = most - len(lines)
    broken: Lines = []
    for line, part in lines:
        pieces = _broken(line) if part in _MAY_BREAK else [line]
        if len(pieces) - 1 > room:
            pieces = [line]
        room -= len(pieces) - 1
        broken += [(piece, part) for piece in pieces]
    return broken


def _broken(line: str) -> list[str]:
    """Break a line between words so that each piece fits; a word that is too long by itself stays whole."""
    if not wide(line):
        return [line]
    called, _, name = line.partition(" ")
    if called in ("Frau", "Herrn"):
        return [called, *(_pieces(name) if wide(name) else [name])]
    return _pieces(line)


def _pieces(line: str) -> list[str]:
    pieces = [""]
    for word in line.split(" "):
        longer = f"{pieces[-1]} {word}".strip()
        if pieces[-1] and wide(longer):
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def _em(char: str) -> float:
    """Return about how wide a character is, in ems (measured in Libertinus Serif, rounded up)."""
    if char in _NARROW:
        return 0.32
    if char in _SLIM:
        return 0.46
    if char in _BROAD:
        return 0.9
    return 0.72 if char.isupper() or ord(char) > 0x2FF else 0.54
