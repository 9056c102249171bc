"""The weekly letter: who gets one, what it says, and that nobody's words become markup."""

from __future__ import annotations

import datetime as dt

import made_up
import pytest

from automations.digest import MOST, letters
from schemas.base import BASE
from sync.mirror import load_table, read_manifest

TODAY = dt.date(2026, 11, 23)
URL = "https://kontakte.example.org"


@pytest.fixture
def week(tmp_path):
    def of(**more):
        rows = {
            "organisation": [{"id": 1, "name": "Tafel <b>& Co</b>"}],
            "person": [{"id": 1, "first_name": "Ada", "last_name": "Neu"}],
            "team_member": [
                {"id": 1, "name": "Rita", "mail": "rita@example.org"},
                {"id": 2, "name": "Ohne Post"},
                {"id": 3, "name": "Fort", "mail": "fort@example.org", "active_to": "2026-01-01"},
            ],
            "relationship": [{"id": 1, "organisation": 1, "team_member": 1, "cadence_days": 30, "since": "2026-01-01"}],
            **more,
        }
        made_up.write(tmp_path, rows, dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC))
        manifest = read_manifest(tmp_path)
        return letters({code: load_table(tmp_path, manifest, code) for code in BASE.tables}, TODAY, URL)

    return of


def test_each_of_us_with_something_to_do_gets_one_letter_of_the_week(week):
    (letter,) = week()
    assert (letter.key, letter.recipient) == ("wochenpost:2026-48:1", "rita@example.org")
    assert letter.subject == "Ihre Woche: 1 überfällig"
    assert "Tafel <b>& Co</b>" in letter.text
    assert f"{URL}/kontakte?eintrag=o1" in letter.text
    assert "Tafel &lt;b&gt;&amp; Co&lt;/b&gt;" in letter.html
    assert "<b>" not in letter.html


def test_a_task_is_told_by_its_name_or_by_whom_it_is_for(week):
    tasks = [
        {"id": 1, "name": "Protokoll verschicken", "team_member": 1, "due": "2026-11-20"},
        {"id": 2, "name": "Schlüssel holen", "team_member": 1, "organisation": 1, "due": "2026-11-24"},
        {"id": 3, "name": "Später", "team_member": 1, "due": "2026-12-24"},
    ]
    (letter,) = week(relationship=[], task=tasks)
    assert letter.subject == "Ihre Woche: 2 Aufgaben"
    assert "Offene Aufgaben" in letter.text
    assert "- Protokoll verschicken" in letter.text
    assert "Schlüssel holen" in letter.text
    assert "(ohne Namen)" not in letter.text
    assert "Später" not in letter.text


def test_who_has_nothing_to_do_gets_none(week):
    assert week(relationship=[]) == []


def test_a_long_list_is_cut_and_leads_to_the_page(week):
    many = [
        {"id": i, "organisation": 1, "team_member": 1, "cadence_days": 30, "since": "2026-01-01"} for i in range(1, 20)
    ]
    (letter,) = week(relationship=many)
    assert letter.text.count("- Tafel") == MOST
    assert f"und {19 - MOST} weitere: {URL}/beziehungen?wer=1&liste=ueberfaellig" in letter.text


def test_who_is_new_is_told_to_everybody(week):
    functions = [
        {"id": 1, "name": "Vorsitz", "person": 1, "organisation": 1, "office": 1, "valid_from": "2026-11-10"},
        {"id": 2, "name": "Vorsitz", "person": 2, "organisation": 1, "office": 1, "valid_to": "2026-11-09"},
    ]
    (letter,) = week(relationship=[], function=functions, office=[{"id": 1, "name": "Vorsitz", "organisation": 1}])
    assert letter.subject == "Ihre Woche: Neues unter Ihren Kontakten"
    assert "Ada Neu: Vorsitz (seit 10.11.2026)" in letter.text
