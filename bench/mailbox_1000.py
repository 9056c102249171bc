"""A mailbox with 1,000 mails is read while the reader is killed again and again, then a second and a third time.

300 mails are contacts with people whom the base knows; the others are doubles of these, automatic answers, newsletters,
bounces, delays and strangers, some with broken letters. Every run is a process of its own, ended by kill -9 at a random
moment; then the folder is made anew (so that the server numbers its mails from the beginning), and then the reader's
memory is lost. Ends with one JSON line: ``known`` (contacts that lie in the mailbox), ``logged`` (of these in the
Kontaktverlauf), ``doubled``, ``auto_counted``; also ``kills``, ``bounced`` and ``marked``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import imap_server
from made_up_mails import post
from servers import throwaway_server

from automations.incoming.memory import NAME as MEMORY
from schemas.base import BASE
from schemas.contacts.tables import Interaction, Person
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema

CHILD = ROOT / "tests" / "contract" / "incoming_child.py"
TOTAL, CONTACTS, PEOPLE = 1000, 300, 120


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    addresses = [f"person{number}@verein{number % 40}.example" for number in range(PEOPLE)]
    made = post(addresses, total=TOTAL, contacts=CONTACTS, seed=asked.seed)
    with throwaway_server("sqlite") as server, imap_server.imap_server() as imap, tempfile.TemporaryDirectory() as data:
        client = Client.sign_in(server.url, server.email, server.password)
        made_base = meta.create_base(client, "Postfach")
        base = resolve(client, BASE, apply_schema(client, BASE, made_base.id).base.id)
        TableStore(client, base, Person).create(
            [Person(last_name=f"Bekannt {number}", mail=address) for number, address in enumerate(addresses)]
        )
        imap.put(made.mails)
        token = client.request("POST", "/api/v1/tokens", json={"description": "Postfach"})["token"]
        environment = {
            **os.environ, "NOCODB_URL": server.url, "NOCODB_TOKEN": token, "NOCODB_BASE": base.id,
            "KONTAKTNETZ_DATA": data, "IMAP_HOST": "127.0.0.1", "IMAP_PORT": str(imap.port),
            "IMAP_USER": imap_server.USER, "IMAP_PASSWORD": imap_server.PASSWORD, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        random_ = random.Random(asked.seed)
        kills = 0
        for minutes in range(0, 30 * asked.kills, 30):
            kills += _killed(environment, minutes, random_.uniform(0.3, 1.5))
        started = time.perf_counter()
        ahead = 30 * asked.kills
        _whole(environment, ahead)
        print(f"read to the end in {time.perf_counter() - started:.1f} s after {kills} kills")
        imap.recreate(made.mails)
        _whole(environment, ahead + 1)
        (Path(data) / MEMORY).unlink()
        _whole(environment, ahead + 2)
        rows = list(TableStore(client, base, Interaction).pull())
        marked = {row.mail for row in TableStore(client, base, Person).pull() if row.mail_problem}
        idents = Counter(row.ident for row in rows)
        automatic = sum(any(row.summary.endswith(subject) for subject in made.automatic) for row in rows)
        print(
            json.dumps(
                {
                    "known": len(made.known), "logged": len(idents) - automatic,
                    "doubled": sum(count - 1 for count in idents.values()), "auto_counted": automatic, "kills": kills,
                    "bounced": len(made.bounced), "marked": len(marked & made.bounced),
                    "marked_wrongly": len(marked - made.bounced),
                }
            )
        )  # fmt: skip


def _killed(environment: dict[str, str], minutes: int, seconds: float) -> bool:
    """Let the reader run for so many seconds after it has begun, then kill it; False if it was through already."""
    running = subprocess.Popen([sys.executable, str(CHILD), str(minutes)], env=environment, stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline() == b"begun\n"
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return True
    return False


def _whole(environment: dict[str, str], minutes: int) -> None:
    done = subprocess.run(
        [sys.executable, str(CHILD), str(minutes)], env=environment, check=True, capture_output=True, text=True
    )
    print(done.stdout.strip().split("\n")[-1] or "(nothing new)")


if __name__ == "__main__":
    main()
