"""The sign-in cookie: signed, HttpOnly, self-contained, so that it survives a reload and a restart of the server.

It carries the person's own NocoDB token; writing with it lets NocoDB's rights and authorship hold.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from schemas.moments import AHEAD
from sync.nocodb.accounts import Role, SignedIn

NAME = "kontaktnetz_anmeldung"
LIFETIME = dt.timedelta(hours=10)
"""No sign-in lasts longer; NocoDB's own token lives just as long."""

_SALT = "kontaktnetz anmeldung 1"


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in person in one browser, until ``expires`` (aware UTC)."""

    id: str
    token: str
    email: str
    name: str
    role: Role
    expires: dt.datetime


def issue(secret: str, person: SignedIn, now: dt.datetime) -> str:
    """Return the cookie value for a person who has just signed in."""
    ends = now + LIFETIME
    if token_end := _token_end(person.token):
        ends = min(ends, token_end)
    payload = {
        "s": secrets.token_urlsafe(12),
        "t": person.token,
        "m": person.email,
        "n": person.name,
        "r": person.role.value,
        "x": int(ends.timestamp()),
    }
    return str(_serializer(secret).dumps(payload))


def read(secret: str, value: str | None, now: dt.datetime) -> Session | None:
    """Return the session in a cookie; None when it is missing, forged, broken or over."""
    if not value:
        return None
    try:
        raw = _serializer(secret).loads(value)
        expires = dt.datetime.fromtimestamp(raw["x"], tz=dt.UTC)
        session = Session(raw["s"], raw["t"], raw["m"], raw["n"], Role(raw["r"]), expires)
    except (BadData, KeyError, ValueError, TypeError):
        return None
    if session.expires - now > LIFETIME + AHEAD:
        return None  # issued by a clock that was ahead
    return session if now < session.expires and session.role.may_read else None


def _serializer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=_SALT)


def _token_end(token: str) -> dt.datetime | None:
    """Return when NocoDB's token ends by its own word; it is checked by NocoDB, here it only bounds the cookie."""
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return dt.datetime.fromtimestamp(claims["exp"], tz=dt.UTC)
    except (IndexError, ValueError, KeyError, TypeError):
        return None
