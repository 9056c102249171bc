"""Make tables, columns and links that carry our marker from their first moment on.

v2, because v3 drops ``meta`` on creation: so nothing of ours ever stands in the base unmarked, wherever we are killed.
Only plain columns go into the creation of a table: a v2 creation that fails half-way (a formula in it can) leaves a
table behind that nobody sees and whose title is taken. Seen in NocoDB 0.301.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from schemas.errors import Conflict, NocoDBError
from sync.nocodb.client import Client
from sync.nocodb.meta import read_table, update_field
from sync.nocodb.model import MARKER, FieldMeta, OptionMeta, TableMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColumn:
    """A column to be made.

    ``name`` is the name in the database, ``marker`` says what it is to us, ``meta`` is what the screen needs (date
    format, precision), ``options`` are the choices of a select, ``formula`` is the text with titles in braces.
    """

    title: str
    name: str
    uidt: str
    marker: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[OptionMeta] = ()
    formula: str | None = None

    def payload(self) -> dict[str, Any]:
        """Return the column as v2 wants it."""
        body: dict[str, Any] = {
            "title": self.title,
            "column_name": self.name,
            "uidt": self.uidt,
            "meta": {**self.meta, MARKER: dict(self.marker)} if self.marker else dict(self.meta),
        }
        if self.description:
            body["description"] = self.description
        if self.options:
            body["colOptions"] = {"options": [{"title": o.title, "color": o.color} for o in self.options]}
        if self.formula is not None:
            body["formula_raw"] = self.formula
        return body


def make_table(
    client: Client,
    base_id: str,
    *,
    title: str,
    name: str,
    description: str,
    columns: Sequence[NewColumn],
    marker: Mapping[str, Any],
) -> TableMeta:
    """Create a table with plain columns and their markers in one call; the first column is the display column.

    Raises:
        Conflict: the title is taken.
        ValueError: a formula among the columns.
    """
    if any(c.formula is not None for c in columns):
        raise ValueError("a formula column is made after its table")
    payloads = [c.payload() for c in columns]
    payloads[0]["pv"] = True
    body = {
        "title": title,
        "table_name": name,
        "description": description,
        "meta": {MARKER: dict(marker)} if marker else {},
        "columns": payloads,
    }
    made = client.request("POST", f"/api/v2/meta/bases/{base_id}/tables", json=body)
    return read_table(client, str(made["id"]))


def make_column(client: Client, table_id: str, column: NewColumn) -> TableMeta:
    """Add one marked column to a table and return the table with it.

    Raises:
        Conflict: the title is taken in this table.
    """
    client.request("POST", f"/api/v2/meta/tables/{table_id}/columns", json=column.payload())
    return read_table(client, table_id)


def make_link(
    client: Client, *, child_id: str, target_id: str, code: str, title: str, reverse_title: str, fk_title: str
) -> None:
    """Make a belongs-to link from child to target; all three columns named, link and counting column marked.

    The server makes such a link from its target and names the child's two columns itself. Killed before we named and
    marked those, ``finish_link`` with the marked counting column completes the work.
    """
    body = {
        "title": reverse_title,
        "uidt": "Links",
        "parentId": target_id,
        "childId": child_id,
        "type": "hm",
        "meta": {MARKER: {"code": code, "role": "reverse"}},
    }
    client.request("POST", f"/api/v2/meta/tables/{target_id}/columns", json=body)
    reverse = next(f for f in read_table(client, target_id).fields if f.marker == {"code": code, "role": "reverse"})
    return finish_link(client, reverse, code=code, title=title, fk_title=fk_title)


def finish_link(client: Client, reverse: FieldMeta, *, code: str, title: str, fk_title: str) -> None:
    """Name and mark the child's columns of a link of which only the counting column is marked; may be repeated.

    Raises:
        NocoDBError: the server has only half of the link.
    """
    child = read_table(client, str(reverse.target_table_id))
    key = next((f for f in child.fields if f.id == reverse.fk_field_id), None)
    link = next((f for f in child.fields if f.relation_type == "bt" and f.fk_field_id == reverse.fk_field_id), None)
    if link is None or key is None:
        raise NocoDBError(
            f"Die Verknüpfung „{title}“ ist in NocoDB unvollständig.",
            hint=f"Bitte löschen Sie in NocoDB die Spalte „{reverse.title}“ und führen Sie `kontaktnetz schema apply` "
            "noch einmal aus.",
            table=child.id,
            reverse=reverse.id,
        )
    if key.title != fk_title:
        with suppress(Conflict):  # staff use the title; nobody but other programs sees this column
            client.request("PATCH", f"/api/v2/meta/columns/{key.id}", json={"title": fk_title, "uidt": key.uidt})
    update_field(client, link, title=title, marker={"code": code})
