"""The journal: every automatic write with before and after, written down before it happens.

An entry whose write never came about (we were killed between the two) does no harm: undo looks at what stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.base import BASE
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.errors import NocoDBError
from schemas.model import Value
from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.fields import as_json, show, title
from sync.nocodb.store import TableStore

ROOM = 90_000
"""Characters that fit into one cell, with room to spare."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A write about to happen: fields of one row, before and after.

    ``source`` and ``item`` (its ident there) are set when a list asks for it.
    """

    table: str
    row_id: int
    name: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    link: str
    source: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Merging:
    """Row ``goes`` about to be merged into row ``stays``, with all that is needed to take it back.

    ``row`` is the whole row that goes, ``own`` the cells of staff's own columns by field id, ``before`` and ``after``
    the changing cells of the row that stays (all as JSON holds them), ``moved`` the links that move (table,
    row, column).
    """

    table: str
    stays: int
    goes: int
    name: str
    told_before: str
    told_after: str
    link: str
    row: Mapping[str, object]
    own: Mapping[str, object]
    before: Mapping[str, object]
    after: Mapping[str, object]
    moved: Sequence[tuple[str, int, str]]

    @property
    def ident(self) -> str:
        """Return the ident of the one entry that tells of this merge."""
        return merging_ident(self.table, self.stays, self.goes)

    def as_text(self) -> str:
        """Return it as the JSON that ``read_merging`` reads."""
        data = {
            "stays": self.stays, "goes": self.goes, "row": self.row, "own": self.own, "before": self.before,
            "after": self.after, "moved": [list(ref) for ref in self.moved],
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False)


def merging_ident(table: str, stays: int, goes: int) -> str:
    """Return the ident of the entry of a merge."""
    return f"merge:{table}:{stays}:{goes}"


def read_merging(entry: JournalEntry) -> Merging:
    """Return what the entry of a merge tells."""
    data = json.loads(entry.data or "{}")
    moved = tuple((str(t), int(r), str(c)) for t, r, c in data["moved"])
    return Merging(
        table=entry.table_code or "", stays=data["stays"], goes=data["goes"], name=entry.name or "",
        told_before=entry.before or "", told_after=entry.after or "", link=entry.link or "", row=data["row"],
        own=data["own"], before=data["before"], after=data["after"], moved=moved,
    )  # fmt: skip


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

    def announce_new(self, table: str, idents: Sequence[str], link: str, source: str = "") -> None:
        """Write down rows that are about to be created, by the line that each bears in `ident`.

        ``source`` is set when a list asks for them.
        """
        name = f"{len(idents)} neue Zeilen in {BASE.tables[table].title}"
        told: dict[str, object] = {"idents": list(idents)}
        if source:
            told["source"] = source
        data = json.dumps(told, ensure_ascii=False)
        if len(data) > ROOM:
            half = len(idents) // 2
            self.announce_new(table, idents[:half], link, source)
            self.announce_new(table, idents[half:], link, source)
            return
        entry = JournalEntry(
            name=name, kind=WriteKind.CREATED, at=self._now(), cause=self._cause, run=self.run, table_code=table,
            data=data, link=link, ident=self._ident(),
        )  # fmt: skip
        self._store.create([entry])

    def note(self, name: str, data: str, kind: WriteKind | None = None) -> None:
        """Write down what a run learnt; it wrote no row, so it stands as undone and undo passes it over."""
        entry = JournalEntry(
            name=name, kind=kind, at=self._now(), cause=self._cause, run=self.run, data=data, undone=True,
            ident=self._ident(),
        )  # fmt: skip
        self._store.create([entry])

    def announce_merging(self, merging: Merging) -> None:
        """Write down a merge that is about to happen; one that was begun before is brought up, so it has one entry.

        Raises:
            NocoDBError: it does not fit into one entry; nothing may be written then.
        """
        entry = self.find_merging(merging.table, merging.stays, merging.goes)
        if entry is not None and entry.id is not None:
            old = read_merging(entry)
            whole = replace(
                merging,
                before={**merging.before, **old.before},
                after={**old.after, **merging.after},
                moved=tuple(dict.fromkeys((*old.moved, *merging.moved))),
            )
            self._store.swap(entry.id, {"data": entry.data}, {"data": self._fitting(whole)})
            return
        made = JournalEntry(
            name=merging.name, kind=WriteKind.MERGED, at=self._now(), cause=self._cause,
            before=merging.told_before[:ROOM], after=merging.told_after[:ROOM], link=merging.link, run=self.run,
            table_code=merging.table, row=merging.stays, data=self._fitting(merging), ident=merging.ident,
        )  # fmt: skip
        self._store.create([made])

    def find_merging(self, table: str, stays: int, goes: int) -> JournalEntry | None:
        """Return the entry of a merge that was begun and not taken back."""
        ident = merging_ident(table, stays, goes)
        row_id = self._store.find_idents([ident]).get(ident)
        entry = None if row_id is None else self._store.get(row_id)
        return None if entry is None or entry.undone else entry

    @staticmethod
    def _fitting(merging: Merging) -> str:
        text = merging.as_text()
        if len(text) > ROOM:
            raise NocoDBError(
                f"„{merging.name}“ ist zu groß, um so zusammengeführt zu werden, dass man es zurücknehmen kann.",
                hint="Bitte führen Sie diese beiden Einträge von Hand zusammen.",
                table=merging.table,
                row=merging.goes,
            )
        return text

    def _changed(self, intent: Intent, kind: WriteKind) -> JournalEntry:
        def shown(values: Mapping[str, Value]) -> str:
            told = {c: v for c, v in values.items() if c not in (ALIASES, "ident")}  # they only go along
            lines = [f"{title(intent.table, c)}: {show(intent.table, c, v)}" for c, v in (told or values).items()]
            return "\n".join(lines)[:ROOM]

        data: dict[str, object] = {"before": as_json(intent.before), "after": as_json(intent.after)}
        if intent.source:
            data |= {"source": intent.source, "item": intent.item}
        return JournalEntry(
            name=intent.name, kind=kind, at=self._now(), cause=self._cause, before=shown(intent.before),
            after=shown(intent.after), link=intent.link, run=self.run, table_code=intent.table, row=intent.row_id,
            data=json.dumps(data, ensure_ascii=False), ident=self._ident(),
        )  # fmt: skip

    def _ident(self) -> str:
        self._count += 1
        return f"{self.run}:{self._count}"
