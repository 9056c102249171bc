"""The archive: a mailbox of our own that gets a blind copy of every message, asked which ones arrived."""

from __future__ import annotations

from collections.abc import Sequence

from automations.mail.imap import open_folder, open_mailbox
from sync.settings import Settings


def is_set(settings: Settings) -> bool:
    """Say whether there is an archive that can be asked."""
    return bool(settings.mail_archive and settings.imap_host)


def arrived(settings: Settings, messages: Sequence[str]) -> set[str]:
    """Return those of these Message-IDs that lie in the archive; nothing in it is changed.

    Raises:
        ConfigError: the mailbox does not know us or lacks the folder.
        MailboxAway: it is not there.
    """
    with open_mailbox(settings) as box:
        folder = open_folder(box, settings.mail_archive_folder)
        return {message for message in messages if folder.holds(message)}
