"""Which columns a table has in the mirror, and how a cell of each kind stands in a Parquet file.

Dates are days, moments are UTC with microseconds, links are row ids, a single select is its choice code, a multi select
a list of choice codes. A label that staff added themselves has no code of ours and stands for itself.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from schemas.model import (
    Checkbox,
    Column,
    Date,
    DateTime,
    Decimal,
    Integer,
    Link,
    MultiSelect,
    SingleSelect,
    Table,
    Text,
)

Cell = str | int | float | bool | dt.date | dt.datetime | list[str] | None


_ARROW: tuple[tuple[tuple[type[Column], ...], pa.DataType], ...] = (
    ((Integer, Link), pa.int64()),
    ((Decimal,), pa.float64()),
    ((Checkbox,), pa.bool_()),
    ((Date,), pa.date32()),
    ((DateTime,), pa.timestamp("us", tz="UTC")),
    ((MultiSelect,), pa.list_(pa.string())),
)


@dataclass(frozen=True, slots=True)
class MirrorColumn:
    """One column of a mirrored table: code, declared kind, and the choice codes by the labels that the base stores."""

    code: str
    kind: Column
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def arrow_type(self) -> pa.DataType:
        """Return the Parquet type of the column."""
        for kinds, found in _ARROW:
            if isinstance(self.kind, kinds):
                return found
        return pa.string()

    def cell(self, raw: object) -> Cell:
        """Turn a raw cell of the v2 API into what stands in the file."""
        if isinstance(self.kind, Text) and isinstance(raw, dict | list):
            return str(raw)
        value = self.kind.decode(raw)
        if isinstance(value, decimal.Decimal):
            return float(value)
        if isinstance(value, tuple):
            return [self.codes.get(v, v) for v in value]
        if isinstance(self.kind, SingleSelect) and isinstance(value, str):
            return self.codes.get(value, value)
        return value


@dataclass(frozen=True, slots=True)
class TableShape:
    """The columns of one mirrored table, ``id``, ``created_at`` and ``updated_at`` first."""

    code: str
    columns: tuple[MirrorColumn, ...]

    @property
    def schema(self) -> pa.Schema:
        """Return the Parquet schema."""
        return pa.schema([pa.field(c.code, c.arrow_type) for c in self.columns])

    def batch(self, rows: Sequence[Mapping[str, object]]) -> pa.RecordBatch:
        """Turn raw rows (cells by column code) into one batch."""
        arrays = [pa.array([c.cell(row.get(c.code)) for row in rows], type=c.arrow_type) for c in self.columns]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)


def system_columns() -> tuple[MirrorColumn, ...]:
    """Return the columns that every table has without declaring them."""
    return (
        MirrorColumn("id", Integer(title="Id")),
        MirrorColumn("created_at", DateTime(title="Angelegt am")),
        MirrorColumn("updated_at", DateTime(title="Geändert am")),
    )


def shape_of(
    table: Table, codes: Mapping[str, Mapping[str, str]] | None = None, extra: Iterable[MirrorColumn] = ()
) -> TableShape:
    """Return the shape of a declared table; ``codes`` maps, per column code, labels of the base to choice codes."""
    known = codes or {}
    declared = tuple(
        MirrorColumn(code, kind, known.get(code, _declared_codes(kind))) for code, kind in table.columns.items()
    )
    return TableShape(table.code, (*system_columns(), *declared, *extra))


def _declared_codes(kind: Column) -> dict[str, str]:
    return {c.label: c.code for c in kind.choices} if isinstance(kind, SingleSelect | MultiSelect) else {}
