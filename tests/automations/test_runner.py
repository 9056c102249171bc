"""Jobs run when they are due; one that fails does not stop the others."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
import time_machine

from automations import runner
from automations.jobs import lists
from automations.runner import JOBS, Job, Runner
from automations.timetable import Rule
from schemas.errors import ConfigError, Unavailable
from sync.settings import Settings

EVERY = Rule(every_minutes=5)


class Clock:
    def __init__(self):
        self.moment = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)

    def __call__(self):
        return self.moment

    def later(self, **span):
        self.moment += dt.timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


def local(name, run, rule=EVERY):
    return Job(name.casefold(), name, rule, run, local=True)


def started(jobs, clock):
    said = []
    return Runner(Settings(), said.append, clock, jobs), said


def test_a_job_that_fails_is_told_and_the_next_one_runs_all_the_same(clock):
    def fail(settings, now):
        raise ConfigError("Es fehlt etwas.", hint="Bitte eintragen.")

    def break_down(settings, now):
        raise ZeroDivisionError

    mine, said = started(
        [local("Erste", fail), local("Zweite", break_down), local("Dritte", lambda s, n: "gut")], clock
    )
    assert mine.run_due() is False
    assert [line.split(" ", 2)[2] for line in said] == [
        "Erste: Es fehlt etwas. Bitte eintragen.",
        "Zweite: unerwarteter Fehler, Näheres steht im Protokoll",
        "Dritte: gut",
    ]


def test_frequent_jobs_run_at_once_and_then_at_their_times_and_daily_ones_wait_for_their_hour(clock):
    ran = []
    jobs = [
        local("oft", lambda s, n: ran.append("oft") or ""),
        local("nachts", lambda s, n: ran.append("nachts") or "", Rule(at="02:30")),
    ]
    mine, said = started(jobs, clock)
    mine.run_due()
    assert ran == ["oft"]
    mine.run_due()
    clock.later(minutes=4)
    mine.run_due()
    assert ran == ["oft"]
    clock.later(minutes=1)
    mine.run_due()
    assert ran == ["oft", "oft"]
    clock.later(minutes=30)  # 02:35 in Berlin
    mine.run_due()
    assert ran == ["oft", "oft", "oft", "nachts"]
    assert said == []


@pytest.mark.parametrize("ahead", [{"hours": 2}, {"days": 1}, {"days": 365}], ids=str)
def test_jobs_run_again_at_once_after_a_clock_that_was_ahead(clock, ahead):
    ran = []
    rules = {"oft": EVERY, "nachts": Rule(at="02:30"), "montags": Rule(at="07:00", weekday=0)}
    mine, _ = started([local(n, lambda s, now, n=n: ran.append(n) or "", rule) for n, rule in rules.items()], clock)
    mine.run_due()
    right = clock.moment
    clock.later(**ahead)
    mine.run_due()
    clock.moment = right + dt.timedelta(minutes=5)  # the next time of the frequent one
    ran.clear()
    mine.run_due()
    assert ran.count("oft") == 1
    assert ran.count("nachts") <= 1
    assert ran.count("montags") <= 1
    ran.clear()
    for _ in range(7 * 24 * 60 // 20):
        clock.later(minutes=20)
        mine.run_due()
    assert (ran.count("oft"), ran.count("nachts"), ran.count("montags")) == (7 * 24 * 3, 7, 1)


@pytest.mark.parametrize("wrong", [{"hours": 2}, {"days": 1}, {"days": 365}], ids=str)
@pytest.mark.parametrize("side", [1, -1], ids=["ahead", "behind"])
def test_what_was_done_by_the_right_clock_is_not_done_again_when_it_is_right_again(clock, side, wrong):
    ran = []
    rules = {"oft": EVERY, "nachts": Rule(at="02:30"), "montags": Rule(at="07:00", weekday=0)}
    mine, _ = started([local(n, lambda s, now, n=n: ran.append(n) or "", rule) for n, rule in rules.items()], clock)
    passed = [0.0]
    mine._clock.monotonic = lambda: passed[0]

    def go_on(minutes):
        for _ in range(minutes):
            clock.later(minutes=1)
            passed[0] += 60
            mine.run_due()

    mine.run_due()
    go_on(7 * 24 * 60)  # every job has had its turn
    ran.clear()
    right = dt.timedelta(**wrong) * side
    clock.moment += right
    go_on(10)
    assert ran.count("oft") >= 2  # it works on, whatever the clock shows
    clock.moment -= right
    ran.clear()
    mine.run_due()
    go_on(10)
    assert (ran.count("oft"), ran.count("nachts"), ran.count("montags")) == (3, 0, 0)
    ran.clear()
    go_on(7 * 24 * 60)
    assert (ran.count("oft"), ran.count("nachts"), ran.count("montags")) == (7 * 24 * 12, 7, 1)


def test_a_wait_from_the_future_is_forgotten(clock):
    tries = []

    def away(settings, now):
        tries.append(now)
        raise Unavailable("NocoDB antwortet nicht.")

    mine, _ = started([local("Weg", away)], clock)
    right = clock.moment
    clock.later(days=365)
    mine.run_due()
    clock.moment = right
    mine.run_due()
    assert len(tries) == 2


def test_what_may_pass_is_tried_again_after_a_while_and_not_at_every_look(clock):
    tries = []

    def away(settings, now):
        tries.append(now)
        if len(tries) < 3:
            raise Unavailable("NocoDB antwortet nicht.")
        return "gut"

    mine, said = started([local("Weg", away)], clock)
    for _ in range(12):
        mine.run_due()
        clock.later(seconds=15)
    assert len(tries) == 2
    clock.later(minutes=2)
    assert mine.run_due()
    assert len(tries) == 3
    assert said[-1].endswith("Weg: gut")


def test_the_loop_ends_when_it_is_told_to(clock):
    stop = threading.Event()
    mine, _ = started([local("Einmal", lambda s, n: stop.set() or "")], clock)
    mine.run_until(stop)
    assert stop.is_set()


def test_the_lists_are_brought_in_every_night_and_codes_are_told_apart():
    (nightly,) = [job for job in JOBS if job.run is lists.run]
    assert nightly.rule == Rule(at="02:30")
    assert len({job.code for job in JOBS}) == len(JOBS)
    assert runner.TICK_SECONDS <= 60


@pytest.mark.parametrize("back", [dt.timedelta(hours=1), dt.timedelta(days=400)])
def test_the_loop_goes_on_looking_when_the_clock_is_set_back(clock, monkeypatch, back):
    looks = []

    class Waits:
        def __init__(self):
            self.seconds = 0

        def wait(self, seconds):
            self.seconds += 1
            moved.shift(dt.timedelta(seconds=seconds))
            if self.seconds == 40:
                looks.clear()
                moved.shift(-back)
            return self.seconds >= 80

    monkeypatch.setattr(Runner, "run_due", lambda self: looks.append(None))
    mine, _ = started([], clock)
    with time_machine.travel(clock.moment, tick=False) as moved:
        mine.run_until(Waits())
    assert 2 <= len(looks) <= 4
