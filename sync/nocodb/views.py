"""Views over HTTP: make them once, set their columns, filters, sorts and form fields.

v2 only in the community edition, except for the columns of a view: there a v3 call, absent from the docs, sets
all of them at once (seen in 0.301.3; v2 needs one request per column).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.model import ViewKind
from sync.nocodb.client import Client
from sync.nocodb.meta import parse_view
from sync.nocodb.model import ViewMeta

_PATHS = {
    ViewKind.GRID: "grids",
    ViewKind.FORM: "forms",
    ViewKind.KANBAN: "kanbans",
    ViewKind.GALLERY: "galleries",
    ViewKind.CALENDAR: "calendars",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewColumn:
    """How one column stands in one view; what is None stays as the server has it.

    ``width`` in pixels and ``group_by`` (place in the grouping, from 1) exist in grids; ``required``, ``label`` and
    ``help`` in forms. A form's "required" is checked by the browser only.
    """

    show: bool | None = None
    order: int | None = None
    width: int | None = None
    group_by: int | None = None
    required: bool | None = None
    label: str | None = None
    help: str | None = None

    def payload(self) -> dict[str, Any]:
        """Return the settings as the server wants them."""
        body: dict[str, Any] = {
            "show": self.show,
            "order": self.order,
            "width": None if self.width is None else f"{self.width}px",
            "required": self.required,
            "label": self.label,
            "help": self.help,
        }
        if self.group_by is not None:
            body |= {"group_by": True, "group_by_order": self.group_by, "group_by_sort": "asc"}
        return {k: v for k, v in body.items() if v is not None}


def list_views(client: Client, table_id: str) -> tuple[ViewMeta, ...]:
    """Return the views of a table."""
    answer = client.request("GET", f"/api/v2/meta/tables/{table_id}/views")
    return tuple(parse_view(v) for v in answer["list"])


def create_view(
    client: Client,
    table_id: str,
    kind: ViewKind,
    title: str,
    *,
    description: str = "",
    stack_by: str | None = None,
    date: str | None = None,
) -> ViewMeta:
    """Create a view; ``stack_by`` (select column of a kanban) and ``date`` (of a calendar) are field ids.

    Raises:
        Conflict: the table has a view with this title.
    """
    body: dict[str, Any] = {"title": title}
    if description:
        body["description"] = description
    if kind is ViewKind.KANBAN:
        body["fk_grp_col_id"] = stack_by
    if kind is ViewKind.CALENDAR:
        body["calendar_range"] = [{"fk_from_column_id": date}]
    made = client.request("POST", f"/api/v2/meta/tables/{table_id}/{_PATHS[kind]}", json=body)
    return parse_view(made)


def update_view(
    client: Client, view_id: str, *, title: str | None = None, show_system_fields: bool | None = None
) -> None:
    """Rename a view, or let it show system fields (the link of a table to itself counts as one)."""
    body = {k: v for k, v in {"title": title, "show_system_fields": show_system_fields}.items() if v is not None}
    client.request("PATCH", f"/api/v2/meta/views/{view_id}", json=body)


def delete_view(client: Client, view_id: str) -> None:
    """Delete a view; the rows stay."""
    client.request("DELETE", f"/api/v2/meta/views/{view_id}")


def read_columns(client: Client, view_id: str) -> dict[str, Mapping[str, Any]]:
    """Return the settings of every column in a view by field id, as the server tells them."""
    answer = client.request("GET", f"/api/v2/meta/views/{view_id}/columns")
    return {str(c["fk_column_id"]): c for c in answer["list"]}


def set_columns(client: Client, view_id: str, columns: Mapping[str, ViewColumn]) -> None:
    """Set several columns of a view by field id in one request; columns not named stay as they are."""
    body = {field_id: column.payload() for field_id, column in columns.items()}
    client.request("PATCH", f"/api/v3/meta/views/{view_id}/columns", json={"fields": body})


def set_form_texts(client: Client, view_id: str, *, heading: str, subheading: str = "", success: str = "") -> None:
    """Set what a form says above its fields and after it was sent."""
    body = {"heading": heading, "subheading": subheading, "success_msg": success, "submit_another_form": True}
    client.request("PATCH", f"/api/v2/meta/forms/{view_id}", json=body)


def add_filter(
    client: Client, view_id: str, field_id: str, op: str, value: str | None = None, *, sub_op: str | None = None
) -> None:
    """Add one filter to a view; filters of a view are joined by "and". A select is compared by its label."""
    body = {
        "fk_column_id": field_id,
        "comparison_op": op,
        "comparison_sub_op": sub_op,
        "value": value,
        "logical_op": "and",
    }
    client.request(
        "POST", f"/api/v2/meta/views/{view_id}/filters", json={k: v for k, v in body.items() if v is not None}
    )


def add_sort(client: Client, view_id: str, field_id: str, *, descending: bool = False) -> None:
    """Add one sort to a view, after those it has."""
    body = {"fk_column_id": field_id, "direction": "desc" if descending else "asc"}
    client.request("POST", f"/api/v2/meta/views/{view_id}/sorts", json=body)


def read_filters(client: Client, view_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the filters of a view as the server tells them."""
    listed: Sequence[Mapping[str, Any]] = client.request("GET", f"/api/v2/meta/views/{view_id}/filters")["list"]
    return listed


def read_sorts(client: Client, view_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the sorts of a view as the server tells them."""
    listed: Sequence[Mapping[str, Any]] = client.request("GET", f"/api/v2/meta/views/{view_id}/sorts")["list"]
    return listed
