"""Postcodes of four digits abroad, which look like German ones that lost their zero in a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace

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
as ``text_key`` writes them."""

_TWO_WORDS = frozenset({"st gallen", "sankt gallen", "st poelten", "sankt poelten"})


def lies_abroad(town: str) -> bool:
    """Say whether a town is one of those with postcodes of four digits.

    >>> lies_abroad("Zürich"), lies_abroad("Wien, 1. Bezirk"), lies_abroad("Wiener Neustadt"), lies_abroad("Dresden")
    (True, True, False, False)
    """
    words = text_key(town).split()
    return bool(words) and (words[0] in _TOWNS or " ".join(words[:2]) in _TWO_WORDS)


def keep_postcode_abroad(values: MutableMapping[str, Value], notes: list[Note], origin: Origin) -> None:
    """Take a zero away again that was put before a postcode whose town lies abroad, and say so in its note."""
    code, town = str(values.get("postcode") or ""), str(values.get("city") or "")
    if not code.startswith("0") or not lies_abroad(town):
        return
    for at in range(len(notes) - 1, -1, -1):
        if notes[at].origin != origin:
            break
        if notes[at].text == zero_put_back(code[1:]):
            values["postcode"] = code[1:]
            text = f"PLZ {quoted(code[1:])}: {quoted(town)} liegt nicht in Deutschland; bleibt wie geschrieben."
            notes[at] = replace(notes[at], text=text)
