"""Handing over what one of us looks after: relationships, open promises and tasks, events get a new name.

It can be undone. Who leaves among the others is handed over by ``succession``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from automations.relations import Tables, as_day, event_is_over, row_id
from schemas.contacts.rules import step_is_open
from schemas.contacts.rules.history import Subject
from schemas.errors import RowGone
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent

TABLES = ("relationship", "interaction", "task", "event")
"""Tables in which something may be in the charge of one of us."""

CHUNK = 50
"""Rows that are announced in the journal together, before the first of them is written."""

Row = tuple[str, int]
"""Table code and row id."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing that somebody of us looks after: a relationship, a promised next step, a task, or an event."""

    table: str
    row: int
    subject: Subject | None
    what: str
    due: dt.date | None


@dataclass(slots=True)
class Handed:
    """What became of a hand-over: the run in the journal, rows that moved, and rows that somebody changed meanwhile."""

    run: str
    moved: int = 0
    left: int = 0


def charges(tables: Tables, member: int, today: dt.date) -> list[Charge]:
    """Return everything that is still in the charge of one of us; what is done or over stays with who did it."""
    found = []
    for one in _own(tables["relationship"], member):
        found.append(Charge("relationship", int(one["id"]), _subject(one), _text(one["kind"]), as_day(one["next_due"])))
    contacts = tables["interaction"]
    for one in _own(contacts[contacts["next_step"].notna()], member):
        step, done = _text(one["next_step"]), not pd.isna(one["next_step_done"]) and bool(one["next_step_done"])
        if step_is_open(step, done):
            found.append(Charge("interaction", int(one["id"]), _subject(one), step, as_day(one["next_step_due"])))
    for one in _own(tables["task"], member):
        if as_day(one["done_on"]) is None:
            found.append(Charge("task", int(one["id"]), _subject(one), _text(one["name"]), as_day(one["due"])))
    for one in _own(tables["event"], member):
        if not event_is_over(one, today):
            found.append(Charge("event", int(one["id"]), None, _text(one["name"]), as_day(one["starts_at"])))
    return found


def hand_over(
    opened: Connection,
    old: int,
    to: Mapping[Row, int],
    *,
    names: tuple[str, str],
    now: Callable[[], dt.datetime],
    on_progress: Callable[[int, int], object] | None = None,
) -> Handed:
    """Give rows to others: ``to`` says who gets each, ``names`` who leaves and who follows (for the journal).

    A row that is not in the charge of ``old`` any more stays as it is. Killed anywhere and begun again it goes on.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer.
    """
    left, follows = names
    rows = list(to.items())
    with open_desk(opened.client, opened.base, f"Übergabe: {left} an {follows}", now) as desk:
        done = Handed(desk.journal.run)
        for start in range(0, len(rows), CHUNK):
            desk.lease.ensure()
            chunk = _still(desk, old, rows[start : start + CHUNK])
            done.left += len(rows[start : start + CHUNK]) - len(chunk)
            desk.journal.announce(
                [
                    Intent(table, row, f"Übergabe an {follows}", {"team_member": old}, {"team_member": new},
                           desk.stores[table].row_url(row))
                    for (table, row), new in chunk
                ]
            )  # fmt: skip
            for (table, row), new in chunk:
                try:
                    moved = desk.stores[table].swap(row, {"team_member": old}, {"team_member": new}).applied
                except RowGone:
                    moved = False
                done.moved += moved
                done.left += not moved
            if on_progress:
                on_progress(min(start + CHUNK, len(rows)), len(rows))
        desk.told = f"{done.moved} Einträge übergeben" + (f", {done.left} inzwischen geändert" if done.left else "")
    return done


def _still(desk: Desk, old: int, rows: Sequence[tuple[Row, int]]) -> list[tuple[Row, int]]:
    """Return those rows that are in the charge of ``old`` at this moment: only these are announced."""
    there = {
        (table, row)
        for table in {table for (table, _), _ in rows}
        for row, record in desk.stores[table].get_many([r for (t, r), _ in rows if t == table]).items()
        if record.team_member == old
    }
    return [(key, new) for key, new in rows if key in there]


_READ = ("id", "name", "kind", "state", "organisation", "person", "next_due", "next_step", "next_step_due",
         "next_step_done", "due", "done_on", "starts_at", "ends_at")  # fmt: skip


def _own(frame: pd.DataFrame, member: int) -> list[dict[Any, Any]]:
    columns = [column for column in _READ if column in frame.columns]
    return frame.loc[(frame["team_member"] == member).fillna(False), columns].to_dict("records")


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _subject(one: Mapping[Any, Any]) -> Subject | None:
    for table in ("organisation", "person"):
        row = row_id(one[table])
        if row is not None:
            return table, row
    return None
