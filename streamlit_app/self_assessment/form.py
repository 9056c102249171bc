"""Read what a placement typed. Pure; nothing is cut off silently: what is too long comes back with a word about it.

A form carries beside each criterion what it showed, so that only what a person changed is theirs, and what somebody
else changed meanwhile is noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from automations.certification.ratings import Own, Typed, rating_of
from schemas.certification.rules.procedure import Criterion
from streamlit_app.public.typed import clean

NAME = "name"
NAME_ROOM = 120
ROOM = 2000
"""Characters that fit into evidence and comment."""

RATING, PROOF, COMMENT, TITLE = "w", "b", "k", "t"
SEEN = "g"
"""Stands before the letter of a field that holds what the form showed."""


class Flaw(StrEnum):
    """What is wrong with a field."""

    NAMELESS = "ohne-namen"
    NAME_TOO_LONG = "name-zu-lang"
    PROOF_TOO_LONG = "beleg-zu-lang"
    COMMENT_TOO_LONG = "anmerkung-zu-lang"


@dataclass(frozen=True, slots=True)
class Filled:
    """A page as it was filled in: who, what by criterion, and flaws by field (``name`` or letter and criterion)."""

    name: str = ""
    typed: tuple[Typed, ...] = ()
    flaws: Mapping[str, Flaw] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Say whether anything differs from what the form showed."""
        return any(one.now != one.seen for one in self.typed)


def field_of(letter: str, criterion: str) -> str:
    """Return the name of a field."""
    return f"{letter}:{criterion}"


def read_form(fields: Mapping[str, str], criteria: Iterable[Criterion]) -> Filled:
    """Return what was typed about these criteria; one that the form does not have is left as it is."""
    typed: list[Typed] = []
    flaws: dict[str, Flaw] = {}
    for criterion in criteria:
        code = criterion.code
        if not any(field_of(letter, code) in fields for letter in (RATING, PROOF, COMMENT)):
            continue
        now, seen = _own(fields, code), _own(fields, code, SEEN)
        if len(now.proof) > ROOM and now.proof != seen.proof:
            flaws[field_of(PROOF, code)] = Flaw.PROOF_TOO_LONG
        if len(now.comment) > ROOM and now.comment != seen.comment:
            flaws[field_of(COMMENT, code)] = Flaw.COMMENT_TOO_LONG
        typed.append(Typed(code, now, seen))
    name = clean(fields.get(NAME, ""), lines=False)
    made = Filled(name, tuple(typed), flaws)
    if len(name) > NAME_ROOM:
        flaws[NAME] = Flaw.NAME_TOO_LONG
    elif not name and made.changed:
        flaws[NAME] = Flaw.NAMELESS
    return made


def rebased(typed: Typed, stands: Own) -> Typed:
    """Return what was typed over what stands now: cells that the person left alone show what somebody else wrote."""
    now, seen = typed.now, typed.seen
    if not isinstance(now, Own) or not isinstance(seen, Own):
        return typed
    mine = Own(
        now.rating if now.rating != seen.rating else stands.rating,
        now.proof if now.proof != seen.proof else stands.proof,
        now.comment if now.comment != seen.comment else stands.comment,
    )
    return Typed(typed.criterion, mine, stands)


def asked_in(fields: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Return the criteria that a form of ours speaks of, for a page that must do without the base."""
    begin = field_of(TITLE, "")
    return tuple(Criterion(f.removeprefix(begin), title) for f, title in fields.items() if f.startswith(begin))


def _own(fields: Mapping[str, str], criterion: str, before: str = "") -> Own:
    def text(letter: str) -> str:
        return clean(fields.get(field_of(before + letter, criterion), ""), lines=True)

    return Own(rating_of(fields.get(field_of(before + RATING, criterion))), text(PROOF), text(COMMENT))
