"""The sentences that all public pages share; each kind of page adds its own, in German and plain English."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date, format_time

from schemas.time_zone import BERLIN


@dataclass(frozen=True, slots=True)
class PublicWords:
    """One language. Names in braces are filled in by the pages."""

    code: str
    locale: str
    clock: str
    other: str
    other_code: str
    switch: str
    unknown: str
    unknown_how: str
    slow: str
    slow_how: str
    too_big: str
    too_big_how: str
    away: str
    away_how: str
    questions: str
    phone: str
    mail: str
    privacy: str

    def day(self, day: dt.date) -> str:
        """Return a day with its weekday."""
        return str(format_date(day, "EEEE, d. MMMM y" if self.code == "de" else "EEEE, d MMMM y", locale=self.locale))

    def time(self, moment: dt.datetime) -> str:
        """Return the time of a moment in Berlin."""
        return self.clock.format(time=self.digits(moment))

    def digits(self, moment: dt.datetime) -> str:
        """Return the time of a moment in Berlin as figures."""
        return str(format_time(moment.astimezone(BERLIN), "HH:mm", locale=self.locale))
