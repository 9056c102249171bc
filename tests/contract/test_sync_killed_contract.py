"""The process that syncs is killed for good at any moment; the next ones complete what it began, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
import sync_child
from sync_child import PEOPLE, PLACES, long_list
from trial_list import LISTS

from schemas.base import BASE
from sync.nocodb import meta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import plan_source
from sync.status import Status

pytestmark = [pytest.mark.server, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
KILLS = 10
LONGER_THAN_A_LEASE = 10
"""Minutes by which the clock of each process is ahead of the one before it."""


def start(server, base_id: str, status: Path, minutes: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, sync_child.__file__, server.url, server.email, server.password, base_id, str(status),
         str(minutes)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def kill_at_work(process: subprocess.Popen[str], moment: float) -> bool:
    """Kill -9 a ``moment`` (seconds) after the first step; say whether it was still at work."""
    with process:
        process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        process.kill()
    return process.returncode == -signal.SIGKILL


def test_killed_for_good_at_random_moments_the_list_is_complete_in_the_end_and_stands_once(
    live_server, client, tmp_path
):
    base = apply_schema(client, LISTS, meta.create_base(client, "Abgewürgt").id).base.id
    chance, minutes, killed = random.Random(20), 0, 0
    for _ in range(KILLS):
        minutes += LONGER_THAN_A_LEASE
        process = start(live_server, base, tmp_path / "status.sqlite", minutes)
        killed += kill_at_work(process, chance.uniform(0, 0.4))

    process = start(live_server, base, tmp_path / "status.sqlite", minutes + LONGER_THAN_A_LEASE)
    process.communicate(timeout=300)

    assert process.returncode == 0
    assert killed >= 3, "the list is too short: hardly any process was still at work when it was killed"
    resolved = resolve(client, BASE, base)
    stands = {
        code: list(TableStore(client, resolved, BASE.record(code)).pull())
        for code in ("organisation", "person", "function")
    }
    assert {code: len(rows) for code, rows in stands.items()} == {
        "organisation": PLACES, "person": PEOPLE, "function": PEOPLE,
    }  # fmt: skip
    assert told(stands) == wanted()
    with Status(tmp_path / "status.sqlite") as status:
        assert plan_source(client, resolved, long_list(), status).writes == 0


def told(stands) -> Counter:
    """What stands: table, ident, values and the idents that links point at, each with how often."""
    idents = {(code, row.id): row.ident.removeprefix("probe:") for code, rows in stands.items() for row in rows}
    items = {(item.table, item.ident): item for item in long_list().items}
    found = Counter()
    for code, rows in stands.items():
        for row in rows:
            item = items[(code, idents[(code, row.id)])]
            links = {c: idents.get((BASE.tables[code].links[c].target, row.value(c))) for c in BASE.tables[code].links}
            found[
                _line(code, item.ident, {c: row.value(c) for c in item.values}, {c: i for c, i in links.items() if i})
            ] += 1
    return found


def wanted() -> Counter:
    return Counter(
        _line(item.table, item.ident, item.values, {c: ref.ident for c, ref in item.links.items()})
        for item in long_list().items
    )


def _line(table, ident, values, links) -> tuple:
    return table, ident, tuple(sorted(values.items())), tuple(sorted(links.items()))
