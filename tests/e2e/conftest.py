"""Fixtures for stories: a stage of their own and one browser for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from servers import require, require_parts, throwaway_server
from stage import Stage, dashboard, fill, invite

from schemas.base import BASE
from sync.nocodb.client import Client
from sync.nocodb.meta import find_base
from sync.provision.apply import apply_schema

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=30_000)  # a click goes to NocoDB and back, which takes seconds on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    require(chromium, "Chromium ist nicht installiert (`.ci/run`).")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server whose base stands, with its people: made once, every stage begins with a copy."""
    require_parts()
    with throwaway_server() as nocodb:
        admin = Client.sign_in(nocodb.url, nocodb.email, nocodb.password)
        here = Stage(nocodb, admin, apply_schema(admin, BASE, "Kontaktnetz").base)
        invite(here, "editor@example.org", "editor")
        invite(here, "viewer@example.org", "viewer")
        fill(here)
        nocodb.stop()
        return Path(shutil.copytree(nocodb.folder, tmp_path_factory.mktemp("vorbereitet") / "nocodb"))


@pytest.fixture
def stage(prepared: Path, tmp_path: Path) -> Iterator[Stage]:
    with throwaway_server(copy_of=prepared) as nocodb:
        admin = Client.sign_in(nocodb.url, nocodb.email, nocodb.password)
        base = find_base(admin, "Kontaktnetz")
        assert base is not None
        here = Stage(nocodb, admin, base)
        with dashboard(here, tmp_path):
            yield here


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="de-DE")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    outside: list[str] = []
    opened.on("request", lambda r: outside.append(r.url) if r.url.startswith("http") and is_outside(r.url) else None)
    opened.on("websocket", lambda w: outside.append(w.url) if is_outside(w.url) else None)
    yield opened
    assert outside == [], "no request leaves this machine"
    context.close()


def is_outside(url: str) -> bool:
    return urlsplit(url).hostname != "127.0.0.1"
