"""An evening at the door, on real parts: two tablets, one loses its line, is reloaded, signs in anew, catches up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import is_outside
from playwright.sync_api import Browser, BrowserContext, Page, expect
from servers import PASSWORD
from stage import Stage, barriers

from automations.events.badge import badge_code
from schemas.events.choices import Admission, Answer, InvitationState
from schemas.events.tables import CheckIn, Event, Invitation

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SENT = "Verbunden, alles übertragen"
NAMES = ("Vera Beispiel", "Olaf Muster", "Zoë Müller-Probe", "Fatma Yıldız")


@pytest.fixture
def event(stage: Stage) -> int:
    (made,) = stage.store(Event).create([Event(name="Ehrung", capacity=20, ident="t:e")])
    stage.store(Invitation).create([
        Invitation(
            name=name, event=made, organisation=1, state=InvitationState.INVITED, mark=f"marke00{at}",
            answer=Answer.NO if at == 2 else Answer.YES, companions=1 if at == 1 else None,
            companion_names="Inés Größler" if at == 1 else None, ident=f"t:g{at}",
        )
        for at, name in enumerate(NAMES)
    ])  # fmt: skip
    return made


@pytest.fixture
def tablets(browser: Browser, stage: Stage, event: int) -> Iterator[list[Page]]:
    outside: list[str] = []
    contexts: list[BrowserContext] = []
    for width, height in ((820, 1180), (1440, 900)):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE")
        context.on(
            "request", lambda r: outside.append(r.url) if r.url.startswith("http") and is_outside(r.url) else None
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{stage.dashboard_url}/einlass/{event}")
        sign_in(page)
        prepared(page)
    yield [context.pages[0] for context in contexts]
    assert outside == [], "no request leaves this machine"
    for context in contexts:
        context.close()


def sign_in(page: Page) -> None:
    page.fill("#email", "editor@example.org")
    page.fill("#kennwort", PASSWORD)
    page.click("button")


def prepared(page: Page) -> None:
    expect(page.locator("#line")).to_have_text(SENT)
    expect(page.locator("html[data-kept=true]")).to_be_attached()


def scan(page: Page, code: str) -> None:
    """Type as a handheld scanner does."""
    page.locator("#search").press_sequentially(code)
    page.keyboard.press("Enter")


def told(page: Page, text: str) -> None:
    expect(page.locator("#result")).to_contain_text(text)


def row_of(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator("#list > li", has_text=name)


def test_an_evening_at_the_door_without_a_line(tablets: list[Page], stage: Stage, event: int) -> None:
    near, far = tablets
    guests = {row.name: row for row in stage.store(Invitation).pull()}
    codes = {name: badge_code(row.id, row.mark) for name, row in guests.items()}
    assert barriers(near) == barriers(far) == []

    # one tablet loses its line; both let in the same guest
    near.context.set_offline(True)
    scan(near, codes["Vera Beispiel"])
    told(near, "Vera Beispiel: eingelassen")
    expect(near.locator("#banner")).to_contain_text("Keine Verbindung")
    scan(far, codes["Vera Beispiel"])
    expect(far.locator("#line")).to_have_text(SENT)

    # it goes on: refused, all the same; with companion; without invitation; taken back; a code that is void
    near.fill("#search", "muller")
    near.get_by_role("button", name="Einlassen: Zoë Müller-Probe").click()
    told(near, "Hat abgesagt.")
    assert barriers(near) == []
    near.get_by_role("button", name="Trotzdem einlassen").click()
    told(near, "Zoë Müller-Probe: eingelassen")
    near.fill("#search", "ines groessler")
    near.get_by_role("button", name="Allein: Olaf Muster").click()
    near.get_by_role("button", name="Begleitung ist da: Olaf Muster").click()
    told(near, "1 Person nachgekommen, jetzt 2 Personen da.")
    near.get_by_role("button", name="Zurücknehmen").click()
    told(near, "Olaf Muster: zurückgenommen")
    near.fill("#search", "")
    scan(near, badge_code(guests["Fatma Yıldız"].id or 0, "falsch00"))
    told(near, "Dieser Code gilt nicht mehr")
    olaf = guests["Olaf Muster"].id or 0  # cancels by phone while he stands in the hall
    stage.store(Invitation).swap(olaf, {"answer": Answer.YES}, {"answer": Answer.NO, "companions": None})
    near.fill("#search", "Nadine Neu")
    near.get_by_role("button", name="Ohne Einladung").click()
    near.fill("#walk-in-count", "2")
    near.locator("#walk-in-box").get_by_role("button", name="Einlassen").click()
    told(near, "Nadine Neu: eingelassen, 2 Personen")
    expect(near.locator("#there")).to_have_text("5")

    # reloaded without a line it is all still there; its sign-in ends meanwhile
    near.reload()
    expect(near.locator("#line")).to_have_text("8 noch nicht übertragen")
    expect(row_of(near, "Nadine Neu")).to_contain_text("da seit")
    near.context.clear_cookies()
    near.context.set_offline(False)
    expect(near.locator("#banner")).to_contain_text("Ihre Anmeldung ist zu Ende")
    expect(near.locator("#line")).to_have_text("8 noch nicht übertragen")
    near.get_by_role("link", name="Neu anmelden").click()
    sign_in(near)

    # everything arrives, once; what turned out otherwise is said
    expect(near.locator("#line")).to_have_text(SENT)
    expect(near.locator("#conflicts")).to_contain_text("Vera Beispiel: War um")
    expect(near.locator("#conflicts")).to_contain_text("Olaf Muster: Ohne Verbindung eingelassen. Hatte inzwischen")
    expect(row_of(far, "Nadine Neu")).to_contain_text("da seit")
    assert barriers(near) == []
    there = {row.name: row for row in stage.store(Invitation).pull()}
    assert {name: row.checked_in for name, row in there.items()} == {
        "Vera Beispiel": 1, "Olaf Muster": 1, "Zoë Müller-Probe": 1, "Fatma Yıldız": None, "Nadine Neu": 2,
    }  # fmt: skip
    assert there["Zoë Müller-Probe"].answer == Answer.NO
    log = list(stage.store(CheckIn).pull())
    assert len(log) == len({row.ident for row in log}) == 9
    refused = [row for row in log if row.result in (Admission.REFUSED, Admission.ALREADY)]
    assert sorted((row.why or "")[:6] for row in refused) == ["Dieser", "Hat ab", "War um"]
    olafs = sorted(row.why or "" for row in log if row.invitation == olaf and row.result == Admission.ADMITTED)
    assert olafs == [
        "Ohne Verbindung eingelassen. Angemeldet war inzwischen nur noch: 1 Person, jetzt da: 2 Personen.",
        "Ohne Verbindung eingelassen. Hatte inzwischen abgesagt.",
    ]  # fmt: skip

    # by organisation, then the end: nothing stays on the tablet
    near.locator("#by").get_by_text("Organisationen").click()
    expect(row_of(near, "Lesepaten Beispielstadt")).to_contain_text("3 von 4 da")
    near.locator("#menu").click()
    assert barriers(near) == []
    near.get_by_role("button", name="Beenden und löschen").click()
    expect(near.get_by_text("auf diesem Gerät ist keine Gästeliste mehr")).to_be_visible()
    assert _kept(near) == 0
    assert _kept(far) == 5


def _kept(page: Page) -> int:
    return int(
        page.evaluate("""() => new Promise((done) => {
      const asked = indexedDB.open("kontaktnetz-einlass");
      asked.onsuccess = () => {
        const count = asked.result.transaction("guests").objectStore("guests").count();
        count.onsuccess = () => done(count.result);
      };
    })""")
    )
