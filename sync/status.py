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
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from schemas.errors import ConfigError
from sync.items import Item, Origin, Rejected

VERSION = 5
_SCHEMA = """
CREATE TABLE item (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, row_id INTEGER NOT NULL, digest BLOB NOT NULL,
    first_seen TEXT NOT NULL, vanished TEXT, table_id TEXT, PRIMARY KEY (source, tab, ident)
) WITHOUT ROWID;
CREATE TABLE value (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, col TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (source, tab, ident, col)
) WITHOUT ROWID;
CREATE TABLE run (source TEXT NOT NULL, finished TEXT NOT NULL, items INTEGER NOT NULL);
CREATE TABLE list (source TEXT PRIMARY KEY, digest TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE held (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, digest BLOB NOT NULL, shape TEXT NOT NULL,
    told TEXT NOT NULL, PRIMARY KEY (source, tab, ident)
) WITHOUT ROWID;
"""

_CHANGES = {
    2: "ALTER TABLE item ADD COLUMN vanished TEXT;",
    3: "CREATE TABLE list (source TEXT PRIMARY KEY, digest TEXT NOT NULL, told TEXT NOT NULL);",
    4: "ALTER TABLE item ADD COLUMN table_id TEXT;",
    5: "CREATE TABLE held (source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, digest BLOB NOT NULL, "
    "shape TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (source, tab, ident)) WITHOUT ROWID;",
}
"""What leads from the version before to each version."""

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


class Status:
    """The status database; use as a context manager.

    Raises:
        ConfigError: the file is no status database, or a newer program wrote it.
    """

    def __init__(self, file: Path | str) -> None:
        try:
            self._db = sqlite3.connect(file, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            if version == 0:
                self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            for step, change in _CHANGES.items():
                if 0 < version < step:
                    self._db.executescript(f"BEGIN; {change} PRAGMA user_version = {step}; COMMIT;")
        except sqlite3.DatabaseError as problem:
            raise ConfigError(
                f"Die Statusdatei {file} ist beschädigt.",
                hint="Benennen Sie sie um; danach bringt `kontaktnetz sync rebuild` aus dem Journal zurück, was in ihr "
                "stand. Ihre Einträge in NocoDB sind nicht betroffen.",
                file=str(file),
            ) from problem
        if version > VERSION:
            raise ConfigError(
                f"Die Statusdatei {file} hat eine neuere Version von Kontaktnetz geschrieben.",
                hint="Bitte aktualisieren Sie Kontaktnetz auf diesem Rechner.",
                file=str(file),
            )

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

    def vanish(self, source: str, keys: Sequence[Key], now: dt.datetime) -> Sequence[Key]:
        """Remember items that the source no longer names, and return them."""
        gone = [(now.isoformat(), source, *key) for key in keys]
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("UPDATE item SET vanished = ? WHERE source = ? AND tab = ? AND ident = ?", gone)
        return keys

    def settle(self, source: str, settled: Sequence[Settled], tables: TableIds, now: dt.datetime) -> Sequence[Settled]:
        """Remember items that stand in these tables, in one transaction, and return them; ``now`` is aware UTC."""
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
        return settled

    @property
    def empty(self) -> bool:
        """Say whether no item of any source is known."""
        return self._db.execute("SELECT 1 FROM item LIMIT 1").fetchone() is None

    def restore(self, memory: Mapping[str, Mapping[Key, Remembered]], tables: TableIds, now: dt.datetime) -> None:
        """Remember by source what was remembered elsewhere, all of it or nothing. ``now`` is the aware UTC moment."""
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
