"""An invented event and letters of it to whomever a test wants."""

from __future__ import annotations

import datetime as dt

from automations.events.book import Book
from automations.events.facts import EventFacts, GuestFacts, Sender
from automations.events.wording import Wording, word
from schemas.events.rules.address import Addressee, Form
from schemas.operations.choices import PostKind

LINK = "https://antwort.netzwerk.example/a/{row}.aB3_-xyz.0123456789abcdefghijkl"
EVENT = EventFacts(
    row=5, name="FreiwilligenPass 2026", kind="ehrung", host="Netzwerk bürgerschaftliches Engagement",
    on=dt.date(2026, 8, 3), starts_at=dt.datetime(2026, 10, 8, 15, tzinfo=dt.UTC), ends_at=None, doors_at=None,
    venue="Gesellschaftshaus", street="Schönebecker Straße 129", postcode="39104", city="Magdeburg",
    answer_by=dt.date(2026, 9, 24), companions_max=1,
    sender=Sender("Stabsstelle Engagement", "Landeshauptstadt", "Alter Markt 6", "39104", "Magdeburg", "030 23125-050",
                  "engagement@stadt.example"),
    signatory=("Dr. Petra Bartelheim", "Beigeordnete für Soziales"), reply_to="", address_form="sie", subject="",
    text="", programme="", called_off=False, worker=None, book=Book({}, {}, {}, {}, {}, {}),
)  # fmt: skip


def guest(to: Addressee, row: int = 1, **more: object) -> GuestFacts:
    """Return a guest who has said nothing yet."""
    cells = {"invitation": row, "name": "Gast", "organisation": "", "addressee": to, "form": Form.SIE, "mail": "",
             "phone": "", "channel": "brief", "state": "", "answer": "", "place": "", "represented_by": "",
             "companions": 0, "mark": "m"}  # fmt: skip
    return GuestFacts(**(cells | more))  # type: ignore[arg-type]


def letter(
    to: Addressee, row: int = 1, event: EventFacts = EVENT, occasion: PostKind = PostKind.INVITATION, **more: object
) -> Wording:
    """Return what a guest reads."""
    return word(occasion, event, guest(to, row, **more), LINK.format(row=row))
