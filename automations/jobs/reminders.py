"""Every working day at eight: remind by mail exactly those who were invited, reached, and have not answered.

Who is invited by letter or phone is named on the page, for a person to write or call. A mail that ever stood in the
outbox is not made again, not even when staff withdrew it: they had a reason.
"""

from __future__ import annotations

import datetime as dt

from automations.events.reminding import Plan, plan
from automations.events.replies import undecided_invitations
from automations.events.sending import NotSent, Sender
from automations.events.sending_plan import key_of
from automations.events.wording import WordingError
from automations.workdays import is_free
from schemas.base import BASE
from schemas.events.choices import EventState
from schemas.events.tables import Event, Invitation, Reply
from schemas.operations.choices import PostKind
from schemas.operations.tables import Post
from schemas.time_zone import BERLIN
from sync.connection import Connection, open_base
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.outgoing import keep_public_checked
from sync.settings import Settings

NAME = "Erinnerungen an Einladungen"
AT = "08:00"


def run(settings: Settings, now: dt.datetime) -> str:
    """Queue the reminders of today and say in German how many; an event that cannot be worded stops no other.

    Raises:
        ConfigError: a setting, a table or a column is missing.
        NocoDBError: the server refused or did not answer; run again, nothing is queued twice.
    """
    today = now.astimezone(BERLIN).date()
    if is_free(today):
        return ""
    keep_public_checked(settings)
    opened = open_base(settings)
    told = [line for due in plans(opened, today) if (line := _remind(settings, opened, due, today))]
    return "; ".join(told)


def plans(opened: Connection, today: dt.date) -> list[Plan]:
    """Return for every running event who is to be reminded today; events without anybody are left out."""
    events = TableStore(opened.client, opened.base, Event)
    guests = TableStore(opened.client, opened.base, Invitation)
    undecided = undecided_invitations(TableStore(opened.client, opened.base, Reply))
    found = []
    for event in events.pull(where=events.condition("state", EventState.OPEN)):
        due = plan(event, guests.pull(where=guests.condition("event", event.id)), today, is_free, undecided)
        if due.mail or due.by_hand:
            found.append(due)
    return found


def _remind(settings: Settings, opened: Connection, due: Plan, today: dt.date) -> str:
    told = []
    try:
        if queued := _queue(settings, opened, due, today):
            told.append(f"{queued} in den Postausgang gelegt")
    except (NotSent, WordingError) as problem:
        told.append(str(problem))
    if due.by_hand:
        told.append(f"{len(due.by_hand)} per Brief oder Telefon zu erinnern")
    return f"{due.event.name}: {', '.join(told)}" if told else ""


def _queue(settings: Settings, opened: Connection, due: Plan, today: dt.date) -> int:
    """Queue the mails of one event that were never queued, and return how many."""
    keys = {row.id: key_of(PostKind.REMINDER, row, 0) for row in due.mail if row.id is not None}
    known = TableStore(opened.client, opened.base, Post).find_idents(list(keys.values()))
    fresh = [row for row, key in keys.items() if key not in known]
    if not fresh or due.event.id is None:
        return 0
    if not settings.smtp_host:
        raise NotSent(f"{len(fresh)} E-Mails warten, es ist kein Mailserver eingestellt.")
    manifest = read_manifest(settings.mirror_dir)
    tables = {code: load_table(settings.mirror_dir, manifest, code) for code in BASE.tables}
    sender = Sender(settings, opened, tables, due.event.id, today, lambda: dt.datetime.now(dt.UTC))
    return sender.queue(PostKind.REMINDER, fresh).new
