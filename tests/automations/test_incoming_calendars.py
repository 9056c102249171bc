"""What a calendar tells of meetings that took place: read alone, without any server."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from automations.deliveries import SomeFailed
from automations.events.incoming.calendar_text import Line, moment
from automations.incoming.meetings import NoCalendar, read_meetings
from automations.jobs import calendars

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = NOW.date()


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).replace("\n ", "\n").encode()


def event(uid, start, *more):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART{start}", "SUMMARY:T", *more, "END:VEVENT"])


ASKED = "ATTENDEE:mailto:a@b.de"


@pytest.mark.parametrize(
    ("what", "days"),
    [
        (event("a", ":20261123T100000Z", "DTEND:20261123T110000Z", ASKED), ["2026-11-23"]),
        (event("a", ":20261123T233000Z", "DTEND:20261123T234000Z", ASKED), ["2026-11-24"]),
        (event("a", ":20261124T100000Z", "DTEND:20261124T140000Z", ASKED), []),
        (event("a", ";VALUE=DATE:20261120", ASKED), ["2026-11-20"]),
        (event("a", ":20261123T100000", "DURATION:PT1H", ASKED), ["2026-11-23"]),
        (event("a", ":20261123T100000Z", "STATUS:CANCELLED", ASKED), []),
        (event("a", ":20261123T100000Z", "CLASS:CONFIDENTIAL", ASKED), []),
        (event("a", ":20261123T100000Z"), []),
        (event("a", ":20261123T100000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.de"), []),
        (event("a", ":20201123T100000Z", ASKED), []),
        (event("a", ":20261117T100000Z", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261118T100000Z", ASKED),
         ["2026-11-17", "2026-11-19"]),
        ("\r\n".join(["BEGIN:VEVENT", "UID:ohne-zeit", ASKED, "END:VEVENT"]), []),
    ],
)  # fmt: skip
def test_meetings_count_when_they_are_over_and_nobody_called_them_off(what, days):
    good = event("gut", ":20261101T100000Z", ASKED)
    found = read_meetings(calendar(what, good), dt.date(2026, 10, 1), NOW)
    assert [m.day.isoformat() for m in found] == ["2026-11-01", *days]


def test_a_meeting_that_was_moved_stays_itself_and_those_of_a_series_are_several():
    def idents(*events):
        return [m.ident for m in read_meetings(calendar(*events), dt.date(2026, 10, 1), NOW)]

    assert idents(event("a", ":20261120T100000Z", ASKED)) == idents(event("a", ":20261121T110000Z", ASKED))
    series = idents(event("a", ":20261117T100000Z", "RRULE:FREQ=DAILY;COUNT=3", ASKED))
    assert len(set(series)) == 3


BERLIN = ";TZID=Europe/Berlin"


@pytest.mark.parametrize("slot", [f"{BERLIN}:20261020T100000", ":20261020T080000Z"])
def test_a_series_changed_from_one_day_on_keeps_each_of_its_meetings(slot):
    start, rule = f"{BERLIN}:20261006T100000", "RRULE:FREQ=WEEKLY;COUNT=6"
    plain = event("s", start, rule, ASKED)
    later = event("s", f"{BERLIN}:20261020T140000", f"RECURRENCE-ID;RANGE=THISANDFUTURE{slot}", ASKED)

    before, after = (
        read_meetings(calendar(*events), dt.date(2026, 10, 1), NOW) for events in ((plain,), (plain, later))
    )

    assert [m.day for m in after] == [m.day for m in before]
    assert [m.ident for m in after] == [m.ident for m in before], "a meeting stays itself, also over the clocks' change"


@pytest.mark.parametrize(("start", "more", "day"), [
    (":20261120T200000Z", "DTEND:20261120T240000Z", "2026-11-20"),
    (f"{BERLIN}:20261120T240000", "DURATION:PT1H", "2026-11-21"),
    (":20261120T2400Z", "DURATION:PT1H", "2026-11-21"), (":20261031T240000", "DURATION:PT1H", "2026-11-01"),
])  # fmt: skip
def test_a_day_may_end_at_24_o_clock(start, more, day):
    found = read_meetings(
        calendar(event("a", start, more, "DESCRIPTION:20261120T240000", ASKED)), dt.date(2026, 10, 1), NOW
    )
    assert [m.day.isoformat() for m in found] == [day]


@pytest.mark.parametrize(("before", "behind"), [
    (b"", b"\r\n-- \r\nDiese E-Mail wurde gepr\xc3\xbcft.\r\n"), (b"Hallo\r\n", b""), (b"\xef\xbb\xbf", b"\r\n"),
    (b"", calendar(event("b", ":20261121T100000Z", ASKED)) + b"Gruss"),
])  # fmt: skip
def test_text_around_a_calendar_is_left_out(before, behind):
    text = before + calendar(event("a", ":20261120T100000Z", ASKED)) + behind
    assert "2026-11-20" in [m.day.isoformat() for m in read_meetings(text, dt.date(2026, 10, 1), NOW)]


def test_one_bad_file_in_a_folder_of_calendars_keeps_no_other_out(tmp_path, monkeypatch):
    folder = tmp_path / "kalender"
    folder.mkdir()
    good = calendar(event("gut", ":20261120T100000Z", ASKED))
    for name, text in (("a.ics", good), ("b.ics", b"<html>"), ("c.ics", good.replace(b"UID:gut", b"UID:auch"))):
        (folder / name).write_bytes(text)
    (folder / "d.ics").mkdir()  # a folder is no file that can be read
    brought = []
    monkeypatch.setattr(calendars, "_bring", lambda *given: brought.extend(given[2]) or f"{len(brought)} Treffen")
    settings = SimpleNamespace(calendar_places=(str(folder), str(tmp_path / "weg.ics")), data_dir=tmp_path)

    with pytest.raises(SomeFailed) as failed:
        calendars.run(settings, NOW)

    assert len(brought) == 2
    assert [name in str(failed.value) for name in ("a.ics", "b.ics", "c.ics", "d.ics", "weg.ics")] == [
        False, True, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("text", [b"", b"<html>", b"\xff\xfe", b"BEGIN:VCALENDAR\r\n"])
def test_what_is_no_calendar_is_said_to_be_none(text):
    with pytest.raises(NoCalendar):
        read_meetings(text, dt.date(2026, 10, 1), NOW)


@pytest.mark.parametrize(("value", "told"), [
    ("20261231T240000Z", dt.datetime(2027, 1, 1, tzinfo=dt.UTC)),
    ("20260228T2400Z", dt.datetime(2026, 3, 1, tzinfo=dt.UTC)),
    ("20261231T230000Z", dt.datetime(2026, 12, 31, 23, tzinfo=dt.UTC)),
    ("99991231T240000Z", None), ("20261331T240000", None),
])  # fmt: skip
def test_the_calendar_of_an_answer_may_end_at_24_o_clock_too(value, told):
    assert moment(Line("DTEND", {}, value)) == told


def test_the_names_beside_the_addresses_of_a_meeting_are_read():
    who = ("ATTENDEE;CN=Bernd Neu:mailto:info@verein.de", 'ATTENDEE;CN="Neu, Carla":mailto:c@verein.de', ASKED)
    (found,) = read_meetings(calendar(event("a", ":20261123T100000Z", *who)), dt.date(2026, 10, 1), NOW)
    assert found.names == {"info@verein.de": "Bernd Neu", "c@verein.de": "Neu, Carla", "a@b.de": ""}
