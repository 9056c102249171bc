"""Read records from XML (FREINET's ``angebotsliste``) as a stream.

Hardened: a document type, an entity of its own, deep nesting or an endless token is refused; nothing outside the file
is ever opened. A row number is the line on which the record begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.rows import Gap, Row

_BLOCK = 1 << 16
_MAX_DEPTH = 20
_MAX_RECORD_CHARS = 2_000_000
_MAX_SILENT_BYTES = 2_000_000  # bytes read since the last complete token
_MAX_NAME = 1_000
_HEADER_RECORDS = 200


class XmlList:
    """An XML file with one element per record as a source; child elements and attributes become columns."""

    def __init__(self, path: Path, *, record: str, counts: tuple[str, ...] = ()) -> None:
        """Look at the first records. Raises SourceError for broken XML or a file without such records."""
        self._path = path
        self._record = record
        self._counts = counts
        self._notes: tuple[Note, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        titles: dict[str, None] = {}
        for number, row in enumerate(self.rows()):
            titles |= dict.fromkeys(row.cells)
            if number >= _HEADER_RECORDS:
                break
        if not titles:
            raise SourceError(
                f"Die Datei {path.name} enthält keinen Eintrag <{record}>.",
                hint="Vermutlich passt das Profil nicht zur Datei, oder der Export ist leer.",
                file=path.name,
            )
        self._header = tuple(titles)

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    @property
    def form(self) -> str:
        """Return the kind of records in words."""
        return f"XML, Einträge <{self._record}>"

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns in the first records."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed about the file, after it was read to its end."""
        return self._notes

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return that entries are missing, where the head of the file tells of more than it holds."""
        return self._gaps

    def rows(self) -> Iterator[Row]:
        """Read the records one after the other."""
        reader = _Parser(self._path.name, self._record)
        found = silent = 0
        try:
            with self._path.open("rb") as file:
                while block := file.read(_BLOCK):
                    reader.events = 0
                    reader.parser.Parse(block, False)
                    silent = 0 if reader.events else silent + len(block)
                    if silent > _MAX_SILENT_BYTES:
                        raise reader.refusal("enthält ein Zeichenstück ohne Ende")
                    while reader.done:
                        found += 1
                        yield reader.done.popleft()
                reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise SourceError(
                f"Die Datei {self._path.name} ist kein vollständiges XML: "
                f"Fehler in Zeile {error.lineno}, Zeichen {error.offset + 1}.",
                hint="Vermutlich wurde der Export abgebrochen oder von Hand geändert. Bitte exportieren Sie neu.",
                file=self._path.name,
                row=error.lineno,
            ) from error
        while reader.done:
            found += 1
            yield reader.done.popleft()
        wrong = [(name, told) for name in self._counts if (told := reader.root_attributes.get(name, "")) != str(found)]
        self._notes, self._gaps = (), ()
        for name, told in wrong:
            text = f"Im Kopf der Datei stehen {told} Einträge ({name}), gelesen wurden {found}."
            origin = Origin(self._path.name, 1)
            if told.isdecimal() and int(told) > found:
                hint = "Bitte exportieren Sie alle Einträge auf einmal, ohne Seiten und ohne Grenze."
                self._gaps = (*self._gaps, Gap(origin, text, hint))
            elif told:
                self._notes = (*self._notes, Note(origin, name, text))


class _Parser:
    """The state of one pass: open elements, the record being filled, records that are complete."""

    def __init__(self, file: str, record: str) -> None:
        self._file, self._record = file, record
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.CommentHandler = self._comment
        self.done: deque[Row] = deque()
        self.root_attributes: dict[str, str] = {}
        self.events = 0
        self._open: list[str] = []
        self._base = 0
        self._line = 0
        self._chars = 0
        self._cells: dict[str, list[str]] | None = None
        self._filled: set[str] = set()

    def refusal(self, why: str) -> SourceError:
        """Return the error for a file that is XML but not a list."""
        line = self.parser.CurrentLineNumber
        return SourceError(
            f"Die Datei {self._file} {why} (Zeile {line}) und wird aus Sicherheitsgründen nicht gelesen.",
            hint="Bitte exportieren Sie die Liste noch einmal aus dem Herkunftsprogramm.",
            file=self._file,
            row=line,
        )

    def _doctype(self, *_: object) -> None:
        raise self.refusal("enthält eine Dokumenttyp-Erklärung (DTD)")

    def _comment(self, _: str) -> None:
        self.events += 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        tag = tag.rpartition(":")[2]
        if not self._open:
            self.root_attributes = attributes
        self._open.append(tag)
        if len(self._open) > _MAX_DEPTH:
            raise self.refusal("ist tiefer verschachtelt als jede Liste")
        if self._cells is None and tag == self._record:
            self._cells, self._base, self._chars = {}, len(self._open), 0
            self._filled.clear()
            self._line = self.parser.CurrentLineNumber
        if self._cells is not None:
            for name, value in attributes.items():
                self._put(self._path_of(name), value)

    def _path_of(self, *names: str) -> str:
        path = "/".join((*self._open[self._base :], *names))
        if len(path) > _MAX_NAME:
            raise self.refusal("enthält einen Namen von mehr als tausend Zeichen")
        return path

    def _put(self, column: str, text: str) -> None:
        if self._cells is not None:
            self._cells.setdefault(column, []).append(text)
            if text.strip():
                self._filled.add(column)

    def _text(self, text: str) -> None:
        self.events += 1
        if self._cells is None or len(self._open) == self._base:
            return
        self._chars += len(text)
        if self._chars > _MAX_RECORD_CHARS:
            raise self.refusal("enthält einen Eintrag von mehr als zwei Millionen Zeichen")
        self._put(self._path_of(), text)

    def _end(self, _: str) -> None:
        self.events += 1
        if self._cells is not None and len(self._open) == self._base:
            cells = {name: "".join(parts).strip("\n") for name, parts in self._cells.items()}
            cells = {name: text for name, text in cells.items() if text.strip()}
            self.done.append(Row(Origin(self._file, self._line), cells))
            self._cells = None
        elif self._cells is not None and len(self._open) == self._base + 1:
            self._separate()
        self._open.pop()

    def _separate(self) -> None:
        """Put a line break between two elements of the same name, so that a repeated one stays readable."""
        column = self._path_of()
        if self._cells is not None and column in self._filled:
            self._cells[column].append("\n")
