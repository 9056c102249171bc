"""What somebody was invited to, and what came of it: the invitations of one person or organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from schemas.events.tables import Event, Invitation
from streamlit_app.frames.records import as_records

_EARLY = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation beside its event."""

    event: Event
    invitation: Invitation


def invitations_of(events: pd.DataFrame, invitations: pd.DataFrame, side: str, row: int) -> list[Invited]:
    """Return what a person or organisation (``side``) was invited to, the latest event first."""
    mine = as_records(invitations[(invitations[side] == row).fillna(False)], Invitation)
    wanted = {one.event for one in mine}
    by_row = {event.id: event for event in as_records(events[events["id"].isin(wanted)], Event)}
    found = [Invited(by_row[one.event], one) for one in mine if one.event in by_row]
    return sorted(found, key=lambda i: (i.event.starts_at or _EARLY, i.invitation.id or 0), reverse=True)
