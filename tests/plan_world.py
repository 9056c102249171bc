"""A base and a status in memory, and lists for them: what plans lead to when they are carried out as promised."""

from __future__ import annotations

import dataclasses
import datetime as dt

from schemas.base import BASE
from sync.completeness import fingerprints
from sync.items import Delivery, Item, LinkRef, Origin
from sync.plan import Create, DeletedByStaff, Plan, Write, make_plan, with_ident
from sync.settled_idents import settle_idents
from sync.standing import is_empty, read_standing
from sync.status import Known, digest, texts

SOURCE = "liste"
DAY = dt.date(2026, 3, 1)


class World:
    """A base and a status as values; carries plans out as promised, to see where that leads."""

    def __init__(self, *rows) -> None:
        self.rows = {}
        self.known = {}
        self.said = {}
        self.unread = {}
        for row in rows:
            self.add(row)

    def add(self, row) -> int:
        row_id = len(self.rows) + 1
        self.rows[row_id] = dataclasses.replace(row, id=row_id)
        return row_id

    def of(self, code):
        return [r for r in self.rows.values() if r.table().code == code]

    def plan(self, delivery: Delivery) -> Plan:
        standing = {
            code: read_standing(
                delivery.source, [(r.id, {c: r.value(c) for c in table.columns}) for r in self.of(code)]
            )
            for code, table in BASE.tables.items()
        }
        last = lambda key: self.said.get(key, {})  # noqa: E731
        return make_plan(settle_idents(delivery, self.known, last), standing, self.known, last, self.unread)

    def bring(self, delivery: Delivery) -> Plan:
        """Carry out what a delivery means, to its end."""
        plan = self.plan(delivery)
        self.apply(plan)
        if plan.names_all:
            self.unread = fingerprints(delivery, self.known)
        return plan

    def apply(self, plan: Plan) -> None:
        ids = plan.rows
        for action in plan.actions:
            item = action.item
            if isinstance(action, DeletedByStaff):
                continue
            links = {c: ids[(r.table, r.ident)] for c, r in item.links.items() if (r.table, r.ident) in ids}
            if isinstance(action, Create):
                values = {**item.values, **links, "ident": with_ident("", plan.source, item.ident)}
                ids[(item.table, item.ident)] = self.add(BASE.record(item.table)(**values))
            elif isinstance(action, Write):
                row = self.rows[action.row_id]
                values = {**action.values, **{c: v for c, v in links.items() if c in action.links}}
                if action.idents is not None:
                    assert (row.ident or "") == action.idents
                    values["ident"] = with_ident(action.idents, plan.source, item.ident)
                assert {c: row.value(c) for c in action.before} == dict(action.before)
                self.rows[action.row_id] = dataclasses.replace(row, **values)
            key = (item.table, item.ident)
            self.known[key] = Known(ids[key], digest(item))
            self.said.setdefault(key, {}).update(texts(item))
        for gone in plan.vanished:
            self.rows[gone.row_id] = dataclasses.replace(self.rows[gone.row_id], vanished_since=DAY)
        for key in [*((gone.table, gone.ident) for gone in plan.vanished), *plan.superseded]:
            self.known[key] = dataclasses.replace(self.known[key], vanished=True)


def item(table, ident, values, **links):
    refs = {c: LinkRef(*target) for c, target in links.items()}
    return Item(table, ident, {c: v for c, v in values.items() if not is_empty(v)}, refs, Origin("liste.csv", 2))


def delivery(*items, unread=()):
    order = list(BASE.tables)
    return Delivery(SOURCE, len(items), tuple(sorted(items, key=lambda i: order.index(i.table))), unread=unread)
