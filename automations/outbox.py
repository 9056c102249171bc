"""The outbox: every message is a row before it goes out, with a key, so that none goes twice and none is lost.

A row goes from *wartet* over *wird gesendet* to *gesendet* (``automations.delivery``). What a killed run left on its
way is cleared up by ``automations.underway``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.model import Value
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore

BATCH = 50
"""Rows that are written together."""

UNCLEAR = "Ob diese E-Mail hinausging, ist unklar: nachfragen, oder auf „wartet“ stellen."
LOST = f"Ein Lauf brach beim Senden ab. {UNCLEAR}"

Now = Callable[[], dt.datetime]

_WORDS = {
    "sent": "gesendet", "postponed": "verschoben", "failed": "fehlgeschlagen", "held": "angehalten",
    "withdrawn": "zurückgezogen", "returned": "nach einem Abbruch wieder eingereiht", "looked_for": "noch in Klärung",
}  # fmt: skip
_SOON = {PostKind.TEST: 0, PostKind.CANCELLATION: 1, PostKind.CHANGE: 1, PostKind.PLACE: 1}
"""What does not wait behind a thousand invitations."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent once: ``key`` is unique for ever, ``kind`` a code of ``POST_KINDS``.

    ``about`` names the row it belongs to (``invitation:17``), ``batch`` the sending it is part of.
    """

    key: str
    kind: str
    recipient: str
    subject: str
    text: str
    html: str
    calendar: str = ""
    sender_name: str = ""
    reply_to: str = ""
    about: str = ""
    batch: str = ""

    def as_row(self, moment: dt.datetime) -> Post:
        """Return the row that waits to be sent."""
        return Post(
            name=self.subject, recipient=self.recipient, kind=self.kind, state=PostState.QUEUED, queued_at=moment,
            text=self.text, html=self.html, calendar=self.calendar or None, sender_name=self.sender_name or None,
            reply_to=self.reply_to or None, about=self.about or None, batch=self.batch or None, ident=self.key,
        )  # fmt: skip


@dataclass(slots=True)
class Delivered:
    """What became of the messages of one run; ``more`` says that it stopped before the end."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    held: int = 0
    withdrawn: int = 0
    returned: int = 0
    looked_for: int = 0
    more: bool = False

    def counts(self) -> dict[str, int]:
        """Return the figures that are not 0."""
        return {code: getattr(self, code) for code in _WORDS if getattr(self, code)}


def describe(counts: Mapping[str, int]) -> str:
    """Return figures in German, nothing if there was nothing to do."""
    return ", ".join(f"{counts[code]} {word}" for code, word in _WORDS.items() if counts.get(code))


class Concerns(Protocol):
    """What messages are about, as far as it changes what goes out, or is changed by that."""

    def ready(self, posts: Sequence[Post]) -> tuple[list[Post], dict[int, str]]:
        """Return messages as they go out, and by row in German why one does not go out any more."""
        ...

    def note_sent(self, posts: Sequence[Post], moment: dt.datetime) -> None:
        """Write down what follows from messages that went out; called again after a kill, it changes nothing more."""
        ...


class NoConcerns:
    """Messages that are about nothing."""

    def ready(self, posts: Sequence[Post]) -> tuple[list[Post], dict[int, str]]:
        """Return them as they are."""
        return list(posts), {}

    def note_sent(self, posts: Sequence[Post], moment: dt.datetime) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class AllConcerns:
    """Several kinds of concerns, asked one after the other; each leaves alone what is not its own."""

    each: Sequence[Concerns]

    def ready(self, posts: Sequence[Post]) -> tuple[list[Post], dict[int, str]]:
        """Return messages as they go out after all were asked."""
        left, withheld = list(posts), dict[int, str]()
        for one in self.each:
            left, more = one.ready(left)
            withheld |= more
        return left, withheld

    def note_sent(self, posts: Sequence[Post], moment: dt.datetime) -> None:
        """Let all write down what follows."""
        for one in self.each:
            one.note_sent(posts, moment)


def enqueue(store: TableStore[Post], letters: Sequence[Letter], now: Now) -> int:
    """Put messages into the outbox that never stood there, and return how many."""
    there = store.find_idents([letter.key for letter in letters])
    new = [letter for letter in {one.key: one for one in letters}.values() if letter.key not in there]
    store.create([letter.as_row(now()) for letter in new])
    return len(new)


def queued(store: TableStore[Post]) -> list[int]:
    """Return the rows that wait: what is urgent first, then the oldest."""
    found = store.pull(["kind"], where=store.condition("state", PostState.QUEUED))
    ranked = sorted((_SOON.get(post.kind, 2), post.id) for post in found if post.id is not None)  # type: ignore[call-overload]
    return [row for _, row in ranked]


def mark_sent(store: TableStore[Post], concerns: Concerns, posts: Sequence[Post], moment: dt.datetime) -> int:
    """Mark messages on their way as sent, and return how many were.

    What they are about is written first: a row that is *gesendet* never waits for anything any more, and a run that is
    killed in between comes here again.
    """
    if not posts:
        return 0
    concerns.note_sent(posts, moment)
    tries = Counter((post.attempts or 0) + 1 for post in posts)
    done = 0
    for attempts in tries:
        same = [post for post in posts if (post.attempts or 0) + 1 == attempts]
        sent: dict[str, Value] = {"state": PostState.SENT, "sent_at": moment, "problem": None, "attempts": attempts}
        done += move(store, same, sent)
    return done


def move(store: TableStore[Post], posts: Sequence[Post], changes: Mapping[str, Value]) -> int:
    """Change rows that are still on their way, and return how many were."""
    rows = [post.id for post in posts if post.id is not None]
    return sum(len(store.swap_many(part, {"state": PostState.SENDING}, changes)) for part in batches(rows))


def batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield rows in parts that are written together."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
