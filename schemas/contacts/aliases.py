"""Former names, addresses and numbers of a row, one to a line, so that it is still found and met under them. Pure.

A line reads ``<title of the column>: <value>``. Staff may write lines of their own; one without a known title is only
searched, never matched.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.base import BASE

COLUMN = "aliases"
"""Column that holds the lines."""


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
    start = f"{BASE.tables[table].columns[column].title}: "
    return [line.removeprefix(start).strip() for line in (text or "").split("\n") if line.startswith(start)]
