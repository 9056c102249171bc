"""The background thread that keeps the mirror fresh and notices when NocoDB is gone. No screen ever waits for it."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from schemas.errors import KontaktnetzError
from sync.disk_problems import as_disk_problem
from sync.mirror import MirrorBusy
from sync.mirror.status import MirrorStatus, read_status, write_status

log = logging.getLogger(__name__)

REFRESH_SECONDS = 300.0
"""Between two refreshes."""

PROBE_SECONDS = 10.0
"""Between two looks whether NocoDB answers."""


class Refresher:
    """Probe often, refresh now and then or when asked; ``refresh`` may raise, ``probe`` never does."""

    def __init__(
        self,
        mirror_dir: Path,
        *,
        refresh: Callable[[], object],
        probe: Callable[[], bool],
        clock: Callable[[], dt.datetime],
        refresh_seconds: float = REFRESH_SECONDS,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self._dir = mirror_dir
        self._refresh = refresh
        self._probe = probe
        self._clock = clock
        self._refresh_seconds = refresh_seconds
        self._probe_seconds = probe_seconds
        self._due = self._clock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mirror-refresher", daemon=True)

    def start(self) -> None:
        """Begin, with a first refresh at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the current step; waits a few seconds at most."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout=5)

    def ask(self) -> None:
        """Ask for a refresh as soon as possible; returns at once."""
        write_status(self._dir, replace(read_status(self._dir), refreshing=True))
        self._due = self._clock()
        self._wake.set()

    def step(self) -> MirrorStatus:
        """Look whether NocoDB answers and refresh if it is time; return what is known afterwards."""
        before = read_status(self._dir)
        if not self._probe():
            status = MirrorStatus(down_since=before.down_since or self._clock())
        elif not self._is_due() and before.down_since is None:
            status = replace(before, refreshing=False)
        else:
            write_status(self._dir, MirrorStatus(refreshing=True))
            self._due = self._clock() + dt.timedelta(seconds=self._refresh_seconds)
            status = self._try_refresh()
        write_status(self._dir, status)
        return status

    def _is_due(self) -> bool:
        """Say whether it is time; a time further ahead than one round was set by a clock that was ahead."""
        left = (self._due - self._clock()).total_seconds()
        return left <= 0 or left > self._refresh_seconds

    def _try_refresh(self) -> MirrorStatus:
        try:
            self._refresh()
        except MirrorBusy:
            return MirrorStatus()
        except KontaktnetzError as problem:
            log.warning("mirror refresh failed problem=%s facts=%s", type(problem).__name__, problem.facts)
            return MirrorStatus(problem=str(problem))
        except Exception as unexpected:
            if told := as_disk_problem(unexpected, self._dir.parent):
                log.warning("mirror refresh failed problem=%s", type(unexpected).__name__)
                return MirrorStatus(problem=str(told))
            log.exception("mirror refresh failed")
            return MirrorStatus(problem="Der Spiegel konnte nicht aufgefrischt werden. Näheres steht im Protokoll.")
        return MirrorStatus()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.step()
            except OSError:
                log.exception("mirror status cannot be written")
            self._wake.wait(self._probe_seconds)
