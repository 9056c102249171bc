"""What staff use in NocoDB's own interface works on the lean install, in German, and asks no other host."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Download, Page, Request, TimeoutError, expect
from python_calamine import load_workbook
from servers import ThrowawayServer, require_parts, throwaway_server
from stage import wait_for

from sync.nocodb import meta
from sync.nocodb.client import Client

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow]

DAY = "2026-03-1"
CHOICES = {"choices": [{"title": "Verein", "color": "#d1f7c4"}, {"title": "Amt", "color": "#fee2d5"}]}


@dataclass
class Walk:
    """A signed-in page before a base with one table and a view of each kind."""

    server: ThrowawayServer
    client: Client
    page: Page
    base: str
    table: str
    views: dict[str, str]
    outside: list[str] = field(default_factory=list)

    def open(self, view: str, more: str = "") -> None:
        self.page.goto(f"{self.server.url}/dashboard/#/nc/{self.base}/{self.table}/{self.views[view]}{more}")
        expect(self.page.get_by_text("Daten", exact=True).first).to_be_visible()

    def rows(self, table: str) -> list[dict[str, object]]:
        return self.client.request("GET", f"/api/v2/tables/{table}/records")["list"]

    def dialog(self):
        return self.page.locator(".ant-modal:visible").last


@pytest.fixture(scope="module")
def walk(browser: Browser) -> Iterator[Walk]:
    require_parts()
    with throwaway_server() as server:
        client = Client.sign_in(server.url, server.email, server.password)
        base = meta.create_base(client, "Kontaktnetz").id
        table, views = make_table(client, base)
        # an English browser: German must come from us, not from the browser's wishes
        context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900}, accept_downloads=True)
        context.set_default_timeout(60_000)
        here = Walk(server, client, context.new_page(), base, table, views)
        watch(here.page, here.outside)
        here.page.goto(f"{server.url}/dashboard/")
        expect(here.page.get_by_role("heading", name="Einloggen")).to_be_visible()
        here.page.locator("input").first.fill(server.email)
        here.page.locator("input[type=password]").fill(server.password)
        here.page.keyboard.press("Enter")
        here.page.wait_for_url(re.compile(base))
        yield here
        context.close()


@pytest.fixture
def stranger(walk: Walk, browser: Browser) -> Iterator[Page]:
    """A page of somebody who has not signed in."""
    context = browser.new_context(locale="en-US")
    context.set_default_timeout(60_000)
    page = context.new_page()
    watch(page, walk.outside)
    yield page
    context.close()


def watch(page: Page, outside: list[str]) -> None:
    """Note every request that reaches out; the interface tries to load a chat, which our starter forbids it (CSP)."""

    def note(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).hostname != "127.0.0.1":
            outside.append(request.url)

    def unless_forbidden(request: Request) -> None:
        if request.failure == "csp":
            outside.remove(request.url)

    page.on("request", note)
    page.on("requestfailed", unless_forbidden)


def make_table(client: Client, base: str) -> tuple[str, dict[str, str]]:
    fields = [
        {"title": "Name", "type": "SingleLineText"},
        {"title": "Art", "type": "SingleSelect", "options": CHOICES},
        {"title": "Termin", "type": "Date"},
        {"title": "Dateien", "type": "Attachment"},
    ]
    made = client.request("POST", f"/api/v3/meta/bases/{base}/tables", json={"title": "Kontakte", "fields": fields})
    ids = {f["title"]: f["id"] for f in made["fields"]}
    table = made["id"]

    def view(kind: str, title: str, **more: object) -> str:
        body = {"title": title, **more}
        return client.request("POST", f"/api/v2/meta/tables/{table}/{kind}", json=body)["id"]

    rows = [{"Name": f"Verein Größe {n}", "Art": ("Verein", "Amt")[n % 2], "Termin": f"{DAY}{n}"} for n in range(4)]
    client.request("POST", f"/api/v2/tables/{table}/records", json=rows)
    return table, {
        "grid": made["views"][0]["id"],
        "form": view("forms", "Eintragen"),
        "kanban": view("kanbans", "Nach Art", fk_grp_col_id=ids["Art"]),
        "gallery": view("galleries", "Bilder", fk_cover_image_col_id=ids["Dateien"]),
        "calendar": view("calendars", "Kalender", calendar_range=[{"fk_from_column_id": ids["Termin"]}]),
    }


def picture(path: Path) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 200, 120, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + b"\xff\x60\x20" * 200 for _ in range(120)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return path


def test_every_kind_of_view_shows_the_rows_in_german(walk: Walk) -> None:
    walk.open("grid")
    expect(walk.page.get_by_text("Neuer Datensatz")).to_be_visible()
    walk.open("kanban")
    expect(walk.page.get_by_text("2/2 Einträge")).to_have_count(2)
    expect(walk.page.get_by_text("Verein Größe 3")).to_be_visible()
    walk.open("gallery")
    expect(walk.page.get_by_text("Verein Größe 2")).to_be_visible()
    walk.open("calendar")
    expect(walk.page.get_by_text("Heute", exact=True)).to_be_visible()
    assert walk.outside == []


def test_a_form_adds_a_row(walk: Walk, stranger: Page) -> None:
    walk.open("form")
    expect(walk.page.get_by_role("textbox", name="Form Title")).to_have_value("Eintragen")
    share = walk.client.request("POST", f"/api/v2/meta/views/{walk.views['form']}/share", json={})
    stranger.goto(f"{walk.server.url}/dashboard/#/nc/form/{share['uuid']}")
    stranger.locator("input:visible").first.fill("Über das Formular")
    stranger.get_by_role("button", name="Bestätigen").click()
    expect(stranger.get_by_role("button", name="Bestätigen")).to_have_count(0)
    assert [r["Name"] for r in walk.rows(walk.table)][-1] == "Über das Formular"
    assert len(walk.rows(walk.table)) == 5
    assert walk.outside == []


def test_a_record_takes_comment_and_picture_and_keeps_its_history(walk: Walk, tmp_path: Path) -> None:
    page = walk.page
    walk.open("grid", "?rowId=1")
    page.locator(".ProseMirror").last.click()
    page.keyboard.type("Bitte zurückrufen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bitte zurückrufen")).to_be_visible()

    page.get_by_text("Dateien durchsuchen").click()
    with page.expect_file_chooser() as chooser:
        walk.dialog().get_by_text("Dateien durchsuchen").click()
    chooser.value.set_files(picture(tmp_path / "bild.png"))
    page.get_by_role("button", name="Hochladen 1").click()
    expect(page.get_by_role("button", name="Hochladen 1")).to_have_count(0)
    page.get_by_test_id("nc-expanded-form-save").click()
    expect(page.get_by_test_id("nc-expanded-form-save")).to_be_disabled()
    page.get_by_text("Verlauf", exact=True).click()
    expect(page.get_by_text("created the record")).to_be_visible()
    expect(page.get_by_text("Dateien", exact=True)).to_have_count(2)
    page.get_by_test_id("nc-expanded-form-close").click()

    [file] = walk.rows(walk.table)[0]["Dateien"]
    assert (file["title"], file["mimetype"]) == ("bild.png", "image/png")
    wait_for(f"{walk.server.url}/{file['thumbnails']['tiny']['signedPath']}")
    assert walk.outside == []


def test_csv_and_excel_come_in(walk: Walk, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("Name,PLZ\nÄpfel & Söhne,01067\n", encoding="utf-8")
    with xlsxwriter.Workbook(tmp_path / "liste.xlsx") as book:
        sheet = book.add_worksheet("Mappe")
        for number, row in enumerate([("Name", "Ort"), ("Größe", "Bonn")]):
            sheet.write_row(number, 0, row)

    for kind, name in (("CSV", "liste.csv"), ("Excel", "liste.xlsx")):
        walk.page.goto(f"{walk.server.url}/dashboard/#/nc/{walk.base}")
        walk.page.get_by_text("Importieren Daten").click()
        walk.dialog().get_by_text(kind, exact=True).click()
        walk.page.locator("input[type=file]").last.set_input_files(tmp_path / name)
        walk.page.get_by_role("button", name="Importieren Datei").click()
        walk.page.get_by_role("button", name="Importieren", exact=True).click()
        expect(walk.page.locator(".ant-modal:visible")).to_have_count(0)

    tables = {t.title: t.id for t in meta.list_tables(walk.client, walk.base)}
    assert set(tables) == {"Kontakte", "liste_csv", "Mappe"}
    assert [(r["Name"], r["PLZ"]) for r in walk.rows(tables["liste_csv"])] == [("Äpfel & Söhne", "01067")]
    assert [(r["Name"], r["Ort"]) for r in walk.rows(tables["Mappe"])] == [("Größe", "Bonn")]
    assert walk.outside == []


def download_of(walk: Walk, kind: str) -> Download:
    """Return the view as a file of this kind. The menu beside the menu closes when a redraw moves it from under the
    pointer, so it is opened anew until a click has gone through.
    """
    for _ in range(20):
        walk.page.keyboard.press("Escape")
        walk.page.mouse.move(0, 0)
        walk.page.locator(".nc-view-action-menu-btn").click()
        walk.page.get_by_text("Herunterladen", exact=True).hover()
        try:
            with walk.page.expect_download() as download:
                walk.page.get_by_text(kind, exact=True).last.click(timeout=3_000)
        except TimeoutError:
            continue
        return download.value
    raise AssertionError(f"no download of {kind} in 20 tries")


def test_csv_and_excel_go_out(walk: Walk, tmp_path: Path) -> None:
    walk.open("grid")
    for kind, ending in (("CSV", "csv"), ("Excel", "xlsx")):
        walk.page.reload()
        expect(walk.page.get_by_text("Neuer Datensatz")).to_be_visible()
        download_of(walk, kind).save_as(tmp_path / f"aus.{ending}")
    assert "Verein Größe 1" in (tmp_path / "aus.csv").read_text(encoding="utf-8-sig")
    rows = load_workbook(tmp_path / "aus.xlsx").get_sheet_by_index(0).to_python()
    assert "Verein Größe 1" in [cell for row in rows for cell in row]
    assert walk.outside == []


def test_a_shared_view_opens_without_sign_in(walk: Walk, stranger: Page) -> None:
    walk.open("grid")
    walk.page.get_by_role("button", name="Teilen").click()
    walk.page.get_by_test_id("share-view-toggle").click()
    link = walk.dialog().get_by_text(re.compile(r"/dashboard/#/nc/view/"))
    address = link.inner_text()
    with stranger.expect_response(re.compile("/public/shared-view/.*/rows")) as rows:
        stranger.goto(address)
    assert "Verein Größe 1" in [row["Name"] for row in rows.value.json()["list"]]
    expect(stranger.get_by_text("Felder", exact=True)).to_be_visible()
    assert walk.outside == []
