"""Keep the table Dubletten true and carry out what staff decided there; a second run writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from schemas.base import BASE
from schemas.errors import Conflict, NocoDBError
from schemas.model import Formula, Value
from schemas.operations.choices import CaseState, DuplicateDecision, WriteKind
from schemas.operations.tables import Duplicate, JournalEntry
from sync.desk import open_desk
from sync.journal import read_merging
from sync.likeness import LIKENESS_COLUMNS, Entry, find_pairs
from sync.merging import Ending, Merged, Merger
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.pairs import PairPlan, pair_key, plan_pairs, told_apart

TASK = "Dubletten"

Clock = Callable[[], dt.datetime]
Progress = Callable[[str, int, int], None]
Became = dict[tuple[str, int], int]


@dataclass(slots=True)
class DuplicateReport:
    """What became of the pairs: found anew, waiting, merged (and links moved with it), left with a reason (German)."""

    found: int = 0
    waiting: int = 0
    merged: int = 0
    moved: int = 0
    left: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """Return it in German."""
        lines = [f"Dubletten: {self.found} neue Paare, {self.waiting} warten auf Ihre Entscheidung."]
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
    plan = _plan(client, base, now())
    if plan.writes or plan.merges:
        with open_desk(client, base, TASK, now) as desk:
            if plan.merges:
                merger = Merger(client, base, desk.stores, desk.journal, desk.lease.ensure)
                merging = _Merging(merger, desk.stores["duplicate"], _became(client, base))
                for done, case in enumerate(plan.merges, start=1):
                    merging.carry_out(case, report)
                    if on_progress:
                        on_progress("Zusammenführen", done, len(plan.merges))
                plan = _plan(client, base, now())
            store = desk.stores["duplicate"]
            report.found = len(store.create(plan.create))
            for case, changes in plan.change:
                desk.lease.ensure()
                if case.id is not None:
                    store.swap(case.id, {"decision": case.decision, "state": case.state}, changes)
            desk.told = report.describe()
    report.waiting = _waiting(client, base)
    return report


def _plan(client: Client, base: ResolvedBase, moment: dt.datetime) -> PairPlan:
    rows: dict[str, dict[int, Mapping[str, Value]]] = {}
    links: dict[tuple[str, int], str] = {}
    for code in LIKENESS_COLUMNS:
        store = TableStore(client, base, BASE.record(code))
        columns = [c for c, kind in BASE.tables[code].columns.items() if not isinstance(kind, Formula)]
        rows[code] = dict(store.pull_cells(columns))
        links |= {(code, row): store.row_url(row) for row in rows[code]}
    cases = list(TableStore(client, base, Duplicate).pull())
    different = told_apart(cases, _became(client, base))
    pairs = find_pairs((Entry(c, i, cells) for c, found in rows.items() for i, cells in found.items()), different)
    return plan_pairs(pairs, cases, rows, links, moment)


def _became(client: Client, base: ResolvedBase) -> Became:
    """Return, by table and id, the row into which a row was merged."""
    store = TableStore(client, base, JournalEntry)
    found: Became = {}
    for entry in store.pull(where=store.condition("kind", WriteKind.MERGED)):
        if not entry.undone:
            merging = read_merging(entry)
            found[(merging.table, merging.goes)] = merging.stays
    return found


@dataclass(slots=True)
class _Merging:
    """Carry out what staff called the same; ``became`` tells by table and id into which row a row was merged."""

    merger: Merger
    cases: TableStore[Duplicate]
    became: Became

    def carry_out(self, case: Duplicate, report: DuplicateReport) -> None:
        """Merge one pair and close it, or say why it has to wait."""
        outcome = self._merge(case)
        report.moved += outcome.moved
        report.merged += outcome.ending is Ending.MERGED
        if outcome.why:
            report.left.append(f"{case.name}: {outcome.why}")
        elif case.id is not None:
            self.cases.swap(case.id, {"decision": case.decision}, {"state": CaseState.DONE})

    def _merge(self, case: Duplicate) -> Merged:
        table, first, second = pair_key(case)
        stays, goes = sorted((self.became.get((table, first), first), self.became.get((table, second), second)))
        if stays == goes:
            stays, goes = first, second  # merged already: complete what may have been left
        try:
            outcome = self.merger.merge(table, stays, goes)
        except NocoDBError as problem:
            if type(problem) not in (NocoDBError, Conflict):
                raise
            return Merged(Ending.STUCK, why=str(problem))
        if outcome.ending is Ending.MERGED:
            self.became[(table, goes)] = stays
            for key, target in self.became.items():
                if key[0] == table and target == goes:
                    self.became[key] = stays
        return outcome


def _waiting(client: Client, base: ResolvedBase) -> int:
    store = TableStore(client, base, Duplicate)
    open_cases = store.pull(["decision"], where=store.condition("state", CaseState.OPEN))
    return sum(case.decision in (None, DuplicateDecision.LATER) for case in open_cases)
