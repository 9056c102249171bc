"""One case seen by three: the agency takes it in and records a step, the coordinator looks, staff drag its card."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, Page, expect
from servers import PASSWORD
from stage import Stage, barriers, enter_text, settled, sign_in

from schemas.base import BASE
from schemas.certification.choices import Phase, RecordOutcome, RoundState
from schemas.certification.rules.procedure import read_procedure
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.events.choices import EventState
from schemas.events.tables import Event
from streamlit_app import context
from streamlit_app.ui.certification import board_texts, form_texts, step_texts, texts
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("KN_BILDER"):
        for width in (1440, 820):
            page.set_viewport_size({"width": width, "height": 1400})
            settled(page)
            page.wait_for_timeout(400)
            page.screenshot(path=f"{folder}/{name}-{width}.png")
        page.set_viewport_size({"width": 1440, "height": 1000})
        settled(page)


def click(page: Page, name: str, *, exact: bool = True) -> None:
    settled(page)
    page.get_by_role("button", name=name, exact=exact).click()


def test_three_roles_see_the_same_case_and_each_may_do_what_it_may(stage: Stage, page: Page, browser: Browser) -> None:
    stage.store(Event).create([
        Event(name="Engagementmesse", kind="messe", state=EventState.OPEN, ident="t:messe",
              starts_at=context.now().replace(year=2031))
    ])  # fmt: skip
    rounds, cases, records = (stage.store(kind) for kind in (CertificationRound, Certification, StepRecord))

    sign_in(page, stage, "editor@example.org", "/zertifizierung")
    expect(page.get_by_text(texts.EMPTY_TITLE)).to_be_visible()
    click(page, form_texts.NEW)
    expect(page.get_by_role("button", name=form_texts.SAVE_NEW)).to_be_visible()
    shot(page, "zert-neu")
    click(page, form_texts.SAVE_NEW)
    expect(page.get_by_text(form_texts.SAVED_NEW)).to_be_visible()
    click(page, form_texts.PLACE)
    enter_text(page, page.get_by_label(form_texts.SEARCH), "Lesepaten")
    click(page, form_texts.PICK)
    expect(page.get_by_label(form_texts.CERTIFICATE_NAME)).to_have_value("Lesepaten Beispielstadt")
    shot(page, "zert-aufnehmen")
    click(page, form_texts.TAKE_IN_ONE)
    expect(page.get_by_text(form_texts.TAKEN_IN_ONE)).to_be_visible()
    click(page, form_texts.BEGIN)
    click(page, form_texts.BEGIN_DO)
    expect(page.get_by_text("Die Runde hat begonnen.", exact=False)).to_be_visible()
    (round_,), (case,) = rounds.pull(), cases.pull()
    assert round_.state == RoundState.RUNNING
    assert read_procedure(round_.procedure) is not None
    assert (case.site, case.phase, case.round) == (1, Phase.SEMINAR, round_.id)
    shot(page, "zert-tafel")

    click(page, "Lesepaten Beispielstadt", exact=False)
    expect(page.get_by_text(step_texts.NEXT, exact=True)).to_be_visible()
    enter_text(page, page.get_by_label(step_texts.PROOF, exact=True), "Anmeldung im Ordner")
    click(page, step_texts.RECORD_DO)
    expect(page.get_by_text("Eingetragen: Anmeldung der Einrichtung.")).to_be_visible()
    (told,) = records.pull()
    assert (told.step_code, told.outcome, told.proof) == ("anmeldung", RecordOutcome.DONE, "Anmeldung im Ordner")
    assert barriers(page) == []
    shot(page, "zert-fall")
    click(page, texts.UNDO)
    expect(page.get_by_text(texts.UNDONE)).to_be_visible()
    assert list(records.pull()) == []

    staff = Client.sign_in(stage.nocodb.url, "editor@example.org", PASSWORD)  # in the spreadsheet, past our page
    table = TableStore(staff, resolve(staff, BASE, stage.base.id), Certification)
    assert table.swap(case.id or 0, {"phase": Phase.SEMINAR}, {"phase": Phase.DECISION}).applied
    click(page, "Aktualisieren")
    expect(page.get_by_text("Die Karte liegt weiter als die Nachweise", exact=False)).to_be_visible(timeout=30_000)
    shot(page, "zert-karte")

    watching = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="de-DE")
    other = watching.new_page()
    sign_in(other, stage, "viewer@example.org", f"/zertifizierung?fall={case.id}")
    expect(other.get_by_text("Die Karte liegt weiter als die Nachweise", exact=False)).to_be_visible()
    settled(other)
    for label in (step_texts.RECORD_DO, step_texts.PAUSE, step_texts.WITHDRAW, "Karte nach", texts.UNDO):
        expect(other.get_by_role("button", name=label)).to_have_count(0)
    other.goto(f"{stage.dashboard_url}/zertifizierung?runde={round_.id}")
    expect(other.get_by_text(board_texts.KPI["karte"])).to_be_visible()
    settled(other)
    for label in (form_texts.EDIT, form_texts.PLACE, form_texts.BEGIN):
        expect(other.get_by_role("button", name=label)).to_have_count(0)
    watching.close()

    click(page, "Karte nach „Seminar“ legen")
    expect(page.get_by_text("Die Karte liegt jetzt auf „Seminar“.")).to_be_visible()
    (stands,) = cases.pull()
    assert stands.phase == Phase.SEMINAR
