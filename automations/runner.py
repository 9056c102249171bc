"""Run the jobs when they are due, one after the other; a failed one is tried again at its next turn."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import schedule

from automations.jobs import address_book, derived, folders, lists, mirror
from schemas.errors import KontaktnetzError
from sync.settings import Settings

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its German name, what it does, and when: every so many minutes, or once a day at a time like ``02:30``.

    ``run`` returns a German line; an empty one if there is nothing to tell.
    """

    name: str
    run: Callable[[Settings, dt.datetime], str]
    every_minutes: int = 0
    at: str = ""


JOBS = (
    Job(mirror.NAME, mirror.run, every_minutes=mirror.EVERY_MINUTES),
    Job(derived.NAME, derived.run, every_minutes=derived.EVERY_MINUTES),
    Job(address_book.NAME, address_book.run, every_minutes=address_book.EVERY_MINUTES),
    Job(folders.NAME, folders.run, every_minutes=folders.EVERY_MINUTES),
    Job(lists.NAME, lists.run, at=lists.AT),
)


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
    """Run every job at its times, the frequent ones also at once, until ``stop`` is set."""
    timetable = schedule.Scheduler()
    for job in jobs:
        if job.at:
            timetable.every().day.at(job.at).do(_run, job, settings, tell, now)
        else:
            timetable.every(job.every_minutes).minutes.do(_run, job, settings, tell, now).run()
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
    if outcome:
        tell(f"{now().astimezone():%d.%m.%Y %H:%M} {job.name}: {outcome}")
    return well
