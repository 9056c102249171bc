"""What came back of mail to a row's addresses: one line each, in a column that staff may empty. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def add_problem(text: str | None, address: str, day: dt.date, reason: str) -> str:
    """Return ``text`` with what came back from an address; what was told of it before is replaced.

    >>> add_problem("a@example.org: am 01.10.2026 zurück (voll)", "A@example.org", dt.date(2026, 11, 24), "unbekannt")
    'A@example.org: am 24.11.2026 zurück (unbekannt)'
    """
    others = [line for line in _lines(text) if _address(line) != address.casefold()]
    return "\n".join([*others, f"{address}: am {day:%d.%m.%Y} zurück" + (f" ({reason})" if reason else "")])


def standing_problems(text: str | None, addresses: Iterable[str]) -> list[str]:
    """Return the lines that concern one of these addresses: once it is corrected, its line tells nothing any more.

    >>> standing_problems("alt@example.org: am 01.10.2026 zurück", ["neu@example.org"])
    []
    """
    present = {address.strip().casefold() for address in addresses}
    return [line for line in _lines(text) if _address(line) in present]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def _address(line: str) -> str:
    return line.split(": ", 1)[0].strip().casefold()
