"""Hand messages over to the mail server (RFC 5321), encrypted unless it is on this machine."""

from __future__ import annotations

import contextlib
import logging
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from automations.mail.address import on_the_wire
from automations.mail.hosts import is_on_this_machine
from schemas.errors import ConfigError, DeliveryError, Transient
from sync.settings import Settings

log = logging.getLogger(__name__)

TIMEOUT = 30.0
SMTPS = 465

OK, FORWARDED, GO_AHEAD, CLOSING = 250, 251, 354, 421

_DOTS = re.compile(rb"^\.", re.MULTILINE)


class Refused(DeliveryError):
    """The server will never take this message: the address does not exist, the message is not allowed."""


class Postponed(DeliveryError, Transient):
    """The server does not take it now, or is not there; it has certainly not taken it."""


class Unsure(DeliveryError):
    """The connection broke while the message was being handed over: nobody knows whether it was taken."""


class Gone(Postponed):
    """The connection is lost; the message was certainly not taken, and no other one can be sent over it."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A message as it goes over the wire; ``umlauts`` says that an address has some before the @ (RFC 6531)."""

    ident: str
    sender: str
    recipients: tuple[str, ...]
    content: bytes
    umlauts: bool


def wire(message: EmailMessage) -> Wire:
    """Return a message as it goes over the wire: lines end as RFC 5322 wants it, and no dot of its own ends it.

    Raises:
        Refused: it has no recipient.
    """
    _, sender = parseaddr(str(message["From"]))
    recipients = tuple(to for _, to in getaddresses([str(message["To"])]) if to)
    if not recipients:
        raise Refused("Es fehlt die Adresse.", hint="Bitte tragen Sie eine ein.")
    umlauts = not all(one.isascii() for one in (sender, *recipients))
    content = message.as_bytes(policy=policy.SMTPUTF8 if umlauts else policy.SMTP)
    content = _DOTS.sub(b"..", content if content.endswith(b"\r\n") else content + b"\r\n") + b".\r\n"
    return Wire(str(message["Message-ID"]), sender, recipients, content, umlauts)


class Transport:
    """An open connection to the mail server. ``copy_to`` gets a blind copy of every message."""

    def __init__(self, server: smtplib.SMTP, copy_to: str = "") -> None:
        self._server = server
        self._copy_to = copy_to

    def send(self, message: Wire, begin: Callable[[bool], None] = lambda copied: None) -> None:
        """Hand one message over; ``begin`` is called right before its content goes out, with whether a copy goes along.

        The copy is a second recipient of the same transaction: the server takes both or neither (RFC 5321, 4.1.1.4). A
        server that does not know the address of the copy takes the message without it.

        Raises:
            Refused, Postponed, Unsure: it was not taken, not now, or nobody knows.
            Gone: it was not taken, because the connection is lost.
        """
        try:
            copied = self._announce(message)
        except (smtplib.SMTPException, OSError) as problem:
            raise Gone(
                "Die Verbindung zum Mailserver brach ab.", hint="Der nächste Lauf geht dort weiter.",
                problem=type(problem).__name__,
            ) from problem  # fmt: skip
        begin(copied)
        try:
            self._server.send(message.content)
            code, said = self._server.getreply()
        except (smtplib.SMTPException, OSError) as problem:
            raise Unsure(
                "Die Verbindung zum Mailserver brach beim Senden ab.",
                hint="Ob diese E-Mail hinausging, ist unklar. Fragen Sie nach, oder stellen Sie sie auf „wartet“.",
                problem=type(problem).__name__,
            ) from problem
        if code != OK:
            raise _answered(code, said)

    def _announce(self, message: Wire) -> bool:
        """Name sender and recipients and ask to send the content; say whether a copy goes along."""
        options = []
        if message.umlauts:
            if not self._server.has_extn("smtputf8"):
                raise Refused("Der Mailserver kann keine Umlaute vor dem @.", hint="Bitte prüfen Sie die Adresse.")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        self._expect(*self._server.mail(message.sender, options))
        for to in message.recipients:
            self._expect(*self._server.rcpt(to))
        copied = bool(self._copy_to) and self._server.rcpt(self._copy_to)[0] in (OK, FORWARDED)
        if self._copy_to and not copied:
            log.warning("the server does not take copies for the archive")
        code, said = self._server.docmd("data")
        if code != GO_AHEAD:
            self._expect(code, said)
        return copied

    def _expect(self, code: int, said: bytes) -> None:
        if code not in (OK, FORWARDED):
            if code != CLOSING:
                self._server.rset()
            raise _answered(code, said)


@contextmanager
def open_transport(settings: Settings) -> Iterator[Transport]:
    """Connect and sign in.

    Raises:
        ConfigError: no server or no sender is set, or the server offers no encryption.
        Postponed: the server is not there.
    """
    if not settings.smtp_host or not sender(settings):
        raise ConfigError(
            "In der Datei .env fehlt der Mailserver oder der Absender.", hint="SMTP_HOST und MAIL_FROM eintragen."
        )
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        server = _connect(settings)
    except smtplib.SMTPAuthenticationError as problem:
        raise ConfigError(
            f"Der Mailserver {where} nimmt die Anmeldung nicht an.", hint="SMTP_USER und SMTP_PASSWORD prüfen."
        ) from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise Postponed(
            f"Der Mailserver {where} ist nicht erreichbar.",
            hint="Der nächste Lauf versucht es wieder.",
            problem=type(problem).__name__,
        ) from problem
    try:
        yield Transport(server, on_the_wire(settings.mail_archive))
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()


def sender(settings: Settings) -> str:
    """Return who the messages are from; empty if nobody is set."""
    return settings.mail_from or settings.smtp_user


def _connect(settings: Settings) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_port == SMTPS:
        server = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=safe)
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=safe)
        elif not is_on_this_machine(settings.smtp_host):
            server.close()
            raise ConfigError(
                f"Der Mailserver {settings.smtp_host} bietet keine Verschlüsselung an.",
                hint="Fragen Sie Ihren Anbieter nach dem Port mit TLS (meist 465 oder 587).",
            )
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    return server


def _answered(code: int, said: bytes | str) -> DeliveryError:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if code >= 500:
        return Refused(f"Der Mailserver lehnt ab ({code}: {words[:200]}).", hint="Bitte prüfen Sie die Adresse.")
    kind = Gone if code == CLOSING else Postponed
    return kind(f"Der Mailserver nimmt es jetzt nicht an ({code}: {words[:200]}).")
