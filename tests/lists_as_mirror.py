"""A list from outside as a mirror, without a server: what the pages would see if it were in the base."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.base import BASE
from schemas.model import MultiSelect, SingleSelect
from sync.fields import as_json
from sync.items import Delivery, Item


def as_rows(delivery: Delivery) -> dict[str, list[dict[str, object]]]:
    """Return the items of a delivery as raw rows by table code, linked by the ids they get here."""
    ids: dict[tuple[str, str], int] = {}
    found: dict[str, list[dict[str, object]]] = {code: [] for code in BASE.tables}
    for item in delivery.items:
        ids[item.table, item.ident] = len(found[item.table]) + 1
        found[item.table].append({"id": len(found[item.table]) + 1})
    for item in delivery.items:
        row = found[item.table][ids[item.table, item.ident] - 1]
        row |= _raw(item) | {c: ids.get((ref.table, ref.ident)) for c, ref in item.links.items()}
    return found


def _raw(item: Item) -> dict[str, object]:
    columns = BASE.tables[item.table].columns
    cells = as_json(item.values)
    for code, value in cells.items():
        kind = columns[code]
        if isinstance(kind, SingleSelect):
            cells[code] = _labels(kind.choices, [value])[0]
        elif isinstance(kind, MultiSelect) and isinstance(value, list):
            cells[code] = ",".join(_labels(kind.choices, value))
    return cells


def _labels(choices: Iterable[object], codes: Iterable[object]) -> list[str]:
    known = {getattr(choice, "code", ""): str(getattr(choice, "label", "")) for choice in choices}
    return [known.get(str(code), str(code)) for code in codes]
