"""What every reader of a list delivers: rows of text cells, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from sync.items import Note, Origin
from sync.long_cells import is_too_long, quoted


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: non-empty cells by column title, as text."""

    origin: Origin
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """A record that could not be read as a whole, or a place where the reading was cut off.

    ``text`` is what stands there, to tell it again next time; empty when it was cut off and nobody knows what is
    missing. ``cells`` are those that could be read all the same. ``reason`` and ``hint`` are German.
    """

    origin: Origin
    reason: str
    hint: str
    text: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """A list that can be read as often as needed, row by row, in bounded memory."""

    @property
    def name(self) -> str:
        """Return the name of the file."""

    @property
    def form(self) -> str:
        """Return the form of the file in words (German), for reports: encoding, separator, sheet."""

    @property
    def header(self) -> tuple[str, ...]:
        """Return the titles of all columns; a reader of nested records gives those of the first records."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed about the file itself; complete once ``rows`` has been read to its end."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return what could not be read; complete once ``rows`` has been read to its end."""

    def rows(self) -> Iterator[Row]:
        """Read from the beginning. Raises SourceError where the file cannot be read on."""


@runtime_checkable
class Headed(Protocol):
    """A list whose rows stand in a table, so that its titles may be looked for further down."""

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as they stand, header included."""


def unique_titles(cells: list[str]) -> tuple[str, ...]:
    """Return titles for a header row: a repeated one gets " (2)", an empty one is called "Spalte 4".

    >>> unique_titles(["Name", "Telefon", "Telefon", ""])
    ('Name', 'Telefon', 'Telefon (2)', 'Spalte 4')
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    titles = []
    for number, cell in enumerate(cells, start=1):
        title = wanted = " ".join(cell.split()) or f"Spalte {number}"
        while title in taken:
            counts[wanted] = counts.get(wanted, 1) + 1
            title = f"{wanted} ({counts[wanted]})"
        taken.add(title)
        titles.append(title)
    return tuple(titles)


_TOTAL = re.compile(
    r"(?:gesamt(?:zahl|summe)?|insgesamt|summe|anzahl|total)\s*(?:[^\W\d]+\s*[:=])?\s*[:=]?\s*[\d.,]+\s*(?:€|[^\W\d]+)?"
    r"|seite\s\d+(?:\svon\s\d+)?|stand:?\s[\d.]+|\d+\s(?:einträge|datensätze|zeilen)",
    re.IGNORECASE,
)


def no_entry(cells: Mapping[str, str]) -> str:
    """Return in German why a row is none of the list's own: its titles once more, or a total; empty if it is one."""
    if cells and all(" ".join(text.split()).casefold() == title.casefold() for title, text in cells.items()):
        return "Die Zeile wiederholt die Spaltentitel und wird ausgelassen."
    told = " ".join(" ".join(cells.values()).split()) if len(cells) < 3 else ""
    told = "" if is_too_long(told) else told
    if _TOTAL.fullmatch(told):
        return f"{quoted(told)} sieht nach einer Summe aus und wird ausgelassen."
    return ""
