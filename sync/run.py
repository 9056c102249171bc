"""One run of one source: read what stands, plan, and if there is anything to write, write it under the lease."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from schemas.base import BASE
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import REMEMBERED
from schemas.model import Formula, Value
from schemas.operations.tables import Conflict
from schemas.time_zone import BERLIN
from sync.apply import Outcome, Progress, Tools, Worker, unsettled
from sync.catching_up import catch_up, caught_up
from sync.clock import Clock
from sync.completeness import Last, fingerprints
from sync.conflicts import Decided, carry_out, open_decisions, record_clashes
from sync.desk import open_desk
from sync.item_changes import may_be_another
from sync.items import Delivery, Rejected
from sync.match import match_columns
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.noting import Notes
from sync.plan import VANISHED, Plan, make_plan
from sync.refusals import hold, leave_alone, shape, waits
from sync.report import Counts, SyncReport, count
from sync.sanity import require_sane
from sync.settled_idents import settle_idents
from sync.standing import Standing, one_line, read_standing
from sync.status import Held, Key, Known, Status, TableIds, digest

log = logging.getLogger(__name__)


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
    with caught_up(client, base, status) as heard:
        return _plan(client, base, delivery, heard, idents)


def _plan(
    client: Client,
    base: ResolvedBase,
    delivery: Delivery,
    status: Status,
    idents: Mapping[str, Idents] = MappingProxyType({}),
) -> Plan:
    known = status.items(delivery.source, table_ids(base))
    source = delivery.source

    def last(key: Key) -> Mapping[str, str]:
        return status.last(source, key)

    delivery = settle_idents(delivery, known, last)
    standing = _standing(_stores(client, base, delivery, known), delivery, known, last, idents)
    plan = make_plan(delivery, standing, known, last, status.unread(source))
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
    catch_up(client, base, status, now())
    known = status.items(source, tables)
    delivery = settle_idents(delivery, known, lambda key: status.last(source, key))
    require_sane(delivery, known, lambda key: status.last(source, key), accept, status.unread(source))
    decisions = TableStore(client, base, Conflict)
    waiting = open_decisions(decisions)
    holding = hold(delivery.items, status.held(source), base)
    if not waiting and not _says_something_new(delivery, known, holding.keys):
        plan = _plan(client, base, delivery, status, idents)
        if not plan.vanished:
            status.settle(source, unsettled(plan), tables, now())
            status.vanish(source, plan.superseded, now())
            _finish(delivery, plan, status, known, now())
            return _report(title, plan, Outcome(), Decided(), time.monotonic() - began, held=len(holding.keys))
    _stores(client, base, delivery, known)  # a table that staff changed is told before anything is written
    with open_desk(client, base, f"Abgleich: {title}", now) as desk:
        decided = carry_out(decisions, waiting, desk.stores, desk.journal)
        catch_up(client, base, status, now())  # an undo may have come before us
        plan = _plan(client, base, delivery, status)
        notes = Notes(desk.journal, status, source, tables, now)
        tools = Tools(
            stores=desk.stores,
            journal=desk.journal,
            settle=notes.settle,
            vanish=notes.vanish,
            clash=lambda found: record_clashes(
                decisions, found, desk.stores, source=source, shown=title, run=desk.journal.run, now=now
            ),
            ensure=desk.lease.ensure,
            on_progress=on_progress or _silent,
            today=now().astimezone(BERLIN).date(),
            tables=base.tables,
        )
        outcome = Worker(plan, tools, title=title, refused=holding.refused.keys() - plan.rows.keys()).run()
        refused = {**holding.refused, **outcome.refused}
        standing = replace(delivery, items=tuple(action.item for action in plan.actions))
        status.hold(source, _held(standing, base, refused, missing=refused.keys() - plan.rows.keys()))
        report = _report(title, plan, outcome, decided, time.monotonic() - began, held=len(holding.keys))
        desk.told = report.describe() if report.writes else ""
    _finish(delivery, plan, status, known, now())
    return report


def _finish(delivery: Delivery, plan: Plan, status: Status, known: Collection[Key], moment: dt.datetime) -> None:
    """Note that the run came to its end; what nobody can read is remembered unless a row may be missing for it."""
    if plan.names_all:
        status.keep_unread(delivery.source, fingerprints(delivery, known))
    status.finish(delivery.source, len(delivery.items), moment)


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
    """Say whether any item differs from what its source said last: only that, or one left out, can lead to a write."""
    for item in delivery.items:
        key = (item.table, item.ident)
        before = known.get(key)
        if key not in held and (before is None or before.vanished or before.digest != digest(item)):
            return True
    return False


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
    standing = {code: read_standing(delivery.source, rows).known.keys() for code, rows in idents.items()}
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
    last: Last,
    idents: Mapping[str, Idents],
) -> dict[str, Standing]:
    """Read what planning needs of each table: of one where the source says nothing new, the idents are enough."""
    changed: dict[str, set[str]] = {}
    may_move = _may_move(delivery, known, last)
    unknown = {table for table, _ in may_move}
    for item in delivery.items:
        key = (item.table, item.ident)
        before = known.get(key)
        if key in may_move or before is None or before.digest != digest(item):
            changed.setdefault(item.table, set()).update(item.values, item.links)
        if before is not None and before.vanished:
            changed.setdefault(item.table, set()).add(VANISHED)
    if "person" in unknown and "function" in stores:
        changed.setdefault("function", set()).update(("person", "organisation"))
    found = {}
    for code, store in stores.items():
        columns = changed.get(code, set())
        declared = BASE.tables[code].columns
        wanted = {"ident", *columns, *(("name", VANISHED, *match_columns(code)) if code in unknown else ())}
        if columns & set(REMEMBERED.get(code, ())):
            wanted.add(ALIASES)
        readable = [c for c, column in declared.items() if c in wanted and not isinstance(column, Formula)]
        enough = readable == ["ident"] and code in idents
        rows = idents[code] if enough else store.pull_cells(readable)
        found[code] = read_standing(delivery.source, rows)
    return found


def _may_move(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> set[Key]:
    """Return the items that may stand in another row than their ident says: who may be another, and what links to one.

    A function is known by whose it is: when its person turns out to be in another row, so may it.
    """
    found: set[Key] = set()
    for item in delivery.items:
        key = (item.table, item.ident)
        before = known.get(key)
        if before is None or (before.digest != digest(item) and may_be_another(item, last(key))):
            found.add(key)
    more = True
    while more:
        linked = {
            (item.table, item.ident)
            for item in delivery.items
            if any((ref.table, ref.ident) in found for ref in item.links.values())
        }
        more = not linked <= found
        found |= linked
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
