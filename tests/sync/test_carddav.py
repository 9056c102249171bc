import socket

import pytest
from address_books import PASSWORD, READER, USER
from pytest_httpserver import HTTPServer

from schemas.errors import ConfigError, SourceError, Transient
from sync import carddav
from sync.carddav import AddressBook, AddressBookAway, AddressBookError, CardChanged
from sync.sources.registry import load_sources, open_delivery

CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:{name}\nN:{name};;;;\nEMAIL:{uid}@example.org\nEND:VCARD\n"


def card(uid="a", name="Müller"):
    return CARD.format(uid=uid, name=name)


def opened(url):
    return AddressBook(url, USER, PASSWORD)


def test_cards_written_are_read_again_under_their_names(book):
    opened(book).put("a b.vcf", card())
    opened(book).put("ü.vcf", card("b", "Schmidt"))
    found = opened(book.rstrip("/")).cards()
    assert [c.name for c in found] == ["a b.vcf", "ü.vcf"]
    assert "FN:Müller" in found[0].text
    assert all(c.version for c in found)


def test_an_empty_book_has_no_cards(book):
    assert opened(book).cards() == []


def test_a_card_changed_in_between_is_neither_overwritten_nor_deleted(book, card_server):
    opened(book).put("a.vcf", card())
    (read,) = opened(book).cards()
    card_server.put(book, "a.vcf", card(name="Meier"))
    with pytest.raises(CardChanged):
        opened(book).put("a.vcf", card(name="Wir"), read.version)
    with pytest.raises(CardChanged):
        opened(book).delete("a.vcf", read.version)
    with pytest.raises(CardChanged):
        opened(book).put("a.vcf", card(name="Neu"))
    assert "FN:Meier" in opened(book).cards()[0].text


def test_a_card_is_changed_and_deleted_as_long_as_it_is_the_one_that_was_read(book):
    opened(book).put("a.vcf", card())
    opened(book).put("b.vcf", card("b"))
    first, second = opened(book).cards()
    opened(book).put("a.vcf", card(name="Neu"), first.version)
    opened(book).delete("b.vcf", second.version)
    opened(book).delete("b.vcf", second.version)
    assert [("FN:Neu" in c.text, c.name) for c in opened(book).cards()] == [(True, "a.vcf")]


def test_a_wrong_password_is_told_with_the_cure(book):
    with pytest.raises(AddressBookError, match=r"stimmen nicht.*App-Kennwort"):
        AddressBook(book, USER, "falsch").cards()


def test_a_book_that_may_only_be_read_says_so_when_written_to(book):
    reader = AddressBook(book, READER, PASSWORD)
    with pytest.raises(AddressBookError, match=r"darf das nicht.*Recht"):
        reader.put("a.vcf", card())
    assert reader.cards() == []


@pytest.mark.parametrize("path", ["/agentur/", "/agentur/fehlt/", "/"])
def test_an_address_without_a_book_is_told(card_server, path):
    with pytest.raises(AddressBookError, match=r"Adressbuch"):
        opened(card_server.url + path).cards()


def test_a_server_that_is_not_there_may_come_back():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(AddressBookAway, match=r"antwortet nicht") as told:
            opened(f"http://127.0.0.1:{taken.getsockname()[1]}/b/").cards()
    assert isinstance(told.value, Transient)


def test_the_password_never_goes_in_the_open_to_a_host_far_away():
    with pytest.raises(AddressBookError, match=r"unverschlüsselt.*https"):
        AddressBook("http://8.8.8.8/buch/", USER, PASSWORD)


@pytest.mark.parametrize("url", ["", "example.org/buch", "ftp://example.org/"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(AddressBookError, match="keine Adresse"):
        AddressBook(url)


def test_a_redirect_is_named_and_not_followed(httpserver: HTTPServer):
    httpserver.expect_request("/b/").respond_with_data("", 301, {"Location": "https://anderswo.example/b/"})
    with pytest.raises(AddressBookError, match=r"anderswo\.example"):
        opened(httpserver.url_for("/b/")).cards()
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    "answer", ["<html><body>Anmeldung", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>', "<a/>"], ids=["html", "bomb", "a"]
)
def test_an_answer_that_is_no_address_book_is_told(httpserver: HTTPServer, answer):
    httpserver.expect_request("/b/").respond_with_data(answer, 207)
    with pytest.raises(AddressBookError, match="Adressbuch"):
        opened(httpserver.url_for("/b/")).cards()


@pytest.mark.parametrize(("status", "kind"), [(503, AddressBookAway), (429, AddressBookAway), (418, AddressBookError)])
def test_a_server_in_trouble_is_told_with_what_it_said(httpserver: HTTPServer, status, kind):
    httpserver.expect_request("/b/").respond_with_data("", status)
    with pytest.raises(kind, match=str(status)):
        opened(httpserver.url_for("/b/")).cards()


def test_an_answer_without_end_is_cut_off(httpserver: HTTPServer, monkeypatch):
    monkeypatch.setattr(carddav, "MAX_BYTES", 1000)
    httpserver.expect_request("/b/").respond_with_data("x" * 100_000, 207)
    with pytest.raises(AddressBookError, match="größer"):
        opened(httpserver.url_for("/b/")).cards()


def directory(tmp_path, text):
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_book_in_the_directory_of_sources_is_read_with_the_password_of_the_env_file(
    book, tmp_path, monkeypatch, card_server
):
    card_server.put(book, "x.vcf", card())
    card_server.put(book, "kontaktnetz-person-1.vcf", card("b", "Unsere"))  # what we wrote ourselves never comes back
    monkeypatch.chdir(tmp_path)
    path = directory(tmp_path, f'[buch]\ntitle = "Handy"\nurl = "{book}"\nuser = "{USER}"\npassword_from = "BUCH_PW"\n')
    spec = load_sources(path)["buch"]
    with pytest.raises(ConfigError, match="BUCH_PW"):
        open_delivery(spec)
    (tmp_path / ".env").write_text(f"BUCH_PW='{PASSWORD}'\n", encoding="utf-8")
    (person,) = open_delivery(spec).items
    assert (person.values["last_name"], person.values["mail"]) == ("Müller", "a@example.org")
    assert PASSWORD not in repr(spec)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('url = "https://example.org/b"\npath = "a.csv"', "url und path"),
        ('url = "https://example.org/b"\npassword = "x"', "enthält ein Kennwort"),
        ('url = "https://example.org/b"\nuser = "x"', "password_from"),
        ('url = ""', "fehlt die Angabe url"),
        ("url = 3", "fehlt die Angabe url"),
        ('url = "https://example.org/b"\nfarbe = "x"', "farbe"),
    ],
)
def test_a_book_described_wrongly_is_told_with_the_key(tmp_path, entry, told):
    with pytest.raises(SourceError, match=told):
        load_sources(directory(tmp_path, f"[buch]\n{entry}\n"))


def test_a_profile_that_reads_no_cards_does_not_fit_a_book(tmp_path):
    path = directory(tmp_path, '[buch]\nurl = "https://example.org/b"\nprofile = "organisationen"\n')
    with pytest.raises(SourceError, match="liest keine Adresskarten"):
        open_delivery(load_sources(path)["buch"])
