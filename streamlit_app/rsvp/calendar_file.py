"""The event as a file for calendars: published (RFC 5546, 3.2.1), so that no calendar sends an answer by itself.

What is published names its organiser. An event without a usable address has none, and its file is a plain calendar
without a method (RFC 5545), to be taken over in the same way.

The UID is that of the invitation, so that a calendar that got the mail, too, keeps one entry.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event, vCalAddress, vText

from automations.events.calendar import USUAL, next_sequence
from automations.events.calendar_uid import uid_of
from automations.mail.address import on_the_wire, one_address, one_line
from schemas.events.rules.answering import ends_at
from schemas.events.tables import Invitation
from streamlit_app.rsvp.facts import Facts

PRODUCT = "-//Kontaktnetz//Antwortseiten//DE"
METHOD = "PUBLISH"


def calendar_file(facts: Facts, invitation: Invitation, base: str, now: dt.datetime) -> bytes:
    """Return the event of an invitation; ``base`` is the id of the base, ``now`` an aware UTC moment.

    Raises:
        ValueError: the event has no day.
    """
    told = facts.event
    if told.starts_at is None or told.id is None or invitation.id is None:
        raise ValueError("an event without a day is in no calendar")
    entry = Event()
    entry.add("uid", uid_of(told.id, invitation.id, base))
    entry.add("dtstamp", now)
    entry.add("dtstart", told.starts_at.astimezone(dt.UTC))
    over = ends_at(told) if told.ends_at else None
    entry.add("dtend", (over or told.starts_at + USUAL).astimezone(dt.UTC))
    entry.add("sequence", next_sequence(told))
    entry.add("summary", told.name or "")
    town = " ".join(x for x in (told.postcode, told.city) if x)
    if place := ", ".join(x for x in (told.venue, told.street, town) if x):
        entry.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if mail := one_address(facts.contact.mail):
        organiser = vCalAddress(f"mailto:{on_the_wire(mail)}")
        organiser.params["CN"] = vText(one_line(facts.host or facts.contact.name).replace('"', "'"))
        entry["organizer"] = organiser
        calendar.add("method", METHOD)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def media_type(calendar: bytes) -> str:
    """Return the type of a file; its method, if there is one, stands in both places (RFC 5545, 8.1)."""
    method = f"; method={METHOD}" if f"METHOD:{METHOD}".encode() in calendar else ""
    return f"text/calendar; charset=utf-8{method}"
