"""How long the relationship rules take over many contacts, beside plain pandas group-bys of the same rows.

The rules say of every organisation and person when contact was last made, by whom and through which entry, who of us
knows them, how warm it is, and what falls due. The floor asks pandas for the latest day, the count and the sum of a
column by organisation, by person, and by each of these with the team member. Ends with one JSON line: ``seconds``,
``ratio``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd

from schemas.contacts.choices import InteractionKind
from schemas.contacts.rules.columns import Columns, latest, pairs, points
from schemas.contacts.rules.history import Entry
from schemas.contacts.rules.key_persons import KNOWN_DAYS
from schemas.contacts.rules.rhythm import Rhythm, due
from schemas.contacts.rules.warmth import Scale

TODAY = dt.date(2026, 11, 24)


def made_up(count: int) -> list[Entry]:
    """Return so many contacts with 4,000 organisations and 6,000 persons over three years."""
    dice = random.Random(7)
    kinds, now = list(InteractionKind), TODAY.toordinal()
    return [
        Entry(i, now - dice.randint(0, 1100), dice.choice(kinds), dice.randint(1, 4000), dice.randint(1, 6000),
              dice.randint(1, 5))
        for i in range(1, count + 1)
    ]  # fmt: skip


def rules(columns: Columns) -> int:
    """Apply every rule that looks at all contacts; return how much came of it."""
    now = TODAY.toordinal()
    done = columns.past(now)
    recent = done.since(now - KNOWN_DAYS)
    rhythm, found = Rhythm(90, 180), 0
    for name in ("organisation", "person"):
        subject = getattr(done, name)
        rows, at = latest(done, subject)
        warm, _ = points(done, subject, now, Scale())
        known, _ = pairs(recent, getattr(recent, name))
        waiting = [
            due(rhythm, dt.date.fromordinal(day), TODAY, TODAY, lambda day: day.weekday() >= 5)
            for day in done.day[at].tolist()
        ]
        found += len(rows) + len(warm) + len(known) + len(waiting)
    return found


def floor(frame: pd.DataFrame) -> int:
    """Group the same rows plainly."""
    found = 0
    for by in (["organisation"], ["person"], ["organisation", "team_member"], ["person", "team_member"]):
        found += len(frame.groupby(by).agg(day=("day", "max"), count=("id", "count"), points=("points", "sum")))
    return found


def seconds(run: Callable[[], int], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    entries = made_up(given.contacts)
    frame = pd.DataFrame(entries, columns=list(Entry._fields)).assign(points=1.0)
    columns = Columns.of(entries)
    ours, plain = seconds(lambda: rules(columns), given.times), seconds(lambda: floor(frame), given.times)
    print(f"rules {ours:.3f} s, plain group-by {plain:.3f} s")
    print(json.dumps({"seconds": round(ours, 3), "ratio": round(ours / plain, 2), "contacts": given.contacts}))


if __name__ == "__main__":
    main()
