"""Fixtures for stories: a stage of their own and one browser for all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import base_builder
import pytest
from playwright.sync_api import Browser, sync_playwright
from stage import ADMIN, PASSWORD, Stage, dashboard, fill, free_port, invite, node_parts, node_program, stop, wait_for

from sync.nocodb.client import Client

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
    if chromium is None:
        pytest.skip("Chromium ist nicht installiert")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    folder, starter = node_parts()
    port = free_port()
    env = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PORT": str(port), "NC_TOOL_DIR": str(tmp_path),
        "NODE_PATH": str(folder / "node_modules"), "NC_ADMIN_EMAIL": ADMIN, "NC_ADMIN_PASSWORD": PASSWORD,
        "NC_DISABLE_TELE": "true", "NC_DISABLE_ERR_REPORTS": "true", "NC_DISABLE_PRODUCT_FEED": "true",
        "NC_DISABLE_SUPPORT_CHAT": "true",
    }  # fmt: skip
    with (tmp_path / "nocodb.log").open("wb") as log:
        server = subprocess.Popen([node_program(), str(starter)], cwd=tmp_path, env=env, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/api/v1/health")
            admin = Client.sign_in(url, ADMIN, PASSWORD)
            here = Stage(server, url, admin, base_builder.build(admin, "Kontaktnetz"))
            invite(here, "editor@example.org", "editor")
            invite(here, "viewer@example.org", "viewer")
            fill(here)
            with dashboard(here, tmp_path):
                yield here
        finally:
            stop(server)
