"""One table as typed records: the gate through which all other code reads and writes the base.

Reads name plain columns and foreign keys only, never a link column. Creates carry a key (``ident``) that is looked up
before anything is sent again; changes go through compare-and-swap. Addresses everything by field id.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote as percent

from schemas.errors import NocoDBError, NotFound, Unavailable
from schemas.model import DateTime, Record, Value
from sync.nocodb import records, swap
from sync.nocodb.cells import TableCells, field_ids
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.where import Condition, Raw, any_of, equals, quote

log = logging.getLogger(__name__)

R = TypeVar("R", bound=Record)

SETTLE = 2.0
"""Seconds we leave a server whose reply was lost to finish what it may still be writing; a batch takes less."""

LOOKUP_ROOM = 6000
"""Bytes that the keys of one lookup may take in the address."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """Whether our write stands proven, and the values that stand in the expected and changed columns after it.

    ``applied`` False proves nothing: look at ``current`` and decide anew, a limited number of times.
    """

    applied: bool
    current: Mapping[str, Value]


class TableStore(Generic[R]):
    """Typed access to one table of a resolved base.

    Raises:
        ConfigError: the base lacks a column of the record, or has it in another type.
    """

    def __init__(self, client: Client, base: ResolvedBase, record: type[R]) -> None:
        base.require(record)
        self._client = client
        self._base = base
        self._record = record
        self._table = base.tables[record.table().code]
        self._cells = TableCells(record.table(), self._table)

    # --- reading -----------------------------------------------------------------------------------------------------

    def pull(self, columns: Sequence[str] | None = None, *, where: Condition | None = None) -> Iterator[R]:
        """Yield every row by ascending id; ``columns`` (codes) limits what is read, the others count as empty."""
        for page in self._pages(columns, where):
            for row in page:
                yield self._record.decode(row)

    def pull_cells(self, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Value]]]:
        """Yield row id and the values of these columns (codes) only, by ascending id: less work than whole records."""
        declared = self._record.table().columns
        codecs = [(code, declared[code].decode) for code in columns]
        for page in self._pages(columns, None):
            for row in page:
                yield int(str(row["id"])), {code: decode(row[code]) for code, decode in codecs}

    def pull_raw(self, *, where: Condition | None = None) -> Iterator[Mapping[str, object]]:
        """Yield every row as raw cells by column code, with ``id``, ``created_at``, ``updated_at``.

        Choices stand as codes (several as a list); staff's own plain columns come as ``extra:<field id>``.
        """
        for page in self.pull_pages(where=where):
            yield from page

    def pull_pages(self, *, where: Condition | None = None) -> Iterator[Sequence[Mapping[str, object]]]:
        """Yield what ``pull_raw`` yields, page by page."""
        extra = self._table.extra
        times = [f.id for f in (self._table.created_at, self._table.updated_at) if f]
        ids = [*field_ids(self._table.fields.values()), *(e.id for e in extra), *times]
        for page in records.list_pages(self._client, self._table.id, ids, key=self._table.key, where=where):
            yield [
                {**self._cells.decode(row, self._table.fields), **self._cells.decode_extra(row, extra)} for row in page
            ]

    def get(self, row_id: int) -> R | None:
        """Return one row, None when it is not there."""
        ids = [self._table.key.id, *field_ids(self._table.fields.values())]
        row = records.get_row(self._client, self._table.id, row_id, ids)
        return None if row is None else self._record.decode(self._cells.decode(row, self._table.fields))

    def get_many(self, row_ids: Sequence[int]) -> dict[int, R]:
        """Return those of some rows that are there, by row id."""
        found: dict[int, R] = {}
        for start in range(0, len(row_ids), records.MAX_BATCH):
            batch = row_ids[start : start + records.MAX_BATCH]
            where = any_of(self._table.key.id, [str(i) for i in dict.fromkeys(batch)])
            found |= {row.id: row for row in self.pull(where=where) if row.id is not None}
        return found

    def created(self, row_ids: Sequence[int]) -> dict[int, dt.datetime]:
        """Return when those rows that are there were made (aware), by row id."""
        found: dict[int, dt.datetime] = {}
        for start in range(0, len(row_ids), records.MAX_BATCH):
            batch = row_ids[start : start + records.MAX_BATCH]
            for row in self.pull_raw(where=any_of(self._table.key.id, [str(i) for i in batch])):
                made = DateTime(title="").decode(row.get("created_at"))
                if isinstance(made, dt.datetime):
                    found[int(str(row["id"]))] = made
        return found

    def count(self, *, where: Condition | None = None) -> int:
        """Return how many rows there are."""
        return records.count_rows(self._client, self._table.id, where=where)

    def condition(self, code: str, value: Value) -> Condition:
        """Return the condition that a column holds this value (None: looks empty)."""
        return swap.condition(self._cells.cell(code), self._raw(code, value))

    def among(self, code: str, values: Sequence[int]) -> Condition:
        """Return the condition that a column holds one of these row ids or numbers; at most ``MAX_BATCH`` fit."""
        return any_of(self._cells.cell(code).id, [str(value) for value in dict.fromkeys(values)])

    # --- creating ----------------------------------------------------------------------------------------------------

    def create(self, new: Sequence[R], *, on_progress: Callable[[int], None] | None = None) -> list[int]:
        """Create rows and return their ids in the order of ``new``; ``on_progress`` hears how many are done.

        Rows go in batches of ``MAX_BATCH``, each all or none, one after the other (two or three connections at a time
        gained nothing). When a reply is lost, the idents of the batch are looked up before it is sent again; rows
        without ident are never sent twice.

        Raises:
            Unavailable: the server is lost; run again, what stands is found by its ident.
            Conflict: a value broke a rule of the base; nothing of its batch was created.
        """
        ids: list[int] = []
        for start in range(0, len(new), records.MAX_BATCH):
            ids += self._create_batch(new[start : start + records.MAX_BATCH])
            if on_progress:
                on_progress(len(ids))
        if ids:
            self._verify(new[-1], ids[-1])
        return ids

    def find_idents(self, idents: Sequence[str]) -> dict[str, int]:
        """Return the row id by ident for those of these idents that stand in the base (of doubles the oldest)."""
        found: dict[str, int] = {}
        cell = self._cells.cell("ident")
        for where in _lookups(cell.id, cell.uidt, idents):
            rows = records.list_rows(self._client, self._table.id, [cell.id], key=self._table.key, where=where)
            for row in rows:
                found.setdefault(str(row[cell.title]), int(row[self._table.key.title]))
        return {ident: found[ident] for ident in idents if ident in found}

    def _create_batch(self, batch: Sequence[R]) -> list[int]:
        payload = [self._payload(record) for record in batch]
        try:
            return records.create_rows(self._client, self._table.id, payload)
        except Unavailable as problem:
            idents = self._idents(batch)
            if idents is None:
                raise
            log.warning("reply lost table=%s rows=%d, looking up", self._table.code, len(batch))
            time.sleep(SETTLE)
            found = self.find_idents(idents)
            missing = [i for i, ident in enumerate(idents) if ident not in found]
            if missing and not _never_arrived(problem):
                raise  # the server may still be at it: sending again could double the rows
        made = records.create_rows(self._client, self._table.id, [payload[i] for i in missing])
        found |= {idents[i]: row_id for i, row_id in zip(missing, made, strict=True)}
        return [found[ident] for ident in idents]

    def _idents(self, batch: Sequence[R]) -> list[str] | None:
        """Return the idents of a batch, None unless every row has one of its own."""
        if "ident" not in self._record.table().columns:
            return None
        idents = [str(record.value("ident") or "") for record in batch]
        return idents if all(idents) and len(set(idents)) == len(idents) else None

    def _payload(self, record: R) -> dict[str, object]:
        cells = {code: self._cells.encode(code, record.value(code)) for code in self._cells.writable}
        return {self._cells.cell(code).id: raw for code, raw in cells.items() if raw is not None}

    def _verify(self, sent: R, row_id: int) -> None:
        """Look at one created row: a key the server does not know is dropped without an error."""
        stands = self.get(row_id)
        if stands is None:
            return  # deleted by somebody in between
        empty = [c for c in self._cells.writable if sent.value(c) and not stands.value(c)]
        if empty:
            raise NocoDBError(
                f"NocoDB hat in der Tabelle „{self._table.title}“ Werte nicht übernommen: "
                + ", ".join(f"„{self._table.fields[c].title}“" for c in empty),
                hint="Bitte prüfen Sie, ob jemand gerade Spalten ändert, und starten Sie den Vorgang noch einmal.",
                table=self._table.code,
                row=row_id,
            )

    # --- changing ----------------------------------------------------------------------------------------------------

    def swap(self, row_id: int, expected: Mapping[str, Value], changes: Mapping[str, Value]) -> Swapped:
        """Write ``changes`` if the columns in ``expected`` still hold these values (codes on both sides).

        Raises:
            RowGone: the row is gone.
            ConfigError: a column is being renamed, or a choice is missing in the base.
            Unavailable: the server is lost, and whether the write applied could not be found out.
        """
        result = swap.compare_and_swap(
            self._client,
            self._cells.row(self._base.id, row_id),
            expected={self._cells.cell(code): self._raw(code, value) for code, value in expected.items()},
            changes={self._cells.cell(code): self._cells.encode(code, value) for code, value in changes.items()},
            token=self._cells.cell("token"),
        )
        columns = self._record.table().columns
        current = {
            code: columns[code].decode(self._cells.label_to_code(code, result.current[self._cells.cell(code).id]))
            for code in dict.fromkeys([*expected, *changes])
        }
        return Swapped(result.applied, current)

    def swap_many(
        self,
        row_ids: Sequence[int] | None,
        expected: Mapping[str, Value],
        changes: Mapping[str, Value],
        *,
        mark: str | None = None,
    ) -> list[int]:
        """Write the same ``changes`` into those of at most ``MAX_BATCH`` rows that still hold ``expected``.

        Returns the rows in which our write stands proven; the others prove nothing. One request writes them all and one
        reads them back. ``row_ids`` None means every row of the table, ``mark`` is what the token column shall hold
        (a text never used before; made at random if None).

        Raises:
            ValueError: too many rows, or an expected text that a condition cannot hold exactly.
            ConfigError: a choice is missing in the base.
            Unavailable: the server is lost, and whether the write applied could not be found out.
        """
        if row_ids is not None and len(row_ids) > records.MAX_BATCH:
            raise ValueError(f"{len(row_ids)} rows in one swap, at most {records.MAX_BATCH}")
        return swap.swap_many(
            self._client,
            swap.TableRef(self._base.id, self._table.id, self._table.key),
            row_ids,
            expected={self._cells.cell(code): self._raw(code, value) for code, value in expected.items()},
            changes={self._cells.cell(code): self._cells.encode(code, value) for code, value in changes.items()},
            token=self._cells.cell("token"),
            mark=mark or uuid.uuid4().hex,
        )

    def overwrite_derived(self, changes: Mapping[int, Mapping[str, Value]]) -> list[int]:
        """Write derived cells by row id, whatever stands there, and return the rows that are gone.

        Raises:
            ValueError: a column is not derived, so that people may have written into it.
        """
        declared = self._record.table().columns
        if any(not declared[code].derived for cells in changes.values() for code in cells):
            raise ValueError("only derived columns may be overwritten")
        cells = {
            row: {self._cells.cell(code).id: self._cells.encode(code, value) for code, value in own.items()}
            for row, own in changes.items()
        }
        return self._overwrite(cells)

    def _overwrite(self, cells: Mapping[int, Mapping[str, Raw]]) -> list[int]:
        """Write batches; one with a row that is gone fails whole and is halved."""
        gone: list[int] = []
        rows = list(cells)
        for start in range(0, len(rows), records.MAX_BATCH):
            batch = rows[start : start + records.MAX_BATCH]
            try:
                records.update_rows(self._client, self._table.id, {r: cells[r] for r in batch}, key=self._table.key)
            except NotFound:
                if len(batch) == 1:
                    gone += batch
                    continue
                half = len(batch) // 2
                gone += self._overwrite({r: cells[r] for r in batch[:half]})
                gone += self._overwrite({r: cells[r] for r in batch[half:]})
        return gone

    def claim(self, row_id: int, column: str, name: str, changes: Mapping[str, Value] | None = None) -> bool:
        """Write ``name`` into a text column if that is empty, with ``changes`` along; say whether it is ours now.

        Raises:
            RowGone: the row is gone.
        """
        return swap.claim(
            self._client,
            self._cells.row(self._base.id, row_id),
            holder=self._cells.cell(column),
            name=name,
            changes={self._cells.cell(c): self._cells.encode(c, v) for c, v in (changes or {}).items()},
        )

    def _raw(self, code: str, value: Value) -> Raw:
        raw = self._cells.encode(code, value)
        return swap.EMPTY if raw is None else raw

    # --- addresses for people ----------------------------------------------------------------------------------------

    def table_url(self) -> str:
        """Return the address of the table in NocoDB's own screen."""
        return f"{self._client.url}/dashboard/#/nc/{self._base.id}/{self._table.id}"

    def row_url(self, row_id: int) -> str:
        """Return the address at which NocoDB opens this row."""
        return f"{self.table_url()}?rowId={row_id}"

    def _pages(self, columns: Sequence[str] | None, where: Condition | None) -> Iterator[list[dict[str, object]]]:
        codes = list(self._table.fields) if columns is None else list(columns)
        ids = field_ids(self._table.fields[code] for code in codes)
        for page in records.list_pages(self._client, self._table.id, ids, key=self._table.key, where=where):
            yield [self._cells.decode(row, codes) for row in page]


def _lookups(field_id: str, uidt: str, values: Sequence[str]) -> Iterator[Condition]:
    """Yield conditions that together match all these texts, each short enough for an address."""
    part: list[str] = []
    used = 0
    for value in values:
        size = len(percent(value)) + 9
        if quote(value) is None or size > LOOKUP_ROOM:
            yield equals(field_id, uidt, value)
            continue
        if part and used + size > LOOKUP_ROOM:
            yield any_of(field_id, part)
            part, used = [], 0
        part.append(value)
        used += size
    if part:
        yield any_of(field_id, part)


def _never_arrived(problem: Unavailable) -> bool:
    """Say whether the connection broke, so that the server can no longer be at work on the request."""
    return problem.facts.get("problem") in ("ConnectionError", "ConnectTimeout")
