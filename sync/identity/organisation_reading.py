"""Names of organisations taken apart: words in order, what tells neighbours apart, brackets, legal form. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.identity.organisation_words import (
    CLUBS,
    FILLERS,
    FORM_TOLD,
    FORMS,
    HEADS,
    LEVELS,
    PARTS,
    PHRASES,
    REMARK,
    SAME_WORDS,
    SATELLITES,
    correct,
    is_year,
)
from sync.normalise import organisation_key, text_key


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name taken apart: its key, its words in order, those that tell neighbours apart, and all in one piece.

    ``compact`` leaves out what says nothing. ``brackets`` are the words that stood in brackets and are no initials of
    the name, ``form`` is the legal form, empty if it is not told, ``capitals`` are words that may be initials,
    ``compounds`` words with their beginning and their last part, ``plain_marks`` the marks that are no years.
    """

    key: str = ""
    order: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    brackets: frozenset[str] = frozenset()
    compact: str = ""
    joined: str = ""
    form: str = ""
    capitals: frozenset[str] = frozenset()
    compounds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    plain_marks: frozenset[str] = frozenset()


_CAPITALS = re.compile(r"\b(?:[A-ZÄÖÜ]{2,6}|(?:[A-ZÄÖÜ][a-zäöü]{0,2}){2,4})\b")
"""Words that may be initials or syllables of others ("EKZ", "KuLaDi")."""


def read_body_name(name: str, district: frozenset[str] = frozenset()) -> BodyName:
    """Take a name apart; ``district`` are the words of the part of town that the row names."""
    remarks = [found for found in re.findall(r"\(([^()]*)\)", name) if REMARK.search(found)]
    once_another = any(FORM_TOLD.search(text_key(remark)) for remark in remarks)  # "(bis 2019 e. V.)"
    name = re.sub(r"\(([^()]*)\)", lambda found: " " if REMARK.search(found[1]) else found[0], name).strip() or name
    name = _CARE_OF.sub("", name).rstrip(" ,;-") or name
    key = organisation_key(name) if name else ""
    spelt = key
    for pattern, meaning in PHRASES:
        spelt = pattern.sub(meaning, spelt)
    corrected = (correct(word) for word in spelt.split())
    words = [part for word in corrected for part in SAME_WORDS.get(word, word).split()]
    words = [_unscanned(word) for word in words]
    words = [re.sub(r"^0+(?=[1-9])", "", w) if w.isdigit() and not is_year(w) else w for w in words]
    if len(words) > 1 and words[0] == "1" and words[1] in CLUBS:
        words = words[1:]
    plates = {text_key(found) for found in re.findall(r"\(([^()]*)\)", name) if _is_plate(found)}
    if len(words) > len(plates) and not name.isupper():
        words = [word for word in words if word not in plates]
    told = frozenset(words)
    weighty = [word for word in words if word not in FILLERS] or words
    marks = frozenset(w for w in told if w in PARTS or any(c.isdigit() for c in w)) | (told & district)
    brackets = [text_key(found).split() for found in re.findall(r"\(([^()]*)\)", name) if not _is_plate(found)]
    bracketed = frozenset(w for ws in brackets for w in ws if w in told)
    plain = text_key(name)
    form = next((form for form, pattern in FORMS if pattern.search(plain)), "")
    form = form or ("ev" if any(w.endswith("verein") for w in words) else "")
    shouted = name.isupper()
    form = "" if once_another else form
    capitals = frozenset(w.casefold() for w in _CAPITALS.findall(name) if not shouted)
    compounds = {w: parts for w in told - SATELLITES - LEVELS if (parts := _take_apart(w))}
    told_apart = frozenset(w for w in marks if not is_year(w))
    compact, joined = "".join(weighty), "".join(words)
    return BodyName(key, tuple(words), told, marks, bracketed, compact, joined, form, capitals, compounds, told_apart)


def _is_plate(bracket: str) -> bool:
    """Say whether a bracket holds only capitals, such as a number plate or initials of something else."""
    return bool(re.fullmatch(r"\s*[A-ZÄÖÜ]{2,4}\s*", bracket)) and bracket.strip().casefold() not in PARTS


_CARE_OF = re.compile(r"(?i)\b(?:c/o|z\.? ?hd|zu händen)\b.*$", re.DOTALL)
"""Whose address it is, behind a name."""

_SCANNED = re.compile(r"(?<=[a-z])[015](?=[a-z])")
_LETTERS = {"0": "o", "1": "l", "5": "s"}
"""Digits that a scanner puts for letters."""


def _unscanned(word: str) -> str:
    """Return a word with a digit between its letters as it was written before a scanner read it."""
    letters = sum(c.isalpha() for c in word)
    return _SCANNED.sub(lambda found: _LETTERS[found[0]], word) if letters > 4 else word


def _take_apart(word: str) -> tuple[str, str] | None:
    """Return the beginning and the last part of a compound."""
    for head in HEADS:
        whole = word.removesuffix(head)
        start = whole.removesuffix("s")
        if word.endswith(head) and len(start) >= 4 and word != head:
            return SAME_WORDS.get(whole, SAME_WORDS.get(start, start)), SAME_WORDS.get(head, head)
    return None
