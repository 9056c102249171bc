"""The journal: every automatic write with before and after, written down before it happens.

An entry whose write never came about (we were killed between the two) does no harm: undo looks at what stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from schemas.base import BASE
from schemas.model import Value
from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.fields import as_json, show, title
from sync.nocodb.store import TableStore

ROOM = 90_000
"""Characters that fit into one cell, with room to spare."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A write about to happen: fields of one row, before and after."""

    table: str
    row_id: int
    name: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    link: str


class Journal:
    """The entries of one run. ``cause`` says in German what the run is; ``now`` returns aware UTC."""

    def __init__(
        self, store: TableStore[JournalEntry], *, run: str, cause: str, now: Callable[[], dt.datetime]
    ) -> None:
        self._store = store
        self.run = run
        self._cause = cause
        self._now = now
        self._count = 0

    def announce(self, intents: Sequence[Intent], kind: WriteKind = WriteKind.CHANGED) -> None:
        """Write down changes that are about to happen."""
        self._store.create([self._changed(intent, kind) for intent in intents])

    def announce_new(self, table: str, idents: Sequence[str], link: str) -> None:
        """Write down rows that are about to be created, by the line that each bears in `ident`."""
        name = f"{len(idents)} neue Zeilen in {BASE.tables[table].title}"
        data = json.dumps({"idents": list(idents)}, ensure_ascii=False)
        if len(data) > ROOM:
            half = len(idents) // 2
            self.announce_new(table, idents[:half], link)
            self.announce_new(table, idents[half:], link)
            return
        entry = JournalEntry(
            name=name, kind=WriteKind.CREATED, at=self._now(), cause=self._cause, run=self.run, table_code=table,
            data=data, link=link, ident=self._ident(),
        )  # fmt: skip
        self._store.create([entry])

    def _changed(self, intent: Intent, kind: WriteKind) -> JournalEntry:
        def told(values: Mapping[str, Value]) -> str:
            lines = [f"{title(intent.table, c)}: {show(intent.table, c, v)}" for c, v in values.items()]
            return "\n".join(lines)[:ROOM]

        data = {"before": as_json(intent.before), "after": as_json(intent.after)}
        return JournalEntry(
            name=intent.name, kind=kind, at=self._now(), cause=self._cause, before=told(intent.before),
            after=told(intent.after), link=intent.link, run=self.run, table_code=intent.table, row=intent.row_id,
            data=json.dumps(data, ensure_ascii=False), ident=self._ident(),
        )  # fmt: skip

    def _ident(self) -> str:
        self._count += 1
        return f"{self.run}:{self._count}"
