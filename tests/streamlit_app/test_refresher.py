"""The background refresher notices when NocoDB goes and comes, and never lets an error out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from schemas.errors import NocoDBError
from streamlit_app.refresher import Refresher
from sync.mirror import MirrorBusy
from sync.mirror.status import read_status


@dataclass
class World:
    """A clock, a server that may be down, and what was refreshed when."""

    folder: Path
    now: dt.datetime = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
    up: bool = True
    problem: Exception | None = None
    refreshed: list[dt.datetime] = field(default_factory=list)

    def refresh(self) -> None:
        assert read_status(self.folder).refreshing
        self.refreshed.append(self.now)
        if self.problem:
            raise self.problem

    def refresher(self) -> Refresher:
        return Refresher(self.folder, refresh=self.refresh, probe=lambda: self.up, clock=lambda: self.now)


def test_it_refreshes_at_once_then_every_five_minutes(tmp_path: Path) -> None:
    world = World(tmp_path)
    refresher = world.refresher()
    start = world.now
    for _ in range(61):
        refresher.step()
        world.now += dt.timedelta(seconds=10)
    assert world.refreshed == [start, start + dt.timedelta(minutes=5), start + dt.timedelta(minutes=10)]


def test_it_goes_on_at_once_after_a_clock_that_was_ahead(tmp_path: Path) -> None:
    world = World(tmp_path)
    refresher = world.refresher()
    start = world.now
    world.now = start + dt.timedelta(days=365)
    refresher.step()
    world.now = start
    for _ in range(31):
        refresher.step()
        world.now += dt.timedelta(seconds=10)
    assert world.refreshed[1:] == [start, start + dt.timedelta(minutes=5)]


def test_it_tells_since_when_nocodb_is_away_and_refreshes_when_it_is_back(tmp_path: Path) -> None:
    world = World(tmp_path)
    refresher = world.refresher()
    refresher.step()
    world.up = False
    gone = world.now = world.now + dt.timedelta(seconds=10)
    refresher.step()
    world.now += dt.timedelta(seconds=30)
    assert refresher.step().down_since == gone
    assert read_status(tmp_path).down_since == gone
    assert len(world.refreshed) == 1
    world.up = True
    assert refresher.step().down_since is None
    assert len(world.refreshed) == 2


def test_a_failed_refresh_becomes_a_german_sentence_not_an_exception(tmp_path: Path) -> None:
    for problem in (NocoDBError("Das Konto darf das nicht.", hint="Bitte fragen."), ZeroDivisionError("x")):
        world = World(tmp_path, problem=problem)
        status = world.refresher().step()
        assert status.problem
        assert "ZeroDivision" not in status.problem
    world = World(tmp_path, problem=MirrorBusy("besetzt"))
    assert world.refresher().step().problem == ""


def test_asking_refreshes_before_the_time_and_shows_that_it_is_on_its_way(tmp_path: Path) -> None:
    world = World(tmp_path)
    refresher = world.refresher()
    refresher.step()
    world.now += dt.timedelta(seconds=10)
    refresher.ask()
    assert read_status(tmp_path).refreshing
    refresher.step()
    assert len(world.refreshed) == 2
    assert not read_status(tmp_path).refreshing


def test_the_thread_starts_refreshes_and_stops(tmp_path: Path) -> None:
    import threading

    done = threading.Event()
    refresher = Refresher(tmp_path, refresh=done.set, probe=lambda: True, clock=lambda: dt.datetime.now(dt.UTC))
    refresher.start()
    assert done.wait(10)
    refresher.stop()
    assert not refresher._thread.is_alive()
