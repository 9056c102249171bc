"""A pile of letters at the page: ten answers by the keyboard alone, one taken back, a mail decided, axe content."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from stage import Stage, barriers, enter_text, settled, sign_in

from schemas.events.choices import Answer, InvitationState, ReplyChannel, ReplyState
from schemas.events.tables import Event, Invitation, Reply
from streamlit_app.ui.events import answer_texts as words

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

NAMES = ("Vera Ahorn", "Olaf Birke", "Grete Eiche", "Ines Fichte", "Tim Ginster", "Käthe Holunder", "René Kiefer",
         "Mehmet Linde", "Fatma Ulme", "Jürgen Weide")  # fmt: skip
LINES = ("z", "a", "z 2", "v", "t: Frau Muster", "z", "a, krank", "z 1 vegetarisch", "z", "a")
MEANT = (Answer.YES, Answer.NO, Answer.YES, Answer.MAYBE, Answer.REPRESENTED, Answer.YES, Answer.NO, Answer.YES,
         Answer.YES, Answer.NO)  # fmt: skip


def fill(stage: Stage) -> int:
    start = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    (event,) = stage.store(Event).create([Event(name="Ehrung", state="laeuft", starts_at=start, ident="t:e")])
    rows = stage.store(Invitation).create([
        Invitation(name=name, event=event, state=InvitationState.INVITED, answer=Answer.OPEN, channel="brief",
                   ident=f"t:{name}") for name in NAMES
    ])  # fmt: skip
    mail = Reply(name="v@example.org", event=event, invitation=rows[0], channel=ReplyChannel.MAIL, text="Leider nein!",
                 state=ReplyState.TO_DECIDE, why="Freier Text", at=start, ident="t:m")  # fmt: skip
    stage.store(Reply).create([mail])
    return event


def test_ten_answers_need_only_the_keyboard_and_each_click_can_be_taken_back(page: Page, stage: Stage) -> None:
    event = fill(stage)
    sign_in(page, stage, "editor@example.org", f"/veranstaltungen?v={event}&teil=antworten")
    page.get_by_role("button", name="Aktualisieren").click()
    name = page.get_by_label(words.SEARCH, exact=True)
    expect(name).to_be_visible(timeout=60_000)
    settled(page)
    assert barriers(page) == []
    name.focus()

    for who, line, answer in zip(NAMES, LINES, MEANT, strict=True):
        page.keyboard.type(who.split()[1][:4].casefold())
        page.keyboard.press("Enter")
        expect(page.get_by_label(words.SEARCH_FOR, exact=True)).to_be_focused()
        expect(page.locator(".kn-title", has_text=who)).to_be_visible()
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Eingetragen:").filter(has_text=who)).to_be_visible()
        expect(page.get_by_label(words.SEARCH, exact=True)).to_be_focused()
        expect(page.get_by_label(words.SEARCH, exact=True)).to_have_value("")
        row = next(r for r in stage.store(Invitation).pull() if r.name == who)
        assert row.answer == answer

    told = [r for r in stage.store(Reply).pull() if r.state == ReplyState.COUNTS]
    assert len(told) == len(NAMES)
    assert {(r.channel, r.recorded_by) for r in told} == {(ReplyChannel.PHONE, told[0].recorded_by)}
    assert told[0].recorded_by
    assert [(r.companions, r.represented_by, r.text) for r in told if r.companions or r.represented_by or r.text] == [
        (2, None, None), (None, "Frau Muster", None), (None, None, "krank"), (1, None, "vegetarisch"),
    ]  # fmt: skip

    settled(page)
    page.get_by_role("button", name=words.UNDO).click()
    expect(page.get_by_text("Zurückgenommen. Es gilt:")).to_be_visible()
    last = next(r for r in stage.store(Invitation).pull() if r.name == NAMES[-1])
    assert (last.answer, last.correction) == (Answer.OPEN, None)

    settled(page)
    expect(page.get_by_text("Leider nein!")).to_be_visible()
    page.get_by_role("button", name="abgesagt", exact=True).click()
    expect(page.get_by_text("Entschieden:")).to_be_visible()
    first = next(r for r in stage.store(Invitation).pull() if r.name == NAMES[0])
    assert first.answer == Answer.NO
    name = page.get_by_label(words.SEARCH, exact=True)
    enter_text(page, name, "ahorn")
    name.press("Enter")
    expect(page.get_by_text(words.HISTORY)).to_be_visible()
    settled(page)
    assert barriers(page) == []

    page.goto(f"{stage.dashboard_url}/veranstaltungen?v={event}&zeilen=geantwortet")
    expect(page.get_by_role("heading", name="Geantwortet (9)")).to_be_visible(timeout=60_000)
    settled(page)
    assert barriers(page) == []
