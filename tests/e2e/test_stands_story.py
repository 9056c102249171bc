"""A fair on paper, in the browser: stands numbered and taken back, plan and letters and badges downloaded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from stage import Stage, barriers, downloaded, settled, sign_in

from automations.events.tokens import new_mark
from schemas.contacts.tables import Office, Organisation
from schemas.events.choices import Answer, Channel, EventState, InvitationState
from schemas.events.tables import Event, Invitation, Stand
from streamlit_app import context
from streamlit_app.ui.events import sending_texts, stand_texts

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def fair(stage: Stage) -> int:
    """Lay down a fair with stands, guests by letter, and an organisation that has an address."""
    stage.store(Office).create([Office(name="Beigeordnete:r für Soziales", organisation=2, ident="t:amt")])
    assert stage.store(Organisation).swap(1, {"street": None}, {"street": "Am Weg 1", "postcode": "39104",
                                                                "city": "Magdeburg"}).applied  # fmt: skip
    (row,) = stage.store(Event).create([
        Event(name="Engagementmesse 2027", kind="messe", state=EventState.OPEN, venue="Rathaus", street="Alter Markt 6",
              postcode="39104", city="Magdeburg", starts_at=context.now().replace(year=2031), signatory=1, sender=1,
              ident="t:messe")
    ])  # fmt: skip
    stage.store(Stand).create([
        Stand(name=f"Verein {n}", event=row, organisation=1 if n == 1 else None, area="Foyer" if n < 8 else "Saal",
              row=1 + n % 2, spot=1 + n // 2, tables=1 + n % 3, chairs=2, power=n % 2 == 0, state="bestaetigt",
              wish="Bitte nah an der Tür" if n == 3 else None, ident=f"t:stand{n}")
        for n in range(1, 13)
    ])  # fmt: skip
    stage.store(Invitation).create([
        Invitation(name="Zoë Müller-Probe", event=row, person=1, organisation=1, channel=Channel.LETTER,
                   state=InvitationState.NOTED, answer=Answer.OPEN, mark=new_mark(), ident=f"einladung:{row}:p1"),
        Invitation(name="Olaf Muster", event=row, person=2, channel=Channel.MAIL, state=InvitationState.INVITED,
                   answer=Answer.YES, companion_names="Kim Muster", mark=new_mark(), ident=f"einladung:{row}:p2"),
    ])  # fmt: skip
    return row


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("KN_BILDER"):
        for width in (1440, 820):
            page.set_viewport_size({"width": width, "height": 1000})
            settled(page)
            page.wait_for_timeout(400)
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 1000})
        settled(page)


def text_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


def test_a_fair_gets_its_numbers_its_plan_its_letters_and_its_badges(stage: Stage, page: Page) -> None:
    row = fair(stage)
    stands = stage.store(Stand)
    sign_in(page, stage, "editor@example.org", f"/veranstaltungen?v={row}&teil=staende")
    settled(page)
    page.get_by_role("button", name="Aktualisieren").click()
    expect(page.get_by_text(stand_texts.PLAN)).to_be_visible(timeout=30_000)
    settled(page)
    shot(page, "staende")
    page.get_by_role("button", name="Nummern vergeben (12)").click()
    expect(page.get_by_text("12 Stände haben jetzt eine Nummer.")).to_be_visible(timeout=30_000)
    assert sorted(int(s.number or 0) for s in stands.pull()) == list(range(1, 13))
    plan = downloaded(page, page.get_by_text(stand_texts.PLAN))
    assert "Standplan: Engagementmesse 2027" in text_of(plan.path())
    assert barriers(page) == []
    shot(page, "staende-nummern")
    page.get_by_role("button", name=stand_texts.UNDO).click()
    expect(page.get_by_text("12 Nummern zurückgenommen.")).to_be_visible(timeout=30_000)
    assert not any(s.number for s in stands.pull())

    page.goto(f"{stage.dashboard_url}/veranstaltungen?v={row}&teil=versand&anlass=einladung")
    expect(page.get_by_role("button", name="Briefe setzen (1)")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Briefe setzen (1)").click()
    letters = downloaded(page, page.get_by_text(sending_texts.LETTERS_PDF))
    told = text_of(letters.path())
    assert "Am Weg 1 39104 Magdeburg" in told
    assert f"{stage.dashboard_url}/a/" in told
    settled(page)
    assert barriers(page) == []
    shot(page, "versand-brief")

    page.goto(f"{stage.dashboard_url}/veranstaltungen?v={row}&teil=einlass")
    expect(page.get_by_text(stand_texts.BADGES, exact=True)).to_be_visible()
    settled(page)
    page.get_by_text(stand_texts.BADGES, exact=True).click()
    page.get_by_role("button", name="Schilder setzen (2)").click()
    badges = downloaded(page, page.get_by_text(stand_texts.BADGES_PDF))
    assert "Kim Muster mit Olaf Muster" in text_of(badges.path())
    shot(page, "einlass-schilder")
