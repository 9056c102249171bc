"""What comes back is told from what a person wrote, in all ways in which servers return a mail."""

from __future__ import annotations

from email import message_from_bytes, message_from_string

import pytest
from made_up_mails import US, bounce

from automations.incoming.bounces import Bounce, read_bounces
from automations.incoming.mails import (
    MailKind,
    kind_of,
)


def test_a_bounce_names_its_address_and_a_delay_is_none():
    assert read_bounces(message_from_bytes(bounce("a@b.de", 1))) == [
        Bounce("a@b.de", "550 5.1.1 <a@b.de>: Recipient address rejected: User unknown")
    ]
    assert read_bounces(message_from_bytes(bounce("a@b.de", 1, action="delayed"))) == []
    gone = message_from_string("X-Failed-Recipients: a@b.de, c@d.de\n\n")
    assert [b.address for b in read_bounces(gone)] == ["a@b.de", "c@d.de"]


STRUCTURED = bounce("a@b.de", 1).decode()
GLOBAL = STRUCTURED.replace("message/delivery-status", "message/global-delivery-status")
QMAIL = """From: MAILER-DAEMON@mx.example
To: {us}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<a@b.de>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{us}>
From: {us}
To: a@b.de
Cc: c@d.de
Message-ID: {ident}

Guten Tag
"""


def words_of_a_server(text, subject="Unzustellbar: Messe", sender="Mailer Daemon <postmaster@b.de>", more=""):
    return f"From: {sender}\nTo: {US}\nSubject: {subject}\n{more}\n{text}"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(STRUCTURED.replace(" report-type=delivery-status;", ""), ["a@b.de"]),
     (STRUCTURED.replace("multipart/report; report-type=delivery-status;", "multipart/mixed;"), ["a@b.de"]),
     (GLOBAL.replace("report-type=delivery-status", "report-type=global-delivery-status"), ["a@b.de"]),
     (GLOBAL.replace("rfc822;a@b.de", "utf-8;\\x{FC}@b.de"), ["ü@b.de"]),
     (STRUCTURED.replace("rfc822;a@b.de", "rfc822;a@xn--brger-kva.de"), ["a@bürger.de"]),
     (QMAIL.format(us=US, ident="<1@b.de>"), ["a@b.de"]),
     (words_of_a_server("Die Zustellung an a@b.de ist fehlgeschlagen: Postfach unbekannt.\n"), ["a@b.de"]),
     (words_of_a_server("Ihre Nachricht an a@b.de konnte nicht zugestellt werden.", "AW: Messe"), ["a@b.de"]),
     (words_of_a_server("  a@b.de\n    unrouteable\n\nFragen: hilfe@b.de", "Mail delivery failed",
                        more="Return-Path: <>\n"), ["a@b.de"]),
     (words_of_a_server("Von a@b.de oder c@d.de kam es zurück", more="Auto-Submitted: auto-replied\n"), []),
     (words_of_a_server("", more="Auto-Submitted: auto-replied\n"), []),
     (STRUCTURED.replace("Action: failed", "Action: Failed (permanent)"), ["a@b.de"]),
     (STRUCTURED.replace("Final-Recipient:", "Original-Recipient: x400;/C=DE/S=Ada/\nFinal-Recipient:"), ["a@b.de"])],
)  # fmt: skip
def test_every_way_in_which_servers_return_a_mail_is_a_bounce_with_its_address(raw, expected):
    message = message_from_bytes(raw.encode())
    assert kind_of(message) is MailKind.BOUNCE
    assert [one.address for one in read_bounces(message)] == expected


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(bounce("a@b.de", 1, action="delayed").decode(), MailKind.BOUNCE),
     (words_of_a_server("Die Zustellung an a@b.de wird weiter versucht", "Warning: message delayed 24 hours",
                        "MAILER-DAEMON@b.de", "Return-Path: <>\n"), MailKind.AUTOMATIC),
     (words_of_a_server("Ich bin bis 3.12. nicht da. Fragen an c@d.de", "AW: Messe", "ada@b.de",
                        "Auto-Submitted: auto-replied\n"), MailKind.AUTOMATIC),
     (words_of_a_server("Die Zustellung an a@b.de ist fehlgeschlagen, sagt Outlook. Und nun?", sender="ada@b.de"),
      MailKind.PERSONAL)],
)  # fmt: skip
def test_a_delay_an_absence_and_what_a_person_writes_about_it_return_nothing(raw, kind):
    message = message_from_bytes(raw.encode())
    assert kind_of(message) is kind
    assert kind is not MailKind.BOUNCE or read_bounces(message) == []


def test_the_reason_is_what_the_server_wrote():
    [told] = read_bounces(message_from_string(QMAIL.format(us=US, ident="<1@b.de>")))
    assert told.reason == "Sorry, no mailbox here by that name. (#5.1.1)"
    [told] = read_bounces(message_from_string(words_of_a_server("Die Zustellung an a@b.de ist fehlgeschlagen: voll.")))
    assert told.reason == "Die Zustellung an a@b.de ist fehlgeschlagen: voll."


def test_headers_alone_tell_that_a_report_without_its_type_may_be_a_bounce():
    head = 'Content-Type: multipart/report; boundary="g"\n'
    assert kind_of(message_from_string(f"{head}\n")) is MailKind.BOUNCE
    read = f"{head}\n--g\nContent-Type: message/disposition-notification\n\nDisposition: displayed\n--g--\n"
    assert kind_of(message_from_string(read)) is MailKind.AUTOMATIC


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(words_of_a_server("Ich arbeite hier nicht mehr, Ihre E-Mail wird nicht zugestellt: bitte an neu@b.de.",
                        "Automatische Antwort: Messe", "Ada <a@b.de>", "Auto-Submitted: auto-replied\n"),
      MailKind.AUTOMATIC),
     (words_of_a_server("Ihre E-Mail konnte nicht zugestellt werden, ich bin fort. Bitte an neu@b.de.", "AW: Messe",
                        "Ada <a@b.de>", "Return-Path: <>\n"), MailKind.AUTOMATIC),
     (words_of_a_server("Euer Brief konnte nicht zugestellt werden, wir sind umgezogen.", "Brief",
                        "Ada Muster <postmaster@b.de>"), MailKind.PERSONAL),
     (words_of_a_server("Ihre Nachricht an c@b.de konnte nicht zugestellt werden.", "AW: Messe", "postmaster@b.de"),
      MailKind.BOUNCE)],
)  # fmt: skip
def test_an_absence_and_a_person_who_write_of_what_was_not_delivered_send_nothing_back(raw, kind):
    message = message_from_bytes(raw.encode())
    assert kind_of(message) is kind
    if kind is MailKind.BOUNCE:
        assert [one.address for one in read_bounces(message)] == ["c@b.de"]


def test_the_reason_is_read_where_only_a_header_names_the_address():
    text = "|--- Failed addresses follow: ---|\n <a@t.de>\n   552 5.2.2 Quota exceeded\n"
    message = message_from_bytes(words_of_a_server(text, more="X-Failed-Recipients: a@t.de\n").encode())
    [one] = read_bounces(message)
    assert (one.address, "Quota exceeded" in one.reason) == ("a@t.de", True)
