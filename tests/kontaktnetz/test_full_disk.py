"""A disk without room: the person hears where and how much is free, and a later start goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kontaktnetz.full_disk import as_full_disk
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
from sync.mirror.writer import replace_text
limit()
replace_text(folder / "manifest.json", "x" * 500_000)
""",
}
FRAME = """
import resource, signal, sys
from pathlib import Path
from kontaktnetz.full_disk import as_full_disk
folder = Path(sys.argv[1])
def limit():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    exec(sys.argv[2])
except Exception as problem:
    print(type(problem).__name__, as_full_disk(problem, folder))
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


def test_any_other_problem_is_none_of_it(tmp_path):
    assert as_full_disk(FileNotFoundError(2, "weg"), tmp_path) is None
    assert as_full_disk(ValueError("x"), tmp_path) is None
