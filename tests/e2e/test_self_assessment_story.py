"""A team fills in its self-assessment in a real browser, without JavaScript; every page without barriers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import made_up
import pytest
from form_pages import FormHouse, filled_in, memory, open_in_memory
from guest_pages import NOW
from playwright.sync_api import Browser, Page, expect
from served import served
from stage import barriers

from automations.certification.seal_code import SealClaim, make_code
from automations.signing import open_key
from schemas.certification.choices import Phase
from streamlit_app.public.process import make_app
from sync.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> FormHouse:
    stores = memory()
    open_in_memory(monkeypatch, stores)
    return FormHouse(stores)


@contextmanager
def team_browser(browser: Browser, width: int, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    context.set_default_timeout(20_000)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    yield page
    assert [u for u in asked if u.startswith("http") and urlsplit(u).hostname != "127.0.0.1"] == []
    assert {c["name"] for c in context.cookies()} <= {"kontaktnetz_name"}
    context.close()


def rate(page: Page, criterion: str, rating: str) -> None:
    page.get_by_role("group", name=criterion).get_by_label(rating).check()


def test_two_of_a_team_fill_it_in_on_a_phone_without_javascript_and_hand_it_in(house, browser: Browser) -> None:
    case = house.case()
    with served(house.app) as address, team_browser(browser, 390, scripts=False) as page:
        page.goto(address + house.link(case))
        expect(page.get_by_role("heading", level=1)).to_have_text("Selbsteinschätzung")
        page.get_by_role("link", name="Mit dem Ausfüllen beginnen").click()
        rate(page, "feste Ansprechperson", "2 – überwiegend")
        page.get_by_role("button", name="Speichern und weiter", exact=True).click()
        expect(page.locator("#fehler")).to_be_focused()
        page.get_by_role("link", name="Bitte tragen Sie Ihren Namen ein.").click()
        page.get_by_label("Ihr Name").fill("Anna Müller")
        house.fill(f"{house.link(case)}/1", by="Olaf Muster", ansprechperson=("3", "Aushang mit Foto"))

        page.get_by_role("button", name="Speichern und weiter", exact=True).click()

        expect(page.locator("#fehler")).to_contain_text("Jemand anderes hat hier inzwischen")
        expect(page.get_by_text("Inzwischen eingetragen von Olaf Muster")).to_be_visible()
        expect(page.get_by_label("Beleg").first).to_have_value("Aushang mit Foto")
        page.get_by_role("button", name="Speichern und weiter", exact=True).click()
        expect(page.get_by_text("Seite 2 von 3")).to_be_visible()
        expect(page.get_by_text("Sie füllen aus als Anna Müller.")).to_be_visible()
        expect(page.get_by_text("1 von 8 Kriterien beantwortet")).to_be_visible()
        rate(page, "Aufgaben sind beschrieben", "3 – ganz")
        page.get_by_role("button", name="Speichern und später weitermachen").click()
        expect(page.locator("#gespeichert")).to_be_focused()
        page.get_by_role("link", name="Prüfen und abschließen").click()
        page.get_by_role("region", name="Das fehlt noch").get_by_role("link", name="versichert").click()
        rate(page, "versichert", "passt hier nicht")
        page.get_by_role("button", name="Speichern und weiter", exact=True).click()
        page.get_by_role("button", name="Speichern und abschließen").click()
        page.get_by_role("button", name="Fragebogen ist fertig").click()
        expect(page.locator("#fertig")).to_contain_text("von Anna Müller")
        page.reload()
    assert [r.done_by for r in house.records(case)] == ["Anna Müller"], "a reload sends nothing"
    row = house.said(case)["ansprechperson"]
    assert (row.self_rating, row.self_proof, row.rated_by) == ("2", "Aushang mit Foto", "Anna Müller")


@pytest.mark.parametrize("width", [390, 820])
def test_every_page_is_free_of_barriers_and_fits_its_screen(
    house, browser: Browser, width: int, tmp_path: Path
) -> None:
    half, done, read = (house.case(name=f"Einrichtung {'ü' * 60} {n}") for n in range(3))
    house.fill(f"{house.link(half)}/1", ansprechperson=("1", "B" * 90, "a"))
    house.fill_all(done)
    house.stores["certification"].swap(read, {}, {"phase": Phase.REVIEW})
    paths = [house.link(half) + x for x in ("", "/1", "/2?sprache=en", "/abschluss", "?gespeichert=1")]
    paths += [f"{house.link(done)}/abschluss?sprache=en", f"{house.link(read)}/abschluss", "/e/x"]
    with served(house.app) as address, team_browser(browser, width, scripts=True) as page:
        for path in paths if width == 390 else paths[1:4]:
            page.goto(address + path)
            fits(page, width, path)
        page.goto(f"{address}{house.link(half)}/1")
        mine = filled_in(house.get(f"{house.link(half)}/1"))
        house.fill(f"{house.link(half)}/1", by="Olaf", form=mine, ansprechperson="3")
        page.get_by_label("Ihr Name").fill("Anna")
        page.locator("#w-1-1").check()
        page.locator("button[name=weiter]").click()
        expect(page.locator("#fehler li")).to_have_count(1)
        fits(page, width, "conflict")
    settings = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, nocodb_url="http://127.0.0.1:9", nocodb_token="x")
    seal = {"id": 1, "name": "Kita " + "ü" * 70, "site": 1, "phase": "verliehen", "seal_year": 2026,
            "seal_number": "2026-001", "awarded_on": "2026-05-09", "seal_state": "gilt"}  # fmt: skip
    made_up.write(settings.mirror_dir, {"certification": [seal]}, NOW)
    code = make_code(SealClaim("2026-001", 2026, seal["name"], NOW.date()), open_key(tmp_path, NOW))
    with served(make_app(settings)) as address, team_browser(browser, width, scripts=True) as page:
        for path in (f"/s/{code}", f"/s/{code[:-2]}AA", "/s/x?sprache=en", "/siegel"):
            page.goto(address + path)
            fits(page, width, path)


def fits(page: Page, width: int, path: str) -> None:
    assert barriers(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
