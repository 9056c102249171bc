"""Every three minutes: let count what people typed in NocoDB, and give the seats anew.

Typed are replies in the form or the table, decisions about replies, corrections, answers typed straight into an
invitation, and another number of seats. A look at the plain columns of events that are not long over tells whether
there is anything to do; only then the lease is taken and something is written. Nobody is mailed from here: who moved up
from the waiting list stands in the report and in the plan of the occasion *Platz oder Warteliste*.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from automations.events.replies import as_guest, is_up_to_date, let_count, settle_places
from automations.events.typed_replies import Typed, filled
from schemas.base import BASE
from schemas.errors import RowGone
from schemas.events.choices import Place
from schemas.events.rules.seats import places
from schemas.events.tables import Event, Invitation, Reply
from schemas.model import Value
from sync.connection import Connection, open_base
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.nocodb.store import TableStore
from sync.settings import Settings

NAME = "Rückmeldungen zählen"
EVERY_MINUTES = 3

KEPT = dt.timedelta(days=60)
"""So long after it began an event is still looked at."""

Stores = Mapping[str, TableStore[Any]]


@dataclass(slots=True)
class Pending:
    """What is to be done: cells of replies by row, invitations that show something else, events whose seats moved."""

    fills: dict[int, dict[str, Value]] = field(default_factory=dict)
    replies: dict[int, Reply] = field(default_factory=dict)
    invitations: list[int] = field(default_factory=list)
    events: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.fills or self.invitations or self.events)


def run(settings: Settings, now: dt.datetime) -> str:
    """Do what is pending and say in German what it was; nothing if there was nothing to do.

    Raises:
        LeaseHeld: another automatic writer is at work; the next turn goes on.
        Busy: somebody kept writing into the same invitation; the next turn goes on.
        NocoDBError: the server refused or did not answer; run again.
    """
    opened = open_base(settings)
    if not pending(_stores(opened), now):
        return ""
    with open_desk(opened.client, opened.base, NAME, lambda: dt.datetime.now(dt.UTC)) as desk:
        todo = pending(desk.stores, now)
        desk.told = _do(desk, todo)
    return desk.told


def pending(stores: Stores, now: dt.datetime) -> Pending:
    """Return what is to be done, by plain columns of the events that are not long over."""
    events = {row.id: row for row in stores["event"].pull(["starts_at", "capacity"]) if row.id and _recent(row, now)}
    guests: dict[int, Invitation] = {}
    typed: dict[int, Typed] = {row.row.id or 0: row for row in _typed(stores["reply"], None)}
    for event in events:
        store = stores["invitation"]
        guests |= {row.id: row for row in store.pull(where=store.condition("event", event)) if row.id}
        typed |= {row.row.id or 0: row for row in _typed(stores["reply"], event)}
    todo = Pending(replies={row: one.row for row, one in typed.items()})
    for row, one in typed.items():
        if changes := filled(one, _guest(stores, guests, one.row.invitation), now):
            todo.fills[row] = changes
    cells: Mapping[int, Mapping[str, Any]] = todo.fills
    later = [replace(one, **cells.get(row, {})) for row, one in todo.replies.items()]
    todo.invitations = _outdated(guests, later)
    todo.events = {event for event, row in events.items() if _misplaced(row, guests.values())}
    return todo


def _outdated(guests: Mapping[int, Invitation], replies: Iterable[Reply]) -> list[int]:
    by_guest: defaultdict[int, list[Reply]] = defaultdict(list)
    for reply in sorted(replies, key=lambda reply: reply.id or 0):
        by_guest[reply.invitation or 0].append(reply)
    return [row for row, guest in guests.items() if not is_up_to_date(guest, by_guest[row])]


def _misplaced(event: Event, guests: Iterable[Invitation]) -> bool:
    own = [guest for guest in guests if guest.event == event.id]
    assigned = places(map(as_guest, own), event.capacity)
    return any(assigned[guest.id or 0] != guest.place for guest in own)


def _do(desk: Desk, todo: Pending) -> str:
    store = desk.stores["reply"]
    typed = sum(_fill(desk, store, todo.replies[row], changes) for row, changes in todo.fills.items())
    desk.lease.ensure()
    moved = todo.events | set(let_count(desk.stores, todo.invitations))
    up = 0
    for event in sorted(moved):
        desk.lease.ensure()
        before = _waiting(desk.stores, event)
        if settle_places(desk.stores, event):
            up += len(before - _waiting(desk.stores, event, but=Place.SURE))
    told = {"Rückmeldungen ergänzt": typed, "Einladungen auf den neuesten Stand gebracht": len(todo.invitations)}
    lines = [f"{count} {what}" for what, count in told.items() if count]
    lines += (
        [f"{up} von der Warteliste nachgerückt; Bescheid geben unter Versand, „Platz oder Warteliste“"] if up else []
    )
    return ", ".join(lines) or ("Plätze neu vergeben" if moved else "")


def _waiting(stores: Stores, event: int, but: Place | None = None) -> set[int]:
    """Return who waits for a place; with ``but`` everybody who has not this place."""
    store = stores["invitation"]
    rows = store.pull(["place"], where=store.condition("event", event))
    return {row.id for row in rows if row.id and (row.place == Place.WAITING if but is None else row.place != but)}


def _fill(desk: Desk, store: TableStore[Reply], row: Reply, changes: dict[str, Value]) -> bool:
    """Write what is missing into a reply, if nobody wrote there meanwhile."""
    before = {code: row.value(code) for code in changes}
    if row.id is None:
        return False
    name = f"Rückmeldung ergänzt: {row.name or changes.get('name') or row.id}"
    desk.journal.announce([Intent("reply", row.id, name, before, changes, store.row_url(row.id))])
    try:
        return bool(store.swap(row.id, before, changes).applied)
    except RowGone:
        return False


def _typed(store: TableStore[Reply], event: int | None) -> list[Typed]:
    found = []
    for raw in store.pull_raw(where=store.condition("event", event)):
        made = _moment(raw.get("created_at"))
        found.append(Typed(Reply.decode(raw), made, _moment(raw.get("updated_at")) if raw.get("updated_at") else made))
    return found


def _guest(stores: Stores, guests: dict[int, Invitation], row: int | None) -> Invitation | None:
    """Return the invitation that a reply names; one of an event that is long over is asked for."""
    if row is None:
        return None
    if row not in guests and (found := stores["invitation"].get(row)) is not None:
        guests[row] = found
    return guests.get(row)


def _recent(event: Event, now: dt.datetime) -> bool:
    return event.starts_at is None or event.starts_at + KEPT > now


def _moment(raw: object) -> dt.datetime:
    found = dt.datetime.fromisoformat(str(raw))
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def _stores(opened: Connection) -> Stores:
    make = partial(TableStore, opened.client, opened.base)
    return {code: make(BASE.record(code)) for code in ("event", "invitation", "reply")}
