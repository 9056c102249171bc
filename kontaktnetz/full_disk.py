"""A full disk, told as such: whichever file could not be written, people hear where and how much is free."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from schemas.errors import ConfigError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def as_full_disk(problem: BaseException, data_dir: Path) -> ConfigError | None:
    """Return the error to show when a write failed for lack of room, None for any other problem."""
    if not _lacks_room(problem):
        return None
    place = next(p for p in (data_dir.absolute(), *data_dir.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    megabytes = f"{free / 1_000_000:.0f} MB"
    return ConfigError(
        f"Auf dem Datenträger von {place} ist kein Platz mehr zum Schreiben (frei: {megabytes}).",
        hint="Bitte schaffen Sie Platz und starten Sie denselben Befehl noch einmal; er macht dort weiter, wo er war. "
        "Was in NocoDB steht, ist vollständig.",
        free=free,
        place=str(place),
    )


def _lacks_room(problem: BaseException) -> bool:
    if isinstance(problem, sqlite3.Error):
        code = getattr(problem, "sqlite_errorcode", 0)
        return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
    return isinstance(problem, OSError) and problem.errno in _NO_ROOM
