"""What the memory of the mail server's answers tells when the clock was ahead while it wrote."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress

import pytest

from automations.jobs.outbox import allowance
from automations.mail.handed import HandedOver
from schemas.errors import ConfigError, FileHeld

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
AHEAD = NOW + dt.timedelta(days=365)


def sent(memory, mark, at, count):
    memory.claim(mark, at)
    for row in range(count):
        memory.begin(mark, row, f"<{mark}{row}@x>", at, copied=True)
        memory.take(mark, row, at)


def test_mails_that_went_out_under_a_clock_ahead_hold_nothing_back_afterwards(tmp_path):
    with HandedOver(tmp_path / "versand.sqlite", "boot") as memory:
        sent(memory, "a", AHEAD, 60)
        assert allowance(memory, 60, AHEAD) == 0
        assert allowance(memory, 60, NOW) > 0
        sent(memory, "b", NOW, 60)
        assert allowance(memory, 60, NOW) == 0


def test_a_mail_noted_by_a_clock_ahead_proves_no_other_one_lost(tmp_path):
    with HandedOver(tmp_path / "versand.sqlite", "boot") as memory:
        sent(memory, "a", AHEAD, 1)
        assert memory.taken_after(NOW, NOW) == []
        sent(memory, "b", NOW + dt.timedelta(seconds=1), 1)
        assert memory.taken_after(NOW, NOW) == ["<b0@x>"]


def test_waiting_for_a_mail_begins_anew_where_its_beginning_lies_in_the_future(tmp_path):
    with HandedOver(tmp_path / "versand.sqlite", "boot") as memory:
        assert memory.missed_since("m", 1, AHEAD) == AHEAD
        assert memory.missed_since("m", 1, NOW) == NOW
        assert memory.missed_since("m", 1, NOW + dt.timedelta(minutes=9)) == NOW


def test_a_damaged_memory_of_mails_is_told_as_what_it_is_and_what_to_do(tmp_path):
    file = tmp_path / "versand.sqlite"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(ConfigError, match=r"versand\.sqlite ist beschädigt.*Benennen Sie sie um"):
        HandedOver(file)
    file.rename(tmp_path / "alt")
    HandedOver(file).__exit__(None, None, None)


def test_a_held_memory_of_mails_is_told_by_its_own_name(tmp_path, monkeypatch):
    file, connect = tmp_path / "versand.sqlite", sqlite3.connect
    HandedOver(file).__exit__(None, None, None)
    holder = connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0}))
    with pytest.raises(FileHeld, match=r"versand\.sqlite"), HandedOver(file) as memory:
        memory.claim("m", NOW)
    with suppress(sqlite3.Error):
        holder.close()
