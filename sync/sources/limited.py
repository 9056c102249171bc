"""Read a list without risk for the process that wants it: another one reads it, and what it says is kept on disk."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources import reading_process
from sync.sources.pages import Page
from sync.sources.readers import read_file
from sync.sources.rows import Gap, Row, Source

SMALL_BYTES = 200_000
SMALL_KINDS = frozenset({"csv", "vcard"})
"""What stands line by line is read here up to this size: it takes no more than 60 MB and a second, and a process of its
own takes a quarter of a second each time. Of nested kinds a few bytes may mean any amount."""

MAX_MEMORY = 1_500_000_000
"""Bytes of address space of the process; a list of the largest size that is read takes a third of it."""

MAX_SECONDS = 120
MAX_CHARACTERS = 100_000_000
"""Characters of all cells of a list; a text that many cells share counts in each of them."""

MAX_WAIT = 600.0
"""Seconds; the limit of the process itself counts only those in which it works, and Windows has none."""


def read_limited(kind: str, path: Path, options: Mapping[str, Any]) -> Source:
    """Return a file, or a folder of address cards, as a source (arguments as for ``read_file``).

    Raises:
        SourceError: it cannot be read, or takes more memory or time than any list does.
    """
    if kind in SMALL_KINDS and _size(path) <= SMALL_BYTES:
        return read_file(kind, path, options)
    return SpooledList(kind, path, options)


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


class SpooledList:
    """A list as another process read it."""

    def __init__(self, kind: str, path: Path, options: Mapping[str, Any]) -> None:
        """Have the file read to its end.

        Raises:
            SourceError: it cannot be read, or takes more memory or time than any list does.
        """
        self._kind, self._file = kind, path.name
        self._kept: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the rows are read
        limits = {"memory": MAX_MEMORY, "seconds": MAX_SECONDS, "characters": MAX_CHARACTERS}
        code = self._run(json.dumps({"kind": kind, "path": str(path.absolute()), "options": options} | limits))
        self._kept.seek(0)
        told = self._told(self._kept.readline())
        self._begin = self._kept.tell()
        last = told
        for line in self._kept:
            if line.startswith(b'{"') and not line.startswith(b'{"title'):
                last = self._told(line)
        if code != 0 or last.keys().isdisjoint(("refused", "end")):
            raise self._damaged() if code == 1 else self._too_large()
        if "header" not in told:
            raise _refusal(told)
        self._refused = last if "refused" in last else None
        self.name: str = told["name"]
        self.form: str = told["form"]
        self.header = tuple(told["header"])
        self._head: list[list[str]] = told["head"]
        noticed: dict[str, list[dict[str, Any]]] = last.get("end", {"notes": (), "gaps": (), "pages": ()})
        self.notes = tuple(Note(**{**note, "origin": Origin(**note["origin"])}) for note in noticed["notes"])
        self.gaps = tuple(Gap(**{**gap, "origin": Origin(**gap["origin"])}) for gap in noticed["gaps"])
        self.pages = tuple(Page(**page) for page in noticed["pages"])

    def _run(self, request: str) -> int:
        """Return how the process ended; none of its own endings where it was stopped."""
        try:
            return subprocess.run(
                [sys.executable, "-m", reading_process.__name__, request],
                stdin=subprocess.DEVNULL,
                stdout=self._kept,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[2],
                timeout=MAX_WAIT,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return -1

    def _told(self, line: bytes) -> dict[str, Any]:
        try:
            told = json.loads(line)
        except ValueError:
            return {}  # cut off: the process ended within it
        return told if isinstance(told, dict) else {}

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as they stand, as far as the file is a table; of many only the first ones."""
        return self._head[:count]

    def rows(self) -> Iterator[Row]:
        """Yield the rows; where the process could not read on, raise what it said."""
        titles: list[str] = []
        at = self._begin
        while True:
            self._kept.seek(at)
            line = self._kept.readline()
            at = self._kept.tell()
            told = json.loads(line)
            if isinstance(told, list):
                (file, row, sheet), cells = told
                yield Row(Origin(file, row, sheet), {titles[int(n)]: text for n, text in cells.items()})
            elif "title" in told:
                titles.append(told["title"])
            else:
                break
        if self._refused:
            raise _refusal(self._refused)

    def _damaged(self) -> SourceError:
        return SourceError(
            f"Die Datei {self._file} ist beschädigt und lässt sich nicht lesen.",
            hint="Öffnen Sie sie in ihrem Programm und speichern Sie sie neu, oder exportieren Sie die Liste als CSV.",
            file=self._file,
        )

    def _too_large(self) -> SourceError:
        excel = self._kind == "excel"
        return SourceError(
            f"Die {'Excel-Datei' if excel else 'Datei'} {self._file} braucht beim Lesen mehr Speicher oder Zeit, "
            "als eine Liste braucht.",
            hint="Bitte kopieren Sie nur die Liste in eine neue Datei, oder speichern Sie sie als CSV."
            if excel
            else "Bitte exportieren Sie sie noch einmal, und eine sehr lange Liste in mehreren Dateien.",
            file=self._file,
        )


def _refusal(told: Mapping[str, Any]) -> SourceError:
    refused = told["refused"]
    return SourceError(refused["message"], hint=refused["hint"], **refused["facts"])
