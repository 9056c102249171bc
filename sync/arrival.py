"""Read a list and look at the base at the same time: that is most of what a run does that changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.base import BASE
from sync.connection import Connection, open_base
from sync.items import Delivery
from sync.nocodb.store import TableStore
from sync.run import Idents
from sync.settings import Settings
from sync.sources.registry import SourceSpec, open_delivery
from sync.status import Status


@dataclass(frozen=True, slots=True)
class Arrival:
    """A list that was read, the base it is meant for, and the idents of the tables that the source has been in."""

    delivery: Delivery
    opened: Connection
    idents: Mapping[str, Idents]


def read_arrival(spec: SourceSpec, settings: Settings, status: Status) -> Arrival:
    """Read a source completely and open the base; what is wrong with the list is told before the base matters.

    Raises:
        SourceError: the list cannot be read.
        ConfigError: address or token is missing, or there is no such base.
        NocoDBError: the server refused or did not answer.
    """
    look = _Look(settings, sorted({table for table, _ in status.items(spec.name)}))
    look.start()
    delivery = open_delivery(spec)
    opened, idents = look.result()
    return Arrival(delivery, opened, idents)


@dataclass(slots=True)
class _Look:
    """Open the base and read idents beside; a daemon, so that a list that cannot be read need not wait for it."""

    settings: Settings
    tables: Sequence[str]
    _opened: Connection | None = None
    _idents: dict[str, Idents] = field(default_factory=dict)
    _problem: Exception | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="look", daemon=True)
        self._thread.start()

    def result(self) -> tuple[Connection, Mapping[str, Idents]]:
        if self._thread is not None:
            self._thread.join()
        if self._problem is not None:
            raise self._problem
        if self._opened is None:
            raise RuntimeError("not started")
        return self._opened, self._idents

    def _run(self) -> None:
        try:
            self._opened = open_base(self.settings)
            for code in self.tables:
                if code in self._opened.base.tables:
                    store = TableStore(self._opened.client, self._opened.base, BASE.record(code))
                    self._idents[code] = list(store.pull_cells(["ident"]))
        except Exception as problem:
            self._problem = problem
