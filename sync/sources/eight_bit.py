"""Tell in which eight-bit encoding the words of a text were written: nothing in such a file says it. Pure.

Each encoding reads the same bytes as other letters. The right one is that in which most words look like words of some
language: all their letters in its alphabet, capitals only in front, quotes and dashes at the edges. German counts most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_WORDS = 20_000
"""Different words that are kept; a list of more tells no more."""
_LONGEST_WORD = 60

_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, its name for people, and the languages that are written in it beside German."""

    codec: str
    title: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding of a text; where another one fits as well, a word as both read it (``read``, ``instead``).

    ``senseless``: no encoding makes sense of it, as ``read`` shows.
    """

    encoding: Encoding
    rival: Encoding | None = None
    read: str = ""
    instead: str = ""
    senseless: bool = False


_WESTERN = ("French", "Spanish", "Portuguese", "Italian", "Nordic", "Dutch", "Western Slavic", "Icelandic")
WINDOWS = Encoding("cp1252", "Windows-1252", _WESTERN)
_CENTRAL = ("Polish", "Czech", "Hungarian", "South Slavic", "Romanian")
ENCODINGS = (
    WINDOWS,
    Encoding("cp1254", "Windows-1254 (Türkisch)", ("Turkish", *_WESTERN)),
    Encoding("cp1250", "Windows-1250 (Mitteleuropa)", _CENTRAL),
    Encoding("iso8859_2", "ISO 8859-2 (Mitteleuropa)", _CENTRAL),
    Encoding("cp1251", "Windows-1251 (Kyrillisch)", ("Cyrillic",)),
    Encoding("mac_roman", "Mac Roman", _WESTERN),
    Encoding("cp850", "DOS 850", _WESTERN),
    Encoding("cp852", "DOS 852 (Mitteleuropa)", _CENTRAL),
)
"""What offices write, the likelier ones first: Windows by country, "CSV (Macintosh)", "CSV (MS-DOS)"."""

_ALPHABETS: Mapping[str, frozenset[str]] = {
    "German": frozenset("äöüß"),
    "French": frozenset("àâæçéèêëîïôœùûü"),
    "Spanish": frozenset("áéíñóúü"),
    "Portuguese": frozenset("áâãàçéêíóôõú"),
    "Italian": frozenset("àèéìòù"),
    "Nordic": frozenset("æøåäöéü"),
    "Dutch": frozenset("ëïéöü"),
    "Icelandic": frozenset("áðéíóúýþæö"),
    "Western Slavic": frozenset("šžáéíóúýäôü"),
    "Turkish": frozenset("çğıiöşüâîû"),
    "Polish": frozenset("ąćęłńóśźż"),
    "Czech": frozenset("áčďéěíňóřšťúůýžäľĺŕôüö"),
    "Hungarian": frozenset("áéíóöőúüű"),
    "South Slavic": frozenset("čćđšž"),
    "Romanian": frozenset("ăâîşţ"),
    "Cyrillic": frozenset("абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"),
}
_WEIGHTS = {"German": 1.0, "Icelandic": 0.3}
_USUAL = 0.5
"""What a word of another language counts."""

_UNUSUAL: Mapping[str, re.Pattern[str]] = {
    "German": re.compile(r"(?:^|[^aeiouäöü])ß|ä[aeioäöü]|ö[aeiouäöü]|ü[aiouäöü]|[aeiouäöü][äöü]$"),
    "French": re.compile(r"[aeo]è|è[aeiou]|iê|œ(?!u)(?<!^œ)|[âêîôû]$"),
    "Spanish": re.compile(r"ñ(?![aeiouáéíóú])|^ñ[^aeiou]"),
    "Portuguese": re.compile(r"õ(?!e)|ã(?![oeis]|$)|iê(?!n)|^[ãõ]"),
    "Italian": re.compile(r"[àèéìòù](?!$)"),
    "Nordic": re.compile(r"\w{4}æ$|å[aeiouäöåæø]|^å[bcdfg][^aeo]"),
    "Turkish": re.compile(r"[eiouöü][^aeıioöuü]*ı|ı[^aeıioöuü]*[eiöü]|^ğ"),
    "Western Slavic": re.compile(r"^[šž][bdfghsz]"),
    "Czech": re.compile(r"^[řčšž][bdfghsz]|^[ďťňľĺŕ][^aeiouáéíóúýě]"),
    "Cyrillic": re.compile(r"[a-z]"),
}
"""What does not occur in words of a language, or hardly ever, although its letters do."""

_BEGIN_SMALL = ("über", "üb", "öff", "öko", "öst", "ähn", "ältere", "älteste", "änd", "äuß", "ärzt", "örtl")
"""Beginnings of German words that begin with an umlaut in small."""

_BROKEN = -1.0
_SIGN = 0.3
"""What a word of plain letters counts that has a quote or a dash at its edge."""

_SMALL = 0.4
"""How much less a word counts that begins with a special letter in small: lists mostly hold names."""

_BETWEEN = re.compile(r"[’‘–—·/\u00a0]")
_BEFORE = re.compile(r"[„‚“‘«»‹›–—•·\u00a0]*")
_BEHIND = re.compile(r"[“”‘’«»‹›…–—•·®™©\u00a0]*$")
_POWER = re.compile(r"([A-Za-zµ]{0,3})[²³]")
_ALONE = frozenset("€§°½¼¾²³µ©®™–—…•·„“”‚‘’«»×\u00a0")


class Words:
    """The words of a text that hold a byte beyond ASCII, gathered block by block."""

    def __init__(self) -> None:
        self._found: Counter[bytes] = Counter()
        self._rest = b""

    def add(self, block: bytes) -> None:
        """Take in a block; a word that its end cuts waits for the next one."""
        text = self._rest + block
        cut = len(text)
        while cut and cut > len(text) - _LONGEST_WORD and _WORD.match(text, cut - 1):
            cut -= 1
        self._rest = text[cut:]
        self._count(text[:cut])

    def guess(self) -> Guess:
        """Return the encoding in which the words make most sense, Windows-1252 where they tell nothing."""
        self._count(self._rest)
        self._rest = b""
        return guess_encoding(self._found)

    def _count(self, text: bytes) -> None:
        for word in _WORD.findall(text):
            if _HIGH.search(word) and (word in self._found or len(self._found) < MOST_WORDS):
                self._found[word[:_LONGEST_WORD]] += 1


def guess_encoding(words: Iterable[bytes]) -> Guess:
    """Return the encoding in which words make most sense.

    >>> guess_encoding([b"\\x8erztehaus"]).encoding.title, guess_encoding([b"M\\xfcller"]).encoding.title
    ('DOS 850', 'Windows-1252')
    """
    told = list(words)
    scores = {one: [_score(_decoded(word, one), one) for word in told] for one in ENCODINGS}
    best, *others = sorted(ENCODINGS, key=lambda one: -sum(scores[one]))  # a stable order: the likelier first
    if sum(scores[best]) < 0:
        worst = min(range(len(told)), key=lambda place: scores[best][place])
        return Guess(best, read=_decoded(told[worst], best), senseless=True)
    for rival in others:
        if sum(scores[rival]) < sum(scores[best]) - _SIGN:
            break
        for place, word in enumerate(told):
            read, instead = _decoded(word, best), _decoded(word, rival)
            if read != instead and scores[rival][place] > 0:
                return Guess(best, rival, read, instead)
    return Guess(best)


def _decoded(word: bytes, encoding: Encoding) -> str:
    return word.decode(encoding.codec, errors="replace")


def _score(word: str, encoding: Encoding) -> float:
    """Return how much a word looks like one, below zero where it cannot be one."""
    if set(word) <= _ALONE or _POWER.fullmatch(word):
        return _SIGN
    start = _BEFORE.match(word)
    core = word[start.end() if start else 0 :]
    core = core[: found.start()] if (found := _BEHIND.search(core)) else core
    parts = _BETWEEN.split(core)
    scores = [_score_part(part, encoding) for part in parts if part]
    if not scores:
        return _SIGN
    return min(scores) if min(scores) < 0 else max(scores)


def _score_part(part: str, encoding: Encoding) -> float:
    if part.isascii():
        return _SIGN if part.isalpha() else _BROKEN
    if not part.isalpha():
        return _BROKEN
    if len(part) == 1:
        return 0.0
    cased = part.replace("ß", "")  # "STRAßE"
    if not (cased.isupper() or part[1:].replace("ß", "s").islower() or _is_joined(part)):
        return _BROKEN
    weight = max((_weigh_in(name, part) for name in ("German", *encoding.languages)), default=_BROKEN)
    if weight > 0 and not part[0].isascii() and part[0].islower() and not part.startswith(_BEGIN_SMALL):
        return weight * _SMALL
    return weight


def _is_joined(part: str) -> bool:
    """Say whether capitals stand in front of several parts only: "McMüller"."""
    return re.fullmatch(r"[^\W\d_][^\W\d_A-Z]+(?:[A-Z][^\W\d_A-Z]+)+", part) is not None and not re.search(
        r"(?<!^)[^\x00-\x7f]", "".join(letter for letter in part if letter.isupper())
    )


def _weigh_in(language: str, part: str) -> float:
    """Return how much a word counts as one of a language, below zero if it is none."""
    if language == "Turkish":
        part = part.replace("I", "ı").replace("İ", "i")
    small = part.lower()
    if not {letter for letter in small if not letter.isascii()} <= _ALPHABETS[language]:
        return _BROKEN
    if (unusual := _UNUSUAL.get(language)) and unusual.search(small):
        return _BROKEN
    return _WEIGHTS.get(language, _USUAL)
