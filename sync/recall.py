"""What the journal tells of the items of each source, entry by entry, oldest first. Pure.

Folded up, the events of an item are what its source is known to have said; folded up without those of a run, what was
known had there been no such run. So a lost status comes back, and so undo knows what to take back from it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.operations.tables import JournalEntry
from sync.noting import Note, read_note, read_retraction
from sync.plan import VANISHED
from sync.standing import one_line
from sync.status import Key, Remembered, Retraction, TableIds

Memory = Mapping[str, Mapping[Key, Remembered]]
"""What is remembered by source and item."""

Row = tuple[str, int]
"""Table code and row id."""

_NO_VALUES = ("ident", ALIASES, VANISHED)
"""Columns of a write that no source gives a value for."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one entry tells of one item.

    ``values`` are texts by column, None where nobody knows any more what the source said last. With ``whole`` they are
    all that the source said, with ``anew`` the next run is to look at the item again. ``known`` says that the item came
    to be known (True) or is forgotten (False), ``gone`` that the source left it out or names it. An undo names the
    entries that ``lost`` their word on some ``columns`` and, with ``gone_lost``, on whether the source names it; its
    own values count only where no entry tells any.
    """

    entry: int
    run: str
    row_id: int | None = None
    values: Mapping[str, str | None] = field(default_factory=dict)
    whole: bool = False
    anew: bool = False
    known: bool | None = None
    gone: bool | None = None
    lost: frozenset[int] = frozenset()
    columns: frozenset[str] = frozenset()
    gone_lost: bool = False

    @property
    def touches(self) -> frozenset[str]:
        """Return the columns on which it has a word."""
        return self.columns | self.values.keys()

    def only(self, columns: Collection[str], *, gone: bool) -> Event:
        """Return what it says of these columns, with ``gone`` also whether the source names the item."""
        return self._with(self.touches & frozenset(columns), gone=gone)

    def without(self, columns: Collection[str], *, gone: bool) -> Event:
        """Return the rest of it."""
        return self._with(self.touches - frozenset(columns), gone=not gone)

    def _with(self, columns: frozenset[str], *, gone: bool) -> Event:
        return replace(
            self,
            values={c: text for c, text in self.values.items() if c in columns},
            whole=self.whole and columns == self.touches,
            columns=self.columns & columns,
            gone=self.gone if gone else None,
            gone_lost=self.gone_lost and gone,
        )


def fold(key: Key, events: Sequence[Event]) -> Remembered | None:
    """Return what is known of an item after these events, None if nothing is."""
    now: Remembered | None = None
    for event in _that_count(events):
        if event.known is False:
            now = None
            continue
        if now is None:
            if not event.known:
                continue
            now = Remembered(key, 0, {})
        told = (event.values, now.values) if event.lost else (now.values, event.values)
        values: dict[str, str | None] = {**told[0], **told[1]}
        said = {c: text for c, text in event.values.items() if text is not None} if event.whole else now.said
        now = replace(
            now,
            row_id=now.row_id if event.row_id is None else event.row_id,
            values={c: text for c, text in values.items() if text is not None},
            said=None if event.anew else said,
            vanished=now.vanished if event.gone is None else event.gone,
        )
    return now


def _that_count(events: Sequence[Event]) -> list[Event]:
    """Return the events without what undos took from them; an undo that was undone itself takes nothing."""
    left: list[Event | None] = list(events)
    for at in reversed(range(len(left))):
        undo = left[at]
        if undo is None or not undo.lost:
            continue
        for earlier in range(at):
            event = left[earlier]
            if event is not None and event.entry in undo.lost:
                forgot = event.known is False and undo.known
                left[earlier] = None if forgot else event.without(undo.columns, gone=undo.gone_lost)
    return [event for event in left if event is not None]


def recall(entries: Iterable[JournalEntry], tables: TableIds) -> Memory:
    """Return what entries (oldest first) tell about items in these very tables."""
    told = Recollection(entries, tables)
    memory: dict[str, dict[Key, Remembered]] = {}
    for source, items in told.items.items():
        folded = {key: fold(key, events) for key, events in items.items()}
        memory[source] = {key: one for key, one in folded.items() if one is not None}
    return memory


class Recollection:
    """The events of every item of every source, from entries (oldest first) about items in these very tables."""

    def __init__(self, entries: Iterable[JournalEntry], tables: TableIds) -> None:
        self._tables = tables
        self._rows: dict[str, dict[Row, set[Key]]] = {}
        self._keys: dict[tuple[str, str, str], set[Key]] = {}
        self.items: dict[str, dict[Key, list[Event]]] = {}
        for entry in entries:
            self._read(entry)

    def standing_in(self, source: str, row: Row) -> Iterable[Key]:
        """Return the items of a source that ever stood in a row."""
        return tuple(self._rows.get(source, {}).get(row, ()))

    def named(self, source: str, table: str, ident: str) -> Iterable[Key]:
        """Return the items of a source whose ident is written so into a row."""
        return tuple(self._keys.get((source, table, one_line(ident)), ()))

    def each(self) -> Iterator[tuple[str, Key, list[Event]]]:
        """Yield source, item and its events."""
        for source, items in self.items.items():
            for key, events in items.items():
                yield source, key, events

    def _read(self, entry: JournalEntry) -> None:
        data = json.loads(entry.data or "{}")
        source = data.get("source")
        if source is None:
            return
        self.items.setdefault(str(source), {})
        if "said" in data:
            self._noted(entry, read_note(data))
        elif "retracted" in data:
            self._retracted(entry, read_retraction(data))
        elif entry.row is not None:
            self._announced(entry, str(source), data)

    def _noted(self, entry: JournalEntry, note: Note) -> None:
        at = partial(Event, entry.id or 0, entry.run or "")
        for one, table_id in note.said:
            if self._tables.get(one.key[0]) == table_id:
                event = at(row_id=one.row_id, values=one.values, whole=True, known=True, gone=False)
                self._add(note.source, one.key, event)
        for key in note.gone:
            self._add(note.source, key, at(gone=True))

    def _retracted(self, entry: JournalEntry, told: Retraction) -> None:
        at = partial(Event, entry.id or 0, entry.run or "")
        for one in told.retracted:
            if self._tables.get(one.key[0]) == one.table_id:
                event = at(
                    row_id=one.row_id, values=one.before, anew=True, known=one.known or None, lost=frozenset(one.lost),
                    columns=frozenset(one.values), gone_lost=one.gone is not None,
                )  # fmt: skip
                self._add(told.source, one.key, event)
        for table, ident, table_id in told.forgotten:
            if self._tables.get(table) == table_id:
                for key in self.named(told.source, table, ident):
                    self._add(told.source, key, at(known=False))

    def _announced(self, entry: JournalEntry, source: str, data: Mapping[str, object]) -> None:
        """Doubt the fields of a write that may or may not have come about; a note that follows knows them again."""
        row = (entry.table_code or "", entry.row or 0)
        item, after = data.get("item"), data.get("after")
        keys = self.standing_in(source, row) if item is None else [(row[0], str(item))]
        columns = [c for c in after if c not in _NO_VALUES] if isinstance(after, Mapping) else []
        for key in keys:
            doubt = Event(entry.id or 0, entry.run or "", values=dict.fromkeys(columns), anew=bool(columns))
            self._add(source, key, doubt)

    def _add(self, source: str, key: Key, event: Event) -> None:
        self.items.setdefault(source, {}).setdefault(key, []).append(event)
        self._keys.setdefault((source, key[0], one_line(key[1])), set()).add(key)
        if event.row_id is not None:
            self._rows.setdefault(source, {}).setdefault((key[0], event.row_id), set()).add(key)
