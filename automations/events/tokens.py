"""The link by which a guest answers (``automations.row_links``): it names the row of the invitation and its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from automations.row_links import SECRET_FILE, Named, RowSigner, new_mark
from sync.kept_secret import kept_secret
from sync.outgoing import to_public
from sync.settings import Settings

__all__ = ["CALENDAR", "PATH", "SECRET_FILE", "Named", "Signer", "answer_url", "new_mark", "open_signer"]

PATH = "/a/"
"""Answer pages live below this path; it is printed on letters, so it stays."""
CALENDAR = "termin.ics"
"""Below the page of a guest: the event as a file for calendars."""


@dataclass(frozen=True, slots=True)
class Signer(RowSigner):
    """Makes and reads the tokens of invitations."""

    purpose: ClassVar[str] = "antwort"


def open_signer(settings: Settings, base: str) -> Signer:
    """Return the signer of this installation; its key is made when first needed. ``base`` is the id of the base."""
    return Signer(kept_secret(settings.data_dir / SECRET_FILE), base)


def answer_url(settings: Settings, token: str) -> str:
    """Return the address of a guest's answer page, empty where guests could not open it."""
    address = to_public(settings).address
    return f"{address}{PATH}{token}" if address else ""
