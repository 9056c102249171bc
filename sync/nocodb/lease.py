"""The lease of the automatic writer: one at a time per base, kept in a row of the run book (``job_run``).

The row with the ident ``lease:writer`` names its holder; it is taken by a claim, kept by a heartbeat, and taken over by
compare-and-swap when the holder has given no sign of life for longer than ``ttl``. Should two processes create the row
at the same moment, each looks at all such rows after its claim and steps back when another one is held: at least one of
the two sees the other. Clocks of different machines may differ by far less than ``ttl``.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from schemas.errors import LeaseHeld, NocoDBError, NotFound
from schemas.model import Value
from schemas.moments import is_from_future
from schemas.operations.tables import JobRun
from schemas.time_zone import BERLIN
from sync.clock import Clock
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.time_limit import at_most

log = logging.getLogger(__name__)

IDENT = "lease:writer"
TITLE = "Schreibsperre"
TTL = dt.timedelta(minutes=2)
"""After this long without a sign of life a holder counts as dead."""

_ALIVE = "Letztes Lebenszeichen: "


class Lease:
    """A held lease. ``renew`` is called by a heartbeat thread; ``ensure`` before each step that must not run twice."""

    def __init__(self, store: TableStore[JobRun], row_id: int, holder: str, ttl: dt.timedelta, now: Clock) -> None:
        self.holder = holder
        self._store = store
        self._row_id = row_id
        self._ttl = ttl
        self._now = now
        self._seen = now()
        self._lost = threading.Event()
        self._unheard = False

    def ensure(self) -> None:
        """Raise LeaseHeld if the lease is lost, or if we have not been able to renew it for longer than it lasts."""
        if self._now() - self._seen > self._ttl and not self._lost.is_set():
            self._unheard = True
            self._lost.set()
        if self._unheard:
            raise LeaseHeld(
                "NocoDB hat zu lange nicht geantwortet (oder der Rechner schlief); deshalb gilt die Schreibsperre "
                "nicht mehr.",
                hint="Dieser Vorgang hört auf, damit nicht zwei zugleich schreiben. Bitte starten Sie ihn noch einmal; "
                "er macht dort weiter, wo er war.",
                row=self._row_id,
            )
        if self._lost.is_set():
            raise LeaseHeld(
                "Die Schreibsperre ist an einen anderen Vorgang übergegangen.",
                hint="Dieser Vorgang hört deshalb auf. Bitte starten Sie ihn später noch einmal.",
                row=self._row_id,
            )

    def renew(self) -> None:
        """Give a sign of life.

        Raises:
            LeaseHeld: another one has taken over, or somebody deleted the row.
            Unavailable: the server does not answer; the lease stands until ``ttl`` has passed.
        """
        moment = self._now()
        try:
            result = self._store.swap(self._row_id, {"holder": self.holder}, {"report": _alive(moment)})
            ours = result.applied or result.current["holder"] == self.holder
        except NotFound:
            ours = False
        if ours:
            self._seen = moment
        else:
            self._lost.set()
        self.ensure()

    def release(self, more: Mapping[str, Value] = MappingProxyType({})) -> None:
        """Give the lease back, and write ``more`` into its row; does nothing when it is lost already."""
        changes: dict[str, Value] = {"holder": None, "report": None, "finished_at": self._now(), **more}
        try:
            with at_most(self._ttl.total_seconds() / 4, apart=True):  # also where the time of whoever held it is up
                self._store.swap(self._row_id, {"holder": self.holder}, changes)
        except NotFound:
            log.warning("lease row gone row=%d", self._row_id)

    def beat(self, stop: threading.Event) -> None:
        """Renew four times per ``ttl`` until stopped or lost; runs in a thread.

        No try takes longer than the time to the next one: else one that hangs would be the last.
        """
        pause = self._ttl.total_seconds() / 4
        while not stop.wait(pause):
            try:
                with at_most(pause):
                    self.renew()
            except LeaseHeld:
                log.warning("lease lost row=%d", self._row_id)
                return
            except NocoDBError as problem:
                log.warning("lease not renewed problem=%s", type(problem).__name__)


@contextmanager
def hold_lease(
    client: Client,
    base: ResolvedBase,
    holder: str,
    *,
    now: Clock,
    ttl: dt.timedelta = TTL,
    ident: str = IDENT,
    title: str = TITLE,
) -> Iterator[Lease]:
    """Hold the lease of the automatic writer while the block runs, with a heartbeat; ``now`` returns aware UTC.

    ``holder`` says for people who it is; a random part is added, so that no two processes are taken for one. ``ident``
    and ``title`` name another lease, as in ``take_lease``.

    Raises:
        LeaseHeld: another writer is at work; the message says since when.
        ConfigError: the base lacks the run book.
    """
    lease = take_lease(client, base, holder, now=now, ttl=ttl, ident=ident, title=title)
    stop = threading.Event()
    heart = threading.Thread(target=lease.beat, args=(stop,), name="lease", daemon=True)
    heart.start()
    try:
        yield lease
    finally:
        stop.set()
        heart.join()
        try:
            lease.release()
        except NocoDBError as problem:
            log.warning("lease not released, it ends by itself problem=%s", type(problem).__name__)


def take_lease(
    client: Client,
    base: ResolvedBase,
    holder: str,
    *,
    now: Clock,
    ttl: dt.timedelta = TTL,
    ident: str = IDENT,
    title: str = TITLE,
) -> Lease:
    """Take the lease without a heartbeat; the caller renews and releases it.

    ``ident`` names another row than that of the writer (a job of its own), ``title`` is its German name.

    Raises:
        LeaseHeld: another writer is at work; the message says since when.
    """
    store = TableStore(client, base, JobRun)
    name = f"{holder} {uuid.uuid4().hex}"
    rows = _rows(store, ident)
    if not rows:
        store.create([JobRun(name=title, state="sperre", ident=ident)])
        rows = _rows(store, ident)
    row_id = rows[0].id
    if row_id is None:
        raise ValueError("a pulled row has an id")
    moment = now()
    if not store.claim(row_id, "holder", name, {"started_at": moment, "report": _alive(moment), "finished_at": None}):
        _take_over(store, rows[0].id, name, moment, ttl)
    lease = Lease(store, row_id, name, ttl, now)
    others = [r for r in _rows(store, ident) if r.id != row_id and r.holder and not _is_stale(r, moment, ttl)]
    if others:
        lease.release()
        raise _held(others[0])
    return lease


def _take_over(
    store: TableStore[JobRun], row_id: int | None, name: str, moment: dt.datetime, ttl: dt.timedelta
) -> None:
    """Put our name in place of a dead holder's, or raise LeaseHeld."""
    row = store.get(row_id) if row_id is not None else None
    if row is None or row.id is None or not row.holder or not _is_stale(row, moment, ttl):
        raise _held(row)
    expected = {"holder": row.holder, "report": row.report}
    changes: dict[str, Value] = {"holder": name, "report": _alive(moment), "started_at": moment, "finished_at": None}
    if not store.swap(row.id, expected, changes).applied:
        raise _held(store.get(row.id))
    log.warning("lease taken over row=%d", row.id)


def _rows(store: TableStore[JobRun], ident: str) -> list[JobRun]:
    return list(store.pull(where=store.condition("ident", ident)))


def _alive(moment: dt.datetime) -> str:
    return f"{_ALIVE}{moment.astimezone(dt.UTC).isoformat()}"


def _is_stale(row: JobRun, moment: dt.datetime, ttl: dt.timedelta) -> bool:
    """Say whether the holder is dead: no sign of life within ``ttl``, none that can be read, or one from the future.

    A clock that was ahead would else keep every writer out until its hour has come.
    """
    try:
        seen = dt.datetime.fromisoformat((row.report or "").removeprefix(_ALIVE))
    except ValueError:
        return True
    return moment - seen > ttl or is_from_future(seen, moment)


def _held(row: JobRun | None) -> LeaseHeld:
    since = row.started_at.astimezone(BERLIN) if row and row.started_at else None
    when = f" (seit {since:%d.%m.%Y, %H:%M} Uhr)" if since else ""
    return LeaseHeld(
        f"Ein anderer Vorgang schreibt gerade in die Base{when}.",
        hint="Bitte warten Sie, bis er fertig ist. Wurde er abgebrochen, wird die Sperre nach wenigen Minuten frei.",
        row=row.id if row else None,
    )
