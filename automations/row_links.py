"""Links that open one row of the base without a sign-in: unguessable, revocable, short enough for a QR code.

A token names a row and its mark, and is signed. Whoever reads the base sees the mark, not the key: nobody but this
installation can make a token. A new mark in the row voids every token before it. What a token is for stands in what is
signed, so that a link of one kind never opens a page of another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import ClassVar

SECRET_FILE = "antworten.secret"  # noqa: S105 - a file name
MARK_BYTES = 6
SIGNATURE_BYTES = 16

SHAPE = r"[1-9][0-9]{0,9}\.[A-Za-z0-9_-]{4,16}\.[A-Za-z0-9_-]{22}"
"""What a token looks like, as a regular expression."""

_PARTS = re.compile(r"([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Named:
    """What a genuine token says: a row, and the mark that must still stand there."""

    row: int
    mark: str

    def holds(self, mark: str | None) -> bool:
        """Say whether this is the mark that stands there now; takes the same time for any wrong one."""
        return hmac.compare_digest((mark or "").encode(), self.mark.encode())


@dataclass(frozen=True, slots=True)
class RowSigner:
    """Makes and reads the tokens of one base; a kind of link has a signer of its own with its own ``purpose``."""

    secret: str
    base: str

    purpose: ClassVar[str]

    def token(self, row: int, mark: str) -> str:
        """Return the token of a row."""
        return f"{row}.{mark}.{self._signature(row, mark)}"

    def read(self, token: str) -> Named | None:
        """Return what a token says, None when it is not ours; the comparison takes the same time for any wrong one."""
        found = _PARTS.fullmatch(token)
        if found is None:
            return None
        row, mark, signature = int(found[1]), found[2], found[3]
        return Named(row, mark) if hmac.compare_digest(self._signature(row, mark), signature) else None

    def _signature(self, row: int, mark: str) -> str:
        told = f"kontaktnetz {self.purpose} 1\n{self.base}\n{row}\n{mark}".encode()
        made = hmac.new(self.secret.encode(), told, hashlib.sha256).digest()[:SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


def new_mark() -> str:
    """Return a new mark for a row."""
    return secrets.token_urlsafe(MARK_BYTES)
