"""Installing NocoDB, with a made-up npm so that it takes no time; the real one is tried by everything marked server."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from servers import parts_folder, require_parts

from kontaktnetz.embedded import disk
from kontaktnetz.embedded import install as installing
from kontaktnetz.embedded.install import PARTS, ensure_installed, install, installed_version
from kontaktnetz.embedded.node import Node
from kontaktnetz.embedded.pidfile import write_running
from schemas.errors import EmbeddedServerError

GOOD = """
import pathlib
for name in ("nocodb", "express"):
    folder = pathlib.Path("node_modules") / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
with open("calls", "a") as file:
    file.write("x")
"""


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Let a Python script stand in for npm; it runs in the folder of the installation."""
    script = tmp_path / "npm.py"

    def become(text: str) -> None:
        script.write_text(text)

    become(GOOD)
    fake = Node(Path(sys.executable), (sys.executable, str(script)), "22.20.0", from_wheel=True)
    monkeypatch.setattr(installing, "find_node", lambda: fake)
    monkeypatch.setattr(installing, "PROGRESS_SECONDS", 0.05)
    return become


@pytest.fixture
def said():
    return []


@pytest.fixture
def data(tmp_path):
    return tmp_path / "daten"


def calls(data: Path) -> int:
    return len((data / "node" / "calls").read_text())


def test_a_second_install_does_nothing(npm, data, said):
    first = install(data, report=said.append)
    assert (first.changed, first.version, installed_version(data)) == (True, "0.301.3", "0.301.3")
    second = install(data, report=said.append)
    assert (second.changed, calls(data)) == (False, 1)
    assert said[-1] == "NocoDB 0.301.3 ist schon installiert."
    assert not ensure_installed(data, report=said.append).changed


def test_lean_and_full_replace_each_other_and_a_start_keeps_the_full_one(npm, data, said):
    install(data, report=said.append)
    assert install(data, full=True, report=said.append).changed
    assert "overrides" in (data / "node" / "package.json").read_text()
    assert not ensure_installed(data, report=said.append).changed
    assert install(data, report=said.append).changed
    assert calls(data) == 3


def test_a_half_finished_install_is_begun_anew(npm, data, said):
    npm(GOOD + "\nimport sys; sys.exit('abgebrochen')")
    with pytest.raises(EmbeddedServerError, match=r"abgebrochen"):
        install(data, report=said.append)
    assert installed_version(data) is None
    npm(GOOD)
    assert install(data, report=said.append).changed
    assert installed_version(data) == "0.301.3"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("npm error code ENOTFOUND", r"keine Verbindung zum Paketverzeichnis.*nocodb install"),
        ("npm error Exit handler never called!", r"keine Verbindung zum Paketverzeichnis.*nocodb install"),
        ("npm error code ENOSPC", r"Datenträger vollgelaufen.*Platz"),
        ("npm error something odd", r"letzten Zeilen von npm:\nnpm error something odd"),
    ],
)
def test_what_npm_complains_about_is_said_in_german_with_a_way_on(npm, data, said, words, expected):
    npm(f"import sys; sys.exit({words!r})")
    with pytest.raises(EmbeddedServerError, match=f"(?s){expected}"):
        install(data, report=said.append)


def test_too_little_room_is_said_before_npm_begins(npm, data, said, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 123_000_000))
    with pytest.raises(
        EmbeddedServerError, match=r"zu wenig Platz: frei sind 0,1 GB.*braucht 1,0 GB.*KONTAKTNETZ_DATA"
    ):
        install(data, report=said.append)
    assert not (data / "node").exists()


def test_a_running_server_is_not_replaced_under_its_feet(npm, data, said):
    install(data, report=said.append)
    write_running(data, os.getpid(), 8123)
    with pytest.raises(EmbeddedServerError, match=r"läuft noch.*nocodb stop"):
        install(data, full=True, report=said.append)
    assert installed_version(data) == "0.301.3"


def test_a_long_install_tells_how_far_it_is(npm, data, said):
    npm(GOOD + "\nimport time; time.sleep(0.5)")
    install(data, report=said.append)
    assert "NocoDB wird installiert: 2 von 669 Paketen" in said


@pytest.mark.parametrize("name", [".", "full"])
def test_the_locks_name_no_address_and_pin_one_version(name):
    folder = PARTS / name
    lock = json.loads((folder / "package-lock.json").read_text())
    wanted = json.loads((folder / "package.json").read_text())
    assert lock["packages"][""]["dependencies"] == wanted["dependencies"]
    assert lock["packages"]["node_modules/nocodb"]["version"] == wanted["dependencies"]["nocodb"] == "0.301.3"
    addresses = {p: fact["resolved"] for p, fact in lock["packages"].items() if "resolved" in fact}
    assert addresses == {"node_modules/sqlite3": "sqlite3-shim"}


@pytest.mark.server
def test_the_server_never_asks_for_a_package_that_the_lean_install_leaves_out():
    require_parts()
    folder = parts_folder()
    assert folder is not None
    bundle = (folder / "node_modules" / "nocodb" / "dist" / "bundle.js").read_text(encoding="utf-8", errors="replace")
    asked = set(re.findall(r"""(?:require|import)\(\s*['"]((?:@[^'"/]+/)?[^'"/]+)""", bundle))
    assert {"express", "knex"} <= asked, "the pattern still finds what the server asks for"
    overrides = json.loads((PARTS / "package.json").read_text())["overrides"]
    left_out = {name for name, by in overrides.items() if by.startswith("npm:empty-npm-package@")}
    assert len(left_out) > 50
    assert asked & left_out == set()
