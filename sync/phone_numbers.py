"""Read telephone numbers as people write them in Germany. Pure; numbering plans come from the library phonenumbers.

The library turns letters into digits ("(dienstl.)" made a wrong number), so words are taken away before it sees
the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

REGION = "DE"
_FEWEST_DIGITS_WITHOUT_ZERO = 9  # below that, a number without leading zero is a local one whose area code is unknown
_LABEL = re.compile(r"\(?[^\W\d_][^\W\d_.\-]*[.:)]*\)?")
_EXTENSION = re.compile(r"\b(?:durchwahl|dw|app|apparat|nebenstelle|ext|intern)\b", re.IGNORECASE)
_FAX = re.compile(r"\b(?:tele)?fax\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?::::|;|,|\||\n|\boder\b|\bod\b\.?|\bund\b|\bbzw\b\.?|\bu\.|\s/{1,2}\s)\s*", re.IGNORECASE)
_SLASH_BETWEEN = re.compile(r"/(?=\s*(?:\+|0))")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The numbers of one cell in order, those kept as written among them, and notes (German)."""

    numbers: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _One:
    shown: str
    valid: bool
    note: str = ""


def read_phones(text: str) -> PhoneReading:
    """Return every number of the cell as ``+49 391 5401234`` where it is valid, as written otherwise.

    >>> read_phones("0391 5401234 (dienstl.) oder 0391/5401235").numbers
    ('+49 391 5401234', '+49 391 5401235')
    """
    raw = " ".join(unicodedata.normalize("NFKC", text).split())
    if not raw:
        return PhoneReading(())
    raw_lines = "\n".join(" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines())
    parts = [p.strip() for p in _SPLIT.split(raw_lines) if p.strip()]
    parts = [piece for part in parts for piece in _at_slash(part)]
    if len(parts) > 1:
        read = [_read_one(p) for p in parts]
        if all(any(c.isdigit() for c in p) for p in parts) and read[0].valid:
            notes = [f"{len(parts)} Telefonnummern in einer Zelle."] + [r.note for r in read if r.note]
            return PhoneReading(tuple(dict.fromkeys(r.shown for r in read)), tuple(notes))
    one = _read_one(raw)
    return PhoneReading((one.shown,), (one.note,) if one.note else ())


def _at_slash(part: str) -> list[str]:
    """Split "0391 123456/0172 1234567" but not "0391/123456": both sides must be numbers of their own."""
    pieces = [p.strip() for p in _SLASH_BETWEEN.split(part) if p.strip()]
    if len(pieces) > 1 and all(_read_one(p).valid for p in pieces):
        return pieces
    return [part]


def _read_one(text: str) -> _One:
    unread = _One(text, valid=False, note=f"„{text}“ nicht als Telefonnummer erkannt; bleibt wie geschrieben.")
    if _EXTENSION.search(text) or _FAX.search(text) or re.search(r"\d\s*/\s*\d{1,3}$", text):
        return unread
    bare = re.sub(r"\(\s*\)", "", _LABEL.sub(" ", re.sub(r"^([0-9]+)\.0$", r"\1", text))).strip(" .:-–/")
    digits = re.sub(r"\D", "", bare)
    if not digits or re.search(r"[^\d\s+()/.\-–—*]", bare):
        return unread
    has_prefix = bare.lstrip("( ").startswith(("+", "0"))
    if not has_prefix and len(digits) < _FEWEST_DIGITS_WITHOUT_ZERO:
        return _One(text, valid=False, note=f"„{text}“ ohne Vorwahl; bleibt wie geschrieben.")
    lost_plus = not has_prefix and digits.startswith("49") and len(digits) > _FEWEST_DIGITS_WITHOUT_ZERO
    number = (_parse(f"+{digits}") if lost_plus else None) or _parse(bare)
    if number is None:
        return unread
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    note = "" if has_prefix else f"Telefonnummer „{text}“ um die fehlende Vorwahl-Null ergänzt: {shown}."
    return _One(shown, valid=True, note=note)


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
    return _read_one(text).valid or phonenumbers.PhoneNumberMatcher(text, REGION).has_next()


def phone_key(text: str) -> str:
    """Return E.164 for a text that is one valid number, else its digits and letters; for comparing only."""
    numbers = read_phones(text).numbers
    if len(numbers) == 1:
        number = _parse(numbers[0])
        if number is not None and numbers[0].startswith("+"):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return " ".join(text.casefold().split())
