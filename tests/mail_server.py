"""A real SMTP server on loopback that keeps what it takes, and refuses when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from aiosmtpd.controller import Controller
from servers import free_port


@dataclass
class MailServer:
    """What arrived, and for whom; ``answers`` says by address what is answered instead of taking a message, ``hang_up``
    at which command the connection breaks, ``keep`` what else becomes of a message before it is taken."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    recipients: list[tuple[str, ...]] = field(default_factory=list)
    hang_up: str = ""
    keep: Callable[[bytes, list[str]], None] | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.hang_up == "rcpt":
            server.transport.abort()
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.hang_up == "data":
            server.transport.abort()
            return "451 nobody hears this"
        await asyncio.to_thread(self._take, envelope.original_content, list(envelope.rcpt_tos))
        return "250 OK"

    def _take(self, content: bytes, recipients: list[str]) -> None:
        """Take a message for all its recipients in one step: a client that goes away now interrupts no thread.

        So does a real server, which writes one file for the whole transaction before it says 250 (RFC 5321, 4.2.5).
        """
        if self.keep is not None:
            self.keep(content, recipients)
        self.messages.append(BytesParser(policy=policy.default).parsebytes(content))
        self.recipients.append(tuple(recipients))

    def arrived(self) -> list[tuple[str, str]]:
        """Return recipient and subject of every message."""
        return [(str(m["To"]), str(m["Subject"])) for m in self.messages]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a server while the block runs."""
    found = MailServer(free_port())
    controller = Controller(found, hostname="127.0.0.1", port=found.port)
    controller.start()
    try:
        yield found
    finally:
        controller.stop()
