"""Fixtures for stories: a stage of their own and one browser for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from servers import require, require_parts, throwaway_server
from stage import Stage, dashboard, fill, invite

from schemas.base import BASE
from sync.nocodb.client import Client
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    require(chromium, "Chromium ist nicht installiert (`.ci/run`).")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    require_parts()
    with throwaway_server() as nocodb:
        admin = Client.sign_in(nocodb.url, nocodb.email, nocodb.password)
        here = Stage(nocodb, admin, apply_schema(admin, BASE, "Kontaktnetz").base)
        invite(here, "editor@example.org", "editor")
        invite(here, "viewer@example.org", "viewer")
        fill(here)
        with dashboard(here, tmp_path):
            yield here
