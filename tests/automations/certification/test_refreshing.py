"""The offer to refresh a seal: friendly, once, to who is still there, and never a word of running out."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from automations.certification.holders import read_holders
from automations.certification.refreshing import Around, due, letters, offers, word
from automations.events.book import NEEDED, read_book
from schemas.base import BASE
from schemas.certification.choices import Validity
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Function, Organisation

TODAY = dt.date(2027, 6, 1)
AROUND = Around("Netzwerk Musterstadt", "Rita Redlich", "", dt.date(2027, 10, 7), "Wir feiern zehn Jahre Siegel.")


@pytest.fixture
def holders():
    years = {1: 2021, 2: 2020, 3: 2026, 4: 2019}
    cases = [
        Certification(id=row, name=f"Haus {row}", site=row, coordinator=row, seal_year=year, seal_number=f"{year}-001",
                      round=1 if row == 4 else None)
        for row, year in years.items()
    ]  # fmt: skip
    houses = [Organisation(id=row, name=f"Haus {row}") for row in years]
    gone = [Function(person=2, organisation=2, valid_to=dt.date(2025, 1, 1))]
    rounds = [CertificationRound(id=1, validity=Validity.FIXED_TERM, validity_years=8)]
    return read_holders(cases, rounds, houses, gone, today=TODAY)


@pytest.fixture
def book():
    rows = {
        "person": [{"id": row, "salutation": "frau", "first_name": "Anna", "last_name": f"Muster{row}",
                    "mail": f"anna{row}@example.org"} for row in (1, 2, 4)],
        "organisation": [{"id": row, "name": f"Haus {row}", "mail": f"haus{row}@example.org"} for row in (1, 2, 3)],
        "function": [{"id": 1, "person": 1, "organisation": 1, "mail": "dienst@example.org"}],
    }  # fmt: skip
    return read_book(
        {code: pd.DataFrame(rows.get(code, []), columns=["id", *BASE.tables[code].columns]).astype(object)
         for code in NEEDED}, TODAY,
    )  # fmt: skip


def test_old_seals_are_due_unless_the_placement_is_on_its_way_again(holders):
    assert [one.row for one in due(holders, {2}, TODAY)] == [1, 4]


def test_it_goes_to_the_coordinator_at_work_else_to_the_house_and_never_to_who_does_not_want_it(holders, book):
    made = offers(due(holders, (), TODAY), book, {4})

    assert [(one.holder.row, one.mail, one.greeting) for one in made] == [
        (1, "dienst@example.org", "Sehr geehrte Frau Muster1,"),
        (2, "haus2@example.org", "Sehr geehrte Damen und Herren,"),
        (4, "", "Sehr geehrte Damen und Herren,"),
    ]
    assert [one.key for one in letters(made, AROUND, TODAY)] == ["siegel-auffrischen:1", "siegel-auffrischen:2"]


def test_the_words_press_nobody_and_a_term_names_its_day(holders, book):
    first, *_, term = offers(due(holders, (), TODAY), book, ())

    text = letters([first], AROUND, TODAY)[0].text
    for wanted in ("im Jahr 2021 wurde „Haus 1“", "niemand muss es erneuern", "07.10.2027", "zehn Jahre Siegel",
                   "Wir fragen dazu nicht noch einmal", "Rita Redlich"):  # fmt: skip
        assert wanted in text
    for never in ("abgelaufen", "läuft ab", "ungültig", "verlieren"):
        assert never not in text
    assert "Es gilt bis zum 31.12.2027." in " ".join(word(term, AROUND, TODAY).paragraphs)
