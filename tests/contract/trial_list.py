"""Small lists for the contract tests of the sync, and what staff do to them in the spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from schemas.base import BASE
from schemas.contacts.tables import Function, Interaction, InteractionParticipant, Organisation, Person, Relationship
from schemas.model import Base
from schemas.operations.tables import Conflict, Duplicate, JobRun, JournalEntry
from sync.items import Delivery, Item, LinkRef, Origin
from sync.nocodb import records
from sync.nocodb.store import TableStore

_WANTED = (Organisation, Person, Function, Relationship, Interaction, InteractionParticipant)
_TARGETS = {link.target for record in _WANTED for link in record.table().links.values()}
LISTS = Base(
    title=BASE.title,
    records=tuple(
        record for record in BASE.records
        if record in (*_WANTED, Conflict, Duplicate, JobRun, JournalEntry) or record.table().code in _TARGETS
    ),
)  # fmt: skip
"""The tables that lists need, for bases that one test spoils: making all thirty takes thrice as long."""


def now():
    return dt.datetime.now(dt.UTC)


def item(table, ident, links=None, **values):
    return Item(table, ident, values, {c: LinkRef(*r) for c, r in (links or {}).items()}, Origin("liste.csv", 2))


def listed(*items, source="probe"):
    return Delivery(source, len(items), items)


def tree(places: int = 4) -> Delivery:
    """A list with a tree given child first, a circle, persons and functions."""
    organisations = [
        item("organisation", "leaf", {"parent": ("organisation", "branch")}, name="Blatt"),
        item("organisation", "branch", {"parent": ("organisation", "root")}, name="Ast", kind="fachbereich"),
        item("organisation", "root", name="Wurzel"),
        item("organisation", "ring1", {"parent": ("organisation", "ring2")}, name="Ring 1"),
        item("organisation", "ring2", {"parent": ("organisation", "ring1")}, name="Ring 2"),
        *(item("organisation", f"o{i}", {"parent": ("organisation", "root")}, name=f"O {i}") for i in range(places)),
    ]
    persons = [item("person", f"p{i}", last_name=f"P {i}", first_name="Ada") for i in range(places)]
    functions = [
        item("function", f"f{i}", {"person": ("person", f"p{i}"), "organisation": ("organisation", f"o{i}")},
             name="Vorsitz", valid_from=dt.date(2026, 1, 1))
        for i in range(places)
    ]  # fmt: skip
    items = (*organisations, *persons, *functions)
    return Delivery("probe", len(items), items)


def contents(client, resolved):
    """Every row of the contact tables by its ident, links as idents of their targets."""
    named = {}
    for code in ("organisation", "person", "function"):
        rows = list(TableStore(client, resolved, BASE.record(code)).pull())
        named[code] = {r.id: r for r in rows}
    found = Counter()
    for code, rows in named.items():
        for row in rows.values():
            links = tuple(
                (c, named[link.target][row.value(c)].ident if row.value(c) else None)
                for c, link in BASE.tables[code].links.items()
                if link.target in named
            )
            values = tuple(
                row.value(c) for c in BASE.tables[code].columns if c not in BASE.tables[code].links and c != "token"
            )
            found[(code, links, values)] += 1
    return found


def decide(client, resolved, **wanted):
    """Choose as staff do in the spreadsheet, by field title."""
    table = resolved.tables["conflict"]
    labels = {"behalten": "Unseren Stand behalten", "uebernehmen": "Quelle übernehmen", "anderer": "Anderer Wert"}
    for row in TableStore(client, resolved, Conflict).pull():
        if row.field in wanted:
            decision, _, own = wanted[row.field].partition(":")
            cells = {table.fields["decision"].id: labels[decision]}
            if own:
                cells[table.fields["own_value"].id] = own
            records.update_rows(client, table.id, {row.id: cells}, key=table.key)


def type_in(client, resolved, row_id, **cells):
    table = resolved.tables["organisation"]
    records.update_rows(client, table.id, {row_id: {table.fields[c].id: v for c, v in cells.items()}}, key=table.key)
