"""What is done with a cell that is longer than a name, a number, an address or a day can be. Pure.

Searching such texts takes longer the more there is to search, and a hint that quotes one cannot be read.
"""

from __future__ import annotations

LONGEST = 2_000
"""Characters of a cell that are read as a name, number, address or day; a longer one stays as written."""

LONGEST_QUOTE = 60
"""Characters of a cell that a hint quotes."""


def quoted(text: object, most: int = LONGEST_QUOTE) -> str:
    """Return what a hint (German) shows of a cell: in quotes, on one line, the beginning of a long one.

    >>> quoted("Verein"), quoted("Sehr langer Text", most=10)
    ('„Verein“', '„Sehr lange…“')
    """
    told = " ".join(str(text).split())
    return f"„{told if len(told) <= most else told[:most].rstrip() + '…'}“"


def is_too_long(text: str) -> bool:
    """Say whether a cell is longer than anything that is no free text."""
    return len(text) > LONGEST


def too_long(text: str) -> str:
    """Return the hint (German) for such a cell."""
    return f"{quoted(text)} ist mit {len(text)} Zeichen zu lang für diese Spalte."
