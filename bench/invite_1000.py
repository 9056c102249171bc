"""1,000 guests are invited over four channels while the sender is killed -9 ten times; how fast it is without kills.

Everything is real: NocoDB, an SMTP server (aiosmtpd) and an IMAP server (dovecot) on loopback. Of 1,000 guests 700 get
a mail with a calendar in it (two channels in one message), 200 a letter, 100 a call; letters and calls are ticked off
like on the page. The sender is a process of its own, ended by kill -9 at random moments while mails go out; the rest of
the machinery is that of the installation (``automations.jobs.outbox``). After the kills what nobody can know is looked
up in the archive mailbox. The SMTP server takes a message and its copy for the archive in one step, as a real one does
that writes one queue file for a transaction.

What counts is what arrived: ``sent`` are guests that were reached (mails counted at the SMTP server by address, letters
and calls by what the invitation says), ``unique`` of these exactly once; every archive copy and the invitations are
counted, too. ``ratio`` compares rates of the same 700 mails in the same run, on a second event without kills: ours from
the start of the job to the moment when NocoDB says that all are *gesendet* and all guests *eingeladen* (signing in,
lease, claims, composing, archive copies, everything), against a bare loop of ``smtplib.SMTP.send_message`` over one
connection that has all messages ready, with the same recipients. Both are done three times in turn, and the medians
are compared. Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import datetime as dt
import imaplib
import json
import os
import random
import signal
import smtplib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import imap_server
from mail_server import MailServer, mail_server
from pydantic import SecretStr
from servers import throwaway_server

from automations.events.book import NEEDED
from automations.events.sending import Run, Sender, batch_of
from automations.events.tokens import new_mark
from automations.mail.handed import NAME as MEMORY
from automations.outbox import Letter, enqueue
from schemas.base import BASE
from schemas.contacts.tables import Organisation, Person
from schemas.events.choices import Channel, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.connection import Connection, refresh_now
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings

CHILD = ROOT / "tests" / "contract" / "sending_child.py"
ARCHIVE, FOLDER = "archiv@example.org", "Archiv"
SHARES = ((Channel.MAIL, 0.7), (Channel.LETTER, 0.2), (Channel.PHONE, 0.1))
STARTS = dt.datetime(2027, 3, 4, 16, tzinfo=dt.UTC)
TIMED = 3


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Stage:
    """A base with guests, and how to send."""

    opened: Connection
    settings: Settings
    environment: dict[str, str]
    mail: MailServer
    imap: imap_server.ImapServer

    def store(self, record):
        return TableStore(self.opened.client, self.opened.base, record)

    def invite(self, people: list[int], name: str, *, all_by_mail: bool = False) -> int:
        """Make an event with everybody on its list, and return its row."""
        (event,) = self.store(Event).create([
            Event(name=name, kind="ehrung", state=EventState.OPEN, starts_at=STARTS, venue="Gesellschaftshaus",
                  street="Schönebecker Straße 129", postcode="39104", city="Musterstadt",
                  answer_by=dt.date(2027, 2, 18), reply_to="einladung@example.org", ident=name,
                  programme="16:00 Begrüßung\n16:30 Ehrung\n18:00 Empfang"),
        ])  # fmt: skip
        self.store(Invitation).create([
            Invitation(
                name=f"Gast {n}", event=event, person=person, state=InvitationState.NOTED, mark=new_mark(),
                channel=Channel.MAIL if all_by_mail else _channel(n / len(people)),
                ident=f"einladung:{event}:p{person}",
            )
            for n, person in enumerate(people)
        ])  # fmt: skip
        return event

    def sender(self, event: int) -> Sender:
        refresh_now(self.settings, now())
        manifest = read_manifest(self.settings.mirror_dir)
        tables = {code: load_table(self.settings.mirror_dir, manifest, code) for code in NEEDED}
        return Sender(self.settings, self.opened, tables, event, now().date(), now)

    def queue(self, event: int) -> Sender:
        made = self.sender(event)
        rows = [r.id for r in self.store(Invitation).pull(where=self.store(Invitation).condition("event", event))]
        made.queue(PostKind.INVITATION, [row for row in rows if row is not None])
        return made

    def states(self, event: int) -> dict[PostState, int]:
        return Run(self.store(Post), batch_of(event, PostKind.INVITATION)).progress()

    def guests(self, event: int) -> list[Invitation]:
        return list(self.store(Invitation).pull(where=self.store(Invitation).condition("event", event)))


def _channel(part: float) -> Channel:
    """Return the channel of the guest who stands after this part of the list."""
    return (
        Channel.MAIL if part < SHARES[0][1] else Channel.LETTER if part < SHARES[0][1] + SHARES[1][1] else Channel.PHONE
    )


def main() -> None:
    if sys.argv[1:2] == ["bare"]:
        _bare_loop(int(sys.argv[2]), Path(sys.argv[3]))
        return
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--guests", type=int, default=1000)
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    asked = options.parse_args()
    with (
        ExitStack() as later,
        throwaway_server(asked.backend) as server,
        imap_server.imap_server() as imap,
        mail_server() as mail,
        tempfile.TemporaryDirectory() as data,
    ):
        imap.put([], FOLDER)
        stage, people = _set_up(server, imap, mail, data, asked.guests)
        copies = later.enter_context(imap.session())  # one connection, as a mail server has
        mail.keep = partial(_keep, copies, threading.Lock())
        event = stage.invite(people, "Ehrung")
        told = _with_kills(stage, event, asked.kills, random.Random(asked.seed))
        told |= _count(stage, event)
        told |= _compare(stage, people[: round(asked.guests * SHARES[0][1])])
        print(json.dumps(told))


def _keep(session: imaplib.IMAP4, one: threading.Lock, content: bytes, recipients: list[str]) -> None:
    """Put the copy for the archive into its folder before the message counts as taken."""
    if ARCHIVE in recipients:
        with one:
            answer, said = session.append(FOLDER, None, None, content)
        assert answer == "OK", said


def _set_up(server, imap, mail: MailServer, data: str, guests: int) -> tuple[Stage, list[int]]:
    client = Client.sign_in(server.url, server.email, server.password)
    base = resolve(client, BASE, apply_schema(client, BASE, meta.create_base(client, "Versand").id).base.id)
    token = client.request("POST", "/api/v1/tokens", json={"description": "Versand"})["token"]
    values = {
        "NOCODB_URL": server.url, "NOCODB_TOKEN": token, "NOCODB_BASE": base.id, "KONTAKTNETZ_DATA": data,
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mail.port), "SMTP_USER": "", "MAIL_FROM": "einladung@example.org",
        "MAIL_PER_MINUTE": "0", "MAIL_ARCHIVE": ARCHIVE, "MAIL_ARCHIVE_FOLDER": FOLDER, "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(imap.port), "IMAP_USER": imap_server.USER, "IMAP_PASSWORD": imap_server.PASSWORD,
        "ANSWER_URL": "https://antwort.example.org", "ANSWER_CHECK": "false",
    }  # fmt: skip
    settings = Settings(
        nocodb_url=server.url, nocodb_token=SecretStr(token), nocodb_base=base.id, KONTAKTNETZ_DATA=Path(data),
        smtp_host="127.0.0.1", smtp_port=mail.port, mail_from="einladung@example.org", mail_archive=ARCHIVE,
        mail_per_minute=0, answer_url="https://antwort.example.org", answer_check=False, imap_host="127.0.0.1",
        imap_port=imap.port,
        imap_user=imap_server.USER, imap_password=SecretStr(imap_server.PASSWORD), mail_archive_folder=FOLDER,
    )  # fmt: skip
    houses = TableStore(client, base, Organisation).create([
        Organisation(name=f"Verein {n} e. V.", street=f"Musterweg {n}", postcode="39104", city="Musterstadt")
        for n in range(1, 51)
    ])  # fmt: skip
    assert houses
    people = TableStore(client, base, Person).create([
        Person(first_name="Rosa", last_name=f"Beispiel-{n}", salutation="frau", mail=f"gast{n}@example.org",
               phone=f"+49 391 {100000 + n}", street=f"Gasse {n}", postcode="39104", city="Musterstadt")
        for n in range(guests)
    ])  # fmt: skip
    environment = {**os.environ, **values, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    return Stage(Connection(client, base), settings, environment, mail, imap), people


def _with_kills(stage: Stage, event: int, kills: int, dice: random.Random) -> dict[str, object]:
    """Send while the sender is killed again and again, then to the end; letters and calls are ticked off."""
    sender = stage.queue(event)
    by_hand = {c: [r.id for r in stage.guests(event) if r.channel == c] for c in (Channel.LETTER, Channel.PHONE)}
    for channel, rows in by_hand.items():
        sender.tick_off(PostKind.INVITATION, [row for row in rows if row is not None], channel)
    total = sum(stage.states(event).values())
    done = 0
    while done < kills and stage.states(event).get(PostState.SENT, 0) < total:
        part = max(total - len(stage.mail.messages), 1) / (kills - done + 1)
        done += _killed(stage, dice.uniform(0.3, 1.7) * part, dice.uniform(0, 0.004))
    print(f"{done} kills, {len(stage.mail.messages)} of {total} mails arrived until then")
    started = time.monotonic()
    while time.monotonic() - started < 300:
        subprocess.run([sys.executable, str(CHILD)], env=stage.environment, check=True, stdout=subprocess.DEVNULL)
        states = stage.states(event)
        if not states.get(PostState.SENDING) and not states.get(PostState.QUEUED):
            break
        if states.get(PostState.QUEUED, 0) == 0:
            _later_mail(stage)
            time.sleep(10)
    print(f"then to the end in {time.monotonic() - started:.0f} s; states {stage.states(event)}")
    with closing(sqlite3.connect(stage.settings.data_dir / MEMORY)) as memory:
        (unclear,) = memory.execute("SELECT count(*) FROM notes WHERE taken IS NULL").fetchone()
    return {"kills": done, "asked_the_archive": unclear}


def _later_mail(stage: Stage) -> None:
    """Let one more mail go out, as happens in an office: when its copy arrives the archive is known to work."""
    key = f"probe:{time.time_ns()}"
    enqueue(stage.store(Post), [Letter(key, PostKind.TEST, "wir@example.org", "Probe", "Probe", "")], now)


def _killed(stage: Stage, mails: float, more: float) -> bool:
    """Start a sender and kill it after so many mails have arrived and a moment more; False if it was through."""
    arrived = len(stage.mail.messages)
    running = subprocess.Popen([sys.executable, str(CHILD)], env=stage.environment, stdout=subprocess.DEVNULL)
    while running.poll() is None and len(stage.mail.messages) - arrived < mails:
        time.sleep(0.0005)
    if running.poll() is not None:
        return False
    time.sleep(more)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return True


def _count(stage: Stage, event: int) -> dict[str, object]:
    """Count by guest what arrived, and whether base and archive say the same."""
    guests = stage.guests(event)
    addresses = {p.id: p.mail for p in stage.store(Person).pull(["mail"])}
    arrived = Counter(str(m["To"]) for m in stage.mail.messages if m["To"] != "wir@example.org")
    with stage.imap.session() as session:
        copies = int(session.select(FOLDER, readonly=True)[1][0] or b"0")
        ids = b"".join(d[1] for d in session.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (TO)])")[1] if isinstance(d, tuple))
    archived = Counter(line.split(b":", 1)[1].strip().decode() for line in ids.split(b"\r\n") if b":" in line)
    reached = {
        g.id: arrived[addresses[g.person] or ""] if g.channel == Channel.MAIL else int(g.invited_at is not None)
        for g in guests
    }  # fmt: skip
    calendars = sum(
        part.get_content_type() == "text/calendar" for m in stage.mail.messages for part in m.walk()
    )  # fmt: skip
    return {
        "guests": len(guests), "sent": sum(count > 0 for count in reached.values()),
        "unique": sum(count == 1 for count in reached.values()), "mails": sum(arrived.values()),
        "calendars": calendars, "links": len(_links(stage.mail.messages, stage.settings.answer_url)),
        "archived_once": sum(archived[to] == 1 for to in arrived), "copies": copies,
        "invited": sum(g.state == InvitationState.INVITED and g.invited_at is not None for g in guests),
    }  # fmt: skip


def _links(messages: list[EmailMessage], site: str) -> set[str]:
    """Return the answer links of all messages: each guest has another one."""
    found = set()
    for message in messages:
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        found |= {word for word in text.split() if word.startswith(site)}
    return found


def _compare(stage: Stage, people: list[int]) -> dict[str, object]:
    """Send the same mails three times by us and three times by a bare loop, in turn."""
    ours, bare = [], []
    for turn in range(TIMED):
        event = stage.invite(people, f"Vergleich {turn}", all_by_mail=True)
        stage.queue(event)
        stage.mail.messages.clear()
        ours.append(_ours(stage, event, len(people)))
        bare.append(_bare(stage, [bytes(m) for m in stage.mail.messages]))
    ratio = statistics.median(ours) / statistics.median(bare)
    rates = {"ours_per_second": round(statistics.median(ours), 1), "bare_per_second": round(statistics.median(bare), 1)}
    return {**rates, "ratio": round(ratio, 2)}


def _ours(stage: Stage, event: int, total: int) -> float:
    """Return mails per second of our job, from its first line to the last row in NocoDB."""
    done = subprocess.run(
        [sys.executable, str(CHILD), "timed"], env=stage.environment, check=True, capture_output=True, text=True
    )
    assert stage.states(event) == {PostState.SENT: total}, stage.states(event)
    assert all(g.state == InvitationState.INVITED and g.invited_at for g in stage.guests(event))
    return total / float(done.stdout.strip().split("\n")[-1])


def _bare(stage: Stage, contents: list[bytes]) -> float:
    """Return mails per second of a bare loop over the same messages, in a process of its own like ours."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"{number}.eml").write_bytes(content)
        done = subprocess.run(
            [sys.executable, __file__, "bare", str(stage.mail.port), folder],
            env=stage.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
    return len(contents) / float(done.stdout.strip().split("\n")[-1])


def _bare_loop(port: int, folder: Path) -> None:
    """Send what lies in a folder as fast as the standard library does, and say how many seconds it took."""
    messages = [BytesParser(policy=policy.default).parsebytes(p.read_bytes()) for p in sorted(folder.glob("*.eml"))]
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            server.send_message(message, "einladung@example.org", [str(message["To"]), ARCHIVE])
    print(f"{time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main()
