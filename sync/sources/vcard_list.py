"""Read address cards: one vCard file with any number of cards, a folder of such files, or texts from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.files import file_kind, text_form
from sync.sources.rows import Row
from sync.sources.vcard_cells import card_cells

MAX_BYTES = 60_000_000
_BEGIN = re.compile(r"^BEGIN:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"^END:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)


class VcardList:
    """Address cards as a source; a row for each card."""

    def __init__(self, name: str, texts: Iterable[tuple[str, str]], form: str = "vCard") -> None:
        """Take texts of cards, each with the name of its file. Raises SourceError when there is no card in them."""
        self.name = name
        self.form = form
        self._notes: list[Note] = []
        self._texts = [(file, text.replace("\r\n", "\n").replace("\r", "\n")) for file, text in texts]
        self._header = tuple(dict.fromkeys(title for row in self.rows() for title in row.cells))
        if not self._header:
            raise SourceError(
                f"{name} enthält keine lesbare Adresskarte.",
                hint="Bitte exportieren Sie die Kontakte noch einmal als vCard.",
                file=name,
            )

    @classmethod
    def from_path(cls, path: Path) -> VcardList:
        """Read a file, or every vCard file of a folder, the newest first: what it says of somebody is what counts.

        Raises:
            SourceError: there is no card, a file cannot be read, or all together are too large.
        """
        if not path.is_dir():
            return cls(path.name, [(path.name, _text(path, MAX_BYTES))])
        left, texts = MAX_BYTES, []
        for file in files_of(path):
            if file_kind(file) == "vcard":
                texts.append((file.name, _text(file, left)))
                left -= file.stat().st_size
        return cls(path.name, texts, f"Ordner mit {len(texts)} vCard-Dateien")

    @property
    def header(self) -> tuple[str, ...]:
        """Return the titles that any card has."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was left out: pictures and keys, and cards that are broken."""
        return tuple(self._notes)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each card; the row number is the line on which it begins."""
        self._notes.clear()
        for file, text in self._texts:
            starts = [m.start() for m in _BEGIN.finditer(text)]
            line, place = 1, 0
            for start, end in pairwise([*starts, len(text)]):
                line, place = line + text.count("\n", place, start), start
                origin = Origin(file, line)
                closing = _END.search(text, start, end)
                if closing:
                    yield from self._row(origin, text[start : closing.end()])
                else:
                    said = "Die Karte ist nicht abgeschlossen (END:VCARD fehlt) und bleibt außen vor."
                    self._notes.append(Note(origin, None, f"{said} Bitte exportieren Sie sie neu."))

    def _row(self, origin: Origin, text: str) -> Iterator[Row]:
        try:
            cells, binary = card_cells(text)
        except ValueError as problem:
            said = f"Die Karte lässt sich nicht lesen ({problem}); sie fehlt in diesem Abgleich. Bitte neu exportieren."
            self._notes.append(Note(origin, None, said))
            return
        self._notes += [
            Note(origin, part, "Bilder, Schlüssel und Töne einer Karte werden nicht übernommen.") for part in binary
        ]
        if cells:
            yield Row(origin, cells)


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder that a person put there, the newest first.

    Raises:
        SourceError: there is none, or the folder cannot be read.
    """
    try:
        found = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))]
        newest_first = sorted(found, key=lambda p: (-p.stat().st_mtime_ns, p.name))
    except OSError as error:
        raise SourceError(
            f"Der Ordner {folder.name} lässt sich nicht lesen.",
            hint=f"Prüfen Sie, ob es {folder} gibt und Sie darin lesen dürfen.",
            file=folder.name,
        ) from error
    if not newest_first:
        raise SourceError(
            f"Im Ordner {folder.name} liegt keine Datei.", hint=f"Legen Sie die Liste in {folder} ab.", file=folder.name
        )
    return newest_first


def _text(path: Path, most: int) -> str:
    if path.stat().st_size > most:
        raise SourceError(
            f"Die Adresskarten in {path.name} sind zusammen größer als {MAX_BYTES // 1_000_000} MB.",
            hint="Bitte exportieren Sie die Karten ohne Bilder oder in mehreren Dateien.",
            file=path.name,
        )
    codec = text_form(path).codec
    return path.read_text(encoding=codec, errors="kontaktnetz-mend" if codec == "utf-8-sig" else "replace")
