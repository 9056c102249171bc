"""Take back, along with writes, what is known of the sources that asked for them, so that a list may say it all again.

What was known before follows from the journal: the events of an item without those that are undone. It is written into
the journal, because the one who undoes need not be where the status is; ``sync.catching_up`` brings it there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.base import BASE
from schemas.model import Link
from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.journal import Journal, Merging
from sync.noting import announce_retraction
from sync.plan import VANISHED
from sync.recall import Event, Recollection, fold
from sync.standing import one_line
from sync.status import Forgotten, Key, Retracted, Retraction, TableIds

Place = tuple[str, Key]
"""Source and item."""


@dataclass(slots=True)
class Undone:
    """What is taken back: entries as a whole, or of the run of one write only its ``columns``, by item.

    ``created`` names the run that made the row of a line in `ident`, ``before`` the texts that stood in columns.
    """

    entries: frozenset[int] = frozenset()
    columns: dict[Place, tuple[str, frozenset[str]]] = field(default_factory=dict)
    created: dict[tuple[str, str], str] = field(default_factory=dict)
    before: dict[Place, dict[str, str]] = field(default_factory=dict)

    def split(self, place: Place, events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
        """Return the events that stay and those that are taken back; what made the row stays as long as the row."""
        source, (table, ident) = place
        made_by = self.created.get((table, f"{source}:{one_line(ident)}"))
        run, columns = self.columns.get(place, ("", frozenset[str]()))
        left: list[Event] = []
        lost: list[Event] = []
        for event in events:
            if event.entry in self.entries and event.run != made_by:
                lost.append(event)
            elif event.run == run:
                gone = VANISHED in columns
                part = event.only(columns, gone=gone)
                lost += [part] if part.touches or part.gone is not None or part.gone_lost else []
                left.append(event.without(columns, gone=gone))
            else:
                left.append(event)
        return left, lost


class Retractor:
    """Write down what is taken back of the knowledge of sources, each time before rows change.

    ``told`` is all that the journal tells, ``tables`` the ids of the tables of the base.
    """

    def __init__(self, journal: Journal, told: Recollection, tables: TableIds, undone: Undone) -> None:
        self._journal = journal
        self._told = told
        self._tables = tables
        self._undone = undone

    def begin(self) -> None:
        """Take back what the undone runs learnt of items that stay known."""
        found: dict[str, list[Retracted]] = {}
        for source, key, events in self._told.each():
            if (one := self._former(source, key, events)) is not None:
                found.setdefault(source, []).append(one)
        for source, retracted in found.items():
            announce_retraction(self._journal, Retraction(source, tuple(retracted)))

    def removing(self, table: str, lines: Iterable[str]) -> None:
        """Forget items whose rows are about to be deleted, by their lines in `ident`."""
        self._announce(table, lines, ())

    def moving_lines(self, table: str, row: int, out: Iterable[str], back: Iterable[str]) -> None:
        """Forget items whose lines are taken out of a row, know those again whose lines are put back."""
        known: list[tuple[str, Retracted]] = []
        for source, key in self._keys(table, back):
            left, lost = self._undone.split((source, key), self._told.items[source][key])
            if (was := fold(key, left)) is not None:
                one = Retracted(key, self._tables[table], was.values, row, True, was.vanished, _entries(lost))
                known.append((source, one))
        self._announce(table, out, known)

    def parted(self, merging: Merging, entry: int, back: int, stays: Sequence[str]) -> None:
        """Know of the items of a row that came back (as row ``back``) what was known when it was merged.

        ``stays`` are the lines of the row that stayed: whether its source left it out is looked at again.
        """
        table = merging.table
        found: list[tuple[str, Retracted]] = []
        lines = str(merging.row.get("ident") or "").split("\n")
        for own, row in ((lines, back), ([line for line in stays if line not in lines], None)):
            for source, key in self._keys(table, own):
                events = self._told.items[source][key]
                was = fold(key, [e for e in events if e.entry < entry])
                since = [e for e in events if e.entry > entry]
                columns = {c for e in since for c in e.touches} if row is not None else ()
                values = {c: was.values.get(c) if was else None for c in columns}
                gone = was is not None and was.vanished
                one = Retracted(key, self._tables[table], values, row, gone=gone, lost=_entries(since))
                found.append((source, one))
        self._announce(table, (), found)

    def _former(self, source: str, key: Key, events: Sequence[Event]) -> Retracted | None:
        """Return what was known of an item before; None if nothing is taken back, or it is forgotten by now."""
        left, lost = self._undone.split((source, key), events)
        forgotten = fold(key, events) is None and any(event.known is False for event in events)
        if not lost or forgotten or key[0] not in self._tables:
            return None
        was = fold(key, left)
        told = was.values if was else {}
        columns = {c for event in lost for c in event.touches}
        stood = self._undone.before.get((source, key), {})
        before = {c: text for c, text in stood.items() if c in columns and c not in told}
        values = {c: told.get(c, before.get(c)) for c in columns}
        gone = was is not None and was.vanished
        return Retracted(key, self._tables[key[0]], values, gone=gone, lost=_entries(lost), before=before)

    def _keys(self, table: str, lines: Iterable[str]) -> Iterable[Place]:
        for line in lines:
            source, _, ident = line.partition(":")
            for key in self._told.named(source, table, ident):
                yield source, key

    def _announce(self, table: str, out: Iterable[str], known: Iterable[tuple[str, Retracted]]) -> None:
        forgotten: dict[str, list[Forgotten]] = {}
        retracted: dict[str, list[Retracted]] = {}
        for line in out:
            source, _, ident = line.partition(":")
            if source in self._told.items:
                forgotten.setdefault(source, []).append((table, ident, self._tables[table]))
        for source, one in known:
            retracted.setdefault(source, []).append(one)
        for source in dict.fromkeys((*forgotten, *retracted)):
            told = Retraction(source, tuple(retracted.get(source, ())), tuple(forgotten.get(source, ())))
            announce_retraction(self._journal, told)


def _entries(events: Iterable[Event]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(event.entry for event in events))


def concerns_sources(entry: JournalEntry) -> bool:
    """Say whether taking an entry back may concern what is known of a source."""
    data = entry.data or ""
    return entry.kind == WriteKind.MERGED or '"source"' in data or '"ident"' in data


def undone_runs(told: Recollection, entries: Sequence[JournalEntry]) -> Undone:
    """Return what taking back all entries of some runs means."""
    undone = Undone(frozenset(entry.id or 0 for entry in entries))
    for entry in sorted(entries, key=lambda e: e.id or 0, reverse=True):
        data = json.loads(entry.data or "{}")
        table = entry.table_code or ""
        if entry.kind == WriteKind.CREATED:
            undone.created |= {(table, line): entry.run or "" for line in data.get("idents") or []}
        elif entry.kind == WriteKind.CHANGED:
            for place in _asked(told, entry, data):
                undone.before.setdefault(place, {}).update(_texts(told, place[0], table, data.get("before") or {}))
    return undone


def undone_write(told: Recollection, entry: JournalEntry) -> Undone:
    """Return what taking back this one write means."""
    undone = undone_runs(told, [entry])
    if entry.kind in (WriteKind.CHANGED, WriteKind.UNDONE):
        data = json.loads(entry.data or "{}")
        columns = frozenset(data.get("after") or {})
        places = _asked(told, entry, data) or _standing(told, entry)
        undone.columns = {place: (entry.run or "", columns) for place in places}
    return undone


def _asked(told: Recollection, entry: JournalEntry, data: Mapping[str, object]) -> list[Place]:
    """Return the item for which a list asked for a write."""
    source, item = data.get("source"), data.get("item")
    if source is None:
        return []
    if item is None:  # written before entries named it
        return [place for place in _standing(told, entry) if place[0] == source]
    return [(str(source), (entry.table_code or "", str(item)))]


def _standing(told: Recollection, entry: JournalEntry) -> list[Place]:
    row = (entry.table_code or "", entry.row or 0)
    return [(source, key) for source in told.items for key in told.standing_in(source, row)]


def _texts(told: Recollection, source: str, table: str, before: Mapping[str, object]) -> dict[str, str]:
    """Return what stood in columns before a list replaced it, as the status keeps it: the list had said so itself."""
    found: dict[str, str] = {}
    for column, value in before.items():
        kind = BASE.tables[table].columns.get(column)
        if kind is None or value in (None, "", []):
            continue
        if not isinstance(kind, Link):
            found[column] = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, int):
            for target, ident in told.standing_in(source, (kind.target, value)):
                found[column] = f"{target}:{ident}"
    return found
