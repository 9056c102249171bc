"""Former names, addresses and numbers of a row, one to a line, so that it is still found and met under them. Pure.

A line reads ``<title of the column>: <value>``. Staff may write lines of their own; one without a known title is only
searched, never matched.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

from schemas.base import BASE
from schemas.model import Value

COLUMN = "aliases"
"""Column that holds the lines."""

REMEMBERED: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "short_name", "street", "postcode", "city", "phone", "phone2", "mail", "web"),
    "person": ("first_name", "last_name", "mail", "mail2", "phone", "mobile", "phone_other"),
}
"""Columns by which people look for somebody; where a person lived before is nobody's business."""


def add_aliases(table: str, text: str | None, old: Iterable[tuple[str, str]]) -> str | None:
    """Return ``text`` with a line for every former (column code, value as people read it); none stands twice.

    >>> add_aliases("organisation", None, [("name", "Turnverein Alt"), ("phone", "+4939112345")])
    'Name: Turnverein Alt\\nTelefon: +4939112345'
    >>> add_aliases("organisation", "Name: Turnverein Alt", [("name", "Turnverein  Alt")])
    'Name: Turnverein Alt'
    """
    lines = [line for line in (text or "").split("\n") if line.strip()]
    for column, value in old:
        shown = " ".join(value.split())
        line = f"{BASE.tables[table].columns[column].title}: {shown}"
        if shown and line not in lines:
            lines.append(line)
    return "\n".join(lines) or None


def former(table: str, text: str | None, column: str) -> list[str]:
    """Return the former values of a column.

    >>> former("organisation", "Name: Turnverein Alt\\nhieß mal TV", "name")
    ['Turnverein Alt']
    """
    if not text:  # the usual row, and whole tables are read
        return []
    start = _start(table, column)
    return [line.removeprefix(start).strip() for line in text.split("\n") if line.startswith(start)]


@functools.cache
def _start(table: str, column: str) -> str:
    """Return how a line of a column begins."""
    return f"{BASE.tables[table].columns[column].title}: "


def former_cells(table: str, text: object, *columns: str) -> Iterator[dict[str, Value]]:
    """Yield the former values of columns as cells of their own, to be compared like present ones.

    >>> list(former_cells("person", "E-Mail: a@example.org", "mail", "phone"))
    [{'mail': 'a@example.org'}]
    """
    told = text if isinstance(text, str) else None
    if not told:
        return iter(())
    return ({column: old} for column in columns for old in former(table, told, column))


def remember(table: str, standing: Mapping[str, Value], changes: Mapping[str, Value]) -> dict[str, Value]:
    """Return the change of the lines that goes with ``changes``: what is replaced is kept. Empty if nothing is.

    ``standing`` holds the lines and every column that changes, as they stand.
    """
    old = [
        (column, value)
        for column in REMEMBERED.get(table, ())
        if column in changes and isinstance(value := standing[column], str) and value.strip()
    ]
    if not old:
        return {}
    stood = changes.get(COLUMN, standing[COLUMN])
    lines = add_aliases(table, stood if isinstance(stood, str) else None, old)
    return {COLUMN: lines} if lines != stood else {}


def take_back(table: str, standing: Value, before: Value, after: Value, columns: Iterable[str]) -> str | None:
    """Return the lines that stand, without what a write of ``columns`` made of them; whatever else came stays.

    >>> take_back("person", "Mobil: 1\\nE-Mail: a\\nals Kind: Mini", None, "E-Mail: a\\nMobil: 1", ["mail"])
    'Mobil: 1\\nals Kind: Mini'
    """
    starts = tuple(_start(table, column) for column in columns)
    now, old, new = (text.split("\n") if isinstance(text, str) else [] for text in (standing, before, after))
    left = [line for line in now if not (line in new and line not in old and line.startswith(starts))]
    left += [line for line in old if line not in new and line not in left and line.startswith(starts)]
    return "\n".join(left) or None
