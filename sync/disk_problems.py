"""What a disk may refuse, told as what it is: no room, not to be written, held by another program, or damaged.

Whichever file it was, people hear where and what to do; the four want four different things done.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from schemas.errors import ConfigError, FileHeld, KontaktnetzError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_WRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)

_AGAIN = (
    "starten Sie denselben Befehl noch einmal; er macht dort weiter, wo er war. Was in NocoDB steht, ist vollständig."
)


REBUILD = (
    "Benennen Sie sie um; danach bringt `kontaktnetz sync rebuild` aus dem Journal zurück, was in ihr stand. Ihre "
    "Einträge in NocoDB sind nicht betroffen."
)
"""What to do where the status file is damaged."""


def as_disk_problem(
    problem: BaseException, data_dir: Path, file: Path | None = None, *, lost: str = REBUILD
) -> KontaktnetzError | None:
    """Return the error to show when the disk was the reason, None for any other problem.

    ``file`` is the database that was at work; without it the status file of the data folder is meant. ``lost`` says in
    German what to do when that file is damaged.
    """
    told = file or data_dir / "status.sqlite"
    if isinstance(problem, sqlite3.Error):
        return _of_database(problem, data_dir, told, lost)
    if isinstance(problem, OSError) and problem.errno in _NO_ROOM:
        return _no_room(data_dir)
    if isinstance(problem, OSError) and problem.errno in _NOT_WRITABLE and problem.filename is not None:
        place = Path(str(problem.filename))
        return _not_writable(place) if data_dir.absolute() in place.absolute().parents else None
    return None


def _of_database(problem: sqlite3.Error, data_dir: Path, file: Path, lost: str) -> KontaktnetzError | None:
    """Tell by the code of SQLite (https://www.sqlite.org/rescode.html), whose lowest byte is the kind."""
    code = getattr(problem, "sqlite_errorcode", None) or 0
    kind = code & 0xFF
    if kind == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE:
        return _no_room(data_dir)
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _not_writable(file)
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FileHeld(
            f"Ein anderer Vorgang hält die Datei {file} fest.",
            hint="Bitte warten Sie, bis er fertig ist, und wiederholen Sie den Befehl.",
            file=str(file),
        )
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return ConfigError(
            f"Die Datei {file} ist beschädigt.",
            hint=lost,
            file=str(file),
        )
    return None


def _no_room(data_dir: Path) -> ConfigError:
    place = next(p for p in (data_dir.absolute(), *data_dir.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    return ConfigError(
        f"Auf dem Datenträger von {place} ist kein Platz mehr zum Schreiben (frei: {free / 1_000_000:.0f} MB).",
        hint=f"Bitte schaffen Sie Platz und {_AGAIN}",
        free=free,
        place=str(place),
    )


def _not_writable(file: Path) -> ConfigError:
    return ConfigError(
        f"Die Datei {file} lässt sich nicht schreiben.",
        hint="Bitte prüfen Sie, wem der Ordner gehört und ob der Datenträger schreibgeschützt ist (nach einem Fehler "
        f"der Platte wird er es von selbst). Dann {_AGAIN}",
        file=str(file),
    )
