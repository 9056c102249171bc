"""Read telephone numbers as people write them in Germany. Pure; numbering plans come from the library phonenumbers.

A number ends where the first word begins: digits of a remark ("ab 18 Uhr", "Zi. 12") are never part of it, and the
remark is told. The library would turn letters into digits and join whatever digits are left.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace

import phonenumbers

from sync.long_cells import LONGEST, is_too_long, quoted, too_long

REGION = "DE"
_FEWEST_DIGITS_WITHOUT_ZERO = 9  # below that, a number without leading zero is a local one whose area code is unknown
_LABELS = frozenset({
    "tel", "telefon", "fon", "phone", "mobil", "mobile", "mobiltelefon", "handy", "festnetz", "ruf", "rufnummer", "nr",
    "nummer", "telefonnummer", "telnr", "t", "m",
})  # fmt: skip
"""Words that say no more than that this is a number."""

_IN_BRACKETS = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
_NUMBER = re.compile(r"\(?\s*\+?\s*\d[\d\s()/.\-–—*]*")
_RANGE = re.compile(r"(?P<number>.*\d)\s?[-–]\s?[1-9]\d{0,2}")
_LOCAL_DIGITS = 7
"""Digits behind the area code from which on "-36" is no longer an extension of a short number."""

_ORDINAL = re.compile(
    r"(?P<number>.*\d)\s+\d{1,2}(?:\.\s*[^\W\d_]\S*|\s(?:h|uhr|x|mal|og|eg|stock|etage|rufzeichen)\b\S*)", re.IGNORECASE
)
"""A number and the beginning of a remark: "0391 5401234 1. Stock", "... 24 h"."""

_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_EXTENSION = re.compile(r"\b(?:durchwahl|dw|app|apparat|nebenstelle|ext|intern)\b|(?<!\w)x\s?\d", re.IGNORECASE)
_FEWEST_LOCAL_DIGITS = 5
_FAX = re.compile(r"\b(?:tele)?fax\b", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?::::|;|,|\||\n|\boder\b|\bod\b\.?|\bund\b|\bbzw\b\.?|\bu\.|\s/{1,2}\s|/\s?(?=[-–])|\s[&+]\s"
    r"|\s(?=(?:tel|telefon|fon|mobil|handy|festnetz|privat|dienstlich)\b[.:]*\s*[+0(]))\s*",
    re.IGNORECASE,
)
_SLASH_BETWEEN = re.compile(r"/(?=\s*(?:\+|0))")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The numbers of one cell in order, those kept as written among them, and notes (German).

    ``kept`` is the whole cell where something beside the numbers is worth keeping, else empty.
    """

    numbers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class _One:
    shown: str
    valid: bool
    note: str = ""
    remark: bool = False

    @property
    def is_local(self) -> bool:
        """Say whether this is a number without its area code."""
        return not re.search(r"[^\W\d_]", self.shown) and len(re.sub(r"\D", "", self.shown)) >= _FEWEST_LOCAL_DIGITS


def read_phones(text: str) -> PhoneReading:
    """Return every number of the cell as ``+49 391 5401234`` where it is valid, as written otherwise.

    >>> read_phones("0391 5401234 (dienstl.) oder 0391/5401235").numbers
    ('+49 391 5401234', '+49 391 5401235')
    """
    raw = " ".join(unicodedata.normalize("NFKC", text).split())
    if not raw:
        return PhoneReading(())
    if is_too_long(raw):
        return PhoneReading((raw,), (too_long(raw),))
    raw_lines = "\n".join(" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines())
    parts = [p.strip() for p in _SPLIT.split(raw_lines) if p.strip()]
    parts = [piece for part in parts for piece in _at_slash(part)]
    read = [_read_one(p) for p in parts]
    if len(parts) < 2 or not read[0].valid:
        read = [_read_one(raw)]
    numbers = [one for one in read if one.valid or one.is_local] if len(read) > 1 else read
    notes = [f"{len(numbers)} Telefonnummern in einer Zelle."] if len(numbers) > 1 else []
    notes += [one.note for one in numbers if one.note]
    remark = len(numbers) < len(read) or any(one.remark for one in read)
    if remark:
        notes.append(f"Neben der Telefonnummer steht noch etwas ({quoted(raw)}); es bleibt in der Notiz.")
    return PhoneReading(tuple(dict.fromkeys(one.shown for one in numbers)), tuple(notes), raw if remark else "")


def _at_slash(part: str) -> list[str]:
    """Split "0391 123456/0172 1234567" but not "0391/123456": both sides must be numbers of their own."""
    pieces = [p.strip() for p in _SLASH_BETWEEN.split(part) if p.strip()]
    if len(pieces) > 1 and all(_read_one(p).valid for p in pieces):
        return pieces
    return [part]


def _read_one(text: str) -> _One:
    unread = _One(text, valid=False, note=f"{quoted(text)} nicht als Telefonnummer erkannt; bleibt wie geschrieben.")
    if _ROUNDED.fullmatch(text.strip()):
        return _One(
            text, valid=False, note=f"{quoted(text)} hat Excel gerundet; bitte sehen Sie die Telefonnummer nach."
        )
    if _EXTENSION.search(text) or _FAX.search(text) or re.search(r"\d\s*/\s*\d{1,3}$", text):
        return unread
    bare = _IN_BRACKETS.sub(" ", re.sub(r"^([0-9]+)\.0$", r"\1", text))
    found = _NUMBER.search(bare)
    if found is None:
        return unread
    before, told, behind = bare[: found.start()], found[0], bare[found.end() :]
    adjoining = (behind and not told[-1:].isspace() and behind[0].isalpha()) or before[-1:].isalpha()
    if adjoining or re.match(r"bis\b", behind, re.IGNORECASE) or told.rstrip().endswith("(0)"):
        return unread  # "54O1267" with a letter in it, "34 bis 36"
    if ordinal := _ORDINAL.fullmatch(told + (behind.split() or [""])[0]):
        told, behind = ordinal["number"], told[ordinal.end("number") :] + behind
    told = told.strip(" .:-–/*")
    short = _RANGE.fullmatch(told)
    if short and (number := _parse(short["number"])) and _local_digits(number) >= _LOCAL_DIGITS:
        return unread
    read = _valid(told, text) or unread
    beside = " ".join([before, behind, *_IN_BRACKETS.findall(text)])
    words = {word.casefold() for word in re.findall(r"\w+", beside)}
    return replace(read, remark=read.valid and (not words <= _LABELS or bool(re.search(r"[^\w\s.:;,()/*–-]", beside))))


def _valid(told: str, text: str) -> _One | None:
    """Return what the digits of a number are, told of the cell ``text``; None if they are none."""
    digits = re.sub(r"\D", "", told)
    has_prefix = told.lstrip("( ").startswith(("+", "0"))
    if not has_prefix and len(digits) < _FEWEST_DIGITS_WITHOUT_ZERO:
        return _One(text, valid=False, note=f"{quoted(text)} ohne Vorwahl; bleibt wie geschrieben.")
    lost_plus = not has_prefix and digits.startswith("49") and len(digits) > _FEWEST_DIGITS_WITHOUT_ZERO
    number = (_parse(f"+{digits}") if lost_plus else None) or _parse(told)
    if number is None:
        return None
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    note = "" if has_prefix else f"Telefonnummer {quoted(text)} um die fehlende Vorwahl-Null ergänzt: {shown}."
    return _One(shown, valid=True, note=note)


def _local_digits(number: phonenumbers.PhoneNumber) -> int:
    national = phonenumbers.national_significant_number(number)
    return len(national) - phonenumbers.length_of_geographical_area_code(number)


def _parse(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


@functools.lru_cache(maxsize=65_536)
def can_be_dialled(text: str) -> bool:
    """Say whether a person finds a valid number in a cell, whatever is written around it.

    >>> can_be_dialled("0391 5401234"), can_be_dialled("0391 5401234, App. 12"), can_be_dialled("siehe Büro")
    (True, True, False)
    """
    told = " ".join(text.split())[:LONGEST]
    return _read_one(told).valid or phonenumbers.PhoneNumberMatcher(told, REGION).has_next()


def phone_key(text: str) -> str:
    """Return E.164 for a text that is one valid number, else its digits and letters; for comparing only."""
    numbers = read_phones(text).numbers
    if len(numbers) == 1:
        number = _parse(numbers[0])
        if number is not None and numbers[0].startswith("+"):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return " ".join(text.casefold().split())
