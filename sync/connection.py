"""From the settings to the real base: one place that knows how our programs sign in."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from schemas.base import BASE
from schemas.errors import Forbidden
from sync.mirror import MirrorReport, refresh_mirror
from sync.mirror.members import write_members
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.server import list_users
from sync.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connection:
    """A client with our token, and the base as it stands at this moment."""

    client: Client
    base: ResolvedBase


def make_client(settings: Settings) -> Client:
    """Return a client with our token.

    Raises:
        ConfigError: address or token of NocoDB is missing.
    """
    settings.require_server()
    return Client(settings.nocodb_url, settings.nocodb_token.get_secret_value())


def open_base(settings: Settings) -> Connection:
    """Sign in and read the shape of the base.

    Raises:
        ConfigError: address or token is missing, or there is no such base.
        NocoDBError: the server refused or did not answer.
    """
    client = make_client(settings)
    return Connection(client, resolve(client, BASE, settings.nocodb_base))


def refresh_now(settings: Settings, now: dt.datetime) -> MirrorReport:
    """Refresh the whole mirror once, and who may see it; ``now`` is the aware UTC moment.

    Raises:
        MirrorBusy: another process refreshes this mirror.
        NocoDBError: the server refused or did not answer; the mirror stays as it was.
    """
    opened = open_base(settings)
    report = refresh_mirror(opened.client, opened.base, settings.mirror_dir, now)
    try:
        members = list_users(opened.client, opened.base.id)
    except Forbidden:
        log.info("our account may not ask who is a member")
    else:
        write_members(settings.mirror_dir, {m.email: m.role for m in members})
    return report
