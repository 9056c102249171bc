"""From the settings to the real base: one place that knows how our programs sign in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schemas.base import BASE
from sync.mirror import MirrorReport, refresh_mirror
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.settings import Settings


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
    """Refresh the whole mirror once; ``now`` is the aware UTC moment.

    Raises:
        MirrorBusy: another process refreshes this mirror.
        NocoDBError: the server refused or did not answer; the mirror stays as it was.
    """
    opened = open_base(settings)
    return refresh_mirror(opened.client, opened.base, settings.mirror_dir, now)
