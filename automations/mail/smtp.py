"""Hand messages over to the mail server (RFC 5321), encrypted unless it is on this machine."""

from __future__ import annotations

import base64
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
from automations.mail.hosts import is_on_this_machine, tls_problem
from schemas.errors import ConfigError, DeliveryError, Terminal, Transient
from sync.settings import Settings
from sync.time_limit import shut_after

log = logging.getLogger(__name__)

TIMEOUT = 30.0
FINAL_TIMEOUT = 300.0
"""Seconds for the answer to a message's content: servers look for viruses and spam before they give it, and who hangs
up earlier never knows whether it was taken. RFC 5321, 4.5.3.2.6, asks for ten minutes; half of it is what one message
may keep everybody else waiting."""
LONGEST_MESSAGE = FINAL_TIMEOUT + 120.0
"""Seconds that one message may take, or the greeting and the sign-in, however slowly the server speaks."""
SMTPS = 465

OK, FORWARDED, GO_AHEAD, CLOSING = 250, 251, 354, 421
MORE, SIGNED_IN = 334, 235
FOR_GOOD = 500
"""The first of the answers that mean never (RFC 5321, 4.2.1)."""

_TOLD = re.compile(r"[45]\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS = "Bitte prüfen Sie die Adresse."
_HINTS = {
    "1": _ADDRESS, "2": "Das Postfach ist voll oder gesperrt. Fragen Sie auf einem anderen Weg nach.",
}  # fmt: skip
"""What to do by the subject of an enhanced code: the address, the mailbox (RFC 3463, 3)."""

_NOT_THE_ADDRESS = "An der Adresse liegt es wohl nicht: Ihre IT oder der Anbieter des Mailservers kann mehr dazu sagen."

_DOTS = re.compile(rb"^\.", re.MULTILINE)


class Refused(DeliveryError):
    """The server will never take this message: the address does not exist, the message is not allowed."""


class Postponed(DeliveryError, Transient):
    """The server does not take it now, or is not there; it has certainly not taken it."""


class Unsure(DeliveryError):
    """The connection broke while the message was being handed over: nobody knows whether it was taken."""


class Gone(Postponed):
    """The connection is lost; the message was certainly not taken, and no other one can be sent over it.

    ``over_it`` says that it was lost over this message, which must not keep those behind it waiting.
    """

    def __init__(self, message: str, *, hint: str | None = None, over_it: bool = False, **facts: object) -> None:
        super().__init__(message, hint=hint, **facts)
        self.over_it = over_it


class Unwelcome(DeliveryError, Terminal):
    """The server takes nothing from us: nothing is wrong with whom it goes to."""


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
            Unwelcome: the server takes nothing from our address.
        """
        with shut_after(LONGEST_MESSAGE, self._server):
            self._hand_over(message, begin)

    def _hand_over(self, message: Wire, begin: Callable[[bool], None]) -> None:
        named = False
        try:
            self._name_sender(message)
            named = True
            copied = self._name_recipients(message)
        except (smtplib.SMTPException, OSError) as problem:
            raise Gone(
                "Die Verbindung zum Mailserver brach ab.", hint="Es wird später noch einmal versucht.", over_it=named,
                problem=type(problem).__name__,
            ) from problem  # fmt: skip
        begin(copied)
        try:
            self._server.send(message.content)
            with self._patient():
                code, said = self._server.getreply()
        except (smtplib.SMTPException, OSError) as problem:
            raise Unsure(
                "Die Verbindung zum Mailserver brach beim Senden ab.",
                hint="Ob diese E-Mail hinausging, ist unklar. Fragen Sie nach, oder stellen Sie sie auf „wartet“.",
                problem=type(problem).__name__,
            ) from problem
        if code != OK:
            raise _answered(code, said, taken_to=False)

    @contextmanager
    def _patient(self) -> Iterator[None]:
        """Wait longer for an answer while the block runs."""
        if self._server.sock is None:
            raise smtplib.SMTPServerDisconnected
        self._server.sock.settimeout(FINAL_TIMEOUT)
        yield
        if self._server.sock is not None:
            self._server.sock.settimeout(TIMEOUT)

    def _name_sender(self, message: Wire) -> None:
        """Begin a message; what the server says to our address it says to every other message, too."""
        options = []
        if message.umlauts:
            if not self._server.has_extn("smtputf8"):
                raise Refused("Der Mailserver kann keine Umlaute vor dem @.", hint="Bitte prüfen Sie die Adresse.")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, said = self._server.mail(message.sender, options)
        if code == CLOSING:
            raise _answered(code, said, over_it=False)
        if code >= FOR_GOOD and not options:
            self._begin_anew()
            raise Unwelcome(
                f"Der Mailserver nimmt von {message.sender} keine E-Mails an ({code}: {_words(said)}).",
                hint="Die E-Mails warten. Ihre IT prüft MAIL_FROM, SMTP_USER und SMTP_PASSWORD in der Datei .env, oder "
                "fragt den Anbieter, ob das Postfach gesperrt oder seine Zahl von E-Mails erreicht ist.",
            )  # fmt: skip
        self._expect(code, said)

    def _name_recipients(self, message: Wire) -> bool:
        """Name recipients and ask to send the content; say whether a copy goes along."""
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
                self._begin_anew()
            raise _answered(code, said)

    def _begin_anew(self) -> None:
        """Forget a message that is not wanted; a server that hangs up after its answer has answered all the same."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._server.rset()


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
    except smtplib.SMTPNotSupportedError as problem:
        raise ConfigError(
            f"Der Mailserver {where} bietet keine Anmeldung an.",
            hint="Den Port prüfen (SMTP_PORT, meist 587 oder 465), oder SMTP_USER leer lassen.",
        ) from problem
    except (smtplib.SMTPException, OSError) as problem:
        if told := tls_problem(problem, f"Der Mailserver {where}", "SMTP"):
            raise told from problem
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
    with shut_after(LONGEST_MESSAGE, server) as limit:
        if settings.smtp_port != SMTPS:
            _encrypt(server, settings.smtp_host, safe)
        try:
            if settings.smtp_user:
                _sign_in(server, settings.smtp_user, settings.smtp_password.get_secret_value())
        except smtplib.SMTPNotSupportedError as problem:
            if limit.is_over:  # cut off within its greeting: what it offers is not known
                raise TimeoutError("the greeting took too long") from problem
            raise
    return server


def _encrypt(server: smtplib.SMTP, host: str, safe: ssl.SSLContext) -> None:
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=safe)
    elif not is_on_this_machine(host):
        server.close()
        raise ConfigError(
            f"Der Mailserver {host} bietet keine Verschlüsselung an.",
            hint="Fragen Sie Ihren Anbieter nach dem Port mit TLS (meist 465 oder 587).",
        )


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in; umlauts go as UTF-8 (RFC 4616), which Python's own way cannot (python/cpython#73936).

    Raises:
        SMTPAuthenticationError, SMTPNotSupportedError: it was refused, or cannot be done here.
    """
    if user.isascii() and password.isascii():
        server.login(user, password)
        return
    server.ehlo_or_helo_if_needed()
    if "PLAIN" in server.esmtp_features.get("auth", "").upper().split():
        code, said = server.docmd("AUTH", f"PLAIN {_encoded(f'{chr(0)}{user}{chr(0)}{password}')}")
    else:
        code, said = server.docmd("AUTH", f"LOGIN {_encoded(user)}")
        code, said = server.docmd(_encoded(password)) if code == MORE else (code, said)
    if code != SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _answered(code: int, said: bytes | str, *, taken_to: bool = True, over_it: bool = True) -> DeliveryError:
    """Return what an answer means; ``taken_to`` says that it was given to an address, not to the content."""
    words = _words(said)
    if code >= FOR_GOOD:
        told = _TOLD.match(words)
        by_code = _HINTS.get(told[1], _NOT_THE_ADDRESS) if told else ""
        return Refused(
            f"Der Mailserver lehnt ab ({code}: {words}).", hint=by_code or (_ADDRESS if taken_to else _NOT_THE_ADDRESS)
        )
    problem = f"Der Mailserver nimmt es jetzt nicht an ({code}: {words})."
    return Gone(problem, over_it=over_it) if code == CLOSING else Postponed(problem)


def _words(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).split())[:200]
