"""A base as ``kontaktnetz schema apply`` makes it, with the least that the dashboard story needs."""

from __future__ import annotations

from schemas.base import BASE
from schemas.model import Formula, Link, MultiSelect, SingleSelect, Table
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.model import TableMeta


def build(client: Client, title: str) -> meta.BaseMeta:
    """Create every declared table with markers and links."""
    base = meta.create_base(client, title)
    made = {code: _table(client, base.id, table) for code, table in BASE.tables.items()}
    for code, table in BASE.tables.items():
        for column, link in table.links.items():
            found = meta.create_link(
                client, base.id, child_id=made[code].id, target_id=made[link.target].id,
                title=link.title, reverse_title=link.reverse, fk_title=f"{link.title} Id",
            )  # fmt: skip
            meta.set_marker(client, found.link, {"code": f"{code}.{column}"})
    return base


def _table(client: Client, base_id: str, table: Table) -> TableMeta:
    plain = {c: k for c, k in table.columns.items() if not isinstance(k, Link | Formula)}
    fields = [
        meta.NewField(
            kind.title, kind.uidt,
            options={"choices": [{"title": c.label} for c in kind.choices]}
            if isinstance(kind, SingleSelect | MultiSelect) else None,
        )
        for kind in plain.values()
    ]  # fmt: skip
    made = meta.create_table(client, base_id, table.title, fields)
    for kind in table.columns.values():
        if isinstance(kind, Formula):
            text = kind.expression
            for code, other in table.columns.items():
                text = text.replace(f"{{{code}}}", f"{{{other.title}}}")
            meta.add_field(client, base_id, made.id, meta.NewField(kind.title, "Formula", options={"formula": text}))
    made = meta.read_table(client, made.id)
    by_title = {f.title: f for f in made.fields}
    for code, kind in table.columns.items():
        if not isinstance(kind, Link):
            meta.set_marker(client, by_title[kind.title], {"code": f"{table.code}.{code}"})
    meta.update_table(client, made, marker={"code": table.code, "views": {}})
    return made
