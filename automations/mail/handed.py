"""What this machine handed over to the mail server, in a file of its own: the one witness after a kill -9.

Before a message goes out for good it is noted as *begun*, after the server's 250 as *taken*. Nothing is forced to the
disk: what a killed process wrote stands in the operating system's buffers and is read by the next one. A power failure
empties these, so every note bears the number of the boot, and what is of another boot, or of another machine, proves
nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from schemas.errors import LeaseHeld
from schemas.moments import AHEAD, is_from_future
from sync.databases import open_database
from sync.disk_problems import as_disk_problem

NAME = "versand.sqlite"
LOST = (
    "Benennen Sie sie um, dann wird eine neue angelegt. E-Mails, die gerade unterwegs waren, werden danach angehalten "
    "und im Postausgang gezeigt, damit keine zweimal hinausgeht."
)
"""What to do where the file is damaged, and what is lost with it."""
KEPT = dt.timedelta(days=30)
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=2), dt.timedelta(hours=12)

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS claims (mark TEXT PRIMARY KEY, boot TEXT NOT NULL, at REAL NOT NULL, open INTEGER DEFAULT 1);
CREATE TABLE IF NOT EXISTS notes (mark TEXT, row INTEGER, message TEXT, copied INTEGER, begun REAL, taken REAL,
    PRIMARY KEY (mark, row));
CREATE INDEX IF NOT EXISTS begun ON notes (begun);
CREATE TABLE IF NOT EXISTS missed (mark TEXT, row INTEGER, at REAL, PRIMARY KEY (mark, row));
CREATE TABLE IF NOT EXISTS put_off (row INTEGER PRIMARY KEY, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS counts (word TEXT PRIMARY KEY, number INTEGER NOT NULL);
"""


class Fate(StrEnum):
    """What is known of a message that a run left on its way."""

    NEVER = "nie begonnen"
    TAKEN = "angenommen"
    UNKNOWN = "unbekannt"


@dataclass(frozen=True, slots=True)
class Trace:
    """A message on its way: ``begun`` when we handed it over here, ``missed`` since when nobody knows what became of it
    (both aware UTC); ``copied`` that the archive was to get a copy, None if another machine or boot began it."""

    fate: Fate
    begun: dt.datetime | None = None
    copied: bool | None = None


class HandedOver:
    """The file. One message's note is one small transaction; two threads may write, one after the other."""

    def __init__(self, path: Path, boot: str | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._boot = boot or this_boot()
        self._path = path
        try:
            self._file = open_database(path, check_same_thread=False)
            self._file.execute("PRAGMA synchronous=OFF")
            self._file.executescript(_SCHEMA)
        except sqlite3.Error as problem:
            self._tell(problem)
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """Close the file; raises what a person may read where the disk was the reason that the block ended."""
        self._file.close()
        if isinstance(value, sqlite3.Error):
            self._tell(value)

    def _tell(self, problem: sqlite3.Error) -> None:
        if told := as_disk_problem(problem, self._path.parent, self._path, lost=LOST):
            raise told from problem

    def claim(self, mark: str, at: dt.datetime) -> None:
        """Note that this machine is about to claim rows with this mark."""
        self._file.execute("INSERT INTO claims (mark, boot, at) VALUES (?, ?, ?)", (mark, self._boot, at.timestamp()))

    def close(self, mark: str) -> None:
        """Let nothing go out any more under a claim: a process that only slept must not go on where it was cleared up
        after."""
        self._file.execute("UPDATE claims SET open = 0 WHERE mark = ?", (mark,))

    def begin(self, mark: str, row: int, message: str, at: dt.datetime, *, copied: bool) -> None:
        """Note that the content of a message goes out now; ``message`` is its Message-ID.

        Raises:
            LeaseHeld: the claim was closed meanwhile.
        """
        asked = "INSERT OR REPLACE INTO notes SELECT mark, ?, ?, ?, ?, NULL FROM claims WHERE mark = ? AND open"
        if self._file.execute(asked, (row, message, copied, at.timestamp(), mark)).rowcount < 1:
            raise LeaseHeld(
                "Ein anderer Lauf hat den Postausgang übernommen.", hint="Dieser Lauf hört deshalb auf.", row=row
            )

    def take(self, mark: str, row: int, at: dt.datetime) -> None:
        """Note that the server has taken it."""
        self._file.execute("UPDATE notes SET taken = ? WHERE mark = ? AND row = ?", (at.timestamp(), mark, row))

    def trace(self, mark: str | None, row: int) -> Trace:
        """Return what is known of a row that bears this mark."""
        ours = self._one("SELECT 1 FROM claims WHERE mark = ? AND boot = ?", mark, self._boot)
        if ours is None:
            return Trace(Fate.UNKNOWN)
        note = self._one("SELECT begun, taken, copied FROM notes WHERE mark = ? AND row = ?", mark, row)
        if note is None:
            return Trace(Fate.NEVER)
        begun, taken, copied = note
        return Trace(Fate.UNKNOWN if taken is None else Fate.TAKEN, _moment(begun), bool(copied))

    def missed_since(self, mark: str | None, row: int, now: dt.datetime) -> dt.datetime:
        """Return since when nobody knows what became of a row; the first time it is asked that is now, and so it is
        again where a clock that was ahead wrote it down."""
        self._file.execute("INSERT OR IGNORE INTO missed VALUES (?, ?, ?)", (mark or "", row, now.timestamp()))
        found = self._one("SELECT at FROM missed WHERE mark = ? AND row = ?", mark or "", row)
        if found and not is_from_future(_moment(found[0]), now):
            return _moment(found[0])
        self._file.execute("UPDATE missed SET at = ? WHERE mark = ? AND row = ?", (now.timestamp(), mark or "", row))
        return now

    def taken_after(self, moment: dt.datetime, now: dt.datetime, most: int = 5) -> list[str]:
        """Return the Message-IDs of mails whose content went out after ``moment`` and that the server took, with a copy
        for the archive; the first ones. Of notes from the future nobody knows whether they came after."""
        asked = """SELECT message FROM notes WHERE begun > ? AND begun <= ? AND taken IS NOT NULL AND copied
            ORDER BY begun LIMIT ?"""
        with closing(self._file.execute(asked, (moment.timestamp(), _latest(now), most))) as found:
            return [str(message) for (message,) in found]

    def begun_since(self, moment: dt.datetime, now: dt.datetime) -> int:
        """Return how many messages went out since; what a clock that was ahead noted is not counted."""
        asked = "SELECT count(*) FROM notes WHERE begun >= ? AND begun <= ?"
        found = self._one(asked, moment.timestamp(), _latest(now))
        return int(found[0]) if found else 0

    def put_off(self, row: int, attempts: int, now: dt.datetime) -> None:
        """Note that a row is not to be tried again at once; the pause grows with the tries."""
        until = (now + pause_after(attempts)).timestamp()
        self._file.execute("INSERT OR REPLACE INTO put_off VALUES (?, ?)", (row, until))

    def due(self, rows: Sequence[int], now: dt.datetime) -> list[int]:
        """Return the rows whose pause is over; one longer than any is that of a clock which was ahead."""
        asked = "SELECT row FROM put_off WHERE until > ? AND until <= ?"
        with closing(self._file.execute(asked, (now.timestamp(), (now + LONGEST_PAUSE).timestamp()))) as found:
            later = {int(row) for (row,) in found}
        return [row for row in rows if row not in later]

    def add(self, counts: Mapping[str, int]) -> None:
        """Add to the figures that are told when all is through."""
        self._file.executemany(
            "INSERT INTO counts VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET number = number + excluded.number",
            counts.items(),
        )

    def take_counts(self) -> dict[str, int]:
        """Return the figures and begin anew."""
        with closing(self._file.execute("SELECT word, number FROM counts")) as found:
            counts = {str(word): int(number) for word, number in found}
        self._file.execute("DELETE FROM counts")
        return counts

    def tidy(self, now: dt.datetime) -> None:
        """Forget what is older than a month."""
        old = ((now - KEPT).timestamp(),)
        self._file.execute("DELETE FROM notes WHERE begun < ?", old)
        self._file.execute("DELETE FROM claims WHERE at < ?", old)
        self._file.execute("DELETE FROM missed WHERE at < ?", old)
        self._file.execute("DELETE FROM put_off WHERE until < ?", (now.timestamp(),))

    def _one(self, asked: str, *values: object) -> tuple[float, ...] | None:
        with closing(self._file.execute(asked, values)) as found:
            row: tuple[float, ...] | None = found.fetchone()
            return row


def pause_after(attempts: int) -> dt.timedelta:
    """Return how long a message rests after it was put off so many times.

    The second try comes when greylisting lets it in, the last one more than a day after the first: providers count by
    the hour and by the day.

    >>> [str(pause_after(tries)) for tries in (1, 2, 4, 9)]
    ['0:02:00', '0:06:00', '0:54:00', '12:00:00']
    """
    times: int = 3 ** min(max(attempts, 1) - 1, 9)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE)


def this_boot() -> str:
    """Return a number that changes when the machine is started anew (Linux); where there is none, with every process:
    then nothing is ever certain after a kill."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return uuid.uuid4().hex


def _latest(now: dt.datetime) -> float:
    return (now + AHEAD).timestamp()


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
