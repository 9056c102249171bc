"""Turn one address card (vCard 2.1, 3.0, 4.0; RFC 6350 and its elders) into cells.

The cells stand under the column titles of Outlook's German export, so that profiles read alike. What has no such column
keeps its own name, and ends in the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import vobject

from sync.person_names import split_person_name

_PLAIN = {
    "UID": "UID", "FN": "Name", "TITLE": "Position", "ROLE": "Beruf", "NOTE": "Notizen", "NICKNAME": "Spitzname",
    "BDAY": "Geburtstag", "CATEGORIES": "Kategorien", "ANNIVERSARY": "Jahrestag", "KIND": "Art der Karte",
}  # fmt: skip
_BINARY = frozenset({"PHOTO", "LOGO", "KEY", "SOUND"})
_SILENT = frozenset({"VERSION", "REV", "PRODID", "LABEL", "X-ABLABEL", "SORT-STRING", "CLASS", "MAILER", "PROFILE"})
_ADDRESS = ("Straße", "Postleitzahl", "Ort", "Region", "Land")
_HIDDEN_LABEL = re.compile(r"_\$!<(.*)>!\$_")


def card_cells(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the cells of a card, and the names of the parts left out because they are no text (pictures, keys).

    Raises:
        ValueError: the text is no card that can be read.
    """
    try:
        card = next(vobject.readComponents(text, allowQP=True, ignoreUnreadable=True))
    except (StopIteration, vobject.base.ParseError) as problem:
        raise ValueError(type(problem).__name__) from problem
    lines = list(card.lines())
    labels = {line.group: _label(str(line.value)) for line in lines if line.name == "X-ABLABEL" and line.group}
    cells: dict[str, str] = {}
    binary: list[str] = []
    for line in lines:
        if line.name in _BINARY or isinstance(line.value, bytes):
            binary.append(line.name)
        elif line.name not in _SILENT:
            for title, value in _read(line, labels.get(line.group, "")):
                _put(cells, title, value)
    _name(cells)
    return cells, tuple(binary)


def _name(cells: dict[str, str]) -> None:
    """Give a card of the displayed name alone its parts, and one of parts alone a displayed name."""
    whole = cells.get("Name", "")
    if whole and not any(cells.get(part) for part in ("Vorname", "Nachname", "Firma")):
        if cells.get("Art der Karte", "").casefold() == "org":
            cells["Firma"] = whole
        elif "@" not in whole:
            name = split_person_name(whole)
            cells |= {"Vorname": name.first_name, "Nachname": name.last_name or whole}
            cells.setdefault("Anrede", " ".join(p for p in (name.salutation.capitalize(), name.title) if p))
            for title in [t for t, value in cells.items() if not value]:
                del cells[title]
    parts = (cells.get("Vorname"), cells.get("Nachname"))
    shown = " ".join(p for p in parts if p) or cells.get("Firma") or cells.get("E-Mail-Adresse") or ""
    if shown:
        cells.setdefault("Name", shown)


def _read(line: Any, label: str) -> Iterator[tuple[str, str]]:
    """Yield the titles and texts of one line of a card."""
    types = {t.upper() for t in [*line.params.get("TYPE", ()), *line.singletonparams]}
    value = line.value
    if line.name == "N":
        yield from (("Nachname", _text(value.family)), ("Vorname", _text(value.given)))
        yield from (("Weitere Vornamen", _text(value.additional)), ("Anrede", _text(value.prefix)))
        yield "Suffix", _text(value.suffix)
    elif line.name == "ORG":
        firm, *units = [_text(part, ", ") for part in (value if isinstance(value, list) else [value])]
        yield from (("Firma", firm), ("Abteilung", ", ".join(u for u in units if u)))
    elif line.name == "ADR":
        place = "privat" if "HOME" in types else "geschäftlich"
        street = "\n".join(p for p in (_text(value.box), _text(value.street), _text(value.extended)) if p)
        parts = (street, _text(value.code), _text(value.city), _text(value.region), _text(value.country))
        yield from ((f"{title} {place}", part) for title, part in zip(_ADDRESS, parts, strict=True))
    elif line.name == "TEL":
        yield _phone_title(types, label), _text(value).removeprefix("tel:")
    elif line.name == "EMAIL":
        yield "E-Mail-Adresse", _text(value)
    elif line.name == "URL":
        yield "Webseite", _text(value).replace("\\:", ":")
    else:
        title = _PLAIN.get(line.name, line.name.removeprefix("X-").capitalize())
        yield f"{title} ({label})" if label and line.name not in _PLAIN else title, _text(value, ", ")


def _phone_title(types: set[str], label: str) -> str:
    if label and not types - {"VOICE", "PREF"}:
        return f"Weiteres Telefon ({label})"
    if "FAX" in types:
        return "Fax privat" if "HOME" in types else "Fax geschäftlich"
    if "PAGER" in types:
        return "Pager"
    if types & {"CELL", "IPHONE"}:
        return "Mobiltelefon"
    return "Telefon privat" if "HOME" in types else "Telefon geschäftlich"


_SECOND = {"E-Mail-Adresse": "E-Mail {number}: Adresse"}


def _put(cells: dict[str, str], title: str, value: str) -> None:
    """Put a text under its title; a second one of the same title gets a number, one said twice is dropped."""
    text = value.strip()
    if not text:
        return
    number, name = 1, title
    while name in cells:
        if cells[name] == text:
            return
        number += 1
        name = _SECOND.get(title, f"{title} {{number}}").format(number=number)
    cells[name] = text


def _text(value: Any, joiner: str = " ") -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return joiner.join(p for p in (_text(part, joiner) for part in value) if p)
    return str(value).replace("\r\n", "\n").strip()


def _label(text: str) -> str:
    match = _HIDDEN_LABEL.fullmatch(text)
    return match.group(1) if match else text
