"""Which slot of which job is done: a row per job in the run book of the base, so that two runners never do the same.

A runner claims the row (exactly one wins), looks again whether the slot is still to be done, runs, and writes the slot
down as it lets go. A runner that dies in between is followed by another one when its signs of life have stopped.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from schemas.errors import KontaktnetzError, LeaseHeld
from schemas.moments import is_from_future
from schemas.operations.tables import JobRun
from sync.connection import Connection
from sync.nocodb.lease import TTL, take_lease
from sync.nocodb.store import TableStore

log = logging.getLogger(__name__)


class Unfinished(str):
    """What a job returns that stopped before the end: its slot stays due, and the next turn goes on in seconds."""

    __slots__ = ()


@dataclass(slots=True)
class Claim:
    """A slot that is ours to run. ``done`` says whether it is not to be run again; ``report`` is what came of it."""

    slot: dt.datetime
    done: bool = False
    failed: bool = False
    report: str = field(default="")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one base."""

    opened: Connection
    now: Callable[[], dt.datetime]
    ttl: dt.timedelta = TTL

    def last(self, code: str) -> dt.datetime | None:
        """Return the last slot that was done, by whichever runner; None if none ever was.

        It may lie in the future when a clock was ahead (``is_from_future``); then it counts for nothing.
        """
        store = self._store()
        found = [row.slot for row in store.pull(where=store.condition("ident", _ident(code))) if row.slot]
        return max(found, default=None)

    @contextmanager
    def claim(self, code: str, name: str, slot: dt.datetime, *, repeated: bool = False) -> Iterator[Claim | None]:
        """Claim a slot while the block runs; None if it is done already or another runner is at this job.

        What the block sets in the claim is written down at its end; a slot that is not ``done`` stays due. ``repeated``
        says that the slot was done before the clock was set: then it is only written down anew as the last one.

        Raises:
            NocoDBError: the server refused or did not answer.
        """
        client, base = self.opened.client, self.opened.base
        try:
            lease = take_lease(client, base, name, now=self.now, ttl=self.ttl, ident=_ident(code), title=name)
        except LeaseHeld:
            yield None
            return
        known = self.last(code)
        claim = Claim(slot)
        stop = threading.Event()
        heart = threading.Thread(target=lease.beat, args=(stop,), name=f"job {code}", daemon=True)
        heart.start()
        started = self.now()
        try:
            done = known is not None and known >= slot and not is_from_future(known, started)
            claim.done = repeated and not done
            yield None if done or repeated else claim
        finally:
            stop.set()
            heart.join()
            lease.release({"slot": slot} if claim.done else {})
        if claim.done and claim.report:
            self._write(code, name, claim, started)

    def _write(self, code: str, name: str, claim: Claim, started: dt.datetime) -> None:
        """Leave a line in the run book for people; if that fails, the slot is done all the same."""
        line = JobRun(
            name=name, state="fehlgeschlagen" if claim.failed else "fertig", started_at=started, slot=claim.slot,
            finished_at=self.now(), report=claim.report, ident=f"slot:{code}:{claim.slot.isoformat()}",
        )  # fmt: skip
        try:
            self._store().create([line])
        except KontaktnetzError as problem:
            log.warning("run book not written job=%s problem=%s", code, type(problem).__name__)

    def _store(self) -> TableStore[JobRun]:
        return TableStore(self.opened.client, self.opened.base, JobRun)


def _ident(code: str) -> str:
    return f"job:{code}"
