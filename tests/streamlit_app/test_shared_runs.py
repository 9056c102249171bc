"""Many who want the same work done get it by few runs, each of which began after they had asked."""

from __future__ import annotations

import threading
import time

import pytest
from guest_pages import House, memory

from streamlit_app.public.shared_runs import SharedRuns
from streamlit_app.rsvp.base import Base, Opened


def test_a_crowd_is_served_by_few_runs_that_all_began_after_they_asked() -> None:
    runs, begun, late = SharedRuns(), [], []

    def work() -> None:
        begun.append(time.perf_counter())
        time.sleep(0.05)

    def ask() -> None:
        asked = time.perf_counter()
        runs.run("event", work)
        if not any(at >= asked for at in begun):
            late.append(asked)

    crowd = [threading.Thread(target=ask) for _ in range(40)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert late == []
    assert len(begun) <= 4


def test_different_work_does_not_wait_for_each_other() -> None:
    runs, inside = SharedRuns(), threading.Barrier(2, timeout=5)
    crowd = [threading.Thread(target=runs.run, args=(name, inside.wait)) for name in ("one", "other")]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert not inside.broken


def test_a_run_that_failed_fails_for_one_and_is_tried_again_for_the_others() -> None:
    runs, told, tries = SharedRuns(), [], []

    def work() -> None:
        tries.append(1)
        time.sleep(0.05)
        if len(tries) == 1:
            raise OSError

    def ask() -> None:
        try:
            runs.run("event", work)
            told.append("done")
        except OSError:
            told.append("failed")

    crowd = [threading.Thread(target=ask) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert sorted(told) == ["done"] * 7 + ["failed"]


def test_who_runs_alone_gets_the_error_and_may_try_again() -> None:
    runs = SharedRuns()

    def fail() -> None:
        raise OSError("weg")

    with pytest.raises(OSError, match="weg"):
        runs.run("event", fail)
    runs.run("event", lambda: None)


def test_an_event_that_another_read_and_that_is_forgotten_at_once_is_still_there() -> None:
    class Served(SharedRuns):
        def run(self, what: object, work: object) -> None:
            """Do as where another's run served: what it read was forgotten before it could be seen."""

    house = House(memory())
    event, opened = house.event(), Opened("pbase", house.stores)
    base = Base(lambda: opened, lambda: 0.0, "Netzwerk")
    base._reading = Served()

    found = base.facts(opened, event)

    assert found is not None
    assert found.event.id == event
