"""From a declared column to one that NocoDB can make: format, choices, formula."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from schemas.model import Column, Date, DateTime, Decimal, Formula, MultiSelect, SingleSelect
from sync.nocodb.making import NewColumn
from sync.nocodb.model import FieldMeta, OptionMeta

DATE_FORMAT = "DD.MM.YYYY"


def new_column(table: str, code: str, column: Column, *, title: str, titles: Mapping[str, str]) -> NewColumn:
    """Return the column as it is to be made; ``titles`` are the real titles by column code, for a formula."""
    marker = {"code": f"{table}.{code}"}
    if isinstance(column, Formula):
        marker["formula"] = column.expression
    return NewColumn(
        title=title,
        name=code,
        uidt=column.uidt,
        marker=marker,
        description=column.description,
        meta=_meta(column),
        options=tuple(OptionMeta("", c.label, c.color) for c in _choices(column)),
        formula=formula_text(column, titles) if isinstance(column, Formula) else None,
    )


def formula_text(column: Formula, titles: Mapping[str, str]) -> str:
    """Return the formula with the titles that the columns bear in the base."""
    return re.sub(r"\{(\w+)\}", lambda found: "{" + titles[found.group(1)] + "}", column.expression)


def match_choices(column: SingleSelect | MultiSelect, real: FieldMeta) -> dict[str, str]:
    """Return our choice code by option id: what is marked stays, an unmarked option with our label is ours."""
    marked: Mapping[str, str] = real.marker.get("choices") or {}
    matched = {o.id: marked[o.id] for o in real.options if o.id in marked}
    known = set(matched.values())
    by_label = {c.label: c.code for c in column.choices if c.code not in known}
    for option in real.options:
        if option.id not in matched and option.title in by_label:
            matched[option.id] = by_label.pop(option.title)
    return matched


def missing_choices(column: SingleSelect | MultiSelect, real: FieldMeta) -> list[OptionMeta]:
    """Return the declared choices that the base lacks, as new options."""
    there = set(match_choices(column, real).values())
    return [OptionMeta("", c.label, c.color) for c in column.choices if c.code not in there]


def _choices(column: Column) -> tuple[Any, ...]:
    return column.choices if isinstance(column, SingleSelect | MultiSelect) else ()


def _meta(column: Column) -> dict[str, Any]:
    """Return what NocoDB's screen needs to show the column as Germans expect it."""
    if isinstance(column, Date):
        return {"date_format": DATE_FORMAT}
    if isinstance(column, DateTime):
        return {
            "date_format": DATE_FORMAT,
            "time_format": "HH:mm",
            "is12hrFormat": False,
            "timezone": "Europe/Berlin",
        }
    if isinstance(column, Decimal):
        return {"precision": column.precision}
    return {}
