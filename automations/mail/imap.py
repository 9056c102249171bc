"""Read a mailbox over IMAP (RFC 3501), encrypted unless it is on this machine. Nothing in it is ever changed."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import Message
from imaplib import IMAP4

from imap_tools import AND, BaseMailBox, H, MailBox, MailBoxStartTls, MailBoxUnencrypted, U
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxFolderStatusError, MailboxLoginError

from automations.mail.hosts import is_on_this_machine, tls_problem
from automations.mail.parsing import parse_mail
from schemas.errors import ConfigError, DeliveryError, Transient
from sync.disk_problems import as_disk_problem
from sync.settings import Settings
from sync.time_limit import shut_after

TIMEOUT = 30.0
LONGEST = 1800.0
"""Seconds that a mailbox is read at a stretch, however slowly its server speaks; the next run goes on from there."""
IMAPS = 993
BEGINNING = 262_144
"""Bytes of a body that are read to tell a mail from another one: words stand before what is attached."""

MOST = 100_000_000
"""Bytes of a mail beyond which only its beginning is read; providers take 20 to 100 MB."""

TOGETHER = 10_000_000
"""Bytes of mails that are fetched together."""

HEAVY = 1_000_000
"""Characters of an attachment beyond which it is left out: words and calendars are smaller."""

_STARTS = re.compile(rb"\d+ \(")
_UID, _SIZE = re.compile(rb"\bUID (\d{1,10})"), re.compile(rb"\bRFC822\.SIZE (\d{1,12})")


class MailboxAway(DeliveryError, Transient):
    """The mailbox is not there, or the connection broke; the next turn goes on where this one ended."""


class Folder:
    """An opened folder of a mailbox; ``validity`` changes when the server numbers its mails anew."""

    def __init__(self, box: BaseMailBox, name: str) -> None:
        self._box = box
        self.name = name
        status = box.folder.status(name, ["UIDVALIDITY"])
        self.validity = int(status["UIDVALIDITY"])
        box.folder.set(name, readonly=True)

    def numbers_after(self, last: int, since: dt.date | None = None) -> list[int]:
        """Return the numbers (UID) of the mails that came after the mail ``last``, ascending; on ``since`` or later."""
        asked = AND(uid=U(str(last + 1), "*")) if since is None else AND(uid=U(str(last + 1), "*"), date_gte=since)
        found = (int(uid) for uid in self._box.uids(asked))
        return sorted(uid for uid in found if uid > last)  # the server names the last mail whatever was asked

    def headers(self, numbers: Sequence[int]) -> dict[int, Message]:
        """Return the headers of mails by number; one that was deleted meanwhile is missing."""
        return self._parsed(numbers, "(BODY.PEEK[HEADER])")

    def structures(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return by number, in lower case, which parts mails consist of, as the server tells it (RFC 3501, 7.4.2)."""
        if not numbers:
            return {}
        found = [b" ".join(b" ".join(piece) for piece in told) for told in self._told(numbers, "(BODYSTRUCTURE)")]
        numbered = ((_UID.search(text), text) for text in found)
        return {int(uid[1]): text.decode("ascii", "replace").casefold() for uid, text in numbered if uid}

    def whole(self, numbers: Sequence[int]) -> dict[int, Message]:
        """Return whole mails by number, without what is attached to them where it is big; of a mail that no provider
        would take, the beginning.

        They are fetched a few at a time: a hundred mails with photographs are more than a small machine can hold.
        """
        sizes = self._sizes(numbers)
        huge = [number for number in numbers if sizes.get(number, 0) > MOST]
        found = self.beginnings(huge)
        for part in _parts([number for number in numbers if number not in found], sizes):
            found |= {number: _lightened(mail) for number, mail in self._parsed(part, "(BODY.PEEK[])").items()}
        return {number: found[number] for number in numbers if number in found}

    def _sizes(self, numbers: Sequence[int]) -> dict[int, int]:
        """Return by number how many bytes mails have, as the server tells it."""
        told = self._told(numbers, "(RFC822.SIZE)") if numbers else ()
        lines = (b" ".join(name for name, _ in mail) for mail in told)
        both = ((_UID.search(line), _SIZE.search(line)) for line in lines)
        return {int(uid[1]): int(size[1]) for uid, size in both if uid and size}

    def beginnings(self, numbers: Sequence[int]) -> dict[int, Message]:
        """Return mails by number with their headers and the beginning of their body, whatever is attached to them."""
        if not numbers:
            return {}
        parts = f"(BODY.PEEK[HEADER] BODY.PEEK[TEXT]<0.{BEGINNING}>)"
        found: dict[int, Message] = {}
        for told in self._told(numbers, parts):
            uid = _UID.search(b" ".join(name for name, _ in told))
            read = {b"HEADER" if b"[HEADER]" in name else b"TEXT": content for name, content in told if content}
            if uid is not None and b"HEADER" in read:
                found[int(uid[1])] = parse_mail(read[b"HEADER"] + read.get(b"TEXT", b""))
        return found

    def _told(self, numbers: Sequence[int], parts: str) -> list[list[tuple[bytes, bytes]]]:
        """Return by mail what the server tells: pieces with the literal behind each."""
        answer, told = self._box.client.uid("FETCH", ",".join(map(str, numbers)), parts)
        if answer != "OK":
            raise IMAP4.error(f"{parts}: {answer}")
        found: list[list[tuple[bytes, bytes]]] = []
        for piece in told:
            name, content = piece if isinstance(piece, tuple) else (piece or b"", b"")
            if _STARTS.match(name) or not found:
                found.append([])
            found[-1].append((name, content))
        return found

    def holds(self, message_id: str) -> bool:
        """Say whether a mail with this Message-ID (in angle brackets) lies here."""
        return bool(self._box.uids(AND(header=[H("Message-ID", message_id)])))

    def _parsed(self, numbers: Sequence[int], part: str) -> dict[int, Message]:
        found: dict[int, Message] = {}
        for told in self._told(numbers, part) if numbers else ():
            uid = _UID.search(b" ".join(name for name, _ in told))
            content = next((content for _, content in told if content), b"")
            if uid is not None and content:
                found[int(uid[1])] = parse_mail(content)
        return found


def _parts(numbers: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield numbers in parts whose mails are not too big together."""
    part: list[int] = []
    size = 0
    for number in numbers:
        if part and size + sizes.get(number, 0) > TOGETHER:
            yield part
            part, size = [], 0
        part.append(number)
        size += sizes.get(number, 0)
    if part:
        yield part


def _lightened(mail: Message) -> Message:
    """Return a mail without the content of what is attached to it and big."""
    for part in mail.walk():
        content = part.get_payload()
        attached = part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"
        if attached and isinstance(content, str) and len(content) > HEAVY:
            part.set_payload("")
    return mail


@contextmanager
def open_mailbox(settings: Settings) -> Iterator[BaseMailBox]:
    """Connect and sign in; what goes wrong while the block runs is told in German, too.

    Raises:
        ConfigError: the mailbox does not know us, lacks a folder, or offers no encryption.
        MailboxAway: it is not there, or the connection broke.
    """
    where = f"{settings.imap_host}:{settings.imap_port}"
    box: BaseMailBox | None = None
    try:
        box = _connect(settings)
        with shut_after(LONGEST, box.client):
            _sign_in(box, settings.imap_user, settings.imap_password.get_secret_value())
            yield box
    except MailboxLoginError as problem:
        raise ConfigError(
            f"Das Postfach {where} nimmt die Anmeldung nicht an.", hint="IMAP_USER und IMAP_PASSWORD prüfen."
        ) from problem
    except (ImapToolsError, IMAP4.error, OSError) as problem:
        told = tls_problem(problem, f"Das Postfach {where}", "IMAP") or as_disk_problem(problem, settings.data_dir)
        if told:
            raise told from problem
        raise MailboxAway(
            f"Das Postfach {where} ist nicht erreichbar, oder die Verbindung brach ab.",
            hint="Der nächste Lauf versucht es wieder.",
            problem=type(problem).__name__,
        ) from problem
    finally:
        if box is not None:
            with contextlib.suppress(ImapToolsError, IMAP4.error, OSError):
                box.logout()


def open_folder(box: BaseMailBox, name: str) -> Folder:
    """Open a folder for reading only. Raises ConfigError when the mailbox has none of this name."""
    try:
        return Folder(box, name)
    except (MailboxFolderSelectError, MailboxFolderStatusError) as problem:
        raise ConfigError(
            f"Im Postfach gibt es keinen Ordner „{name}“.",
            hint="Legen Sie ihn im E-Mail-Programm an, oder nennen Sie in IMAP_FOLDERS (ANSWER_FOLDERS) einen anderen.",
            folder=name,
        ) from problem


def _sign_in(box: BaseMailBox, user: str, password: str) -> None:
    """Sign in; the usual command carries no umlauts (RFC 3501), so they go by SASL (RFC 4616)."""
    if user.isascii() and password.isascii():
        box.login(user, password, initial_folder=None)
        return
    try:
        box.login_utf8(user, password, initial_folder=None)
    except IMAP4.abort:
        raise
    except IMAP4.error as problem:
        raise MailboxLoginError(("NO", [str(problem).encode()]), "OK") from problem


def _connect(settings: Settings) -> BaseMailBox:
    safe = ssl.create_default_context()
    if settings.imap_port == IMAPS:
        return MailBox(settings.imap_host, settings.imap_port, timeout=TIMEOUT, ssl_context=safe)
    if is_on_this_machine(settings.imap_host):
        return MailBoxUnencrypted(settings.imap_host, settings.imap_port, timeout=TIMEOUT)
    return MailBoxStartTls(settings.imap_host, settings.imap_port, timeout=TIMEOUT, ssl_context=safe)
