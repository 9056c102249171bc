"""Conflicts as rows that staff decide in the spreadsheet: write them down, and carry out what was decided."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.contacts.aliases import remember
from schemas.errors import RowGone
from schemas.model import Value
from schemas.operations.choices import CaseState, ConflictDecision
from schemas.operations.tables import Conflict
from sync.clock import Clock
from sync.fields import as_json, from_json, read_typed, show, title
from sync.items import LinkRef
from sync.journal import Intent, Journal
from sync.nocodb.store import TableStore
from sync.normalise import comparable
from sync.plan import Clash, item_name
from sync.questions import asked_before, taken_back
from sync.row_names import row_names, target_name
from sync.standing import ident_line
from sync.unite import NameOf

log = logging.getLogger(__name__)

Stores = Mapping[str, TableStore[Any]]


@dataclass(slots=True)
class Decided:
    """What carrying out decisions came to; ``refused`` says in German what could not be done."""

    taken: int = 0
    kept: int = 0
    reopened: int = 0
    refused: int = 0


def record_clashes(
    store: TableStore[Conflict],
    clashes: Sequence[Clash],
    stores: Stores,
    *,
    source: str,
    shown: str,
    run: str,
    now: Clock,
) -> int:
    """Make every clash a row to decide, and return how many rows were written; one that stands already is brought up.

    ``source`` is the name of the source, ``shown`` what people call it, ``run`` names the run that asks.
    """
    wanted = {_ident(source, clash): _row(clash, stores, source, shown, now(), run=run) for clash in clashes}
    there = store.find_idents(list(wanted))
    written = len(store.create([row for ident, row in wanted.items() if ident not in there]))
    standing = store.get_many(list(there.values()))
    for ident, row_id in there.items():
        new, old = wanted[ident], standing.get(row_id)
        if old is None or ((old.ours, old.theirs) == (new.ours, new.theirs) and not taken_back(old)):
            continue
        changes: dict[str, Value] = {
            "ours": new.ours, "theirs": new.theirs, "data": asked_before(old, new), "state": CaseState.OPEN,
            "decision": None, "found_at": new.found_at,
        }  # fmt: skip
        if taken_back(old):
            changes["own_value"] = None
        if store.swap(row_id, {"ours": old.ours, "theirs": old.theirs, "decision": old.decision}, changes).applied:
            written += 1
    return written


def open_decisions(store: TableStore[Conflict]) -> list[Conflict]:
    """Return the conflicts that staff have decided and nobody has carried out yet."""
    waiting = store.pull(where=store.condition("state", CaseState.OPEN))
    return [row for row in waiting if row.decision]


def carry_out(store: TableStore[Conflict], decided: Sequence[Conflict], stores: Stores, journal: Journal) -> Decided:
    """Do what staff decided: keep, take over, or write the value they typed. Each is journalled."""
    outcome = Decided()
    for row in decided:
        try:
            _carry_out(store, row, stores, journal, outcome)
        except RowGone:
            _close(store, row, "Die Zeile gibt es nicht mehr.")
    return outcome


def _carry_out(store: TableStore[Conflict], row: Conflict, stores: Stores, journal: Journal, outcome: Decided) -> None:
    if row.decision == ConflictDecision.KEEP:
        _close(store, row)
        outcome.kept += 1
        return
    table, column = _place(row)
    target = stores.get(table)
    if target is None or row.row is None or row.id is None:
        return
    try:
        value = _value(row, table, column, target, stores)
    except ValueError as problem:
        outcome.refused += 1
        changes: dict[str, Value] = {"decision": None, "own_value": f"{row.own_value or ''}\n⚠ {problem}".strip()}
        store.swap(row.id, {"decision": row.decision}, changes)
        return
    standing = target.get(row.row)
    if standing is None:
        _close(store, row)
        return
    now_there = standing.value(column)
    recorded = from_json(table, json.loads(row.data or "{}").get("ours") or {}).get(column)
    if comparable(column, now_there) != comparable(column, recorded):
        _reopen(store, row, column, now_there, row_names(stores))
        outcome.reopened += 1
        return
    changes = {column: value}
    changes |= remember(table, {code: standing.value(code) for code in BASE.tables[table].columns}, changes)
    before = {code: standing.value(code) for code in changes}
    intent = Intent(table, row.row, row.name or "", before, changes, row.link or "")
    journal.announce([intent])
    if target.swap(row.row, before, changes).applied:
        outcome.taken += 1
        _close(store, row)


def _value(row: Conflict, table: str, column: str, target: TableStore[Any], stores: Stores) -> Value:
    if row.decision == ConflictDecision.OWN:
        if not (row.own_value or "").strip():
            raise ValueError("Bitte tragen Sie bei „Anderer Wert“ ein, was gelten soll.")
        return read_typed(table, column, row.own_value or "")
    told = json.loads(row.data or "{}").get("theirs") or {}
    if "link" in told:
        found = stores[told["table"]].find_idents([told["link"]]) if told["table"] in stores else {}
        if told["link"] not in found:
            raise ValueError("Der Eintrag, auf den die Quelle zeigt, fehlt noch.")
        return found[told["link"]]
    return from_json(table, told).get(column)


def _reopen(store: TableStore[Conflict], row: Conflict, column: str, ours: Value, name_of: NameOf) -> None:
    """Somebody changed the row after the decision: ask once more."""
    data = {**json.loads(row.data or "{}"), "ours": as_json({column: ours})}
    changes: dict[str, Value] = {
        "ours": show(row.table_code or "", column, ours, name_of), "data": json.dumps(data, ensure_ascii=False),
        "decision": None,
    }  # fmt: skip
    if row.id is not None:
        store.swap(row.id, {"decision": row.decision}, changes)


def _close(store: TableStore[Conflict], row: Conflict, why: str = "") -> None:
    if row.id is not None:
        changes: dict[str, Value] = {"state": CaseState.DONE}
        if why:
            changes["own_value"] = why
        store.swap(row.id, {"decision": row.decision}, changes)


def _ident(source: str, clash: Clash) -> str:
    return f"{source}|{clash.item.table}|{clash.item.ident}|{clash.column}"


def _place(row: Conflict) -> tuple[str, str]:
    """Return table and column of a conflict, from its ident."""
    return row.table_code or "", (row.ident or "").rpartition("|")[2]


def _row(clash: Clash, stores: Stores, source: str, shown: str, moment: dt.datetime, *, run: str) -> Conflict:
    table, column = clash.item.table, clash.column
    told: dict[str, object]
    if isinstance(clash.theirs, LinkRef):
        told = {"link": ident_line(source, clash.theirs.ident), "table": clash.theirs.table}
        theirs = target_name(stores, source, clash.theirs)
    else:
        told = as_json({column: clash.theirs})
        theirs = show(table, column, clash.theirs)
    data = {"ours": as_json({column: clash.ours}), "theirs": told, "run": run}
    return Conflict(
        name=item_name(clash.item),
        field=title(table, column),
        ours=show(table, column, clash.ours, row_names(stores)),
        theirs=theirs,
        state=CaseState.OPEN,
        source=shown,
        found_at=moment,
        link=stores[table].row_url(clash.row_id),
        table_code=table,
        row=clash.row_id,
        data=json.dumps(data, ensure_ascii=False),
        ident=_ident(source, clash),
    )
