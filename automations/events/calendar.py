"""The calendar that comes with an invitation: one guest, one event, one UID for ever (RFC 5545, 5546, 6047).

Outlook and Thunderbird show buttons when METHOD, ORGANIZER and the one recipient as ATTENDEE are there. Times are UTC,
so that no program has to know our time zone. Texts stand here unfolded; they are folded when a message is made.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from automations.events.calendar_uid import uid_of
from automations.events.facts import EventFacts, GuestFacts
from automations.events.when import place_text, time_text
from automations.mail.address import on_the_wire, one_line
from schemas.events.tables import Event

PRODUCT = "-//Kontaktnetz//Einladungen//DE"
USUAL = dt.timedelta(hours=2)
"""How long an event blocks a calendar that does not say when it ends."""

CALLED_OFF = "abgesagt"

_SEQUENCE = re.compile(r"^SEQUENCE:(\d{1,9})\s*$", re.MULTILINE)


class Method(StrEnum):
    """What a calendar asks of the program that reads it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who invites: ``address`` is the mailbox in which answers are looked for, ``base`` the id of the base."""

    name: str
    address: str
    base: str


def request(
    event: EventFacts, guest: GuestFacts, organiser: Organiser, *, sequence: int, stamp: dt.datetime,
    method: Method = Method.REQUEST, answer_link: str = "", to: str = "", uid: str = "",
) -> str:  # fmt: skip
    """Return the calendar of a guest, lines ending in a line feed; empty while the event has no day.

    ``to`` is the address the message goes to if it is not the guest's, ``uid`` replaces theirs (for a test).
    """
    if event.starts_at is None:
        return ""
    ends = event.ends_at if event.ends_at and event.ends_at > event.starts_at else event.starts_at + USUAL
    off = method == Method.CANCEL
    lines = [
        "BEGIN:VCALENDAR", f"PRODID:{PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN", f"METHOD:{method}",
        "BEGIN:VEVENT", f"UID:{uid or uid_of(event.row, guest.invitation, organiser.base)}", f"SEQUENCE:{sequence}",
        f"DTSTAMP:{_utc(stamp)}", f"DTSTART:{_utc(event.starts_at)}", f"DTEND:{_utc(ends)}",
        f"SUMMARY:{escaped(one_line(event.name))}",
        f"LOCATION:{escaped(place_text(event))}" if place_text(event) else "",
        f"DESCRIPTION:{escaped(_description(event, '' if off else answer_link))}",
        f"ORGANIZER;CN={_named(organiser.name)}:mailto:{_mailto(organiser.address)}",
        f"ATTENDEE;CN={_named(guest.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;"
        f"RSVP={'FALSE' if off else 'TRUE'}:mailto:{_mailto(to or guest.mail)}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines if line)


def content(event: Event) -> str:
    """Return what a change of which has to reach everybody's calendar: whether, when and where."""
    off = CALLED_OFF if event.state == CALLED_OFF else "findet statt"
    moments = (f"{m.astimezone(dt.UTC):%Y-%m-%d %H:%M}" if m else "" for m in (event.starts_at, event.ends_at))
    place = (part or "" for part in (event.venue, event.street, event.postcode, event.city))
    return " | ".join((off, *moments, *place))


def next_sequence(event: Event) -> int:
    """Return the number that calendars of the event bear from now on: one more as soon as its content has changed."""
    if event.calendar_state is None:
        return event.sequence or 0
    return (event.sequence or 0) + (event.calendar_state != content(event))


def sequence_of(calendar: str) -> int | None:
    """Return the number that a calendar bears."""
    found = _SEQUENCE.search(calendar)
    return int(found[1]) if found else None


def escaped(text: str) -> str:
    r"""Return a text as it stands in a calendar.

    >>> escaped("Altes Rathaus, Saal 1;\n2. Stock")
    'Altes Rathaus\\, Saal 1\\;\\n2. Stock'
    """
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _description(event: EventFacts, answer_link: str) -> str:
    doors = f"Einlass ab {time_text(event.doors_at)}" if time_text(event.doors_at) else ""
    answer = f"Antworten: {answer_link}" if answer_link else ""
    return "\n".join(part for part in (event.host, doors, answer, event.programme) if part)


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _named(name: str) -> str:
    """Return a name as the value of a parameter: nothing in it can end the quotes or the line (RFC 5545, 3.1)."""
    return '"' + one_line(re.sub(r'[\x00-\x1f"\x7f]+', " ", name)) + '"'


def _mailto(address: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", "", on_the_wire(address))
