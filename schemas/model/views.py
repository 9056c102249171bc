"""Views that staff find in NocoDB. Declared once, created once; from then on they belong to staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ViewKind(StrEnum):
    """The kinds of view that NocoDB's community edition can make."""

    GRID = "grid"
    FORM = "form"
    KANBAN = "kanban"
    GALLERY = "gallery"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: column code, NocoDB's comparison operator, value (for a select: the choice code)."""

    column: str
    op: str
    value: str | None = None
    sub_op: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort: column code and direction."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view of one table.

    ``columns`` lists the column codes shown, in order (None: all that are not hidden); ``group_by`` a column code;
    ``stack_by`` the select column of a kanban; ``date`` the date column of a calendar; ``description`` helps staff.
    ``reverse:<table>.<column>`` names the counting column that a link of another table leaves here.
    """

    code: str
    title: str
    kind: ViewKind = ViewKind.GRID
    columns: tuple[str, ...] | None = None
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Sort, ...] = ()
    group_by: str | None = None
    stack_by: str | None = None
    date: str | None = None
    description: str = ""
