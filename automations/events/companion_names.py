"""Who comes along, from what was typed about all of them together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from automations.mail.address import one_line
from schemas.events.rules.deputies import without_contact
from sync.identity.evidence import word_set
from sync.person_names import stands_behind_name

_BREAK = re.compile(r"[,;/&+\n]|\b(?:und|sowie)\b", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]*\)")
_BEFORE_AND = word_set("von vom zu zum zur auf")
_AFTER_AND = word_set("zu zum zur")
_GREETED = word_set("frau herr herrn")
_UNNAMED = _GREETED | word_set(
    "mein meine meinen meiner dein deine deinen sein seine seinen seiner ihr ihre ihren ihrer unser unsere unseren",
    "ein eine einen einer noch weitere weiterer zwei drei vier evtl vielleicht",
    "mann ehemann ehefrau gatte gattin partner partnerin lebensgefährte lebensgefährtin freund freundin",
    "sohn tochter kind kinder söhne töchter mutter vater bruder schwester enkel enkelin baby",
    "begleitung begleitperson begleiter begleiterin kollege kollegin kollegen assistenz assistent assistentin",
    "fahrer fahrerin person personen gast gäste n.n nn",
)
"""Words that say who somebody is to the guest, not how they are called."""


def companion_names(told: str, companions: int = 0) -> list[str]:
    """Return the names of those who come along, ``companions`` people if that is known; who has no name is left out.

    >>> companion_names("Karl Freiherr von und zu Muster, Dr. Olaf Muster, M.A."), companion_names("Maria und ihr Sohn")
    (['Karl Freiherr von und zu Muster', 'Dr. Olaf Muster, M.A.'], ['Maria'])
    """
    names: list[str] = []
    told = "\n".join(map(without_contact, told.split("\n")))
    for sign, part in _parts(_REMARK.sub(" ", told)):
        if names and sign == "," and stands_behind_name(part):
            names[-1] += f", {part}"
        elif name := _name(part):
            names.append(name)
    return [one_line(told)] if companions == 1 and len(names) > 1 else names


def _parts(told: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between signs and words that part names, with the one before it; „von und zu“ parts nothing."""
    sign, start = "", 0
    for found in _BREAK.finditer(told):
        before, after = told[start : found.start()].split(), told[found.end() : found.end() + 9].split()
        bound = before[-1:] and (before[-1].casefold() in _BEFORE_AND or (after and after[0].casefold() in _AFTER_AND))
        if found[0].isalpha() and bound:
            continue
        yield sign, " ".join(before)
        sign, start = found[0], found.end()
    yield sign, one_line(told[start:])


def _name(part: str) -> str:
    """Return the name in a part, without who it is to the guest before it; empty if there is none."""
    words = part.split()
    bare = [word.casefold().rstrip(".") for word in words]
    unnamed = [word in _UNNAMED or word.isdigit() for word in bare]
    if all(unnamed):
        return ""
    return part if bare[0] in _GREETED else " ".join(words[unnamed.index(False) :])
