"""Every ten minutes: take contacts and answers to invitations over from the mailbox, if one is set.

A mail that is about an invitation and nothing else stands in Rückmeldungen, not in the Kontaktverlauf as well. In a
folder that is searched for answers only (the inbox) every other mail stays unread and untold.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import partial

from automations.events.incoming.intake import Intake, describe
from automations.events.incoming.opening import anything_running, open_intake
from automations.incoming import mails
from automations.incoming.bounced import Returned, mark_addresses
from automations.incoming.bounces import read_bounces
from automations.incoming.entries import Found, bring_contacts
from automations.incoming.known import Known
from automations.incoming.mails import Mail, MailKind
from automations.incoming.memory import NAME as MEMORY
from automations.incoming.memory import Memory
from automations.mail.imap import Folder, open_folder, open_mailbox
from schemas.contacts.choices import InteractionKind, InteractionOrigin
from sync.connection import Connection
from sync.settings import Settings

NAME = "Kontakte aus dem Postfach"
EVERY_MINUTES = 10
BATCH = 100
"""Mails that are read together; so many are looked at anew after a kill."""

ANSWERS = "Antworten auf Einladungen"
"""The name under which answers stand in the run book."""

FIRST = dt.timedelta(days=60)
"""So far back a folder is searched for answers when that is done for the first time."""

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
        for name in _folders(settings, now):
            folder = open_folder(box, name)
            contacts = name in settings.mail_folders
            for batch in _batches(folder, memory.read_until(name, folder.validity), contacts, now):
                reader = reader or _open_reader(settings, now)
                if reader is None:
                    return ""
                reader.take(folder, batch, contacts=contacts)
                memory.keep_until(name, folder.validity, batch[-1])
    return reader.describe() if reader else ""


def _folders(settings: Settings, now: dt.datetime) -> tuple[str, ...]:
    """Return the folders to be read; those for answers only while there is anything to be answered."""
    if not settings.answer_only_folders or not anything_running(settings, now):
        return settings.mail_folders
    return (*settings.mail_folders, *settings.answer_only_folders)


def _batches(folder: Folder, until: int, contacts: bool, now: dt.datetime) -> Iterator[list[int]]:
    """Yield the numbers of new mails; an inbox that is searched for answers is not read from its very beginning."""
    since = None if contacts or until else now.date() - FIRST
    numbers = folder.numbers_after(until, since)
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))


def _open_reader(settings: Settings, now: dt.datetime) -> _Reader | None:
    found = open_intake(settings, now, ANSWERS, _moment)
    return None if found is None else _Reader(*found, settings.imap_text, now)


@dataclass(slots=True)
class _Reader:
    opened: Connection
    known: Known
    intake: Intake
    with_text: bool
    now: dt.datetime
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, folder: Folder, numbers: list[int], *, contacts: bool) -> None:
        """Take over what one batch of mails tells: answers to invitations first, then contacts, if they count here."""
        headers = folder.headers(numbers)
        about_invitations = self._take_answers(folder, headers)
        read = {n: mails.read_mail(message, self.now) for n, message in headers.items() if n not in about_invitations}
        returned = {n: mail for n, mail in read.items() if mail.kind == MailKind.BOUNCE} if contacts else {}
        personal = {n: mail for n, mail in read.items() if mail.kind == MailKind.PERSONAL} if contacts else {}
        whole = folder.whole([*(n for n, mail in personal.items() if self._needs_text(mail)), *returned])
        personal = self._with_words(folder, personal)
        told = {n: mails.read_mail(message, self.now) for n, message in about_invitations.items()}
        returned |= {n: mail for n, mail in told.items() if mail.kind == MailKind.BOUNCE}
        whole |= about_invitations
        brought = bring_contacts(
            self.opened,
            [self._found(mail, whole.get(n)) for n, mail in personal.items()],
            self.known,
            origin=InteractionOrigin.MAIL,
            cause=NAME,
            now=_moment,
        )
        marked = mark_addresses(self.opened, _returned(returned, whole), self.known, cause=NAME, now=_moment)
        self.counts += Counter(new=brought.new, marked=marked)
        if contacts:
            automatic = sum(mail.kind in (MailKind.AUTOMATIC, MailKind.LIST) for mail in read.values())
            self.counts += Counter(strangers=brought.strangers, circulars=brought.circulars, automatic=automatic)

    def _take_answers(self, folder: Folder, headers: Mapping[int, Message]) -> dict[int, Message]:
        """Take down answers to invitations, and return the mails that are about nothing else."""
        structures = folder.structures(list(headers))
        may = [n for n, message in headers.items() if self.intake.may_concern(message, structures.get(n, ""))]
        whole = folder.whole(may)
        judged = self.intake.take([partial(self.intake.judge, message) for message in whole.values()])
        return {n: message for (n, message), one in zip(whole.items(), judged, strict=True) if one.certain}

    def describe(self) -> str:
        """Return it in German, nothing if nothing was read."""
        words = {
            "new": "Kontakte eingetragen", "marked": "Adressen als unzustellbar vermerkt",
            "strangers": "E-Mails ohne bekannte Adresse", "circulars": "Rundschreiben",
            "automatic": "automatische oder Listen-E-Mails nicht gezählt",
        }  # fmt: skip
        told = [f"{self.counts[code]} {word}" for code, word in words.items() if self.counts[code]]
        return ", ".join(filter(None, [describe(self.intake.counts), *told]))

    def _with_words(self, folder: Folder, personal: Mapping[int, Mail]) -> dict[int, Mail]:
        """Return mails under idents that their words are part of, as far as they may become contacts."""
        may = [n for n, mail in personal.items() if self._needs_text(mail) or self._knows(mail)]
        begun = folder.beginnings(may)
        return {
            n: replace(mail, ident=mails.ident_of(begun[n])) if n in begun else mail for n, mail in personal.items()
        }

    def _knows(self, mail: Mail) -> bool:
        return bool(self.known.who(mail.addresses, mail.names).parties)

    def _needs_text(self, mail: Mail) -> bool:
        """Say whether a mail has to be read whole: its text is wanted, or one of us passes on what a stranger wrote."""
        who = self.known.who(mail.addresses, mail.names)
        return bool(who.parties) if self.with_text else who.member is not None and not who.parties

    def _found(self, mail: Mail, whole: Message | None) -> Found:
        names, note = dict.fromkeys(mail.addresses, "") | dict(mail.names), ""
        if whole is not None and not self.known.who(names, names).parties:
            names = names | {a: name for a, name in mails.forwarded_names(whole).items() if a not in names}
        if whole is not None and self.with_text:
            note = mails.text_of(whole)[:NOTE_ROOM]
        return Found(mail.ident, mail.day, InteractionKind.MAIL, mail.subject, tuple(names), note, names,
                     mails.former_ident(mail.ident))  # fmt: skip


def _returned(bounces: Mapping[int, Mail], whole: Mapping[int, Message]) -> list[Returned]:
    return [
        Returned(bounce.address, mail.day, bounce.reason)
        for n, mail in bounces.items()
        if n in whole
        for bounce in read_bounces(whole[n])
    ]


def _moment() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
