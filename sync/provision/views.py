"""Make one declared view in the real base: columns, widths, filters, sorts, grouping, form texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.model import (
    Checkbox,
    Column,
    Date,
    DateTime,
    Email,
    Integer,
    LongText,
    Phone,
    SingleSelect,
    Table,
    Text,
    View,
    ViewKind,
)
from sync.nocodb import views
from sync.nocodb.client import Client
from sync.nocodb.model import FieldMeta, TableMeta
from sync.nocodb.views import ViewColumn
from sync.provision.inspect import find_field

_WIDTHS: tuple[tuple[type[Column], int], ...] = (
    (Checkbox, 130),
    (Date, 130),
    (DateTime, 170),
    (Integer, 150),
    (Phone, 160),
    (Email, 240),
    (SingleSelect, 210),
    (LongText, 320),
    (Text, 200),
)
"""Width in pixels by kind of column, so that German titles and usual values fit."""

DISPLAY_WIDTH = 300
_FORM_SUCCESS = "Danke, der Eintrag ist gespeichert."


def make_view(client: Client, table: Table, real: TableMeta, view: View, title: str) -> str:
    """Create a view with all its settings and return its id; an unfinished one of ours is replaced.

    Raises:
        Conflict: the title is taken by a view of another kind.
    """
    for half_made in real.views:
        if half_made.title.casefold() == title.casefold() and not half_made.is_default:
            views.delete_view(client, half_made.id)
    made = views.create_view(
        client,
        real.id,
        view.kind,
        title,
        description=view.description,
        stack_by=_field(real, table, view.stack_by).id if view.stack_by else None,
        date=_field(real, table, view.date).id if view.date else None,
    )
    arrange(client, table, real, view, made.id)
    return made.id


def arrange(client: Client, table: Table, real: TableMeta, view: View, view_id: str) -> None:
    """Give a view its columns, filters and sorts."""
    shown = view.columns if view.columns is not None else visible_columns(table)
    if any(_field(real, table, code).system for code in shown) or (view.group_by and _is_system(real, table, view)):
        views.update_view(client, view_id, show_system_fields=True)
    views.set_columns(client, view_id, _columns(table, real, view, shown))
    for condition in view.filters:
        field = _field(real, table, condition.column)
        value = _label(field, condition.value)
        views.add_filter(client, view_id, field.id, condition.op, value, sub_op=condition.sub_op)
    for sort in view.sorts:
        views.add_sort(client, view_id, _field(real, table, sort.column).id, descending=sort.descending)
    if view.kind is ViewKind.FORM:
        views.set_form_texts(client, view_id, heading=view.title, subheading=view.description, success=_FORM_SUCCESS)


def visible_columns(table: Table) -> tuple[str, ...]:
    """Return what a grid shows unless it says otherwise: all that is not hidden (link columns are, they are slow)."""
    return tuple(code for code, column in table.columns.items() if not column.hidden)


def _columns(table: Table, real: TableMeta, view: View, shown: Sequence[str]) -> Mapping[str, ViewColumn]:
    """Return the settings of every column: those shown in our order, all others hidden behind them."""
    grid = view.kind is ViewKind.GRID
    settings: dict[str, ViewColumn] = {}
    for place, code in enumerate(shown, start=1):
        field = _field(real, table, code)
        settings[field.id] = ViewColumn(
            show=True,
            order=place,
            width=_width(table, code) if grid else None,
            group_by=1 if grid and code == view.group_by else None,
        )
    if view.group_by and view.group_by not in shown:
        settings[_field(real, table, view.group_by).id] = ViewColumn(show=False, order=len(shown) + 1, group_by=1)
    hidden = [f for f in real.fields if f.id not in settings]
    for place, field in enumerate(hidden, start=len(settings) + 1):
        settings[field.id] = ViewColumn(show=False, order=place)
    return settings


def _width(table: Table, code: str) -> int:
    if code == table.display:
        return DISPLAY_WIDTH
    column = table.columns.get(code)
    return next((width for kind, width in _WIDTHS if isinstance(column, kind)), 200)


def _field(real: TableMeta, table: Table, code: str) -> FieldMeta:
    """Return the column a view names; ``reverse:<table>.<column>`` is the counting column of another table's link."""
    is_reverse = code.startswith("reverse:")
    marker = code.removeprefix("reverse:") if is_reverse else f"{table.code}.{code}"
    found = find_field(real, marker, reverse=is_reverse)
    if found is None:
        raise LookupError(f"{table.code}: a view needs {code}, which is not in the base")
    return found


def _is_system(real: TableMeta, table: Table, view: View) -> bool:
    return view.group_by is not None and _field(real, table, view.group_by).system


def _label(field: FieldMeta, value: str | None) -> str | None:
    """Return the label that a choice bears in the base today; other values as they are."""
    marked: Mapping[str, str] = field.marker.get("choices") or {}
    return next((o.title for o in field.options if marked.get(o.id) == value), value)
