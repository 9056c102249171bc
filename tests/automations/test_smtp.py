"""Handing messages over to a real mail server, and what its answers mean."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
from mail_server import mail_server

from automations.mail.message import compose
from automations.mail.smtp import Gone, Postponed, Refused, Unsure, open_transport, wire
from schemas.errors import ConfigError, Transient
from schemas.operations.choices import PostKind
from schemas.operations.tables import Post
from sync.settings import Settings

NOW = dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC)


@pytest.fixture
def mail():
    with mail_server() as running:
        yield running


def settings(port, host="127.0.0.1", sender="Kontaktnetz <kontakt@example.org>", archive=""):
    return Settings(smtp_host=host, smtp_port=port, smtp_user="", mail_from=sender, mail_archive=archive)


def message(to="ada@example.org", **more):
    told = {"name": "Grüße", "text": "Hallo Ümit", "html": "<p>Hallo Ümit</p>", "kind": "wochenpost", **more}
    post = Post(recipient=to, ident="k:1", **told)
    return compose(post, "Kontaktnetz <kontakt@example.org>", NOW)


def test_a_message_arrives_whole_as_text_and_html(mail):
    with open_transport(settings(mail.port)) as transport:
        transport.send(wire(message()))
    (got,) = mail.messages
    assert (got["To"], got["Subject"], got["Auto-Submitted"]) == ("ada@example.org", "Grüße", "auto-generated")
    assert got.get_body(("plain",)).get_content().strip() == "Hallo Ümit"
    assert "Hallo Ümit" in got.get_body(("html",)).get_content()
    assert got["Message-ID"] == message()["Message-ID"]
    assert "k:1" not in got["Message-ID"]


def test_the_archive_gets_a_blind_copy_in_the_same_transaction_or_none_at_all(mail):
    begun = []
    with open_transport(settings(mail.port, archive="archiv@example.org")) as transport:
        transport.send(wire(message()), begun.append)
        mail.answers["archiv@example.org"] = "550 unknown"
        transport.send(wire(message("bob@example.org")), begun.append)
        mail.answers["ada@example.org"] = "550 unknown"
        with pytest.raises(Refused):
            transport.send(wire(message()), begun.append)
    assert mail.recipients == [("ada@example.org", "archiv@example.org"), ("bob@example.org",)]
    assert begun == [True, False]
    assert all("archiv" not in str(got) for got in mail.messages)


def test_lines_that_begin_with_a_dot_and_umlauts_arrive_as_they_were(mail):
    text = ".\n..\n.Grüße\nEnde\n" + "lang " * 400
    with open_transport(settings(mail.port)) as transport:
        transport.send(wire(message(text=text)))
    assert mail.messages[0].get_body(("plain",)).get_content().splitlines() == text.splitlines()


def test_a_connection_that_breaks_before_the_content_goes_out_is_told_from_one_after_it(mail):
    begun = []
    with open_transport(settings(mail.port)) as transport:
        mail.hang_up = "rcpt"
        with pytest.raises(Gone):
            transport.send(wire(message()), begun.append)
        assert begun == []
        with pytest.raises(Gone):
            transport.send(wire(message()), begun.append)
    with open_transport(settings(mail.port)) as transport:
        mail.hang_up = "data"
        with pytest.raises(Unsure):
            transport.send(wire(message()), begun.append)
    assert begun == [False]


def test_only_what_nobody_decided_on_says_that_it_is_automatic_and_only_circulars_can_be_unsubscribed():
    kinds = {kind: message(kind=kind) for kind in PostKind}
    assert {kind for kind, made in kinds.items() if made["Auto-Submitted"]} == {"wochenpost", "platz"}
    assert {kind for kind, made in kinds.items() if made["List-Unsubscribe"]} == {
        "vormerken",
        "dank",
        "schade",
        "auffrischen",
    }


@pytest.mark.parametrize(("answer", "kind"), [("550 unknown", Refused), ("451 later", Postponed)])
def test_what_the_server_answers_decides_whether_it_is_tried_again(mail, answer, kind):
    mail.answers["ada@example.org"] = answer
    with open_transport(settings(mail.port)) as transport, pytest.raises(kind, match=answer[:3]) as caught:
        transport.send(wire(message()))
    assert isinstance(caught.value, Transient) == (kind is Postponed)
    assert mail.messages == []


def test_a_server_that_is_not_there_may_come_back():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Postponed, match="nicht erreichbar"), open_transport(settings(port)):
        pass


def test_without_server_or_sender_the_setting_is_named():
    with pytest.raises(ConfigError, match="Absender"), open_transport(settings(25, sender="")):
        pass


def test_a_subject_cannot_smuggle_a_header_in():
    with pytest.raises(ValueError, match="linefeed"):
        compose(Post(name="a\nBcc: x@example.org", recipient="a@example.org", ident="k"), "b@example.org", NOW)
