"""Addresses abroad: a country in a column of its own, and postcodes of four digits that never had a zero. Pure.

A German postcode of four digits lost its zero in a spreadsheet; one abroad is whole. Letters need the country, and
our tables have no column for it: it stands behind the town ("Wien, Österreich"), where letters look for it.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace

from schemas.events.rules.address_parts import read_country, split_place
from schemas.model import Value
from sync.items import Note, Origin
from sync.long_cells import quoted
from sync.normalise import text_key, zero_put_back

_TOWNS = frozenset({
    "wien", "graz", "linz", "salzburg", "innsbruck", "klagenfurt", "villach", "wels", "dornbirn", "bregenz",
    "eisenstadt", "steyr", "feldkirch", "leoben", "zuerich", "genf", "geneve", "basel", "lausanne", "bern",
    "winterthur", "luzern", "lugano", "biel", "thun", "fribourg", "chur", "schaffhausen", "zug", "neuenburg", "sion",
    "olten", "aarau", "solothurn", "davos", "vaduz", "schaan", "luxemburg", "luxembourg", "bruessel", "brussel",
    "bruxelles", "antwerpen", "gent", "bruegge", "luettich", "eupen", "kopenhagen", "kobenhavn", "aarhus", "odense",
    "aalborg", "oslo", "trondheim", "ljubljana", "budapest", "sofia", "riga",
})  # fmt: skip
"""The larger towns of countries whose postcodes have four digits, none of them the name of one in the German region 0;
as ``text_key`` writes them. They tell where no country does."""

_TWO_WORDS = frozenset({"st gallen", "sankt gallen", "st poelten", "sankt poelten"})

_COUNTRY = frozenset({"land", "country", "staat"})
_OF_ADDRESS = _COUNTRY | frozenset({
    "region", "plz", "postleitzahl", "ort", "stadt", "wohnort", "city", "town", "postal", "zip", "code", "post",
    "state",
})  # fmt: skip
"""Words of column titles that say which part of an address stands there, as ``text_key`` writes them."""


def lies_abroad(town: str) -> bool:
    """Say whether a town names its country, or is one of those with postcodes of four digits.

    >>> lies_abroad("Zürich"), lies_abroad("Wien, 1. Bezirk"), lies_abroad("Wiener Neustadt"), lies_abroad("Dresden")
    (True, True, False, False)
    >>> lies_abroad("Weißkirchen, Österreich"), lies_abroad("Weißkirchen")
    (True, False)
    """
    words = text_key(town).split()
    known = bool(words) and (words[0] in _TOWNS or " ".join(words[:2]) in _TWO_WORDS)
    return known or bool(split_place("", town)[2])


def add_country(
    values: MutableMapping[str, Value],
    titles: Mapping[str, str],
    cells: Mapping[str, str],
    notes: list[Note],
    origin: Origin,
) -> set[str]:
    """Put the country that a column tells behind the town, keep the postcode as written, and say both.

    ``titles`` name by column the cell that each value came from: of two addresses in one row each has its country.
    Returned are the cells that are told by that, Germany among them, which nobody writes behind a town.
    """
    of = _address_of(titles.get("city") or titles.get("postcode") or "")
    told = {title: cells[title] for title in cells if _is_country(title) and _address_of(title) == of}
    found = {title: country for title, text in told.items() if (country := read_country(text)) is not None}
    town = str(values.get("city") or "")
    if not titles.keys() & {"city", "postcode"}:
        return set()
    country = next((one for one in found.values() if one), "")
    if country and town and not split_place("", town)[2]:
        values["city"] = f"{town}, {country}"
        notes.append(Note(origin, titles["city"], f"Ort {quoted(town)} um das Land ergänzt: {quoted(values['city'])}."))
    _keep_postcode(values, notes, origin, country)
    return {title for title, one in found.items() if not one or (town and one == country)}


def _is_country(title: str) -> bool:
    return not _COUNTRY.isdisjoint(text_key(title).split())


def _address_of(title: str) -> frozenset[str]:
    """Return what tells the columns of one address of a row from those of another ("privat", "Address 1")."""
    return frozenset(text_key(title).split()) - _OF_ADDRESS


def _keep_postcode(values: MutableMapping[str, Value], notes: list[Note], origin: Origin, country: str) -> None:
    """Take a zero away again that was put before a postcode abroad, and say so in its note."""
    code, town = str(values.get("postcode") or ""), str(values.get("city") or "")
    if not code.startswith("0") or not (country or lies_abroad(town)):
        return
    for at in range(len(notes) - 1, -1, -1):
        if notes[at].origin != origin:
            break
        if notes[at].text == zero_put_back(code[1:]):
            values["postcode"] = code[1:]
            where = quoted(town) if town else "der Ort"
            text = f"PLZ {quoted(code[1:])}: {where} liegt nicht in Deutschland; bleibt wie geschrieben."
            if town and not split_place("", town)[2]:
                text += " Für Briefe schreiben Sie das Land bitte hinter den Ort („Wien, Österreich“)."
            notes[at] = replace(notes[at], text=text)
