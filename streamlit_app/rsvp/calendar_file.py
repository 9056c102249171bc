"""The event as a file for calendars: published (RFC 5546, 3.2.1), so that no calendar sends an answer by itself.

The UID is that of the invitation, so that a calendar that got the mail, too, keeps one entry.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from automations.events.calendar import USUAL, next_sequence
from automations.events.calendar_uid import uid_of
from schemas.events.rules.answering import ends_at
from schemas.events.tables import Invitation
from streamlit_app.rsvp.facts import Facts

PRODUCT = "-//Kontaktnetz//Antwortseiten//DE"


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
    entry.add("dtstart", told.starts_at)
    over = ends_at(told) if told.ends_at else None
    entry.add("dtend", over or told.starts_at + USUAL)
    entry.add("sequence", next_sequence(told))
    entry.add("summary", told.name or "")
    town = " ".join(x for x in (told.postcode, told.city) if x)
    if place := ", ".join(x for x in (told.venue, told.street, town) if x):
        entry.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
