"""Every five minutes: send what waits in the outbox, if a mail server is set."""

from __future__ import annotations

import datetime as dt

from automations.mail.smtp import open_transport, sender
from automations.outbox import deliver, waiting
from schemas.operations.tables import Post
from sync.connection import open_base
from sync.desk import open_desk
from sync.nocodb.store import TableStore
from sync.settings import Settings

NAME = "Postausgang"
EVERY_MINUTES = 5


def run(settings: Settings, now: dt.datetime) -> str:
    """Send what waits and say in German what became of it; nothing while no server is set or nothing waits.

    Raises:
        ConfigError: a setting is missing, or the server does not know us.
        Postponed: the mail server is not there; the next turn tries again.
        LeaseHeld: another automatic writer is at work.
        NocoDBError: the server refused or did not answer.
    """
    del now  # each message has its own moment
    if not settings.smtp_host:
        return ""
    opened = open_base(settings)
    if not waiting(TableStore(opened.client, opened.base, Post)):
        return ""
    with (
        open_transport(settings) as transport,
        open_desk(opened.client, opened.base, NAME, _now) as desk,
    ):
        store = desk.stores["outbox"]
        done = deliver(store, waiting(store), transport, sender=sender(settings), now=_now, ensure=desk.lease.ensure)
        return done.describe()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
