"""A made-up mailbox with everything that real ones hold: answers, circulars, newsletters, bounces, broken letters."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

US = "agentur@example.org"
START = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@dataclass
class Post:
    """Mails as they lie in the mailbox, and what should come of them."""

    mails: list[bytes] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """Subjects of the mails that are contacts."""
    automatic: set[str] = field(default_factory=set)
    """Subjects of those that no person wrote to us."""
    bounced: set[str] = field(default_factory=set)


def mail(
    subject: str, sender: str, to: str, *, number: int = 0, text: str = "Guten Tag", **headers: str
) -> EmailMessage:
    """Return a mail; ``headers`` with _ for -."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(START + dt.timedelta(hours=number))
    message["Message-ID"] = f"<made-up.{number}@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def bounce(address: str, number: int, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return what a mail server sends back (RFC 3464)."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.example.org
To: {US}
Subject: Undelivered Mail Returned to Sender {number}
Date: {format_datetime(START + dt.timedelta(hours=number))}
Message-ID: <bounce{number}@mail.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected: User unknown

--grenze
Content-Type: message/rfc822

From: {US}
To: {address}
Subject: Einladung

Guten Tag
--grenze--
""".replace("\n", "\r\n").encode()


def broken(number: int, sender: str) -> tuple[bytes, str]:
    """Return a mail whose letters are broken in one of four ways, and a piece of its subject that survives."""
    subject = f"Grüße {number}"
    shown = [
        subject.encode("cp1252"),  # raw bytes that no encoding is named for
        subject.encode(),
        b"=?x-unbekannt?Q?Gr=FC=DFe_" + str(number).encode() + b"?=",
        b"=?utf-8?B?kaputt!" + str(number).encode() + b"?= " + str(number).encode(),
    ][number % 4]
    day = b"Gestern" if number % 3 == 0 else format_datetime(START + dt.timedelta(hours=number)).encode()
    return (
        b"From: =?iso-8859-1?Q?J=FCrgen?= <" + sender.encode() + b">\r\nTo: " + US.encode() + b"\r\nSubject: " + shown
        + b"\r\nDate: " + day + f"\r\nMessage-ID: <broken{number}@example.org>".encode()
        + b"\r\nReceived: from a by b; " + format_datetime(START + dt.timedelta(hours=number)).encode()
        + b"\r\nContent-Type: text/plain; charset=quatsch\r\n\r\nGr\xfc\xdfe\r\n"
    ), str(number)  # fmt: skip


def post(known: Sequence[str], *, total: int, contacts: int, seed: int = 1) -> Post:
    """Return ``total`` mails, ``contacts`` of them from or to addresses in ``known``, some of these twice."""
    random_ = random.Random(seed)
    made = Post()
    made.mails = []
    for number in range(contacts):
        other = known[number % len(known)]
        subject = f"Anliegen {number}"
        if number % 10 == 0:
            raw, _ = broken(number, other)
        else:
            ways = [(other, US), (US, other), (f"Frau Muster <{other.upper()}>", f"{US}, fremd{number}@example.net")]
            sender, to = ways[number % 3]
            raw = bytes(mail(f"AW: {subject}", sender, to, number=number))
        made.mails.append(raw)
        made.known.add(subject)
    doubles = [random_.choice(made.mails) for _ in range(contacts // 4)]
    kinds = 0
    while len(made.mails) + len(doubles) < total:
        number = 10_000 + kinds
        other = known[kinds % len(known)]
        subject = f"Automatik {number}"
        match kinds % 7:
            case 0:
                raw = bytes(mail(subject, other, US, number=number, Auto_Submitted="auto-replied"))
            case 1:
                raw = bytes(mail(subject, other, US, number=number, List_Id="<rund.example.org>"))
            case 2:
                raw = bytes(mail(f"Automatische Antwort: {subject}", other, US, number=number))
            case 3:
                raw = bytes(
                    mail(subject, other, US, number=number, Precedence="bulk", List_Unsubscribe="<https://a.example>")
                )
            case 4:
                raw = bounce(other, number)
                made.bounced.add(other)
            case 5:
                raw = bounce(other.replace("@", "+spaeter@"), number, action="delayed", status="4.2.2")
            case _:
                subject = f"Unbekannt {number}"
                raw = bytes(mail(subject, f"fremd{number}@example.net", US, number=number))
        made.mails.append(raw)
        made.automatic.add(subject)
        kinds += 1
    made.mails += doubles
    random_.shuffle(made.mails)
    return made
