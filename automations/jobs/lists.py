"""Every night: bring every list of the directory in, then look for look-alikes and carry out what staff decided."""

from __future__ import annotations

import datetime as dt

from automations.certification.merging import follow_sites
from automations.deliveries import SomeFailed, bring_each
from sync.clock import utc_now
from sync.connection import open_base
from sync.duplicates import find_duplicates
from sync.settings import Settings
from sync.sources.registry import load_sources

NAME = "Listen einlesen"
AT = "02:30"
"""Time of day in Berlin when nobody edits and the lists of the day have arrived."""


def run(settings: Settings, now: dt.datetime) -> str:
    """Bring every list in, one after the other; one that fails does not stop the others.

    Returns:
        One German line for each list, one for the look-alikes, and one for certifications of sites that became one.

    Raises:
        SomeFailed: a list or the search failed; the message tells of all.
        ConfigError: address or token of NocoDB is missing.
    """
    del now  # each write takes its own moment
    specs = load_sources(settings.sources_file) if settings.sources_file.exists() else {}
    brought = list(bring_each(specs.values(), settings))
    opened = open_base(settings)
    found = find_duplicates(opened.client, opened.base, now=utc_now).describe().split("\n")[0]
    followed = follow_sites(opened, utc_now).describe()
    told = " | ".join([*(each.line for each in brought), found, *([f"Zertifizierung: {followed}"] if followed else [])])
    if any(each.problem for each in brought):
        raise SomeFailed(told, hint="Die anderen Listen sind eingelesen; der nächste Lauf holt es nach.")
    return told
