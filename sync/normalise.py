"""Bring cells of outside lists into one form, and say when two values mean the same. Pure: no files, no clock.

Every reader here is total: it never raises, and what it cannot read comes back as written, with a note (German).
Comparison keys are for comparing only and are never shown or stored as a value.
"""

from __future__ import annotations

import datetime as dt
import decimal
import functools
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from schemas.base import BASE
from schemas.model import Value
from sync.calendar_days import parse_day
from sync.long_cells import is_too_long, quoted, too_long
from sync.phone_numbers import phone_key

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""Signs that nobody sees and that mean nothing here: widths of zero, marks of direction."""

_JOINER = re.compile(r"(?<![\u0250-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0250-\U0010ffff])")
"""What joins or parts letters, beside a Latin one; within emoji and Persian names it means something."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell became: the value, further values of the same cell, and notes (German) on what was changed.

    ``value`` None with ``sound`` False means: could not be read, keep the raw text elsewhere. ``kept`` is the
    whole cell where something beside the values is worth keeping.
    """

    value: Value
    more: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sound: bool = True
    kept: str = ""


def clean_lines(text: str) -> str:
    """Return NFC text without invisible characters; line breaks stay, but at most one blank line in a row."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # the usual cell, and much quicker
        return " ".join(text.split())
    text = (
        _JOINER.sub("", unicodedata.normalize("NFC", text).translate(_INVISIBLE))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean(text: str) -> str:
    """Return one line of NFC text with single spaces.

    >>> clean("  Haus\\u00a0 am\\nSee ")
    'Haus am See'
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # the usual cell, and much quicker
        return " ".join(text.split())
    return " ".join(clean_lines(text).split())


_FOLD = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}
)


_MOST_UNFOLDED = 100_000
"""Characters up to which signs like ligatures are unfolded for a key; one of them may become eighteen."""


@functools.lru_cache(maxsize=8192)
def text_key(text: str) -> str:
    """Return a key that ignores case, punctuation, accents and the spelling of umlauts.

    >>> text_key("Straße  (dienstl.)") == text_key("STRASSE dienstl")
    True
    """
    folded = clean(clean(text).casefold()).translate(_FOLD)
    if not folded.isascii():  # else there are no accents, and this is quicker
        folded = unicodedata.normalize("NFKD" if len(folded) <= _MOST_UNFOLDED else "NFD", folded)
        folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return " ".join(_NO_WORD.sub(" ", folded).split())


_NO_WORD = re.compile(r"[^\w]+|_")


_SPELLINGS = {
    "gug": "ug", "ggmbh": "gmbh", "st": "sankt", "kreisverband": "kv", "landesverband": "lv", "ortsverband": "ov",
    "kath": "katholisch", "str": "strasse", "staedt": "staedtisch", "u": "", "und": "", "gemeinnuetzige": "",
    "gemeinnuetziger": "", "haftungsbeschraenkt": "",
}  # fmt: skip
_INFLECTED = re.compile(r"(evangelisch|katholisch|staedtisch)e[rsn]?")
_BRACKET = re.compile(r"\(\s*([^\W\d_][\w.\-/&]{0,11})\s*\)")


@functools.lru_cache(maxsize=8192)
def organisation_key(name: str) -> str:
    """Return a key for comparing names of organisations; never empty for a name that is not empty.

    >>> organisation_key("DRK Kreisverband Essen e. V.") == organisation_key("drk kv essen eV")
    True
    >>> organisation_key("Müller-Stiftung gGmbH (MSG)") == organisation_key("Mueller Stiftung GmbH")
    True
    """
    if is_too_long(name):
        return text_key(name) or clean(name).casefold()
    whole = text_key(_without_initials(clean(name))) or text_key(name)
    key = re.sub(r"(?<=\w )e v\b|\beingetragener verein\b|(?<=\b)g (?=gmbh\b)", " ", whole)
    key = re.sub(r"\be g\b", "eg", key)
    words = key.split()
    kept = [_spelling(word, i, words) for i, word in enumerate(words)]
    return " ".join(word for word in kept if word) or whole or clean(name).casefold()


def _without_initials(name: str) -> str:
    """Leave out a bracket that only holds the initials of the words before it; any other bracket tells bodies apart.

    >>> _without_initials("Müller-Stiftung gGmbH (MSG)"), _without_initials("Kita Regenbogen (Nord)")
    ('Müller-Stiftung gGmbH  ', 'Kita Regenbogen (Nord)')
    """

    def leave(found: re.Match[str]) -> str:
        letters = re.sub(r"[\W\d_]", "", found[1])
        words = text_key(name[: found.start()]).split()
        return (
            " "
            if len(letters) > 1 and sum(map(str.isupper, letters)) > 1 and _begins(letters.casefold(), words)
            else found[0]
        )

    return _BRACKET.sub(leave, name)


def _begins(letters: str, words: list[str]) -> bool:
    """Say whether letters stand in words in that order and begin with the first word; compounds may give several."""
    rest = iter("".join(words))
    return bool(words) and letters[0] == words[0][0] and all(letter in rest for letter in letters)


def _spelling(word: str, place: int, words: list[str]) -> str:
    """Return the common spelling of one word; "ev" is evangelisch in front of a noun of the church, else e.V."""
    if word in {"ev", "evang"}:
        following = words[place + 1] if place + 1 < len(words) else ""
        church = place == 0 or word == "evang" or following.startswith(("kirch", "gemeinde", "jugend"))
        return "evangelisch" if church else ""
    return _INFLECTED.sub(r"\1", _SPELLINGS.get(word, word))


def person_key(first_name: str | None, last_name: str | None) -> str:
    """Return a key for comparing names of persons; titles are not part of it.

    >>> person_key("Zoë", "Müller-Lüdenscheidt") == person_key("ZOE", "Mueller Luedenscheidt")
    True
    """
    return text_key(f"{first_name or ''} {last_name or ''}")


_BRACKETED_MAIL = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_AT = re.compile(r"\s*[\(\[\{]\s*(?:at|ät|@)\s*[\)\]\}]\s*", re.IGNORECASE)
_MAIL_LABELS = re.compile(r"\b(?:mailto|e-?mail|mail|oder|und)\b", re.IGNORECASE)
"""Words that say no more than that this is a mail address."""

_MAIL_SPLIT = re.compile(r"[;,\s|]+|(?<=\w)/(?=[^/\s]+@)")


def read_mails(text: str) -> Reading:
    """Read the mail addresses of a cell: the first is the value, the others are ``more``; doubtful text stays."""
    raw = clean(text)
    if is_too_long(raw):
        return Reading(raw, notes=(too_long(raw),))
    if not raw:
        return Reading(None)
    notes: list[str] = []
    body = _AT.sub("@", raw)
    if body != raw:
        notes.append(f"{quoted(raw)} als E-Mail-Adresse mit @ gelesen.")
    told = body
    body = " ".join(_BRACKETED_MAIL.findall(body)) or body
    parts = [re.sub(r"^(?:mailto|e-?mail|mail)\s*:\s*", "", p, flags=re.IGNORECASE) for p in _MAIL_SPLIT.split(body)]
    parts = list(dict.fromkeys(p.strip("<>()\"'").rstrip(".") for p in parts if "@" in p))
    good = [p for p in parts if is_mail(p)]
    if not good:
        return Reading(raw, notes=(f"{quoted(raw)} ist keine gültige E-Mail-Adresse; bleibt wie geschrieben.",))
    bad = [p for p in parts if p not in good]
    notes += [f"{quoted(p)} ist keine gültige E-Mail-Adresse." for p in bad]
    if len(good) > 1:
        notes.append(f"{len(good)} E-Mail-Adressen in einer Zelle.")
    for part in parts:
        told = told.replace(part, " ")
    if not re.search(r"[\w?]", _MAIL_LABELS.sub(" ", told)):
        return Reading(good[0], more=(*good[1:], *bad), notes=tuple(notes))
    notes.append(f"Neben der E-Mail-Adresse steht noch etwas ({quoted(raw)}); es bleibt in der Notiz.")
    return Reading(good[0], more=(*good[1:], *bad), notes=tuple(notes), kept=raw)


@functools.lru_cache(maxsize=65_536)
def is_mail(text: str) -> bool:
    """Say whether a text is one mail address by its form (RFC 5322 without comments, IDN allowed)."""
    if is_too_long(text):
        return False
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError):
        return False
    return True


def read_web(text: str) -> Reading:
    """Read a web address and put https:// before it where no scheme stands; other text stays, with a note."""
    raw = clean(text)
    if is_too_long(raw):
        return Reading(raw, notes=(too_long(raw),))
    if not raw:
        return Reading(None)
    first, *others = [
        p for p in re.split(r"[\s;|]+|,\s*(?=https?:|www\.)", raw) if p not in {"oder", "und", "/", "-"}
    ] or [raw]
    with_scheme = first if re.match(r"https?://", first, re.IGNORECASE) else f"https://{first}"
    if not _is_web(with_scheme):
        return Reading(raw, notes=(f"{quoted(raw)} ist keine Webadresse; bleibt wie geschrieben.",))
    notes = ("Mehrere Angaben zur Webseite in einer Zelle.",) if others else ()
    return Reading(with_scheme, more=tuple(others), notes=notes)


def _is_web(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "@" not in address and re.fullmatch(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}", host) is not None


_COUNTRY_PREFIX = re.compile(r"^D(?:E)?\s*[-–]\s*(?=\d)", re.IGNORECASE)


def zero_put_back(digits: str) -> str:
    """Return the note on a postcode of four digits that gets its zero back."""
    return f"PLZ {quoted(digits)} um die führende Null ergänzt: 0{digits}."


def read_postcode(text: str) -> Reading:
    """Read a German postcode as text; a lost leading zero is put back, with a note.

    >>> read_postcode("1067.0").value
    '01067'
    """
    raw = clean(text)
    bare = _COUNTRY_PREFIX.sub("", raw)
    bare = re.sub(r"^(\d{4,5})[.,]0+$", r"\1", bare)
    if re.fullmatch(r"[0-9]{5}", bare):
        return Reading(bare)
    if re.fullmatch(r"[0-9]{4}", bare):
        return Reading(f"0{bare}", notes=(zero_put_back(bare),))
    if not raw:
        return Reading(None)
    return Reading(raw, notes=(f"{quoted(raw)} ist keine deutsche Postleitzahl; bleibt wie geschrieben.",))


def read_date(text: str) -> Reading:
    """Read a German, ISO or Excel date; anything else is not sound, so that the caller keeps the raw text.

    >>> read_date("1. März 2026").value
    datetime.date(2026, 3, 1)
    """
    raw = clean(text)
    if not raw:
        return Reading(None)
    found, note = parse_day(raw)
    if found is None:
        reason = note or f"{quoted(raw)} ist kein Datum"
        return Reading(None, notes=(f"{reason} (erwartet: TT.MM.JJJJ).",), sound=False)
    return Reading(found, notes=(note,) if note else ())


def read_unix_time(text: str) -> Reading:
    """Read seconds since 1970 (UTC) as a calendar day; FREINET writes its dates so."""
    raw = clean(text)
    if not raw:
        return Reading(None)
    try:
        day = dt.datetime.fromtimestamp(int(raw), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return Reading(None, notes=(f"{quoted(raw)} ist kein Zeitpunkt in Unix-Sekunden.",), sound=False)
    return Reading(day)


@functools.cache
def _kinds() -> dict[str, str]:
    """Return the NocoDB type of every column code; a code that several tables use has one type in all of them."""
    return {code: col.uidt for table in BASE.tables.values() for code, col in table.columns.items()}


def comparable(column_code: str, value: Value) -> object:
    """Return a key that is equal for values that mean the same in this column; every empty value is None.

    Text compares exactly but for white space and Unicode form: a corrected capital letter is an edit worth keeping.
    """
    if value is None or value is False or value in {"", ()}:
        return None
    if isinstance(value, tuple):
        return tuple(sorted({clean(v).casefold() for v in value if clean(v)})) or None
    if isinstance(value, dt.datetime):
        return value.date() if _kinds().get(column_code) == "Date" else value
    if isinstance(value, bool | int | float | decimal.Decimal | dt.date):
        return value
    return _text_comparable(_kinds().get(column_code, ""), column_code, value)


def _text_comparable(kind: str, column_code: str, value: str) -> object:
    text = clean(value)
    if kind == "LongText":
        text = clean_lines(value)
    elif kind == "PhoneNumber":
        text = phone_key(text)
    elif kind == "Email" or kind in {"SingleSelect", "MultiSelect"}:
        text = text.casefold()
    elif kind == "URL":
        text = re.sub(r"^https?://(?:www\.)?", "", text.casefold()).rstrip("/")
    elif kind == "Date":
        return parse_day(text)[0] or text or None
    elif column_code == "postcode":
        text = str(read_postcode(text).value or "")
    return text or None
