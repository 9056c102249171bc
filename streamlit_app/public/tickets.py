"""The token inside a form: proof that it comes from a page we made for this very link, and the key of its answer.

Cross-site request forgery rides on something the browser sends by itself, a cookie or a login. Here is none: whoever
posts must know the link, and who knows the link may answer anyway; Referrer-Policy keeps it from other sites. What is
left is a form that is sent twice or much later: each ticket ends, and carries the key under which its answer is
written down, so that the second copy of one form is the same answer and not another one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

LIFETIME = dt.timedelta(hours=24)
"""A page that stayed open longer asks to be looked at once more."""

_SALT = "kontaktnetz antwortformular 1"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form carries: the key of its answer, and until when it may be sent (aware UTC)."""

    key: str
    expires: dt.datetime


@dataclass(frozen=True, slots=True)
class Tickets:
    """Makes and reads the tokens of forms; ``secret`` is the key of the answer links. Needs nothing from the base."""

    secret: str

    def issue(self, link: str, now: dt.datetime) -> str:
        """Return a new ticket for the page of this link."""
        return self.renew(link, Ticket(uuid.uuid4().hex, now + LIFETIME))

    def renew(self, link: str, ticket: Ticket) -> str:
        """Return the same ticket once more, for a form that comes back with what was typed."""
        told = {"k": ticket.key, "x": int(ticket.expires.timestamp()), "l": _digest(link)}
        return str(self._serializer().dumps(told))

    def genuine(self, link: str, value: str) -> Ticket | None:
        """Return the ticket of a form of ours for this link, also one that is over; None for any other."""
        try:
            raw = self._serializer().loads(value)
            ticket = Ticket(str(raw["k"]), dt.datetime.fromtimestamp(raw["x"], tz=dt.UTC))
            ours = raw["l"] == _digest(link)
        except (BadData, KeyError, TypeError, ValueError, OverflowError):
            return None
        return ticket if ours else None

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=_SALT)


def _digest(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()[:24]
