"""What the meta API tells us about a base, as typed values, and the marker by which we know what is ours.

The marker stands in the ``meta`` of tables and columns under the key ``kontaktnetz``. It survives renames in the UI, so
a base explains itself to a fresh machine (tried on NocoDB 0.301.3; a rename there changes title *and* column name).

- table:            ``{"code": "organisation", "views": {"by_kind": "<view id>"}}`` (views: those we created, once)
- plain column:     ``{"code": "organisation.name"}``
- select column:    ``{"code": "organisation.kind", "choices": {"<option id>": "verein"}}``
- link column:      ``{"code": "function.person"}`` on the belongs-to column of the child
- foreign key:      none: the server answers 200 but stores no ``meta`` there; it is found through the link column
- reverse column:   ``{"code": "function.person", "role": "reverse"}`` on the counting column of the target
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MARKER = "kontaktnetz"


@dataclass(frozen=True, slots=True)
class OptionMeta:
    """One choice of a select column as it stands in the base."""

    id: str
    title: str
    color: str | None


@dataclass(frozen=True, slots=True)
class FieldMeta:
    """One column as it stands in the base; ``fk_field_id`` and ``target_table_id`` are set for links.

    On both sides of a link ``fk_field_id`` is the foreign key in the child, and ``target_table_id`` the other table.
    """

    id: str
    title: str
    column_name: str | None
    uidt: str
    system: bool
    primary_value: bool
    description: str
    meta: Mapping[str, Any]
    options: tuple[OptionMeta, ...] = ()
    relation_type: str | None = None
    target_table_id: str | None = None
    fk_field_id: str | None = None
    formula: str | None = None

    @property
    def marker(self) -> Mapping[str, Any]:
        """Return our marker, empty for a column that is not ours."""
        return _marker(self.meta)


@dataclass(frozen=True, slots=True)
class ViewMeta:
    """One view as it stands in the base; ``kind``: 1 form, 2 gallery, 3 grid, 4 kanban, 6 calendar."""

    id: str
    title: str
    kind: int
    is_default: bool


@dataclass(frozen=True, slots=True)
class TableMeta:
    """One table as it stands in the base."""

    id: str
    title: str
    description: str
    meta: Mapping[str, Any]
    fields: tuple[FieldMeta, ...] = ()
    views: tuple[ViewMeta, ...] = field(default=())

    @property
    def marker(self) -> Mapping[str, Any]:
        """Return our marker, empty for a table that is not ours."""
        return _marker(self.meta)


def _marker(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    found = meta.get(MARKER)
    return found if isinstance(found, Mapping) else {}
