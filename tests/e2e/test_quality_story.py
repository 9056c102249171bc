"""Deciding on the page Datenqualität: what is clicked stands in NocoDB and is carried out by the sync."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from playwright.sync_api import Page, expect
from stage import Stage, barriers, sign_in

from schemas.base import BASE
from schemas.contacts.tables import Organisation
from schemas.operations.tables import Conflict, Duplicate
from streamlit_app.ui import texts
from sync.duplicates import find_duplicates
from sync.nocodb.resolve import resolve

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]


def look(page: Page, name: str) -> None:
    """Leave a picture for people where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (1440, 820):
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
    sign_in(page, stage, "editor@example.org", "/datenqualitaet")
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
