"""Read records from JSON: OParl lists and pages, council registries.

Nested values become columns with dots (``location.city``), lists of plain values are joined by ``|``.
Records are decoded one by one; the text itself is held in memory, so its size is limited. A row number is the line on
which a record begins, or its place in the list where the file has no lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.errors import SourceError
from sync.items import Note, Origin
from sync.sources.pages import Page, page_of
from sync.sources.rows import Gap, Row

MAX_BYTES = 40_000_000
LIST_COLUMN = "@liste"
_SPACE = re.compile(r"[ \t\r\n]*")
_HEADER_RECORDS = 200
_PAGE_KEYS = ("data", "items", "value", "results", "organizations")
_MAX_DEPTH = 6
_MAX_NAME = 1_000
_MAX_DIGITS = 1_000
"""Of a number; Python takes no longer ones, and they are none."""


class JsonList:
    """A JSON file with lists of records as a source.

    ``lists`` names the lists to read by their key at the top (each row tells its list in the column ``@liste``);
    without it the top itself is the list, or a page ``{"data": [...]}``, or several of them. Plain values beside
    the lists are columns ``/key`` of every row. ``lookups`` adds columns from another list:
    ``partyId`` -> ``partyId.name``.
    """

    def __init__(
        self, path: Path, *, lists: tuple[str, ...] = (), lookups: dict[str, str] | None = None, top: bool = False
    ) -> None:
        """Read the file and look at the first records. Raises SourceError for broken or foreign JSON."""
        self._path = path
        self._lists = lists
        self._top = top
        self._text = _read_text(path)
        self._decoder = json.JSONDecoder(parse_int=_whole_number, parse_constant=lambda _: None)
        self._by_place = self._text.count("\n", 0, 100_000) < 3
        self._root: dict[str, str] = {}
        self._lookups = {field: self._table(key) for field, key in (lookups or {}).items()}
        self._pages = () if lists else tuple(self._read_pages())
        titles: dict[str, None] = {}
        for number, row in enumerate(self.rows()):
            titles |= dict.fromkeys(row.cells)
            if number >= _HEADER_RECORDS and not lists:
                break
        if not titles:
            raise _empty(path, lists, self._pages)
        self._header = tuple(titles)

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    @property
    def form(self) -> str:
        """Return the lists in words."""
        return f"JSON, Listen {', '.join(self._lists)}" if self._lists else "JSON"

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return self._header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return nothing: a JSON file is sound or refused."""
        return ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return nothing: what cannot be read refuses the whole file."""
        return ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages in the file, where it holds pages of a list."""
        return self._pages

    def rows(self) -> Iterator[Row]:
        """Read the records one after the other, those of the top object first where the profile asks for it."""
        self._root = self._root or self._scalars()
        if self._top and self._root:
            yield Row(Origin(self._path.name, 1), {LIST_COLUMN: "/", **self._root})
        line, seen = 1, 0
        for place, (key, start, value) in enumerate(self._records(), start=1):
            line, seen = line + self._text.count("\n", seen, start), start
            origin = Origin(self._path.name, place if self._by_place else line)
            if not isinstance(value, dict):
                raise SourceError(
                    f"In der Datei {self._path.name}, Zeile {origin.row}, steht nur ein einzelner Wert.",
                    hint="Vermutlich passt das Profil nicht zur Datei.",
                    file=self._path.name,
                    row=origin.row,
                )
            cells = {LIST_COLUMN: key, **self._root} if key else dict(self._root)
            cells |= dict(_flat(value))
            for field, table in self._lookups.items():
                cells |= {f"{field}.{name}": text for name, text in table.get(cells.get(field, ""), {}).items()}
            yield Row(origin, {name: text for name, text in cells.items() if text.strip()})

    def _table(self, key: str) -> dict[str, dict[str, str]]:
        rows = (
            dict(_flat(value)) for found, _, value in self._walk((key,)) if found == key and isinstance(value, dict)
        )
        return {row["id"]: row for row in rows if row.get("id")}

    def _records(self) -> Iterator[tuple[str, int, Any]]:
        if self._lists:
            yield from self._walk(self._lists)
            return
        for _, start, value in self._walk(_PAGE_KEYS):
            page = _held(value) if isinstance(value, dict) else None
            if page is None:
                yield "", start, value
            else:
                yield from (("", start, entry) for entry in page)

    def _read_pages(self) -> Iterator[Page]:
        top: dict[str, Any] = {}
        sizes: dict[str, int] = {}
        for key, _, value in self._walk(()):
            if key in _PAGE_KEYS and isinstance(value, list):
                sizes[key] = len(value)
            elif key:
                top[key] = value
            elif isinstance(value, dict) and (held := _held(value)) is not None:
                yield page_of(self._path.name, value, len(held))
        if sizes:
            yield page_of(self._path.name, top, sum(sizes.values()))

    def _scalars(self) -> dict[str, str]:
        """Return the plain values of the top object, if the top is one."""
        if not self._lists:
            return {}
        return {f"/{key}": text for key, _, value in self._walk(()) for text in [_plain(value)] if text}

    def _walk(self, wanted: tuple[str, ...]) -> Iterator[tuple[str, int, Any]]:
        """Yield (key, position, value): entries of the wanted lists; with nothing wanted, all of the top."""
        try:
            position = self._after_space(0)
            if self._text.startswith("[", position):
                yield from self._entries("", position)
            elif self._text.startswith("{", position):
                yield from self._members(wanted, position)
            else:
                raise json.JSONDecodeError("Expecting value", self._text, position)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"Die Datei {self._path.name} ist kein vollständiges JSON: "
                f"Fehler in Zeile {error.lineno}, Zeichen {error.colno}.",
                hint="Vermutlich wurde die Datei nicht ganz geladen. Bitte laden Sie sie noch einmal.",
                file=self._path.name,
                row=error.lineno,
            ) from error
        except RecursionError as error:
            raise SourceError(
                f"Die Datei {self._path.name} ist tiefer verschachtelt als jede Liste.",
                hint="Bitte laden Sie sie noch einmal aus dem Herkunftsprogramm.",
                file=self._path.name,
            ) from error

    def _members(self, wanted: tuple[str, ...], position: int) -> Iterator[tuple[str, int, Any]]:
        start, found = position, False
        position = self._after_space(position + 1)
        while not self._text.startswith("}", position):
            key, position = self._decoder.raw_decode(self._text, position)
            position = self._after_space(self._expect(":", self._after_space(position)))
            if key in wanted and self._text.startswith("[", position):
                found = True
                position = yield from self._entries(str(key), position)
            else:
                value_start = position
                value, position = self._decoder.raw_decode(self._text, position)
                if not wanted:
                    yield str(key), value_start, value
            position = self._next(position, "}")
        if wanted == _PAGE_KEYS and not found:
            yield "", start, self._decoder.raw_decode(self._text, start)[0]  # a single record

    def _entries(self, key: str, position: int) -> Any:
        position = self._after_space(position + 1)
        while not self._text.startswith("]", position):
            start = position
            value, position = self._decoder.raw_decode(self._text, position)
            yield ("" if key in _PAGE_KEYS else key), start, value
            position = self._next(position, "]")
        return position + 1

    def _next(self, position: int, end: str) -> int:
        """Return the place of the next entry, or of the closing bracket."""
        position = self._after_space(position)
        if self._text.startswith(end, position):
            return position
        position = self._after_space(self._expect(",", position))
        if self._text.startswith(end, position):
            raise json.JSONDecodeError("Illegal trailing comma", self._text, position)
        return position

    def _expect(self, sign: str, position: int) -> int:
        if not self._text.startswith(sign, position):
            raise json.JSONDecodeError(f"Expecting {sign}", self._text, position)
        return position + 1

    def _after_space(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position


def _held(page: dict[str, Any]) -> list[Any] | None:
    """Return the entries that a page holds, None when it is none."""
    return next((page[k] for k in _PAGE_KEYS if isinstance(page.get(k), list)), None)


def _empty(path: Path, lists: tuple[str, ...], pages: tuple[Page, ...]) -> SourceError:
    if pages:
        return SourceError(
            f"Die Liste in der Datei {path.name} ist leer.",
            hint="Bitte laden Sie sie noch einmal; es wurde nichts geändert.",
            file=path.name,
        )
    wanted = f" (gesucht: {', '.join(lists)})." if lists else "."
    return SourceError(
        f"Die Datei {path.name} enthält keine Einträge, die das Profil erwartet.",
        hint=f"Vermutlich passt das Profil nicht zur Datei{wanted}",
        file=path.name,
    )


def _read_text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise SourceError(
            f"Die Datei {path.name} ist größer als {MAX_BYTES // 1_000_000} MB; so groß ist keine Liste dieser Art.",
            hint="Bitte laden Sie nur die Liste der Organisationen, oder in mehreren Dateien.",
            file=path.name,
        )
    raw = path.read_bytes()
    try:
        return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _plain(value: object) -> str:
    """Return a plain value as text; yes and no as words; nothing for None, lists and objects."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return str(value) if isinstance(value, str | int | float) else ""


def _flat(value: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if len(name) > _MAX_NAME:
            raise SourceError(
                "In der Datei steht ein Name von mehr als tausend Zeichen; so etwas hat keine Liste.",
                hint="Bitte laden Sie sie noch einmal aus dem Herkunftsprogramm.",
            )
        if isinstance(inner, dict) and depth < _MAX_DEPTH:
            yield from _flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, list):
            named = (str(e.get("id") or e.get("name") or "") if isinstance(e, dict) else _plain(e) for e in inner)
            if text := "|".join(t for t in named if t):
                yield name, text
        elif text := _plain(inner):
            yield name, text
