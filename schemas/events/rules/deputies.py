"""Who stands in for a guest, as it is shown to others. Pure."""

from __future__ import annotations


def deputy_name(told: str | None) -> str:
    """Return the name of a stand-in without the mail address that a calendar told beside it; empty if it told no name.

    The column keeps the address: by it the stand-in's own answer is recognised.

    >>> deputy_name("Eva Muster (eva@haus.example)"), deputy_name("eva@haus.example"), deputy_name("Frau Schulz")
    ('Eva Muster', '', 'Frau Schulz')
    """
    return " ".join(word for word in (told or "").split() if "@" not in word).rstrip(",;(<: ")


def shown_deputy(told: str | None) -> str:
    """Return who stands in, for lists of our own: the name, else all that is known."""
    return deputy_name(told) or (told or "")
