"""One run of one source: read what stands, plan, and if there is anything to write, write it under the lease."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from schemas.base import BASE
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import REMEMBERED
from schemas.model import Formula, Value
from schemas.operations.tables import Conflict
from sync.apply import Outcome, Progress, Tools, Worker, unsettled
from sync.conflicts import Decided, carry_out, open_decisions, record_clashes
from sync.desk import open_desk
from sync.items import Delivery, Rejected
from sync.match import match_columns
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.noting import Notes
from sync.plan import Plan, make_plan
from sync.refusals import hold, leave_alone, shape, waits
from sync.report import Counts, SyncReport, count
from sync.sanity import require_sane
from sync.standing import Standing, one_line, read_standing
from sync.status import Held, Key, Known, Status, TableIds, digest

log = logging.getLogger(__name__)

BERLIN = ZoneInfo("Europe/Berlin")
Clock = Callable[[], dt.datetime]

Idents = list[tuple[int, dict[str, Value]]]
"""Row id and cell `ident` of every row of a table."""


def plan_source(
    client: Client,
    base: ResolvedBase,
    delivery: Delivery,
    status: Status,
    *,
    idents: Mapping[str, Idents] = MappingProxyType({}),
) -> Plan:
    """Return what a run would do; writes nothing, neither to the base nor to the status.

    ``idents`` were read just before, by table code; where they are enough the table is not read again.

    Raises:
        ConfigError: the base lacks a column that is needed.
        NocoDBError: the server refused or did not answer.
    """
    known = status.items(delivery.source, table_ids(base))
    standing = _standing(_stores(client, base, delivery, known), delivery, known, idents)
    plan = make_plan(delivery, standing, known, lambda key: status.last(delivery.source, key))
    return leave_alone(plan, hold(delivery.items, status.held(delivery.source), base))


def apply_source(
    client: Client,
    base: ResolvedBase,
    delivery: Delivery,
    status: Status,
    *,
    now: Clock,
    title: str = "",
    idents: Mapping[str, Idents] = MappingProxyType({}),
    accept: Collection[str] = (),
    on_progress: Progress | None = None,
) -> SyncReport:
    """Plan and carry out; when nothing is to be written, nothing at all is written to the base.

    First what staff decided about conflicts is done. ``title`` names the source for people (its name when empty),
    ``accept`` what would otherwise be refused (see ``sync.sanity``); ``now`` returns aware UTC.

    Raises:
        PlanRefused: the list looks broken (empty, suddenly much shorter, ...); nothing was written.
        LeaseHeld: another automatic writer is at work; nothing was written.
        ConfigError: the base lacks a column that is needed.
        NocoDBError: the server refused or did not answer; run it again, it goes on where it stopped.
    """
    began = time.monotonic()
    source, title = delivery.source, title or delivery.source
    tables = table_ids(base)
    known = status.items(source, tables)
    require_sane(delivery, known, lambda key: status.last(source, key), accept)
    decisions = TableStore(client, base, Conflict)
    waiting = open_decisions(decisions)
    holding = hold(delivery.items, status.held(source), base)
    if not waiting and not _says_something_new(delivery, known, holding.keys):
        plan = plan_source(client, base, delivery, status, idents=idents)
        status.settle(source, unsettled(plan), tables, now())
        status.finish(source, len(delivery.items), now())
        return _report(title, plan, Outcome(), Decided(), time.monotonic() - began, held=len(holding.keys))
    _stores(client, base, delivery, known)  # a table that staff changed is told before anything is written
    with open_desk(client, base, f"Abgleich: {title}", now) as desk:
        decided = carry_out(decisions, waiting, desk.stores, desk.journal)
        plan = plan_source(client, base, delivery, status)
        notes = Notes(desk.journal, source, tables)
        tools = Tools(
            stores=desk.stores,
            journal=desk.journal,
            settle=lambda settled: notes.settled(status.settle(source, settled, tables, now())),
            vanish=lambda keys: notes.gone(status.vanish(source, keys, now())),
            clash=lambda found: record_clashes(decisions, found, desk.stores, source=source, shown=title, now=now),
            ensure=desk.lease.ensure,
            on_progress=on_progress or _silent,
            today=now().astimezone(BERLIN).date(),
            tables=base.tables,
        )
        with notes:
            outcome = Worker(plan, tools, title=title, refused=holding.refused.keys() - plan.rows.keys()).run()
        refused = {**holding.refused, **outcome.refused}
        status.hold(source, _held(delivery, base, refused, missing=refused.keys() - plan.rows.keys()))
        report = _report(title, plan, outcome, decided, time.monotonic() - began, held=len(holding.keys))
        desk.told = report.describe() if report.writes else ""
    status.finish(source, len(delivery.items), now())
    return report


def _held(
    delivery: Delivery, base: ResolvedBase, refused: Mapping[Key, Rejected], *, missing: Collection[Key]
) -> dict[Key, Held]:
    """Return what the next run is to leave alone: refused rows, and those that link to one that is missing."""
    return {
        (i.table, i.ident): Held(digest(i), shape(base.tables.get(i.table)), refused.get((i.table, i.ident)))
        for i in delivery.items
        if (i.table, i.ident) in refused or waits(i, missing)
    }


def _says_something_new(delivery: Delivery, known: Mapping[Key, Known], held: Collection[Key]) -> bool:
    """Say whether a list differs from what its source said last; only then can it lead to a write."""
    named = set()
    for item in delivery.items:
        key = (item.table, item.ident)
        if key in held:
            named.add(key)
            continue
        before = known.get(key)
        if before is None or before.vanished or before.digest != digest(item):
            return True
        named.add(key)
    return any(not one.vanished and key not in named for key, one in known.items())


def repeat_source(
    client: Client,
    base: ResolvedBase,
    delivery: Delivery,
    status: Status,
    *,
    idents: Mapping[str, Idents],
    now: Clock,
    title: str,
) -> SyncReport:
    """Run a source whose list is the very one that the base holds: only what staff decided is carried out.

    ``delivery`` bears no items, only what was rejected and noted; ``idents`` are those of every table of the source.

    Raises what ``apply_source`` raises.
    """
    began = time.monotonic()
    decisions = TableStore(client, base, Conflict)
    decided = Decided()
    if waiting := open_decisions(decisions):
        with open_desk(client, base, f"Abgleich: {title}", now) as desk:
            decided = carry_out(decisions, waiting, desk.stores, desk.journal)
            desk.told = f"Entscheidungen ausgeführt: {decided.taken + decided.kept}"
    standing = {
        code: read_standing(delivery.source, code, rows, meet=False).known.keys() for code, rows in idents.items()
    }
    known = [key for key, one in status.items(delivery.source, table_ids(base)).items() if not one.vanished]
    there = sum(one_line(ident) in standing.get(table, ()) for table, ident in known)
    counts = Counts(
        created=0, filled=0, unchanged=there, unclear=0, rejected=len(delivery.rejected),
        deleted_by_staff=len(known) - there,
    )  # fmt: skip
    plan = Plan(delivery.source, (), delivery.rejected, delivery.notes)
    seconds = time.monotonic() - began
    return SyncReport(title, plan, counts, decided.taken, seconds, delivery.rejected, 0, decided.taken)


def table_ids(base: ResolvedBase) -> TableIds:
    """Return the ids of the tables of a base by table code."""
    return {code: table.id for code, table in base.tables.items()}


def _stores(
    client: Client, base: ResolvedBase, delivery: Delivery, known: Mapping[Key, Known]
) -> Mapping[str, TableStore[Any]]:
    tables = {item.table for item in delivery.items} | {table for table, _ in known}
    return {code: TableStore(client, base, BASE.record(code)) for code in BASE.tables if code in tables}


def _standing(
    stores: Mapping[str, TableStore[Any]],
    delivery: Delivery,
    known: Mapping[Key, Known],
    idents: Mapping[str, Idents],
) -> dict[str, Standing]:
    """Read what planning needs of each table: of one where the source says nothing new, the idents are enough."""
    changed: dict[str, set[str]] = {}
    unknown: set[str] = set()
    for item in delivery.items:
        before = known.get((item.table, item.ident))
        if before is None:
            unknown.add(item.table)
        if before is None or before.digest != digest(item):
            changed.setdefault(item.table, set()).update(item.values, item.links)
    found = {}
    for code, store in stores.items():
        columns = changed.get(code, set())
        meet = code in unknown
        declared = BASE.tables[code].columns
        wanted = {"ident", *columns, *(("name", *match_columns(code)) if meet else ())}
        if columns & set(REMEMBERED.get(code, ())):
            wanted.add(ALIASES)
        readable = [c for c, column in declared.items() if c in wanted and not isinstance(column, Formula)]
        enough = readable == ["ident"] and code in idents
        rows = idents[code] if enough else store.pull_cells(readable)
        found[code] = read_standing(delivery.source, code, rows, meet=meet)
    return found


def _report(title: str, plan: Plan, outcome: Outcome, decided: Decided, seconds: float, *, held: int) -> SyncReport:
    rejected = (*plan.rejected, *outcome.refused.values())
    counts = replace(
        count(plan),
        created=outcome.created,
        filled=outcome.filled,
        updated=outcome.updated,
        conflicts=outcome.conflicts,
        vanished=outcome.vanished,
        rejected=len(rejected),
    )
    return SyncReport(
        title, plan, counts, outcome.writes + decided.taken, seconds, rejected, outcome.left, decided.taken, held
    )


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""
