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
from typing import Any, ClassVar

from schemas.errors import KontaktnetzError, RowGone, Transient
from sync.kept_secret import ANSWER_SECRET_FILE
from sync.nocodb.store import TableStore

SECRET_FILE = ANSWER_SECRET_FILE
MARK_BYTES = 6
SIGNATURE_BYTES = 16

TRIES = 3


_BEHIND = ".,;:!?)>]}'\"“”«»"
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
        """Return what a token says, None when it is not ours; the comparison takes the same time for any wrong one.

        What a mail program took into the link with it, a full stop or a bracket behind it, is left out.
        """
        found = _PARTS.fullmatch(token.rstrip(_BEHIND))
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


class LinkBusy(KontaktnetzError, Transient):
    """Others kept changing the mark of the same row."""


@dataclass(frozen=True, slots=True)
class RowLinks:
    """The links of one table, whose rows have a ``mark``; ``gone`` and ``busy`` are German sentences."""

    store: TableStore[Any]
    signer: RowSigner

    gone: ClassVar[str]
    busy: ClassVar[str]

    def token(self, row: int) -> str:
        """Return the token that is good today; a row that never had one gets it.

        Raises:
            RowGone: the row is gone.
            LinkBusy, NocoDBError: it could not be written.
        """
        for _ in range(TRIES):
            stands = self._mark(row)
            mark = stands or new_mark()
            if stands or self.store.claim(row, "mark", mark):
                return self.signer.token(row, mark)
        raise self._busy(row)

    def revoke(self, row: int) -> str:
        """Void every link to this row, and return the token that is good from now on.

        Raises:
            RowGone: the row is gone.
            LinkBusy, NocoDBError: it could not be written; the old link may still hold.
        """
        for _ in range(TRIES):
            fresh = new_mark()
            done = self.store.swap(row, {"mark": self._mark(row)}, {"mark": fresh})
            if done.applied or done.current["mark"] == fresh:
                return self.signer.token(row, fresh)
        raise self._busy(row)

    def _mark(self, row: int) -> str | None:
        found = self.store.get(row)
        if found is None:
            raise RowGone(self.gone, hint="Jemand hat die Zeile gelöscht.", row=row)
        mark: str | None = found.mark
        return mark

    def _busy(self, row: int) -> LinkBusy:
        return LinkBusy(self.busy, hint="Bitte gleich noch einmal.", row=row)
