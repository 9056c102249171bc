"""Carry out a plan: create in waves so that links find their target, fill by compare-and-swap.

Killed anywhere and run again, the base ends up the same: what stands is found by its ident, and a cell that is filled
is not empty any more. The status hears of an item only after its row was confirmed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.base import BASE
from schemas.errors import Conflict, NocoDBError, NotFound
from schemas.model import Record, Value
from sync.items import Item, Rejected
from sync.nocodb.records import MAX_BATCH
from sync.nocodb.store import TableStore
from sync.plan import Create, Fill, Plan, Unchanged, item_name, with_ident
from sync.standing import ident_line, is_empty
from sync.status import Settled

log = logging.getLogger(__name__)

ATTEMPTS = 4
"""How often a fill looks again when somebody else was quicker; then it is left to the next run."""

Progress = Callable[[str, int, int], None]
"""Hears the German title of what is under way, how much of it is done, how much there is."""

Stores = Mapping[str, TableStore[Any]]


@dataclass(slots=True)
class Outcome:
    """What carrying out a plan came to."""

    created: int = 0
    filled: int = 0
    left: int = 0
    refused: list[Rejected] = field(default_factory=list)


class Worker:
    """Carry out one plan. ``settle`` is told of items that stand; ``ensure`` is asked before each step."""

    def __init__(
        self,
        plan: Plan,
        stores: Stores,
        *,
        title: str,
        settle: Callable[[list[Settled]], None],
        ensure: Callable[[], None],
        on_progress: Progress,
    ) -> None:
        self._plan = plan
        self._stores = stores
        self._title = title
        self._settle = settle
        self._ensure = ensure
        self._on_progress = on_progress
        self._rows = plan.rows
        self._unfinished: set[str] = set()
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Do everything, table by table, targets of links first."""
        same = [a for a in self._plan.actions if isinstance(a, Unchanged) and not a.settled]
        self._settle([Settled(a.item, a.row_id) for a in same])
        for code, table in BASE.tables.items():
            new = [a.item for a in self._plan.actions if isinstance(a, Create) and a.item.table == code]
            fills = [a for a in self._plan.actions if isinstance(a, Fill) and a.item.table == code]
            if new:
                self._create(code, f"{table.title} anlegen", new)
            if fills:
                self._fill_all(code, f"{table.title} ergänzen", fills)
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
        try:
            ids = self._stores[code].create([self._record(item) for item in batch])
        except NocoDBError as problem:
            if not _blames_a_value(problem):
                raise
            if len(batch) == 1:
                self._refuse(batch[0], problem)
                return
            half = len(batch) // 2
            self._create_batch(code, batch[:half])
            self._create_batch(code, batch[half:])
            return
        self.outcome.created += len(ids)
        for item, row_id in zip(batch, ids, strict=True):
            self._rows[(item.table, item.ident)] = row_id
        made = zip(batch, ids, strict=True)
        self._settle([Settled(item, row_id) for item, row_id in made if item.ident not in self._unfinished])

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
        for item in circles:
            row_id = self._rows.get((item.table, item.ident))
            if row_id is not None:
                own = [c for c, r in item.links.items() if r.table == code]
                self._fill(self._stores[code], Fill(item, row_id, tuple(own)))

    def _refuse(self, item: Item, problem: NocoDBError) -> None:
        log.warning("row refused table=%s facts=%s", item.table, problem.facts)
        self.outcome.refused.append(
            Rejected(
                item.origin,
                None,
                item_name(item),
                "NocoDB nimmt einen Wert dieser Zeile nicht an.",
                "Ist ein Text länger als 100.000 Zeichen, oder eine Auswahl in NocoDB gelöscht worden?",
            )
        )

    # --- filling -----------------------------------------------------------------------------------------------------

    def _fill_all(self, code: str, what: str, fills: Sequence[Fill]) -> None:
        self._on_progress(what, 0, len(fills))
        for done, fill in enumerate(fills, start=1):
            self._ensure()
            try:
                if self._fill(self._stores[code], fill):
                    self.outcome.filled += 1
            except NotFound:
                log.info("row deleted meanwhile table=%s row=%d", code, fill.row_id)
            except NocoDBError as problem:
                if not _blames_a_value(problem):
                    raise
                self._refuse(fill.item, problem)
            self._on_progress(what, done, len(fills))

    def _fill(self, store: TableStore[Any], fill: Fill) -> bool:
        """Write into cells that are still empty; say whether something was written. People are quicker sometimes."""
        wanted: dict[str, Value] = {c: v for c, v in fill.item.values.items() if c in fill.columns}
        wanted |= self._links(fill.item, fill.columns)
        idents = fill.idents
        for _ in range(ATTEMPTS):
            expected: dict[str, Value] = dict.fromkeys(wanted)
            changes = dict(wanted)
            if idents is not None:
                expected["ident"] = idents or None
                changes["ident"] = with_ident(idents, self._plan.source, fill.item.ident)
            if not changes:
                break
            swapped = store.swap(fill.row_id, expected, changes)
            if swapped.applied:
                self._settle([Settled(fill.item, fill.row_id)])
                return True
            wanted = {c: v for c, v in wanted.items() if is_empty(swapped.current[c])}
            if idents is not None:
                idents = _idents_now(swapped.current["ident"], self._plan.source, fill.item.ident)
        else:
            self.outcome.left += 1
            return False
        self._settle([Settled(fill.item, fill.row_id)])
        return False


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


def _idents_now(text: Value, source: str, ident: str) -> str | None:
    """Return the idents to which ours is still to be added, or None when it stands there by now."""
    now = str(text or "")
    return None if ident_line(source, ident) in now.split("\n") else now


def _blames_a_value(problem: NocoDBError) -> bool:
    return type(problem) in (NocoDBError, Conflict) and problem.facts.get("status") in (400, 409, 422)
