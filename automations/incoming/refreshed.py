"""The addresses of the base as they stand at this moment, for the jobs that take contacts over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from automations.incoming.known import Known
from automations.relations import Tables
from schemas.time_zone import BERLIN
from sync.connection import refresh_now
from sync.mirror import MirrorBusy
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.settings import Settings

_NEEDED = ("organisation", "person", "function", "team_member")


def load_known(settings: Settings, now: dt.datetime) -> Known | None:
    """Bring the mirror up and return the addresses it holds; None while another process is at it.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    tables = load_tables(settings, now)
    return None if tables is None else known_on(tables, now)


def load_tables(settings: Settings, now: dt.datetime, more: Sequence[str] = ()) -> Tables | None:
    """Bring the mirror up and return the tables of ``Known`` and ``more`` (codes); None while another process is at it.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    try:
        refresh_now(settings, now)
    except MirrorBusy:
        return None
    manifest = read_manifest(settings.mirror_dir)
    return {code: load_table(settings.mirror_dir, manifest, code) for code in (*_NEEDED, *more)}


def known_on(tables: Tables, now: dt.datetime) -> Known:
    """Return the addresses in these tables as they are on this day in Berlin."""
    return Known(tables, now.astimezone(BERLIN).date())
