"""What is known of a guest when an answer comes in: the addresses, what was sent, what was answered before. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from automations.mail.address import bare, mailbox
from schemas.events.choices import Answer
from schemas.events.rules.answering import Phase, phase, takes
from schemas.events.rules.answers import Given
from schemas.events.tables import Event, Invitation
from schemas.time_zone import BERLIN
from sync.identity.display_names import names_other_human
from sync.identity.evidence import Cells


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation; ``own`` are the addresses of the guest (casefolded, former ones too), ``office`` the
    addresses that the guest shares with others of the organisation. ``human`` are the names of the guest (cells of the
    row, former ones among them), nothing where no person was invited.
    """

    event: Event
    invitation: Invitation
    own: frozenset[str] = frozenset()
    office: frozenset[str] = frozenset()
    given: tuple[Given, ...] = ()
    human: Cells = field(default_factory=dict)

    @property
    def row(self) -> int:
        """Return the row of the invitation."""
        return self.invitation.id or 0

    @property
    def name(self) -> str:
        """Return who was invited."""
        return self.invitation.name or "ein Gast ohne Namen"

    def owns(self, address: str) -> bool:
        """Say whether an address is the guest's, also in another form of the same mailbox (``mailbox``).

        Where the guest is known by one with something behind a plus, others may share the mailbox: nobody knows.
        """
        if address in self.own:
            return True
        same = [one for one in self.own if mailbox(one) == mailbox(address)]
        return bool(same) and not any(bare(one) != one for one in same)

    def written_by_another(self, told: str) -> str:
        """Return whose answer it is by the name beside the address, empty unless it is another human than the guest."""
        return told if told and self.human and names_other_human(told, [self.human]) else ""

    @property
    def title(self) -> str:
        """Return the title of the event."""
        return self.event.name or "Veranstaltung ohne Titel"

    @property
    def sequence(self) -> int:
        """Return the stand of the calendar entry that this guest has."""
        return self.invitation.sequence or 0

    @property
    def newest_sequence(self) -> int:
        """Return the newest stand that anybody may have."""
        return max(self.sequence, self.event.sequence or 0)

    def why_not(self, answer: Answer, at: dt.datetime) -> str:
        """Return why an answer of a moment does not count by itself, in German; empty if it does."""
        now = phase(self.event, self.invitation, at)
        return "" if takes(now, answer) else _PHASES[now]


_PHASES = {
    Phase.LATE: "Die Antwort kam nach dem letzten Tag für Antworten.",
    Phase.OVER: "Die Veranstaltung ist schon vorbei.",
    Phase.CALLED_OFF: "Die Veranstaltung ist abgesagt.",
    Phase.UNINVITED: "Dieser Gast ist ausgeladen.",
    Phase.GONE: "Dieser Gast steht nicht mehr auf der Liste.",
}


class Book(Protocol):
    """Where answers look up what they speak of."""

    def invited(self, invitation: int) -> Invited | None:
        """Return an invitation by row, None if it is gone or belongs to no event."""

    def guests(self, addresses: Iterable[str]) -> list[Invited]:
        """Return the invitations of running events whose guest has one of these addresses."""

    def is_ours(self, address: str) -> bool:
        """Say whether one of us, or the mailbox itself, has this address."""

    def name_of(self, address: str) -> str:
        """Return who has an address, empty if nobody whom we know."""

    def is_base(self, mark: str) -> bool:
        """Say whether the mark in a UID is that of this base."""


def shown(moment: dt.datetime | None) -> str:
    """Return a moment as people write it, in Berlin."""
    return "" if moment is None else f"{moment.astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"
