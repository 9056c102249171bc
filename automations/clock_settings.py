"""How far each job has come under the clock as it is set now: what the run book alone cannot tell.

A slot in the run book that lies ahead may have been done by a clock that was ahead and is right by now, or by a right
one that is behind by now. The system's counter that only grows, and that all processes since the last boot share, tells
the two apart: what the clock shows less what has passed since the boot moves only when somebody sets the clock.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from automations.mail.handed import this_boot
from schemas.moments import AHEAD
from sync.text_files import replace_text

log = logging.getLogger(__name__)

NAME = "uhr.json"
MOST = 20
"""So many settings of the clock are remembered of a job."""

Reached = list[tuple[dt.datetime, dt.datetime]]
"""What the clock showed at the boot as it was set then (aware UTC), and the last slot that was done so."""


@dataclass(slots=True)
class ClockSettings:
    """``now`` returns aware UTC, ``monotonic`` seconds since the boot. ``file`` keeps it over a restart of ours."""

    now: Callable[[], dt.datetime]
    file: Path
    monotonic: Callable[[], float] = time.monotonic
    boot: str = field(default_factory=this_boot)
    _reached: dict[str, Reached] | None = None

    def has_done(self, job: str, slot: dt.datetime) -> bool:
        """Say whether the slot was done under the clock as it is set now."""
        zero = self._zero()
        return any(abs(zero - known) <= AHEAD and slot <= last for known, last in self._known().get(job, ()))

    def note(self, job: str, slot: dt.datetime, *, keep: bool) -> None:
        """Note that a slot was done; ``keep`` also for who starts after us, as far as the disk lets us."""
        zero, known = self._zero(), self._known()
        same = [last for at, last in known.get(job, ()) if abs(zero - at) <= AHEAD]
        others = [(at, last) for at, last in known.get(job, ()) if abs(zero - at) > AHEAD]
        known[job] = [*others[1 - MOST :], (zero, max([slot, *same]))]
        if keep:
            self._write()

    def _zero(self) -> dt.datetime:
        return self.now() - dt.timedelta(seconds=self.monotonic())

    def _known(self) -> dict[str, Reached]:
        if self._reached is None:
            self._reached = self._read()
        return self._reached

    def _read(self) -> dict[str, Reached]:
        try:
            raw = json.loads(self.file.read_text(encoding="utf-8"))
            if raw["boot"] != self.boot:
                return {}
            moment = dt.datetime.fromisoformat
            return {job: [(moment(a), moment(b)) for a, b in pairs] for job, pairs in raw["jobs"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def _write(self) -> None:
        jobs = {job: [(a.isoformat(), b.isoformat()) for a, b in pairs] for job, pairs in self._known().items()}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self.file, json.dumps({"boot": self.boot, "jobs": jobs}))
        except OSError as problem:
            log.warning("clock settings not kept problem=%s", type(problem).__name__)
