"""Handing messages over to a real mail server, and what its answers mean."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import time
from contextlib import contextmanager
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from mail_server import MailServer, mail_server
from pydantic import SecretStr
from servers import free_port

from automations.mail import smtp
from automations.mail.address import UnusableAddress, one_address
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
    assert {kind for kind, made in kinds.items() if made["Auto-Submitted"]} == {"wochenpost", "erinnerung"}
    assert {kind for kind, made in kinds.items() if made["List-Unsubscribe"]} == {
        "vormerken",
        "dank",
        "schade",
        "auffrischen",
    }


@pytest.mark.parametrize(
    ("sender", "name"),
    [("Müller, Netzwerk <kontakt@x.example>", "Müller, Netzwerk"),
     ("Netz: Nord; Süd <kontakt@x.example>", "Netz: Nord; Süd"),
     ("a@b Netz <kontakt@x.example>", "a@b Netz"), ('"Müller, Netzwerk" <kontakt@x.example>', "Müller, Netzwerk"),
     ("Netz (Nord) <kontakt@x.example>", "Netz (Nord)"), ('Netz "Nord" <kontakt@x.example>', 'Netz "Nord"'),
     ("kontakt@x.example", ""), ("<kontakt@x.example>", "")],
)  # fmt: skip
def test_a_sender_is_who_the_setting_says_however_the_name_is_written(sender, name):
    (told,) = compose(Post(recipient="ada@x.example", name="T", text="x", ident="k"), sender, NOW)["From"].addresses
    assert (told.display_name, told.addr_spec) == (name, "kontakt@x.example")
    office = "Amt, Nord <z@y.example>\r\nBcc: q@q.example"
    row = Post(recipient="ada@x.example", name="T", text="x", ident="k", sender_name=office)
    made = compose(row, sender, NOW)
    assert ([one.addr_spec for one in made["From"].addresses], made["Bcc"]) == (["kontakt@x.example"], None)


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


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_title_of_several_lines_goes_out_in_one_and_smuggles_no_header_in(sign):
    post = Post(name=f"a{sign}Bcc: x@example.org", recipient="a@example.org", ident="k", sender_name=f"Netz{sign}werk",
                reply_to=f"b@example.org{sign}", kind="wochenpost")  # fmt: skip
    made = message_from_bytes(wire(compose(post, "b@example.org", NOW)).content)
    assert (made["Subject"], made["From"], made["Bcc"]) == ("a Bcc: x@example.org", "Netz werk <b@example.org>", None)
    assert made["Reply-To"] == "b@example.org"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("ada@x.example", "ada@x.example"), ("Ada <ada@x.example>", "ada@x.example"),
     ('"Muster, Ada" <ada@x.example>', "ada@x.example"), ("mailto:ada@x.example", "ada@x.example"),
     ("ada@x.example; ADA@x.example", "ada@x.example"), ("ada@x.example (privat)", "ada@x.example"),
     ("info@bürgerhaus.example", "info@bürgerhaus.example"), ("a@stadt.local", "a@stadt.local"),
     ("a@x.example; b@x.example", ""), ("a@x.example, b@x.example", ""), ("a@x.example b@x.example", ""),
     ("a@x.example\nb@x.example", ""), ("a@x.example oder b@x.example", ""), ("A <a@x.example>, B <b@x.example>", ""),
     ("a@x.example, b@x", ""), ("ada@", ""), ("ada@x", ""), ("a@x..example", ""), ("Ada", ""), ("", "")],
)  # fmt: skip
def test_a_cell_is_one_address_or_none_at_all(cell, expected):
    assert one_address(cell) == expected


@pytest.mark.parametrize("cell", ["a@x.example; b@x.example", "a@x.example, b@x.example", "Ada", "ada@x"])
def test_a_personal_message_never_goes_to_two_addresses_or_to_what_is_none(cell):
    with pytest.raises(UnusableAddress, match="nicht genau eine gültige E-Mail-Adresse"):
        message(cell)


@pytest.mark.parametrize(
    ("sender", "to", "expected"),
    [("k@example.org", "info@bürgerhaus.example", ("k@example.org", "info@xn--brgerhaus-q9a.example", False)),
     ("k@example.org", "info@straße.example", ("k@example.org", "info@xn--strae-oqa.example", False)),
     ("Büro <k@bürgerhaus.example>", "a@example.org", ("k@xn--brgerhaus-q9a.example", "a@example.org", False)),
     ("k@example.org", "ümit@bürgerhaus.example", ("k@example.org", "ümit@xn--brgerhaus-q9a.example", True))],
)  # fmt: skip
def test_an_umlaut_domain_goes_out_to_every_server_and_only_an_umlaut_before_the_at_needs_more(sender, to, expected):
    post = Post(name="Grüße", recipient=to, ident="k", reply_to="Haus <x@bürgerhaus.example>")
    made = wire(compose(post, sender, NOW))
    assert (made.sender, *made.recipients, made.umlauts) == expected
    assert b"Reply-To: Haus <x@xn--brgerhaus-q9a.example>\r\n" in made.content
    assert made.umlauts or made.content.isascii()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("a@x.example; b@x.example", "a@x.example, b@x.example"), ("Haus <a@x.example>", "Haus <a@x.example>"),
     ("a@x.example", "a@x.example"), ("A <a@x.example>, B <b@x.example>", "A <a@x.example>, B <b@x.example>")],
)  # fmt: skip
def test_answers_may_go_to_several_addresses(cell, expected):
    assert message(reply_to=cell)["Reply-To"] == expected


def test_an_umlaut_domain_arrives_over_a_server_without_umlauts(mail):
    with open_transport(settings(mail.port)) as transport:
        transport.send(wire(message("info@bürgerhaus.example")))
    assert mail.recipients == [("info@xn--brgerhaus-q9a.example",)]


class _Accounts:
    """Signs in whoever knows the words, however they come."""

    def __init__(self):
        self.seen = []

    def __call__(self, server, session, envelope, mechanism, auth_data):
        self.seen.append((mechanism, auth_data.login.decode(), auth_data.password.decode()))
        return AuthResult(success=auth_data.password.decode() == "Käse€1", handled=False)


@contextmanager
def accounts(**more):
    handler, port, known = MailServer(0), free_port(), _Accounts()
    controller = Controller(handler, hostname="127.0.0.1", port=port, authenticator=known, **more)
    controller.start()
    try:
        yield port, known
    finally:
        controller.stop()


@pytest.mark.parametrize("ways", [[], ["PLAIN"]])
def test_a_password_with_umlauts_signs_in_and_a_wrong_one_is_told(ways):
    with accounts(auth_require_tls=False, auth_exclude_mechanism=ways) as (port, known):
        told = settings(port).model_copy(update={"smtp_user": "büro", "smtp_password": SecretStr("Käse€1")})
        with open_transport(told):
            pass
        assert known.seen == [("LOGIN" if ways else "PLAIN", "büro", "Käse€1")]
        wrong = told.model_copy(update={"smtp_password": SecretStr("Käse€2")})
        with pytest.raises(ConfigError, match="nimmt die Anmeldung nicht an"), open_transport(wrong):
            pass


def test_a_server_without_sign_in_is_told_apart_from_one_that_is_away(mail):
    told = settings(mail.port).model_copy(update={"smtp_user": "a", "smtp_password": SecretStr("b")})
    with pytest.raises(ConfigError, match="bietet keine Anmeldung an"), open_transport(told):
        pass


def test_a_certificate_that_nobody_vouches_for_is_named_and_no_mail_goes_out(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    with accounts(tls_context=context) as (port, known):
        told = settings(port).model_copy(update={"smtp_user": "a", "smtp_password": SecretStr("b")})
        untrusted = pytest.raises(ConfigError, match=r"Zertifikat .* nicht zu trauen ist .*self.signed")
        with untrusted as caught, open_transport(told):
            pass
        assert "SMTP_HOST" in str(caught.value)
        assert known.seen == []


def test_a_port_without_encryption_where_some_is_expected_is_named(monkeypatch, mail):
    monkeypatch.setattr(smtp, "SMTPS", mail.port)
    with pytest.raises(ConfigError, match="SMTP_PORT"), open_transport(settings(mail.port)):
        pass


def test_an_answer_that_takes_its_time_is_waited_for(mail, monkeypatch):
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    mail.keep = lambda content, to: time.sleep(0.8)
    with open_transport(settings(mail.port)) as transport:
        transport.send(wire(message()))
        transport.send(wire(message("bob@example.org")))
    assert [to for to, _ in mail.arrived()] == ["ada@example.org", "bob@example.org"]


def _self_signed(folder):
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.org")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(NOW).not_valid_after(NOW + dt.timedelta(days=3650)).sign(key, None)
    )  # fmt: skip
    file = folder / "mail.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return file
