"""The code on a badge or ticket: it names an invitation and its mark, and is read at the door without a network.

It carries no name and no signature: the door knows the marks of its guests, and a new mark voids every code before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"KN:([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says: the row of an invitation, and the mark that must still stand there."""

    invitation: int
    mark: str


def badge_code(invitation: int, mark: str) -> str:
    """Return what the QR code of a badge holds.

    >>> badge_code(17, "aB3_-xyz")
    'KN:17.aB3_-xyz'
    """
    return f"KN:{invitation}.{mark}"


def read_badge(code: str) -> Badge | None:
    """Return what a scanned code says, None when it is none of ours; blanks that a scanner adds do no harm.

    >>> read_badge(" KN:17.aB3_-xyz\\r\\n"), read_badge("https://example.org")
    (Badge(invitation=17, mark='aB3_-xyz'), None)
    """
    found = _SHAPE.fullmatch(code.strip())
    return Badge(int(found[1]), found[2]) if found else None
