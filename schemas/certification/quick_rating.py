"""What somebody types to rate a criterion without leaving the keyboard. Pure.

A number (0 to 3) or x begins the line and rates, what follows is what was seen; a line without one is only what was
seen. A point before it keeps a first number within the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.certification.choices import Rating

_KEYS = {"0": Rating.NOT, "1": Rating.PARTLY, "2": Rating.MOSTLY, "3": Rating.FULLY, "x": Rating.UNFIT}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: a rating, a text, or the number of a criterion to go to; all empty: go on."""

    rating: Rating | None = None
    text: str = ""
    go_to: int | None = None


def read_line(typed: str) -> Line:
    """Return what a typed line says.

    >>> read_line("2 Aushang am Eingang")
    Line(rating=<Rating.MOSTLY: '2'>, text='Aushang am Eingang', go_to=None)
    >>> read_line("X"), read_line(". 3 Gruppen"), read_line("#5"), read_line("30 Leute")
    (Line(rating=<Rating.UNFIT: 'entfaellt'>, text='', go_to=None), Line(rating=None, text='3 Gruppen', go_to=None), \
Line(rating=None, text='', go_to=5), Line(rating=None, text='30 Leute', go_to=None))
    """
    line = " ".join(typed.split())
    if line.startswith("#") and line[1:].isascii() and line[1:].isdigit():
        return Line(go_to=int(line[1:]))
    if line.startswith("."):
        return Line(text=line[1:].strip())
    first, _, rest = line.partition(" ")
    rating = _KEYS.get(first.casefold().rstrip(":,;"))
    return Line(text=line) if rating is None else Line(rating, rest.strip())
