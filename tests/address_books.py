"""A real CardDAV server (Radicale) for tests: on a free port of this machine, in a folder that goes with it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from servers import free_port, stop

USER, READER, PASSWORD = "agentur", "leser", "Geheim-1 äß"
_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/books
[web]
type = none
"""
_RIGHTS = """
[reader]
user: leser
collection: .*
permissions: Rr
[own]
user: .+
collection: {user}(/.*)?
permissions: RWrw
"""
_MAKE = (
    '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>'
    "<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>"
)


@dataclass(frozen=True, slots=True)
class CardServer:
    """A running Radicale: USER owns the books, READER may read them."""

    url: str
    process: subprocess.Popen[bytes]

    def new_book(self, name: str) -> str:
        """Make an empty address book and return its address."""
        url = f"{self.url}/{USER}/{name}/"
        made = self._ask("MKCOL", url, _MAKE)
        assert made.status_code == 201, (made.status_code, made.text)
        return url

    def put(self, url: str, name: str, text: str) -> None:
        """Put a card into a book as another program would, over whatever stands there."""
        done = self._ask("PUT", url + name, text)
        assert done.status_code in (200, 201, 204), done.status_code

    def texts(self, url: str) -> dict[str, str]:
        """Return the cards of a book by name, as another program finds them."""
        listed = self._ask("PROPFIND", url, "", {"Depth": "1"}).text
        names = [part.split("</href>")[0].rsplit("/", 1)[-1] for part in listed.split("<href>")[1:]]
        return {name: self._ask("GET", url + name, "").content.decode() for name in names if name}

    def _ask(self, method: str, url: str, body: str, headers: dict[str, str] | None = None) -> requests.Response:
        auth = (USER.encode(), PASSWORD.encode())
        return requests.request(method, url, data=body.encode(), headers=headers, auth=auth, timeout=10)


@contextmanager
def card_server() -> Iterator[CardServer]:
    """Start a Radicale; end it and remove its folder afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kn-radicale-") as folder:
        home = Path(folder)
        (home / "users").write_text(f"{USER}:{PASSWORD}\n{READER}:{PASSWORD}\n", encoding="utf-8")
        (home / "rights").write_text(_RIGHTS, encoding="utf-8")
        (home / "config").write_text(_CONFIG.format(port=port, folder=folder), encoding="utf-8")
        log = (home / "log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(home / "config")], stdout=log, stderr=log
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _await(url, process)
            yield CardServer(url, process)
        finally:
            stop(process)
            log.close()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            requests.get(url, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"Radicale did not start (exit code {process.poll()})")
