"""Declare a table once: a frozen dataclass whose fields carry their column; from it come table, record and codec.

>>> from schemas.model.columns import Text
>>> @declare(code="pet", title="Haustiere", description="Nur ein Beispiel")
... class Pet(Record):
...     name: str | None = column(Text(title="Name"))
>>> Pet.table().columns["name"].title
'Name'
>>> Pet.decode({"id": 7, "name": "Rex"})
Pet(id=7, name='Rex')
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from schemas.model.columns import Checkbox, Column, Link, MultiSelect, Value
from schemas.model.views import View


@dataclass(frozen=True, slots=True)
class Table:
    """A table as we want it in the base: columns by code, in order; the first one is the display column."""

    code: str
    title: str
    description: str
    columns: Mapping[str, Column]
    views: tuple[View, ...] = ()

    @property
    def display(self) -> str:
        """Return the code of the display column."""
        return next(iter(self.columns))

    @property
    def links(self) -> dict[str, Link]:
        """Return the link columns by code."""
        return {code: col for code, col in self.columns.items() if isinstance(col, Link)}


def column(kind: Column) -> Any:
    """Attach a column to a field of a record; the field's default is the empty value of its kind."""
    empty: object = None
    if isinstance(kind, Checkbox):
        empty = False
    elif isinstance(kind, MultiSelect):
        empty = ()
    return dataclasses.field(default=empty, metadata={"column": kind})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A typed row. ``id`` is NocoDB's row id, None before the row exists."""

    id: int | None = None
    _table: ClassVar[Table]

    @classmethod
    def table(cls) -> Table:
        """Return the declaration this record belongs to."""
        return cls._table

    @classmethod
    def decode(cls, row: Mapping[str, object]) -> Self:
        """Build a record from raw cells by column code (``id`` beside them); cells that are missing count as empty."""
        values: dict[str, Any] = {code: col.decode(row.get(code)) for code, col in cls._table.columns.items()}
        raw_id = row.get("id")
        return cls(id=None if raw_id is None else int(str(raw_id)), **values)

    def encode(self) -> dict[str, object]:
        """Return raw cells by column code, without ``id``."""
        return {code: col.encode(self.value(code)) for code, col in self._table.columns.items()}

    def value(self, code: str) -> Value:
        """Return one cell by column code."""
        result: Value = getattr(self, code)
        return result


R = TypeVar("R", bound=Record)


@dataclass_transform(kw_only_default=True, frozen_default=True)  # so a column counts as a default value
def declare(*, code: str, title: str, description: str, views: tuple[View, ...] = ()) -> Callable[[type[R]], type[R]]:
    """Turn a class with ``column`` fields into a frozen record with its table."""

    def build(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        columns = {f.name: f.metadata["column"] for f in dataclasses.fields(made) if "column" in f.metadata}
        made._table = Table(code, title, description, columns, views)
        return made

    return build
