"""Turn one address card (vCard 2.1, 3.0, 4.0; RFC 6350 and its elders) into cells.

The cells stand under the column titles of Outlook's German export, so that profiles read alike. What has no such column
keeps its own name, and ends in the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sync.person_names import split_person_name
from sync.sources.vcard_lines import Line, read_lines, split_unescaped, unescape

_PLAIN = {
    "UID": "UID", "FN": "Name", "TITLE": "Position", "ROLE": "Beruf", "NOTE": "Notizen", "NICKNAME": "Spitzname",
    "BDAY": "Geburtstag", "CATEGORIES": "Kategorien", "ANNIVERSARY": "Jahrestag", "KIND": "Art der Karte",
}  # fmt: skip
_SILENT = frozenset(
    {"VERSION", "REV", "PRODID", "LABEL", "X-ABLABEL", "SORT-STRING", "CLASS", "MAILER", "PROFILE", "AGENT"}
)
_LISTS = frozenset({"CATEGORIES", "NICKNAME"})
_ADDRESS = ("Straße", "Postleitzahl", "Ort", "Region", "Land")
_HIDDEN_LABEL = re.compile(r"_\$!<(.*)>!\$_")


UNREADABLE = "Nicht lesbar"
"""Title of the lines of a card that cannot be read."""

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class CardCells:
    """A card as cells; ``binary`` names its parts that are no text (pictures, keys), ``broken`` are unreadable lines.

    A ``group`` is a list of other cards and nobody itself.
    """

    cells: dict[str, str]
    binary: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    group: bool = False

    @property
    def says_nothing(self) -> bool:
        """Say whether the card tells nothing but what it is called among cards."""
        return not self.cells.keys() - {"UID", "Art der Karte", UNREADABLE}


def card_cells(text: str) -> CardCells:
    """Return what a card says, as far as it can be read."""
    if not text.strip():
        return CardCells({})
    lines, broken = read_lines(text)
    labels = {line.group: _label(unescape(line.value)) for line in lines if line.name == "X-ABLABEL" and line.group}
    collected = _Collected()
    binary: list[str] = []
    group = False
    for line in lines:
        if line.data:
            binary.append(line.name)
        elif line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and line.value.strip().casefold() == "group":
            group = True
        elif line.name not in _SILENT:
            for title, value in _read(line, labels.get(line.group, "")):
                collected.put(title, value)
    cells = collected.cells
    _name(cells)
    if broken:
        collected.put(UNREADABLE, "\n".join(line[:_LONGEST] for line in broken))
    return CardCells(cells, tuple(binary), tuple(broken), group)


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
    elif whole and cells.get("Nachname") and not cells.get("Vorname"):
        name = split_person_name(whole)
        if name.last_name == cells["Nachname"] and name.first_name:
            cells["Vorname"] = name.first_name
    parts = (cells.get("Vorname"), cells.get("Nachname"))
    shown = " ".join(p for p in parts if p) or cells.get("Firma") or cells.get("E-Mail-Adresse") or ""
    if shown:
        cells.setdefault("Name", shown)


def _read(line: Line, label: str) -> Iterator[tuple[str, str]]:
    """Yield the titles and texts of one line of a card."""
    types, text = line.types, _text(line.value)
    if line.name == "N":
        titles = ("Nachname", "Vorname", "Weitere Vornamen", "Anrede", "Suffix")
        yield from zip(titles, _parts(line.value, " "), strict=False)
    elif line.name == "ORG":
        firm, *units = [_text(part) for part in split_unescaped(line.value, ";")]
        yield from (("Firma", firm), ("Abteilung", ", ".join(u for u in units if u)))
    elif line.name == "ADR":
        place = "privat" if "HOME" in types else "geschäftlich"
        box, extended, street, city, region, code, country = [*_parts(line.value, ", "), *[""] * 7][:7]
        parts = ("\n".join(p for p in (box, street, extended) if p), code, city, region, country)
        yield from ((f"{title} {place}", part) for title, part in zip(_ADDRESS, parts, strict=True))
    elif line.name == "TEL":
        number = text.removeprefix("tel:")
        yield _phone_title(types, label), f"{number} ({label})" if _is_own(types, label) and number else number
    elif line.name == "EMAIL":
        yield "E-Mail-Adresse", text
    elif line.name == "URL":
        yield "Webseite", text
    else:
        title = _PLAIN.get(line.name, line.name.removeprefix("X-").capitalize())
        value = ", ".join(p for p in _commas(line.value) if p) if line.name in _LISTS else text
        yield f"{title} ({label})" if label and line.name not in _PLAIN else title, value


def _parts(value: str, joiner: str) -> list[str]:
    """Return the components of a structured value; several values of one are joined."""
    return [joiner.join(p for p in _commas(part) if p) for part in split_unescaped(value, ";")]


def _commas(value: str) -> list[str]:
    return [_text(part) for part in split_unescaped(value, ",")]


_MOBILE = re.compile(r"handy|mobil|cell", re.IGNORECASE)


def _is_own(types: frozenset[str], label: str) -> bool:
    """Say whether only a label that somebody wrote themselves tells what a number is; it is told with the number."""
    return bool(label) and not types - {"VOICE", "PREF"}


def _phone_title(types: frozenset[str], label: str) -> str:
    if _is_own(types, label):
        return "Mobiltelefon" if _MOBILE.search(label) else "Weiteres Telefon"
    if "FAX" in types:
        return "Fax privat" if "HOME" in types else "Fax geschäftlich"
    if "PAGER" in types:
        return "Pager"
    if types & {"CELL", "IPHONE"}:
        return "Mobiltelefon"
    return "Telefon privat" if "HOME" in types else "Telefon geschäftlich"


_SECOND = {"E-Mail-Adresse": "E-Mail {number}: Adresse"}


@dataclass(slots=True)
class _Collected:
    """The cells of a card so far; of thousands of numbers under one title each is put in its place at once."""

    cells: dict[str, str] = field(default_factory=dict)
    _said: set[tuple[str, str]] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def put(self, title: str, value: str) -> None:
        """Put a text under its title; a second one of the same title gets a number, one said twice is dropped."""
        text = value.strip()
        if not text or (title, text) in self._said:
            return
        self._said.add((title, text))
        number = self._numbers.get(title, 0) + 1
        while (name := _numbered(title, number)) in self.cells:
            number += 1
        self._numbers[title] = number
        self.cells[name] = text


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else _SECOND.get(title, f"{title} {{number}}").format(number=number)


def _text(value: str) -> str:
    return unescape(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _label(text: str) -> str:
    match = _HIDDEN_LABEL.fullmatch(text)
    return match.group(1) if match else text
