"""Servers of mail, calendars and address books that drip hold no job: each line has its time."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from silent_server import serve

from automations.jobs import calendars
from automations.mail import imap, smtp
from schemas.errors import KontaktnetzError, Transient
from sync import carddav, reached
from sync.carddav import AddressBook
from sync.settings import Settings

HEAD = b"HTTP/1.1 207 Multi\r\nContent-Type: text/xml\r\n\r\n"
LATE = 4.0


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        (calendars, "_LONGEST"), (carddav, "LONGEST"), (reached, "LONGEST"), (imap, "LONGEST"),
        (smtp, "LONGEST_MESSAGE"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 0.6)


def seconds_until_told(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(KontaktnetzError) as caught:
        work()
    assert isinstance(caught.value, Transient), "a later run tries it again"
    return time.monotonic() - begun


@pytest.mark.parametrize("first", [b"", HEAD, HEAD.replace(b"207 Multi", b"200 OK")])
def test_calendars_and_address_books_end_when_their_time_is_up(first: bytes) -> None:
    with serve(first, b" ") as (url, _):
        assert seconds_until_told(lambda: calendars._fetch(f"{url}/k.ics", 1)) < LATE
        if b"200 OK" not in first:
            begun = time.monotonic()
            with pytest.raises(KontaktnetzError):
                AddressBook(url).read()
            assert time.monotonic() - begun < LATE


def test_the_self_test_of_the_public_address_ends_when_its_time_is_up(tmp_path: object) -> None:
    with serve(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n") as (url, _):
        begun = time.monotonic()
        assert reached._ask(Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path), url) is False
        assert time.monotonic() - begun < LATE


@contextlib.contextmanager
def mail_server(greeting: bytes) -> Iterator[Settings]:
    """Yield settings for a mail server that greets when connected to and answers in drips without end."""

    def talk(line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            line.sendall(greeting)
            line.recv(65536)
            while True:
                line.sendall(b"2")
                time.sleep(0.05)

    def take(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=take, args=(listening,), daemon=True).start()
        port = urlsplit(f"//127.0.0.1:{listening.getsockname()[1]}").port
        yield Settings(
            _env_file=None, smtp_host="127.0.0.1", smtp_port=port, smtp_user="u@example.org", imap_host="127.0.0.1",
            imap_port=port, imap_user="u",
        )  # fmt: skip


def test_a_mail_server_that_drips_its_answers_ends_when_its_time_is_up() -> None:
    def send(settings: Settings) -> None:
        with smtp.open_transport(settings):
            pytest.fail("it never answered")

    with mail_server(b"220 there\r\n") as settings:
        assert seconds_until_told(lambda: send(settings)) < LATE
