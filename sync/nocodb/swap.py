"""Compare-and-swap and claims: how a write cannot undo what somebody else wrote meanwhile.

NocoDB has no optimistic locking. Its bulk update by condition, however, carries the condition into the database's own
UPDATE, so it applies only while the old values stand. Its answer (a count) is taken before the update and lies under
concurrency; the only proof is a token that we wrote along and read back. A swap without its token may still have been
applied and overtaken: **read, decide anew, swap; never repeat blindly, never count**. Measured on NocoDB 0.301.3,
SQLite and PostgreSQL (``bench/compare_and_swap.py``).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.errors import ConfigError, RowGone, Unavailable
from sync.nocodb.client import Client
from sync.nocodb.model import FieldMeta
from sync.nocodb.records import get_row, list_rows
from sync.nocodb.where import Condition, Raw, all_of, any_of, equals, is_blank

WHERE_ROOM = 8000
"""Bytes all values of one condition may take in the address together (the server refuses 16 kB)."""

EMPTY = ""
"""Expected raw value that matches all that looks empty to a person: null, empty text, an unchecked box."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column as a swap addresses it: id to write, title to read back, type for the grammar of its condition."""

    id: str
    title: str
    uidt: str


@dataclass(frozen=True, slots=True)
class RowRef:
    """One row of one table: ``key`` is the row-id column, ``moved`` the column that tells the last change."""

    base_id: str
    table_id: str
    row_id: int
    key: Cell
    moved: Cell


@dataclass(frozen=True, slots=True)
class TableRef:
    """One table whose rows are swapped together: ``key`` is the row-id column."""

    base_id: str
    table_id: str
    key: FieldMeta


@dataclass(frozen=True, slots=True)
class SwapResult:
    """Whether our write stands proven, and the raw values of the expected and changed columns after it, by field id.

    ``applied`` False proves nothing: look at ``current`` and decide anew.
    """

    applied: bool
    current: Mapping[str, Raw]


def compare_and_swap(
    client: Client, row: RowRef, *, expected: Mapping[Cell, Raw], changes: Mapping[Cell, Raw], token: Cell
) -> SwapResult:
    """Write ``changes`` if the cells in ``expected`` still hold these raw values; edits of other cells do not matter.

    An expected ``EMPTY`` matches null as well. Texts that cannot be written into a condition are compared
    here first; in the moment between only a change within the same second that begins and ends alike could be missed.

    Raises:
        RowGone: the row is gone.
        ConfigError: somebody renames one of the columns at this moment.
        Unavailable: the server is lost, and whether the write applied could not be found out.
    """
    room = max(WHERE_ROOM // max(len(expected), 1), 240)
    conditions = {cell: condition(cell, raw, room) for cell, raw in expected.items()}
    cells = dict.fromkeys([*expected, *changes])
    where = all_of([equals(row.key.id, row.key.uidt, row.row_id), *conditions.values()])
    if not where.exact:
        before = _read(client, row, [*cells, row.moved])
        unsure = [cell for cell, asked in conditions.items() if not asked.exact]
        if any(before[cell.id] != expected[cell] for cell in unsure):
            return SwapResult(False, {cell.id: before[cell.id] for cell in cells})
        where = where & equals(row.moved.id, "DateTime", before[row.moved.id])
    mark = uuid.uuid4().hex
    body = {**{cell.id: raw for cell, raw in changes.items()}, token.id: mark}
    problem = _patch(client, row, where, body)
    now = _read(client, row, [*cells, token])
    applied = now[token.id] == mark
    if problem and not applied:
        raise problem
    return SwapResult(applied, {cell.id: now[cell.id] for cell in cells})


def swap_many(
    client: Client,
    table: TableRef,
    rows: Sequence[int] | None,
    *,
    expected: Mapping[Cell, Raw],
    changes: Mapping[Cell, Raw],
    token: Cell,
    mark: str,
) -> list[int]:
    """Write the same ``changes`` into all those of these rows that still hold ``expected``, and return which they were.

    One update for all of them; ``mark`` is written into ``token`` along and must never have been used before. ``rows``
    None means every row of the table. A row that is missing in the answer proves nothing, as in ``compare_and_swap``.

    Raises:
        ValueError: an expected value cannot be written into a condition exactly.
        Unavailable: the server is lost, and whether the write applied could not be found out.
    """
    if rows is not None and not rows:
        return []
    room = max(WHERE_ROOM // max(len(expected), 1) // 2, 240)
    conditions = [condition(cell, raw, room) for cell, raw in expected.items()]
    among = [] if rows is None else [any_of(table.key.id, [str(row) for row in rows])]
    where = all_of([*among, *conditions])
    if not where.exact:
        raise ValueError("many rows are swapped by values that a condition can hold exactly")
    body = {**{cell.id: raw for cell, raw in changes.items()}, token.id: mark}
    problem = _patch(client, table, where, body)
    marked = all_of([*among, equals(token.id, token.uidt, mark)])
    ours = [int(row[table.key.title]) for row in list_rows(client, table.table_id, [], key=table.key, where=marked)]
    if problem and not ours:
        raise problem
    return ours


def claim(client: Client, row: RowRef, *, holder: Cell, name: str, changes: Mapping[Cell, Raw] | None = None) -> bool:
    """Write our ``name`` into ``holder`` if that cell is empty, with ``changes`` along; say whether it is ours now.

    Exact: of any number of claimers with different names one wins.

    Raises:
        RowGone: the row is gone.
        Unavailable: the server is lost, and whether the claim applied could not be found out.
    """
    where = equals(row.key.id, row.key.uidt, row.row_id) & is_blank(holder.id, holder.uidt)
    body = {**{cell.id: raw for cell, raw in (changes or {}).items()}, holder.id: name}
    problem = _patch(client, row, where, body)
    ours = _read(client, row, [holder])[holder.id] == name
    if problem and not ours:
        raise problem
    return ours


def condition(cell: Cell, raw: Raw, room: int = WHERE_ROOM) -> Condition:
    """Return the condition that a cell holds this raw value."""
    if raw == EMPTY and isinstance(raw, str):
        return is_blank(cell.id, cell.uidt)
    return equals(cell.id, cell.uidt, raw, room=room)


def _patch(client: Client, place: RowRef | TableRef, where: Condition, body: Mapping[str, Raw]) -> Unavailable | None:
    """Send the update once; return the error of a reply that was lost, because the update may stand all the same."""
    path = f"/api/v1/db/data/bulk/noco/{place.base_id}/{place.table_id}/all"
    try:
        client.request("PATCH", path, params={"where": str(where)}, json=dict(body), retry=False)
    except Unavailable as problem:
        return problem
    return None


def _read(client: Client, row: RowRef, cells: list[Cell]) -> dict[str, Raw]:
    """Return raw cells by field id."""
    found = get_row(client, row.table_id, row.row_id, [cell.id for cell in cells])
    if found is None:
        raise RowGone(
            "Die Zeile gibt es in NocoDB nicht mehr.",
            hint="Jemand hat sie eben gelöscht; es ist nichts weiter zu tun.",
            table=row.table_id,
            row=row.row_id,
        )
    gone = [cell.title for cell in cells if cell.title not in found]
    if gone:
        raise ConfigError(
            f"Die Spalte „{gone[0]}“ wurde in NocoDB eben umbenannt oder gelöscht.",
            hint="Bitte starten Sie den Vorgang noch einmal, er liest die Spalten dann neu.",
            table=row.table_id,
        )
    return {cell.id: found[cell.title] for cell in cells}
