"""German formats: days, moments in Berlin, numbers, and safe HTML."""

from __future__ import annotations

import datetime as dt
import html
from urllib.parse import quote

import pandas as pd

from schemas.time_zone import BERLIN

escape = html.escape


def date(value: object) -> str:
    """Return TT.MM.JJJJ, nothing for a missing day.

    >>> date(dt.date(2026, 3, 1)), date(None)
    ('01.03.2026', '')
    """
    if value is None or (not isinstance(value, dt.date) and pd.isna(value)) or value is pd.NaT:  # type: ignore[call-overload]
        return ""
    return value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else str(value)


def moment(value: dt.datetime) -> str:
    """Return "TT.MM.JJJJ, HH:MM Uhr" in Berlin."""
    return value.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M Uhr")


def clock(value: dt.datetime, now: dt.datetime) -> str:
    """Return "HH:MM" in Berlin, with the day before it when it was not today."""
    local = value.astimezone(BERLIN)
    same = local.date() == now.astimezone(BERLIN).date()
    return local.strftime("%H:%M" if same else "%d.%m.%Y, %H:%M")


def number(value: int) -> str:
    """Return a whole number with points.

    >>> number(12345)
    '12.345'
    """
    return f"{value:,}".replace(",", ".")


def ago(then: dt.datetime, now: dt.datetime) -> str:
    """Return in words how long ago something was.

    >>> ago(dt.datetime(2026, 3, 1, 12, 0), dt.datetime(2026, 3, 1, 12, 7))
    'vor 7 Minuten'
    """
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "gerade eben"
    if minutes < 60:
        return "vor 1 Minute" if minutes == 1 else f"vor {minutes} Minuten"
    hours = minutes // 60
    if hours < 24:
        return "vor 1 Stunde" if hours == 1 else f"vor {hours} Stunden"
    return "gestern" if hours < 48 else f"vor {hours // 24} Tagen"


def mail_link(address: str) -> str:
    """Return an HTML link to write to an address."""
    return f'<a href="mailto:{quote(address, safe="@.+-_")}">{escape(address)}</a>'


def phone_link(shown: str) -> str:
    """Return an HTML link to call a number, plain text where there is no number in it."""
    digits = "".join(c for c in shown if c.isdigit() or c == "+")
    return f'<a href="tel:{digits}">{escape(shown)}</a>' if len(digits) > 4 else escape(shown)


def web_link(address: str) -> str:
    """Return an HTML link to a web page; only http(s) becomes a link, anything else stays text."""
    target = address if "://" in address else f"https://{address}"
    if not target.startswith(("http://", "https://")):
        return escape(address)
    shown = escape(address.removeprefix("https://").removeprefix("http://").rstrip("/"))
    return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def plain(value: str) -> str:
    """Return text in which nothing is taken for Markdown.

    >>> plain("a_b *c*")
    'a\\\\_b \\\\*c\\\\*'
    """
    return "".join(f"\\{c}" if c in _MARKDOWN else c for c in value)


_MARKDOWN = frozenset("\\`*_{}[]()<>#+-!|~$:&")


def shortened(value: str, most: int = 80) -> str:
    """Return text cut to what fits into a select box."""
    return value if len(value) <= most else f"{value[: most - 1]}…"
