"""The sheets of a workbook. What is beyond any list is refused before it is opened; the rest the limits of the process
hold (``reading_process``): calamine keeps the whole rectangle of a sheet in memory.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from schemas.errors import SourceError

MAX_FILE_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_CELLS = 3_000_000

_CELL_WITH_VALUE = re.compile(
    rb"""<c\b[^<>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]{0,200}>\s{0,9}<(?:v|f|is)\b"""
)
_BLOCK = 1 << 20
_OVERLAP = 500

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: where its filled rectangle begins (row and column from 0; None if it is empty), and its merged cells."""

    start: Corner | None = None
    merged: tuple[tuple[Corner, Corner], ...] = ()
    damaged: bool = False


class Workbook:
    """The sheets of a workbook: ``sheets`` all by name, ``tables`` the visible tables in order."""

    def __init__(self, path: Path) -> None:
        """Look at every sheet.

        Raises:
            SourceError: the file is damaged, has a password, or is larger than any list.
        """
        _refuse_giant(path)
        try:
            self._book = CalamineWorkbook.from_path(str(path))
        except PasswordError as error:
            raise SourceError(
                f"Die Excel-Datei {path.name} ist mit einem Kennwort geschützt.",
                hint="Bitte speichern Sie eine Kopie ohne Kennwort.",
                file=path.name,
            ) from error
        except (CalamineError, OSError, ValueError) as error:
            raise damaged(path) from error
        self._at_hand: tuple[str, Any] = ("", None)
        self.tables = tuple(
            m.name
            for m in self._book.sheets_metadata
            if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible
        )
        self.sheets = {name: self._look(name) for name in self._book.sheet_names}

    def rows(self, name: str) -> Iterator[list[str]]:
        """Yield the rows of a sheet's rectangle as text."""
        for record in self._sheet(name).iter_rows():
            yield [_text(cell) for cell in record]

    def _look(self, name: str) -> Sheet:
        try:
            sheet = self._sheet(name)
        except (CalamineError, OSError, ValueError):
            return Sheet(damaged=True)
        return Sheet(sheet.start, tuple(sheet.merged_cell_ranges or ()))

    def _sheet(self, name: str) -> Any:
        """Return a sheet; only the last one is kept, for all together may be too much."""
        if self._at_hand[0] != name or self._at_hand[1] is None:
            self._at_hand = ("", None)
            self._at_hand = (name, self._book.get_sheet_by_name(name))
        return self._at_hand[1]


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


def damaged(path: Path) -> SourceError:
    """Return the error for a file that cannot be read."""
    return SourceError(
        f"Die Excel-Datei {path.name} ist beschädigt, mit einem Kennwort geschützt oder keine Tabelle.",
        hint="Öffnen Sie sie in Excel und speichern Sie sie neu, oder exportieren Sie die Liste als CSV.",
        file=path.name,
    )


def _refuse_giant(path: Path) -> None:
    """Raise SourceError for a workbook that would not fit into memory, before it is opened."""
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
            rest = text[max(last, len(text) - _OVERLAP) :]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
