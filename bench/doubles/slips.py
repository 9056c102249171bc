"""What happens to words on their way into a list: other letters, spelling by ear, slips of the hand, capitals."""

from __future__ import annotations

from bench.doubles.chance import Chance

_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ç": "c", "ş": "s", "Ş": "S",
     "ğ": "g", "ı": "i", "İ": "I", "Ç": "C", "ł": "l", "Ł": "L", "ń": "n", "ś": "s", "Ś": "S", "ż": "z", "Ż": "Z",
     "ź": "z", "ó": "o", "ą": "a", "ę": "e", "é": "e", "è": "e", "í": "i", "á": "a", "ć": "c", "č": "c", "ž": "z",
     "š": "s", "đ": "d"}
)  # fmt: skip
_DOTS_LOST = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U", "ß": "s", "ç": "c", "ş": "s", "Ş": "S", "ğ": "g",
     "ı": "i", "İ": "I", "Ç": "C", "ł": "l", "Ł": "L", "ó": "o", "ą": "a", "ę": "e", "é": "e", "í": "i", "ć": "c",
     "ż": "z", "ń": "n", "ś": "s"}
)  # fmt: skip
_BY_EAR = (
    ("ei", "ey"), ("ey", "ei"), ("ei", "ai"), ("ai", "ei"), ("ay", "ai"), ("dt", "t"), ("tt", "dt"), ("tz", "z"),
    ("z", "tz"), ("ck", "k"), ("ff", "f"), ("f", "ff"), ("mm", "m"), ("nn", "n"), ("n", "nn"), ("ll", "l"), ("l", "ll"),
    ("ie", "i"), ("th", "t"), ("t", "th"), ("ph", "f"), ("ä", "e"), ("ö", "oe"), ("ss", "ß"), ("ß", "ss"), ("chs", "x"),
    ("c", "k"), ("k", "c"), ("w", "v"), ("j", "y"), ("sch", "sh"), ("oo", "o"), ("h", ""), ("s", "ss"), ("e", "ee"),
    ("ü", "y"), ("rdt", "rd"), ("rd", "rdt"), ("d", "dt"), ("tsch", "tzsch"), ("ow", "o"), ("ig", "ich"), ("er", "ert"),
)  # fmt: skip
_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "kö", "m": "n", "n": "bm", "o": "ip", "p": "oü", "q": "wa", "r": "et", "s": "ad", "t": "rz",
    "u": "zi", "v": "cb", "w": "qe", "x": "yc", "y": "x", "z": "tu",
}  # fmt: skip


def spelt_out(text: str) -> str:
    """Return the text in the letters of English ("ü" as "ue", "ß" as "ss", "ş" as "s")."""
    return text.translate(_SPELT_OUT)


def other_letters(chance: Chance, text: str) -> str:
    """Return the text without its special letters, in one of two ways; the same text if it has none."""
    return text.translate(_SPELT_OUT if chance.happens(0.7) else _DOTS_LOST)


def by_ear(chance: Chance, word: str) -> str:
    """Return another spelling that sounds alike ("Meier": "Meyer"); the same word if none is known."""
    fitting = [(old, new) for old, new in _BY_EAR if word.find(old, 1) > 0]
    if not fitting:
        return word
    old, new = chance.one_of(fitting[:6])
    at = word.find(old, 1)
    return word[:at] + new + word[at + len(old) :]


def typing_slip(chance: Chance, text: str) -> str:
    """Return the text with one slip behind its first letter: swapped, missing, doubled or wrong; short text stays."""
    places = [i for i in range(1, len(text)) if text[i].isalpha()]
    if len(text) < 4 or not places:
        return text
    at = chance.one_of(places)
    kind = chance.below(10)
    if kind < 3 and at + 1 < len(text) and text[at + 1].isalpha() and text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 6:
        return text[:at] + text[at + 1 :]
    if kind < 8:
        return text[:at] + text[at] + text[at:]
    beside = _BESIDE.get(text[at].lower(), "e")
    return text[:at] + chance.one_of(beside) + text[at + 1 :]


def digit_slip(chance: Chance, digits: str) -> str:
    """Return the digits with one of them wrong or two of them swapped, the first two kept."""
    at = chance.between(2, len(digits) - 1)
    if at + 1 < len(digits) and digits[at] != digits[at + 1] and chance.happens(0.5):
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return digits[:at] + str((int(digits[at]) + chance.between(1, 9)) % 10) + digits[at + 1 :]


def other_case(chance: Chance, text: str) -> str:
    """Return the text in capitals or, seldom, in small letters only."""
    return text.upper() if chance.happens(0.65) else text.lower()
