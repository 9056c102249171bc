"""Guests in a real browser: without JavaScript, on a phone and a desk, in both languages; and beside the dashboards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
import requests
from guest_pages import House, memory
from playwright.sync_api import Browser, Page, expect
from served import served
from stage import Stage, barriers

from automations.events.tokens import Signer, new_mark
from schemas.errors import Unavailable
from schemas.events.choices import Answer, EventState, InvitationState
from schemas.events.tables import Event, Invitation, Reply
from streamlit_app.context import SECRET_FILE as DASHBOARD_SECRET
from sync.kept_secret import kept_secret

pytestmark = pytest.mark.browser

WIDTHS = (360, 820, 1440)


@pytest.fixture
def house() -> House:
    return House(memory())


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Serve the pages of a house; yield their address."""
    with served(house.app) as found:
        yield found


@contextmanager
def guest_browser(browser: Browser, width: int, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    context.set_default_timeout(20_000)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url))
    yield page
    outside = [url for url in outside if url.startswith("http") and urlsplit(url).hostname != "127.0.0.1"]
    assert outside == [], "no request leaves this machine"
    assert context.cookies() == []
    context.close()


def test_a_guest_answers_changes_and_withdraws_on_a_phone_without_javascript(house, address, browser) -> None:
    guest = house.guest(house.event())
    with guest_browser(browser, 360, scripts=False) as page:
        page.goto(address + house.link(guest))
        expect(page.get_by_role("heading", level=1)).to_have_text("Verleihung der FreiwilligenPässe")
        page.get_by_role("button", name="Antwort absenden").click()
        expect(page.locator("#fehler")).to_be_focused()
        page.get_by_role("link", name="Bitte wählen Sie aus, ob Sie kommen.").click()

        expect(page.get_by_label("Wer kommt für Sie?")).to_be_hidden()
        page.get_by_role("group", name="Kommen Sie?").get_by_label("Ich komme", exact=True).check()
        page.get_by_label("Wie viele Personen").select_option("2")
        page.get_by_label("Namen Ihrer Begleitung").fill("Otto Muster")
        page.get_by_label("Essen und Zugang").fill("vegetarisch")
        page.get_by_role("button", name="Antwort absenden").click()
        expect(page.get_by_text("Ihre Antwort ist notiert.")).to_be_visible()
        expect(page.locator("#notiert")).to_be_focused()
        page.reload()
        assert len(house.rows()["reply"]) == 1, "a reload sends nothing"
        with page.expect_download() as saved:
            page.get_by_role("link", name="Termin in den Kalender").click()
        assert saved.value.suggested_filename == "termin.ics"

        page.get_by_role("link", name="Antwort ändern oder zurückziehen").click()
        expect(page.get_by_label("Namen Ihrer Begleitung")).to_have_value("Otto Muster")
        page.get_by_label("Ich lasse mich vertreten").check()
        page.get_by_label("Wer kommt für Sie?").fill("Rita Redlich")
        page.get_by_role("button", name="Antwort absenden").click()
        expect(page.get_by_text("Sie lassen sich vertreten durch Rita Redlich")).to_be_visible()

        house.later(minutes=1)
        page.get_by_role("link", name="English").click()
        page.get_by_role("link", name="Change or withdraw your answer").click()
        page.get_by_label("I am not coming").check()
        expect(page.get_by_label("Food and access")).to_be_hidden()
        page.get_by_role("button", name="Send answer").click()
        expect(page.get_by_text("You are not coming")).to_be_visible()
    assert house.stores["invitation"].get(guest).answer == Answer.NO


def test_what_was_typed_survives_a_base_that_is_away(house: House, address: str, browser: Browser) -> None:
    guest = house.guest(house.event())

    def fail(what: str) -> None:
        raise Unavailable("weg")

    with guest_browser(browser, 360, scripts=False) as page:
        page.goto(address + house.link(guest))
        page.get_by_label("Ich komme", exact=True).check()
        page.get_by_label("Bemerkung").fill("Komme später")
        house.stores["reply"].trouble = fail
        page.get_by_role("button", name="Antwort absenden").click()
        expect(page.locator("#fehler")).to_contain_text("konnte nicht notiert werden")
        house.stores["reply"].trouble = lambda what: None
        page.get_by_role("button", name="Antwort absenden").click()
        expect(page.get_by_text("Ihre Antwort ist notiert.")).to_be_visible()
    assert [r.text for r in house.rows()["reply"]] == ["Komme später"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["", "?sprache=en"])
def test_every_page_is_free_of_barriers_and_fits_its_screen(house, address, browser, width: int, query: str) -> None:
    event, full = house.event(), house.event(capacity=1)
    answered, waiting = house.guest(event), house.guest(full, "Olaf Muster")
    house.answer(house.link(answered), Answer.YES, begleitung="2", namen="O" * 90, bemerkung="b" * 200)
    house.answer(house.link(house.guest(full)), Answer.YES)
    states = [house.link(house.guest(event, "Prof. Dr. Vera Beispiel-Musterfrau")), house.link(waiting)]
    noted = f"{house.link(answered)}{query}{'&' if query else '?'}notiert=1"
    if width == 360:
        states += [house.link(answered), house.link(house.guest(house.event(answer_by=dt.date(2026, 1, 1)))), "/a/x"]
    with guest_browser(browser, width, scripts=True) as page:
        for url in (*(state + query for state in states), noted):
            page.goto(address + url)
            assert barriers(page) == [], url
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        page.goto(address + states[0] + query)
        page.locator("#a-vertretung").check()
        page.locator("#bedarf").fill("x" * 1001)
        page.locator("button").click()
        expect(page.locator("#fehler li")).to_have_count(2)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.server
def test_beside_the_dashboards_a_guest_answers_without_a_sign_in_and_sees_nothing_else(stage: Stage) -> None:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    events, invitations = stage.store(Event), stage.store(Invitation)
    (event,) = events.create([Event(name="Forum", state=EventState.OPEN, starts_at=now + dt.timedelta(days=9),
                                    ident="t:e")])  # fmt: skip
    mark = new_mark()
    (guest,) = invitations.create([Invitation(name="Vera Beispiel", event=event, state=InvitationState.INVITED,
                                              answer=Answer.OPEN, mark=mark, ident="t:g")])  # fmt: skip
    token = Signer(kept_secret(stage.data_dir / "antworten.secret"), stage.base.id).token(guest, mark)
    url = f"{stage.dashboard_url}/a/{token}"

    page = requests.get(url, timeout=60)
    ticket = re.search(r'name="formular" value="([^"]+)"', page.text)
    assert ticket, page.text
    sent = requests.post(url, data={"formular": ticket[1], "antwort": "zugesagt"}, timeout=60)

    assert "Ihre Antwort ist notiert." in sent.text
    assert sent.headers["referrer-policy"] == "no-referrer"
    assert sent.cookies.get_dict() == {}
    assert invitations.get(guest).answer == Answer.YES
    assert [r.channel for r in stage.store(Reply).pull()] == ["link"]
    for path in ("/a/", "/a/x/y", f"/a/{token}/../../", "/a/_stcore/stream", "/_stcore/health", "/static/index.html"):
        shut = requests.get(stage.dashboard_url + path, timeout=60, allow_redirects=False)
        assert shut.status_code in (303, 401), path
    log = (stage.data_dir.parent / "dashboard.log").read_text(encoding="utf-8", errors="replace")
    assert token not in log
    assert kept_secret(stage.data_dir / DASHBOARD_SECRET) not in page.text
