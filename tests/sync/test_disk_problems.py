"""No room, not to be written, held, damaged: each is told as what it is, and a later start goes on."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys

import pytest

from schemas.errors import ConfigError, FileHeld
from sync.disk_problems import as_disk_problem
from sync.status import Status

WRITES = {
    "status": """
from sync.items import Item, Origin
from sync.status import Settled, Status
import datetime as dt
with Status(folder / "status.sqlite") as status:
    limit()
    for i in range(400):
        item = Item("organisation", str(i), {"note": "x" * 2000}, {}, Origin("l", i))
        status.settle("l", [Settled(item, i)], {"organisation": "m"}, dt.datetime.now(dt.UTC))
""",
    "file": """
from sync.text_files import replace_text
limit()
replace_text(folder / "manifest.json", "x" * 500_000)
""",
}
FRAME = """
import resource, signal, sys
from pathlib import Path
from sync.disk_problems import as_disk_problem
folder = Path(sys.argv[1])
def limit():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    exec(sys.argv[2])
except Exception as problem:
    print(type(problem).__name__, as_disk_problem(problem, folder))
"""


@pytest.mark.parametrize("kind", list(WRITES))
def test_a_write_without_room_is_told_and_leaves_no_half_file(tmp_path, kind):
    call = [sys.executable, "-c", FRAME, str(tmp_path), WRITES[kind]]
    said = subprocess.run(call, capture_output=True, text=True, check=False)

    assert f"Auf dem Datenträger von {tmp_path} ist kein Platz mehr" in said.stdout, (said.stdout, said.stderr)
    assert "noch einmal" in said.stdout
    assert not (tmp_path / "manifest.json").exists()
    if kind == "status":
        with Status(tmp_path / "status.sqlite") as status:
            known = status.items("l", {"organisation": "m"})
            assert 0 < len(known) < 400
            assert all(status.last("l", key) for key in known)


def _read_only(folder):
    sqlite3.connect(folder / "d").execute("CREATE TABLE t (x)")
    sqlite3.connect(f"file:{folder / 'd'}?mode=ro", uri=True).execute("INSERT INTO t VALUES (1)")


def _not_to_be_opened(folder):
    sqlite3.connect(folder / "weg" / "d").execute("SELECT 1")


def _held(folder):
    one = sqlite3.connect(folder / "d", isolation_level=None)
    one.execute("CREATE TABLE t (x)")
    one.execute("BEGIN EXCLUSIVE")
    sqlite3.connect(folder / "d", timeout=0).execute("INSERT INTO t VALUES (1)")


def _damaged(folder):
    db = sqlite3.connect(folder / "d")
    db.execute("CREATE TABLE t (x)")
    db.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 500)
    db.commit()
    db.close()
    content = bytearray((folder / "d").read_bytes())
    content[4096:-4096] = bytes(len(content) - 8192)
    (folder / "d").write_bytes(content)
    sqlite3.connect(folder / "d").execute("SELECT sum(length(x)) FROM t").fetchall()


def _no_database(folder):
    (folder / "d").write_bytes(b"no database at all" * 100)
    sqlite3.connect(folder / "d").execute("SELECT 1 FROM sqlite_master")


@pytest.mark.parametrize(
    ("cause", "kind", "said", "cure"),
    [
        (_read_only, ConfigError, "lässt sich nicht schreiben", "schreibgeschützt"),
        (_not_to_be_opened, ConfigError, "lässt sich nicht schreiben", "wem der Ordner gehört"),
        (_held, FileHeld, "hält die Datei", "warten"),
        (_damaged, ConfigError, "ist beschädigt", "sync rebuild"),
        (_no_database, ConfigError, "ist beschädigt", "sync rebuild"),
    ],
)
def test_each_trouble_of_a_database_is_told_as_what_it_is(tmp_path, cause, kind, said, cure):
    with pytest.raises(sqlite3.Error) as raised:
        cause(tmp_path)
    told = as_disk_problem(raised.value, tmp_path)
    assert type(told) is kind
    assert said in told.message
    assert cure in told.hint


def test_a_folder_that_may_not_be_written_is_told_where_it_is_ours(tmp_path):
    ours = PermissionError(errno.EACCES, "verboten", str(tmp_path / "mirror" / "x"))
    assert "lässt sich nicht schreiben" in as_disk_problem(ours, tmp_path).message
    assert as_disk_problem(PermissionError(errno.EACCES, "verboten", "/anderswo/liste.csv"), tmp_path) is None


def test_a_status_file_that_is_held_is_not_called_damaged(tmp_path, monkeypatch):
    Status(tmp_path / "status.sqlite").__exit__(None, None, None)
    holder = sqlite3.connect(tmp_path / "status.sqlite", isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0}))
    with pytest.raises(FileHeld):
        Status(tmp_path / "status.sqlite")


def test_any_other_problem_is_none_of_it(tmp_path):
    assert as_disk_problem(FileNotFoundError(2, "weg"), tmp_path) is None
    assert as_disk_problem(ValueError("x"), tmp_path) is None
