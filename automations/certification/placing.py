"""Taking placements into a round: each once, with the person who looks after volunteers there.

The seminar seat belongs to the person, the seal to the placement. What stands already is looked up under the lease;
killed anywhere and run again it ends the same, and its run takes it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.certification.choices import Phase
from schemas.certification.tables import Certification
from sync.connection import Connection
from sync.desk import open_desk

CHUNK = 100
"""Rows that are announced in the journal together, before the first of them is written."""

Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A placement to be taken in: its row, its name as on the certificate, its coordinator, and where to write to."""

    site: int
    name: str
    coordinator: int | None = None
    mail: str = ""


@dataclass(slots=True)
class TakenIn:
    """What became of it: the run in the journal, the rows that were made, and how many stood there already."""

    run: str
    made: tuple[Certification, ...] = ()
    there: int = 0


def ident_of(round_row: int, site: int) -> str:
    """Return the ident of a placement in a round: it is in it once."""
    return f"fall:{round_row}:o{site}"


def take_in(
    opened: Connection, round_row: int, newcomers: Sequence[Newcomer], now: Now, today: dt.date
) -> TakenIn:  # fmt: skip
    """Put placements into a round; one that is in it already, by whatever hand, is left as it is.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer; run again.
    """
    with open_desk(opened.client, opened.base, "Zertifizierung: Einrichtungen aufgenommen", now) as desk:
        store = desk.stores["certification"]
        done = TakenIn(desk.journal.run)
        there = {row.site for row in store.pull(["site", "round"], where=store.condition("round", round_row))}
        fresh = {one.site: one for one in newcomers if one.site not in there}
        done.there = len({one.site for one in newcomers}) - len(fresh)
        rows = [_row(round_row, one, today) for one in fresh.values()]
        made: list[Certification] = []
        for begin in range(0, len(rows), CHUNK):
            desk.lease.ensure()
            part = rows[begin : begin + CHUNK]
            desk.journal.announce_new("certification", [row.ident or "" for row in part], store.table_url())
            made += store.get_many(store.create(part)).values()
        done.made = tuple(made)
        desk.told = f"{len(done.made)} Einrichtungen aufgenommen"
    return done


def _row(round_row: int, one: Newcomer, today: dt.date) -> Certification:
    return Certification(
        name=one.name or None, site=one.site, coordinator=one.coordinator, round=round_row, phase=Phase.SEMINAR,
        phase_since=today, mail=one.mail or None, ident=ident_of(round_row, one.site),
    )  # fmt: skip
