"""A guest's answer link for staff: copy it, or void it and give out a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from automations.events.tokens import Signer, answer_url, new_mark, open_signer
from automations.outbox import batches
from schemas.errors import KontaktnetzError, RowGone, Transient
from schemas.events.tables import Invitation
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.settings import Settings

TRIES = 3


class LinkBusy(KontaktnetzError, Transient):
    """Others kept changing the mark of the same invitation."""


@dataclass(frozen=True, slots=True)
class Links:
    """The answer links of one base."""

    store: TableStore[Invitation]
    signer: Signer

    def token(self, invitation: int) -> str:
        """Return the token that is good today; an invitation that never had one gets it.

        Raises:
            RowGone: the invitation is gone.
            LinkBusy, NocoDBError: it could not be written.
        """
        for _ in range(TRIES):
            stands = self._row(invitation).mark
            mark = stands or new_mark()
            if stands or self.store.claim(invitation, "mark", mark):
                return self.signer.token(invitation, mark)
        raise _busy(invitation)

    def revoke(self, invitation: int) -> str:
        """Void every link that this guest has, and return the token that is good from now on.

        Raises:
            RowGone: the invitation is gone.
            LinkBusy, NocoDBError: it could not be written; the old link may still hold.
        """
        for _ in range(TRIES):
            fresh = new_mark()
            done = self.store.swap(invitation, {"mark": self._row(invitation).mark}, {"mark": fresh})
            if done.applied or done.current["mark"] == fresh:
                return self.signer.token(invitation, fresh)
        raise _busy(invitation)

    def _row(self, invitation: int) -> Invitation:
        found = self.store.get(invitation)
        if found is None:
            raise RowGone("Diese Einladung gibt es nicht mehr.", hint="Jemand hat sie gelöscht.", row=invitation)
        return found


def open_links(settings: Settings, opened: Connection) -> Links:
    """Return the links of a base, written with the token of whoever opened it."""
    return Links(TableStore(opened.client, opened.base, Invitation), open_signer(settings, opened.base.id))


def letter_links(settings: Settings, opened: Connection, invitations: Sequence[int]) -> dict[int, str]:
    """Return the addresses of guests' pages to print, by invitation, as they are good at this moment.

    Raises:
        LinkBusy, NocoDBError: a mark could not be read or written.
    """
    links = open_links(settings, opened)
    there: dict[int, Invitation] = {}
    for part in batches(invitations):
        there |= links.store.get_many(part)
    return {
        row: answer_url(settings, links.signer.token(row, one.mark) if one.mark else links.token(row))
        for row, one in there.items()
    }  # fmt: skip


def copy_link(settings: Settings, opened: Connection, invitation: int) -> str:
    """Return the address of a guest's page, to copy. Raises what ``Links.token`` raises."""
    return answer_url(settings, open_links(settings, opened).token(invitation))


def revoke_link(settings: Settings, opened: Connection, invitation: int) -> str:
    """Void a guest's links and return the address of the new one. Raises what ``Links.revoke`` raises."""
    return answer_url(settings, open_links(settings, opened).revoke(invitation))


def _busy(invitation: int) -> LinkBusy:
    return LinkBusy(
        "Den Antwort-Link dieser Einladung ändert gerade jemand anderes.", hint="Bitte gleich noch einmal.",
        row=invitation,
    )  # fmt: skip
