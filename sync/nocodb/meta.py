"""The shape of a base over HTTP: read and change bases, tables, columns and our marker on them.

Making new ones stands in ``making``, views have a module of their own. Source of the rules: NocoDB 0.301.3, measured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.errors import ConfigError
from sync.nocodb.client import Client
from sync.nocodb.model import MARKER, FieldMeta, OptionMeta, TableMeta, ViewMeta

UNMARKABLE = frozenset({"ID", "Order", "ForeignKey", "CreatedBy", "LastModifiedBy", "CreatedTime", "LastModifiedTime"})
"""Kinds of column that carry no marker: the server drops their ``meta``, or unhides a system column on the way."""


@dataclass(frozen=True, slots=True)
class BaseMeta:
    """A base the credential may see."""

    id: str
    title: str


# --- bases -----------------------------------------------------------------------------------------------------------


def list_bases(client: Client) -> tuple[BaseMeta, ...]:
    """Return every base the credential may see."""
    answer = client.request("GET", "/api/v2/meta/bases")
    return tuple(BaseMeta(str(b["id"]), str(b["title"])) for b in answer["list"])


def find_base(client: Client, wanted: str) -> BaseMeta | None:
    """Return the base with this id or, failing that, this title; None when there is none.

    Raises:
        ConfigError: several bases bear the title (NocoDB allows that).
    """
    bases = list_bases(client)
    for base in bases:
        if base.id == wanted:
            return base
    named = [b for b in bases if b.title == wanted]
    if len(named) > 1:
        raise ConfigError(
            f"In NocoDB gibt es {len(named)} Bases mit dem Namen „{wanted}“.",
            hint="Bitte tragen Sie bei NOCODB_BASE die Kennung der richtigen ein: "
            + ", ".join(sorted(b.id for b in named))
            + " (sie steht in NocoDB in der Adresszeile).",
        )
    return named[0] if named else None


def looks_like_id(wanted: str) -> bool:
    """Say whether a text can only be meant as the id of a base."""
    return re.fullmatch(r"p[a-z0-9]{12,}", wanted) is not None


def create_base(client: Client, title: str) -> BaseMeta:
    """Create a base; titles are not unique, so look first."""
    made = client.request("POST", "/api/v2/meta/bases", json={"title": title})
    return BaseMeta(str(made["id"]), str(made["title"]))


# --- reading tables --------------------------------------------------------------------------------------------------


def list_tables(client: Client, base_id: str) -> tuple[TableMeta, ...]:
    """Return the tables of a base without their columns, oldest first (a copied table carries a copied marker)."""
    answer = client.request("GET", f"/api/v2/meta/bases/{base_id}/tables")
    rows = sorted(answer["list"], key=lambda t: (str(t.get("created_at") or ""), t.get("order") or 0))
    return tuple(_table(t) for t in rows)


def read_table(client: Client, table_id: str) -> TableMeta:
    """Return one table with its columns and views, in the order of the base."""
    return _table(client.request("GET", f"/api/v2/meta/tables/{table_id}"))


def read_field(client: Client, field_id: str) -> FieldMeta:
    """Return one column as it stands."""
    return _field(client.request("GET", f"/api/v2/meta/columns/{field_id}"))


# --- making and changing ---------------------------------------------------------------------------------------------


def update_table(client: Client, table: TableMeta, *, marker: Mapping[str, Any]) -> None:
    """Write our marker on a table; what else stands in its ``meta`` stays."""
    body = {"meta": {**table.meta, MARKER: dict(marker)}}
    client.request("PATCH", f"/api/v2/meta/tables/{table.id}", json=body)


def delete_table(client: Client, base_id: str, table_id: str) -> None:
    """Delete a table with all its rows."""
    client.request("DELETE", f"/api/v3/meta/bases/{base_id}/tables/{table_id}")


def update_field(
    client: Client,
    field: FieldMeta,
    *,
    title: str | None = None,
    description: str | None = None,
    marker: Mapping[str, Any] | None = None,
) -> None:
    """Change title, description or our marker; what is None stays (v3 would wipe the marker)."""
    changes: dict[str, Any] = {"title": title} if title is not None else {}
    if description is not None:
        changes["description"] = description
    if marker is not None:
        changes["meta"] = {**field.meta, MARKER: dict(marker)}
    _patch_field(client, field, changes)


def change_type(
    client: Client, base_id: str, field: FieldMeta, uidt: str, *, choices: Sequence[OptionMeta] = ()
) -> None:
    """Turn a column into another type; values that do not fit are lost on PostgreSQL and stay as garbage on SQLite."""
    body: dict[str, Any] = {"title": field.title, "type": uidt}
    if choices:
        body["options"] = {"choices": [_option(c) for c in choices]}
    client.request("PATCH", f"/api/v3/meta/bases/{base_id}/fields/{field.id}", json=body)
    if field.marker:  # v3 wipes the meta of a column
        set_marker(client, read_field(client, field.id), field.marker)


def set_formula(client: Client, field: FieldMeta, formula: str) -> None:
    """Give a formula column another text; columns are named by their titles in braces."""
    _patch_field(client, field, {"formula_raw": formula})


def set_choices(client: Client, field: FieldMeta, choices: Sequence[OptionMeta]) -> None:
    """Write the full list of choices of a select column; a new one has the empty id, a renamed one its old id.

    Raises:
        ValueError: a choice of the base is left out, which would empty it in every row without a warning.
    """
    left_out = {o.id for o in field.options} - {c.id for c in choices}
    if left_out:
        raise ValueError(f"choices left out: {sorted(left_out)}")
    _patch_field(client, field, {"colOptions": {"options": [_option(c) for c in choices]}})


def set_marker(client: Client, field: FieldMeta, marker: Mapping[str, Any]) -> None:
    """Write our marker on a column; what else stands in its ``meta`` stays.

    Raises:
        ValueError: a kind of column whose ``meta`` the server does not store (it would answer 200 all the same).
    """
    if field.uidt in UNMARKABLE:
        raise ValueError(f"a {field.uidt} column cannot carry a marker")
    _patch_field(client, field, {"meta": {**field.meta, MARKER: dict(marker)}})


def _patch_field(client: Client, field: FieldMeta, changes: Mapping[str, Any]) -> None:
    """Send the whole column with its changes: what a v2 PATCH leaves out is partly reset by the server."""
    body: dict[str, Any] = {
        "title": field.title,
        "uidt": field.uidt,
        "column_name": field.column_name,
        "description": field.description or None,
    }
    if field.uidt not in UNMARKABLE:
        body["meta"] = dict(field.meta)
    if field.formula is not None:
        body["formula_raw"] = field.formula
    if field.options:
        body["colOptions"] = {"options": [_option(o) for o in field.options]}
    client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json={**body, **changes})


def _option(option: OptionMeta) -> dict[str, str]:
    listed = {"id": option.id, "title": option.title, "color": option.color}
    return {k: v for k, v in listed.items() if v}


def set_display(client: Client, field_id: str) -> None:
    """Make a column the display column of its table."""
    client.request("POST", f"/api/v2/meta/columns/{field_id}/primary")


def delete_field(client: Client, base_id: str, field_id: str) -> None:
    """Delete a column with its values; of a link both sides and the foreign key go."""
    client.request("DELETE", f"/api/v3/meta/bases/{base_id}/fields/{field_id}")


# --- from JSON to values ---------------------------------------------------------------------------------------------


def _meta(raw: object) -> Mapping[str, Any]:
    """Return ``meta``, which arrives as JSON text or as an object depending on the call."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError:
            return {}
    return raw if isinstance(raw, Mapping) else {}


def _table(raw: Mapping[str, Any]) -> TableMeta:
    views = [v for v in raw.get("views") or [] if isinstance(v, Mapping)]
    eldest = min(views, key=lambda v: (str(v.get("created_at") or ""), v.get("order") or 0), default=None)
    return TableMeta(
        id=str(raw["id"]),
        title=str(raw["title"]),
        description=str(raw.get("description") or ""),
        meta=_meta(raw.get("meta")),
        fields=tuple(_field(c) for c in raw.get("columns") or []),
        views=tuple(parse_view(v, is_default=v is eldest) for v in views),
    )


def parse_view(raw: Mapping[str, Any], *, is_default: bool = False) -> ViewMeta:
    """Return a view; 0.301.3 leaves ``is_default`` empty, so the caller says which one came with the table."""
    return ViewMeta(
        id=str(raw["id"]),
        title=str(raw["title"]),
        kind=int(raw["type"]),
        is_default=bool(raw.get("is_default")) or is_default,
    )


def _field(raw: Mapping[str, Any]) -> FieldMeta:
    details = raw.get("colOptions") or {}
    is_link = str(raw["uidt"]) in ("Links", "LinkToAnotherRecord")
    return FieldMeta(
        id=str(raw["id"]),
        title=str(raw["title"]),
        column_name=raw.get("column_name"),
        uidt=str(raw["uidt"]),
        system=bool(raw.get("system")),
        primary_value=bool(raw.get("pv")),
        description=str(raw.get("description") or ""),
        meta=_meta(raw.get("meta")),
        options=tuple(OptionMeta(str(o["id"]), str(o["title"]), o.get("color")) for o in details.get("options") or []),
        relation_type=details.get("type") if is_link else None,
        target_table_id=details.get("fk_related_model_id") if is_link else None,
        fk_field_id=details.get("fk_child_column_id") if is_link else None,
        formula=details.get("formula_raw") if str(raw["uidt"]) == "Formula" else None,
    )
