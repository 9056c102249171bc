"""Signing a person in with their NocoDB account, and asking what they may do in a base.

NocoDB 0.301.3: a wrong password is answered with 400; the token (JWT) lives 10 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.errors import Forbidden, KontaktnetzError, NocoDBError, Unavailable
from sync.nocodb.client import Client
from sync.nocodb.server import read_identity

TIMEOUT = 15.0
"""Seconds a sign-in may take; it hashes a password, which keeps the server busy for a moment."""

SIGN_OUT_TIMEOUT = 5.0
"""Seconds that a sign-out waits for NocoDB; here the session has ended by then."""

PROBE_TIMEOUT = 2.0
"""Seconds for the question whether the server is there at all."""


class Role(StrEnum):
    """What a person may do in a base, as NocoDB names it."""

    OWNER = "owner"
    CREATOR = "creator"
    EDITOR = "editor"
    COMMENTER = "commenter"
    VIEWER = "viewer"
    NONE = "no-access"

    @property
    def may_write(self) -> bool:
        """Say whether rows may be created and changed."""
        return self in (Role.OWNER, Role.CREATOR, Role.EDITOR)

    @property
    def may_read(self) -> bool:
        """Say whether rows may be seen."""
        return self is not Role.NONE


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at a base: their own token (never log it), address, shown name, role."""

    token: str
    email: str
    name: str
    role: Role


def sign_in(url: str, email: str, password: str) -> str:
    """Return the person's own token.

    Raises:
        Forbidden: wrong address or password.
        Unavailable: NocoDB does not answer.
    """
    try:
        answer = Client(url, "", timeout=TIMEOUT).request(
            "POST", "/api/v2/auth/user/signin", json={"email": email, "password": password}
        )
    except Unavailable as problem:
        raise Unavailable(
            "NocoDB ist gerade nicht erreichbar.",
            hint="Zum Anmelden wird es gebraucht. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
            **problem.facts,
        ) from problem
    except NocoDBError as problem:
        if problem.facts.get("status") not in (400, 401, 403, 404):
            raise
        raise Forbidden(
            "E-Mail-Adresse oder Kennwort stimmt nicht.", hint="Bitte prüfen Sie beides noch einmal.", **problem.facts
        ) from problem
    return str(answer["token"])


def look_up(url: str, token: str, base_id: str, *, timeout: float = TIMEOUT, retries: int = 1) -> SignedIn:
    """Return who a token belongs to and which role they have in a base; the owner of the server may do everything.

    Raises:
        Forbidden: the token is void.
    """
    found = read_identity(Client(url, token, user_jwt=True, timeout=timeout, retries=retries), base_id)
    role = Role(found.base_role) if found.base_role in set(Role) else Role.NONE
    if role is Role.NONE and found.super_admin:
        role = Role.OWNER
    return SignedIn(token, found.email, found.email, role)


def sign_out(url: str, token: str) -> None:
    """Void a person's token in NocoDB; it ends everything that began with a sign-in of theirs, on every device.

    Raises:
        Unavailable: NocoDB does not answer; the token is good until its end.
    """
    try:
        Client(url, token, user_jwt=True, timeout=SIGN_OUT_TIMEOUT, retries=0).request(
            "POST", "/api/v2/auth/user/signout", json={}
        )
    except Forbidden:
        return  # void already


def is_up(url: str) -> bool:
    """Say whether a NocoDB answers at this address; takes a few seconds at most and never raises."""
    try:
        Client(url, "", timeout=PROBE_TIMEOUT, retries=0).request("GET", "/api/v1/health", retry=False)
    except KontaktnetzError:
        return False
    return True
