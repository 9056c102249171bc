"""What a run learnt of its source, noted in the journal of the base, so that a lost status can be rebuilt from there.

A note follows the writes it speaks of, so it never claims more than happened. It changes no row; undo passes it over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from schemas.errors import KontaktnetzError
from sync.items import Item
from sync.journal import ROOM, Journal
from sync.status import Key, Remembered, Settled, TableIds, texts


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry tells of a source: items that stand (with the table's id in NocoDB), and items that are gone."""

    source: str
    said: tuple[tuple[Remembered, str], ...]
    gone: tuple[Key, ...]


class Notes:
    """Collect what is settled in one run of one source and write it down in few entries, the last on leaving."""

    def __init__(self, journal: Journal, source: str, tables: TableIds) -> None:
        self._journal = journal
        self._source = source
        self._tables = tables
        self._said: list[list[object]] = []
        self._gone: list[Key] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write down the rest; after an error only if that is possible, the error itself counts."""
        if problem is None:
            self.flush()
        elif isinstance(problem, KontaktnetzError):
            with suppress(KontaktnetzError):
                self.flush()

    def settled(self, settled: Iterable[Settled]) -> None:
        """Note items that stand in the base."""
        for one in settled:
            line = _line(one.item, one.row_id, self._tables[one.item.table])
            size = len(json.dumps(line, ensure_ascii=False))
            if size > ROOM:
                continue  # stays unknown to a rebuild: two-way, never overwritten
            if self._size + size > ROOM:
                self.flush()
            self._said.append(line)
            self._size += size + 2

    def gone(self, keys: Iterable[Key]) -> None:
        """Note items that the source names no longer."""
        for key in keys:
            self._gone.append(key)
            self._size += len(json.dumps(key)) + 4
            if self._size > ROOM:
                self.flush()

    def flush(self) -> None:
        """Write down what has gathered.

        Raises:
            NocoDBError: the server refused or did not answer.
        """
        if not self._said and not self._gone:
            return
        data = {"source": self._source, "said": self._said, "gone": [list(key) for key in self._gone]}
        count = len(self._said) + len(self._gone)
        self._said, self._gone, self._size = [], [], 0
        self._journal.note(f"Gemerkt: Stand der Quelle für {count} Einträge", json.dumps(data, ensure_ascii=False))


def read_note(told: Mapping[str, Any]) -> Note:
    """Return what ``Notes`` wrote, from the data of its entry."""
    said = tuple(
        (Remembered((str(table), str(ident)), int(row), dict(values)), str(table_id))
        for table, ident, row, table_id, values in told["said"]
    )
    return Note(str(told["source"]), said, tuple((str(t), str(i)) for t, i in told["gone"]))


def _line(item: Item, row_id: int, table_id: str) -> list[object]:
    return [item.table, item.ident, row_id, table_id, dict(texts(item))]
