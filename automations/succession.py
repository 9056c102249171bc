"""Carrying out what becomes of everything that hung on one of theirs: under the lease, journalled, undone as one run.

Rows that begin and addresses that move are written before what they hang on ends, so that killed anywhere and begun
again, also with what is still left by then, it ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from automations.departing import TABLES, Change, Departure, Key, Step, plan, post
from automations.handover import CHUNK, Handed
from schemas.contacts.tables import Function
from schemas.errors import RowGone
from schemas.model import Record
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent


def succeed(
    opened: Connection,
    leaving: Departure,
    to: Mapping[Key, int | None],
    *,
    follows: str,
    now: Callable[[], dt.datetime],
    on_progress: Callable[[int, int], None] | None = None,
) -> Handed:
    """Let others follow: ``to`` says who has each matter from now on, None where nobody has; what is not in it stays.

    A row that hangs on somebody else by now stays as it is and counts as left.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer; begin again and it goes on.
    """
    keys = sorted(to, key=lambda key: TABLES.index(key[0]))
    with open_desk(opened.client, opened.base, f"Übergabe: {leaving.name} an {follows}", now) as desk:
        done = Handed(desk.journal.run)
        for start in range(0, len(keys), CHUNK):
            desk.lease.ensure()
            chunk = keys[start : start + CHUNK]
            steps: list[Step] = []
            mails: dict[int, list[str]] = {}
            for key, record in _standing(desk, chunk):
                heir = to[key]
                step = None if record is None else plan(record, key[2], leaving, heir)
                if step is None:
                    done.left += 1
                    continue
                steps.append(step)
                if isinstance(record, Function) and record.mail and heir is not None:
                    mails.setdefault(heir, []).append(record.mail)
            _begin(desk, steps)
            if leaving.post and mails:
                _hand_post(desk, leaving, mails, follows)
            _write(desk, [step.change for step in steps if step.change], follows, done)
            if on_progress:
                on_progress(min(start + CHUNK, len(keys)), len(keys))
        desk.told = f"{done.moved} Einträge übergeben" + (f", {done.left} inzwischen geändert" if done.left else "")
    return done


def _standing(desk: Desk, keys: Sequence[Key]) -> Iterable[tuple[Key, Record | None]]:
    """Return the rows of these keys as they stand at this moment; None for one that is gone."""
    rows = {
        table: desk.stores[table].get_many([row for code, row, _ in keys if code == table])
        for table in {table for table, _, _ in keys}
    }
    return [(key, rows[key[0]].get(key[1])) for key in keys]


def _begin(desk: Desk, steps: Sequence[Step]) -> None:
    """Create what begins and does not stand yet."""
    new: dict[str, dict[str, Record]] = {}
    for step in steps:
        if step.new is not None:
            new.setdefault(step.new.table().code, {})[str(step.new.value("ident"))] = step.new
    for table, records in new.items():
        store = desk.stores[table]
        there = store.find_idents(list(records))
        missing = [ident for ident in records if ident not in there]
        if missing:
            desk.journal.announce_new(table, missing, store.table_url())
            store.create([records[ident] for ident in missing])


def _write(desk: Desk, changes: Sequence[Change], follows: str, done: Handed) -> None:
    desk.journal.announce(
        [
            Intent(c.table, c.row, f"Übergabe an {follows}", c.before, c.after, desk.stores[c.table].row_url(c.row))
            for c in changes
        ]
    )
    for change in changes:
        try:
            moved = desk.stores[change.table].swap(change.row, change.before, change.after).applied
        except RowGone:
            moved = False
        done.moved += moved
        done.left += not moved


def _hand_post(desk: Desk, leaving: Departure, mails: Mapping[int, list[str]], follows: str) -> None:
    """Let old addresses belong to who follows; the count of what was handed over tells of rows, not of these."""
    every = [mail for own in mails.values() for mail in own]
    people = desk.stores["person"].get_many([leaving.person, *mails])
    changes = [post(person, leaving, mails.get(row, every)) for row, person in people.items()]
    _write(desk, [change for change in changes if change], follows, Handed(""))
