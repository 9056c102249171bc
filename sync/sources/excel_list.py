"""Read Excel and LibreOffice tables (xlsx, xlsm, xlsb, xls, ods) with their typed cells.

Cells become text as a person reads them: a date is ISO, 1067.0 is "1067" (the column's converter repairs the postcode),
yes and no are words. A workbook is held in memory by calamine, so its size is limited before it is opened.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.excel_holes import find_holes
from sync.sources.rows import Gap, Row, unique_titles

MAX_FILE_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_CELLS = 3_000_000
"""A workbook beyond these does not fit into 300 MB of memory; calamine holds the whole rectangle of a sheet."""
_CELL_WITH_VALUE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?>\s*<(?:v|f|is)\b')
_BLOCK = 1 << 20
Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


class ExcelList:
    """The sheet of a workbook that is named, or its first filled one and all others with the same titles, in order."""

    def __init__(self, path: Path, *, sheet: str | None = None, header_row: int | None = None) -> None:
        """Open the workbook, choose the sheet and read its header. Raises SourceError."""
        self._path = path
        self._notes: list[Note] = []
        self._gaps: list[Gap] = []
        self._others: list[str] = []
        _refuse_giant(path)
        try:
            self._book = CalamineWorkbook.from_path(str(path))
            self._sheet_name = self._choose(sheet)
            self._sheet = self._book.get_sheet_by_name(self._sheet_name)
        except PasswordError as error:
            raise SourceError(
                f"Die Excel-Datei {path.name} ist mit einem Kennwort geschützt.",
                hint="Bitte speichern Sie eine Kopie ohne Kennwort.",
                file=path.name,
            ) from error
        except (CalamineError, OSError, ValueError) as error:
            raise SourceError(
                f"Die Excel-Datei {path.name} ist beschädigt, mit einem Kennwort geschützt oder keine Tabelle.",
                hint="Öffnen Sie sie in Excel und speichern Sie sie neu, oder exportieren Sie die Liste als CSV.",
                file=path.name,
            ) from error
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
        for number, record in enumerate(self._sheet.iter_rows(), start=1):
            yield number, margin + [_text(cell) for cell in record]

    def _choose(self, wanted: str | None) -> str:
        tables = [
            m.name
            for m in self._book.sheets_metadata
            if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible
        ]
        if wanted is not None:
            if wanted in self._book.sheet_names:
                return wanted
            raise SourceError(
                f"In der Datei {self._path.name} gibt es kein Blatt „{wanted}“.",
                hint=f"Vorhanden: {', '.join(self._book.sheet_names)}.",
                file=self._path.name,
                sheet=wanted,
            )
        filled = [name for name in tables if self._book.get_sheet_by_name(name).height > 0]
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
                part = ExcelList(self._path, sheet=name, header_row=header_row)
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

    def _read_merged(self, sheet: CalamineSheet) -> dict[tuple[int, int], bool]:
        """Return cells (column from 0, row from 1) of merges over rows: False for the top one, True for those below."""
        merged: dict[tuple[int, int], bool] = {}
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
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


def _text(cell: Cell) -> str:
    """Return a typed cell as text; a whole number has no decimal point, a midnight has no time."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


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


def _refuse_giant(path: Path) -> None:
    """Raise SourceError for a workbook that would not fit into memory, before calamine opens it."""
    size = path.stat().st_size
    cells = unpacked = 0
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(info.file_size for info in archive.infolist())
                if unpacked <= MAX_UNPACKED_BYTES:
                    sheets = [n for n in archive.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", n)]
                    cells = max((_rectangle(archive, name) for name in sheets), default=0)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            return  # calamine will say that the file is damaged
    if size > MAX_FILE_BYTES or unpacked > MAX_UNPACKED_BYTES or cells > MAX_CELLS:
        raise SourceError(
            f"Die Excel-Datei {path.name} ist zu groß"
            + (", oder eine Zelle steht weit unter oder rechts neben der Liste." if cells else "."),
            hint="Bitte löschen Sie alles unterhalb und rechts der Liste, oder speichern Sie sie als CSV.",
            file=path.name,
        )


def _rectangle(archive: zipfile.ZipFile, name: str) -> int:
    """Return how many cells the rectangle around all filled cells of a sheet has."""
    rows = columns = 0
    rest = b""
    with archive.open(name) as file:
        while block := file.read(_BLOCK):
            text = rest + block
            last = 0
            for match in _CELL_WITH_VALUE.finditer(text):
                rows = max(rows, int(match[2]))
                columns = max(columns, _column_number(match[1]))
                last = match.end()
            rest = text[max(last, len(text) - 500) :]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
