"""A guest's answer link for staff: copy it, or void it and give out a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from automations.events.tokens import answer_url, open_signer
from automations.outbox import batches
from automations.row_links import LinkBusy, RowLinks
from schemas.events.tables import Invitation
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.settings import Settings

__all__ = ["LinkBusy", "Links", "copy_link", "letter_links", "open_links", "revoke_link"]


@dataclass(frozen=True, slots=True)
class Links(RowLinks):
    """The answer links of one base."""

    gone: ClassVar[str] = "Diese Einladung gibt es nicht mehr."
    busy: ClassVar[str] = "Den Antwort-Link dieser Einladung ändert gerade jemand anderes."


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
