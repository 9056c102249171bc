"""A draw by lot that anybody can recompute: list and seed alone decide, and neither is known before the other. Pure.

1. The list has one line per entry, ``number;name``, numbered from 1 in the order of the names. Its digest is the
   SHA-256 (FIPS 180-4) of its lines, joined by line feeds, in UTF-8. The digest is shown before the seed is named.
2. The seed is any text, named in the room (a number somebody calls, dice).
3. The lot of an entry is the SHA-256 of ``seed``, digest and its line, joined by line feeds, in UTF-8, as hexadecimal
   text.
4. Lots in ascending order give the order of the winners.

Whoever is on the list has the same chance, however often the organisation was named; nobody is on it twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the list: the row of the organisation and its name as it stood at the draw."""

    row: int
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is closed: its lines with the rows they stand for, and its digest."""

    lines: tuple[str, ...]
    rows: tuple[int, ...]
    digest: str

    @property
    def text(self) -> str:
        """Return the list as it is printed and hashed."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Lot:
    """What an entry drew; ``lot`` is 64 hexadecimal digits, the smallest wins."""

    line: str
    row: int
    lot: str


def close_list(entries: Iterable[Entry]) -> Listed:
    """Return the closed list; an organisation that is named twice stands on it once.

    >>> close_list([Entry(7, "Tafel"), Entry(3, "Chor"), Entry(7, "Tafel")]).text
    '1;Chor\\n2;Tafel'
    """
    named = {entry.row: " ".join(entry.name.split()) or "(ohne Namen)" for entry in entries}
    order = sorted(named, key=lambda row: (named[row].casefold(), named[row], row))
    lines = tuple(f"{number};{named[row]}" for number, row in enumerate(order, start=1))
    return Listed(lines, tuple(order), digest_of("\n".join(lines)))


def digest_of(text: str) -> str:
    """Return the digest of a list's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def draw(listed: Listed, seed: str, winners: int = 1) -> list[Lot]:
    """Return the winners in their order, fewer when the list is shorter. Raises ValueError without a seed."""
    if not seed.strip():
        raise ValueError("a draw needs a seed")
    lots = [
        Lot(line, row, digest_of(f"{seed.strip()}\n{listed.digest}\n{line}"))
        for line, row in zip(listed.lines, listed.rows, strict=True)
    ]
    return sorted(lots, key=lambda lot: lot.lot)[:winners]


@dataclass(frozen=True, slots=True)
class Present:
    """Who may take part: organisations that named somebody this year, and of these the ones in the room."""

    eligible: tuple[Entry, ...]
    absent: tuple[Entry, ...]


def eligible(nominating: Mapping[int, str], present: Iterable[int | None]) -> Present:
    """Return who takes part in the draw: nominated this year AND somebody of theirs was let in.

    ``nominating`` holds the names by row of organisations, ``present`` the organisations of everybody who came.
    """
    there = set(present)
    entries: Sequence[Entry] = [Entry(row, name) for row, name in nominating.items()]
    return Present(
        tuple(entry for entry in entries if entry.row in there),
        tuple(entry for entry in entries if entry.row not in there),
    )
