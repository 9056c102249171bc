"""Whom somebody may mean who types a name: by the rule of identity, names alone, the likeliest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.identity.typed_names import TypedNames

PEOPLE = TypedNames("person", [
    (1, {"first_name": "Sebastian", "last_name": "Müller"}),
    (2, {"first_name": "Anna", "last_name": "Schmidt", "aliases": "Nachname: Sommer"}),
    (3, {"first_name": "Anna", "last_name": "Schmied"}),
    (4, {"first_name": "Maria", "last_name": "von der Heide"}),
    (5, {"first_name": "Jürgen", "last_name": "Groß"}),
    (6, {"first_name": "Bernd", "last_name": "Neu"}),
    (7, {"first_name": "Bernd", "last_name": "Neu"}),
    (8, {"first_name": None, "last_name": "info@verein.example"}),
])  # fmt: skip
BODIES = TypedNames("organisation", [
    (1, {"name": "Freiwilligenagentur Musterstadt e.V."}),
    (2, {"name": "Lebenshilfe Musterstadt gGmbH", "aliases": "Name: Werkstatt Sonnenblume"}),
    (3, {"name": "Deutsches Rotes Kreuz Kreisverband Musterstadt", "short_name": "DRK"}),
    (4, {"name": "Kita Regenbogen"}),
    (5, {"name": None}),
])  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "rows", "why"),
    [
        ("Sebastian Müller", [1], "gleicher Name"),
        ("Basti Müller", [1], "gleicher Nachname, Kurzform des Vornamens"),
        ("Basti Mueler", [1], "Kurzform"),
        ("Mueller Sebastian", [1], "Vor- und Nachname vertauscht"),
        ("Müller, Sebastian", [1], "gleicher Name"),
        ("Sebastian Mül", [1], "beginnt so"),
        ("S. Müller", [1], "Anfangsbuchstabe"),
        ("Bastian", [1], "Kurzform des Vornamens"),
        ("Schmitt", [3, 2], "andere Schreibweise"),
        ("Anna Schmitt", [3, 2], "Schreibweise des Namens"),
        ("Anna Sommer", [2], "gleicher Name, auch ein früherer"),
        ("Maria Heide", [4], "gleicher Name"),
        ("Jurgen Gros", [5], "gleicher Name, anders geschrieben"),
        ("Bernd Neu", [6, 7], "gleicher Name"),
        ("Carla Neu", [], ""),
        ("Bernd Alt", [], ""),
        ("info@verein.example", [], ""),
        ("", [], ""),
        (" ,", [], ""),
    ],
)
def test_a_person_is_found_under_another_spelling_with_the_reason(typed, rows, why):
    found = PEOPLE.find(typed)
    assert [one.row_id for one in found] == rows
    assert all(why in one.reason for one in found[:1])


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("Freiwilligen-Agentur", [1]),
        ("Freiwillegenagentur Musterstadt", [1]),
        ("Werkstatt Sonnenblume", [2]),
        ("DRK", [3]),
        ("Kindertagesstätte Regenbogen", [4]),
        ("Kita Regenbogn", [4]),
        ("Volkssolidarität", []),
        ("", []),
    ],
)
def test_an_organisation_is_found_under_another_spelling(typed, rows):
    assert [one.row_id for one in BODIES.find(typed)] == rows


@given(st.text(max_size=40))
def test_nothing_typed_stops_the_lookup(typed):
    assert len(PEOPLE.find(typed)) <= 6
    assert len(BODIES.find(typed)) <= 6
