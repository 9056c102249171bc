"""Names that were written in another script, and how they may be spelt in ours. Pure."""

from __future__ import annotations

import functools
import re

_CYRILLIC = {
    "а": "a", "б": "b", "в": "w", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "jo", "є": "je", "ж": "sch", "з": "s",
    "и": "i", "і": "i", "ї": "ji", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
}  # fmt: skip


def in_latin(told: str) -> str:
    """Return a text with its Cyrillic letters as German newspapers write them.

    >>> in_latin("Олена Ткаченко"), in_latin("Olena")
    ('Olena Tkatschenko', 'Olena')
    """
    if told.isascii():
        return told
    return "".join(_letter(c) for c in told)


def _letter(letter: str) -> str:
    plain = _CYRILLIC.get(letter.lower())
    return letter if plain is None else plain.capitalize() if letter.isupper() else plain


@functools.lru_cache(maxsize=65_536)
def rough_sound(name: str) -> str:
    """Return what stays of a comparable name whatever language wrote it down from another script.

    >>> rough_sound("tschernyschow") == rough_sound("chernyshov")
    True
    >>> rough_sound("sharqawi") == rough_sound("scharkawy"), rough_sound("beresowskaja") == rough_sound("beresovski")
    (True, True)
    """
    for pattern, plain in _ROUGH:
        name = pattern.sub(plain, name)
    return re.sub(r"(.)\1+", r"\1", name)


_ROUGH = tuple((re.compile(pattern), plain) for pattern, plain in (
    (r"schtsch|shch|tsch|sch|tch|sh|ch|cz|sz|zh|kh|dsch|dj|tz|ts|[szcx]", "s"),
    (r"s?k(ij|iy|yj|yi|y|i|aja|aya|aia|a)$", "ski"),
    (r"(ow|ov|off|ew|ev|jew|yev|iev)a?$", "ow"),
    (r"ou|oo", "u"),
    (r"ee", "i"),
    (r"^(j|y|i)(?=e)", ""),
    (r"[yj]", "i"),
    (r"[gh]", ""),
    (r"[vf]|ph", "w"),
    (r"q|ck", "k"),
    (r"th", "t"),
    (r"i+a", "a"),
    (r"ii+|ie", "i"),
))  # fmt: skip
