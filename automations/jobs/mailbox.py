"""Every ten minutes: take contacts over from the mailbox, if one is set."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from automations.incoming import mails
from automations.incoming.bounced import Returned, mark_addresses
from automations.incoming.entries import Found, bring_contacts
from automations.incoming.known import Known
from automations.incoming.mails import Mail, MailKind
from automations.incoming.memory import NAME as MEMORY
from automations.incoming.memory import Memory
from automations.incoming.refreshed import load_known
from automations.mail.imap import Folder, open_folder, open_mailbox
from schemas.contacts.choices import InteractionKind, InteractionOrigin
from sync.connection import Connection, open_base
from sync.settings import Settings

NAME = "Kontakte aus dem Postfach"
EVERY_MINUTES = 10
BATCH = 100
"""Mails that are read together; so many are looked at anew after a kill."""

NOTE_ROOM = 5_000
"""Characters of a mail's text that are kept, when texts are kept at all."""


def run(settings: Settings, now: dt.datetime) -> str:
    """Read what came since the last time and say in German what came of it; nothing while no mailbox is set.

    Raises:
        ConfigError: the mailbox does not know us or lacks a folder, or a setting is missing.
        MailboxAway: the mailbox is not there.
        LeaseHeld: another automatic writer is at work; the next turn goes on.
        NocoDBError: the server refused or did not answer.
    """
    if not settings.imap_host:
        return ""
    memory = Memory(settings.data_dir / MEMORY)
    reader: _Reader | None = None
    with open_mailbox(settings) as box:
        for name in settings.mail_folders:
            folder = open_folder(box, name)
            numbers = folder.numbers_after(memory.read_until(name, folder.validity))
            for start in range(0, len(numbers), BATCH):
                if reader is None:
                    known = load_known(settings, now)
                    if known is None:
                        return ""
                    reader = _Reader(open_base(settings), known, settings.imap_text, now)
                batch = numbers[start : start + BATCH]
                reader.take(folder, batch)
                memory.keep_until(name, folder.validity, batch[-1])
    return reader.describe() if reader else ""


@dataclass(slots=True)
class _Reader:
    opened: Connection
    known: Known
    with_text: bool
    now: dt.datetime
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, folder: Folder, numbers: list[int]) -> None:
        """Take over what one batch of mails tells."""
        read = {n: mails.read_mail(headers, self.now) for n, headers in folder.headers(numbers).items()}
        personal = {n: mail for n, mail in read.items() if mail.kind == MailKind.PERSONAL}
        returned = {n: mail for n, mail in read.items() if mail.kind == MailKind.BOUNCE}
        whole = folder.whole([*(n for n, mail in personal.items() if self._needs_text(mail)), *returned])
        brought = bring_contacts(
            self.opened,
            [self._found(mail, whole.get(n)) for n, mail in personal.items()],
            self.known,
            origin=InteractionOrigin.MAIL,
            cause=NAME,
            now=_moment,
        )
        marked = mark_addresses(self.opened, _returned(returned, whole), self.known, cause=NAME, now=_moment)
        self.counts += Counter(
            new=brought.new, strangers=brought.strangers, circulars=brought.circulars, marked=marked,
            automatic=sum(mail.kind in (MailKind.AUTOMATIC, MailKind.LIST) for mail in read.values()),
        )  # fmt: skip

    def describe(self) -> str:
        """Return it in German, nothing if nothing was read."""
        words = {
            "new": "Kontakte eingetragen", "marked": "Adressen als unzustellbar vermerkt",
            "strangers": "E-Mails ohne bekannte Adresse", "circulars": "Rundschreiben",
            "automatic": "automatische oder Listen-E-Mails nicht gezählt",
        }  # fmt: skip
        return ", ".join(f"{self.counts[code]} {word}" for code, word in words.items() if self.counts[code])

    def _needs_text(self, mail: Mail) -> bool:
        """Say whether a mail has to be read whole: its text is wanted, or one of us passes on what a stranger wrote."""
        who = self.known.who(mail.addresses)
        return bool(who.parties) if self.with_text else who.member is not None and not who.parties

    def _found(self, mail: Mail, whole: Message | None) -> Found:
        addresses, note = mail.addresses, ""
        if whole is not None and not self.known.who(addresses).parties:
            addresses = (*addresses, *mails.forwarded_addresses(whole))
        if whole is not None and self.with_text:
            note = mails.text_of(whole)[:NOTE_ROOM]
        return Found(mail.ident, mail.day, InteractionKind.MAIL, mail.subject, addresses, note)


def _returned(bounces: Mapping[int, Mail], whole: Mapping[int, Message]) -> list[Returned]:
    return [
        Returned(bounce.address, mail.day, bounce.reason)
        for n, mail in bounces.items()
        if n in whole
        for bounce in mails.read_bounces(whole[n])
    ]


def _moment() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
