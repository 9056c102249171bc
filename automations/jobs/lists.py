"""Every night: bring every list of the directory in, then look for look-alikes and carry out what staff decided."""

from __future__ import annotations

import datetime as dt
import logging

from schemas.errors import KontaktnetzError
from sync.arrival import bring
from sync.connection import open_base
from sync.duplicates import find_duplicates
from sync.settings import Settings
from sync.sources.registry import load_sources
from sync.status import Status

log = logging.getLogger(__name__)

NAME = "Listen einlesen"
AT = "02:30"
"""Time of day on this machine's clock, when nobody edits and lists of the day have arrived."""


class SomeFailed(KontaktnetzError):
    """At least one list could not be brought in; the others were."""


def run(settings: Settings, now: dt.datetime) -> str:
    """Bring every list in, one after the other; one that fails does not stop the others.

    Returns:
        One German line for each list, and one for the look-alikes.

    Raises:
        SomeFailed: a list or the search failed; the message tells of all.
        ConfigError: address or token of NocoDB is missing.
    """
    del now  # each write takes its own moment
    specs = load_sources(settings.sources_file) if settings.sources_file.exists() else {}
    told: list[str] = []
    failed = False
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with Status(settings.status_file) as status:
        for spec in specs.values():
            try:
                report = bring(spec, settings, status, now=_now)
                told.append(f"{spec.title}: {report.writes} Änderungen")
            except KontaktnetzError as problem:
                log.warning("list failed source=%s problem=%s", spec.name, type(problem).__name__)
                failed = True
                told.append(f"{spec.title}: {problem}")
    opened = open_base(settings)
    told.append(find_duplicates(opened.client, opened.base, now=_now).describe().split("\n")[0])
    if failed:
        raise SomeFailed(" | ".join(told), hint="Die anderen Listen sind eingelesen; der nächste Lauf holt es nach.")
    return " | ".join(told)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
