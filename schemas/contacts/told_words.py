"""How offices shorten German words in a note: "Fr. Weber", "wg. Raum", "nä. Woche", "5. Dez.". Pure."""

from __future__ import annotations

import re

_NO_END = frozenset({
    "prof", "pfr", "str", "abt", "dipl", "tel", "evtl", "med", "jur", "phil", "hrn", "fam", "geb", "bespr", "bzgl",
    "betr", "ggf", "inkl", "zzgl", "spät", "stv", "stellv", "vors", "bgm", "ref", "pers", "std", "nachm", "vorm",
    "näch", "nächst", "komm", "jan", "feb", "febr", "mrz", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov",
    "dez",
})  # fmt: skip
"""A full stop behind one of these ends no sentence."""

_STUCK = re.compile(r"(?<![\w.-])(Fr|Hr|Hrn|Dr|Prof|wg|bzgl|betr|tel)\.(?=[^\W\d_])", re.I)
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


def ends_no_sentence(before: str) -> bool:
    """Say whether a full stop behind a text belongs to a shortened word.

    >>> ends_no_sentence("bis 5. Dez"), ends_no_sentence("Stand ist frei")
    (True, False)
    """
    last = re.search(r"[^\W\d_]+\Z", before[-20:])
    return last is not None and last[0].lower() in _NO_END


def part(line: str) -> str:
    """Return a line with a blank wherever one is missing behind a shortened word.

    >>> part("Anruf Fr.Weber wg.Messe")
    'Anruf Fr. Weber wg. Messe'
    """
    return _STUCK.sub(r"\1. ", line)


def either_umlaut(pattern: str) -> str:
    """Return a pattern that also takes "ae", "oe" and "ue", as typed on a keyboard without umlauts.

    >>> either_umlaut("märz")
    'm(?:ä|ae)rz'
    """
    for umlaut, two in _UMLAUTS.items():
        pattern = pattern.replace(umlaut, f"(?:{umlaut}|{two})")
    return pattern


def with_umlauts(word: str) -> str:
    """Return a word in small letters with umlauts for "ae", "oe" and "ue": only for words known to have them.

    >>> with_umlauts("Maerz")
    'märz'
    """
    word = word.lower()
    for umlaut, two in _UMLAUTS.items():
        word = word.replace(two, umlaut)
    return word
