"""Read the days that people and programs write into lists. Pure.

What could be two days is none: "05/06/2026" is May in one country and June in another, "1.3.48" may lie behind or
ahead. Read are the German way (DIN 5008), ISO 8601, the English names of months (RFC 5322), and numbers of Excel.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from schemas.time_zone import BERLIN
from sync.long_cells import quoted

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jan jänner jaenner jän january", "februar feb february feber", "märz maerz mrz mär march mar",
         "april apr", "mai may", "juni jun june", "juli jul july", "august aug", "september sep sept",
         "oktober okt october oct", "november nov", "dezember dez december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("montag mo monday mon", "dienstag di tuesday tue", "mittwoch mi wednesday wed", "donnerstag do thursday thu",
         "freitag fr friday fri", "samstag sonnabend sa saturday sat", "sonntag so sunday sun")
    )
    for name in names.split()
}  # fmt: skip
_DAY_NAMES = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 80_000)  # 1927 to 2119; smaller numbers are years or counts, not dates

_CENTURY_OPEN = range(30, 69)
"""Years of two digits that Excel takes for the last century (from 30 on) and POSIX for this one (up to 68)."""

_WEEKDAY = re.compile(r"([^\W\d_]{2,10})\b\.?,?\s*(?:den\s+|dem\s+)?(?=\d|[^\W\d_])", re.IGNORECASE)
_NO_DAY = re.compile(r"(?:am|den|dem)\s+", re.IGNORECASE)
_CLOCK = r"(?:,?\s[0-9:.]+(?:\s?Uhr)?)?"

Told = tuple[dt.date | None, str]
"""A day and a note (German) on how it was read, or None and the reason."""


def parse_day(raw: str) -> Told:
    """Return the day that one line of clean text names, and a note; None with a reason, empty if it is no day at all.

    >>> parse_day("Fr., 27. Nov. 2026")[0], parse_day("05/06/2026")[0]
    (datetime.date(2026, 11, 27), None)
    """
    if len(raw) > _LONGEST:
        return None, ""
    weekday, text = _without_weekday(raw)
    for form, read in _FORMS:
        if found := re.fullmatch(form, text, re.IGNORECASE):
            day, note = read(found)
            if day is not None and weekday is not None and day.weekday() != weekday:
                return None, f"{quoted(raw)}: der {day:%d.%m.%Y} ist ein {_DAY_NAMES[day.weekday()]}"
            return day, note
    return None, ""


_LONGEST = 60
"""Characters of the longest day that anybody writes."""


def _without_weekday(raw: str) -> tuple[int | None, str]:
    """Split off a weekday and "am" or "den" in front of a day."""
    found = _WEEKDAY.match(raw)
    weekday = _WEEKDAYS.get(found[1].casefold()) if found else None
    text = raw[found.end() :] if found and weekday is not None else raw
    return weekday, _NO_DAY.sub("", text, count=1) if _NO_DAY.match(text) else text


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _german(found: re.Match[str]) -> Told:
    return _with_year(found["year"], int(found["month"]), int(found["day"]))


def _with_year(told: str, month: int, day: int) -> Told:
    if len(told) == 4:
        return _day(int(told), month, day), ""
    if int(told) in _CENTURY_OPEN:
        return None, f"Jahr „{told}“ kann 19{told} oder 20{told} heißen"
    read = _day((2000 if int(told) < _CENTURY_OPEN.start else 1900) + int(told), month, day)
    return read, f"Jahr „{told}“ als {read.year} gelesen." if read else ""


def _iso(found: re.Match[str]) -> Told:
    day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
    told = found["clock"]
    if day is None or not told or not re.search(r"Z$|[+-]\d\d:?\d\d$", told, re.IGNORECASE) or "23:59" in told:
        return day, ""
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{told.strip().upper().replace(' ', '')}")
        return moment.astimezone(BERLIN).date(), ""
    except (ValueError, OverflowError):
        return day, ""


def _named(found: re.Match[str]) -> Told:
    month = _MONTHS.get(found["month"].casefold())
    return _with_year(found["year"], month, int(found["day"])) if month else (None, "")


def _parted(found: re.Match[str]) -> Told:
    """Read "27/11/2026", which is day and month or month and day."""
    one, other, year = int(found["one"]), int(found["other"]), int(found["year"])
    ways = {day for day in (_day(year, other, one), _day(year, one, other)) if day}
    if len(ways) == 1:
        (day,) = ways
        return day, f"{quoted(found[0])} als {day:%d.%m.%Y} gelesen."
    return None, f"{quoted(found[0])}: welches der Tag und welches der Monat ist, steht nicht da" if ways else ""


def _packed(found: re.Match[str]) -> Told:
    """Read the basic form of ISO 8601."""
    day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
    return day, f"{quoted(found[0])} als {day:%d.%m.%Y} gelesen." if day else ""


def _serial(found: re.Match[str]) -> Told:
    if int(found["days"]) not in _EXCEL_DAYS:
        return None, ""
    day = _EXCEL_EPOCH + dt.timedelta(days=int(found["days"]))
    return day, f"Zahl {quoted(found[0])} als Excel-Datum gelesen: {day:%d.%m.%Y}."


def _without_year(found: re.Match[str]) -> Told:
    known = found["month"].isdigit() or found["month"].casefold() in _MONTHS
    return None, f"{quoted(found[0])} nennt kein Jahr" if known else ""


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Told]], ...] = (
    (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[T ](?P<clock>[0-9:.+\-Z ]*))?", _iso),
    (r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})[/.](?P<day>[0-9]{1,2})(?P<clock>)", _iso),
    (rf"(?P<day>[0-9]{{1,2}})\s?\.\s*(?P<month>[0-9]{{1,2}})\s?\.\s*(?P<year>[0-9]{{4}}|[0-9]{{2}}){_CLOCK}", _german),
    (r"(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)?[\s-]*(?P<month>[^\W\d_]{3,9})\.?[\s,-]*(?P<year>[0-9]{4})", _named),
    (r"(?P<month>[^\W\d_]{3,9})\.?\s(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,\s?(?P<year>[0-9]{4})", _named),
    (rf"(?P<one>[0-9]{{1,2}})(?P<sign>[/-])(?P<other>[0-9]{{1,2}})(?P=sign)(?P<year>[0-9]{{4}}){_CLOCK}", _parted),
    (r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _packed),
    (r"(?P<days>[0-9]{5})(?:\.[0-9]+)?", _serial),
    (r"(?P<day>[0-9]{1,2})\.\s*(?P<month>[0-9]{1,2})\.?", _without_year),
    (r"(?P<day>[0-9]{1,2})\.?\s*(?P<month>[^\W\d_]{3,9})\.?", _without_year),
)
