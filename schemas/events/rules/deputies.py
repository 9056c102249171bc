"""Who stands in for a guest, as it is shown to others. Pure."""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"(?:\b(?:tel|telefon|mobil|handy|mobile|phone|fon)\b[.:\s]{0,4})?"
    r"(?<!\w)(?:\+|\(?0)\(?\d[\d /().–-]{4,40}\d",
    re.IGNORECASE,
)
"""A number that is dialled: it begins with a plus or a nought."""

_LABEL = re.compile(r"\b(?:e-?mail|mail|tel|telefon|mobil|handy)\b\s{0,3}[.:]?\s{0,3}$", re.IGNORECASE)
_LONGEST = 100_000

UNNAMED = "Name nicht bekannt"
"""What stands at the door where a calendar told nothing but the address of who stands in."""


def without_contact(told: str) -> str:
    """Return what people wrote about somebody without mail addresses and phone numbers, for eyes that need only names.

    >>> without_contact("Eva Muster, Tel. 0170 1234567"), without_contact("Eva Muster <eva@haus.example>, Bo")
    ('Eva Muster', 'Eva Muster, Bo')
    """
    kept: list[str] = []
    for word in _PHONE.sub(" ", told[:_LONGEST]).split():
        if "@" not in word:
            kept.append(word)
            continue
        if kept:
            kept[-1] = _LABEL.sub("", kept[-1]) or ""
            kept = kept if kept[-1] else kept[:-1]
        if kept and word.endswith((",", ";")) and not kept[-1].endswith((",", ";")):
            kept[-1] += word[-1]
    return " ".join(kept).replace("()", "").rstrip(",;(<: ")


def deputy_name(told: str | None) -> str:
    """Return the name of a stand-in without the mail address that a calendar told beside it; empty if it told no name.

    The column keeps the address: by it the stand-in's own answer is recognised.

    >>> deputy_name("Eva Muster (eva@haus.example)"), deputy_name("eva@haus.example"), deputy_name("Frau Schulz")
    ('Eva Muster', '', 'Frau Schulz')
    """
    return without_contact(told or "")


def shown_deputy(told: str | None) -> str:
    """Return who stands in, for lists of our own: the name, else all that is known."""
    return deputy_name(told) or (told or "")


def deputy_at_door(told: str | None) -> str:
    """Return who stands in as tablets at the door show it, where strangers look on: never an address.

    >>> deputy_at_door("eva@haus.example"), deputy_at_door(None)
    ('Name nicht bekannt', '')
    """
    return deputy_name(told) or (UNNAMED if (told or "").strip() else "")
