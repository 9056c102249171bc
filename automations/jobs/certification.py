"""Every working day at half past seven: what the running rounds of the certification give to remind of this week.

A mail goes once in a week, whatever day it was found; what staff withdrew in the outbox is not made again.
"""

from __future__ import annotations

import datetime as dt

from automations.certification.reminding import digests, office_of, reminders
from automations.certification.underway import running_rounds
from automations.outbox import enqueue
from automations.workdays import is_free
from schemas.contacts.tables import TeamMember
from schemas.operations.tables import Post
from schemas.time_zone import BERLIN
from sync.clock import utc_now
from sync.connection import open_base
from sync.nocodb.store import TableStore
from sync.outgoing import to_staff
from sync.settings import Settings

NAME = "Erinnerungen zur Zertifizierung"
AT = "07:30"


def run(settings: Settings, now: dt.datetime) -> str:
    """Queue the mails of this week and say in German how many; nothing without a mail server or a running round.

    Raises:
        ConfigError: a setting, a table or a column is missing.
        NocoDBError: the server refused or did not answer; run again, nothing is queued twice.
    """
    today = now.astimezone(BERLIN).date()
    if not settings.smtp_host or is_free(today):
        return ""
    opened = open_base(settings)
    rounds = running_rounds(opened, today)
    if not rounds:
        return ""
    team = list(TableStore(opened.client, opened.base, TeamMember).pull())
    outbox = TableStore(opened.client, opened.base, Post)
    asked = enqueue(outbox, reminders(rounds, office_of(team, today), today), utc_now)
    told = enqueue(outbox, digests(rounds, team, today, to_staff(settings).address), utc_now)
    parts = [f"{asked} Erinnerungen"] if asked else []
    parts += [f"{told} Wochenberichte"] if told else []
    return f"{' und '.join(parts)} in den Postausgang gelegt" if parts else ""
