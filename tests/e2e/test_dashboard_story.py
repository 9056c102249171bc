"""One working day at the dashboard, on real parts: sign in, find, log a contact, take it back, lose NocoDB, leave."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Page, expect
from servers import PASSWORD
from stage import Stage, barriers, downloaded, enter_text, settled, sign_in
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from schemas.contacts.tables import Interaction, Relationship
from streamlit_app.door import cookie
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui import sheet_texts, texts

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

HITS = '[class*="st-key-treffer_"] button'


def test_a_day_at_the_dashboard(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.dashboard_url}/kontakte")
    assert barriers(page) == []
    page.fill("#email", "editor@example.org")
    page.fill("#kennwort", "falsch")
    page.click("button")
    expect(page.get_by_role("alert")).to_contain_text("stimmt nicht")
    page.wait_for_timeout(1100)  # the door itself asks for this pause
    page.fill("#kennwort", PASSWORD)
    page.click("button")

    search = page.get_by_label(texts.SEARCH, exact=True)
    search.press_sequentially("mü")
    expect(page.locator(HITS).first).to_contain_text("Zoë Müller-Probe")
    page.locator(HITS).first.click()
    expect(page.get_by_role("heading", name="Zoë Müller-Probe")).to_be_visible()
    expect(page.get_by_text(texts.NO_TIMELINE)).to_be_visible()
    assert barriers(page) == []

    before = stage.store(Interaction).count()
    page.get_by_text(texts.ENTRY, exact=True).click()
    enter_text(page, page.get_by_label(texts.ENTRY_SUMMARY), "Sommerfest besprochen")
    page.keyboard.press("Tab")  # leaving the field sends it; a click that comes while the page redraws would be lost
    page.get_by_role("button", name=texts.ENTRY_SAVE, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(texts.ENTRY_SAVED)).to_be_visible()
    expect(page.get_by_text("Sommerfest besprochen")).to_be_visible()
    rows = list(stage.store(Interaction).pull())
    assert len(rows) == before + 1
    assert (rows[-1].summary, rows[-1].person, rows[-1].organisation) == ("Sommerfest besprochen", 1, 1)
    assert (rows[-1].team_member, rows[-1].origin) == (1, "uebersicht")

    page.reload()
    expect(page.get_by_text("Sommerfest besprochen")).to_be_visible()
    expect(page.get_by_label(texts.SEARCH, exact=True)).to_have_value("mü")
    page.goto(f"{stage.dashboard_url}/")
    expect(page.get_by_text(texts.ATTENTION)).to_be_visible()
    expect(page.locator('[data-testid="stVegaLiteChart"] .marks').first).to_be_visible()
    assert barriers(page) == []

    stage.nocodb.stop()
    expect(page.get_by_text("nicht erreichbar; Sie sehen den Stand von")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    page.goto(f"{stage.dashboard_url}/kontakte?suche=lese")
    expect(page.locator(HITS).first).to_contain_text("Lesepaten Beispielstadt")
    expect(page.get_by_text("nicht erreichbar; Sie sehen den Stand von")).to_be_visible()

    page.get_by_role("button", name=texts.ACCOUNT).click()
    page.get_by_role("link", name=texts.SIGN_OUT).click()
    page.get_by_role("button", name=texts.SIGN_OUT_BUTTON).click()
    expect(page.get_by_role("status")).to_contain_text("abgemeldet")
    page.goto(f"{stage.dashboard_url}/kontakte")
    expect(page.get_by_label(texts.SIGN_IN_PASSWORD)).to_be_visible()


def test_undo_takes_back_an_untouched_entry_and_leaves_a_touched_one(page: Page, stage: Stage) -> None:
    sign_in(page, stage, "editor@example.org", "/kontakte?eintrag=p1")
    store = stage.store(Interaction)
    before = store.count()
    for summary, touched in (("bleibt unberührt", False), ("wird ergänzt", True)):
        expect(page.get_by_text(texts.ENTRY, exact=True)).to_be_visible()
        settled(page)
        page.get_by_text(texts.ENTRY, exact=True).click()
        enter_text(page, page.get_by_label(texts.ENTRY_SUMMARY), summary)
        settled(page)
        page.get_by_role("button", name=texts.ENTRY_SAVE, exact=True).press("Enter")
        expect(page.get_by_text(texts.ENTRY_SAVED)).to_be_visible()
        row = list(store.pull())[-1]
        assert row.summary == summary
        if touched:
            assert row.id is not None
            assert store.swap(row.id, {"note": None}, {"note": "von Hand"}).applied
        page.get_by_role("button", name=texts.ENTRY_UNDO).press("Enter")
        expect(page.get_by_text(texts.ENTRY_CHANGED if touched else texts.ENTRY_UNDONE)).to_be_visible()
        assert store.count() == before + int(touched)


def test_a_viewer_sees_but_finds_no_form_and_strangers_get_no_data(page: Page, stage: Stage) -> None:
    sign_in(page, stage, "viewer@example.org", "/kontakte?eintrag=p1")
    expect(page.get_by_role("heading", name="Zoë Müller-Probe")).to_be_visible()
    expect(page.get_by_text(texts.ENTRY_VIEWER)).to_be_visible()
    expect(page.get_by_text(texts.ENTRY, exact=True)).to_have_count(0)

    address = urlsplit(stage.dashboard_url).netloc
    for headers in ({}, {"Cookie": f"{cookie.NAME}=made.up"}):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{address}/_stcore/stream", additional_headers=headers, proxy=None)
        assert refused.value.response.status_code == 403
        for path in ("/", "/kontakte", "/_stcore/host-config", "/media/x", "/static/js/index.js"):
            answer = requests.get(stage.dashboard_url + path, headers=headers, allow_redirects=False, timeout=20)
            assert answer.status_code in (303, 401), path


def test_relationships_are_worked_on_and_the_map_is_walked_through(page: Page, stage: Stage) -> None:
    (row,) = stage.store(Relationship).create(
        [Relationship(organisation=1, team_member=1, cadence_days=30, since=dt.date(2025, 1, 1), ident="t:1")]
    )
    sign_in(page, stage, "editor@example.org", "/beziehungen?wer=alle")
    page.get_by_role("button", name=texts.REFRESH).click()
    expect(page.get_by_text("Lesepaten Beispielstadt")).to_be_visible(timeout=30_000)
    settled(page)
    assert barriers(page) == []

    page.get_by_role("button", name=words.PAUSE, exact=True).click()
    enter_text(page, page.get_by_label(words.PAUSE_REASON), "Umbau")
    page.get_by_role("button", name=words.PAUSE_SAVE).click()
    expect(page.get_by_text(words.SAVED)).to_be_visible()
    paused = stage.store(Relationship).get(row)
    assert paused is not None
    assert paused.pause_reason == "Umbau"
    page.get_by_role("button", name=words.UNDO).click()
    expect(page.get_by_text(words.UNDONE)).to_be_visible()
    back = stage.store(Relationship).get(row)
    assert back is not None
    assert (back.paused_until, back.pause_reason) == (None, None)

    page.goto(f"{stage.dashboard_url}/netzwerkkarte?um=o1")
    expect(page.get_by_text(words.MAP_TABLE)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1500)  # the picture finds its shape
    assert barriers(page) == []
    _click_a_node(page)
    expect(page).not_to_have_url(f"{stage.dashboard_url}/netzwerkkarte?um=o1")
    for path in ("schluesselpersonen", "netzwerkkarte?ansicht=matrix", "uebergabe", "laufbuch"):
        page.goto(f"{stage.dashboard_url}/{path}")
        settled(page)
        assert barriers(page) == []

    page.goto(f"{stage.dashboard_url}/kontakte?eintrag=o1")
    sheet = downloaded(page, page.get_by_role("button", name=sheet_texts.BUTTON))
    assert sheet.suggested_filename.startswith("steckbrief-o1-")
    assert sheet.path().read_bytes().startswith(b"%PDF")


def _click_a_node(page: Page) -> None:
    """Look for a point that can be clicked, as a hand with a mouse does, and click it."""
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    middle = page.evaluate("() => getComputedStyle(document.querySelector('canvas').parentElement).cursor")
    for down in range(60, int(box["height"]) - 60, 12):
        for right in range(int(box["width"] / 4), int(box["width"] * 3 / 4), 12):
            page.mouse.move(box["x"] + right, box["y"] + down)
            cursor = page.evaluate("() => getComputedStyle(document.querySelector('canvas').parentElement).cursor")
            if cursor == "pointer" != middle:
                page.mouse.click(box["x"] + right, box["y"] + down)
                page.wait_for_timeout(2500)
                if "um=o1" not in page.url:
                    return
    raise AssertionError("no node could be clicked")
