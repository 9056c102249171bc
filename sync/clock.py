"""The clock: the present moment, and the type of a function that tells it (tests hand in one of their own)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present moment, aware UTC."""
    return dt.datetime.now(dt.UTC)
