"""Hand messages over to the mail server (RFC 5321), encrypted unless it is on this machine."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from automations.mail.hosts import is_on_this_machine
from schemas.errors import ConfigError, DeliveryError, Transient
from sync.settings import Settings

TIMEOUT = 30.0
SMTPS = 465


class Refused(DeliveryError):
    """The server will never take this message: the address does not exist, the message is not allowed."""


class Postponed(DeliveryError, Transient):
    """The server does not take it now, or is not there; it has certainly not taken it."""


class Unsure(DeliveryError):
    """The connection broke while the message was being handed over: nobody knows whether it was taken."""


class Transport:
    """An open connection to the mail server."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        """Hand one message over.

        Raises:
            Refused, Postponed, Unsure: it was not taken, not now, or nobody knows.
        """
        try:
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as problem:
            code, said = next(iter(problem.recipients.values()))
            raise _answered(code, said) from problem
        except smtplib.SMTPResponseException as problem:
            raise _answered(problem.smtp_code, problem.smtp_error) from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise Unsure(
                "Die Verbindung zum Mailserver brach beim Senden ab.",
                hint="Ob diese E-Mail hinausging, ist unklar. Fragen Sie nach, oder stellen Sie sie auf „wartet“.",
                problem=type(problem).__name__,
            ) from problem


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
        yield Transport(server)
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
        return Refused(f"Der Mailserver lehnt ab ({code}): {words[:200]}", hint="Bitte prüfen Sie die Adresse.")
    return Postponed(f"Der Mailserver nimmt es jetzt nicht an ({code}): {words[:200]}")
