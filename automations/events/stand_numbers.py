"""Give a number to every stand that has none: one journalled run, to be taken back; what somebody typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from schemas.errors import RowGone
from schemas.events.rules.stands import new_numbers
from schemas.events.tables import Event, Stand
from schemas.model import Value
from sync.connection import Connection
from sync.desk import open_desk
from sync.journal import Intent
from sync.nocodb.store import TableStore

CAUSE = "Standnummern vergeben"
CHUNK = 50


@dataclass(slots=True)
class Numbered:
    """What became of it: the run in the journal, the stands as they stand now, how many somebody was quicker with."""

    run: str = ""
    given: list[Stand] = field(default_factory=list)
    missed: int = 0


def give_numbers(opened: Connection, event: Event, now: Callable[[], dt.datetime]) -> Numbered:
    """Give numbers on what stands in the base at this moment; asked again, it gives none.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; do it again.
    """
    done = Numbered()
    with open_desk(opened.client, opened.base, f"{CAUSE}: {event.name or ''}".strip(": "), now) as desk:
        done.run = desk.journal.run
        store = desk.stores["stand"]
        there = {row.id: row for row in store.pull(where=store.condition("event", event.id))}
        wanted = list(new_numbers(there.values()).items())
        for start in range(0, len(wanted), CHUNK):
            desk.lease.ensure()
            part = wanted[start : start + CHUNK]
            desk.journal.announce([
                Intent("stand", row, f"{CAUSE}: {there[row].name or row}", {"number": there[row].number},
                       {"number": number}, store.row_url(row))
                for row, number in part
            ])  # fmt: skip
            for row, number in part:
                before: dict[str, Value] = {"number": there[row].number}
                if _swap(store, row, before, number):
                    done.given.append(replace(there[row], number=number))
                else:
                    done.missed += 1
        desk.told = f"{len(done.given)} Stände" if wanted else ""
    return done


def _swap(store: TableStore[Stand], row: int, before: Mapping[str, Value], number: str) -> bool:
    """Write a number if nothing was typed meanwhile; False when somebody was quicker or the stand is gone."""
    try:
        return store.swap(row, before, {"number": number}).applied
    except RowGone:
        return False
