"""Take the pictures of every page for the handbook: `make pictures`. Real NocoDB, real dashboard, real browser.

Each page with the demo data and each with an empty base, at desktop (1440) and tablet (820) width; with names of
pictures (``python docs/pictures.py datenqualitaet``) only those.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "e2e")]

from playwright.sync_api import Browser, Page, expect, sync_playwright
from servers import throwaway_server
from stage import Stage, dashboard, settled, sign_in

from automations.jobs import derived
from kontaktnetz.demo_certification import fill_certification
from kontaktnetz.demo_events import fill_events
from kontaktnetz.demo_lists import write_demo_lists
from schemas.base import BASE
from schemas.certification.choices import Phase, RoundState
from schemas.certification.tables import Certification, CertificationRound
from schemas.events.tables import Event
from sync.arrival import bring
from sync.connection import open_base, refresh_now
from sync.nocodb.client import Client
from sync.nocodb.meta import BaseMeta
from sync.provision.apply import apply_schema
from sync.settings import Settings
from sync.sources.registry import load_sources
from sync.status import Status

FOLDER = ROOT / "docs" / "bilder"
WIDTHS = {1440: 900, 820: 1100}
PAGES = {
    "uebersicht": "/",
    "kontakte": "/kontakte?eintrag=o1",
    "heute": "/beziehungen?wer=alle",
    "schluesselpersonen": "/schluesselpersonen?liste=eine-von-ihnen",
    "netzwerkkarte": "/netzwerkkarte?um=o1",
    "matrix": "/netzwerkkarte?ansicht=matrix",
    "uebergabe": "/uebergabe",
    "datenqualitaet": "/datenqualitaet",
    "laufbuch": "/laufbuch",
    "veranstaltungen": "/veranstaltungen",
    "va-ueberblick": "/veranstaltungen?v={coming}&teil=ueberblick",
    "va-gaeste": "/veranstaltungen?v={coming}&teil=gaeste",
    "va-versand": "/veranstaltungen?v={coming}&teil=versand",
    "va-antworten": "/veranstaltungen?v={coming}&teil=antworten",
    "va-einlass": "/veranstaltungen?v={past}&teil=einlass",
    "va-staende": "/veranstaltungen?v={coming}&teil=staende",
    "va-danach": "/veranstaltungen?v={past}&teil=danach",
    "zertifizierung": "/zertifizierung",
    "ze-tafel": "/zertifizierung?runde={round}&teil=tafel",
    "ze-kalender": "/zertifizierung?runde={round}&teil=kalender",
    "ze-verleihung": "/zertifizierung?runde={round}&teil=verleihung",
    "ze-einschaetzung": "/zertifizierung?fall={case}&teil=einschaetzung",
    "ze-entscheidung": "/zertifizierung?fall={case}&teil=entscheidung",
    "ze-siegel": "/zertifizierung?teil=siegel",
}
"""Pages by the name of their picture."""
EMPTY = [name for name, path in PAGES.items() if name != "matrix" and "{" not in path]
"""Pages that there are in an empty base, too."""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def prepare(stage: Stage, folder: Path, *, filled: bool) -> None:
    """Fill the base with the demo lists, as `make demo` does."""
    if not filled:
        return
    token = stage.admin.request("POST", "/api/v1/tokens", json={"description": "Bilder"})["token"]
    settings = Settings(
        nocodb_url=stage.nocodb.url, nocodb_token=token, nocodb_base=stage.base.id, KONTAKTNETZ_DATA=folder / "daten"
    )
    spec = load_sources(write_demo_lists(folder / "listen", now().date()))["demo"]
    settings.data_dir.mkdir(parents=True)
    with Status(settings.status_file) as status:
        bring(spec, settings, status, now=now)
    print(derived.run(settings, now()))
    opened = open_base(settings)
    for made in (fill_events, fill_certification):
        print(made(opened, settings.mirror_dir, folder / "listen", now().date()))
        refresh_now(settings, now())
    events = sorted(stage.store(Event).pull(), key=lambda event: event.starts_at or now())
    before = [event.id for event in events if event.kind == "ehrung" and event.starts_at and event.starts_at < now()]
    after = [event.id for event in events if event.kind == "messe" and event.starts_at and event.starts_at > now()]
    running = next(row.id for row in stage.store(CertificationRound).pull() if row.state == RoundState.RUNNING)
    up = next(
        row.id for row in stage.store(Certification).pull() if row.round == running and row.phase == Phase.DECISION
    )
    stage.events = {"past": before[-1] or 0, "coming": after[0] or 0, "round": running or 0, "case": up or 0}


def take(page: Page, stage: Stage, name: str, width: int, *, filled: bool) -> None:
    """Take one picture, once the page stands still; in an empty base nobody can be opened."""
    path = PAGES[name].format(**stage.events) if filled else PAGES[name].split("?")[0]
    page.goto(stage.dashboard_url + path)
    settled(page)
    page.wait_for_timeout(2500)  # the map needs a moment to find its shape
    page.screenshot(path=FOLDER / f"{'' if filled else 'leer-'}{name}-{width}.png")


def take_all(browser: Browser, wanted: Collection[str], *, filled: bool) -> None:
    """Take the wanted pages of a base that is filled, or of an empty one."""
    with throwaway_server() as server, tempfile.TemporaryDirectory() as name:
        admin = Client.sign_in(server.url, server.email, server.password)
        made = apply_schema(admin, BASE, "Kontaktnetz")
        stage = Stage(server, admin, BaseMeta(made.base.id, "Kontaktnetz"))
        prepare(stage, Path(name), filled=filled)
        with dashboard(stage, Path(name)):
            for width, height in WIDTHS.items():
                page = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE").new_page()
                sign_in(page, stage, server.email)
                page.wait_for_timeout(6000)  # the first picture of the base
                for each in wanted:
                    take(page, stage, each, width, filled=filled)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(PAGES)
    if unknown := set(wanted) - set(PAGES):
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}")
    expect.set_options(timeout=60_000)  # the pictures count, not how busy the machine is
    with sync_playwright() as player:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if empty := [name for name in wanted if name in EMPTY]:
            take_all(browser, empty, filled=False)
        take_all(browser, wanted, filled=True)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
