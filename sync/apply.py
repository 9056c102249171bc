"""Carry out a plan: create in waves so that links find their target, change by compare-and-swap.

Killed anywhere and run again, the base ends up the same: what stands is found by its ident, and a field that was
written merges to nothing the next time. The status hears of an item after its row was confirmed, the journal before.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from schemas.base import BASE
from schemas.errors import ConfigError, Conflict, KontaktnetzError, NocoDBError, RowGone
from schemas.model import Record, Value
from sync.items import Item, Rejected
from sync.journal import Intent, Journal
from sync.nocodb.records import MAX_BATCH
from sync.nocodb.resolve import ResolvedTable
from sync.nocodb.store import TableStore
from sync.normalise import comparable
from sync.plan import VANISHED, Clash, Create, DeletedByStaff, Plan, Unchanged, Vanished, Write, item_name, with_ident
from sync.refusals import explain, waits
from sync.standing import ident_line
from sync.status import Key, Settled

log = logging.getLogger(__name__)

ATTEMPTS = 4
"""How often a write looks again when somebody else was quicker; then it is left to the next run."""

CHUNK = 50
"""Rows that are announced in the journal together, before the first of them is written."""

CONNECTIONS = 4
"""Writes under way at a time; the server is one process and gains little from more."""

Progress = Callable[[str, int, int], object]
"""Hears the German title of what is under way, how much of it is done, how much there is."""

Stores = Mapping[str, TableStore[Any]]


@dataclass(slots=True)
class Outcome:
    """What carrying out a plan came to, in rows of the base."""

    created: int = 0
    filled: int = 0
    updated: int = 0
    conflicts: int = 0
    vanished: int = 0
    left: int = 0
    refused: dict[Key, Rejected] = field(default_factory=dict)

    @property
    def writes(self) -> int:
        """Return how many rows were written, the journal's own not counted."""
        return self.created + self.filled + self.updated + self.conflicts + self.vanished


@dataclass(frozen=True, slots=True)
class Tools:
    """What the worker works with. ``settle`` hears of items that stand, ``forget`` of rows the source left.

    ``clash`` writes conflicts down and returns how many rows that took; ``ensure`` is asked before each step.
    """

    stores: Stores
    journal: Journal
    settle: Callable[[list[Settled]], None]
    vanish: Callable[[Sequence[Key]], None]
    clash: Callable[[Sequence[Clash]], int]
    ensure: Callable[[], None]
    on_progress: Progress
    today: dt.date
    tables: Mapping[str, ResolvedTable]


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a write ended: ``settled`` if all of it stands, ``left`` if something waits for the next run."""

    write: Write
    settled: bool
    written: bool = False
    left: bool = False
    problem: KontaktnetzError | None = None


class Worker:
    """Carry out one plan; ``title`` is what people call the source, ``refused`` names rows refused before."""

    def __init__(self, plan: Plan, tools: Tools, *, title: str, refused: Collection[Key] = ()) -> None:
        self._plan = plan
        self._tools = tools
        self._stores = tools.stores
        self._settle = tools.settle
        self._ensure = tools.ensure
        self._on_progress = tools.on_progress
        self._title = title
        self._rows = plan.rows
        self._unfinished: set[str] = set()
        self._refused = set(refused)
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Do everything, table by table, targets of links first; conflicts before anything counts as settled."""
        if self._plan.clashes:
            self._ensure()
            self.outcome.conflicts = self._tools.clash(self._plan.clashes)
        self._settle(unsettled(self._plan))
        for code, table in BASE.tables.items():
            new = [a.item for a in self._plan.actions if isinstance(a, Create) and a.item.table == code]
            writes = [a for a in self._plan.actions if isinstance(a, Write) and a.item.table == code]
            gone = [v for v in self._plan.vanished if v.table == code]
            if new:
                self._create(code, f"{table.title} anlegen", new)
            if writes:
                self._write_all(code, f"{table.title} ergänzen und ändern", writes)
            if gone:
                self._mark(code, gone)
        self._tools.vanish(self._plan.superseded)
        return self.outcome

    # --- creating ----------------------------------------------------------------------------------------------------

    def _create(self, code: str, what: str, new: Sequence[Item]) -> None:
        done = 0
        self._on_progress(what, 0, len(new))
        circles = broken_circles(new)
        self._unfinished = {item.ident for item in circles}
        for wave in waves(new):
            for start in range(0, len(wave), MAX_BATCH):
                self._ensure()
                batch = wave[start : start + MAX_BATCH]
                self._create_batch(code, batch)
                done += len(batch)
                self._on_progress(what, done, len(new))
        self._close_circles(code, circles)

    def _create_batch(self, code: str, batch: Sequence[Item]) -> None:
        """Create a batch; one that the server refuses is halved until the row that is to blame stands alone."""
        lines = [ident_line(self._plan.source, item.ident) for item in batch]
        self._tools.journal.announce_new(code, lines, self._stores[code].table_url(), self._plan.source)
        try:
            ids = self._stores[code].create([self._record(item) for item in batch])
        except (NocoDBError, ConfigError) as problem:
            if not _blames_a_value(problem):
                raise
            if len(batch) == 1:
                self._refused.add((code, batch[0].ident))
                self._refuse(batch[0], problem)
                return
            half = len(batch) // 2
            self._create_batch(code, batch[:half])
            self._create_batch(code, batch[half:])
            return
        self.outcome.created += len(ids)
        for item, row_id in zip(batch, ids, strict=True):
            self._rows[(item.table, item.ident)] = row_id
        made = [Settled(item, row_id) for item, row_id in zip(batch, ids, strict=True)]
        self._settle([s for s in made if s.item.ident not in self._unfinished and not self._waits(s.item)])

    def _record(self, item: Item) -> Record:
        columns = BASE.tables[item.table].columns
        values: dict[str, Any] = {c: v for c, v in item.values.items() if c in columns}
        values |= self._links(item, item.links)
        values["ident"] = ident_line(self._plan.source, item.ident)
        values["source"] = self._title
        return BASE.record(item.table)(**values)

    def _links(self, item: Item, columns: Iterable[str]) -> dict[str, int]:
        """Return the row ids that links point at; one whose target does not stand is left out."""
        refs = {c: item.links[c] for c in columns if c in item.links}
        return {c: self._rows[(r.table, r.ident)] for c, r in refs.items() if (r.table, r.ident) in self._rows}

    def _close_circles(self, code: str, circles: Sequence[Item]) -> None:
        """Set links between new rows of one table that point at each other in a circle."""
        own = {item.ident: tuple(c for c, ref in item.links.items() if ref.table == code) for item in circles}
        writes = [
            Write(item, row_id, {}, own[item.ident], dict.fromkeys(own[item.ident]))
            for item in circles
            if (row_id := self._rows.get((item.table, item.ident))) is not None
        ]
        for start in range(0, len(writes), CHUNK):
            chunk = writes[start : start + CHUNK]
            self._tools.journal.announce([i for w in chunk if (i := self._intent(code, w)).after])
            endings = [self._write(self._stores[code], write) for write in chunk]
            # their rows were counted as created
            self._settle([one for ending in endings for one in self._book(replace(ending, written=False))])

    def _waits(self, item: Item) -> bool:
        """Say whether a link is still to be set because its target was refused this time."""
        return waits(item, self._refused)

    def _refuse(self, item: Item, problem: KontaktnetzError) -> None:
        log.warning("row refused table=%s facts=%s", item.table, problem.facts)
        self.outcome.refused[(item.table, item.ident)] = explain(item, self._tools.tables[item.table])

    # --- changing ----------------------------------------------------------------------------------------------------

    def _write_all(self, code: str, what: str, writes: Sequence[Write]) -> None:
        """Write a chunk over several connections; writes to one row keep their order."""
        self._on_progress(what, 0, len(writes))
        done = 0
        with ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="write") as pool:
            for start in range(0, len(writes), CHUNK):
                chunk = writes[start : start + CHUNK]
                self._ensure()
                self._tools.journal.announce([i for w in chunk if (i := self._intent(code, w)).after])
                by_row: dict[int, list[Write]] = {}
                for write in chunk:
                    by_row.setdefault(write.row_id, []).append(write)
                stand: list[Settled] = []
                for endings in pool.map(partial(self._write_row, self._stores[code]), by_row.values()):
                    for ending in endings:
                        stand += self._book(ending)
                        done += 1
                        self._on_progress(what, done, len(writes))
                self._settle(stand)

    def _write_row(self, store: TableStore[Any], writes: Sequence[Write]) -> list[_Ending]:
        return [self._write_one(store, write) for write in writes]

    def _write_one(self, store: TableStore[Any], write: Write) -> _Ending:
        self._ensure()
        try:
            return self._write(store, write)
        except RowGone:
            log.info("row deleted meanwhile row=%d", write.row_id)
            return _Ending(write, settled=False)
        except (NocoDBError, ConfigError) as problem:
            if not _blames_a_value(problem):
                raise
            return _Ending(write, settled=False, problem=problem)

    def _book(self, ending: _Ending) -> list[Settled]:
        """Count how a write ended, and return its item if all of it stands."""
        write = ending.write
        self.outcome.updated += ending.written and write.replaces
        self.outcome.filled += ending.written and not write.replaces
        self.outcome.left += ending.left
        if ending.problem is not None:
            self._refuse(write.item, ending.problem)
        elif ending.settled and not self._waits(write.item):
            return [Settled(write.item, write.row_id)]
        return []

    def _intent(self, code: str, write: Write) -> Intent:
        after: dict[str, Value] = {**write.values, **self._links(write.item, write.links)}
        before = {c: write.before.get(c) for c in after}
        if write.idents is not None:
            before["ident"] = write.idents or None
            after["ident"] = with_ident(write.idents, self._plan.source, write.item.ident)
        link = self._stores[code].row_url(write.row_id)
        name = item_name(write.item)
        return Intent(code, write.row_id, name, before, after, link, self._plan.source, write.item.ident)

    def _write(self, store: TableStore[Any], write: Write) -> _Ending:
        """Write while the cells hold what was planned upon; keeps no state, because several run at a time.

        People are quicker sometimes: then only what they left as it was is written, the rest waits for the next run,
        which decides about it anew.
        """
        wanted: dict[str, Value] = {**write.values, **self._links(write.item, write.links)}
        idents, complete = write.idents, True
        for _ in range(ATTEMPTS):
            expected: dict[str, Value] = {c: write.before[c] for c in wanted if c in write.before}
            changes = dict(wanted)
            if idents is not None:
                expected["ident"] = idents or None
                changes["ident"] = with_ident(idents, self._plan.source, write.item.ident)
            if not changes:
                return _Ending(write, settled=complete, left=not complete)
            swapped = store.swap(write.row_id, expected, changes)
            if swapped.applied:
                return _Ending(write, settled=complete, left=not complete, written=True)
            held = {c for c in expected if c != "ident" and not _same(c, swapped.current[c], expected[c])}
            agreed = {c for c in held if _same(c, swapped.current[c], wanted[c])}
            complete = complete and held == agreed
            wanted = {c: v for c, v in wanted.items() if c not in held}
            if idents is not None:
                idents = _idents_now(swapped.current["ident"], self._plan.source, write.item.ident)
        return _Ending(write, settled=False, left=True)

    def _mark(self, code: str, gone: Sequence[Vanished]) -> None:
        """Write the day into rows that the source no longer names; nothing else happens to them."""
        store, source = self._stores[code], self._plan.source
        after: dict[str, Value] = {VANISHED: self._tools.today}
        before: dict[str, Value] = {VANISHED: None}
        for start in range(0, len(gone), CHUNK):
            chunk = gone[start : start + CHUNK]
            self._ensure()
            self._tools.journal.announce([
                Intent(code, one.row_id, one.ident, before, after, store.row_url(one.row_id), source, one.ident)
                for one in chunk
            ])  # fmt: skip
            for one in chunk:
                try:
                    self.outcome.vanished += store.swap(one.row_id, before, after).applied
                except RowGone:
                    log.info("row deleted meanwhile table=%s row=%d", code, one.row_id)
            self._tools.vanish([(one.table, one.ident) for one in chunk])


def unsettled(plan: Plan) -> list[Settled]:
    """Return the items to which nothing is to be done, but of which the status does not know that yet."""
    return [
        Settled(a.item, a.row_id)
        for a in plan.actions
        if (isinstance(a, Unchanged) and not a.settled) or isinstance(a, DeletedByStaff)
    ]


def waves(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield items so that what links within their own table comes after its target; circles come last, together."""
    waiting = {item.ident: item for item in items}
    while waiting:
        ready = [item for item in waiting.values() if not _own_targets(item) & waiting.keys()]
        if not ready:
            yield list(waiting.values())
            return
        yield ready
        for item in ready:
            del waiting[item.ident]


def broken_circles(items: Sequence[Item]) -> list[Item]:
    """Return the items whose links within their own table go round in a circle or end in one."""
    circle: list[Item] = []
    for wave in waves(items):
        inside = {item.ident for item in wave}
        circle += [item for item in wave if _own_targets(item) & inside]
    return circle


def _own_targets(item: Item) -> set[str]:
    return {ref.ident for ref in item.links.values() if ref.table == item.table}


def _same(column: str, one: Value, other: Value) -> bool:
    return comparable(column, one) == comparable(column, other)


def _idents_now(text: Value, source: str, ident: str) -> str | None:
    """Return the idents to which ours is still to be added, or None when it stands there by now."""
    now = str(text or "")
    return None if ident_line(source, ident) in now.split("\n") else now


def _blames_a_value(problem: KontaktnetzError) -> bool:
    """Say whether one value is to blame: NocoDB refused it, or it is a choice that staff deleted."""
    if isinstance(problem, ConfigError):
        return "column" in problem.facts
    return type(problem) in (NocoDBError, Conflict) and problem.facts.get("status") in (400, 409, 422)
