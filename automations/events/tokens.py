"""The link by which a guest answers: unguessable, revocable, short enough for a QR code on a letter.

A token names the row of the invitation and its mark, and is signed. Whoever reads the base sees the mark, not the key:
nobody but this installation can make a token. A new mark in the invitation voids every token before it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from sync.kept_secret import kept_secret
from sync.settings import Settings

SECRET_FILE = "antworten.secret"  # noqa: S105 - a file name
MARK_BYTES = 6
SIGNATURE_BYTES = 16
PATH = "/a/"
"""Answer pages live below this path; it is printed on letters, so it stays."""
CALENDAR = "termin.ics"
"""Below the page of a guest: the event as a file for calendars."""

_SHAPE = re.compile(r"([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Named:
    """What a genuine token says: the row of the invitation, and the mark that must still stand there."""

    invitation: int
    mark: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and reads the tokens of one base."""

    secret: str
    base: str

    def token(self, invitation: int, mark: str) -> str:
        """Return the token of an invitation."""
        return f"{invitation}.{mark}.{self._signature(invitation, mark)}"

    def read(self, token: str) -> Named | None:
        """Return what a token says, None when it is not ours; the comparison takes the same time for any wrong one."""
        found = _SHAPE.fullmatch(token)
        if found is None:
            return None
        row, mark, signature = int(found[1]), found[2], found[3]
        return Named(row, mark) if hmac.compare_digest(self._signature(row, mark), signature) else None

    def _signature(self, invitation: int, mark: str) -> str:
        told = f"kontaktnetz antwort 1\n{self.base}\n{invitation}\n{mark}".encode()
        made = hmac.new(self.secret.encode(), told, hashlib.sha256).digest()[:SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


def new_mark() -> str:
    """Return a new mark for an invitation."""
    return secrets.token_urlsafe(MARK_BYTES)


def open_signer(settings: Settings, base: str) -> Signer:
    """Return the signer of this installation; its key is made when first needed. ``base`` is the id of the base."""
    return Signer(kept_secret(settings.data_dir / SECRET_FILE), base)


def answer_url(settings: Settings, token: str) -> str:
    """Return the address of a guest's answer page."""
    return f"{settings.answer_address}{PATH}{token}"
