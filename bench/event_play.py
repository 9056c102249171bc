"""Sixty guests and forty chairs, played by all ways to answer in an order of chance, on a real NocoDB.

``python bench/event_play.py [--seeds 3] [--steps 160] [--postgres]``. Each guest keeps an account of what they said
(``tests/event_play.py``); every 40 steps the base is held against it, and every figure of every page against a recount
of the rows, once more after the door opened. The last line is one JSON object: ``seeds``, ``steps`` of each, ``faults``
(0: what a guest said that stands otherwise, or a figure that is no recount) and ``seconds``. Exits with 1 if there is a
fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from event_play import CODES, Play
from servers import Backend, throwaway_server

from schemas.base import BASE
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema

LOOKED_AT_EVERY = 40
"""Steps."""


def play_once(stores: dict[str, TableStore[Any]], seed: int, steps: int, folder: Path) -> Iterator[str]:
    """Play one event and yield what is wrong."""
    play = Play(stores, seed)
    for step in range(steps):
        play.act()
        if step % LOOKED_AT_EVERY == LOOKED_AT_EVERY - 1:
            yield from play.problems()
            yield from _wrong_figures(play, f"step {step}", folder / str(step))
    yield from play.problems()
    play.open_door()
    yield from _wrong_figures(play, "door", folder / "door")


def _wrong_figures(play: Play, moment: str, folder: Path) -> Iterator[str]:
    shown, wanted = play.figures(folder)
    for name in dict.fromkeys([*shown, *wanted]):
        if shown.get(name) != wanted.get(name):
            yield f"{moment}: {name} is {shown.get(name)} instead of {wanted.get(name)}"


def main() -> None:
    """Play each seed in a base of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=160)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    faults, began = list[str](), time.monotonic()
    database: Backend = "postgres" if given.postgres else "sqlite"
    with tempfile.TemporaryDirectory() as folder, throwaway_server(database) as server:
        admin = Client.sign_in(server.url, server.email, server.password)
        for seed in range(1, given.seeds + 1):
            base = resolve(admin, BASE, apply_schema(admin, BASE, f"Spiel {seed}").base.id)
            stores = {code: TableStore(admin, base, BASE.record(code)) for code in CODES}
            found = list(play_once(stores, seed, given.steps, Path(folder) / str(seed)))
            print(f"seed {seed}: {len(found)} faults, {time.monotonic() - began:.0f} s", *found[:20], sep="\n  ")
            faults += found
    print(json.dumps({
        "seeds": given.seeds, "steps": given.steps, "faults": len(faults), "seconds": round(time.monotonic() - began),
    }))  # fmt: skip
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
