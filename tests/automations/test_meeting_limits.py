"""A series of a calendar that comes without end, or every second, stops no calendar: nobody meets like that."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from automations.incoming.meetings import read_meetings

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SINCE = NOW.date() - dt.timedelta(days=90)
NUMBERS = ",".join(map(str, range(60)))
SOMEBODY = "ATTENDEE:mailto:a@b.example\r\n"


def event(uid: str, body: str, start: str = "20200101T100000Z") -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}\r\nDURATION:PT1H\r\n{body}\r\nEND:VEVENT\r\n"


def calendar(*events: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("RRULE:FREQ=WEEKLY", 13),
        ("RRULE:FREQ=DAILY;COUNT=1000000000", 91),
        ("RRULE:FREQ=SECONDLY", 0),
        ("RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("RRULE:FREQ=HOURLY", 0),
        ("RRULE:FREQ=DAILY;INTERVAL=0", 0),
        ("RRULE:FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31,-31", 0),
        ("RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=-31", 1),
        (f"RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE={NUMBERS};BYSECOND={NUMBERS}", 0),
        ("RRULE:FREQ=DAILY\r\n" * 200, 0),
    ],
)
def test_no_series_takes_long(rule, found):
    text = calendar(event("one", SOMEBODY + rule.strip()), event("other", SOMEBODY, "20261101T100000Z"))
    begun = time.process_time()
    meetings = read_meetings(text, SINCE, NOW)
    assert time.process_time() - begun < 2
    assert len(meetings) == found + 1  # whatever becomes of one series, the other events are read


def test_series_with_nobody_in_them_take_no_time():
    text = calendar(*(event(f"{n}", "RRULE:FREQ=DAILY", "19000101T100000Z") for n in range(300)))
    begun = time.process_time()
    assert read_meetings(text, SINCE, NOW) == []
    assert time.process_time() - begun < 2
