"""Days as people tell them in German: "gestern", "am Freitag", "bis Ende des Monats", "in zwei Wochen", "3.12.". Pure.

A day that is told may lie behind (when something was) or ahead (until when something is promised): which of the two is
meant decides what "Freitag" is, so there is a function for each.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.contacts.told_words import either_umlaut, with_umlauts

_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_COUNTS = {"einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
           "zehn": 10, "vierzehn": 14}  # fmt: skip
_NEAR = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2}

_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)}|sonnabend)"
_ANY_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)}|sonnabend|mo|di|mi|do|fr|sa|so)(?:\.|\b)"
_ONLY_SHORT = r"(?P<weekday>mo|di|mi|do|fr|sa|so)(?:\.|\b)"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|(?:jan|febr?|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)\b\.?)"
_DATE = r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.(?:\s?(?P<year>\d{4})(?!\d)|(?P<short>\d{2})(?!\d))?"
_WRITTEN = rf"(?P<day>\d{{1,2}})\.\s?{_MONTH}(?:\s(?P<year>\d{{4}}))?(?P<short>)"
_ISO = r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)"
_OPEN = r"(?P<day>\d{1,2})\.(?P<number>0?[1-9]|1[0-2])(?P<year>)(?P<short>)(?![.:]?\d)(?!\s?(?:uhr|h|%|€|euro)(?!\w))"
"""A date without its last full stop; only where a day is expected, as "Raum 3.12" is none."""
_OF_MONTH = r"(?P<day>\d{1,2})\.(?!\s?(?-i:[A-ZÄÖÜ\d]))"
"""A day without its month; not before a noun, which it would count ("am 3. Stand")."""
_PART = r"(?:\s(?:früh|morgen|vormittag|vorm\.|mittag|nachmittag|nachm\.|abend))?"
_NEXT = r"(?:(?:nächste|kommende)[nrsm]?|nä(?:chst|ch)?\.|komm\.|n\.)"
_WEEK = r"(?:woche|wo(?:\.|\b))"
_UNIT = rf"(?P<unit>tag|{_WEEK}|monat)(?:en|n)?"
_LAST = r"(?:letzte|vergangene|vorige)[nrsm]?"

_Resolve = Callable[[re.Match[str], dt.date], dt.date]
_Rule = tuple[re.Pattern[str], _Resolve]


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day, and where of a text it was told (in characters); not ``exact`` if only a week or month was told."""

    day: dt.date
    start: int
    end: int
    exact: bool = True


def find_day_behind(text: str, today: dt.date) -> ToldDay | None:
    """Return the first day that a text tells as past: a weekday is the last one, and so is a date without its year."""
    return _first(_BEHIND, text, today)


def find_deadline(text: str, today: dt.date) -> ToldDay | None:
    """Return the day until which something is promised ("bis Freitag")."""
    return _first(_UNTIL, text, today)


def find_day_ahead(text: str, today: dt.date, *, clearly: bool = False) -> ToldDay | None:
    """Return the first day that a text tells as ahead; ``clearly`` leaves out what may as well be past ("Freitag")."""
    return _first(_CLEARLY_AHEAD if clearly else _AHEAD, text, today)


_VAGUE = re.compile(rf"{_WEEK}|monat")


def _first(rules: Sequence[_Rule], text: str, today: dt.date) -> ToldDay | None:
    found: list[ToldDay] = []
    for pattern, resolve in rules:
        for match in pattern.finditer(text):
            try:
                told = resolve(match, today)
                spoken = match[0].lower()
                exact = "weekday" in match.groupdict() or not _VAGUE.search(spoken)
                found.append(ToldDay(told, match.start(), match.end(), exact))
            except (ValueError, OverflowError):
                continue  # 31.2.
            break
    return min(found, key=lambda told: (told.start, -told.end), default=None)


def _rule(pattern: str, resolve: _Resolve) -> _Rule:
    # "Guten Morgen", "am Morgen" and "heute Morgen" are not the day after, Herr Freitag and Frau Weber-Sonntag no days
    no_day = ("frau", "herr", "herrn", r"fr\.", r"hr\.", "familie", "guten", "am", "heute", "gestern")
    before = "".join(rf"(?<!{told}\s)" for told in no_day)
    return re.compile(rf"(?<![\w-]){before}(?:{either_umlaut(pattern)})(?![\w-])", re.I), resolve


def _near(match: re.Match[str], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=_NEAR.get(with_umlauts(match["near"]), 0))


def _counted(match: re.Match[str]) -> int:
    told = with_umlauts(match["count"])
    return _COUNTS.get(told) or int(told)


def _month(match: re.Match[str]) -> int:
    told = with_umlauts(match["month"])[:3].replace("mrz", "mär")
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(told))


def _weekday(match: re.Match[str]) -> int:
    told = match["weekday"].lower()
    return next(n for n, day in enumerate(_WEEKDAYS) if day.startswith("samstag" if told == "sonnabend" else told))


def _last_weekday(match: re.Match[str], today: dt.date) -> dt.date:
    return today - dt.timedelta(days=(today.weekday() - _weekday(match)) % 7 or 7)


def _next_weekday(match: re.Match[str], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=(_weekday(match) - today.weekday()) % 7 or 7)


def _weekday_of_next_week(match: re.Match[str], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=7 - today.weekday() + _weekday(match))


def _weekday_after_next(match: re.Match[str], today: dt.date) -> dt.date:
    return _next_weekday(match, today) + dt.timedelta(days=7)


def _weekday_before_last(match: re.Match[str], today: dt.date) -> dt.date:
    return _last_weekday(match, today) - dt.timedelta(days=7)


def _days_ago(match: re.Match[str], today: dt.date) -> dt.date:
    return today - dt.timedelta(days=_counted(match) * (7 if match["unit"].lower().startswith("wo") else 1))


def _days_ahead(match: re.Match[str], today: dt.date) -> dt.date:
    unit = match["unit"].lower()
    if unit == "monat":
        return _same_day(today, _counted(match))
    return today + dt.timedelta(days=_counted(match) * (7 if unit.startswith("wo") else 1))


def _same_day(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _end_of_month(day: dt.date, months: int = 0) -> dt.date:
    there = _same_day(day.replace(day=1), months)
    return there.replace(day=calendar.monthrange(there.year, there.month)[1])


def _friday(day: dt.date, weeks: int = 0) -> dt.date:
    """Return the Friday of a week: until then something is done that is promised for the week."""
    friday = day + dt.timedelta(days=4 - day.weekday() + 7 * weeks)
    return friday if friday >= day else day


def _part_of_week(match: re.Match[str], today: dt.date) -> dt.date:
    """Return the Tuesday or Wednesday of next week, by which what is promised for its beginning or middle is done."""
    return today + dt.timedelta(days=7 - today.weekday() + (1 if match["third"].lower() == "anfang" else 2))


def _week(match: re.Match[str], today: dt.date) -> dt.date:
    told = with_umlauts(match["week"])
    return _friday(today, 0 if told.startswith("dies") else 2 if told.startswith("über") else 1)


def _of_calendar_week(match: re.Match[str], today: dt.date) -> dt.date:
    week = int(match["calendar_week"] or match["week_first"])
    found = dt.date.fromisocalendar(today.year, week, 5)
    return found if found >= today else dt.date.fromisocalendar(today.year + 1, week, 5)


def _third(match: re.Match[str], today: dt.date) -> dt.date:
    """Return the last day of the beginning (10th), the middle (20th) or the end of a month."""
    month = _month(match)
    day = {"anfang": 10, "mitte": 20}.get(match["third"].lower())
    year = int(match["year"]) if match["year"] else today.year
    found = dt.date(year, month, day or calendar.monthrange(year, month)[1])
    return found if match["year"] or found >= today else _same_day(found, 12) if day else _end_of_month(found, 12)


def _in_month(match: re.Match[str], today: dt.date) -> dt.date:
    """Return the last day of a month: until then something is done that is promised for it."""
    last = _end_of_month(dt.date(today.year, _month(match), 1))
    return last if last >= today else _end_of_month(last, 12)


def _day_of_month_ahead(match: re.Match[str], today: dt.date) -> dt.date:
    found = today.replace(day=int(match["day"]))
    return found if found >= today else _same_day(today.replace(day=1), 1).replace(day=found.day)


def _day_of_month_behind(match: re.Match[str], today: dt.date) -> dt.date:
    before = today.replace(day=1) - dt.timedelta(days=1)
    day = int(match["day"])
    return today.replace(day=day) if day <= today.day else before.replace(day=day)


def _date(match: re.Match[str], today: dt.date, years: int) -> dt.date:
    """Return a date; without a year this year's, or that of so many ``years`` on if that one lies the other way."""
    told = match.groupdict()
    month = int(told["number"]) if told.get("number") else _month(match)
    if year := told.get("year") or told.get("short"):
        return dt.date(int(year) + 2000 if len(year) == 2 else int(year), month, int(match["day"]))
    found = dt.date(today.year, month, int(match["day"]))
    wrong_way = found > today if years < 0 else found < today
    return found.replace(year=found.year + years) if wrong_way else found


def _date_behind(match: re.Match[str], today: dt.date) -> dt.date:
    return _date(match, today, -1)


def _date_by_weekday(match: re.Match[str], today: dt.date) -> dt.date:
    """Return the date of which the weekday is true, the nearest; the last one if that is told wrong."""
    found = _date_behind(match, today)
    years = () if match["year"] or match["short"] else (found.year, found.year + 1)
    true = [day for day in (found.replace(year=y) for y in years) if day.weekday() == _weekday(match)]
    return min(true, key=lambda day: abs(day - today), default=found)


def _date_ahead(match: re.Match[str], today: dt.date) -> dt.date:
    return _date(match, today, 1)


_BEFORE_CONTACT = (
    r"(?=\s(?-i:[a-z\d]|(?:Tel|Anruf|Rückruf|Mail|E-Mail|Treffen|Besuch|Besp|Gespräch|Termin|Sitzung|Video|Zoom)))"
)
_CAPITAL = {
    short: rf"(?-i:(?P<weekday>{short}))" for short in ("Mo|Di|Mi|Do|Sa|So", "Mo|Di|Mi|Do|Sa", "Fr")
}  # "di" and "so" are words; "Fr. Weber" is Frau Weber, "Fr. angerufen" was on a Friday
_SHORT_ALONE = (
    rf"^{_CAPITAL['Mo|Di|Mi|Do|Sa|So']}\.(?=\s)",
    rf"^{_CAPITAL['Fr']}(?=\s(?-i:[a-z\d]))",
    r"(?-i:(?P<weekday>Mo|Di|Mi|Do|Fr|Sa|So))\.(?=\s(?-i:[a-z\d]))",
)
_BEHIND: tuple[_Rule, ...] = (
    _rule(rf"(?P<near>vorgestern|gestern|heute){_PART}", _near),
    _rule(r"(?P<near>^(?:eben|soeben|gerade(?:\seben)?|grade)|vorhin)", _near),
    _rule(rf"vor\s{_COUNT}\s{_UNIT.replace('|monat', '')}", _days_ago),
    _rule(rf"(?:am\s)?(?:{_LAST}\s)?{_WEEKDAY}{_PART}", _last_weekday),
    _rule(rf"(?:am|{_LAST})\s(?!so\b(?!\.)){_ONLY_SHORT}{_PART}", _last_weekday),
    *(_rule(pattern, _last_weekday) for pattern in _SHORT_ALONE),
    _rule(rf"^{_CAPITAL['Mo|Di|Mi|Do|Sa']}{_BEFORE_CONTACT}", _last_weekday),
    _rule(rf"(?:am\s)?vorletzten\s{_WEEKDAY}{_PART}", _weekday_before_last),
    _rule(rf"(?:am\s)?{_ANY_WEEKDAY},?\s(?:den\s)?{_DATE}", _date_by_weekday),
    _rule(rf"(?:am\s)?{_ANY_WEEKDAY},?\s(?:den\s)?{_OPEN}", _date_by_weekday),
    _rule(rf"(?:am\s)?{_ANY_WEEKDAY},?\s(?:den\s)?{_WRITTEN}", _date_by_weekday),
    _rule(rf"(?:am\s|vom\s)?{_WRITTEN}", _date_behind),
    _rule(rf"(?:am\s|vom\s)?{_DATE}", _date_behind),
    _rule(rf"(?:am|vom)\s{_OPEN}", _date_behind),
    _rule(
        r"^(?P<day>\d\d)\.(?P<number>0[1-9]|1[0-2])(?P<year>)(?P<short>)(?=\s(?-i:[A-ZÄÖÜ])|:?$)(?!\sUhr)", _date_behind
    ),
    _rule(
        r"(?<!raum\s)(?<!zimmer\s)(?<!um\s)(?<!bis\s)(?<!nr\.\s)"
        r"(?P<day>\d\d)\.(?P<number>0[1-9]|1[0-2])(?P<year>)(?P<short>)$",
        _date_behind,
    ),
    _rule(rf"(?:am\s|vom\s)?{_ISO}", _date_behind),
    _rule(rf"(?:am|vom)\s{_OF_MONTH}", _day_of_month_behind),
)
_EITHER_WAY: tuple[tuple[str, _Resolve], ...] = (
    (rf"(?P<near>heute){_PART}", _near),
    (rf"(?:am\s|diesen\s)?{_WEEKDAY}{_PART}", _next_weekday),
    (rf"(?:am|diesen)\s(?!so\b(?!\.)){_ONLY_SHORT}", _next_weekday),
    *((pattern, _next_weekday) for pattern in _SHORT_ALONE),
    (rf"^{_CAPITAL['Mo|Di|Mi|Do|Sa']}(?=\s)", _next_weekday),
    (rf"(?P<week>diese)r?\s?{_WEEK}", _week),
    (rf"wochenende|ende\s(?:der|dieser|d\.)\s{_WEEK}", lambda _, today: _friday(today)),
    (r"monatsende|ende\s(?:des|dieses|d\.)\smonats", lambda _, today: _end_of_month(today)),
    ("weihnachten", lambda _, today: dt.date(today.year + (today > dt.date(today.year, 12, 24)), 12, 24)),
    (r"silvester|jahreswechsel|jahresende|ende\s(?:des|d\.)\sjahres", lambda _, today: today.replace(month=12, day=31)),
    (rf"(?P<third>anfang|mitte|ende)\s{_MONTH}(?:\s(?P<year>\d{{4}}))?", _third),
    (rf"im\s{_MONTH}(?P<year>)(?!\s\d)", _in_month),
    (r"(?:ende\s)?kw\s?(?P<calendar_week>\d{1,2})|(?P<week_first>\d{1,2})\.\s?kw", _of_calendar_week),
    (rf"{_ANY_WEEKDAY},?\s(?:den\s)?{_WRITTEN}", _date_ahead),
    (rf"{_ANY_WEEKDAY},?\s(?:den\s)?{_DATE}", _date_ahead),
    (rf"{_ANY_WEEKDAY},?\s(?:den\s)?{_OPEN}", _date_ahead),
    (rf"(?:am\s|den\s)?{_WRITTEN}", _date_ahead),
    (rf"(?:am\s|den\s)?{_DATE}", _date_ahead),
    (rf"(?:am|den)\s{_OPEN}", _date_ahead),
    (rf"(?:am\s|den\s)?{_ISO}", _date_ahead),
    (rf"(?:am|den)\s{_OF_MONTH}", _day_of_month_ahead),
)
_NO_DOUBT: tuple[tuple[str, _Resolve], ...] = (
    (
        rf"(?:am\s)?{_ANY_WEEKDAY}\s(?:der\s)?(?:nächster|nächste|kommender|kommende|n(?:ä(?:chst|ch)?)?\.)\s{_WEEK}",
        _weekday_of_next_week,
    ),
    (rf"{_NEXT}\s{_WEEK}\s(?:am\s)?{_ANY_WEEKDAY}", _weekday_of_next_week),
    (rf"(?:am\s)?übernächste[nrs]?\s{_ANY_WEEKDAY}", _weekday_after_next),
    (rf"(?P<near>übermorgen|morgen){_PART}", _near),
    (rf"(?:am\s)?{_NEXT}\s{_ANY_WEEKDAY}{_PART}", _next_weekday),
    (rf"(?P<week>übernächste[rn]?|{_NEXT})\s?{_WEEK}", _week),
    (rf"in\s{_COUNT}\s{_UNIT}", _days_ahead),
    (rf"ende\s{_NEXT}\s{_WEEK}", lambda _, today: _friday(today, 1)),
    (rf"(?P<third>anfang|mitte)\s{_NEXT}\s{_WEEK}", _part_of_week),
    (rf"(?:ende\s)?(?:des\s)?{_NEXT}\smonats?", lambda _, today: _end_of_month(today, 1)),
)
_CLEARLY_AHEAD = tuple(_rule(pattern, resolve) for pattern, resolve in _NO_DOUBT)
_AHEAD = (*_CLEARLY_AHEAD, *(_rule(pattern, resolve) for pattern, resolve in _EITHER_WAY))
_COMES_BACK = r"(?:(?<=wv\s)|(?<=wiedervorlage\s)|(?<=rr\s))"
_DUE = (
    rf"(?:(?:spätestens\s)?bis\s(?:spätestens\s)?|spätestens\s|spät\.\s|frist\s|deadline\s|{_COMES_BACK})"
    r"(?:zum?\s|zur\s|am\s)?"
)
_UNTIL = (
    *(
        _rule(rf"{_DUE}(?:{pattern})", resolve)
        for pattern, resolve in (
            *_NO_DOUBT, *_EITHER_WAY, (_ONLY_SHORT, _next_weekday), (_OPEN, _date_ahead),
        )
    ),
    _rule(rf"(?:bis\szum|frist\szum)\s{_OF_MONTH}", _day_of_month_ahead),
    _rule(rf"{_COMES_BACK}{_COUNT}\s{_UNIT}", _days_ahead),
)  # fmt: skip
