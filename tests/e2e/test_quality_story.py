"""Deciding on the page Datenqualität: what is clicked stands in NocoDB and is carried out by the sync."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from playwright.sync_api import Page, expect
from stage import Stage, barriers, enter_text, settled, sign_in

from schemas.base import BASE
from schemas.contacts.tables import Interaction, InteractionParticipant, Organisation, Person
from schemas.operations.tables import Conflict, Duplicate
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui import texts
from sync.duplicates import find_duplicates
from sync.nocodb.resolve import resolve

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]


def look(page: Page, name: str) -> None:
    """Leave a picture for people where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (1440, 820, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            page.wait_for_timeout(800)  # for the picture only
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 1000})


def test_cases_are_decided_by_a_click_taken_back_and_carried_out(page: Page, stage: Stage) -> None:
    organisations = stage.store(Organisation)
    organisations.create([
        Organisation(name="Tierheim Nord e.V.", postcode="39104", phone="0391 5401234", web="https://tierheim.example"),
        Organisation(name="Tierheim Nord", postcode="39104", phone="siehe Büro", web="https://tierheim.example"),
    ])  # fmt: skip
    stage.store(Conflict).create([
        Conflict(name="Lesepaten Beispielstadt", field="Telefon", ours="0391 5401235", theirs="0391 5401236",
                 state="offen", source="Vereinsliste", found_at=dt.datetime.now(dt.UTC), link=organisations.row_url(1),
                 table_code="organisation", row=1, ident="x|organisation|1|phone"),
    ])  # fmt: skip
    base = resolve(stage.admin, BASE, stage.base.id)
    find_duplicates(stage.admin, base, now=lambda: dt.datetime.now(dt.UTC))
    sign_in(page, stage, "editor@example.org", "/datenqualitaet?liste=abweichungen")
    page.get_by_role("button", name=texts.REFRESH).click()

    expect(page.get_by_text("0391 5401236")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    look(page, "abweichungen")
    page.get_by_role("button", name="Unseren Stand behalten").click()
    expect(page.get_by_text("Der nächste Abgleich führt es aus.")).to_be_visible()
    (conflict,) = stage.store(Conflict).pull()
    assert (conflict.decision, conflict.state) == ("behalten", "offen")
    page.get_by_role("button", name=texts.QUALITY_CHANGE).click()
    expect(page.get_by_role("button", name="Quelle übernehmen")).to_be_visible()
    (conflict,) = stage.store(Conflict).pull()
    assert conflict.decision is None

    page.get_by_role("button", name="Dubletten").click()
    expect(page.get_by_text("Name: Tierheim Nord e.V.")).to_be_visible()
    assert barriers(page) == []
    look(page, "dubletten")
    page.get_by_role("button", name="Dieselbe").click()
    expect(page.get_by_text("Der nächste Abgleich führt es aus.")).to_be_visible()
    assert find_duplicates(stage.admin, base, now=lambda: dt.datetime.now(dt.UTC)).merged == 1
    assert [o.name for o in organisations.pull() if "Tierheim" in (o.name or "")] == ["Tierheim Nord e.V."]
    (pair,) = stage.store(Duplicate).pull()
    assert pair.state == "erledigt"

    page.get_by_role("button", name="Defekte Telefonnummern").click()
    expect(page.get_by_role("heading", name="Defekte Telefonnummern")).to_be_visible()
    look(page, "telefon")
    assert barriers(page) == []


def test_three_look_alikes_are_decided_at_once_and_a_name_typed_otherwise_is_told(page: Page, stage: Stage) -> None:
    persons = stage.store(Person)
    persons.create([
        Person(first_name="Matthias", last_name="Quandel", mail="quandel@example.org", mobile="0151 5550101"),
        Person(first_name="Mathias", last_name="Quandel", mail="quandel@example.org", city="Beispielstadt"),
        Person(first_name="Matthias", last_name="Quandl", mobile="0151 5550101", mail="quandel@example.org"),
    ])  # fmt: skip
    base = resolve(stage.admin, BASE, stage.base.id)
    find_duplicates(stage.admin, base, now=lambda: dt.datetime.now(dt.UTC))
    sign_in(page, stage, "editor@example.org", "/datenqualitaet?liste=dubletten")
    page.get_by_role("button", name=texts.REFRESH).click()

    expect(page.get_by_text("3 Einträge")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    look(page, "gruppe")
    page.get_by_text(texts.QUALITY_SINGLY).click()
    settled(page)
    look(page, "gruppe-einzeln")
    page.get_by_role("button", name=texts.QUALITY_ALL_SAME).click()
    expect(page.get_by_text("Der nächste Abgleich führt es aus.").first).to_be_visible()
    look(page, "gruppe-entschieden")
    assert {case.decision for case in stage.store(Duplicate).pull() if case.table_code == "person"} == {"dieselbe"}
    find_duplicates(stage.admin, base, now=lambda: dt.datetime.now(dt.UTC))
    assert [p.first_name for p in persons.pull() if (p.last_name or "").startswith("Quand")] == ["Matthias"]

    page.goto(f"{stage.dashboard_url}/beziehungen?wer=alle")
    page.get_by_role("button", name=texts.REFRESH).click()
    line = page.get_by_label(words.QUICK, exact=True)
    enter_text(page, line, "gestern Telefonat mit Matze Quandel wegen der Messe")
    line.press("Enter")
    expect(page.get_by_text("Meinen Sie …?")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    look(page, "meinen-sie")

    enter_text(
        page, line, "gestern Treffen mit Zoë Müller-Probe und Olaf Muster, bis Freitag Plan an Frau Neuling schicken"
    )
    line.press("Enter")
    expect(page.get_by_text("Auch dabei: Olaf Muster")).to_be_visible()
    look(page, "schnell")
    about = page.get_by_label(words.QUICK_ABOUT, exact=True)
    expect(about).to_have_count(1)  # while the page is drawn anew the form of the last line still stands
    enter_text(page, about, "Lesefest")
    page.get_by_role("button", name=words.QUICK_SAVE, exact=True).click()
    expect(page.get_by_text("Eingetragen bei Zoë Müller-Probe, Olaf Muster.")).to_be_visible()
    made = max(stage.store(Interaction).pull(), key=lambda one: one.id or 0)
    assert (made.summary, made.next_step, made.person) == ("Lesefest", "Plan an Frau Neuling schicken", 1)
    (further,) = stage.store(InteractionParticipant).pull()
    assert (further.interaction, further.person) == (made.id, 2)
    page.get_by_role("button", name=words.UNDO).click()
    expect(page.get_by_text(words.UNDONE)).to_be_visible()
    assert list(stage.store(InteractionParticipant).pull()) == []
    assert made.id not in {one.id for one in stage.store(Interaction).pull()}
