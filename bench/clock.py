"""Set the clock 2 hours, a day, a year ahead and back, and back and ahead, while jobs, lease and mirror are at work.

A NocoDB of its own (or ``--url``), the real runner with the timetable of every job, the real ledger, lease and
refresher; only the clock is ours, and what a job does is replaced by a note in the base's outbox under the key of its
slot's day, as the real ones write them. Each jump is told to runners that live on and to one that is started anew
afterwards. Ends with one JSON line:

- ``jumps``: how many were made; ``late_seconds``: the longest time after the clock was right again until a job that was
  due ran, the lease could be taken, the mirror was fresh and its page did not warn any more (bar: 300);
- ``doubled``: slots that one clock saw done twice, and mails that stand twice in the outbox; ``stuck``: what did not
  work again within five minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from automations.runner import JOBS, Job, Runner
from automations.timetable import Missed, due_slots
from schemas.base import BASE
from schemas.errors import LeaseHeld
from schemas.moments import is_from_future
from schemas.operations.tables import Post
from streamlit_app.refresher import Refresher
from sync.connection import open_base
from sync.mirror import read_manifest, refresh_mirror
from sync.nocodb.client import Client
from sync.nocodb.lease import hold_lease, take_lease
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings

BEGIN = dt.datetime(2026, 11, 23, 6, 58, tzinfo=dt.UTC)  # a Monday, 7:58 in Berlin: at eight the reminders are due
JUMPS = (dt.timedelta(hours=2), dt.timedelta(days=1), dt.timedelta(days=365))
BAR = 300
BEFORE, WRONG, AFTER = 4, 4, 7
"""Minutes with the right clock, with the wrong one, and with the right one again."""


class World:
    """The clock that all look at, and what grows beside it whatever the clock shows."""

    def __init__(self) -> None:
        self.passed, self.offset = dt.timedelta(), dt.timedelta()
        self.ran: list[tuple[str, dt.datetime, dt.timedelta, dt.timedelta]] = []

    def now(self) -> dt.datetime:
        return BEGIN + self.passed + self.offset

    def right(self) -> dt.datetime:
        return BEGIN + self.passed

    def monotonic(self) -> float:
        return 1000.0 + self.passed.total_seconds()


def noted(world: World, job: Job) -> Job:
    """Return the job with its timetable, which notes that it ran and puts one mail of the day into the outbox."""

    def run(settings: Settings, now: dt.datetime) -> str:
        slot = due_slots(job.rule, now - job.rule.keep, now)[-1]
        world.ran.append((job.code, slot, world.offset, world.passed))
        if job.rule.at:
            opened = open_base(settings)
            store = TableStore(opened.client, opened.base, Post)
            ident = f"uhr:{job.code}:{slot:%Y-%m-%d}"
            if not store.find_idents([ident]):
                store.create([Post(name=job.name, recipient="a@example.org", ident=ident)])
        return "getan"

    return replace(job, run=run)


def turn(world: World, settings: Settings, shift: dt.timedelta, folder: Path, *, anew: bool) -> dict[str, object]:
    """Make one jump and the way back; return what came of it."""
    jobs = [noted(world, job) for job in JOBS]
    runner = Runner(settings, lambda line: None, world.now, jobs, monotonic=world.monotonic)
    opened = open_base(settings)
    refreshed: list[dt.timedelta] = []

    def refresh() -> None:
        refresh_mirror(opened.client, opened.base, folder, world.now())
        refreshed.append(world.passed)

    keeper = Refresher(folder, refresh=refresh, probe=lambda: True, clock=world.now)

    def minutes(count: int) -> None:
        for _ in range(count):
            runner.run_due()
            keeper.step()
            world.passed += dt.timedelta(minutes=1)

    world.ran.clear()
    minutes(BEFORE)  # over the hour of the reminders
    world.offset = shift
    minutes(WRONG)
    take_lease(opened.client, opened.base, "stirbt", now=world.now)  # and dies with this sign of life
    world.offset, back = dt.timedelta(), world.passed
    warned = is_from_future(read_manifest(folder).taken_at, world.now())  # type: ignore[union-attr]
    if anew:
        runner = Runner(settings, lambda line: None, world.now, jobs, monotonic=world.monotonic)
    lease = free_after(world, opened.client, opened.base)
    world.passed = back
    minutes(AFTER)
    return verdict(world, back, refreshed, lease, warned, shift)


def free_after(world: World, client: Client, base: object) -> float:
    """Return the seconds until the lease of the dead one can be had, counted on without anything else happening."""
    for step in range(0, BAR + 31, 15):
        try:
            with hold_lease(client, base, "lebt", now=world.now):  # type: ignore[arg-type]
                return float(step)
        except LeaseHeld:
            world.passed += dt.timedelta(seconds=15)
    return float("inf")


def verdict(
    world: World, back: dt.timedelta, refreshed: list[dt.timedelta], lease: float, warned: bool, shift: dt.timedelta
) -> dict[str, object]:
    """Hold what ran after the clock was right against what was due then."""
    late, stuck = {"lease": lease}, []
    fresh = [at for at in refreshed if at >= back]
    late["mirror"] = (fresh[0] - back).total_seconds() if fresh else float("inf")
    right = BEGIN + back
    for job in JOBS:
        by_right = {slot for code, slot, offset, _ in world.ran if code == job.code and not offset}
        for slot in due_slots(
            replace(job.rule, missed=Missed.ALL), right, BEGIN + back + dt.timedelta(minutes=AFTER - 5)
        ):
            ran = [p for code, s, offset, p in world.ran if code == job.code and s == slot and not offset]
            late[f"{job.code} {slot:%H:%M}"] = (BEGIN + min(ran) - slot).total_seconds() if ran else float("inf")
        if not by_right and due_slots(job.rule, right, right + dt.timedelta(minutes=AFTER)):
            stuck.append(job.code)
    done = Counter((code, slot) for code, slot, offset, _ in world.ran if not offset)
    doubled = [f"{code} {slot:%d.%m. %H:%M}" for (code, slot), times in done.items() if times > 1]
    stuck += [name for name, seconds in late.items() if seconds > BAR]
    return {
        "late": max(late.values()),
        "doubled": doubled,
        "stuck": stuck,
        "warned": warned is (shift > dt.timedelta()),
    }


@contextmanager
def a_base(url: str, email: str, password: str) -> Iterator[Settings]:
    with ExitStack() as later:
        if not url:
            sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
            from servers import throwaway_server  # noqa: PLC0415 - only here are the tests on the path

            server = later.enter_context(throwaway_server())
            url, email, password = server.url, server.email, server.password
        client = Client.sign_in(url, email, password)
        apply_schema(client, BASE, "Uhr")
        token = client.request("POST", "/api/v1/tokens", json={"description": "Uhr"})["token"]
        folder = later.enter_context(tempfile.TemporaryDirectory())
        yield Settings(_env_file=None, nocodb_url=url, nocodb_token=token, nocodb_base="Uhr", KONTAKTNETZ_DATA=folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("url", "email", "password"):
        parser.add_argument(f"--{name}", default="")
    told = parser.parse_args()
    world, found = World(), []
    with a_base(told.url, told.email, told.password) as settings:
        opened = open_base(settings)
        for jump in JUMPS:
            for side in (1, -1):
                for anew in (False, True):
                    one = turn(world, settings, jump * side, settings.mirror_dir, anew=anew)
                    found.append(one)
                    print(f"{jump * side!s:>20} {'anew' if anew else 'on  '} {one}", file=sys.stderr, flush=True)
                    world.passed += dt.timedelta(days=1, minutes=-world.passed.total_seconds() / 60 % 1440)
        idents = Counter(post.ident for post in TableStore(opened.client, opened.base, Post).pull())
    mails = [ident for ident, times in idents.items() if times > 1]
    result = {
        "jumps": len(found),
        "late_seconds": max(float(one["late"]) for one in found),  # type: ignore[arg-type]
        "doubled": sum(len(one["doubled"]) for one in found) + len(mails),  # type: ignore[arg-type]
        "stuck": sum(len(one["stuck"]) for one in found),  # type: ignore[arg-type]
        "mails": len(idents),
        "warned": all(one["warned"] for one in found),
    }
    print(json.dumps(result))
    return 0 if result["late_seconds"] <= BAR and not result["doubled"] and not result["stuck"] else 1


if __name__ == "__main__":
    sys.exit(main())
