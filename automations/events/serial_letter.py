"""The table for a serial letter in Word or LibreOffice: one row a guest, ready columns, all of them text."""

from __future__ import annotations

from collections.abc import Sequence

from automations.documents.spreadsheet import table_file
from automations.events.print_letters import in_postal_order
from automations.events.wording import Wording
from schemas.events.rules.address import address_lines

ADDRESS_LINES = 6
"""Columns Anschrift1 to Anschrift6, as office templates have them."""

COLUMNS = (
    *(f"Anschrift{number}" for number in range(1, ADDRESS_LINES + 1)), "Briefanrede", "Grußformel", "Vorname",
    "Nachname", "Organisation", "Antwort-Link", "Antwort bis", "Veranstaltung", "Wann", "Wo", "Betreff",
)  # fmt: skip
"""Names and order stay: templates of agencies refer to them. New ones go to the end."""


def serial_table(letters: Sequence[Wording]) -> bytes:
    """Return the letters' table as an Excel file, in the order of postcodes like the print file."""
    return table_file("Serienbrief", COLUMNS, [_row(one) for one in in_postal_order(letters)])


def _row(one: Wording) -> tuple[str, ...]:
    to = one.guest.addressee if one.guest else None
    lines = address_lines(to, ADDRESS_LINES + len(one.notes)) if to else one.address[:ADDRESS_LINES]
    facts = dict(one.facts)
    return (
        *lines, *[""] * (ADDRESS_LINES - len(lines)), one.greeting, one.closing, to.first_name if to else "",
        to.last_name if to else "", to.organisation if to else "", one.answer_link,
        f"{one.answer_by:%d.%m.%Y}" if one.answer_by else "", one.about, facts.get("Wann", ""), facts.get("Wo", ""),
        one.subject,
    )  # fmt: skip
