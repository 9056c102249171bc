"""Turn the text of one source cell into values for our columns, as a profile's rule says. Pure.

What cannot become a value is never lost: phones, mails and web addresses stay as written, anything else goes into the
note of the row, unknown categories into the keywords.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.base import BASE
from schemas.model import (
    Checkbox,
    Choice,
    Column,
    Date,
    Email,
    Integer,
    LongText,
    MultiSelect,
    Phone,
    SingleSelect,
    Table,
    Url,
    Value,
)
from sync import normalise
from sync.html_text import text_of_html
from sync.identity.evidence import is_misread
from sync.long_cells import quoted
from sync.normalise import clean, clean_lines, text_key
from sync.person_names import SEVERAL, names_several, split_person_name, split_salutation, split_title
from sync.phone_numbers import read_phones
from sync.sources.profile import ColumnRule, Profile

_YES = frozenset({"ja", "j", "x", "1", "true", "wahr", "yes", "y", "ok", "✓", "✔"})
_NO = frozenset({"nein", "n", "0", "false", "falsch", "no", "-", "–"})

_NOTHING_TOLD = re.compile(
    r"null|nan|none|#?n/?v|keine?|keine\sangaben?|nicht\s(?:vorhanden|bekannt)|unbekannt|entfällt|ohne|\?+|tbd",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"[-–—_./\s]*|k\.?\s?[aA]\.?|n\.?\s?/\s?a\.?|n\.\s?a\.|0{1,2}\.0{1,2}\.(?:00){1,2}|0000-00-00(?:[T ]00:00:00)?",
    re.IGNORECASE,
)
"""What stands in a cell to say that nothing does: words, and signs that cannot be a name either.

"0.0.00" is Outlook's, "0000-00-00" MySQL's way to write no day.
"""

_SPOKEN = frozenset({"first_name", "last_name", "aliases", "note", "keywords", "summary"})


def columns_of_facts(profile: Profile) -> frozenset[str]:
    """Return the columns of a list where "keine" and "NULL" say that there is nothing.

    In others such a word may be meant: a surname, a note, a wish, a choice, and whatever the profile does not know.
    """
    facts: set[str] = set()
    spoken: set[str] = set()
    for record in profile.records:
        columns = BASE.tables[record.table].columns
        for code, rules in record.columns.items():
            column = columns.get(code)
            wish = isinstance(column, Checkbox) and column.when_in_doubt
            meant = code in _SPOKEN or wish or isinstance(column, SingleSelect | MultiSelect)
            (spoken if meant else facts).update(name for rule in rules for name in rule.columns)
    return frozenset(facts - spoken)


def says_nothing(text: str, *, words: bool) -> bool:
    """Say whether a cell says that there is nothing: signs, "k. A."; with ``words`` also "keine" or "NULL"."""
    told = clean(text)
    return _NO_TEXT.fullmatch(told) is not None or (words and _NOTHING_TOLD.fullmatch(told) is not None)


@dataclass(slots=True)
class Converted:
    """What a cell gave: values by column code, notes, text for the row's note, keywords, and why a cell was refused."""

    values: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    leftover: str = ""
    keywords: tuple[str, ...] = ()
    refused: str = ""


def convert(profile: Profile, rule: ColumnRule, table: Table, code: str, text: str) -> Converted:
    """Convert one cell. Never raises."""
    how = rule.convert or _usual(code, table.columns[code])
    if how in {"choice", "list"}:
        return _choices(profile, rule, table, code, text, several=how == "list")
    if how in {"person_name", "salutation"}:
        return _name_parts(how, table, code, text)
    if how in {"phone", "mail", "web"}:
        return _addresses(how, rule, code, text)
    return _single(how, rule, table.columns[code], code, text)


def _usual(code: str, column: Column) -> str:
    """Return how a column is filled when the profile does not say."""
    if code == "postcode":
        return "postcode"
    if code == "salutation":
        return "salutation"
    kinds: tuple[tuple[type[Column], str], ...] = (
        (LongText, "lines"), (Phone, "phone"), (Email, "mail"), (Url, "web"), (Date, "date"), (Integer, "number"),
        (Checkbox, "yes_no"), (SingleSelect, "choice"), (MultiSelect, "list"),
    )  # fmt: skip
    return next((how for kind, how in kinds if isinstance(column, kind)), "text")


def _single(how: str, rule: ColumnRule, column: Column, code: str, text: str) -> Converted:
    if how in {"text", "lines", "html"}:
        read = {"text": clean, "lines": clean_lines, "html": text_of_html}[how](text)
        title, name = split_title(read) if code in {"first_name", "last_name"} else ("", "")
        notes = (
            [SEVERAL.format(text=quoted(read))] if code in {"first_name", "last_name"} and names_several(read) else []
        )
        if is_misread(read):
            notes.append(f"{quoted(read)} sieht aus wie in einem anderen Zeichensatz geschrieben; bitte prüfen Sie es.")
        if title and name:
            return Converted({code: name, "title": title}, notes)
        return Converted({code: f"{rule.prefix}{read}"} if read else {}, notes)
    readers = {"date": normalise.read_date, "unix_time": normalise.read_unix_time, "postcode": normalise.read_postcode}
    if how in readers:
        reading = readers[how](text)
        if not reading.sound:
            return Converted(leftover=clean_lines(text), refused=" ".join(reading.notes))
        return Converted({code: reading.value} if reading.value else {}, list(reading.notes))
    if how == "yes_no":
        word = clean(text).casefold()
        if word in _YES | _NO:
            return Converted({code: True} if word in _YES else {})
        if isinstance(column, Checkbox) and column.when_in_doubt:
            told = f"{quoted(clean(text))} gilt als Ja für „{column.title}“; der Text bleibt in der Notiz."
            return Converted({code: True}, [told], leftover=clean_lines(text))
        return Converted(leftover=clean_lines(text), refused=f"{quoted(clean(text))} ist weder Ja noch Nein.")
    return _number(how, code, text)


def _number(how: str, code: str, text: str) -> Converted:
    raw = clean(text)
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", raw)
    if how == "year" and years:
        return Converted({code: int(years[-1])})
    if how == "number" and re.fullmatch(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,0+|\.0{1,2})?", raw):
        return Converted({code: int(re.sub(r"(?:,0+|\.0{1,2})$", "", raw).replace(".", ""))})
    what = "keine Jahreszahl" if how == "year" else "keine ganze Zahl"
    return Converted(leftover=raw, refused=f"{quoted(raw)} ist {what}.")


def _addresses(how: str, rule: ColumnRule, code: str, text: str) -> Converted:
    """Read phones, mails or web addresses: the second of a cell has a column of its own, more go to the note."""
    if how == "phone":
        phones = read_phones(text)
        found, notes, kept = phones.numbers, phones.notes, phones.kept
    else:
        reading = normalise.read_mails(text) if how == "mail" else normalise.read_web(text)
        found, notes = ((str(reading.value), *reading.more) if reading.value else ()), reading.notes
        kept = reading.kept
    result = Converted(notes=list(notes))
    if found:
        result.values[code] = found[0]
    rest = list(found[1:])
    if rest and rule.second:
        result.values[rule.second] = rest.pop(0)
    result.leftover = kept or ", ".join(rest)
    return result


def _name_parts(how: str, table: Table, code: str, text: str) -> Converted:
    """Take a name or a salutation apart into the columns the table has for its parts."""
    result = Converted()
    if how == "person_name":
        name = split_person_name(text)
        parts = {"salutation": name.salutation, "title": name.title, "first_name": name.first_name}
        parts[code] = name.last_name
        result.leftover, result.notes = name.rest, [name.note] if name.note else []
    else:
        salutation, rest = split_salutation(text)
        title, other = split_title(rest)
        parts = {code: salutation, "title": title}
        result.leftover = other
        result.notes = [SEVERAL.format(text=quoted(other))] if names_several(other) else []
    result.values = {part: value for part, value in parts.items() if value and part in table.columns}
    return result


def _choices(profile: Profile, rule: ColumnRule, table: Table, code: str, text: str, *, several: bool) -> Converted:
    column = table.columns[code]
    known = column.choices if isinstance(column, SingleSelect | MultiSelect) else ()
    codes_known, by_name = _choice_names(known)
    between = next((sign for sign in ("|", ";", rule.separator) if sign in text), "|")
    entries = [clean(e) for e in (text.split(between) if several else [text])]
    codes: list[str] = []
    unknown: list[str] = []
    for entry in entries:
        if not re.search(r"\w", entry):
            continue
        found = by_name.get(text_key(entry)) or value_of(profile, rule.values, entry)
        if found in codes_known:
            codes.append(str(found))
        else:
            unknown.append(entry)
    result = Converted(keywords=tuple(dict.fromkeys(unknown)))
    if codes:
        chosen = tuple(dict.fromkeys(codes))
        result.values[code] = chosen if isinstance(column, MultiSelect) else chosen[0]
    return result


@functools.cache
def _choice_names(known: tuple[Choice, ...]) -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the codes of a select column, and the code by the key of every label and code."""
    names = {text_key(name): str(c.code) for c in known for name in (c.label, c.code)}
    return frozenset(str(c.code) for c in known), names


def value_of(profile: Profile, name: str | None, text: str) -> str | None:
    """Return the code that a value list of the profile gives for a text: ``maps`` by equality, ``rules`` by pattern."""
    if name is None:
        return None
    if name in profile.maps:
        found = profile.keyed_maps[name].get(text_key(text))
        if found:
            return found
    return next((r.value for r in profile.rules.get(name, ()) if re.search(r.matches, text)), None)
