"""The code on a name badge or an answer link: which invitation, and the mark that must still stand there. Pure.

A badge carries ``KN:<invitation>.<mark>``; whoever shows the link of a letter (``/a/<invitation>.<mark>.<signature>``)
is understood, too. The mark is the proof: it cannot be guessed, and a new one voids all codes before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from automations.events.tokens import PATH

PREFIX = "KN:"

_BADGE = re.compile(r"KN:([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})")
_LINK = re.compile(
    r"(?:https?://[^\s?#]*)?" + re.escape(PATH) + r"([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})\.[A-Za-z0-9_-]{22}/?"
)


@dataclass(frozen=True, slots=True)
class Badge:
    """What a code says."""

    invitation: int
    mark: str


def badge_code(invitation: int, mark: str) -> str:
    """Return the text of the QR code on a badge.

    >>> badge_code(17, "Ab3-_x9Z")
    'KN:17.Ab3-_x9Z'
    """
    return f"{PREFIX}{invitation}.{mark}"


def read_badge(text: str) -> Badge | None:
    """Return what a scanned text says, None when it is no code of ours.

    >>> read_badge("KN:17.Ab3-_x9Z")
    Badge(invitation=17, mark='Ab3-_x9Z')
    >>> read_badge("https://example.org/a/17.Ab3-_x9Z.0123456789abcdefghijkl")
    Badge(invitation=17, mark='Ab3-_x9Z')
    >>> read_badge("4006381333931") is None
    True
    """
    found = _BADGE.fullmatch(text.strip()) or _LINK.fullmatch(text.strip())
    return Badge(int(found[1]), found[2]) if found else None
