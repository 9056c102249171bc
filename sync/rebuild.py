"""Rebuild a lost status from the notes in the journal of the base, oldest first.

What the journal does not know stays unknown: such fields are merged two-way, differences become conflicts, nothing is
overwritten. A change that was announced but never noted (the run was killed) makes its fields unknown, too.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from schemas.errors import ConfigError
from schemas.operations.tables import JournalEntry
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.noting import Note, read_note
from sync.status import Key, Remembered, Status, TableIds

Memory = Mapping[str, Mapping[Key, Remembered]]
"""What is remembered by source and item."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """How many items of each source are remembered again."""

    items: Mapping[str, int] = field(default_factory=dict)

    def describe(self) -> str:
        """Return it in German."""
        if not self.items:
            return (
                "Im Journal steht noch kein Stand einer Quelle. Der nächste Abgleich legt Unterschiede unter "
                "Abweichungen vor; überschrieben wird nichts."
            )
        lines = [f"  {source}: {count} Einträge" for source, count in sorted(self.items.items())]
        return "\n".join(["Aus dem Journal wieder bekannt:", *lines])


def rebuild(client: Client, base: ResolvedBase, status: Status, now: dt.datetime) -> RebuildReport:
    """Fill an empty status from the journal; writes nothing to the base. ``now`` is the aware UTC moment.

    Raises:
        ConfigError: the status is not empty.
        NocoDBError: the server refused or did not answer; the status stays empty.
    """
    if not status.empty:
        raise ConfigError(
            "Die Statusdatei ist da und nicht leer; es gibt nichts wiederherzustellen.",
            hint="Soll sie doch aus dem Journal neu entstehen, benennen Sie status.sqlite im Datenordner vorher um.",
        )
    entries = TableStore(client, base, JournalEntry).pull(["data", "table_code", "row"])
    tables = {code: table.id for code, table in base.tables.items()}
    memory = recall(sorted(entries, key=lambda e: e.id or 0), tables)
    status.restore(memory, tables, now)
    return RebuildReport({source: len(items) for source, items in memory.items() if items})


def recall(entries: Iterable[JournalEntry], tables: TableIds) -> Memory:
    """Return what entries (oldest first) tell about items in these very tables. Pure."""
    recalled: dict[str, _Recalled] = {}
    for entry in entries:
        data = json.loads(entry.data or "{}")
        source = data.get("source")
        if source is None:
            continue
        known = recalled.setdefault(str(source), _Recalled())
        if "said" in data:
            known.take(read_note(data), tables)
        else:
            known.doubt((entry.table_code or "", entry.row or 0), data.get("after") or {})
    return {source: known.items for source, known in recalled.items()}


@dataclass(slots=True)
class _Recalled:
    """What is recalled of one source, and which items stand in a row (by table code and row id)."""

    items: dict[Key, Remembered] = field(default_factory=dict)
    _rows: dict[tuple[str, int], set[Key]] = field(default_factory=dict)

    def take(self, note: Note, tables: TableIds) -> None:
        for one, table_id in note.said:
            if tables.get(one.key[0]) == table_id:
                before = self.items[one.key].values if one.key in self.items else {}
                self.items[one.key] = replace(one, values={**before, **one.values}, said=one.values)
                self._rows.setdefault((one.key[0], one.row_id), set()).add(one.key)
        for key in note.gone:
            if key in self.items:
                self.items[key] = replace(self.items[key], vanished=True)

    def doubt(self, row: tuple[str, int], after: Mapping[str, object]) -> None:
        """Forget the fields of a change that may or may not have come about; a note that follows knows them again."""
        for key in self._rows.get(row, ()):
            one = self.items[key]
            left = {c: v for c, v in one.values.items() if c not in after}
            self.items[key] = replace(one, values=left, said=None)
