"""An event from the guest list to the draw, on real parts: pages, mail server, answer page, keyboard, tablet, lot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from mail_server import MailServer, mail_server
from playwright.sync_api import Browser, Page, expect
from stage import Stage, barriers, enter_text, settled, sign_in

from automations.events.badge import badge_code
from automations.jobs import outbox
from schemas.contacts.tables import Interaction, Person
from schemas.events.choices import Answer, InvitationState, ReplyChannel
from schemas.events.tables import Draw, Event, Invitation, Reply
from schemas.network.tables import Contribution
from streamlit_app.ui.events import after_texts, answer_texts, form_texts, guest_texts, sending_texts
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

TITLE = "FreiwilligenPass Probe"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the dashboard knows, because it stands in the environment before the stage is set."""
    with mail_server() as server:
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(server.port))
        monkeypatch.setenv("MAIL_FROM", "netzwerk@example.org")
        yield server


def press(page: Page, name: str) -> None:
    """Press a button by keyboard, which no redraw can swallow."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")
    settled(page)


def type_into(page: Page, label: str, text: str) -> None:
    enter_text(page, page.get_by_role("textbox", name=label, exact=True).first, text)
    page.keyboard.press("Tab")
    settled(page)


def type_parts(page: Page, label: str, text: str) -> None:
    """Type into a field that has parts (day, month, year; hour, minute)."""
    first = page.get_by_role("spinbutton", name=re.compile(rf", {label}$")).first
    first.click()
    expect(first).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    settled(page)


def open_tab(page: Page, stage: Stage, event: int, tab: str) -> None:
    """Open a part of the event on a fresh picture of the base."""
    page.goto(f"{stage.dashboard_url}/veranstaltungen?v={event}&teil={tab}")
    press(page, "Aktualisieren")
    page.wait_for_timeout(3000)
    page.reload()
    settled(page)


def test_from_the_guest_list_to_the_draw(post: MailServer, page: Page, stage: Stage, browser: Browser) -> None:
    today = dt.datetime.now(dt.UTC).date()
    stage.store(Contribution).create(
        [Contribution(name="Vorschlag", kind="vorschlag", direction="gegeben", organisation=1, day=today, ident="t:v")]
    )
    stage.store(Person).swap(2, {"phone": None}, {"phone": "+49 391 5550100"})
    sign_in(page, stage, "editor@example.org", "/veranstaltungen")
    event = create(page, stage)
    zoe, olaf = invite(page, stage, event)
    link = send(page, stage, post, event)
    answer(page, stage, browser, event, link, zoe, olaf)
    admit(browser, page, stage, event, zoe)
    drawn = look_back(page, stage, event)

    assert (drawn.event, drawn.seed, drawn.winners) == (event, "471", "1. Lesepaten Beispielstadt")


def create(page: Page, stage: Stage) -> int:
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    press(page, form_texts.NEW)
    type_into(page, form_texts.TITLE, TITLE)
    type_parts(page, form_texts.DAY, day.strftime("%d%m%Y"))
    type_parts(page, form_texts.STARTS, "1700")
    type_into(page, form_texts.VENUE, "Rathaus")
    press(page, form_texts.SAVE_NEW)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    (event,) = stage.store(Event).pull()
    assert (event.name, event.venue) == (TITLE, "Rathaus")
    assert event.starts_at is not None
    return event.id or 0


def invite(page: Page, stage: Stage, event: int) -> tuple[Invitation, Invitation]:
    open_tab(page, stage, event, "gaeste")
    page.get_by_text(guest_texts.MODES["einzeln"], exact=True).click()
    settled(page)
    for number, words in enumerate(("Zoë Müller-Probe", "Olaf Muster"), start=1):
        enter_text(page, page.get_by_label(guest_texts.ONE, exact=True), words)
        page.keyboard.press("Tab")
        expect(page.locator('[class*="st-key-va_treffer_"]', has_text=words)).to_be_visible()
        press(page, guest_texts.ONE_PICK)
        expect(page.get_by_role("button", name=guest_texts.ONE_PICK, exact=True)).to_have_count(0, timeout=30_000)
        assert stage.store(Invitation).count() == number
    found = sorted(stage.store(Invitation).pull(), key=lambda row: row.person or 0)
    assert [(row.state, row.answer, row.person) for row in found] == [
        (InvitationState.NOTED, Answer.OPEN, 1), (InvitationState.NOTED, Answer.OPEN, 2),
    ]  # fmt: skip
    assert barriers(page) == []
    return found[0], found[1]


def send(page: Page, stage: Stage, post: MailServer, event: int) -> str:
    """Send to everybody with an address, and return the link that the guest finds in the mail."""
    page.goto(f"{stage.dashboard_url}/veranstaltungen?v={event}&teil=versand&anlass=einladung")
    press(page, "Aktualisieren")
    page.wait_for_timeout(3000)
    page.reload()
    settled(page)
    press(page, sending_texts.SEND_ONE)
    press(page, sending_texts.CONFIRM_YES)
    expect(page.get_by_text("liegen im Postausgang").first).to_be_visible()
    assert barriers(page) == []
    token = stage.admin.request("POST", "/api/v1/tokens", json={"description": "Jobs"})["token"]
    settings = Settings(
        nocodb_url=stage.nocodb.url, nocodb_token=token, nocodb_base=stage.base.id, answer_url=stage.dashboard_url,
        KONTAKTNETZ_DATA=stage.data_dir, KONTAKTNETZ_DEMO=True,
    )  # fmt: skip
    assert "1 gesendet" in outbox.run(settings, dt.datetime.now(dt.UTC))
    (mail,) = post.messages
    assert str(mail["To"]) == "zoe@example.org"
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    text = mail.get_body(("plain",)).get_content()
    return str(re.search(r"http://\S+/a/\S+", text)[0])  # type: ignore[index]


def answer(
    page: Page, stage: Stage, browser: Browser, event: int, link: str, zoe: Invitation, olaf: Invitation
) -> None:
    """One guest answers by the link on a telephone, for the other one a call is taken down."""
    guest = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False).new_page()
    guest.goto(link)
    assert is_unanswered(stage, zoe), "looking at the page changes nothing"
    guest.get_by_role("group", name="Kommen Sie?").get_by_label("Ich komme", exact=True).check()
    guest.get_by_role("button", name="Antwort absenden").click()
    expect(guest.get_by_text("Ihre Antwort ist notiert.")).to_be_visible()

    open_tab(page, stage, event, "antworten")
    page.get_by_label(answer_texts.SEARCH, exact=True).focus()
    page.keyboard.type("must")
    page.keyboard.press("Enter")
    expect(page.get_by_label(answer_texts.SEARCH_FOR, exact=True)).to_be_focused()
    page.keyboard.type("a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Eingetragen:").filter(has_text="Olaf Muster")).to_be_visible()
    replies = {r.invitation: (r.answer, r.channel) for r in stage.store(Reply).pull()}
    assert replies == {zoe.id: (Answer.YES, ReplyChannel.LINK), olaf.id: (Answer.NO, ReplyChannel.PHONE)}
    shown = {row.id: (row.answer, row.state) for row in stage.store(Invitation).pull()}
    assert shown[zoe.id] == (Answer.YES, InvitationState.INVITED)
    assert shown[olaf.id][0] == Answer.NO


def is_unanswered(stage: Stage, zoe: Invitation) -> bool:
    return stage.store(Invitation).get(zoe.id or 0).answer == Answer.OPEN


def admit(browser: Browser, page: Page, stage: Stage, event: int, zoe: Invitation) -> None:
    """Let the guest in by the code on the badge."""
    page.goto(f"{stage.dashboard_url}/einlass/{event}")
    expect(page.locator("#line")).to_have_text("Verbunden, alles übertragen")
    page.locator("#search").press_sequentially(badge_code(zoe.id or 0, zoe.mark or ""))
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_contain_text("Zoë Müller-Probe")
    expect(page.locator("#line")).to_have_text("Verbunden, alles übertragen")
    assert barriers(page) == []
    assert stage.store(Invitation).get(zoe.id or 0).checked_in_at is not None


def look_back(page: Page, stage: Stage, event: int) -> Draw:
    """Note who came, draw the lot, and return the draw."""
    before = stage.store(Interaction).count()
    open_tab(page, stage, event, "danach")
    press(page, after_texts.CONTACTS_DO)
    expect(page.get_by_text("Neu eingetragen: 1.")).to_be_visible()
    (new,) = [row for row in stage.store(Interaction).pull() if (row.ident or "").startswith("veranstaltung:")]
    assert (new.summary, new.person, new.organisation) == (TITLE, 1, 1)
    assert stage.store(Interaction).count() == before + 1

    press(page, after_texts.DRAW_SHOW)
    expect(page.get_by_text("1;Lesepaten Beispielstadt")).to_be_visible()
    type_into(page, after_texts.DRAW_SEED, "471")
    press(page, after_texts.DRAW_DO)
    expect(page.get_by_text("Das war die 1. Auslosung")).to_be_visible()
    assert barriers(page) == []
    (drawn,) = stage.store(Draw).pull()
    return drawn
