"""What the tab *Danach* shows: figures, lists and groups of one event, from the mirror. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from schemas.contacts.choices import InteractionOrigin
from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.answers import Step
from schemas.events.rules.outcome import Outcome, answer_of, came, could_not_come, is_no_show, outcome
from schemas.events.tables import Invitation
from streamlit_app.frames.records import as_records


@dataclass(frozen=True, slots=True)
class Aftermath:
    """One event as it ended: its invitations, the figures, the lists by name, and the figures of each guest group."""

    invitations: tuple[Invitation, ...]
    told: Outcome
    lists: Mapping[str, Sequence[Invitation]]
    groups: Mapping[int | None, Outcome]
    in_history: int


def read_aftermath(invitations: pd.DataFrame, interactions: pd.DataFrame, event: int) -> Aftermath:
    """Return what became of an event."""
    rows = as_records(invitations[(invitations["event"] == event).fillna(False)], Invitation)
    by_group: dict[int | None, list[Invitation]] = {}
    for row in rows:
        by_group.setdefault(row.guest_group, []).append(row)
    lists = {
        "kamen": [row for row in rows if came(row)],
        "weg": [row for row in rows if is_no_show(row)],
        "abgesagt": [row for row in rows if could_not_come(row)],
        "still": [
            row for row in rows
            if row.state == InvitationState.INVITED and answer_of(row.answer) == Answer.OPEN and not came(row)
        ],
    }  # fmt: skip
    begin = f"{InteractionOrigin.EVENT}:{event}:"
    return Aftermath(
        tuple(rows), outcome(rows), lists, {group: outcome(own) for group, own in by_group.items()},
        int(interactions["ident"].fillna("").str.startswith(begin).sum()),
    )  # fmt: skip


def best_group(groups: Mapping[int | None, Outcome], least: int = 5) -> tuple[int, Outcome] | None:
    """Return the group of which the largest part came, of those with at least so many invited; None without any."""
    able = [
        (group, told) for group, told in groups.items()
        if group is not None and told.reached[Step.INVITED] >= least and told.reached[Step.CAME]
    ]  # fmt: skip
    return max(able, key=lambda g: (g[1].reached[Step.CAME] / g[1].reached[Step.INVITED], -g[0]), default=None)
