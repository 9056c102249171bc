"""Finding by the beginnings of words, as people type: case, accents and umlaut spellings make no difference.

``mueller``, ``muller`` and ``Müller`` fold to the same text, and folding a beginning gives a beginning of the folded
word (a law, see the tests): so results can appear from the second character on and never vanish while one types on.
Words that a hyphen or an apostrophe links are found as one, too (``obrien``). The check-in page of tablets finds the
same (``streamlit_app/entrance/files/folding.js``, with ``LETTERS`` as data).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

MIN_CHARACTERS = 2
"""From so many typed characters on, a search looks; one character would match nearly everything."""

LETTERS: Mapping[str, str] = {
    "ß": "ss", "ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "e", "ς": "σ", **dict.fromkeys("’‘ʼʻ´`′ʹ", "'"), **dict.fromkeys("‐‑‒–", "-"),
}  # fmt: skip
"""Small letters that Unicode does not take apart, and signs within a name, as people type them on a German keyboard."""

_LONGEST = 100_000
"""Characters of a text that are looked in, and as many again once taken apart: a cell of NocoDB holds no more, and one
Arabic sign stands for eighteen."""

_PLAIN = str.maketrans(dict(LETTERS))
_UMLAUT = re.compile(r"([aou])e")
_UNSEEN = ("Mn", "Cf")
"""Accents, and signs that nobody sees: soft hyphens, zero-width blanks, marks of direction."""

_WORD = re.compile(r"[^\W_]+")
_LINKED = re.compile(r"(?:[^\W_]|['-])+")
_NUMBER = re.compile(r"[\d\s()/+.\-]{3,}")


def fold(text: str) -> str:
    """Return text as it is compared: lower case, no accents, ae/oe/ue as a/o/u, single letters by ``LETTERS``.

    >>> fold("Müller"), fold("MUELLER"), fold("Straße"), fold("Łukasz Yılmaz")
    ('muller', 'muller', 'strasse', 'lukasz yilmaz')
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].lower().translate(_PLAIN))[:_LONGEST]
    seen = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    return _UMLAUT.sub(r"\1", seen.translate(_PLAIN))


def words(text: str) -> list[str]:
    """Return the folded words of a text.

    >>> words("Kinder- und Jugendhilfe e.V.")
    ['kinder', 'und', 'jugendhilfe', 'e', 'v']
    """
    return _WORD.findall(fold(text))


def joined_words(text: str) -> list[str]:
    """Return the folded words of a text that hyphens or apostrophes link, written as one.

    >>> joined_words("Anna-Lena O’Brien, Magdeburg")
    ['annalena', 'obrien']
    """
    runs = (run.strip("'-") for run in _LINKED.findall(fold(text)))
    return [_UMLAUT.sub(r"\1", re.sub("['-]+", "", run)) for run in runs if "'" in run or "-" in run]


def digits(number: str) -> str:
    """Return the digits of a phone number without country code or leading zeros.

    >>> digits("+49 391 123-45"), digits("0391 / 12345")
    ('39112345', '39112345')
    """
    bare = re.sub(r"\D", "", number)
    if number.strip().startswith("+49"):
        bare = bare[2:]
    elif bare.startswith("0049"):
        bare = bare[4:]
    return bare.lstrip("0")


def haystack(texts: Sequence[str], numbers: Sequence[str] = ()) -> str:
    """Return one line to look in: every word after a blank, then the numbers' digits after a ``#``."""
    line = " " + " ".join(word for text in texts if text for word in (*words(text), *joined_words(text)))
    return line + "".join(f" #{digits(n)}" for n in numbers if n)


def needles(query: str) -> tuple[str, ...]:
    """Return what must all be found in a haystack; nothing for a query that is too short to look for."""
    query = query.strip()
    if len(query) < MIN_CHARACTERS:
        return ()
    if _NUMBER.fullmatch(query) and digits(query):
        return (digits(query),)
    return tuple(f" {word}" for word in words(query))


def find(lines: Sequence[str], query: str) -> list[int]:
    """Return the positions of the haystacks in which every word of the query begins a word."""
    wanted = needles(query)
    if not wanted:
        return []
    found = [i for i, line in enumerate(lines) if wanted[0] in line]
    for needle in wanted[1:]:
        found = [i for i in found if needle in lines[i]]
    return found
