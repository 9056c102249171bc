"""A base as it stands when all that is declared has been made, as a value: what the diff is tested on."""

from __future__ import annotations

from schemas.model import Base, Formula, Link, MultiSelect, SingleSelect, Table
from sync.nocodb.meta import BaseMeta
from sync.nocodb.model import MARKER, FieldMeta, OptionMeta, TableMeta, ViewMeta
from sync.provision.inspect import Found


def finished(base: Base) -> Found:
    tables = {code: _table(base, table) for code, table in base.tables.items()}
    return Found(BaseMeta("b1", base.title), tables, titles=tuple(t.title for t in tables.values()))


def field(code: str, title: str, uidt: str, **more) -> FieldMeta:
    marker = {"code": code, **more.pop("marker", {})} if code else {}
    return FieldMeta(
        id=more.pop("id", f"f:{code or title}"), title=title, column_name=title, uidt=uidt, system=False,
        primary_value=False, description="", meta={MARKER: marker} if marker else {}, **more,
    )  # fmt: skip


def _table(base: Base, table: Table) -> TableMeta:
    fields = [_field(f"{table.code}.{code}", column) for code, column in table.columns.items()]
    for other in base.tables.values():
        for code, link in other.links.items():
            if link.target == table.code:
                marker = f"{other.code}.{code}"
                fields.append(
                    field(marker, link.reverse, "Links", id=f"r:{marker}", marker={"role": "reverse"},
                          relation_type="hm", target_table_id=f"t:{other.code}", fk_field_id=f"k:{marker}")
                )  # fmt: skip
    views = {v.code: f"v:{table.code}.{v.code}" for v in table.views}
    marker = {"code": table.code, "views": {"default": f"v:{table.code}", **views}}
    if isinstance(table.columns[table.display], Formula):
        marker["display"] = f"{table.code}.{table.display}"
    return TableMeta(
        id=f"t:{table.code}", title=table.title, description="", meta={MARKER: marker}, fields=tuple(fields),
        views=(ViewMeta(f"v:{table.code}", table.title, 3, True),
               *(ViewMeta(views[v.code], v.title, 3, False) for v in table.views)),
    )  # fmt: skip


def _field(code: str, column) -> FieldMeta:
    if isinstance(column, SingleSelect | MultiSelect):
        options = tuple(OptionMeta(f"o:{code}.{c.code}", c.label, c.color) for c in column.choices)
        told = {f"o:{code}.{c.code}": c.code for c in column.choices}
        return field(code, column.title, column.uidt, options=options, marker={"choices": told})
    if isinstance(column, Link):
        return field(
            code, column.title, column.uidt,
            relation_type="bt", target_table_id=f"t:{column.target}", fk_field_id=f"k:{code}",
        )  # fmt: skip
    if isinstance(column, Formula):
        return field(code, column.title, column.uidt, marker={"formula": column.expression})
    return field(code, column.title, column.uidt)
