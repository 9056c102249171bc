"""The ledger in a real base: two runners at once, a week of outage, a runner killed in its work."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from automations.ledger import Ledger
from automations.runner import Job, Runner
from automations.timetable import Missed, Rule
from schemas.operations.tables import JobRun
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

BEGIN = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def settings(client, live_server, empty_base, tmp_path):
    token = client.request("POST", "/api/v1/tokens", json={"description": "Aufgaben"})["token"]
    return Settings(
        nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path
    )


def lines(client, base):
    return [r for r in TableStore(client, base, JobRun).pull() if (r.ident or "").startswith("slot:")]


def test_two_runners_do_each_slot_once_and_a_week_of_outage_is_caught_up(client, empty_base, settings):
    moment = [BEGIN]
    ran, busy = [], threading.Lock()

    def work(settings, now):
        with busy:
            ran.append(now)
        return "getan"

    jobs = [
        Job("alle", "Alles nachholen", Rule(at="02:30", missed=Missed.ALL), work),
        Job("letzte", "Nur das Letzte", Rule(at="03:00"), work),
    ]
    pair = [Runner(settings, lambda line: None, lambda: moment[0], jobs) for _ in range(2)]

    def both():
        threads = [threading.Thread(target=one.run_due) for one in pair]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    both()
    assert ran == []  # a daily job begins with its next hour, not with one that was before it existed
    moment[0] += dt.timedelta(days=1)
    both()
    both()
    assert len(ran) == 2
    moment[0] += dt.timedelta(days=6)
    both()
    both()
    idents = [line.ident for line in lines(client, empty_base)]
    assert len(idents) == len(set(idents)) == len(ran)
    assert sum(i.startswith("slot:alle:") for i in idents) == 7
    assert sum(i.startswith("slot:letzte:") for i in idents) == 2
    late = Runner(settings, lambda line: None, lambda: moment[0], jobs)
    assert late.run_due()
    assert len(ran) == len(idents)


def test_a_slot_from_the_future_stops_neither_this_runner_nor_the_next(client, empty_base, settings):
    moment = [BEGIN]
    ran = []
    job = Job("oft", "Oft", Rule(every_minutes=5), lambda settings, now: ran.append(now) or "getan")
    runner = Runner(settings, lambda line: None, lambda: moment[0], [job])
    moment[0] = BEGIN + dt.timedelta(days=365)
    runner.run_due()
    moment[0] = BEGIN
    for one in (runner, Runner(settings, lambda line: None, lambda: moment[0], [job])):
        one.run_due()
        one.run_due()
    assert ran == [BEGIN + dt.timedelta(days=365), BEGIN]
    moment[0] += dt.timedelta(minutes=5)
    runner.run_due()
    assert len(ran) == 3


def test_a_slot_of_a_runner_that_died_is_done_by_the_next_one_when_its_life_signs_stopped(client, empty_base):
    clock = [BEGIN]
    opened = Connection(client, empty_base)
    ledger = Ledger(opened, lambda: clock[0])
    slot = BEGIN - dt.timedelta(minutes=1)
    dying = ledger.claim("x", "X", slot)
    assert dying.__enter__() is not None  # and never comes back, as after kill -9
    other = Ledger(opened, lambda: clock[0])
    with other.claim("x", "X", slot) as mine:
        assert mine is None
    clock[0] += dt.timedelta(minutes=5)
    with other.claim("x", "X", slot) as mine:
        assert mine is not None
        mine.done, mine.report = True, "getan"
    assert other.last("x") == slot
    with other.claim("x", "X", slot) as mine:
        assert mine is None
    (line,) = lines(client, empty_base)
    assert (line.state, line.report, line.slot) == ("fertig", "getan", slot)
