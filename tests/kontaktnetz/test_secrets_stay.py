"""A password or key stands in no sentence, no fact and no log, whatever a server does with it."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from automations.jobs.calendars import _fetch
from automations.mail.imap import open_mailbox
from automations.mail.smtp import open_transport
from automations.runner import JOBS, Job, Runner
from kontaktnetz import logs
from schemas.errors import KontaktnetzError
from sync.carddav import AddressBook
from sync.nocodb.accounts import look_up, sign_in
from sync.nocodb.client import Client
from sync.settings import Settings

MARK = "MARKE-qX7"
SECRETS = {
    name: f"{MARK}-{name}"
    for name in ("nocodb_token", "nocodb_admin_password", "dashboard_secret", "smtp_password", "imap_password",
                 "address_book_password")
}  # fmt: skip


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Callable[[Settings], Path]]:
    root, before = logging.getLogger(), list(logging.getLogger().handlers)

    def begin(settings: Settings) -> Path:
        logs.log_to(tmp_path, debug=False, secrets=settings.secrets)
        return tmp_path / "logs" / "kontaktnetz.log"

    yield begin
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()


def configured(**more: object) -> Settings:
    return Settings(
        _env_file=None, **{**SECRETS, "mail_from": "wir@example.org", "smtp_user": "u", "imap_user": "u", **more}
    )


@contextmanager
def echoing(greeting: bytes, refusal: bytes) -> Iterator[int]:
    """Yield the port of a mail server that answers every line with its own words in a refusal."""

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as read:
            line.sendall(greeting)
            for said in read:
                word = said.split()[0] if said.split() else b"*"
                if said.upper().startswith(b"EHLO"):
                    line.sendall(b"250-there\r\n250 AUTH PLAIN LOGIN\r\n")
                elif b"CAPABILITY" in said.upper():
                    line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + word + b" OK done\r\n")
                else:
                    line.sendall(refusal.replace(b"TAG", word) + b" " + said.strip() + b" " + MARK.encode() + b"\r\n")

    def take(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=take, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def told_by(work: Callable[[], object]) -> str:
    with pytest.raises(KontaktnetzError) as caught:
        work()
    logging.getLogger("test").warning("failed facts=%s", caught.value.facts, exc_info=caught.value)
    return str(caught.value)


def echo(httpserver: HTTPServer, status: int) -> None:
    def answer(request: Request) -> Response:
        told = f"{request.headers} {request.get_data(as_text=True)[:300]} {MARK}".replace("\r\n", " ")
        return Response(json.dumps({"msg": told}), status=status)

    httpserver.expect_request(re.compile(".*")).respond_with_handler(answer)


def test_mail_servers_that_repeat_the_password_are_not_quoted(log_file: Callable[[Settings], Path]) -> None:
    said = []
    with echoing(b"220 there\r\n", b"535") as smtp, echoing(b"* OK there\r\n", b"TAG NO") as imap:
        settings = configured(smtp_host="127.0.0.1", smtp_port=smtp, imap_host="127.0.0.1", imap_port=imap)
        written = log_file(settings)

        def send() -> None:
            with open_transport(settings):
                pass

        def read() -> None:
            with open_mailbox(settings):
                pass

        said += [told_by(send), told_by(read)]
    assert not any(MARK in one for one in said), said
    assert all(secret not in written.read_text("utf-8") for secret in SECRETS.values())


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 429, 500])
def test_web_servers_that_repeat_what_they_were_sent_are_not_quoted(
    httpserver: HTTPServer, log_file: Callable[[Settings], Path], impatient: None, status: int
) -> None:
    echo(httpserver, status)
    url = httpserver.url_for("").rstrip("/")
    secret_calendar = f"{url}/{MARK}/geheim.ics?schluessel={MARK}"
    settings = configured(nocodb_url=url, calendars=secret_calendar)
    written = log_file(settings)
    token = SECRETS["nocodb_token"]
    said = [
        told_by(lambda: Client(url, token, retries=0).request("GET", "/api/v2/x")),
        told_by(lambda: look_up(url, token, "b", retries=0)),
        told_by(lambda: sign_in(url, "a@example.org", f"{MARK}-kennwort")),
        told_by(lambda: AddressBook(url, "u", SECRETS["address_book_password"]).read()),
    ]
    if status >= 400:
        said.append(told_by(lambda: _fetch(secret_calendar, 1)))
    assert not any(MARK in one for one in said), said
    text = written.read_text("utf-8")
    assert logs._BLOT in text or "facts" in text
    assert all(secret not in text for secret in (*SECRETS.values(), f"/{MARK}/geheim.ics"))


@pytest.mark.parametrize(
    "work",
    [
        lambda: Client(f"http://name:{MARK}@127.0.0.1:8080", "t"),
        lambda: Client(f"{MARK}@127.0.0.1", "t"),
        lambda: AddressBook(f"https://name:{MARK}@127.0.0.1/buch"),
        lambda: _fetch(f"http://127.0.0.1:9/{MARK}.ics", 1),
    ],
)
def test_a_password_in_an_address_is_not_repeated(work: Callable[[], object]) -> None:
    with pytest.raises(KontaktnetzError) as caught:
        work()
    assert MARK not in str(caught.value) + repr(caught.value.facts)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.code)
def test_no_job_tells_or_logs_a_secret_when_its_servers_refuse(
    httpserver: HTTPServer, log_file: Callable[[Settings], Path], tmp_path: Path, impatient: None, job: Job
) -> None:
    echo(httpserver, 400)
    url = httpserver.url_for("").rstrip("/")
    settings = configured(
        nocodb_url=url, KONTAKTNETZ_DATA=tmp_path, address_book_url=url, calendars=f"{url}/{MARK}.ics",
        smtp_host="127.0.0.1", smtp_port=9, imap_host="127.0.0.1", imap_port=9,
    )  # fmt: skip
    written, told = log_file(settings), list[str]()
    moment = dt.datetime.now(dt.UTC)
    Runner(settings, told.append, lambda: moment, [job]).run_now(job)
    assert not any(secret in line for line in told for secret in SECRETS.values())
    assert MARK not in "".join(told)
    assert not any(secret in written.read_text("utf-8") for secret in SECRETS.values())


def test_settings_show_no_secret_and_a_log_blots_them_out_in_tracebacks_too(
    log_file: Callable[[Settings], Path],
) -> None:
    settings = configured(nocodb_url=f"http://n:{MARK}-url@h", calendars=f"https://h.example/{MARK}/k.ics")
    assert MARK not in repr({name: getattr(settings, name) for name in SECRETS})
    written = log_file(settings)
    try:
        raise ValueError(f"401 for {SECRETS['imap_password']} at /{MARK}/k.ics with {MARK}-url")
    except ValueError:
        logging.getLogger("other").exception("token=%s", SECRETS["nocodb_token"])
    text = written.read_text("utf-8")
    assert "ValueError" in text
    assert MARK not in text
