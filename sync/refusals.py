"""Rows that NocoDB will not take: who is to blame, and how the next run leaves them alone until something changes.

A refused row is tried again as soon as its source says something else or its table looks different (a choice came back,
a column was retyped). What links to such a row waits with it. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from schemas.base import BASE
from schemas.model import Column, MultiSelect, SingleSelect, Value
from sync.items import Item, Rejected
from sync.nocodb.resolve import ResolvedBase, ResolvedTable
from sync.plan import Action, Create, Plan, Unchanged, Write, item_name
from sync.status import Held, Key, digest

LONGEST = 100_000
"""Characters that NocoDB takes in one cell (0.301.3)."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a run leaves alone: refused rows with what to tell of them, and rows that wait for such a row."""

    refused: Mapping[Key, Rejected]
    waiting: Collection[Key]

    @property
    def keys(self) -> Collection[Key]:
        """Return every item that is left alone."""
        return {*self.refused, *self.waiting}


def hold(items: Collection[Item], held: Mapping[Key, Held], base: ResolvedBase) -> Holding:
    """Return which of these items are still to be left alone."""
    refused: dict[Key, Rejected] = {}
    waiting: list[Item] = []
    for item in items:
        one = held.get((item.table, item.ident))
        if one is None or one.digest != digest(item) or one.shape != shape(base.tables.get(item.table)):
            continue
        if one.rejected is None:
            waiting.append(item)
        else:
            refused[(item.table, item.ident)] = replace(one.rejected, origin=item.origin)
    return Holding(refused, {(i.table, i.ident) for i in waiting if waits(i, refused)})


def waits(item: Item, refused: Collection[Key]) -> bool:
    """Say whether an item links to a row that was refused."""
    return any((ref.table, ref.ident) in refused for ref in item.links.values())


def leave_alone(plan: Plan, holding: Holding) -> Plan:
    """Return the plan without what is left alone; the refused rows are named among the rejected."""
    if not holding.keys:
        return plan
    actions = [_left(a) if (a.item.table, a.item.ident) in holding.keys else a for a in plan.actions]
    clashes = tuple(c for c in plan.clashes if (c.item.table, c.item.ident) not in holding.keys)
    return replace(
        plan,
        actions=tuple(a for a in actions if a is not None),
        rejected=(*plan.rejected, *holding.refused.values()),
        clashes=clashes,
    )


def _left(action: Action) -> Action | None:
    if isinstance(action, Create):
        return None
    return Unchanged(action.item, action.row_id, settled=True) if isinstance(action, Write | Unchanged) else action


def shape(table: ResolvedTable | None) -> str:
    """Return a digest of what decides which values a table takes."""
    if table is None:
        return ""
    told = sorted((c, f.id, f.uidt, sorted(f.labels.items())) for c, f in table.fields.items())
    return hashlib.sha256(repr((table.id, told)).encode()).hexdigest()


def explain(item: Item, table: ResolvedTable) -> Rejected:
    """Say in German which value of a refused row is to blame, as far as that can be told, and what to do."""
    for code, value in item.values.items():
        column, field = BASE.tables[item.table].columns[code], table.fields[code]
        place = f"„{field.title}“ der Tabelle „{table.title}“"
        if isinstance(value, str) and len(value) > LONGEST:
            reason = f"Der Text für die Spalte {place} ist länger als 100.000 Zeichen; NocoDB nimmt ihn nicht an."
            hint = "Bitte kürzen Sie ihn in der Liste."
        elif gone := _missing_choices(column, value, field.labels):
            reason = f"In der Spalte {place} fehlt die Auswahl „{gone}“."
            hint = "Bitte legen Sie sie in NocoDB wieder an (`kontaktnetz schema apply` tut das auch)."
        else:
            continue
        return Rejected(item.origin, field.title, item_name(item), reason, f"{hint} Dann kommt die Zeile von selbst.")
    return Rejected(
        item.origin,
        None,
        item_name(item),
        f"NocoDB nimmt einen Wert dieser Zeile in der Tabelle „{table.title}“ nicht an.",
        "Bitte berichtigen Sie die Zeile in der Liste; `kontaktnetz doctor` zeigt, ob eine Spalte verändert wurde.",
    )


def _missing_choices(column: Column, value: Value, labels: Mapping[str, str]) -> str:
    if not isinstance(column, SingleSelect | MultiSelect):
        return ""
    said = value if isinstance(value, tuple) else (str(value),)
    declared = {c.code: c.label for c in column.choices}
    return ", ".join(declared.get(v, v) for v in said if v not in labels)
