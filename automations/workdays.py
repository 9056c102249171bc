"""On which days nobody works in Magdeburg: weekends and the public holidays of Sachsen-Anhalt (FeiertG LSA)."""

from __future__ import annotations

import datetime as dt
from functools import cache

import holidays

_LAND = "ST"


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("DE", subdiv=_LAND, years=year))


def is_free(day: dt.date) -> bool:
    """Say whether a day is a Saturday, a Sunday or a public holiday.

    >>> is_free(dt.date(2026, 1, 6)), is_free(dt.date(2026, 1, 7)), is_free(dt.date(2026, 10, 31))
    (True, False, True)
    """
    return day.weekday() >= 5 or day in _holidays(day.year)
