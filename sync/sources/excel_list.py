"""Read Excel and LibreOffice tables (xlsx, xlsm, xlsb, xls, ods) with their typed cells.

Cells become text as a person reads them: a date is ISO, 1067.0 is "1067" (the column's converter repairs the postcode),
yes and no are words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.excel_holes import find_holes
from sync.sources.rows import Gap, Row, unique_titles
from sync.sources.workbook import MAX_CELLS, Sheet, Workbook, damaged


class ExcelList:
    """The sheet of a workbook that is named, or its first filled one and all others with the same titles, in order."""

    def __init__(
        self, path: Path, *, sheet: str | None = None, header_row: int | None = None, book: Workbook | None = None
    ) -> None:
        """Open the workbook, choose the sheet and read its header; ``book`` is the file, if it is open already.

        Raises:
            SourceError: it cannot be read.
        """
        self._path = path
        self._notes: list[Note] = []
        self._gaps: list[Gap] = []
        self._others: list[str] = []
        self._book = book or Workbook(path)
        self._sheet_name = self._choose(sheet)
        self._sheet = self._book.sheets[self._sheet_name]
        if self._sheet.damaged:
            raise damaged(path)
        self._header_row, titles = self._find_header(header_row)
        self._merged = self._read_merged(self._sheet)
        self._header = unique_titles(titles)
        self._notes += self._holes()
        self._further = self._parts(header_row) if sheet is None else []

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    @property
    def form(self) -> str:
        """Return the sheet in words."""
        if self._further:
            return f"Excel, Blätter {', '.join([self._sheet_name, *(part.sheet for part in self._further)])}"
        return f"Excel, Blatt {self._sheet_name}"

    @property
    def sheet(self) -> str:
        """Return the name of the (first) sheet."""
        return self._sheet_name

    @property
    def header(self) -> tuple[str, ...]:
        """Return the column titles."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed about the workbook."""
        return (*self._notes, *(note for part in self._further for note in part.notes))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return the sheets that are left out although their titles are nearly the same."""
        return tuple(self._gaps)

    def rows(self) -> Iterator[Row]:
        """Read the rows below the header; a value merged over several rows counts for each of them."""
        above: dict[int, str] = {}
        for number, record in self._records():
            if number <= self._header_row:
                continue
            cells: dict[str, str] = {}
            for column, title in enumerate(self._header):
                text = record[column] if column < len(record) else ""
                if (column, number) in self._merged:
                    text = above.get(column, "") if self._merged[column, number] else text
                    above[column] = text
                if text.strip():
                    cells[title] = text
            for column in range(len(self._header), len(record)):
                if record[column].strip():
                    cells[f"Spalte {column + 1}"] = record[column]
            if cells:
                yield Row(Origin(self._path.name, number, self._sheet_name), cells)
        for part in self._further:
            yield from part.rows()

    def head(self, count: int) -> list[list[str]]:
        """Return the first rows as they stand, for a look at the file."""
        return [record for number, record in self._records() if number <= count]

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield rows with their number in the sheet, columns from A on."""
        if self._sheet.start is None:
            return
        margin = [""] * self._sheet.start[1]
        for number, record in enumerate(self._book.rows(self._sheet_name), start=1):
            yield number, margin + record

    def _choose(self, wanted: str | None) -> str:
        if wanted is not None:
            if wanted in self._book.sheets:
                return wanted
            raise SourceError(
                f"In der Datei {self._path.name} gibt es kein Blatt „{wanted}“.",
                hint=f"Vorhanden: {', '.join(self._book.sheets)}.",
                file=self._path.name,
                sheet=wanted,
            )
        filled = [
            name for name in self._book.tables if self._book.sheets[name].start or self._book.sheets[name].damaged
        ]
        if not filled:
            raise SourceError(
                f"Die Excel-Datei {self._path.name} enthält keine gefüllte Tabelle.",
                hint="Bitte exportieren Sie die Liste noch einmal.",
                file=self._path.name,
            )
        self._others = filled[1:]
        return filled[0]

    def _parts(self, header_row: int | None) -> list[ExcelList]:
        """Return the other filled sheets that have the same titles, in any order; note the ones that have not."""
        parts: list[ExcelList] = []
        left: list[str] = []
        titles = {title.casefold() for title in self._header}
        for name in self._others:
            try:
                part = ExcelList(self._path, sheet=name, header_row=header_row, book=self._book)
            except SourceError:
                left.append(name)
                continue
            theirs = {title.casefold() for title in part.header}
            if theirs == titles:
                parts.append(part)
            elif 2 * len(theirs & titles) >= len(titles) > 1:
                self._gaps.append(self._nearly_same(part))
            else:
                left.append(name)
        if left:
            read = "Nur das Blatt" if not parts else "Gelesen wurde, was dieselben Spaltentitel hat wie das Blatt"
            text = f"{read} „{self._sheet_name}“{' wurde gelesen' if not parts else ''}. "
            self._notes.append(
                Note(Origin(self._path.name, 1, self._sheet_name), None, f"{text}Nicht gelesen: {', '.join(left)}.")
            )
        return parts

    def _nearly_same(self, part: ExcelList) -> Gap:
        """Say that a sheet looks like a further part of the list, and which titles keep it from being one."""
        titles = {title.casefold(): title for title in (*part.header, *self._header)}
        there, here = ({title.casefold() for title in header} for header in (part.header, self._header))
        differ = ", ".join(f"„{titles[key]}“" for key in sorted(there ^ here))
        return Gap(
            Origin(self._path.name, 1, part.sheet),
            f"Das Blatt „{part.sheet}“ wurde nicht gelesen: Es hat nicht dieselben Spaltentitel wie „{self.sheet}“ "
            f"(nur in einem von beiden: {differ}).",
            "Bitte geben Sie beiden dieselben Titel, oder nehmen Sie das Blatt aus der Datei.",
            f"{part.sheet}: {'; '.join(part.header)}",
        )

    def _holes(self) -> Iterator[Note]:
        """Say in which columns cells are read as empty that are not."""
        found: dict[tuple[int, bool], list[int]] = {}
        for hole in find_holes(self._path, self._sheet_name):
            if hole.row > self._header_row and hole.column < len(self._header):
                found.setdefault((hole.column, hole.error), []).append(hole.row)
        for (column, error), rows in sorted(found.items()):
            what = "eines Fehlerwerts (wie #NV)" if error else "einer Formel, deren Ergebnis nicht gespeichert ist"
            cure = "berichtigen Sie die Liste" if error else "öffnen und speichern Sie die Datei in Excel"
            cells = "Eine Zelle gilt" if len(rows) == 1 else f"{len(rows)} Zellen gelten"
            text = f"{cells} als leer, wegen {what}. Bitte {cure}."
            yield Note(Origin(self._path.name, rows[0], self._sheet_name), self._header[column], text)

    def _read_merged(self, sheet: Sheet) -> dict[tuple[int, int], bool]:
        """Return cells (column from 0, row from 1) of merges over rows: False for the top one, True for those below."""
        merged: dict[tuple[int, int], bool] = {}
        for (top, left), (bottom, right) in sheet.merged:
            if top + 1 <= self._header_row <= bottom + 1 and right > left:
                raise SourceError(
                    f"In der Datei {self._path.name}, Blatt {self._sheet_name}, sind in der Kopfzeile "
                    f"(Zeile {top + 1}) die Zellen {_column(left)} bis {_column(right)} verbunden.",
                    hint="Bitte heben Sie die Verbindung auf und geben Sie jeder Spalte in einer Zeile einen eigenen "
                    "Titel. Steht über den Titeln eine Überschrift, löschen Sie diese Zeile.",
                    file=self._path.name,
                    sheet=self._sheet_name,
                    row=top + 1,
                    column=_column(left),
                )
            if bottom > top and bottom - top < MAX_CELLS // 1000:
                merged |= {(left, row + 1): row > top for row in range(top, bottom + 1)}
        return merged

    def _find_header(self, wanted: int | None) -> tuple[int, list[str]]:
        """Return the number and the cells of the header row: the wanted one, else the first that is not empty."""
        for number, record in self._records():
            while record and not record[-1].strip():
                record.pop()
            if record and wanted in {None, number}:
                return number, record
        raise SourceError(
            f"In der Datei {self._path.name}, Blatt {self._sheet_name}, stehen in Zeile {wanted or 1} "
            "keine Spaltentitel.",
            hint="Die Spaltentitel müssen in der ersten Zeile stehen (oder `header_row` im Profil angeben).",
            file=self._path.name,
            sheet=self._sheet_name,
            row=wanted or 1,
        )


def _column(index: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> _column(0), _column(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
