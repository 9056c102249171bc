"""The name beside an address: when it says that somebody else than its holder uses it, and when it says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.identity.display_names import names_other_human

ADA = {"first_name": "Ada", "last_name": "Alt", "aliases": "Nachname: Sommer\nE-Mail: ada@frueher.example"}
BODIES = ["Verein Eiche e.V.", "Anna Maria Stift"]


@pytest.mark.parametrize(
    ("named", "other"),
    [
        ("Bernd Neu", True),
        ("Neu, Bernd", True),
        ("NEU, Bernd (Amt 50)", True),
        ("Dr. Bernd Neu", True),
        ("'Bernd Neu'", True),
        ("Bernd Neu | Verein Eiche", True),
        ("Verein Eiche - Bernd Neu", True),
        ("Bernd Neu via Doodle", True),
        ("Bernd Neuhaus", True),
        ("Bernd", True),
        ("Bernd Alt", True),
        ("Xyz Alt", True),
        ("Ada Alt", False),
        ("Alt, Ada", False),
        ("alt ada", False),
        ("Ada Sommer", False),
        ("Adda Alt", False),
        ("A. Alt", False),
        ("Frau Alt", False),
        ("Ada", False),
        ("Ada Marie Alt", False),
        ("Bernd Neu im Auftrag von Ada Alt", False),
        ("", False),
        ("ada@verein.example", False),
        ("Info", False),
        ("Vorstand", False),
        ("Geschäftsstelle", False),
        ("Team Ehrenamt", False),
        ("Verein Eiche e.V.", False),
        ("Verein Eiche", False),
        ("Anna Maria", False),
        ("Haus Anna", False),
        ("Martin Luther Haus", False),
        ("Maria Hilf Stiftung", False),
        ("Lebenshilfe Musterstadt", False),
        ("Familie Neu", False),
        ("Fam. Neu", False),
        ("Ada und Bernd Alt", False),
        ("Bernd & Carla Neu", False),
        ("Bernd Neu 2", False),
    ],
)
def test_only_the_name_of_one_other_human_counts(named, other):
    assert names_other_human(named, [ADA], BODIES) == other


def test_whoever_has_no_name_yet_may_be_anybody_and_nobody_is_other_than_nobody():
    assert not names_other_human("Bernd Neu", [{"first_name": None, "last_name": "info@verein.example"}])
    assert not names_other_human("Bernd", [{"first_name": None, "last_name": "Alt"}]), "it may be Bernd Alt"
    assert names_other_human("Bernd Neu", [{"first_name": None, "last_name": "Alt"}])
    assert not names_other_human("Bernd Neu", [])
    assert not names_other_human("Bernd Neu", [ADA, {"first_name": "Bernd", "last_name": "Neu"}])


@given(st.text(max_size=60))
def test_no_name_whatever_stops_the_reading(named):
    assert names_other_human(named, [ADA], BODIES) in (True, False)
