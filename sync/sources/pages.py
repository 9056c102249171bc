"""Lists that come page by page (OParl and its like): which pages are missing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any, Protocol, runtime_checkable
from urllib.parse import urlsplit

from sync.items import Origin
from sync.sources.rows import Gap

_HINT = (
    "Bitte laden Sie alle Seiten und nennen Sie sie zusammen: als Liste von Seiten in einer Datei, oder als files in "
    "sources.toml."
)
_SHOWN = 5
_MOST = 1_000_000_000
"""Pages or entries; a list that tells of more tells nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many entries it holds, and what it tells of the others (0 and empty: nothing)."""

    file: str
    entries: int
    own: str = ""
    next: str = ""
    first: str = ""
    number: int = 0
    pages: int = 0
    elements: int = 0

    @property
    def list(self) -> tuple[str, int, int]:
        """Return what tells the list apart that the page belongs to."""
        place = urlsplit(self.first or self.own or self.next)
        return re.sub(r"\d+", "#", f"{place.netloc}{place.path}"), self.pages, self.elements


@runtime_checkable
class Paged(Protocol):
    """A source that may hold only some pages of a list."""

    @property
    def pages(self) -> Sequence[Page]:
        """Return the pages in it; nothing for a list that is whole."""


def page_of(file: str, told: Mapping[str, Any], entries: int) -> Page:
    """Return a page from what stands beside its entries: ``links``, ``pagination`` and their kin."""
    links = _table(told.get("links")) or _table(told.get("_links"))
    counts = _table(told.get("pagination")) or _table(told.get("meta"))
    elements = _number(counts.get("totalElements"))
    each = _number(counts.get("elementsPerPage"))
    return Page(
        file,
        entries,
        own=_address(links.get("self")),
        next=_address(links.get("next")) or _address(told.get("next")) or _address(told.get("@odata.nextLink")),
        first=_address(links.get("first")),
        number=_number(counts.get("currentPage")),
        pages=_number(counts.get("totalPages")) or (ceil(elements / each) if each else 0),
        elements=elements,
    )


def missing_pages(pages: Iterable[Page]) -> Iterator[Gap]:
    """Yield a gap for each list of which pages are missing."""
    lists: dict[tuple[str, int, int], list[Page]] = {}
    for page in pages:
        lists.setdefault(page.list, []).append(page)
    for found in lists.values():
        if reason := _missing(found):
            yield Gap(Origin(found[-1].file, 1), reason, _HINT)


def _missing(pages: Sequence[Page]) -> str:
    """Return in German what is missing of one list, or nothing."""
    entries, elements = sum(p.entries for p in pages), max(p.elements for p in pages)
    if elements and entries >= elements:
        return ""
    last = max(p.pages for p in pages)
    there = {p.number for p in pages}
    absent = list(islice((n for n in range(1, last + 1) if n not in there), _SHOWN + 1))
    if 0 not in there and absent:
        shown = ", ".join(map(str, absent[:_SHOWN])) + (", …" if len(absent) > _SHOWN else "")
        return f"Die Liste hat {last} Seiten; es fehlt Seite {shown}." if len(absent) == 1 else (
            f"Die Liste hat {last} Seiten; es fehlen die Seiten {shown}."
        )  # fmt: skip
    own = {p.own for p in pages if p.own}
    followed = pages[-1:] if len(own) < len(pages) else pages
    if ahead := next((p.next for p in followed if p.next and p.next not in own), ""):
        return f"Es fehlt die Seite, auf die diese verweist: {ahead}."
    return f"Die Liste hat {elements} Einträge, gelesen wurden {entries}." if elements else ""


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _address(value: Any) -> str:
    """Return the address a link holds, however it is written."""
    if isinstance(value, dict):
        value = value.get("href")
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value <= _MOST else 0
