"""Read what a calendar message says (iTIP, RFC 5546): who answered what and when, to which stand of a date. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import unquote

from automations.events.incoming.calendar_text import Part, explained_zones, moment, read_calendars


class Method(StrEnum):
    """What a calendar message wants; ``NONE`` where it does not say, ``UNCLEAR`` where it says two things."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"
    REFRESH = "REFRESH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    DECLINE_COUNTER = "DECLINECOUNTER"
    PUBLISH = "PUBLISH"
    ADD = "ADD"
    NONE = ""
    UNCLEAR = "?"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person asked, by address (compared without regard to capitals); ``status`` is PARTSTAT as it stands.

    ``comment`` and ``guests`` (how many come along, 0 where nothing is said) are told as Google's calendar does.
    """

    address: str
    name: str = ""
    status: str = ""
    sent_by: str = ""
    delegated_to: tuple[str, ...] = ()
    delegated_from: tuple[str, ...] = ()
    comment: str = ""
    guests: int = 0


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """One event of a calendar message; what it does not say is None or empty. Times are aware.

    ``whole`` is False where the message breaks off, so that something may be missing.
    """

    method: Method
    uid: str
    attendees: tuple[Attendee, ...]
    sequence: int | None = None
    stamp: dt.datetime | None = None
    recurrence: str = ""
    organizer: str = ""
    comment: str = ""
    summary: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    whole: bool = True


def read_answers(raw: bytes, *, charset: str = "", method: str = "") -> list[CalendarAnswer]:
    """Return the events of every calendar in ``raw``; ``method`` is what the Content-Type says it is.

    >>> text = b"BEGIN:VCALENDAR\\nMETHOD:REPLY\\nBEGIN:VEVENT\\nUID:1\\nATTENDEE;PARTSTAT=DECLINED:MailTo:A@b.de\\n"
    >>> [answer] = read_answers(text)
    >>> answer.method, answer.attendees[0].address, answer.attendees[0].status
    (<Method.REPLY: 'REPLY'>, 'a@b.de', 'DECLINED')
    """
    found = []
    for calendar in read_calendars(raw, charset):
        zones = explained_zones(calendar)
        told = _method(calendar.text("METHOD"), method)
        events = [_answer(part, told, zones) for part in calendar.inner if part.name == "VEVENT"]
        found += events if calendar.closed else [replace(event, whole=False) for event in events]
    return found


def address_of(value: str) -> str:
    """Return an address as it is compared, empty if it is none.

    >>> address_of('"MAILTO:Ada.Probe@Verein.Example"'), address_of('mailto:"Ada" <ada%40verein.example>')
    ('ada.probe@verein.example', 'ada@verein.example')
    """
    value = value.strip().strip("\"'<> ")
    value = value[7:] if value[:7].casefold() == "mailto:" else value
    value = value.partition("?")[0].rpartition("<")[2].strip().strip("<>")
    value = (unquote(value) if "@" not in value else value).strip().casefold()
    return value if value.count("@") == 1 and not value.startswith("@") and not value.endswith("@") else ""


def _method(inside: str, outside: str) -> Method:
    """Return what both places say; where they differ nobody can know (RFC 6047, 2.4)."""
    said = {word for word in (_word(inside), _word(outside)) if word}
    if len(said) > 1:
        return Method.UNCLEAR
    word = next(iter(said), "")
    return Method(word) if word in tuple(Method) else Method.UNCLEAR


def _word(text: str) -> str:
    return text.strip().strip('"').upper()


def _answer(event: Part, method: Method, zones: dict[str, str]) -> CalendarAnswer:
    lines = {line.name: line for line in reversed(event.lines)}
    return CalendarAnswer(
        method=method,
        uid="".join(event.text("UID").split()),
        attendees=tuple(_attendee(line.params, line.value) for line in event.all("ATTENDEE")),
        sequence=_number(event.text("SEQUENCE")),
        stamp=_in_utc(event.text("DTSTAMP"), moment(lines.get("DTSTAMP"), zones)),
        recurrence=event.text("RECURRENCE-ID"),
        organizer=address_of(event.text("ORGANIZER")),
        comment="\n".join(dict.fromkeys(line.text for line in event.all("COMMENT") if line.text)),
        summary=event.text("SUMMARY"),
        start=moment(lines.get("DTSTART"), zones),
        end=moment(lines.get("DTEND"), zones),
        whole=event.closed,
    )


def _attendee(said: Mapping[str, str], value: str) -> Attendee:
    address = address_of(value) or address_of(said.get("EMAIL", ""))
    name = said.get("CN", "").strip().strip('"').strip()
    return Attendee(
        address=address,
        name="" if "@" in name else name,
        status=said.get("PARTSTAT", "").strip().strip('"').upper(),
        sent_by=address_of(said.get("SENT-BY", "")),
        delegated_to=_addresses(said.get("DELEGATED-TO", "")),
        delegated_from=_addresses(said.get("DELEGATED-FROM", "")),
        comment=said.get("X-RESPONSE-COMMENT", "").strip().strip('"').strip(),
        guests=_guests(said.get("X-NUM-GUESTS", "").strip().strip('"')),
    )


def _addresses(value: str) -> tuple[str, ...]:
    return tuple(address for one in value.split(",") if (address := address_of(one)))


MOST_GUESTS = 999
"""More are a slip of the finger; a person sees that many."""


def _guests(text: str) -> int:
    return min(_number(text) or MOST_GUESTS, MOST_GUESTS) if text.isdecimal() and text.strip("0") else 0


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _in_utc(written: str, read: dt.datetime | None) -> dt.datetime | None:
    """Return a time stamp; one that is not in UTC breaks the rule (RFC 5545, 3.8.7.2) and says nothing reliable."""
    return read if read is not None and written.strip().upper().endswith("Z") else None
