"""The outbox: every message is a row before it goes out, with a key, so that none goes twice and none is lost.

A row goes from *wartet* over *wird gesendet* to *gesendet*. What a killed run left on its way may or may not have gone
out; nobody can know, so it is held and a person decides.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from automations.mail.smtp import Postponed, Transport, Unsure
from schemas.errors import DeliveryError
from schemas.model import Value
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore

MOST_ATTEMPTS = 8
"""After so many tries that the server put off, a person has to look."""

LOST = "Ein Lauf brach beim Senden ab. Ob diese E-Mail hinausging, ist unklar: nachfragen, oder auf „wartet“ stellen."

Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent once: ``key`` is unique for ever, ``kind`` a code of ``POST_KINDS``."""

    key: str
    kind: str
    recipient: str
    subject: str
    text: str
    html: str


@dataclass(slots=True)
class Delivered:
    """What became of the messages of one run."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    held: int = 0

    def describe(self) -> str:
        """Return it in German, nothing if there was nothing to do."""
        counts = {"gesendet": self.sent, "verschoben": self.postponed, "fehlgeschlagen": self.failed,
                  "angehalten": self.held}  # fmt: skip
        return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def enqueue(store: TableStore[Post], letters: Sequence[Letter], now: Now) -> int:
    """Put messages into the outbox that never stood there, and return how many."""
    there = store.find_idents([letter.key for letter in letters])
    new = [
        Post(
            name=letter.subject, recipient=letter.recipient, kind=letter.kind, state=PostState.QUEUED,
            queued_at=now(), text=letter.text, html=letter.html, ident=letter.key,
        )
        for letter in {letter.key: letter for letter in letters}.values() if letter.key not in there
    ]  # fmt: skip
    store.create(new)
    return len(new)


def waiting(store: TableStore[Post]) -> list[Post]:
    """Return what is to be sent or was left on its way, the oldest first."""
    found = [
        *store.pull(where=store.condition("state", PostState.SENDING)),
        *store.pull(where=store.condition("state", PostState.QUEUED)),
    ]
    return sorted(found, key=lambda post: post.id or 0)


def deliver(
    store: TableStore[Post],
    posts: Sequence[Post],
    transport: Transport,
    *,
    sender: str,
    now: Now,
    ensure: Callable[[], None] = lambda: None,
) -> Delivered:
    """Send what waits; held is what an earlier run left on its way. Only one run at a time may do this (the lease).

    Raises:
        NocoDBError: the server refused or did not answer; run again, what is on its way then is held.
    """
    done = Delivered()
    for post in posts:
        ensure()
        if post.state == PostState.SENDING:
            done.held += _move(store, post, PostState.SENDING, {"state": PostState.HELD, "problem": LOST})
            continue
        if not _move(store, post, PostState.QUEUED, {"state": PostState.SENDING}):
            continue  # somebody held it at this moment
        attempts = (post.attempts or 0) + 1
        try:
            transport.send(compose(post, sender, now()))
        except Postponed as problem:
            if attempts >= MOST_ATTEMPTS:
                done.failed += _end(store, post, PostState.FAILED, str(problem), attempts)
            else:
                done.postponed += _end(store, post, PostState.QUEUED, str(problem), attempts)
        except Unsure as problem:
            done.held += _end(store, post, PostState.HELD, str(problem), attempts)
        except (DeliveryError, ValueError) as problem:  # ValueError: a header that no message may have
            done.failed += _end(store, post, PostState.FAILED, str(problem), attempts)
        else:
            sent: dict[str, Value] = {
                "state": PostState.SENT, "sent_at": now(), "problem": None, "attempts": attempts,
            }  # fmt: skip
            done.sent += _move(store, post, PostState.SENDING, sent)
    return done


def compose(post: Post, sender: str, moment: dt.datetime) -> EmailMessage:
    """Return the message of a row, as text and HTML. Raises ValueError for a header that cannot be.

    Its Message-ID is made of the key: should the same one ever arrive twice, mail programs can tell.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, post.recipient or "", post.name or ""
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{hashlib.sha256((post.ident or '').encode()).hexdigest()[:40]}@kontaktnetz.invalid>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office replies stay away
    message.set_content(post.text or "")
    if post.html:
        message.add_alternative(post.html, subtype="html")
    return message


def _end(store: TableStore[Post], post: Post, state: PostState, problem: str, attempts: int) -> int:
    return _move(store, post, PostState.SENDING, {"state": state, "problem": problem, "attempts": attempts})


def _move(store: TableStore[Post], post: Post, before: PostState, changes: Mapping[str, Value]) -> int:
    if post.id is None:
        return 0
    return int(store.swap(post.id, {"state": before}, changes).applied)
