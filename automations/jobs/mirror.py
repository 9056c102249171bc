"""Keep the mirror fresh where no dashboard runs that would do it."""

from __future__ import annotations

import datetime as dt

from sync.connection import refresh_now
from sync.mirror import MirrorBusy
from sync.settings import Settings

NAME = "Spiegel auffrischen"
EVERY_MINUTES = 5


def run(settings: Settings, now: dt.datetime) -> str:
    """Refresh the mirror and say in German what came of it; another process at the same work is no error.

    Raises:
        NocoDBError: the server refused or did not answer; the mirror stays as it was.
    """
    try:
        report = refresh_now(settings, now)
    except MirrorBusy:
        return "wird gerade von einem anderen Vorgang aufgefrischt"
    return f"{sum(report.rows.values())} Zeilen, {len(report.changed)} Tabellen waren geändert"
