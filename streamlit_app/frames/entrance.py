"""What the door of an event looks like in the mirror: who is there, who is missing, what was tried. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from automations.events.check_in import as_guest
from schemas.events.choices import Admission
from schemas.events.rules.admission import Tally, tally
from schemas.events.rules.answers import is_expected
from schemas.events.tables import CheckIn, Invitation
from streamlit_app.frames.records import as_records


@dataclass(frozen=True, slots=True)
class Entrance:
    """``log`` holds every try, the newest first, one row for each nonce."""

    counted: Tally
    there: list[Invitation]
    missing: list[Invitation]
    log: list[CheckIn]

    @property
    def turned_away(self) -> list[CheckIn]:
        """Return the tries that let nobody in."""
        return [row for row in self.log if row.result in (Admission.REFUSED, Admission.ALREADY)]


def read_entrance(invitations: pd.DataFrame, check_ins: pd.DataFrame, event: int, capacity: int | None) -> Entrance:
    """Return the door of one event."""
    guests = as_records(invitations[(invitations["event"] == event).fillna(False)], Invitation)
    rows = as_records(check_ins[(check_ins["event"] == event).fillna(False)].sort_values("id"), CheckIn)
    once = list({row.ident or f"row {row.id}": row for row in reversed(rows)}.values())  # of doubles the first
    log = sorted(once, key=lambda row: (row.at is not None, row.at, row.id or 0), reverse=True)
    seen = [as_guest(row) for row in guests]
    pairs = list(zip(guests, seen, strict=True))
    return Entrance(
        tally(seen, capacity),
        sorted((row for row, guest in pairs if guest.since), key=lambda row: (row.name or "").casefold()),
        sorted(
            (row for row, g in pairs if not g.since and is_expected(g.state, g.answer, g.place)),
            key=lambda row: (row.name or "").casefold(),
        ),
        log,
    )
