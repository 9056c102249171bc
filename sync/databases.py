"""Opening a SQLite file of ours that several programs may open at the same moment."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for another program that writes."""


def open_database(file: Path | str, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Return a connection that leaves transactions to us, with a log written ahead, so that no reader waits.

    Raises:
        sqlite3.Error: the file is none, or cannot be opened or written; another program held it for too long.
    """
    until = time.monotonic() + PATIENCE
    db = sqlite3.connect(file, isolation_level=None, timeout=PATIENCE, check_same_thread=check_same_thread)
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as problem:
            # the change to WAL does not wait by itself: two that begin at once would both be in each other's way
            busy = (problem.sqlite_errorcode or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until:
                db.close()
                raise
            time.sleep(0.05)
        except BaseException:
            db.close()
            raise
        else:
            return db
