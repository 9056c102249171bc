"""When and where an event is, in German words; times are those of Berlin."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from schemas.time_zone import BERLIN

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


class Timed(Protocol):
    """Whatever has times, as an event has."""

    @property
    def starts_at(self) -> dt.datetime | None: ...  # noqa: D102
    @property
    def ends_at(self) -> dt.datetime | None: ...  # noqa: D102
    @property
    def doors_at(self) -> dt.datetime | None: ...  # noqa: D102


class Placed(Protocol):
    """Whatever has a place, as an event has."""

    @property
    def venue(self) -> str: ...  # noqa: D102
    @property
    def street(self) -> str: ...  # noqa: D102
    @property
    def postcode(self) -> str: ...  # noqa: D102
    @property
    def city(self) -> str: ...  # noqa: D102


def day_text(at: dt.datetime | None) -> str:
    """Return a moment's day in Berlin.

    >>> day_text(dt.datetime(2026, 10, 8, 22, 30, tzinfo=dt.UTC))
    'Freitag, 09.10.2026'
    """
    if at is None:
        return ""
    here = at.astimezone(BERLIN)
    return f"{WEEKDAYS[here.weekday()]}, {here:%d.%m.%Y}"


def time_text(at: dt.datetime | None) -> str:
    """Return a moment's time in Berlin; midnight says that nobody set one.

    >>> time_text(dt.datetime(2026, 10, 8, 15, 0, tzinfo=dt.UTC))
    '17:00 Uhr'
    """
    here = at.astimezone(BERLIN) if at else None
    return f"{here:%H:%M} Uhr" if here and here.time() != dt.time() else ""


def when_text(event: Timed) -> str:
    """Return when an event is: day, from when to when, doors."""
    start, end = event.starts_at, event.ends_at
    if start is None:
        return ""
    begins = ", ".join(part for part in (day_text(start), time_text(start)) if part)
    if end is not None and time_text(end):
        if end.astimezone(BERLIN).date() != start.astimezone(BERLIN).date():
            begins = f"{begins} bis {day_text(end)}, {time_text(end)}"
        elif time_text(start):
            begins = f"{begins.removesuffix(' Uhr')} bis {time_text(end)}"
    return f"{begins} (Einlass ab {time_text(event.doors_at)})" if time_text(event.doors_at) else begins


def place_text(event: Placed) -> str:
    """Return where an event is, in one line."""
    town = " ".join(part for part in (event.postcode, event.city) if part)
    return ", ".join(part for part in (event.venue, event.street, town) if part)
