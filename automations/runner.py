"""Run the jobs when they are due, one after the other; a failed one is tried again at its next turn."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import schedule

from automations.jobs import mirror
from schemas.errors import KontaktnetzError
from sync.settings import Settings

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its German name, how often it runs, what it does; ``run`` returns a German line."""

    name: str
    every_minutes: int
    run: Callable[[Settings, dt.datetime], str]


JOBS = (Job(mirror.NAME, mirror.EVERY_MINUTES, mirror.run),)


def run_once(settings: Settings, *, tell: Tell, now: Callable[[], dt.datetime], jobs: tuple[Job, ...] = JOBS) -> bool:
    """Run every job once; say whether all went well."""
    return all([_run(job, settings, tell, now) for job in jobs])


def run_until(
    stop: threading.Event,
    settings: Settings,
    *,
    tell: Tell,
    now: Callable[[], dt.datetime],
    jobs: tuple[Job, ...] = JOBS,
) -> None:
    """Run every job at once and then at its times, until ``stop`` is set."""
    timetable = schedule.Scheduler()
    for job in jobs:
        timetable.every(job.every_minutes).minutes.do(_run, job, settings, tell, now)
    timetable.run_all()
    while not stop.wait(TICK_SECONDS):
        timetable.run_pending()


def _run(job: Job, settings: Settings, tell: Tell, now: Callable[[], dt.datetime]) -> bool:
    try:
        outcome, well = job.run(settings, now()), True
    except KontaktnetzError as problem:
        log.warning("job failed job=%s problem=%s facts=%s", job.name, type(problem).__name__, problem.facts)
        outcome, well = str(problem), False
    except Exception:
        log.exception("job failed job=%s", job.name)
        outcome, well = "unerwarteter Fehler, Näheres steht im Protokoll", False
    tell(f"{now().astimezone():%d.%m.%Y %H:%M} {job.name}: {outcome}")
    return well
