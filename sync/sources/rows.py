"""What every reader of a list delivers: rows of text cells, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sync.items import Note, Origin


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: non-empty cells by column title, as text."""

    origin: Origin
    cells: Mapping[str, str]


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

    def rows(self) -> Iterator[Row]:
        """Read from the beginning. Raises SourceError where the file cannot be read on."""


def unique_titles(cells: list[str]) -> tuple[str, ...]:
    """Return titles for a header row: a repeated one gets " (2)", an empty one is called "Spalte 4".

    >>> unique_titles(["Name", "Telefon", "Telefon", ""])
    ('Name', 'Telefon', 'Telefon (2)', 'Spalte 4')
    """
    taken: set[str] = set()
    titles = []
    for number, cell in enumerate(cells, start=1):
        title = wanted = " ".join(cell.split()) or f"Spalte {number}"
        count = 1
        while title in taken:
            count += 1
            title = f"{wanted} ({count})"
        taken.add(title)
        titles.append(title)
    return tuple(titles)
