"""Take the room, the right to write, the lock and the sense from each file we write, for real, and hear what is said.

Needs root on Linux, because it mounts small file systems in memory; says so and ends with 0 cases otherwise. Each of
the four must be told by its own German sentence, without a traceback, and the work must go on once the cause is gone.
Ends with one JSON line: ``cases``, ``wrong`` (told as something else, or not at all), ``stuck`` (did not work again).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from automations.mail.handed import NAME as SENT
from automations.mail.handed import HandedOver
from sync.disk_problems import as_disk_problem
from sync.items import Item, Origin
from sync.kept_secret import kept_secret
from sync.mirror.status import MirrorStatus, write_status
from sync.status import Settled, Status
from sync.text_files import replace_text

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SAID = {
    "full": "kein Platz mehr",
    "read-only": "lässt sich nicht schreiben",
    "locked": "hält die Datei",
    "corrupt": "ist beschädigt",
}


def status(folder: Path) -> None:
    """Write the state of the lists."""
    with Status(folder / "status.sqlite") as one:
        for i in range(400):
            item = Item("organisation", str(i), {"note": "x" * 4000}, {}, Origin("l", i))
            one.settle("l", [Settled(item, i)], {"organisation": "m"}, NOW)


def spool(folder: Path) -> None:
    """Write what was handed to the mail server."""
    with HandedOver(folder / SENT) as one:
        one.claim(os.urandom(8).hex(), NOW)
        for row in range(4000):
            mark = os.urandom(200).hex()
            one.claim(mark, NOW)
            one.begin(mark, row, "<" + "x" * 200 + ">", NOW, copied=True)


def picture(folder: Path) -> None:
    """Write a file of the mirror."""
    (folder / "mirror").mkdir(exist_ok=True)
    replace_text(folder / "mirror" / "big.json", "x" * 1_500_000)


def state(folder: Path) -> None:
    """Write whether NocoDB answers."""
    for _ in range(3):
        write_status(folder / "mirror", MirrorStatus(problem="x" * 500_000))


def key(folder: Path) -> None:
    """Make a key."""
    (folder / "antworten.secret").unlink(missing_ok=True)
    kept_secret(folder / "antworten.secret")


WRITES: dict[str, tuple[Callable[[Path], None], str]] = {
    "status": (status, "status.sqlite"),
    "mail": (spool, SENT),
    "mirror": (picture, ""),
    "mirror status": (state, ""),
    "key": (key, ""),
}


@contextmanager
def mounted(size: str = "1m") -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kn-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def told(write: Callable[[Path], None], folder: Path) -> str:
    """Return what a person would read, the name of an exception that nobody translates, or nothing."""
    try:
        write(folder)
    except Exception as problem:
        said = as_disk_problem(problem, folder)
        return str(said) if said else (str(problem) if hasattr(problem, "hint") else type(problem).__name__)
    return ""


def fill(file: Path, most: int | None) -> None:
    """Fill the disk to the last byte, or only so far: a database must begin before it can run out of room."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT)
    try:
        while most is None or os.fstat(handle).st_size < most:
            os.write(handle, b"x" * 4096)
    except OSError:
        pass
    finally:
        os.close(handle)


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def try_each() -> Iterator[tuple[str, str, str, bool]]:
    """Yield the file, the trouble, what was said, and whether it worked again without the trouble."""
    for name, (write, file) in WRITES.items():
        with mounted() as folder:
            (folder / "mirror").mkdir()
            filler = folder / "filler"
            fill(filler, None if name not in ("status", "mail") else 500_000)
            said = told(write, folder)
            filler.unlink()
            remount(folder, "size=30m")
            yield name, "full", said, not told(write, folder)
            remount(folder, "ro")
            said = told(write, folder)
            remount(folder, "rw")
            yield name, "read-only", said, not told(write, folder)
            if file:
                for trouble, (said, again) in (
                    ("locked", locked(write, folder / file)),
                    ("corrupt", corrupt(write, folder / file)),
                ):
                    yield name, trouble, said if file in said else f"another file: {said}", again


def locked(write: Callable[[Path], None], file: Path) -> tuple[str, bool]:
    connect = sqlite3.connect
    holder = connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    sqlite3.connect = lambda *a, **k: connect(*a, **{**k, "timeout": 0})  # type: ignore[assignment]
    try:
        said = told(write, file.parent)
    finally:
        sqlite3.connect = connect
        holder.close()
    return said, not told(write, file.parent)


def corrupt(write: Callable[[Path], None], file: Path) -> tuple[str, bool]:
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    file.write_bytes(b"no database at all" * 1000)
    said = told(write, file.parent)
    file.rename(file.with_suffix(".kaputt"))  # as the sentence says
    return said, not told(write, file.parent)


def main() -> int:
    if sys.platform != "linux" or os.geteuid() != 0:
        print("needs root on Linux: nothing tried", file=sys.stderr)
        print(json.dumps({"cases": 0, "wrong": 0, "stuck": 0}))
        return 0
    found = list(try_each())
    for name, trouble, said, again in found:
        print(
            f"{name:14} {trouble:10} {'ok ' if SAID[trouble] in said else 'BAD'} again={again} {said}", file=sys.stderr
        )
    wrong = sum(SAID[trouble] not in said or said.startswith("another") for _, trouble, said, _ in found)
    stuck = sum(not again for *_, again in found)
    print(json.dumps({"cases": len(found), "wrong": wrong, "stuck": stuck}))
    return 1 if wrong or stuck else 0


if __name__ == "__main__":
    sys.exit(main())
