"""What a run learnt of its source, noted in the journal of the base, so that a lost status can be rebuilt from there.

A note follows the writes it speaks of, so it never claims more than happened. It comes before the status, so that the
status never holds what no undo would know of. It changes no row; undo passes it over.
What an undo takes back of such knowledge is a note as well (``Retraction``). It comes before the rows change: killed
between the two, a run knows too little and asks, instead of taking what it wrote itself for the word of staff.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from schemas.operations.choices import WriteKind
from sync.items import Item
from sync.journal import ROOM, Journal
from sync.status import Forgotten, Key, Remembered, Retracted, Retraction, Settled, Status, TableIds, texts

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry tells of a source: items that stand (with the table's id in NocoDB), and items that are gone."""

    source: str
    said: tuple[tuple[Remembered, str], ...]
    gone: tuple[Key, ...]


class Notes:
    """Remember what one run of one source learns, in the journal first, then in the status."""

    def __init__(
        self, journal: Journal, status: Status, source: str, tables: TableIds, now: Callable[[], dt.datetime]
    ) -> None:
        self._journal = journal
        self._status = status
        self._source = source
        self._tables = tables
        self._now = now

    def settle(self, settled: Sequence[Settled]) -> None:
        """Remember items that stand in the base.

        Raises:
            NocoDBError: the server refused or did not answer.
        """
        lines = [_line(one.item, one.row_id, self._tables[one.item.table]) for one in settled]
        # a line too long for a cell stays unknown to a rebuild: two-way, never overwritten
        for part in _that_fit([line for line in lines if _size(line) <= ROOM], _size):
            self._write(said=part)
        self._status.settle(self._source, settled, self._tables, self._now())

    def vanish(self, keys: Sequence[Key]) -> None:
        """Remember items that the source names no longer.

        Raises:
            NocoDBError: the server refused or did not answer.
        """
        for part in _that_fit([list(key) for key in keys], _size):
            self._write(gone=part)
        self._status.vanish(self._source, keys, self._now())

    def _write(self, said: Sequence[list[object]] = (), gone: Sequence[list[str]] = ()) -> None:
        data = {"source": self._source, "said": said, "gone": gone}
        count = len(said) + len(gone)
        self._journal.note(f"Gemerkt: Stand der Quelle für {count} Einträge", json.dumps(data, ensure_ascii=False))


def _that_fit(lines: Iterable[Line], size: Callable[[Line], int]) -> Iterator[list[Line]]:
    """Yield the lines in as few parts as fit into one cell each; a longer line is a part of its own."""
    part: list[Line] = []
    length = 0
    for line in lines:
        more = size(line) + 2
        if part and length + more > ROOM:
            yield part
            part, length = [], 0
        part.append(line)
        length += more
    if part:
        yield part


def read_note(told: Mapping[str, Any]) -> Note:
    """Return what ``Notes`` wrote, from the data of its entry."""
    said = tuple(
        (Remembered((str(table), str(ident)), int(row), dict(values)), str(table_id))
        for table, ident, row, table_id, values in told["said"]
    )
    return Note(str(told["source"]), said, tuple((str(t), str(i)) for t, i in told["gone"]))


def _line(item: Item, row_id: int, table_id: str) -> list[object]:
    return [item.table, item.ident, row_id, table_id, dict(texts(item))]


def announce_retraction(journal: Journal, told: Retraction) -> None:
    """Write down what is about to be taken back of what is known of a source, in as few entries as it fits into.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    for part in _parts(told):
        data = {
            "source": part.source,
            "retracted": [_retracted_line(one) for one in part.retracted],
            "forgotten": [list(one) for one in part.forgotten],
        }
        count = len(part.retracted) + len(part.forgotten)
        name = f"Gemerkt: Stand der Quelle für {count} Einträge zurückgenommen"
        journal.note(name, json.dumps(data, ensure_ascii=False), WriteKind.UNDONE)


def read_retraction(told: Mapping[str, Any]) -> Retraction:
    """Return what ``announce_retraction`` wrote, from the data of its entry."""
    retracted = tuple(
        Retracted((str(t), str(i)), str(table_id), dict(values), row_id, bool(known), gone, tuple(lost), dict(before))
        for t, i, table_id, values, row_id, known, gone, lost, before in told["retracted"]
    )
    forgotten: tuple[Forgotten, ...] = tuple((str(t), str(i), str(table_id)) for t, i, table_id in told["forgotten"])
    return Retraction(str(told["source"]), retracted, forgotten)


def _parts(told: Retraction) -> Iterator[Retraction]:
    lines: list[Retracted | Forgotten] = [*map(_that_fits, told.retracted), *told.forgotten]
    for part in _that_fit(lines, lambda line: _size(_retracted_line(line) if isinstance(line, Retracted) else line)):
        retracted = tuple(line for line in part if isinstance(line, Retracted))
        forgotten = tuple(line for line in part if not isinstance(line, Retracted))
        yield Retraction(told.source, retracted, forgotten)


def _that_fits(one: Retracted) -> Retracted:
    """Return it without its values when they fit into no entry: unknown is two-way, never overwritten."""
    if _size(_retracted_line(one)) <= ROOM:
        return one
    return replace(one, values=dict.fromkeys(one.values), before={})


def _size(line: object) -> int:
    return len(json.dumps(line, ensure_ascii=False))


def _retracted_line(one: Retracted) -> list[object]:
    return [
        *one.key, one.table_id, dict(one.values), one.row_id, one.known, one.gone, list(one.lost), dict(one.before),
    ]  # fmt: skip
