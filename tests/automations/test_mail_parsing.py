"""Mails are parsed in a time that grows with their size."""

from __future__ import annotations

import time
from email.utils import getaddresses

import pytest

from automations.incoming.bounces import read_bounces
from automations.incoming.mails import is_delivery_status
from automations.mail.parsing import MOST_GROUPS, parse_mail

HEAD = (
    "From: MAILER-DAEMON@x.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain\r\n\r\nLeider nicht zugestellt.\r\n"
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\n"
)
FAILED = "Final-Recipient: rfc822; {}@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"


@pytest.mark.parametrize("empty", [0, MOST_GROUPS + 5])
def test_who_could_not_be_reached_is_read_whether_few_or_many_empty_lines_stand_there(empty: int) -> None:
    raw = HEAD + "\r\n" * empty + FAILED.format("vera") + "\r\n" * empty + FAILED.format("olaf") + "--b--\r\n"
    found = read_bounces(parse_mail(raw.encode()))
    assert [one.address for one in found] == ["vera@y.example", "olaf@y.example"]


@pytest.mark.parametrize(
    "shape", ["\r\n", " \r\n\r\n", "Action: failed\r\n\r\n", "Final-Recipient: rfc822; a@b.c\r\n\r\n"]
)
def test_a_megabyte_of_groups_in_a_report_takes_less_than_two_seconds(shape: str) -> None:
    raw = (HEAD + shape * (1_000_000 // len(shape)) + "--b--\r\n").encode()
    begun = time.process_time()
    message = parse_mail(raw)
    read_bounces(message)
    assert time.process_time() - begun < 2
    assert any(is_delivery_status(part) for part in message.walk())


def test_a_mail_that_only_speaks_of_reports_stays_as_it_was_written() -> None:
    text = "Was ist message/delivery-status?\n\n" + "\n\n" * MOST_GROUPS + "Content-Type ist ein Kopf.\n"
    message = parse_mail(b"Subject: Frage\n\n" + text.encode())
    assert message.get_payload() == text


@pytest.mark.parametrize("name", ["Content-Type", "To", "References", "Subject"])
@pytest.mark.parametrize("sign", [";", "@", "=?utf-8?q?a?= ", "\n ;"])
def test_a_field_without_end_is_read_in_no_time(name: str, sign: str) -> None:
    begun = time.process_time()
    message = parse_mail(f"{name}: text/plain{sign * (1_000_000 // len(sign))}\nFrom: a@b.example\n\nText\n".encode())
    told = (message.get_content_type(), getaddresses([str(message["To"])]), message["From"], message.get_payload())
    assert time.process_time() - begun < 1
    assert told[2:] == ("a@b.example", "Text\n")


def test_a_mail_to_a_thousand_people_names_all_of_them() -> None:
    people = [f"vorname.nachname.{number}@verein.example" for number in range(1000)]
    message = parse_mail(f"To: {', '.join(people)}\n\nText\n".encode())
    assert [address for _, address in getaddresses([str(message["To"])])] == people
