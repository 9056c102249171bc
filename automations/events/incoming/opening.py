"""Make everything ready that answers are judged by: the mirror brought up, the base opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from automations.events.incoming.guest_book import NEEDED, GuestBook, running
from automations.events.incoming.intake import Intake
from automations.events.incoming.sent_posts import SentPosts
from automations.events.tokens import open_signer
from automations.incoming.known import Known
from automations.incoming.refreshed import known_on, load_tables
from automations.relations import Tables
from schemas.base import BASE
from sync.connection import Connection, open_base
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.settings import Settings


def anything_running(settings: Settings, now: dt.datetime) -> bool:
    """Say from the mirror as it lies there, without asking the server, whether people may write about an event."""
    return bool(running(load_table(settings.mirror_dir, read_manifest(settings.mirror_dir), "event"), now))


def open_intake(
    settings: Settings, now: dt.datetime, cause: str, clock: Callable[[], dt.datetime]
) -> tuple[Connection, Known, Intake] | None:
    """Bring the mirror up and return what mails are judged by; None while another process is at the mirror.

    Raises:
        ConfigError: a setting is missing, or there is no such base.
        NocoDBError: the server refused or did not answer.
    """
    tables = load_tables(settings, now, NEEDED)
    if tables is None:
        return None
    known = known_on(tables, now)
    opened = open_base(settings)
    return opened, known, Intake(opened, _book(settings, opened, tables, known, now), _posts(settings, opened, tables),
                                 cause, clock)  # fmt: skip


def _book(settings: Settings, opened: Connection, tables: Tables, known: Known, now: dt.datetime) -> GuestBook:
    stores: Mapping[str, TableStore[Any]] = {
        code: TableStore(opened.client, opened.base, BASE.record(code)) for code in ("event", "invitation", "reply")
    }
    ours = (settings.imap_user, settings.smtp_user, settings.mail_from.rpartition("<")[2], settings.mail_archive)
    return GuestBook(stores, tables, known, base=opened.base.id, ours=ours, now=now)


def _posts(settings: Settings, opened: Connection, tables: Tables) -> SentPosts:
    return SentPosts.of(tables["outbox"], open_signer(settings, opened.base.id))
