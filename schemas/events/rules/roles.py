"""Offices and functions in an address: in the form that belongs to a known salutation, beside or below it. Pure.

Nothing is guessed: what is not known to be a word for a person stands on a line of its own, as the base has it.
"""

from __future__ import annotations

import re

from schemas.contacts.choices import Salutation

_BOTH = re.compile(r"([^\W_]{1,80})(?::|\*|_|/-?|\()(in|r)\b\)?", re.IGNORECASE)
_MALE_STEM = re.compile(r".*(?:er|or|ent|ant|eur|är|ist|at|wart|wirt|herr)", re.IGNORECASE)
_FEMALE = re.compile(
    r"\w*(?:er|or|ent|ant|eur|är|ist|at|ät|ält|ärzt|rät|öf|ef|eg|og|mt)in"
    r"|\w*(?:beigeordnete|beauftragte|vorsitzende|abgeordnete|vertretende)",
    re.IGNORECASE,
)
_LIKE_ADJECTIVES = re.compile(r"\w*(?:beigeordneter|beauftragter|vorsitzender|abgeordneter)", re.IGNORECASE)
_MALE = re.compile(
    r"\w*(?:meister|direktor|rektor|präsident|minister|kanzler|anwalt|notar|pfarrer|bischof|superintendent|dezernent"
    r"|sekretär|leiter|führer|sprecher|beigeordneter|beauftragter|vorsitzender|abgeordneter|architekt|inspektor"
    r"|kommissar|richter|senator|(?:stadt|kreis|land|studien|schul|kirchen|regierungs|bau|amts|gemeinde|orts)rat)",
    re.IGNORECASE,
)


def gendered(role: str, salutation: str) -> str:
    """Return an office in the form that belongs to a known salutation; for all others it stays as written.

    >>> gendered("Beigeordnete:r", "herr"), gendered("Bürgermeister:in", "frau"), gendered("Leiter*in", "neutral")
    ('Beigeordneter', 'Bürgermeisterin', 'Leiter*in')
    >>> gendered("Ärzt:in", "herr")
    'Ärzt:in'
    """
    if salutation not in (Salutation.MS, Salutation.MR):
        return role

    def formed(found: re.Match[str]) -> str:
        stem, ending = found[1], found[2].casefold()
        if salutation == Salutation.MS:
            return f"{stem}in" if ending == "in" else stem
        if ending == "r":
            return f"{stem}r"
        return stem if _MALE_STEM.fullmatch(stem) else found[0]

    return _BOTH.sub(formed, role)


def after_herrn(role: str) -> str:
    """Return an office as it stands after „Herrn“: what is declined like an adjective changes its ending.

    >>> after_herrn("Beigeordneter für Soziales"), after_herrn("Direktor")
    ('Beigeordneten für Soziales', 'Direktor')
    """
    first, blank, rest = role.partition(" ")
    declined = first.removesuffix("er") + "en" if _LIKE_ADJECTIVES.fullmatch(first) else first
    return f"{declined}{blank}{rest}"


def is_designation(role: str, salutation: str) -> bool:
    """Say whether an office or profession is a word for a person, so that it may stand beside „Frau“ or „Herrn“.

    >>> is_designation("Oberbürgermeisterin", "frau"), is_designation("Geschäftsführung", "herr")
    (True, False)
    """
    shapes: dict[str, re.Pattern[str]] = {Salutation.MS: _FEMALE, Salutation.MR: _MALE}
    shape = shapes.get(salutation)
    return shape is not None and shape.fullmatch(role.split(" ", maxsplit=1)[0]) is not None
