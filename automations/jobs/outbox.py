"""Every minute: send what waits in the outbox, if a mail server is set.

A run sends what the rate allows at once and returns; it never waits with the lease in its hand. While more is waiting
its slot stays due, so that the next turn goes on after a few seconds.
"""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import ExitStack
from functools import partial

from automations.certification.form_links import open_form_links
from automations.certification.form_mail import STAND_IN as FORM_LINK
from automations.certification.form_mail import FormConcerns
from automations.delivery import Sending
from automations.events.concerns import STAND_IN as ANSWER_LINK
from automations.events.concerns import open_concerns
from automations.ledger import Unfinished
from automations.mail import archive
from automations.mail.handed import NAME as MEMORY
from automations.mail.handed import HandedOver
from automations.mail.smtp import open_transport, sender
from automations.mail.trouble import keep_trouble
from automations.outbox import AllConcerns, Concerns, Delivered, batches, describe, queued
from automations.underway import clear_up, on_the_way
from schemas.errors import ConfigError, DeliveryError
from schemas.operations.tables import Post
from sync.clock import utc_now
from sync.connection import Connection, open_base
from sync.desk import open_desk
from sync.nocodb.store import TableStore
from sync.outgoing import Barred, keep_public_checked, to_public
from sync.settings import Settings

NAME = "Postausgang"
EVERY_MINUTES = 1

TURNS = 4
"""Turns of the runner in a minute; each sends this part of what a minute allows, so that the rate is even."""

MOST = 500
"""Messages of one run where no rate is set."""

LONGEST = dt.timedelta(minutes=1)
"""So long a run begins further batches; then others who want to write get a chance."""

MINUTE = dt.timedelta(minutes=1)

WAITING = "E-Mails mit Link warten. {why} Sobald sie antworten, gehen die E-Mails von selbst hinaus."
"""What is told while mails wait for our pages."""

_LINKS = (ANSWER_LINK, FORM_LINK)
"""What stands in stored texts where a link will be."""

log = logging.getLogger(__name__)


def run(settings: Settings, now: dt.datetime) -> str:
    """Send what waits and say in German what became of it; nothing while no server is set or nothing waits.

    Raises:
        ConfigError: a setting is missing, or the server does not know us.
        Postponed: the mail server is not there, or closes every connection; the next turn tries again.
        Unwelcome: the mail server takes nothing from our address; everything waits.
        MailboxAway: the archive is not there, and without it nobody knows what became of a message.
        LeaseHeld: another automatic writer is at work.
        NocoDBError: the server refused or did not answer.
    """
    del now  # each message has its own moment
    if not settings.smtp_host:
        return ""
    keep_public_checked(settings)
    try:
        told = _run(settings)
    except (DeliveryError, ConfigError) as problem:
        keep_trouble(settings.data_dir, str(problem), utc_now())
        raise
    return told


def _run(settings: Settings) -> str:
    opened = open_base(settings)
    store = TableStore(opened.client, opened.base, Post)
    with HandedOver(settings.data_dir / MEMORY) as memory:
        memory.tidy(utc_now())
        rows, waiting = _those_that_may_go(settings, store, memory.due(queued(store), utc_now()))
        done = _turn(settings, opened, memory) if rows or on_the_way(store) else Delivered()
        keep_trouble(settings.data_dir, WAITING.format(why=to_public(settings).problem) if waiting else "", utc_now())
        memory.add(done.counts())
        if done.more:
            return Unfinished(describe(done.counts()))
        return describe(memory.take_counts())


def allowance(memory: HandedOver, per_minute: int, now: dt.datetime) -> int:
    """Return how many messages may go out at once: never more than ``per_minute`` (0: no limit) within any minute."""
    if not per_minute:
        return MOST
    left = per_minute - memory.begun_since(now - MINUTE, now)
    return max(min(left, -(-per_minute // TURNS)), 0)


def _turn(settings: Settings, opened: Connection, memory: HandedOver) -> Delivered:
    """Clear up what is on its way, then send as much as is allowed."""
    look = partial(archive.arrived, settings) if archive.is_set(settings) else None
    with ExitStack() as later:
        transport = later.enter_context(open_transport(settings))
        desk = later.enter_context(open_desk(opened.client, opened.base, NAME, utc_now))
        store, concerns = desk.stores["outbox"], _concerns(settings, opened)
        cleared = clear_up(store, memory, concerns, now=utc_now, look=look)
        rows, _ = _those_that_may_go(settings, store, memory.due(queued(store), utc_now()))
        allowed = allowance(memory, settings.mail_per_minute, utc_now())
        sending = Sending(
            store, transport, memory, sender(settings), utc_now, concerns, desk.lease.ensure, archived=look is not None
        )
        done = sending.deliver(rows[:allowed], utc_now() + LONGEST)
        done.more = done.more or len(rows) > allowed
    return _sum(cleared, done)


def _those_that_may_go(settings: Settings, store: TableStore[Post], rows: list[int]) -> tuple[list[int], set[int]]:
    """Leave mails with a link waiting while our pages do not answer, and return them, too; without any address they are
    withdrawn instead, with a reason.
    """
    if not rows or to_public(settings).barred is not Barred.UNREACHED:
        return rows, set()
    there: dict[int, Post] = {}
    for part in batches(rows):
        there |= store.get_many(part)
    waiting = {row for row, post in there.items() if any(mark in (post.text or "") for mark in _LINKS)}
    if waiting:
        log.warning("the public pages do not answer, mails with a link wait count=%s", len(waiting))
    return [row for row in rows if row not in waiting], waiting


def _concerns(settings: Settings, opened: Connection) -> Concerns:
    """Return what mails are about; in a base without certifications nothing is about one."""
    each: list[Concerns] = [open_concerns(settings, opened)]
    if "certification" in opened.base.tables:
        each.append(FormConcerns(settings, open_form_links(settings, opened)))
    return AllConcerns(each)


def _sum(cleared: Delivered, done: Delivered) -> Delivered:
    done.sent += cleared.sent
    done.held += cleared.held
    done.returned += cleared.returned
    done.looked_for = cleared.looked_for
    return done
