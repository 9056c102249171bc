"""Two that write the same file of ours at the same moment: both do, and neither breaks."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from sync.mirror import writer
from sync.status import Status
from sync.status_schema import CHANGES, VERSION
from sync.text_files import replace_text


def _open_status(path: Path, begin: threading.Barrier, failed: list[str]) -> None:
    begin.wait(30)
    try:
        with Status(path) as status:
            status.tables("liste")
    except Exception as problem:
        failed.append(repr(problem))


@pytest.mark.parametrize("version", [0, 4])
def test_programs_that_begin_at_once_make_or_bring_up_the_status_once(tmp_path: Path, version: int) -> None:
    for number in range(10):
        path = tmp_path / f"{number}.sqlite"
        if version:
            _older(path, version)
        begin, failed = threading.Barrier(6), list[str]()
        crowd = [threading.Thread(target=_open_status, args=(path, begin, failed)) for _ in range(6)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join(60)
        assert failed == []
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {"item", "value", "run", "list", "held", "unread", "place", "taken"}


def _older(path: Path, version: int) -> None:
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE item (source TEXT, tab TEXT, ident TEXT, row_id INTEGER, digest BLOB, first_seen TEXT);"
            "CREATE TABLE value (source TEXT, tab TEXT, ident TEXT, col TEXT, text TEXT);"
            "CREATE TABLE run (source TEXT, finished TEXT, items INTEGER);"
        )
        for step in range(2, version + 1):
            db.executescript(CHANGES[step])
        db.execute(f"PRAGMA user_version = {version}")


def test_threads_that_replace_a_small_file_at_once_all_succeed_and_leave_nothing_behind(tmp_path: Path) -> None:
    path, failed = tmp_path / "status.json", list[str]()

    def write(number: int) -> None:
        for _ in range(200):
            try:
                replace_text(path, str(number) * 100)
            except OSError as problem:
                failed.append(repr(problem))

    crowd = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    assert failed == []
    assert len(set(path.read_text(encoding="utf-8"))) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["status.json"]


def test_a_small_file_that_cannot_be_replaced_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "status.json"
    replace_text(path, "alt")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        replace_text(path, "neu")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"status.json": "alt"}
