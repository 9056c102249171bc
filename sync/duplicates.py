"""Keep the table Dubletten true and carry out what staff decided there; a second run writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from schemas.base import BASE
from schemas.errors import Conflict, NocoDBError
from schemas.model import Formula, Value
from schemas.operations.choices import CaseState, DuplicateDecision, WriteKind
from schemas.operations.tables import Duplicate, JournalEntry
from sync.clock import Clock
from sync.desk import open_desk
from sync.identity.finding import Entry, find_pairs
from sync.identity.kinds import COLUMNS
from sync.journal import read_merging
from sync.merging import Ending, Merged, Merger
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.pair_groups import cases_of, pair_key, row_now
from sync.pairs import PairPlan, plan_pairs, told_apart

TASK = "Dubletten"

Progress = Callable[[str, int, int], object]
Became = dict[tuple[str, int], int]


@dataclass(slots=True)
class DuplicateReport:
    """What became of the pairs: found anew, merged (and links moved with it), left with a reason (German).

    ``waiting`` counts cases: a group of three look-alikes and more waits once.
    """

    found: int = 0
    waiting: int = 0
    merged: int = 0
    moved: int = 0
    left: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """Return it in German."""
        lines = [f"Dubletten: {self.found} neue Paare, {self.waiting} Fälle warten auf Ihre Entscheidung."]
        if self.merged:
            lines.append(f"Zusammengeführt: {self.merged} Paare, {self.moved} Verknüpfungen umgehängt.")
        lines += [f"Nicht zusammengeführt: {why}" for why in self.left]
        if self.waiting:
            lines.append("Entscheiden können Sie in NocoDB in der Tabelle Dubletten oder auf der Seite Datenqualität.")
        return "\n".join(lines)


def find_duplicates(
    client: Client, base: ResolvedBase, *, now: Clock, on_progress: Progress | None = None
) -> DuplicateReport:
    """Look for rows that may be the same, merge those that staff called the same, and leave the rest to decide.

    The older row of a pair stays. When there is nothing to write, nothing is written.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; run it again, it goes on where it stopped.
    """
    report = DuplicateReport()
    plan, became = _plan(client, base, now())
    if plan.writes or plan.merges:
        with open_desk(client, base, TASK, now) as desk:
            if plan.merges:
                merger = Merger(client, base, desk.stores, desk.journal, desk.lease.ensure)
                merging = _Merging(merger, desk.stores["duplicate"], became)
                for done, case in enumerate(plan.merges, start=1):
                    merging.carry_out(case, report)
                    if on_progress:
                        on_progress("Zusammenführen", done, len(plan.merges))
                plan, became = _plan(client, base, now())
            store = desk.stores["duplicate"]
            report.found = len(store.create(plan.create))
            for case, changes in plan.change:
                desk.lease.ensure()
                if case.id is not None:
                    store.swap(case.id, {"decision": case.decision, "state": case.state}, changes)
            report.left += plan.left
            desk.told = report.describe()
    else:
        report.left += plan.left
    report.waiting = _waiting(client, base)
    return report


def _plan(client: Client, base: ResolvedBase, moment: dt.datetime) -> tuple[PairPlan, Became]:
    rows: dict[str, dict[int, Mapping[str, Value]]] = {}
    links: dict[tuple[str, int], str] = {}
    for code in COLUMNS:
        store = TableStore(client, base, BASE.record(code))
        columns = [c for c, kind in BASE.tables[code].columns.items() if not isinstance(kind, Formula)]
        rows[code] = dict(store.pull_cells(columns))
        links |= {(code, row): store.row_url(row) for row in rows[code]}
    cases = list(TableStore(client, base, Duplicate).pull())
    became = _became(client, base, rows)
    entries = (Entry(c, i, cells) for c, found in rows.items() for i, cells in found.items())
    pairs = find_pairs(entries, told_apart(cases, became))
    return plan_pairs(pairs, cases, rows, links, moment, became=became), became


def _became(client: Client, base: ResolvedBase, rows: Mapping[str, Collection[int]]) -> Became:
    """Return, by table and id of a row that is gone, the row into which it was merged.

    The journal knows of a merge before it happens, so a row that is there was not merged, unless its id was given anew.
    """
    store = TableStore(client, base, JournalEntry)
    begun: dict[tuple[str, int], tuple[int, dt.datetime | None]] = {}
    for entry in store.pull(where=store.condition("kind", WriteKind.MERGED)):
        if not entry.undone:
            merging = read_merging(entry)
            begun[(merging.table, merging.goes)] = (merging.stays, entry.at)
    for table, there in rows.items():
        doubtful = [row for code, row in begun if code == table and row in there]
        for row, made in TableStore(client, base, BASE.record(table)).created(doubtful).items():
            _, at = begun[(table, row)]
            if at is None or made <= at:
                del begun[(table, row)]
    steps = {key: stays for key, (stays, _) in begun.items()}
    return {(table, row): row_now(table, row, steps) for table, row in steps if row not in rows.get(table, ())}


@dataclass(slots=True)
class _Merging:
    """Carry out what staff called the same; ``became`` tells by table and id into which row a row was merged."""

    merger: Merger
    cases: TableStore[Duplicate]
    became: Became

    def carry_out(self, case: Duplicate, report: DuplicateReport) -> None:
        """Merge one pair and close it, or say why it has to wait; staff may have thought better of it meanwhile."""
        stands = None if case.id is None else self.cases.get(case.id)
        if stands is None or (stands.decision, stands.state) != (DuplicateDecision.SAME, CaseState.OPEN):
            return
        table, first, second = pair_key(case)
        already = row_now(table, first, self.became) == row_now(table, second, self.became)
        outcome = self._merge(case)
        report.moved += outcome.moved
        report.merged += outcome.ending is Ending.MERGED and not already
        if outcome.why:
            report.left.append(f"{case.name}: {outcome.why}")
        elif case.id is not None:
            self.cases.swap(case.id, {"decision": case.decision}, {"state": CaseState.DONE})

    def _merge(self, case: Duplicate) -> Merged:
        table, first, second = pair_key(case)
        stays, goes = sorted(row_now(table, row, self.became) for row in (first, second))
        if stays == goes:  # one already, over other rows or by a run that was killed: complete what may have been left
            goes = first if second == stays else second
        try:
            outcome = self.merger.merge(table, stays, goes)
        except NocoDBError as problem:
            if type(problem) not in (NocoDBError, Conflict):
                raise
            return Merged(Ending.STUCK, why=str(problem))
        if outcome.ending is Ending.MERGED and goes != stays:
            self.became[(table, goes)] = stays
        return outcome


def _waiting(client: Client, base: ResolvedBase) -> int:
    store = TableStore(client, base, Duplicate)
    columns = ["decision", "table_code", "first_row", "second_row"]
    return sum(case.undecided for case in cases_of(store.pull(columns, where=store.condition("state", CaseState.OPEN))))
