"""Carrying out what becomes of everything that hung on one of theirs: under the lease, journalled, undone as one run.

Rows that begin and addresses that move are written before what they hang on ends, so that killed anywhere and begun
again, also with what is still left by then, it ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from automations.departing import TABLES, plan, post
from automations.departing_guests import plan_guest
from automations.departure import Change, Departure, Key, Step
from automations.events.replies import settle_places
from automations.events.tokens import new_mark
from automations.handover import CHUNK, Handed
from schemas.contacts.rules import is_current, person_name
from schemas.contacts.tables import Function, Person
from schemas.errors import RowGone
from schemas.events.tables import Invitation
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
    on_progress: Callable[[int, int], object] | None = None,
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
            events: set[int] = set()
            for key, record in _standing(desk, chunk):
                heir = to[key]
                step = None if record is None else _plan(desk, record, key, leaving, to)
                if step is None:
                    done.left += 1
                    continue
                steps.append(step)
                if isinstance(record, Invitation) and record.event is not None:
                    events.add(record.event)
                if isinstance(record, Function) and record.mail and heir is not None:
                    mails.setdefault(heir, []).append(record.mail)
            _begin(desk, steps)
            if leaving.post and mails:
                _hand_post(desk, leaving, mails, follows)
            _write(desk, [change for step in steps for change in step.changes], follows, done)
            for event in events:
                settle_places(desk.stores, event)
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


def _plan(desk: Desk, record: Record, key: Key, leaving: Departure, to: Mapping[Key, int | None]) -> Step | None:
    """Plan one row; who follows as a guest may be one already, and is called by their own name."""
    heir = to[key]
    if not isinstance(record, Invitation):
        return plan(record, key[2], leaving, heir)
    store = desk.stores["invitation"]
    columns = ["person", "organisation", "office", "state"]
    guests = list(store.pull(columns, where=store.condition("event", record.event)))
    place = record.organisation or leaving.home
    there = next(
        (g for g in guests if (g.person == heir if heir else g.person is None and g.organisation == place)), None
    )
    kept = _kept(desk, record, leaving, to)
    return plan_guest(record, leaving, heir, _called(desk, heir, place), there, keeps=kept)


def _kept(desk: Desk, record: Invitation, leaving: Departure, to: Collection[Key]) -> Function | None:
    """Return the function in which who leaves this office goes on holding another one, the oldest of several."""
    store = desk.stores["function"]
    after = leaving.last_day + dt.timedelta(days=1)
    held = (
        one for one in store.pull(where=store.condition("person", leaving.person))
        if one.office not in (None, record.office) and ("function", one.id, "person") not in to
        and is_current(one.valid_from, one.valid_to, after)
    )  # fmt: skip
    return min(held, key=lambda one: one.id or 0, default=None)


def _called(desk: Desk, heir: int | None, place: int | None) -> str:
    row = desk.stores["person"].get(heir) if heir else desk.stores["organisation"].get(place or 0)
    if isinstance(row, Person):
        return person_name(row.title, row.first_name, row.last_name)
    return (row.name or "") if row is not None else ""


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
            store.create([_marked(records[ident]) for ident in missing])


def _marked(record: Record) -> Record:
    return replace(record, mark=new_mark()) if isinstance(record, Invitation) else record


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
