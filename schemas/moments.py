"""Moments that were written down before: one from the future was written by a clock that was ahead. Pure."""

from __future__ import annotations

import datetime as dt

AHEAD = dt.timedelta(minutes=5)
"""So far two clocks may differ; a stamp further ahead proves nothing."""


def is_from_future(stamp: dt.datetime, now: dt.datetime) -> bool:
    """Say whether a stamp (aware) lies so far ahead that the clock that wrote it was wrong, or ours is.

    >>> now = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
    >>> is_from_future(now + dt.timedelta(minutes=4), now), is_from_future(now + dt.timedelta(hours=2), now)
    (False, True)
    """
    return stamp - now > AHEAD
