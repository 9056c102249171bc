"""Small text patterns of a profile: ``{Einrichtung|key}`` with filters, ``{?Firma}`` for a part that may be missing.

Used for idents and for texts put together from several columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sync.html_text import text_of_html
from sync.normalise import (
    clean,
    clean_lines,
    organisation_key,
    read_date,
    read_mails,
    read_unix_time,
    text_key,
)

_PLACE = re.compile(r"\{(\??)([^{}|]+)((?:\|[a-z_]+)*)\}")


def _german_day(text: str) -> str:
    value = read_date(text).value
    return f"{value:%d.%m.%Y}" if value else text


def _unix_day(text: str) -> str:
    value = read_unix_time(text).value
    return f"{value:%d.%m.%Y}" if value else text


FILTERS: Mapping[str, Callable[[str], str]] = {
    "key": organisation_key,
    "plain": text_key,
    "mail": lambda text: str(read_mails(text).value or "").casefold(),
    "day": _german_day,
    "unix_time": _unix_day,
    "html": text_of_html,
    "compact": lambda text: re.sub(r"\s+", "", text).casefold(),
}
"""What may stand behind the bar: keys for idents, days and HTML for texts."""


@dataclass(frozen=True, slots=True)
class _Place:
    column: str
    optional: bool
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed pattern. ``columns`` are the source columns (or ``@record`` idents) it needs."""

    text: str
    parts: tuple[str | _Place, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names in braces, without duplicates."""
        return tuple(dict.fromkeys(p.column for p in self.parts if isinstance(p, _Place)))

    def line(self, cells: Mapping[str, str]) -> str | None:
        """Return one line, or None when a part that must not be missing is empty."""
        pieces = []
        for part in self.parts:
            piece = part if isinstance(part, str) else _fill(part, cells)
            if isinstance(part, _Place) and not piece and not part.optional:
                return None
            pieces.append(piece)
        return clean("".join(pieces)) or None

    def block(self, cells: Mapping[str, str]) -> str:
        """Return several lines; a line whose places are all empty is left out."""
        lines, line, filled, places = [], "", False, False
        for part in (*self.parts, "\n"):
            if isinstance(part, _Place):
                piece = _fill(part, cells)
                line, places, filled = line + piece, True, filled or bool(piece)
                continue
            head, *rest = part.split("\n")
            line += head
            for text in rest:
                if filled or (line and not places):
                    lines.append(line)
                line, filled, places = text, False, False
        return clean_lines("\n".join(lines))


def _fill(place: _Place, cells: Mapping[str, str]) -> str:
    text = clean_lines(cells.get(place.column, ""))
    for name in place.filters:
        text = FILTERS[name](text) if text else ""
    return text


def parse(text: str) -> Template:
    """Parse a pattern. Raises ValueError (German) for an unknown filter or a stray brace."""
    parts: list[str | _Place] = []
    position = 0
    for match in _PLACE.finditer(text):
        parts += [text[position : match.start()]] if match.start() > position else []
        filters = tuple(f for f in match[3].split("|") if f)
        unknown = [f for f in filters if f not in FILTERS]
        if unknown:
            raise ValueError(f"Filter „{unknown[0]}“ gibt es nicht (bekannt: {', '.join(FILTERS)})")
        parts.append(_Place(match[2].strip(), bool(match[1]), filters))
        position = match.end()
    parts += [text[position:]] if position < len(text) else []
    if any(isinstance(p, str) and re.search(r"[{}]", p) for p in parts):
        raise ValueError(f"geschweifte Klammern in „{text}“ passen nicht zusammen")
    return Template(text, tuple(parts))
