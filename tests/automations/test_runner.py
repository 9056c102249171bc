"""Jobs run when they are due; one that fails does not stop the others."""

from __future__ import annotations

import datetime as dt
import threading

from automations.jobs import lists
from automations.runner import JOBS, Job, run_once, run_until
from schemas.errors import ConfigError
from sync.settings import Settings

MOMENT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


def test_a_job_that_fails_is_told_and_the_next_one_runs_all_the_same():
    said: list[str] = []

    def fail(settings, now):
        raise ConfigError("Es fehlt etwas.", hint="Bitte eintragen.")

    jobs = (Job("Erste", fail, every_minutes=5), Job("Zweite", lambda s, n: "gut", every_minutes=5))

    assert run_once(Settings(), tell=said.append, now=lambda: MOMENT, jobs=jobs) is False
    assert [line.split(" ", 2)[2] for line in said] == ["Erste: Es fehlt etwas. Bitte eintragen.", "Zweite: gut"]


def test_frequent_jobs_run_at_once_and_daily_ones_wait_for_their_hour():
    ran: list[str] = []
    stop = threading.Event()

    def job(name):
        def run(settings, now):
            ran.append(name)
            stop.set()
            return "gut"

        return run

    jobs = (Job("nachts", job("nachts"), at="02:30"), Job("oft", job("oft"), every_minutes=5))
    run_until(stop, Settings(), tell=lambda line: None, now=lambda: MOMENT, jobs=jobs)

    assert ran == ["oft"]


def test_the_lists_are_brought_in_every_night():
    (nightly,) = [job for job in JOBS if job.run is lists.run]
    assert nightly.at == "02:30"
