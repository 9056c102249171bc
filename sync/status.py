"""What was last seen of each source: a small database on this machine, one row per item and one per value.

It says which values a source has already delivered, so that a cell which staff emptied is not filled again, and which
rows we have known, so that one which staff deleted is not brought back. Lost, it costs only that: rows are found by
their ident in the base, and ``sync.rebuild`` brings it back from the journal. What it says holds for the very tables of
NocoDB in which the rows were seen: in a new base, or in a table made anew, nobody has deleted anything yet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from schemas.errors import ConfigError
from sync.databases import open_database
from sync.disk_problems import as_disk_problem
from sync.items import Item, Origin, Rejected
from sync.standing import one_line
from sync.status_schema import CHANGES, SCHEMA, VERSION

Key = tuple[str, str]
"""Table code and ident."""

TableIds = Mapping[str, str]
"""The ids that NocoDB gave our tables, by table code."""


@dataclass(frozen=True, slots=True)
class Known:
    """An item as last brought to the base: its row there, a digest of what the source said, whether it is gone now."""

    row_id: int
    digest: bytes
    vanished: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """An item that stands in the base as far as we are concerned."""

    item: Item
    row_id: int


@dataclass(frozen=True, slots=True)
class Held:
    """An item that NocoDB refused (``rejected`` tells why), or None for one that waits for such a row.

    It is left alone while ``digest`` is what the source says and ``shape`` is how its table looks.
    """

    digest: bytes
    shape: str
    rejected: Rejected | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """An item as somebody else remembers it: every value its source ever said as text, and all it ``said`` last.

    Without ``said`` the next run looks at the item again.
    """

    key: Key
    row_id: int
    values: Mapping[str, str]
    said: Mapping[str, str] | None = None
    vanished: bool = False


Forgotten = tuple[str, str, str]
"""Table code, ident as it is written into the row, and the table's id in NocoDB."""


@dataclass(frozen=True, slots=True)
class Retracted:
    """An item of which an undo took back something; the next run looks at it again.

    ``values`` are what the source said before, by column; None where that is not known. ``row_id`` and ``gone`` are
    None where they stay. ``known`` makes an item known again that was forgotten. For those who read the whole journal:
    ``lost`` are the entries whose word on these columns no longer counts, ``before`` those values that no entry tells.
    """

    key: Key
    table_id: str
    values: Mapping[str, str | None]
    row_id: int | None = None
    known: bool = False
    gone: bool | None = None
    lost: tuple[int, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retraction:
    """What an undo took back of what is known of one source."""

    source: str
    retracted: tuple[Retracted, ...] = ()
    forgotten: tuple[Forgotten, ...] = ()


class Status:
    """The status database; use as a context manager.

    Raises:
        ConfigError: the file is no status database, it cannot be written, or a newer program wrote it.
        FileHeld: another program holds it.
    """

    def __init__(self, file: Path | str) -> None:
        try:
            self._db = open_database(file)
            version = self._version()
            if version < VERSION:
                version = self._bring_up()
        except sqlite3.DatabaseError as problem:
            told = as_disk_problem(problem, Path(file).parent, Path(file))
            if told is None:
                raise
            raise told from problem
        if version > VERSION:
            raise ConfigError(
                f"Die Statusdatei {file} hat eine neuere Version von Kontaktnetz geschrieben.",
                hint="Bitte aktualisieren Sie Kontaktnetz auf diesem Rechner.",
                file=str(file),
            )

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _bring_up(self) -> int:
        """Make the tables, or bring those of an older version up; of two programs that begin at once one does it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            version = self._version()  # the other one may have been quicker
            changes = [SCHEMA] if version == 0 else [change for step, change in CHANGES.items() if version < step]
            for change in changes if version < VERSION else ():
                for statement in filter(str.strip, change.split(";")):
                    self._db.execute(statement)
            if version < VERSION:
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            self._db.execute("COMMIT")
        except sqlite3.Error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return max(version, VERSION)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def items(self, source: str, tables: TableIds) -> dict[Key, Known]:
        """Return every item of a source that we have brought to these tables."""
        rows = self._db.execute(
            "SELECT tab, ident, row_id, digest, vanished, table_id FROM item WHERE source = ?", (source,)
        )
        return {
            (table, ident): Known(row_id, digest, bool(gone))
            for table, ident, row_id, digest, gone, table_id in rows
            if table_id in (None, tables.get(table))
        }

    def tables(self, source: str) -> dict[str, set[str | None]]:
        """Return by table code the ids of the tables to which we have brought items of a source (None: not noted)."""
        found: dict[str, set[str | None]] = {}
        for table, table_id in self._db.execute("SELECT DISTINCT tab, table_id FROM item WHERE source = ?", (source,)):
            found.setdefault(table, set()).add(table_id)
        return found

    def last(self, source: str, key: Key) -> dict[str, str]:
        """Return what the source said of this item last, as text by column (see ``texts``)."""
        rows = self._db.execute(
            "SELECT col, text FROM value WHERE source = ? AND tab = ? AND ident = ?", (source, *key)
        )
        return dict(rows.fetchall())

    def vanish(self, source: str, keys: Sequence[Key], now: dt.datetime) -> None:
        """Remember items that the source no longer names."""
        gone = [(now.isoformat(), source, *key) for key in keys]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("UPDATE item SET vanished = ? WHERE source = ? AND tab = ? AND ident = ?", gone)

    def settle(self, source: str, settled: Sequence[Settled], tables: TableIds, now: dt.datetime) -> None:
        """Remember items that stand in these tables, in one transaction; ``now`` is aware UTC."""
        items, values, elsewhere = [], [], []
        for one in settled:
            key = (source, one.item.table, one.item.ident)
            table_id = tables[one.item.table]
            items.append((*key, one.row_id, digest(one.item), now.isoformat(), table_id))
            elsewhere.append((*key, table_id))
            values += [(*key, column, text) for column, text in texts(one.item).items()]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany(
                "DELETE FROM value WHERE (source, tab, ident) IN (SELECT source, tab, ident FROM item WHERE source = ?"
                " AND tab = ? AND ident = ? AND table_id IS NOT NULL AND table_id <> ?)",
                elsewhere,
            )
            self._db.executemany(
                "INSERT INTO item (source, tab, ident, row_id, digest, first_seen, table_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET row_id = excluded.row_id,"
                " digest = excluded.digest, vanished = NULL, table_id = excluded.table_id",
                items,
            )
            self._db.executemany(
                "INSERT INTO value VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", values
            )

    @property
    def empty(self) -> bool:
        """Say whether no item of any source is known."""
        return self._db.execute("SELECT 1 FROM item LIMIT 1").fetchone() is None

    def restore(
        self,
        memory: Mapping[str, Mapping[Key, Remembered]],
        tables: TableIds,
        now: dt.datetime,
        taken: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Remember by source what was remembered elsewhere, all of it or nothing.

        ``now`` is the aware UTC moment, ``taken`` the newest entry that is part of it by the id of its journal.
        """
        moment = now.isoformat()
        items, values = [], []
        for source, known in memory.items():
            for (table, ident), one in known.items():
                seen = b"" if one.said is None else _digest(one.said)
                gone = moment if one.vanished else None
                items.append((source, table, ident, one.row_id, seen, moment, gone, tables[table]))
                values += [(source, table, ident, column, text) for column, text in one.values.items()]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT INTO item (source, tab, ident, row_id, digest, first_seen, vanished, table_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                items,
            )
            self._db.executemany("INSERT INTO value VALUES (?, ?, ?, ?, ?)", values)
            self._db.executemany("INSERT OR REPLACE INTO taken VALUES (?, ?)", taken.items())

    def taken(self, journal: str) -> int | None:
        """Return the newest entry of a journal (by the id of its table) that was taken in, None if none ever was."""
        row = self._db.execute("SELECT entry FROM taken WHERE journal = ?", (journal,)).fetchone()
        return None if row is None else int(row[0])

    def knows_of(self, tables: TableIds) -> bool:
        """Say whether any item was brought to one of these tables."""
        ids = set(tables.values())
        rows = self._db.execute("SELECT DISTINCT table_id FROM item")
        return any(table_id is None or table_id in ids for (table_id,) in rows)

    def take_in(self, told: Sequence[Retraction], journal: str, entry: int, now: dt.datetime) -> None:
        """Take back what undos took back (oldest first), and remember up to which entry that is done: all or nothing.

        ``now`` is the aware UTC moment.
        """
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for one in told:
                self._forget(one)
                for item in one.retracted:
                    self._retract(one.source, item, now)
                self.forget_list(one.source)
            self._db.execute("INSERT OR REPLACE INTO taken VALUES (?, ?)", (journal, entry))

    def _forget(self, told: Retraction) -> None:
        gone = {(table, one_line(ident), table_id) for table, ident, table_id in told.forgotten}
        if not gone:
            return
        rows = self._db.execute("SELECT tab, ident, table_id FROM item WHERE source = ?", (told.source,)).fetchall()
        anywhere = {(table, line) for table, line, _ in gone}
        keys = [
            (told.source, table, ident)
            for table, ident, table_id in rows
            if (table, one_line(ident), table_id) in gone or (table_id is None and (table, one_line(ident)) in anywhere)
        ]
        self._db.executemany("DELETE FROM item WHERE source = ? AND tab = ? AND ident = ?", keys)
        self._db.executemany("DELETE FROM value WHERE source = ? AND tab = ? AND ident = ?", keys)

    def _retract(self, source: str, one: Retracted, now: dt.datetime) -> None:
        key = (source, *one.key)
        if one.known:
            self._db.execute(
                "INSERT OR IGNORE INTO item (source, tab, ident, row_id, digest, first_seen, table_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, one.row_id or 0, b"", now.isoformat(), one.table_id),
            )
        found = self._db.execute(
            "UPDATE item SET digest = ?, row_id = coalesce(?, row_id),"
            " vanished = CASE WHEN ? IS NULL THEN vanished WHEN ? THEN coalesce(vanished, ?) END"
            " WHERE source = ? AND tab = ? AND ident = ? AND (table_id IS NULL OR table_id = ?)",
            (b"", one.row_id, one.gone, one.gone, now.isoformat(), *key, one.table_id),
        )
        if not found.rowcount:
            return
        lost = [(*key, column) for column, text in one.values.items() if text is None]
        said = [(*key, column, text) for column, text in one.values.items() if text is not None]
        self._db.executemany("DELETE FROM value WHERE source = ? AND tab = ? AND ident = ? AND col = ?", lost)
        self._db.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?, ?)", said)

    def copy(self) -> Status:
        """Return a copy in memory, to see what would be."""
        other = Status(":memory:")
        self._db.backup(other._db)
        return other

    def hold(self, source: str, held: Mapping[Key, Held]) -> None:
        """Remember which items of a source are to be left alone; those of before are forgotten."""
        rows = [
            (source, *key, one.digest, one.shape, json.dumps(asdict(one.rejected)) if one.rejected else "")
            for key, one in held.items()
        ]
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM held WHERE source = ?", (source,))
            self._db.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", rows)

    def held(self, source: str) -> dict[Key, Held]:
        """Return the items of a source that were to be left alone when last looked at."""
        found = {}
        for tab, ident, seen, shape, told in self._db.execute(
            "SELECT tab, ident, digest, shape, told FROM held WHERE source = ?", (source,)
        ):
            data = json.loads(told) if told else None
            rejected = Rejected(**{**data, "origin": Origin(**data["origin"])}) if data else None
            found[(tab, ident)] = Held(seen, shape, rejected)
        return found

    def keep_unread(self, source: str, entries: Mapping[str, int]) -> None:
        """Remember which entries (by fingerprint) nobody can read while the source names everything known."""
        rows = [(source, fingerprint, count) for fingerprint, count in entries.items()]
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM unread WHERE source = ?", (source,))
            self._db.executemany("INSERT INTO unread VALUES (?, ?, ?)", rows)

    def unread(self, source: str) -> dict[str, int]:
        """Return how many entries of each fingerprint were unreadable when the source last named everything known."""
        rows = self._db.execute("SELECT fingerprint, entries FROM unread WHERE source = ?", (source,))
        return dict(rows.fetchall())

    def keep_place(self, source: str, place: str) -> None:
        """Remember where a source came from."""
        self._db.execute("INSERT OR REPLACE INTO place VALUES (?, ?)", (source, place))

    def places(self) -> dict[str, str]:
        """Return where each known source came from last; empty for one of which that was never noted."""
        rows = self._db.execute("SELECT source, '' FROM item UNION SELECT source, path FROM place ORDER BY 2")
        return dict(rows.fetchall())

    def finish(self, source: str, items: int, now: dt.datetime) -> None:
        """Remember that a run over the whole source came to its end."""
        self._db.execute("INSERT INTO run VALUES (?, ?, ?)", (source, now.isoformat(), items))

    def keep_list(self, source: str, digest: str, told: str) -> None:
        """Remember a list that is wholly in the base: a digest of it, and what a run told about it."""
        self._db.execute("INSERT OR REPLACE INTO list VALUES (?, ?, ?)", (source, digest, told))

    def forget_list(self, source: str) -> None:
        """Let the next run look at every item of a source again."""
        self._db.execute("DELETE FROM list WHERE source = ?", (source,))

    def kept_list(self, source: str, digest: str) -> str | None:
        """Return what a run told about this very list when all of it was in the base, else None."""
        row = self._db.execute("SELECT told FROM list WHERE source = ? AND digest = ?", (source, digest)).fetchone()
        return None if row is None else str(row[0])


def texts(item: Item) -> Mapping[str, str]:
    """Return what the source says of an item, as text by column; a link by the ident it points at."""
    found = {c: json.dumps(v, ensure_ascii=False, default=str) for c, v in item.values.items()}
    return {**found, **{c: f"{ref.table}:{ref.ident}" for c, ref in item.links.items()}}


def digest(item: Item) -> bytes:
    """Return a digest of what the source says of an item."""
    return _digest(texts(item))


def _digest(said: Mapping[str, str]) -> bytes:
    told = json.dumps(sorted(said.items()), ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=12).digest()
