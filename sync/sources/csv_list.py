"""Read CSV as offices write it: Windows-1252 or UTF-8, any separator, quoted line breaks, trailing separators.

A row number is that of Excel: the header is row 1, a quoted line break does not count, an empty line does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.files import TextForm, binary_error, text_form
from sync.sources.rows import Gap, Row, unique_titles

_DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
_CELL_LIMIT = 500_000  # characters; an unclosed quote swallows the rest of a file into one cell
_MAX_LINES_IN_RECORD = 2_000
_PROBE = 40


class CsvList:
    """A CSV file as a source."""

    def __init__(
        self, path: Path, *, delimiter: str | None = None, encoding: str | None = None, header_row: int | None = None
    ) -> None:
        """Look at the file and read its header. Raises SourceError for anything that is not a list."""
        self._path = path
        self._form = TextForm(encoding, encoding) if encoding else text_form(path)
        self._notes: list[Note] = []
        self._shifted: dict[int, Note] = {}
        self._skip, hinted = self._separator_line()
        self._delimiter = delimiter or hinted or self._sniff()
        self._width = 0
        self._header_row, titles = self._find_header(header_row)
        self._header = unique_titles(titles)
        if self._form.damaged:
            text = f"{self._form.damaged} Zeichen waren nicht in UTF-8 geschrieben und wurden als Windows-1252 gelesen."
            self._notes.append(Note(Origin(path.name, 1), None, text))
        if self._form.doubt:
            self._notes.append(Note(Origin(path.name, 1), None, self._form.doubt))

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    @property
    def form(self) -> str:
        """Return encoding and separator in words."""
        return f"CSV, Zeichensatz {self._form.title}, Trennzeichen {self._separator}"

    @property
    def _separator(self) -> str:
        return _DELIMITERS.get(self._delimiter, self._delimiter)

    @property
    def header(self) -> tuple[str, ...]:
        """Return the column titles."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed about the file."""
        return (*self._notes, *self._shifted.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return nothing: what cannot be read refuses the whole file."""
        return ()

    def rows(self) -> Iterator[Row]:
        """Read the rows below the header; empty rows are left out but counted."""
        for number, record in self._records():
            if number <= self._header_row:
                continue
            titles = self._header
            if len(record) > len(titles):
                titles = (*titles, *(f"Spalte {n}" for n in range(len(titles) + 1, len(record) + 1)))
            cells = {title: cell for title, cell in zip(titles, record, strict=False) if cell.strip()}
            if any("\n" in cell and self._holds_rows(cell) for cell in cells.values()):
                raise self._unclosed(number)
            if any(cell.strip() for cell in record[self._width :]):
                said = f"Die Zeile hat mehr Zellen als die Zeile der Spaltentitel ({len(record)} statt {self._width})."
                cure = f"Eine Zelle mit {self._separator} darin gehört in Anführungszeichen; bitte prüfen Sie sie."
                self._shifted[number] = Note(Origin(self._path.name, number), None, f"{said} {cure}")
            if cells:
                yield Row(Origin(self._path.name, number), cells)

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as they stand, header included, for a look at the file."""
        return [record for _, record in islice(self._records(), count)]

    def _open(self) -> TextIO:
        errors = "kontaktnetz-mend" if self._form.codec.startswith("utf-8") else "replace"
        return self._path.open("r", encoding=self._form.codec, errors=errors, newline="")

    def _separator_line(self) -> tuple[int, str | None]:
        """Return how many lines to skip and the separator, where Excel's own "sep=;" stands first."""
        with self._open() as file:
            first = file.readline(64).lstrip("\ufeff").strip()
        is_hint = first.lower().startswith("sep=") and len(first) == 5
        return (1, first[4]) if is_hint else (0, None)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(_CELL_LIMIT)
        lines: list[str] = []
        last: list[str] = []
        with self._open() as file:
            reader = csv.reader(_Remembering(file, lines), delimiter=self._delimiter)
            number = 0
            try:
                for record in islice(reader, self._skip, None):
                    number += 1
                    last = lines.copy()
                    lines.clear()
                    if len(last) > _MAX_LINES_IN_RECORD:
                        raise self._unclosed(number)
                    if any("\x00" in cell for cell in record):
                        raise binary_error(self._path)
                    yield number, record
            except csv.Error as error:
                raise self._unclosed(number + 1) from error
        if self._open_quote(last):
            raise self._unclosed(number)

    def _holds_rows(self, cell: str) -> bool:
        """Say whether a cell of several lines holds as many separators as a row: an open quote swallowed it.

        In a note a comma has a blank behind it, in a row it has none.
        """
        columns = len(self._header)
        return columns > 2 and len(re.findall(rf"{re.escape(self._delimiter)}(?=\S|\n)", cell)) >= columns - 1

    def _open_quote(self, lines: list[str]) -> bool:
        """Tell whether the last record runs to the end of the file inside an open quote."""
        try:
            list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _unclosed(self, number: int) -> SourceError:
        return SourceError(
            f"In der Datei {self._path.name} wird ab Zeile {number} ein Anführungszeichen nicht geschlossen.",
            hint='Bitte prüfen Sie dort die Anführungszeichen ("), oder exportieren Sie die Liste noch einmal.',
            file=self._path.name,
            row=number,
        )

    def _sniff(self) -> str:
        """Choose the separator that gives the most columns in the header and keeps giving them below."""
        best, best_score = ";", 0.0
        for delimiter in _DELIMITERS:
            csv.field_size_limit(_CELL_LIMIT)
            with self._open() as file:
                try:
                    probe = [r for r in islice(csv.reader(file, delimiter=delimiter), _PROBE) if any(r)]
                except csv.Error:
                    continue
            if not probe or len(probe[0]) < 2:
                continue
            even = sum(abs(len(r) - len(probe[0])) <= 1 for r in probe) / len(probe)
            score = len(probe[0]) * even
            if score > best_score:
                best, best_score = delimiter, score
        return best

    def _find_header(self, wanted: int | None) -> tuple[int, list[str]]:
        """Return the number and the cells of the header row: the wanted one, else the first that is not empty."""
        for number, record in self._records():
            self._width = len(record)
            while record and not record[-1].strip():
                record.pop()
            if record and wanted in {None, number}:
                return number, record
        raise SourceError(
            f"In der Datei {self._path.name} stehen in Zeile {wanted or 1} keine Spaltentitel.",
            hint="Die Spaltentitel müssen in der ersten Zeile stehen (oder `header_row` im Profil angeben).",
            file=self._path.name,
            row=wanted or 1,
        )


class _Remembering:
    """Hand lines on and keep those of the present record."""

    def __init__(self, lines: TextIO, kept: list[str]) -> None:
        self._lines, self._kept = lines, kept

    def __iter__(self) -> Iterator[str]:
        for told in self._lines:
            line = told.rstrip("\x1a\r\n") if "\x1a" in told else told  # Ctrl-Z ends a file of DOS
            if line:
                self._kept.append(line)
                yield line
