"""The UID by which calendars know an invitation (RFC 5545, 3.8.4.7): one per guest of an event, the same for ever.

Guests do not share one, so that nobody sees in a calendar who else was asked, and an answer names its invitation
whatever address it comes from. Gateways that change capital letters do no harm.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

DOMAIN = "kontaktnetz.invalid"

_SHAPE = re.compile(
    rf"(?<![\w.-])einladung-([1-9][0-9]{{0,9}})-([1-9][0-9]{{0,9}})-([0-9a-f]{{8}})@{re.escape(DOMAIN)}(?![\w.-])",
    re.IGNORECASE,
)
ROOM = 2_000
"""Signs of a UID that are read."""

_WRAPPED = re.compile(r"7643616c2d55696401000000((?:[0-9a-f]{2})+)", re.IGNORECASE)
"""A UID in the GlobalObjectId of Exchange: behind "vCal-Uid", in hexadecimal ([MS-OXOCAL], 2.2.1.27)."""


@dataclass(frozen=True, slots=True)
class Uid:
    """What a UID of ours names: the rows of event and invitation, and the ``mark`` of the base they stand in."""

    event: int
    invitation: int
    mark: str


def mark_of(base: str) -> str:
    """Return the eight hex digits that stand for a base."""
    return hashlib.sha256(base.encode()).hexdigest()[:8]


def uid_of(event: int, invitation: int, base: str) -> str:
    """Return the UID of an invitation; ``base`` is the id of the base.

    >>> uid_of(5, 17, "pbase")
    'einladung-5-17-fb42398e@kontaktnetz.invalid'
    """
    return f"einladung-{event}-{invitation}-{mark_of(base)}@{DOMAIN}"


def read_uid(uid: str) -> Uid | None:
    """Return what a UID names, None when it is none of ours; some programs put it in braces or encode it.

    >>> read_uid("EINLADUNG-5-17-FB42398E@Kontaktnetz.invalid")
    Uid(event=5, invitation=17, mark='fb42398e')
    >>> read_uid("{einladung-5-17-fb42398e%40kontaktnetz.invalid}")
    Uid(event=5, invitation=17, mark='fb42398e')
    """
    found = _SHAPE.search(_plain(uid))
    return Uid(int(found[1]), int(found[2]), found[3].casefold()) if found else None


def is_like_ours(uid: str) -> bool:
    """Say whether a UID was made from one of ours, even where nobody can tell any more which it names."""
    return DOMAIN in _plain(uid).casefold()


def _plain(uid: str) -> str:
    told = unquote(uid[:ROOM])
    wrapped = _WRAPPED.search(told)
    return bytes.fromhex(wrapped[1]).decode("latin-1") if wrapped else told
