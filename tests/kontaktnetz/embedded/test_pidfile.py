"""The note about our server: believed only while that very process lives."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from kontaktnetz.embedded.pidfile import forget_running, read_running, was_noted, write_running


def test_a_living_process_is_found_with_its_address(tmp_path):
    written = write_running(tmp_path, os.getpid(), 8123)
    assert read_running(tmp_path) == written
    assert written.url == "http://127.0.0.1:8123"
    forget_running(tmp_path)
    assert read_running(tmp_path) is None
    assert not was_noted(tmp_path)


def test_a_dead_process_does_not_count_nor_does_a_zombie(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    write_running(tmp_path, child.pid, 8123)
    assert read_running(tmp_path) is not None
    assert child.stdin is not None
    child.stdin.close()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, not yet taken notice of: a zombie
    assert read_running(tmp_path) is None
    child.wait()
    assert read_running(tmp_path) is None
    assert was_noted(tmp_path)


def test_a_process_id_that_went_to_another_program_does_not_count(tmp_path):
    written = write_running(tmp_path, os.getpid(), 8123)
    note = {"pid": written.pid, "port": 8123, "began": written.began - 60}
    (tmp_path / "nocodb.pid").write_text(json.dumps(note))
    assert read_running(tmp_path) is None


def test_a_damaged_note_counts_as_none(tmp_path):
    for text in ("", "12345", '{"pid": 1}', "[]", '{"pid": "x", "port": 1, "began": 1}'):
        (tmp_path / "nocodb.pid").write_text(text)
        assert read_running(tmp_path) is None
