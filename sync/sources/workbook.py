"""What stands in a workbook, read by a process of its own and kept in a file on disk until it is no longer needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import SourceError
from sync.sources import workbook_process

MAX_FILE_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_CELLS = 3_000_000
"""A workbook beyond these is refused before it is opened; calamine holds the whole rectangle of a sheet."""

_CELL_WITH_VALUE = re.compile(
    rb"""<c\b[^<>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]{0,200}>\s{0,9}<(?:v|f|is)\b"""
)
_BLOCK = 1 << 20
_OVERLAP = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: where its filled rectangle begins (row and column from 0; None if it is empty), and its merged cells."""

    name: str
    start: tuple[int, int] | None
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    damaged: bool
    _kept: BinaryIO
    _from: int

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows of the rectangle as text."""
        at = self._from
        while True:
            self._kept.seek(at)
            line = self._kept.readline()
            at = self._kept.tell()
            if not line.startswith(b"["):
                return
            yield json.loads(line)


class Workbook:
    """The sheets of a workbook: ``sheets`` all by name, ``tables`` the visible tables in order."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            SourceError: it is damaged, has a password, or takes more memory or time than any list does.
        """
        _refuse_giant(path)
        self._path = path
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the rows are read
        code = subprocess.run(
            [sys.executable, "-m", workbook_process.__name__, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=self._kept,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            check=False,
        ).returncode
        self.sheets: dict[str, Sheet] = {}
        self.tables: tuple[str, ...] = ()
        self._read(code)

    def _read(self, code: int) -> None:
        """Note where each sheet begins; the rows themselves stay on disk."""
        whole = False
        self._kept.seek(0)
        for line in self._kept:
            if line.startswith(b"{"):
                try:
                    told = json.loads(line)
                except ValueError:
                    break  # cut off: the process ended within it
                if "sheet" not in told and "problem" in told:
                    raise self._refusal(told["problem"])
                whole = "end" in told
                self._take(told)
        if code != 0 or not whole:
            raise self._refusal("large" if code != 1 or self.tables else "damaged")

    def _take(self, told: dict[str, Any]) -> None:
        if "tables" in told:
            self.tables = tuple(told["tables"])
        elif "sheet" in told:
            start = told.get("start")
            merged = tuple(((a, b), (c, d)) for (a, b), (c, d) in told.get("merged", ()))
            name = told["sheet"]
            place = tuple(start) if start else None
            self.sheets[name] = Sheet(name, place, merged, "problem" in told, self._kept, self._kept.tell())

    def _refusal(self, why: str) -> SourceError:
        if why == "password":
            return SourceError(
                f"Die Excel-Datei {self._path.name} ist mit einem Kennwort geschützt.",
                hint="Bitte speichern Sie eine Kopie ohne Kennwort.",
                file=self._path.name,
            )
        if why == "damaged":
            return damaged(self._path)
        return SourceError(
            f"Die Excel-Datei {self._path.name} braucht beim Öffnen mehr Speicher oder Zeit, als eine Liste braucht.",
            hint="Bitte kopieren Sie nur die Liste in eine neue Datei, oder speichern Sie sie als CSV.",
            file=self._path.name,
        )


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
