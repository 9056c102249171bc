"""Read what a guest typed. Pure; nothing is cut off silently: what is too long comes back with a word about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.events.choices import Answer
from streamlit_app.public.typed import clean

OFFERED = (Answer.YES, Answer.NO, Answer.MAYBE, Answer.REPRESENTED)
"""The answers of the form, in their order."""

ROOM = {"vertretung": 120, "namen": 300, "bedarf": 1000, "bemerkung": 2000}
"""Characters that fit into each text."""

_LINES = frozenset({"bedarf", "bemerkung"})


class Flaw(StrEnum):
    """What is wrong with a field."""

    MISSING = "fehlt"
    TOO_LONG = "zu-lang"
    TOO_MANY = "zu-viele"
    NO_NUMBER = "keine-zahl"
    FULL = "voll"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in; the texts as they came, so that a page can show them again."""

    answer: Answer | None = None
    represented_by: str = ""
    companions: int = 0
    companion_names: str = ""
    needs: str = ""
    remark: str = ""
    flaws: Mapping[str, Flaw] = field(default_factory=dict)

    @property
    def brings(self) -> int:
        """Return how many come along; nobody with a guest who stays away."""
        return 0 if self.answer == Answer.NO else self.companions


def read_form(fields: Mapping[str, str], companions_max: int) -> Typed:
    """Return what was typed, with its flaws by field; ``companions_max`` is how many a guest may bring (>= 0)."""
    texts = {name: clean(fields.get(name, ""), lines=name in _LINES) for name in ROOM}
    flaws = {name: Flaw.TOO_LONG for name, room in ROOM.items() if len(texts[name]) > room}
    said = fields.get("antwort", "")
    answer = Answer(said) if said in OFFERED else None
    if answer is None:
        flaws["antwort"] = Flaw.MISSING
    if answer == Answer.REPRESENTED and not texts["vertretung"]:
        flaws["vertretung"] = Flaw.MISSING
    number = fields.get("begleitung", "").strip() or "0"
    companions = int(number) if re.fullmatch(r"[0-9]{1,3}", number) else -1
    if answer != Answer.NO and companions < 0:
        flaws["begleitung"] = Flaw.NO_NUMBER
    elif answer != Answer.NO and companions > companions_max:
        flaws["begleitung"] = Flaw.TOO_MANY
    return Typed(
        answer, texts["vertretung"], max(companions, 0), texts["namen"], texts["bedarf"], texts["bemerkung"], flaws
    )
