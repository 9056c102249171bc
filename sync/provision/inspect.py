"""Read what stands in the base, marked or not; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from schemas.model import Base
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.meta import BaseMeta
from sync.nocodb.model import FieldMeta, TableMeta
from sync.nocodb.resolve import READERS


@dataclass(frozen=True, slots=True)
class Found:
    """The base as it stands: ``ours`` by table code, ``left`` ours but no longer declared, ``titles`` all taken ones.

    ``base`` is None when there is no such base yet.
    """

    base: BaseMeta | None
    ours: Mapping[str, TableMeta] = field(default_factory=dict)
    left: tuple[TableMeta, ...] = ()
    titles: tuple[str, ...] = ()

    def by_id(self, table_id: str | None) -> TableMeta | None:
        """Return one of our tables by its id in the base."""
        return next((t for t in self.ours.values() if t.id == table_id), None)


def inspect_base(client: Client, base: Base, base_ref: str) -> Found:
    """Return what stands in the base with this id or title.

    Of tables that carry the same marker (staff duplicated one) the oldest counts.

    Raises:
        ConfigError: several bases bear the title.
    """
    known = meta.find_base(client, base_ref)
    if known is None:
        return Found(None)
    listed = meta.list_tables(client, known.id)
    eldest: dict[str, TableMeta] = {}
    for table in listed:
        if code := str(table.marker.get("code") or ""):
            eldest.setdefault(code, table)
    with ThreadPoolExecutor(READERS) as pool:
        read = dict(zip(eldest, pool.map(lambda t: meta.read_table(client, t.id), eldest.values()), strict=True))
    return Found(
        known,
        ours={code: table for code, table in read.items() if code in base.tables},
        left=tuple(table for code, table in read.items() if code not in base.tables),
        titles=tuple(t.title for t in listed),
    )


def find_field(table: TableMeta, code: str, *, reverse: bool = False) -> FieldMeta | None:
    """Return the column with this marker code (``table.column``), of a link the belongs-to or the counting side.

    Staff may duplicate a column, marker and all; the oldest stands first.
    """
    for candidate in table.fields:
        is_reverse = candidate.marker.get("role") == "reverse"
        if candidate.marker.get("code") == code and is_reverse == reverse:
            return candidate
    return None
