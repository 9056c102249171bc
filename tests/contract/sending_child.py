"""Turns of the outbox job in a process of its own, made to be killed; only the lease's clock may be ahead of time.

A killed process leaves its lease behind, which another one may take after two minutes. So as not to wait for them, the
lease of every child looks at a clock that is ahead by three minutes more than that of the child before it; all else
sees the real time.
"""

from __future__ import annotations

import datetime as dt
import sys
import time

from automations.jobs import outbox
from automations.ledger import Unfinished
from sync import desk
from sync.settings import load_settings


def _run(timed: str = "") -> None:
    settings = load_settings()
    counter = settings.data_dir / "children"
    number = int(counter.read_text()) + 1 if counter.exists() else 1
    counter.write_text(str(number))
    ahead = dt.timedelta(minutes=3 * number)
    real = desk.open_desk
    outbox.open_desk = lambda client, base, task, now: real(client, base, task, lambda: now() + ahead)
    started = time.perf_counter()
    for _ in range(50):
        said = outbox.run(settings, dt.datetime.now(dt.UTC))
        if not isinstance(said, Unfinished):
            break
    print(f"{time.perf_counter() - started:.3f}" if timed else said, flush=True)


if __name__ == "__main__":
    _run(*sys.argv[1:])
