"""Understand a contact typed in one line, such as "gestern Telefonat mit Frau Beispiel wegen der Messe". Pure.

What is not said stays open: the caller asks. Nothing is guessed that could not be read in the line.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from schemas.contacts.choices import InteractionKind

_DAYS = {"heute": 0, "gestern": 1, "vorgestern": 2}
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_KINDS: tuple[tuple[str, InteractionKind], ...] = (
    (r"tele(?:fonat|foniert|fon)\w*|angerufen|anruf\w*|zurückgerufen|rückruf", InteractionKind.CALL),
    (r"e-?mails?|gemailt|mail(?:s|wechsel)?", InteractionKind.MAIL),
    (r"besuch\w*|vor ort", InteractionKind.VISIT),
    (r"treffen|getroffen|gespräch|besprechung|termin|sitzung|kaffee", InteractionKind.MEETING),
    (r"brief|schreiben|post", InteractionKind.LETTER),
    (r"veranstaltung|messe|workshop|seminar|fest|empfang", InteractionKind.EVENT),
)
_WITH = re.compile(
    r"\b(?:mit|bei|an|von)\s+(?P<who>.+?)(?=\s+(?:wegen|über|betreffend|betreffs|zum|zur|bis)\b|\s*[:;,]|$)", re.I
)
_ABOUT = re.compile(r"\b(?:wegen|über|betreffend|betreffs|zum|zur)\s+(?P<about>.+)$|[:;]\s*(?P<rest>.+)$", re.I)
_DATE = re.compile(r"\b(?:am\s+)?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>\d{4}|\d{2})\b)?")
_UNTIL = re.compile(r"[,;]?\s*\bbis\s+(?:zum\s+)?(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?)\s*(?P<step>.*)$", re.I)
_POLITE = re.compile(r"^(?:der|die|dem|den|frau|herrn?|dr\.|prof\.)\s+", re.I)


_KIND_AT_END = re.compile(rf"\s+(?:{'|'.join(pattern for pattern, _ in _KINDS)})$", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says; None or empty where it says nothing. ``who`` is a name as typed, without Frau and Herr."""

    day: dt.date | None = None
    kind: InteractionKind | None = None
    who: str = ""
    about: str = ""
    step: str = ""
    step_due: dt.date | None = None


def read_line(line: str, today: dt.date) -> Reading:
    """Return what a line says about one contact.

    >>> read_line("gestern Telefonat mit Frau Beispiel wegen der Messe", dt.date(2026, 11, 24))
    Reading(day=datetime.date(2026, 11, 23), kind=<InteractionKind.CALL: 'anruf'>, who='Beispiel', about='der Messe', \
step='', step_due=None)
    """
    rest = " ".join(line.split())
    step, step_due = "", None
    if until := _UNTIL.search(rest):
        step_due = _date(until["date"], today, ahead=True)
        step = until["step"].strip(" .,")
        rest = rest[: until.start()] if step_due else rest
    day, rest = _day(rest, today)
    about = _ABOUT.search(rest)
    head = rest[: about.start()] if about else rest
    who = _WITH.search(rest)
    name = who["who"].strip(" .,") if who else ""
    while (shorter := _POLITE.sub("", name)) != name:
        name = shorter
    name = _KIND_AT_END.sub("", name)
    return Reading(
        day=day,
        kind=next((kind for pattern, kind in _KINDS if re.search(rf"\b(?:{pattern})\b", head, re.I)), None),
        who=name,
        about=((about["about"] or about["rest"]) if about else "").strip(" .,"),
        step=step,
        step_due=step_due,
    )


def _day(text: str, today: dt.date) -> tuple[dt.date | None, str]:
    """Return the day that a line names, and the line without it."""
    for word, back in _DAYS.items():
        if found := re.search(rf"\b{word}\b", text, re.I):
            return today - dt.timedelta(days=back), _without(text, found)
    if found := re.search(r"\bvor\s+(\d{1,3})\s+tag(?:en)?\b", text, re.I):
        return today - dt.timedelta(days=int(found[1])), _without(text, found)
    if found := re.search(rf"\b(?:am\s+|letzten\s+)?({'|'.join(_WEEKDAYS)})\b", text, re.I):
        back = (today.weekday() - _WEEKDAYS.index(found[1].casefold())) % 7 or 7
        return today - dt.timedelta(days=back), _without(text, found)
    if found := _DATE.search(text):
        return _date(found[0].removeprefix("am "), today), _without(text, found)
    return None, text


def _date(text: str, today: dt.date, *, ahead: bool = False) -> dt.date | None:
    """Read TT.MM. or TT.MM.JJJJ; without a year the one before today, or with ``ahead`` the next one."""
    found = _DATE.search(text)
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else today.year
    try:
        day = dt.date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
        if not found["year"] and not ahead and day > today:
            return day.replace(year=day.year - 1)
        if not found["year"] and ahead and day < today:
            return day.replace(year=day.year + 1)
    except ValueError:
        return None
    return day


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split())
