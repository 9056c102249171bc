"""A server that does not give all it has: what it keeps back is told and held, and never counts as left out."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from xml.sax.saxutils import escape

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_httpserver import HTTPServer

from schemas.errors import Transient
from sync.carddav import AddressBook, AddressBookError
from sync.sources.registry import SourceBook, SourceSpec, load_sources, open_delivery

WHOLE = (
    '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav">{}</d:multistatus>'
)
OK, GONE = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"
KIND = (
    "<d:response><d:href>/book/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><card:addressbook/>"
    f"</d:resourcetype></d:prop><d:status>{OK}</d:status></d:propstat></d:response>"
)


def text(n):
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c{n}\r\nFN:Ada Karte{n}\r\nN:Karte{n};Ada;;;\r\nEND:VCARD\r\n"


def found(n, status=OK, card=None):
    given = escape(text(n) if card is None else card)
    return (
        f'<d:response><d:href>/book/c{n}.vcf</d:href><d:propstat><d:prop><d:getetag>"{n}"</d:getetag>'
        f"<card:address-data>{given}</card:address-data></d:prop><d:status>{status}</d:status></d:propstat></d:response>"
    )


def etag_only(n):
    return (
        f'<d:response><d:href>/book/c{n}.vcf</d:href><d:propstat><d:prop><d:getetag>"{n}"</d:getetag></d:prop>'
        f"<d:status>{OK}</d:status></d:propstat><d:propstat><d:prop><card:address-data/></d:prop>"
        f"<d:status>{GONE}</d:status></d:propstat></d:response>"
    )


def refused(href, status):
    return f"<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 {status} Nein</d:status></d:response>"


CUT = refused("/book/", 507)
BARE = f"<d:response><d:href>/book</d:href><d:propstat><d:prop/><d:status>{OK}</d:status></d:propstat></d:response>"


@pytest.fixture
def reading(httpserver: HTTPServer):
    def read(*answers):
        httpserver.clear()
        httpserver.expect_request("/book/", method="PROPFIND").respond_with_data(WHOLE.format(KIND), 207)
        httpserver.expect_request("/book/", method="REPORT").respond_with_data(WHOLE.format("".join(answers)), 207)
        part = SourceBook(httpserver.url_for("/book/"), "", "", "vcard")
        return open_delivery(SourceSpec("buch", "Buch", (part,)))

    return read


@pytest.mark.parametrize(
    ("answer", "told", "key"),
    [
        (etag_only(2), "gibt die Karte nicht heraus (Antwort 404)", ("person", "uid:c2")),
        (found(2, "HTTP/1.1 500 Internal Server Error"), "(Antwort 500)", ("person", "uid:c2")),
        (found(2, card=""), "(Antwort 404)", ("person", "uid:c2")),
        (found(2, card="  \n"), "(Antwort 404)", ("person", "uid:c2")),
        (refused("/book/c2.vcf", 403), "(Antwort 403)", ("person", "uid:c2")),
        (found(2, card="BEGIN:VCARD\nUID:c2\nEND:VCARD"), "wem sie gehört", ("person", "uid:c2")),
        (CUT, "abgebrochen (Antwort 507)", None),
        (refused("/book", 500), "abgebrochen (Antwort 500)", None),
        ("<d:response><d:status>HTTP/1.1 200 OK</d:status></d:response>", "abgebrochen", None),
    ],
    ids=["etag", "500", "empty", "blank", "403", "only-a-uid", "507", "the-book-itself", "without-href"],
)
def test_what_the_server_keeps_back_is_rejected_with_its_answer_and_held(reading, answer, told, key):
    delivery = reading(found(1), answer, found(3))
    assert [i.ident for i in delivery.items] == ["uid:c1", "uid:c3"]
    assert [(told in r.reason, bool(r.hint)) for r in delivery.rejected] == [(True, True)]
    assert [one.key for one in delivery.unread] == [key]
    assert bool(delivery.unread[0].fingerprint) is (key is not None)


@pytest.mark.parametrize("more", [(), (BARE,), (refused("/book/kontaktnetz-person-1.vcf", 404),)])
def test_a_book_that_is_given_whole_has_no_gaps(reading, more):
    delivery = reading(found(1), *more, found(2))
    assert (len(delivery.items), delivery.rejected, delivery.unread) == (2, (), ())


def test_a_card_whose_end_the_server_cut_is_read_without_its_last_line(reading):
    delivery = reading(found(1, card=text(1)[: text(1).index(";;;\r\nEND")]), found(2))
    assert [i.ident for i in delivery.items] == ["uid:c1", "uid:c2"]
    assert delivery.items[0].values["last_name"] == "Karte1"
    assert (delivery.rejected, delivery.unread) == ((), ())


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((), r"steht keine Karte"),
        ((BARE,), r"steht keine Karte"),
        ((refused("/book/kontaktnetz-person-1.vcf", 404),), r"steht keine Karte"),
        ((etag_only(1), etag_only(2)), r"nennt im Adressbuch .* 2 Karten, gibt aber von keiner Karte den Inhalt"),
        ((CUT,), r"bricht bei .* ab"),
    ],
    ids=["empty", "only-itself", "only-ours", "only-etags", "cut-off"],
)
def test_a_book_without_any_card_says_what_is_the_matter(reading, answers, words):
    with pytest.raises(AddressBookError, match=words) as told:
        reading(*answers)
    assert told.value.hint
    assert "vCard" not in told.value.message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that vouches for itself, for 127.0.0.1: its file, and that of its key."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Haus")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "haus.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    return folder / "haus.pem", folder / "key.pem"


@pytest.fixture
def closed_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        server.expect_request("/book/", method="PROPFIND").respond_with_data(WHOLE.format(KIND), 207)
        server.expect_request("/book/", method="REPORT").respond_with_data(WHOLE.format(found(1)), 207)
        yield server


def test_a_certificate_that_nobody_vouches_for_is_named_with_the_cure_and_no_later_run_is_promised(closed_server):
    with pytest.raises(AddressBookError, match=r"Zertifikat von 127\.0\.0\.1 .* selbst ausgestellt") as told:
        AddressBook(closed_server.url_for("/book/")).read()
    assert not isinstance(told.value, Transient)
    assert "ca_file" in (told.value.hint or "")


def test_a_certificate_of_ones_own_is_trusted_when_its_file_is_given(closed_server, certificate, tmp_path):
    path = tmp_path / "sources.toml"
    (tmp_path / "haus.pem").write_bytes(certificate[0].read_bytes())
    path.write_text(f'[buch]\nurl = "{closed_server.url_for("/book/")}"\nca_file = "haus.pem"\n', encoding="utf-8")
    assert [i.ident for i in open_delivery(load_sources(path)["buch"]).items] == ["uid:c1"]
    (tmp_path / "haus.pem").unlink()
    with pytest.raises(AddressBookError, match=r"haus\.pem .* gibt es nicht"):
        open_delivery(load_sources(path)["buch"])
