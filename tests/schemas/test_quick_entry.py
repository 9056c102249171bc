"""Lines as people type them after a call, and what is understood of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contacts.choices import InteractionKind
from schemas.contacts.quick_entry import Reading, read_line

TODAY = dt.date(2026, 11, 24)  # a Tuesday
CALL, MAIL, VISIT = InteractionKind.CALL, InteractionKind.MAIL, InteractionKind.VISIT


def day(back):
    return TODAY - dt.timedelta(days=back)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("gestern Telefonat mit Frau Dr. Beispiel wegen Raum für Treffen",
         Reading(day(1), CALL, "Beispiel", "Raum für Treffen")),
        ("heute mit dem Sportbund telefoniert: Hallenzeiten", Reading(TODAY, CALL, "Sportbund", "Hallenzeiten")),
        ("E-Mail an Tafel Magdeburg wegen Spenden", Reading(None, MAIL, "Tafel Magdeburg", "Spenden")),
        ("am Freitag Besuch bei Herrn Kurz, Chor Nord", Reading(day(4), VISIT, "Kurz", "")),
        ("vor 3 Tagen Anruf von Ada Neu über die Messe, bis 1.12. Unterlagen schicken",
         Reading(day(3), CALL, "Ada Neu", "die Messe", "Unterlagen schicken", dt.date(2026, 12, 1))),
        ("12.11. Treffen mit Bo", Reading(dt.date(2026, 11, 12), InteractionKind.MEETING, "Bo")),
        ("24.12. Treffen mit Bo", Reading(dt.date(2025, 12, 24), InteractionKind.MEETING, "Bo")),
        ("Dienstag angerufen", Reading(day(7), CALL)),
        ("31.2. Anruf", Reading(None, CALL)),
        ("", Reading()),
    ],
)  # fmt: skip
def test_what_is_said_is_understood_and_what_is_not_stays_open(line, expected):
    assert read_line(line, TODAY) == expected


@given(st.text(max_size=80))
def test_any_line_is_read_without_a_fault_and_no_day_lies_ahead(line):
    found = read_line(line, TODAY)
    assert found.day is None or found.day <= TODAY or str(found.day.year) in line or str(found.day.year)[2:] in line
