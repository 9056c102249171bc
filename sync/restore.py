"""Put fields of rows back to what stood before an automatic write; what staff have changed since becomes a conflict."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import REMEMBERED, take_back
from schemas.errors import RowGone
from schemas.model import Record, Value
from schemas.operations.choices import CaseState, WriteKind
from schemas.operations.tables import Conflict, JournalEntry
from sync.fields import as_json, from_json, show, title
from sync.journal import Intent, Journal
from sync.nocodb.store import TableStore
from sync.normalise import comparable
from sync.row_names import row_names
from sync.standing import is_empty
from sync.unite import ONLY_WITH, NameOf

SOURCE = "Zurücknehmen"
"""What stands as source of a conflict that came from taking something back."""

Stores = Mapping[str, TableStore[Any]]

MovingLines = Callable[[str, int, Sequence[str], Sequence[str]], None]
"""Hears of table, row, lines in `ident` that are about to go, and lines that are about to come back."""


@dataclass(slots=True)
class Restored:
    """Rows that were put back, and how many fields staff have changed since."""

    rows: list[int] = field(default_factory=list)
    conflicts: int = 0


def restore(
    stores: Stores,
    table: str,
    entries: Sequence[JournalEntry],
    journal: Journal,
    now: Callable[[], dt.datetime],
    *,
    moving_lines: MovingLines,
) -> Restored:
    """Take back writes to different rows of one table; ``moving_lines`` hears of lines in `ident` before they move."""
    done = Restored()
    standing = stores[table].get_many([e.row for e in entries if e.row is not None])
    intents: list[Intent] = []
    asked: list[Conflict] = []
    for entry in entries:
        row = standing.get(entry.row or 0)
        if row is None or entry.row is None:
            continue
        back, edited = _sort(entry, table, row)
        if back:
            now_there = {c: row.value(c) for c in back}
            intents.append(Intent(table, entry.row, entry.name or "", now_there, back, entry.link or ""))
            if "ident" in back:
                old, new = lines_of(row.value("ident")), lines_of(back["ident"])
                moving_lines(
                    table, entry.row, [line for line in old if line not in new], [i for i in new if i not in old]
                )
        names = row_names(stores)
        asked += [
            _question(entry, c, row.value(c), value, moment=now(), name_of=names, run=journal.run)
            for c, value in edited.items()
        ]
    journal.announce(intents, WriteKind.UNDONE)
    for intent in intents:
        try:
            if stores[table].swap(intent.row_id, intent.before, intent.after).applied:
                done.rows.append(intent.row_id)
        except RowGone:
            continue
    there = stores["conflict"].find_idents([case.ident or "" for case in asked])
    stores["conflict"].create([case for case in asked if case.ident not in there])
    done.conflicts = len(asked)
    return done


def _sort(entry: JournalEntry, table: str, row: Record) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return what goes back, and what was before in fields that staff have changed since."""
    data = json.loads(entry.data or "{}")
    before, after = from_json(table, data.get("before") or {}), from_json(table, data.get("after") or {})
    back: dict[str, Value] = {}
    edited: dict[str, Value] = {}
    for column, value in after.items():
        if column == ALIASES:
            continue  # goes along with the columns whose former values it tells
        if column == "ident":
            back |= _lines_back(row.value(column), before.get(column), value)
            continue
        ours, old = comparable(column, row.value(column)), comparable(column, before.get(column))
        if ours == old:
            continue
        free = ours == comparable(column, value) and not _is_bound(table, column, row, after)
        (back if free else edited)[column] = before.get(column)
    if set(after) == {ALIASES}:  # an address that came to belong to somebody: nothing else was replaced
        lines = take_back(table, row.value(ALIASES), before.get(ALIASES), after[ALIASES], REMEMBERED.get(table, ()))
        back = {ALIASES: lines} if lines != row.value(ALIASES) else {}
    elif back and ALIASES in after:
        back[ALIASES] = take_back(table, row.value(ALIASES), before.get(ALIASES), after[ALIASES], back)
    return back, edited


def _is_bound(table: str, column: str, row: Record, after: Mapping[str, Value]) -> bool:
    """Say whether another cell came since that stands on this one, as the year of a seal does on its number."""
    beside = ONLY_WITH.get(table, {}).get(column)
    return beside is not None and beside not in after and not is_empty(row.value(beside))


def lines_of(text: Value) -> list[str]:
    """Return the lines of a cell that holds one ident in each."""
    return [line for line in str(text or "").split("\n") if line.strip()]


def _lines_back(standing: Value, before: Value, after: Value) -> dict[str, Value]:
    """Return the idents of a row without those lines that a write added and with those it took out."""
    now, old, new = lines_of(standing), lines_of(before), lines_of(after)
    left = [line for line in now if line not in new or line in old]
    left += [line for line in old if line not in new and line not in left]
    return {"ident": "\n".join(left) or None} if left != now else {}


def _question(
    entry: JournalEntry, column: str, ours: Value, theirs: Value, *, moment: dt.datetime, name_of: NameOf, run: str
) -> Conflict:
    """Staff changed the field since: let them decide, as with any other conflict."""
    table = entry.table_code or ""
    data = {"ours": as_json({column: ours}), "theirs": as_json({column: theirs}), "run": run}
    return Conflict(
        name=entry.name, field=title(table, column), ours=show(table, column, ours, name_of),
        theirs=show(table, column, theirs, name_of), state=CaseState.OPEN, source=SOURCE, found_at=moment,
        link=entry.link,
        table_code=table, row=entry.row, data=json.dumps(data, ensure_ascii=False),
        ident=f"{SOURCE}|{entry.ident}|{column}",
    )  # fmt: skip
