"""An answer as it is typed by somebody with a pile of letters before them: a letter, companions, a note. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.events.choices import Answer

LETTERS = {"z": Answer.YES, "a": Answer.NO, "v": Answer.MAYBE, "t": Answer.REPRESENTED}
"""The letter of each answer; no name is searched by one letter, so that the two cannot be mixed up."""

_SHAPE = re.compile(r"([zavt])\s*(?:(\d{1,2})(?:\s*[,;:]\s*|\s+|$)(.*)|[,;:]\s*(.*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. ``said`` is a note, with Vertretung who comes instead."""

    answer: Answer
    companions: int | None = None
    said: str = ""


def read_answer(line: str) -> Typed | None:
    """Return what a line means as an answer, None when it is none (but a name to look for).

    >>> read_answer("z"), read_answer("Z 2, vegetarisch")
    (Typed(answer=<Answer.YES: 'zugesagt'>, companions=None, said=''), Typed(answer=<Answer.YES: 'zugesagt'>, companions=2, said='vegetarisch'))
    >>> read_answer("t: Frau Muster")
    Typed(answer=<Answer.REPRESENTED: 'vertretung'>, companions=None, said='Frau Muster')
    >>> read_answer("v Heide") is None, read_answer("albers") is None
    (True, True)
    """  # noqa: E501 - what a doctest prints stands in one line
    found = _SHAPE.fullmatch(line.strip())
    if found is None:
        return None
    count = int(found[2]) if found[2] else None
    return Typed(LETTERS[found[1].casefold()], count, (found[3] or found[4] or "").strip())
