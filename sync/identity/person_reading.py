"""Names of persons taken apart: first and last names, titles, salutation, what mail addresses tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sync.identity.evidence import Cells, text, word_set
from sync.identity.given_names import is_known, is_short_form
from sync.identity.transliteration import in_latin
from sync.identity.words import read_words
from sync.normalise import text_key

_TOLD = read_words("persons")
_GENERATION = word_set("jun junior jr ju sen senior sr")
_ELDER = (
    re.compile(r"\bd(?:er|ie)?\.?\s?(?:Ä\b|Ae\b|Älter)\w*\.?"),
    re.compile(r"\bd(?:er|ie)?\.?\s?(?:J\b|Jünger)\w*\.?"),
)
_TITLES = word_set(_TOLD["titles"])
_DESKS = word_set("sekretariat vorzimmer buero assistenz")
_SALUTATIONS = {"frau": "frau", "fr": "frau", "herr": "herr", "herrn": "herr", "hr": "herr", "hrn": "herr"}
_UNTOLD = _TITLES | _DESKS | _GENERATION | _SALUTATIONS.keys()
"""Words in the cell of a name that are no part of it."""

_NOBODY = word_set("n nn unbekannt")
_FAMILY = word_set("familie fam eheleute ehepaar")
_PARTICLES = word_set(
    "von van der den dem de del della di da la le ten ter zu zum zur vom und of al el bin ibn y dos freiherr graf"
)
_BORN = re.compile(r"\(?\b(?:geb|geborene|verw|verh|früher)\b\.?\s*([^()]*)\)?", re.IGNORECASE)
_BIRTHDAY = re.compile(r",?\s(?:geb|geboren)\b\.?\s?(?:am\s)?([0-9][0-9. ]{3,12})", re.IGNORECASE)
_BESIDE = re.compile(r"\bh\.?\s?c\b\.?|\bz\.?\s?hd?\b\.?|\bzu händen\b|\bc/o\b|\battn\b\.?", re.IGNORECASE)
_CALLED = re.compile(r"\(([^()]*)\)|\b(?:gen|genannt|früher|alias)\b\.?\s+.*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class HumanName:
    """A name taken apart: words of the first and the last name, comparable; ``lasts`` holds earlier last names too.

    ``spelt`` is the last name with its particles in one piece. ``claims`` are the first names that the mail addresses
    tell: they speak where the first name is missing, an initial or a short form of several names. ``others`` are first
    names in brackets. ``desk`` says that the row is somebody's front office, not that human;
    ``guessed`` that the last name comes from a mail address.
    ``marks`` are words in brackets behind the last name, by which a list tells namesakes apart.
    """

    firsts: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    lasts: frozenset[tuple[str, ...]] = frozenset()
    spelt: str = ""
    claims: frozenset[str] = frozenset()
    generation: frozenset[str] = frozenset()
    salutation: str = ""
    desk: bool = False
    others: tuple[str, ...] = ()
    guessed: bool = False
    marks: frozenset[str] = frozenset()

    @property
    def first(self) -> str:
        """Return the first name in one piece."""
        return " ".join(self.firsts)

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words in alphabetical order."""
        return tuple(sorted((*self.firsts, *self.last)))


def read_name(values: Cells, former: Sequence[str] = (), mails: Iterable[str] = ()) -> HumanName:
    """Return the name of a row; ``former`` are earlier last names, ``mails`` the mail addresses."""
    told_first, told_last = text(values, "first_name"), text(values, "last_name")
    if "@" in told_last:  # an address that stands for a name until somebody fills it in
        told_last = ""
    if not told_first and told_last.count(",") == 1:
        told_last, told_first = told_last.split(",")
    told_first, told_last = (_ELDER[1].sub("jun", _ELDER[0].sub("sen", told)) for told in (told_first, told_last))
    told_first, told_last = (_BESIDE.sub(" ", told) for told in (told_first, told_last))
    told_last = _BIRTHDAY.sub(r" (\1)", told_last)
    born = [found[1] for found in _BORN.finditer(told_last)]
    told_first, told_last = (_KIN.sub(_as_generation, told) for told in (told_first, told_last))
    called = [found[1] for found in _CALLED.finditer(told_first)]
    told_first = _CALLED.sub(" ", told_first)
    told_last = _NUMERAL.sub(_as_word, told_last)
    generation = frozenset(_alone(w) for told in (told_first, told_last) for w in _words(told) if w in _GENERATION)
    marks = frozenset(w for found in _BRACKETS.findall(_BORN.sub(" ", told_last)) for w in _words(found)) - _UNTOLD
    firsts, lasts = (_words(_BRACKETS.sub(" ", _BORN.sub(" ", told))) for told in (told_first, told_last))
    said = (text(values, "salutation"), text(values, "title"), told_first, told_last)
    told_words = [w for told in said for w in _words(told)]
    salutation = next((_SALUTATIONS[w] for w in told_words if w in _SALUTATIONS), "")
    desk = any(w in _DESKS for w in told_words) and not any(w in _SALUTATIONS for w in _words(told_last))
    if any(w in _FAMILY for w in (*firsts, *lasts)):
        firsts, lasts = ([w for w in words if w not in _FAMILY] for words in (firsts, lasts))
        firsts = firsts or ["familie"]
    if {*firsts, *lasts} <= _NOBODY:  # "N. N."
        firsts, lasts = [], []
    firsts = [w for w in firsts if w not in _UNTOLD]
    lasts = [w for w in lasts if w not in _UNTOLD] or lasts
    if not firsts and len(lasts) > 1 and lasts[0] not in _PARTICLES and is_known(lasts[0]):
        firsts, lasts = lasts[:1], lasts[1:]
    elif not firsts and len(lasts) == 2 and is_known(lasts[1]) and not is_known(lasts[0]):
        firsts, lasts = lasts[1:], lasts[:1]
    if not lasts and len(firsts) > 1:
        firsts, lasts = firsts[:-1], firsts[-1:]
    while len(firsts) > 1 and firsts[-1] in _PARTICLES:
        firsts = firsts[:-1]
    guessed = False
    if not lasts:
        firsts, lasts = _from_mails(firsts, mails)
        guessed = bool(lasts)
    last = _without_particles(lasts)
    others = (_without_particles(_words(old)) for old in (*former, *born))
    claims = frozenset(w for mail in mails for w in _claimed(mail, last))
    lasts_ever = frozenset({last, *others} - {()})
    beside = (w for told in called for w in _words(told or "") if w not in _UNTOLD and not _BORN.match(w))
    aka = tuple(w for w in beside if len(w) > 2)
    if aka and all(len(w) == 1 for w in firsts):
        firsts, aka = list(aka), ()
    spelt = "".join(lasts)
    return HumanName(tuple(firsts), last, lasts_ever, spelt, claims, generation, salutation, desk, aka, guessed, marks)


def _from_mails(firsts: list[str], mails: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return first and last names of a row without a last name, as "lars.ohm@verein.example" tells them."""
    for mail in sorted(mails):
        words = [w for w in re.split(r"[^a-z]+", text_key(mail.partition("@")[0]).replace(" ", ".")) if w]
        if (
            len(words) == 2
            and min(map(len, words)) > 2
            and is_known(words[0])
            and (not firsts or _may_be(firsts, words[0]))
        ):
            return firsts or words[:1], words[1:]
    return firsts, []


def _may_be(firsts: Sequence[str], word: str) -> bool:
    return any(first == word or is_short_form(first, word) for first in firsts)


def _claimed(mail: str, last: Sequence[str]) -> Iterator[str]:
    """Yield the first names in the part of a mail address before the @."""
    words = [w for w in re.split(r"[^a-z]+", text_key(mail.partition("@")[0]).replace(" ", ".")) if len(w) > 2]
    alone = len(words) == 2 and set(words) & set(last)
    yield from (w for w in words if (alone or is_known(w)) and w not in last)


def _words(told: str) -> list[str]:
    """Return the comparable words; a letter lost to a wrong encoding leaves the word in one piece."""
    words = text_key(re.sub(r"(?<=\w)[?\ufffd](?=\w)", "u", in_latin(told))).split()
    return [word if word.isalpha() or word.isdigit() else word.translate(_SCANNED) for word in words]


_SCANNED = str.maketrans("015", "ols")
"""Digits that a scanner puts for letters."""


_KIN = re.compile(r"(?i)\(\s*(sen|jun|jr|sr|senior|junior|sohn|tochter|enkel|enkelin|vater|mutter|opa|oma)\.?\s*\)")


def _as_generation(found: re.Match[str]) -> str:
    """Return what stands in brackets behind a name as a word that tells generations apart."""
    return " sen" if found[1].casefold() in {"sen", "sr", "senior", "vater", "mutter", "opa", "oma"} else " jun"


_NUMERAL = re.compile(r"(?<=\w )(I{1,3}|IV|[1-4]\.)$")


def _as_word(found: re.Match[str]) -> str:
    """Return the numeral behind a name as a word that tells generations apart."""
    return "sen" if found[1] in ("I", "1.") else "jun"


def _alone(word: str) -> str:
    return "jun" if word.startswith("j") else "sen"


def _without_particles(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _PARTICLES) or tuple(words)
