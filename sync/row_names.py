"""What rows are called that a link or a question speaks of, read from the base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.base import BASE
from sync.items import LinkRef
from sync.nocodb.store import TableStore
from sync.standing import display_name, ident_line
from sync.unite import NameOf


def row_names(stores: Mapping[str, TableStore[Any]]) -> NameOf:
    """Return what tells the names of rows; a table that is not among ``stores`` has none."""

    def name_of(table: str, row_id: int) -> str:
        row = stores[table].get(row_id) if table in stores else None
        columns = BASE.tables[table].columns
        return display_name(lambda column: row.value(column) if column in columns else None) if row is not None else ""

    return name_of


def target_name(stores: Mapping[str, TableStore[Any]], source: str, link: LinkRef) -> str:
    """Return what the row is called at which a list points, its ident where no row stands for it yet."""
    line = ident_line(source, link.ident)
    found = stores[link.table].find_idents([line]) if link.table in stores else {}
    return (row_names(stores)(link.table, found[line]) if line in found else "") or link.ident
