"""Lines as people type them after a contact, and what is understood of them."""

from __future__ import annotations

import csv
import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contacts.quick_entry import LONGEST, Reading, read_line
from schemas.contacts.told_days import find_day_behind, find_deadline

TODAY = dt.date(2026, 11, 24)  # a Tuesday
KNOWN = {
    name.casefold()
    for name in (
        "Verein Sonnenblick", "Jugendamt", "Haus der Jugend", "Gesundheitsamt", "Amt für Jugend und Familie",
        "Chor Nord", "Petra Ebelshaeuser", "Amira Ebelshaeuser", "Caritas", "Tafel Magdeburg", "Sportbund",
        "AWO Kreisverband", "Amadou Jarosch",
    )
}  # fmt: skip
LINES = list(csv.DictReader((Path(__file__).parent / "quick_entry_lines.csv").open(encoding="utf-8")))


def knows(name: str) -> bool:
    return name.casefold() in KNOWN


def told(found: Reading) -> dict[str, str]:
    who = " + ".join(f"{name.salutation.capitalize()} {name.text}".strip() for name in found.who)
    return {
        "day": str(found.day or ""), "kind": found.kind.value if found.kind else "", "who": who, "about": found.about,
        "step": found.step, "due": str(found.step_due or ""),
    }  # fmt: skip


@pytest.mark.parametrize("expected", LINES, ids=[line["line"] for line in LINES])
def test_what_is_said_is_understood_and_what_is_not_stays_open(expected):
    line = expected["line"]
    assert {"line": line} | told(read_line(line, TODAY, knows)) == expected


def test_there_are_as_many_lines_as_promised():
    assert len({line["line"] for line in LINES}) >= 380


@given(st.lists(st.sampled_from(["blau", "Flohmarkt", "geliehen", "Eimer", "stellt", "Kisten", "Zelt"]), max_size=8))
def test_no_word_is_lost(words):
    """Without a day, a kind and a promise every word is a name or part of the subject."""
    found = read_line(" ".join(words), TODAY, knows)
    left = f"{' '.join(name.text for name in found.who)} {found.about}".replace(",", " ").split()
    assert sorted(left) == sorted(words)


@given(st.text(max_size=80))
def test_any_line_is_read_without_a_fault_and_a_promise_never_lies_behind(line):
    found = read_line(line, TODAY)
    assert found.step_due is None or found.step_due >= TODAY or str(found.step_due.year)[2:] in line


@pytest.mark.parametrize("shape", ["Frau ", "bis ", "1.", "und ", "mit ", ", ", "Frau Weber und ", "a. B", "e. V. "])
def test_a_line_of_any_length_is_read_in_a_moment(shape):
    begun = time.perf_counter()
    found = read_line(shape * 20_000, TODAY, knows)
    assert time.perf_counter() - begun < 1
    assert len(found.about) <= LONGEST


@pytest.mark.parametrize(
    ("told_so", "today", "day"),
    [
        ("bis Freitag", "2026-11-27", "2026-12-04"),  # said on a Friday, that is the next one
        ("bis Ende des Monats", "2028-02-03", "2028-02-29"),
        ("bis 29.2.", "2026-11-24", None),  # there is none in 2027 either
        ("bis Monatsende", "2026-12-31", "2026-12-31"),
        ("bis nächsten Monat", "2026-01-31", "2026-02-28"),
        ("bis in einem Monat", "2026-01-31", "2026-02-28"),
        ("bis KW 1", "2026-11-24", "2027-01-08"),
        ("bis KW 53", "2026-11-24", "2027-01-01"),
        ("bis Ende Februar", "2027-03-01", "2028-02-29"),
        ("bis 1.1.", "2026-12-31", "2027-01-01"),
        ("bis Weihnachten", "2026-12-25", "2027-12-24"),
        ("bis 3.12.25", "2026-11-24", "2025-12-03"),  # a year that is told counts
        ("bis diese Woche", "2026-11-28", "2026-11-28"),
        ("bis Ende nächster Woche", "2026-11-29", "2026-12-04"),
    ],
)
def test_a_deadline_is_read_from_the_day_on_which_it_is_said(told_so, today, day):
    found = find_deadline(told_so, dt.date.fromisoformat(today))
    assert (found and str(found.day)) == day


@pytest.mark.parametrize(
    ("told_so", "today", "day"),
    [
        ("am Montag", "2026-11-23", "2026-11-16"),
        ("24.12.", "2026-11-24", "2025-12-24"),
        ("29.2.", "2028-02-28", None),
        ("gestern Abend", "2026-01-01", "2025-12-31"),
        ("Guten Morgen", "2026-01-01", None),
        ("vor 999 Wochen", "2026-11-24", "2007-10-02"),
    ],
)
def test_a_day_that_is_past_is_read_from_the_day_on_which_it_is_said(told_so, today, day):
    found = find_day_behind(told_so, dt.date.fromisoformat(today))
    assert (found and str(found.day)) == day
