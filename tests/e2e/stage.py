"""A real NocoDB with a filled base and the real dashboard process before it, for stories."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Download, Locator, Page, expect
from servers import PASSWORD, ThrowawayServer, free_port, stop
from urllib3 import PoolManager
from urllib3.util import Retry, Timeout

from schemas.base import BASE
from schemas.contacts.tables import Function, Interaction, Organisation, Person, TeamMember
from sync.nocodb.client import Client
from sync.nocodb.meta import BaseMeta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore

SERIOUS = {"serious", "critical"}
ROOT = Path(__file__).parents[2]


@dataclass
class Stage:
    """Everything a story needs; ``nocodb`` may be stopped by it."""

    nocodb: ThrowawayServer
    admin: Client
    base: BaseMeta
    dashboard_url: str = ""
    data_dir: Path = Path()
    log: IO[bytes] | None = field(default=None)
    events: dict[str, int] = field(default_factory=dict)

    def store(self, record: type) -> TableStore:  # type: ignore[type-arg]
        """Return typed access to a table, as the administrator."""
        return TableStore(self.admin, resolve(self.admin, BASE, self.base.id), record)


def wait_for(url: str, seconds: int = 60) -> None:
    """Wait until a server answers with 200."""
    patient = Retry(total=seconds * 4, connect=seconds * 4, status_forcelist=(404, 502, 503), backoff_factor=0.25,
                    backoff_max=0.25)  # fmt: skip
    assert PoolManager(retries=patient, timeout=Timeout(5)).request("GET", url).status == 200


def await_picture(url: str, seconds: int = 60) -> None:
    """Wait until a dashboard has its first picture of the base: a busy machine needs a moment for all tables."""
    pause = threading.Event()
    for _ in range(seconds * 4):
        if PoolManager().request("GET", f"{url}/gesundheit").json()["stand"]:
            return
        pause.wait(0.25)
    raise AssertionError("the dashboard has no picture of the base")


def invite(stage: Stage, email: str, role: str) -> None:
    users = f"/api/v2/meta/bases/{stage.base.id}/users"
    stage.admin.request("POST", users, json={"email": email, "roles": role})
    listed = stage.admin.request("GET", users)["users"]["list"]
    token = next(u["invite_token"] for u in listed if u["email"] == email)
    body = {"email": email, "password": stage.nocodb.password, "token": token}
    Client(stage.nocodb.url, "").request("POST", "/api/v2/auth/user/signup", json=body)


def fill(stage: Stage) -> None:
    stage.store(Organisation).create([
        Organisation(name="Lesepaten Beispielstadt", sphere="zivilgesellschaft", kind="verein", ident="t:1"),
        Organisation(name="Fachbereich Beispiele", sphere="verwaltung", kind="fachbereich", ident="t:2"),
    ])  # fmt: skip
    stage.store(Person).create([
        Person(first_name="Zoë", last_name="Müller-Probe", mail="zoe@example.org", ident="t:1"),
        Person(first_name="Olaf", last_name="Muster", ident="t:2"),
    ])  # fmt: skip
    stage.store(TeamMember).create([TeamMember(name="Rita Redlich", mail="editor@example.org", ident="t:1")])
    stage.store(Function).create([Function(name="Vorsitz", person=1, organisation=1, ident="t:1")])
    stage.store(Interaction).create([Interaction(summary="Erstes Gespräch", person=2, kind="anruf", ident="t:1")])


class dashboard:
    """Run the dashboard process before a stage."""

    def __init__(self, stage: Stage, tmp_path: Path) -> None:
        token = stage.admin.request("POST", "/api/v1/tokens", json={"description": "test"})["token"]
        port = free_port()
        stage.dashboard_url, stage.data_dir = f"http://127.0.0.1:{port}", tmp_path / "data"
        self._stage = stage
        self._env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("NOCODB", "DASHBOARD", "STREAMLIT"))},
            "NOCODB_URL": stage.nocodb.url, "NOCODB_TOKEN": token, "NOCODB_BASE": stage.base.id,
            "DASHBOARD_PORT": str(port), "DASHBOARD_SECRET": "", "KONTAKTNETZ_DATA": str(stage.data_dir),
            "KONTAKTNETZ_DEMO": "true",  # links to this machine, which are to be followed
            "HOME": str(tmp_path),
        }  # fmt: skip
        self._folder = tmp_path
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> None:
        code = "import sync.settings as s, streamlit_app.server as d; d.run_dashboard(s.Settings())"
        self._log = (self._folder / "dashboard.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=self._folder, env={**self._env, "PYTHONPATH": str(ROOT)},
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        wait_for(f"{self._stage.dashboard_url}/gesundheit")
        await_picture(self._stage.dashboard_url)

    def __exit__(self, *problem: object) -> None:
        assert self._process is not None
        stop(self._process)
        self._log.close()


def sign_in(page: Page, stage: Stage, email: str, path: str = "/") -> None:
    page.goto(stage.dashboard_url + path)
    page.fill("#email", email)
    page.fill("#kennwort", PASSWORD)
    page.click("button")


def settled(page: Page) -> None:
    """Wait until the page is not being drawn anew: on a busy machine a click meant for the old drawing is lost."""
    expect(page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")).to_be_visible()


def enter_text(page: Page, field: Locator, text: str) -> None:
    """Type into a field once it stands and the page is still: what is typed into a half drawn page is lost."""
    expect(field).to_be_visible(timeout=30_000)
    settled(page)
    field.fill(text)
    expect(field).to_have_value(text)


def downloaded(page: Page, button: Locator) -> Download:
    """Click a button for a file once it stands and the page is still, and return the file."""
    expect(button).to_be_visible(timeout=30_000)
    settled(page)
    with page.expect_download() as waiting:
        button.click()
    return waiting.value


def barriers(page: Page) -> list[str]:
    """Return what axe finds serious on a page that stands still: while it is drawn anew its texts are pale."""
    found = _serious(page)
    if found and page.locator("[data-testid='stApp']").count():
        settled(page)
        expect(page.locator("[data-stale='true']")).to_have_count(0)
        found = _serious(page)
    return found


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in SERIOUS]
