"""Every Monday at seven: put each one's week into the outbox."""

from __future__ import annotations

import datetime as dt

from automations.digest import letters
from automations.outbox import enqueue
from schemas.base import BASE
from schemas.operations.tables import Post
from schemas.time_zone import BERLIN
from sync.connection import open_base
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.outgoing import to_staff
from sync.settings import Settings

NAME = "Wochenpost"
AT = "07:00"
WEEKDAY = 0


def run(settings: Settings, now: dt.datetime) -> str:
    """Compose from the mirror and queue; a letter of this week that stands there already is not made again.

    Raises:
        ConfigError: a setting is missing.
        NocoDBError: the server refused or did not answer.
    """
    if not settings.smtp_host:
        return ""
    manifest = read_manifest(settings.mirror_dir)
    tables = {code: load_table(settings.mirror_dir, manifest, code) for code in BASE.tables}
    found = letters(tables, now.astimezone(BERLIN).date(), to_staff(settings).address)
    if not found:
        return "niemand hat etwas zu tun"
    opened = open_base(settings)
    queued = enqueue(TableStore(opened.client, opened.base, Post), found, lambda: dt.datetime.now(dt.UTC))
    return f"{queued} Briefe in den Postausgang gelegt"
