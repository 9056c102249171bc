"""Write at an address that mail came back from, so that whoever writes next sees it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from automations.incoming.known import Known
from schemas.contacts.bounces import add_problem
from schemas.errors import RowGone
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent

_COLUMN = "mail_problem"


@dataclass(frozen=True, slots=True)
class Returned:
    """Mail to an address came back on a day, for the reason that a mail server gave."""

    address: str
    day: dt.date
    reason: str


def mark_addresses(
    opened: Connection, returned: Sequence[Returned], known: Known, *, cause: str, now: Callable[[], dt.datetime]
) -> int:
    """Mark every row where such an address stands, and return how many rows were marked.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; run again.
    """
    newest: dict[str, Returned] = {}
    for one in sorted(returned, key=lambda one: one.day):
        newest[one.address.casefold()] = one
    places = [(table, row, one) for one in newest.values() for table, row, _ in known.standing(one.address)]
    if not places:
        return 0
    with open_desk(opened.client, opened.base, cause, now) as desk:
        marked = sum(_mark(desk, table, row, one) for table, row, one in dict.fromkeys(places))
        desk.told = f"{marked} Adressen, von denen E-Mails zurückkamen" if marked else ""
    return marked


def _mark(desk: Desk, table: str, row: int, one: Returned) -> bool:
    store = desk.stores[table]
    stands = store.get(row)
    if stands is None:
        return False
    before = stands.value(_COLUMN)
    after = add_problem(before, one.address, one.day, one.reason)
    if after == before:
        return False
    desk.lease.ensure()
    link = store.row_url(row)
    desk.journal.announce([Intent(table, row, "E-Mail kam zurück", {_COLUMN: before}, {_COLUMN: after}, link)])
    try:
        return bool(store.swap(row, {_COLUMN: before}, {_COLUMN: after}).applied)
    except RowGone:
        return False
