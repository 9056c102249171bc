"""Where an automatic run writes: under the lease, with a journal, and with a line in the run book at the end."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.errors import Forbidden, KontaktnetzError, NocoDBError, NotFound, RowGone, Unavailable
from schemas.operations.tables import JobRun, JournalEntry
from sync.clock import Clock
from sync.journal import Journal
from sync.nocodb.client import Client
from sync.nocodb.lease import Lease, hold_lease
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore

log = logging.getLogger(__name__)


REPORT_ROOM = 20_000
"""Characters of a report that go into the run book."""


class _Stores(Mapping[str, TableStore[Any]]):
    """Every table of the base, opened when first asked for: one that staff changed stops only who needs it."""

    def __init__(self, client: Client, base: ResolvedBase) -> None:
        self._client = client
        self._base = base
        self._open: dict[str, TableStore[Any]] = {}

    def __getitem__(self, code: str) -> TableStore[Any]:
        if code not in self._base.tables:
            raise KeyError(code)
        if code not in self._open:
            self._open[code] = TableStore(self._client, self._base, BASE.record(code))
        return self._open[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._base.tables)

    def __len__(self) -> int:
        return len(self._base.tables)


@dataclass(slots=True)
class Desk:
    """Where a run writes: lease, journal, every table; ``told`` goes into the run book at the end."""

    lease: Lease
    journal: Journal
    stores: Mapping[str, TableStore[Any]]
    told: str = ""


@contextmanager
def open_desk(client: Client, base: ResolvedBase, task: str, now: Clock) -> Iterator[Desk]:
    """Hold the lease, and leave a line in the run book whether all went well or not; ``task`` is its German name.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        ConfigError: a table of ours was deleted meanwhile; it is named.
        Forbidden: the account has too few rights; the table is named.
    """
    started = now()
    run = f"{started:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    with _naming_tables(client, base), hold_lease(client, base, task, now=now) as lease:
        journal = Journal(TableStore(client, base, JournalEntry), run=run, cause=task, now=now)
        desk = Desk(lease, journal, _Stores(client, base))
        book = _RunBook(client, base, task, started)
        try:
            yield desk
        except KontaktnetzError as problem:
            book.write(run, now(), "fehlgeschlagen", str(problem))
            raise
        if desk.told:
            book.write(run, now(), "fertig", desk.told)


@contextmanager
def _naming_tables(client: Client, base: ResolvedBase) -> Iterator[None]:
    """Name the table where the server only says that something is not there or not allowed."""
    try:
        yield
    except RowGone:
        raise
    except (NotFound, Unavailable) as problem:
        if "status" not in problem.facts:
            raise  # nobody answered
        with suppress(NocoDBError):  # a write into a table that is gone ends in an error 500
            there = resolve(client, BASE, base.id)
            there.require(*(BASE.record(code) for code in base.tables if code not in there.tables))
        raise
    except Forbidden as problem:
        path = str(problem.facts.get("path")).split("/")
        for table in base.tables.values():
            if table.id in path:
                told = f"{problem.message} Betroffen ist die Tabelle „{table.title}“."
                raise Forbidden(told, hint=problem.hint, **problem.facts) from problem
        raise


@dataclass(frozen=True, slots=True)
class _RunBook:
    """Leave a line in the run book; if even that fails, the run itself counts."""

    client: Client
    base: ResolvedBase
    task: str
    started: dt.datetime

    def write(self, run: str, finished: dt.datetime, state: str, report: str) -> None:
        line = JobRun(
            name=self.task,
            state=state,
            started_at=self.started,
            finished_at=finished,
            report=f"Lauf {run}\n{report}"[:REPORT_ROOM],
            ident=f"run:{run}",
        )
        try:
            TableStore(self.client, self.base, JobRun).create([line])
        except KontaktnetzError as problem:
            log.warning("run book not written problem=%s facts=%s", type(problem).__name__, problem.facts)
