"""Handing messages over to a real mail server, and what its answers mean."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
from mail_server import mail_server

from automations.mail.smtp import Postponed, Refused, open_transport
from automations.outbox import compose
from schemas.errors import ConfigError, Transient
from schemas.operations.tables import Post
from sync.settings import Settings

NOW = dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC)


@pytest.fixture
def mail():
    with mail_server() as running:
        yield running


def settings(port, host="127.0.0.1", sender="Kontaktnetz <kontakt@example.org>"):
    return Settings(smtp_host=host, smtp_port=port, smtp_user="", mail_from=sender)


def message(to="ada@example.org", **more):
    post = Post(name="Grüße", recipient=to, text="Hallo Ümit", html="<p>Hallo Ümit</p>", ident="k:1", **more)
    return compose(post, "Kontaktnetz <kontakt@example.org>", NOW)


def test_a_message_arrives_whole_as_text_and_html(mail):
    with open_transport(settings(mail.port)) as transport:
        transport.send(message())
    (got,) = mail.messages
    assert (got["To"], got["Subject"], got["Auto-Submitted"]) == ("ada@example.org", "Grüße", "auto-generated")
    assert got.get_body(("plain",)).get_content().strip() == "Hallo Ümit"
    assert "Hallo Ümit" in got.get_body(("html",)).get_content()
    assert got["Message-ID"] == message()["Message-ID"]
    assert "k:1" not in got["Message-ID"]


@pytest.mark.parametrize(("answer", "kind"), [("550 unknown", Refused), ("451 later", Postponed)])
def test_what_the_server_answers_decides_whether_it_is_tried_again(mail, answer, kind):
    mail.answers["ada@example.org"] = answer
    with open_transport(settings(mail.port)) as transport, pytest.raises(kind, match=answer[:3]) as caught:
        transport.send(message())
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
