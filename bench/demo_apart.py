"""Start the demo beside a real installation, kill it in the middle of filling, start it again, and once more.

The real installation is a NocoDB with rows and an ``.env`` that names it and a mail server on loopback. The demo is
the real command in that folder. It is killed with SIGKILL at each of ``KILLED_AT``, then filled to the end, ended with
Ctrl-C, and started again. Ends with one JSON line: ``real_rows_touched`` (0: tables that differ), ``env_changed``
(false), ``mail_contacts`` (0: nobody called the mail server), ``kills``, ``doubled`` (0: idents that stand twice),
``grown`` (0: rows that the second whole run added), ``rows``, ``fill_seconds`` of the last, whole part and
``again_seconds``.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import free_port, throwaway_server

from schemas.base import BASE
from schemas.contacts.tables import Organisation, Person
from sync.env_file import read_env
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema

KILLED_AT = ("Kontaktverlauf anlegen", "Beispiel-Veranstaltungen", "ergänzen und ändern")
"""What the demo says when it is killed, in this order; each start goes on where the one before was killed."""
WHOLE = "Beenden mit Strg-C"
LONGEST = 900
"""Seconds that one start may take."""
WRITTEN_ALWAYS = frozenset({"job_run", "journal", "outbox"})
"""Tables in which each run of a job leaves a line."""

Rows = dict[str, list[dict[str, object]]]


class Listener:
    """A port that counts who calls and answers nobody."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            self.calls += 1
            connection.close()


def read_rows(client: Client, base: ResolvedBase) -> Rows:
    """Return every row of every table."""
    return {
        code: [
            {"id": row.id, **{c: row.value(c) for c in BASE.tables[code].columns}}
            for row in TableStore(client, base, BASE.record(code)).pull()
        ]
        for code in BASE.tables
    }


class Demo:
    """The command, started in a folder; its lines are read as they come."""

    def __init__(self, folder: Path, ports: dict[str, str]) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("NOCODB", "DASHBOARD", "SMTP", "IMAP"))}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from kontaktnetz.cli import main; main()", "demo"], cwd=folder,
            env={**environment, **ports, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line)

    def wait_for(self, words: str) -> float:
        """Wait until the demo says so, and return after how many seconds."""
        begun = time.monotonic()
        while not any(words in line for line in self._lines):
            if self._process.poll() is not None or time.monotonic() - begun > LONGEST:
                self.kill()
                raise SystemExit(f"the demo never said {words!r}:\n{''.join(self._lines[-20:])}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def kill(self) -> None:
        """Kill the command as a power cut would; NocoDB goes on."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=120)


def demo_rows(folder: Path, ports: dict[str, str]) -> Rows:
    """Return every row of the demo's base while it runs."""
    told = read_env(folder / ".kontaktnetz" / "vorfuehrung" / ".env")
    client = Client(f"http://127.0.0.1:{ports['NOCODB_PORT']}", str(told["NOCODB_TOKEN"]))
    return read_rows(client, resolve(client, BASE, str(told.get("NOCODB_BASE") or "Kontaktnetz")))


def doubled(rows: Rows) -> int:
    """Return how many idents stand in more than one row of their table."""
    found = 0
    for code, lines in rows.items():
        counted = Counter(str(row["ident"]) for row in lines if row.get("ident"))
        found += sum(count > 1 for count in counted.values()) if code not in WRITTEN_ALWAYS else 0
    return found


def grown(before: Rows, after: Rows) -> int:
    """Return by how many rows the tables differ that a finished demo leaves alone."""
    return sum(abs(len(after[code]) - len(before[code])) for code in before if code not in WRITTEN_ALWAYS)


def main() -> None:
    """Run it all and print the line."""
    mail = Listener()
    with throwaway_server() as server, tempfile.TemporaryDirectory() as name:
        admin = Client.sign_in(server.url, server.email, server.password)
        base = resolve(admin, BASE, apply_schema(admin, BASE, "Kontaktnetz").base.id)
        TableStore(admin, base, Organisation).create([Organisation(name=f"Echter Verein {n}") for n in range(20)])
        TableStore(admin, base, Person).create(
            [Person(last_name=f"Echt {n}", mail=f"echt{n}@example.org") for n in range(20)]
        )
        token = admin.request("POST", "/api/v1/tokens", json={"description": "echt"})["token"]
        folder = Path(name)
        settings = {
            "NOCODB_URL": server.url, "NOCODB_TOKEN": token, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mail.port),
            "MAIL_FROM": "netzwerk@example.org", "IMAP_HOST": "127.0.0.1", "IMAP_PORT": str(mail.port),
            "SMTP_SECURITY": "none",
        }  # fmt: skip
        env = folder / ".env"
        env.write_text("".join(f"{key}={value}\n" for key, value in settings.items()), encoding="utf-8")
        (folder / ".kontaktnetz").mkdir()
        (folder / ".kontaktnetz" / "node").symlink_to(ROOT / ".kontaktnetz" / "node")
        before, written = read_rows(admin, base), env.read_bytes()
        ports = {"NOCODB_PORT": str(free_port()), "DASHBOARD_PORT": str(free_port())}
        for words in KILLED_AT:
            demo = Demo(folder, ports)
            print(f"killed after {demo.wait_for(words):.0f} s at {words!r}", flush=True)
            demo.kill()
        seconds, told = [], []
        for _ in range(2):
            demo = Demo(folder, ports)
            try:
                seconds.append(demo.wait_for(WHOLE))
                told.append(demo_rows(folder, ports))
            finally:
                demo.end()
            print(f"whole after {seconds[-1]:.0f} s", flush=True)
        after = read_rows(admin, base)
        result = {
            "real_rows_touched": sum(before[code] != after[code] for code in before),
            "env_changed": env.read_bytes() != written,
            "mail_contacts": mail.calls,
            "kills": len(KILLED_AT),
            "doubled": doubled(told[1]),
            "grown": grown(*told),
            "rows": sum(len(lines) for code, lines in told[0].items() if code not in WRITTEN_ALWAYS),
            "fill_seconds": round(seconds[0]),
            "again_seconds": round(seconds[1]),
        }
    print(json.dumps(result))
    bad = ("real_rows_touched", "env_changed", "mail_contacts", "doubled", "grown")
    sys.exit(any(result[name] for name in bad))


if __name__ == "__main__":
    main()
