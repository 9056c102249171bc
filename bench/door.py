"""Check 300 guests in by two tablets (two browser contexts of a real Chromium) whose lines are cut in the middle.

A real NocoDB, the real dashboard process, the real page. The lists of both tablets overlap: half of the guests are
tried on both. A third of the tries happens with a line, a third without (``set_offline``), the rest with the line back.
The cut of five minutes is compressed: it lasts as long as its tries take, because nothing depends on how long it is but
the number of tries that wait; a tablet that is reloaded in it opens from what it kept. Guests who said no or wait are
refused first and then let in by "Trotzdem einlassen". Ends with one JSON line: ``guests``, ``checked_in``, ``doubled``
(300, 300, 0), ``refused_explained`` (every refusal has its explanation in the log).
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e"), str(ROOT / "tests")]

import shutil

from conftest import CHROMIUM_FLAGS
from playwright.sync_api import Browser, Page, expect, sync_playwright
from servers import PASSWORD, throwaway_server
from stage import Stage, dashboard, invite

from automations.events.badge import badge_code
from schemas.base import BASE
from schemas.events.choices import Admission, Answer, InvitationState, Place
from schemas.events.tables import CheckIn, Event, Invitation
from sync.nocodb.client import Client
from sync.provision.apply import apply_schema

EDITORS = ("eins@example.org", "zwei@example.org")


def fill(stage: Stage, guests: int) -> list[Invitation]:
    """Make an event with guests: of ten one said no, of twenty one waits, of five one brings somebody."""
    (event,) = stage.store(Event).create([Event(name="Ehrung", capacity=guests * 2, ident="bench:e")])
    rows = [
        Invitation(
            name=f"Gast Nummer{i:03d}", event=event, state=InvitationState.INVITED, mark=f"marke{i:04d}",
            answer=Answer.NO if i % 10 == 3 else Answer.YES, place=Place.WAITING if i % 20 == 5 else None,
            companions=1 if i % 5 == 0 else None, ident=f"bench:{i}",
        )
        for i in range(guests)
    ]  # fmt: skip
    stage.store(Invitation).create(rows)
    return list(stage.store(Invitation).pull())


@dataclass
class Tablet:
    """One browser at the door; ``turns`` are the guests it tries, in order."""

    page: Page
    turns: list[Invitation]
    done: int = 0
    seen: collections.Counter[str] = field(default_factory=collections.Counter)

    def try_next(self, count: int) -> None:
        """Scan the next guests' badges, and let in all the same who is refused."""
        for row in self.turns[self.done : self.done + count]:
            self.page.fill("#search", badge_code(row.id or 0, row.mark or ""))
            self.page.press("#search", "Enter")
            told = self.page.locator("#result strong")
            expect(told).to_contain_text(row.name or "")
            self.seen[(told.text_content() or "").rpartition(": ")[2].split(",")[0]] += 1
            if self.page.locator("#anyway").count():
                self.page.click("#anyway")
                expect(told).to_contain_text("eingelassen")
                expect(self.page.locator("#anyway")).to_have_count(0)
        self.done += count

    def drained(self) -> None:
        """Wait until everything is sent."""
        expect(self.page.locator("#line")).to_have_text("Verbunden, alles übertragen", timeout=180_000)


def open_tablet(browser: Browser, stage: Stage, editor: str, event: int, turns: list[Invitation]) -> Tablet:
    context = browser.new_context(viewport={"width": 820, "height": 1180}, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{stage.dashboard_url}/einlass/{event}")
    page.fill("#email", editor)
    page.fill("#kennwort", PASSWORD)
    page.click("button")
    tablet = Tablet(page, turns)
    tablet.drained()
    expect(page.locator("html[data-kept=true]")).to_be_attached()
    return tablet


def measure(guests: int) -> dict[str, object]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    folder = Path(tempfile.mkdtemp(prefix="kn-door-"))
    with throwaway_server() as nocodb:
        admin = Client.sign_in(nocodb.url, nocodb.email, nocodb.password)
        stage = Stage(nocodb, admin, apply_schema(admin, BASE, "Kontaktnetz").base)
        for editor in EDITORS:
            invite(stage, editor, "editor")
        rows = fill(stage, guests)
        event = rows[0].event or 0
        with dashboard(stage, folder), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
            quarter = guests // 4
            lists = (rows[: 3 * quarter], rows[quarter:][::-1])
            tablets = [open_tablet(browser, stage, *given) for given in zip(EDITORS, (event,) * 2, lists, strict=True)]
            began = time.monotonic()
            found = check_in(tablets)
            seconds = time.monotonic() - began
            browser.close()
        return {**count(stage, rows), **found, "seconds": round(seconds, 1)}


def check_in(tablets: list[Tablet]) -> dict[str, object]:
    third = len(tablets[0].turns) // 3
    for tablet in tablets:
        tablet.try_next(third)
    for tablet in tablets:
        tablet.page.context.set_offline(True)
    for tablet in tablets:
        tablet.try_next(third // 2)
    tablets[0].page.reload()
    expect(tablets[0].page.locator("#list > li").first).to_be_visible()
    for tablet in tablets:
        tablet.try_next(third - third // 2)
    waiting = [tablet.page.locator("#line").text_content() or "" for tablet in tablets]
    for tablet in tablets:
        tablet.page.context.set_offline(False)
    for tablet in tablets:
        tablet.try_next(len(tablet.turns) - tablet.done)
    for tablet in tablets:
        tablet.drained()
    return {"waited": waiting, "tries": sum(tablet.seen.total() for tablet in tablets)}


def count(stage: Stage, rows: list[Invitation]) -> dict[str, object]:
    """Count what stands in the base."""
    inside = [row for row in stage.store(Invitation).pull() if row.checked_in_at is not None]
    log = list(stage.store(CheckIn).pull())
    admitted = collections.Counter(row.invitation for row in log if row.result == Admission.ADMITTED)
    refused = [row for row in log if row.result in (Admission.REFUSED, Admission.ALREADY)]
    return {
        "guests": len(rows),
        "checked_in": len(inside),
        "doubled": sum(times - 1 for times in admitted.values()) + len(log) - len({row.ident for row in log}),
        "logged": len(log),
        "refused": len(refused),
        "refused_explained": sum(1 for row in refused if row.why),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guests", type=int, default=300)
    told = measure(parser.parse_args().guests)
    print(json.dumps(told, ensure_ascii=False))
    fine = told["checked_in"] == told["guests"] and not told["doubled"] and told["refused"] == told["refused_explained"]
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
