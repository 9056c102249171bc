"""Read a calendar (RFC 5545): the meetings that are over, with everybody who was asked and did not decline. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

import icalendar
import recurring_ical_events

from automations.incoming.calendar_lines import nests_deeper, only_calendars, plain_midnights
from schemas.time_zone import BERLIN

DEEPEST = 20
"""Parts of a calendar within each other; RFC 5545 knows three, and a parser needs long for thousands."""
ROOM = 300
"""Characters of a title that are kept."""

MOST_RULES = 10
MOST_A_DAY = 24
"""Rules that a series may have, and times of a day that one of them may name."""

_LEAP_YEAR = 2024
_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that took place; ``ident`` tells it apart from every other, also within a series.

    ``names`` are those that the calendar gives beside the addresses.
    """

    ident: str
    day: dt.date
    title: str
    addresses: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)


class NoCalendar(ValueError):
    """What was read is no calendar."""


def read_meetings(text: bytes, since: dt.date, now: dt.datetime) -> list[Meeting]:
    """Return the meetings that began on ``since`` or later and are over at ``now`` (aware).

    Called off, private and confidential ones are left out, and so are those without any address.

    Raises:
        NoCalendar: it cannot be read.
    """
    kept = only_calendars(text)
    if nests_deeper(kept, DEEPEST):
        raise NoCalendar("zu tief verschachtelt")
    try:
        calendars = icalendar.Calendar.from_ical(plain_midnights(kept), multiple=True)
        moved: dict[tuple[str, dt.datetime], dt.datetime] = {}
        series, found = set(), []
        for calendar in calendars:
            series |= _tidy(calendar)
            moved |= _moved_from(calendar)
            found += recurring_ical_events.of(calendar, skip_bad_series=True).between(since, now)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
        raise NoCalendar(str(problem)[:200]) from problem
    if not calendars:
        raise NoCalendar("leer")
    meetings = {}
    for event in found:
        start, end = _moment(event.start), _moment(event.end)
        if end > now or start.astimezone(BERLIN).date() < since or not _counts(event):
            continue
        names = _names(event)
        if names:
            ident = _ident(event, series, moved)
            day = start.astimezone(BERLIN).date()
            meetings[ident] = Meeting(ident, day, _title(event), tuple(names), names)
    return sorted(meetings.values(), key=lambda m: (m.day, m.ident))


def _tidy(calendar: Any) -> set[str]:
    """Take out what no meeting of ours comes from; return the UIDs that come more than once.

    That are events that say no time, which would stop all others, those with nobody in any of their parts, and series
    that come hourly or more often, of which one alone may be millions, or never.
    """
    events = calendar.walk("VEVENT")
    named = {str(event.get("UID")) for event in events if "ATTENDEE" in event or "ORGANIZER" in event}
    calendar.subcomponents = [
        part
        for part in calendar.subcomponents
        if part.name != "VEVENT" or ("DTSTART" in part and str(part.get("UID")) in named and not _comes_too_often(part))
    ]
    repeats = ("RRULE", "RDATE", "RECURRENCE-ID")
    return {str(event.get("UID")) for event in events if any(name in event for name in repeats)}


def _comes_too_often(event: Any) -> bool:
    told = event.get("RRULE", [])
    rules = told if isinstance(told, list) else [told]
    return len(rules) > MOST_RULES or any(
        str((rule.get("FREQ") or [""])[0]).upper() in _OFTEN
        or 0 in (rule.get("INTERVAL") or ())
        or _is_no_day(rule)
        or prod(max(1, len(rule.get(part) or ())) for part in ("BYHOUR", "BYMINUTE", "BYSECOND")) > MOST_A_DAY
        for rule in rules
    )


def _is_no_day(rule: Any) -> bool:
    """Say whether a rule asks for days that no year has, like 31 February: they are looked for to the year 9999."""
    months, days = rule.get("BYMONTH") or range(1, 13), rule.get("BYMONTHDAY") or (1,)
    return all(abs(day) > monthrange(_LEAP_YEAR, month)[1] for month in months for day in days)


def _moved_from(calendar: Any) -> dict[tuple[str, dt.datetime], dt.datetime]:
    """Return where the first instance of a series stands that was changed from one slot on, by UID and slot."""
    return {
        (str(event.get("UID")), _moment(event["RECURRENCE-ID"].dt)): _moment(event["DTSTART"].dt)
        for event in calendar.walk("VEVENT")
        if "RECURRENCE-ID" in event and _goes_on(event["RECURRENCE-ID"])
    }


def _goes_on(slot: Any) -> bool:
    return str(slot.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _counts(event: Any) -> bool:
    hidden = str(event.get("CLASS", "PUBLIC")).upper() in ("PRIVATE", "CONFIDENTIAL")
    return not hidden and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _title(event: Any) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:ROOM]


def _names(event: Any) -> dict[str, str]:
    """Return by address who came together: whoever invited, and whoever was asked and did not decline."""
    asked = event.get("ATTENDEE", [])
    found: dict[str, str] = {}
    for one in (event.get("ORGANIZER"), *(asked if isinstance(asked, list) else [asked])):
        if one is None or str(getattr(one, "params", {}).get("PARTSTAT", "")).upper() == "DECLINED":
            continue
        named = str(one)
        address = named[7:] if named.casefold().startswith("mailto:") else named
        address = address if "@" in address else str(one.params.get("EMAIL", ""))
        if "@" in address:
            name = " ".join(str(getattr(one, "params", {}).get("CN", "")).split())
            found[address.strip()] = found.get(address.strip()) or name
    return found


def _ident(event: Any, series: set[str], moved: Mapping[tuple[str, dt.datetime], dt.datetime]) -> str:
    """Return what makes this meeting itself, in whose calendar ever it stands: its UID, in a series with its slot."""
    uid = str(event.get("UID", ""))
    slot = event.get("RECURRENCE-ID") if uid in series else None
    named = [uid, _slot(event, uid, slot, moved).astimezone(dt.UTC).isoformat() if slot else ""]
    if not uid:
        named = [_title(event), _moment(event.start).isoformat()]
    digest = hashlib.sha256("\n".join(named).encode()).hexdigest()
    return f"termin:{digest[:40]}"


def _slot(event: Any, uid: str, slot: Any, moved: Mapping[tuple[str, dt.datetime], dt.datetime]) -> dt.datetime:
    """Return the slot that an instance had in its series; all behind a change "from here on" name the one changed."""
    told = _moment(slot.dt)
    first = moved.get((uid, told)) if _goes_on(slot) else None
    if first is None:
        return told
    start = _moment(event.start)
    zone = start.tzinfo  # a series keeps the hour on the wall, also over the change of the clocks
    shift = first.astimezone(zone).replace(tzinfo=None) - told.astimezone(zone).replace(tzinfo=None)
    return (start.replace(tzinfo=None) - shift).replace(tzinfo=zone)


def _moment(value: dt.date) -> dt.datetime:
    """Return a moment; without a time it is midnight, without a zone it is Berlin."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(), BERLIN)
    return value if value.tzinfo else value.replace(tzinfo=BERLIN)
