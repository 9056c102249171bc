"""Who we are at a NocoDB server, who else is there, and what kind of server it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schemas.errors import NocoDBError
from sync.nocodb.client import Client

TESTED_VERSION = "0.301.3"
"""The version all workarounds here were seen in."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The account behind our credential; ``base_role`` is empty when it has none in the base."""

    id: str
    email: str
    super_admin: bool
    base_role: str


@dataclass(frozen=True, slots=True)
class BaseUser:
    """A member of a base."""

    id: str
    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What the server tells about itself; it does not tell its version, so features must be tried."""

    enterprise: bool
    invite_only: bool
    telemetry: bool
    site_url: str


def read_identity(client: Client, base_id: str | None = None) -> Identity:
    """Return the account we act as, with its role in a base.

    Only the v1 form of the call tells the role. A void credential is answered with the role "guest", not with 401.

    Raises:
        Forbidden: the server does not know the credential.
    """
    params = {"base_id": base_id} if base_id else None
    answer = client.request("GET", "/api/v1/auth/user/me", params=params)
    if not answer.get("email"):
        client.request("GET", "/api/v2/meta/bases")  # answers 401 with the error that says what to do
    roles = answer.get("roles") or {}
    given = answer.get("base_roles") or {}
    return Identity(
        id=str(answer.get("id") or ""),
        email=str(answer.get("email") or ""),
        super_admin=bool(roles.get("super")) if isinstance(roles, dict) else "super" in str(roles),
        base_role=next((str(name) for name, has in given.items() if has), ""),
    )


def list_users(client: Client, base_id: str) -> tuple[BaseUser, ...]:
    """Return the members of a base (owners and editors may ask; people without a role are left out)."""
    answer = client.request("GET", f"/api/v2/meta/bases/{base_id}/users")
    return tuple(
        BaseUser(str(u["id"]), str(u["email"]), str(u.get("display_name") or ""), str(u["roles"]))
        for u in answer["users"]["list"]
        if u.get("roles") and u["roles"] != "no-access"
    )


def read_info(client: Client) -> ServerInfo:
    """Return what the server tells about itself, without needing rights.

    Raises:
        NocoDBError: something else than NocoDB answers.
    """
    answer: Any = client.request("GET", "/api/v2/meta/nocodb/info")
    if not isinstance(answer, dict) or "ee" not in answer:
        raise NocoDBError(
            f"Unter {client.url} antwortet etwas anderes als NocoDB.",
            hint="Bitte prüfen Sie die Adresse bei NOCODB_URL in der Datei .env.",
        )
    return ServerInfo(
        enterprise=bool(answer["ee"]),
        invite_only=bool(answer.get("inviteOnlySignup")),
        telemetry=bool(answer.get("teleEnabled")),
        site_url=str(answer.get("ncSiteUrl") or ""),
    )
