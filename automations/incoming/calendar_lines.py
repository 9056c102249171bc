"""Lines of calendars (RFC 5545) as programs and gateways really write them, put right before they are read. Pure."""

from __future__ import annotations

import datetime as dt
import re

_DATED = re.compile(rb"(?im)^(?:DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE|RRULE)[;:][^\r\n]*")
_MIDNIGHT = re.compile(rb"(?<![0-9])[0-9]{8}T2400(?:00)?(?![0-9])")
_AT_24 = re.compile(r"([0-9]{8})T2400(?:00)?(Z?)")
_EDGE = re.compile(rb"(?im)^(?:BEGIN|END):")
_BEGIN, _END = b"BEGIN:VCALENDAR", b"END:VCALENDAR"


def only_calendars(raw: bytes) -> bytes:
    """Return the calendars without what stands before, between and behind them; all of it if none begins.

    >>> only_calendars(b"Hallo\\nBEGIN:VCALENDAR\\nEND:VCALENDAR\\n-- \\nGruss")
    b'BEGIN:VCALENDAR\\nEND:VCALENDAR\\n'
    """
    kept: list[bytes] = []
    inside = begun = False
    for line in raw.splitlines(keepends=True):
        word = line.strip().removeprefix(b"\xef\xbb\xbf").upper()
        inside = inside or word == _BEGIN
        begun = begun or inside
        if inside:
            kept.append(line)
        if word == _END:
            inside = False
    return b"".join(kept) if begun else raw


def nests_deeper(raw: bytes, most: int) -> bool:
    """Say whether parts of a calendar stand more than ``most`` deep within each other.

    >>> nests_deeper(b"BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nEND:VEVENT\\nEND:VCALENDAR", 2)
    False
    >>> nests_deeper(b"BEGIN:VCALENDAR\\n" * 3, 2)
    True
    """
    depth = 0
    for edge in _EDGE.findall(raw):
        depth += 1 if edge[0] in b"Bb" else -1
        if depth > most:
            return True
    return False


def plain_midnights(raw: bytes) -> bytes:
    """Return a calendar whose days end at 0 o'clock of the next day, not at 24.

    >>> plain_midnights(b"DTEND;TZID=Europe/Berlin:20261231T240000")
    b'DTEND;TZID=Europe/Berlin:20270101T000000'
    """
    if b"T2400" not in raw:
        return raw
    return _DATED.sub(lambda line: _MIDNIGHT.sub(lambda time: next_midnight(time[0].decode()).encode(), line[0]), raw)


def next_midnight(value: str) -> str:
    """Return a time of 24 o'clock as 0 o'clock of the next day; any other value as it is.

    >>> next_midnight("20261231T240000Z"), next_midnight("20261231T230000")
    ('20270101T000000Z', '20261231T230000')
    """
    found = _AT_24.fullmatch(value)
    try:
        day = dt.datetime.strptime(found[1], "%Y%m%d") + dt.timedelta(days=1) if found else None  # noqa: DTZ007
    except (ValueError, OverflowError):
        return value
    return f"{day:%Y%m%d}T000000{found[2]}" if found and day else value
