"""Sending what waits in the outbox: fifty rows are claimed together, handed over one by one, and written down together.

A claim is one conditional update, so a row that staff hold in that moment stays theirs. While one batch goes out, a
clerk in a second thread claims and composes the next one and writes down what became of the last; the mail server never
waits for NocoDB. After a kill at most two batches have to be cleared up.
"""

from __future__ import annotations

import datetime as dt
import sys
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from automations.mail.handed import HandedOver
from automations.mail.message import compose
from automations.mail.smtp import Gone, Postponed, Transport, Unsure, Unwelcome, Wire, wire
from automations.outbox import Concerns, Delivered, NoConcerns, Now, batches, mark_sent, move
from schemas.errors import DeliveryError
from schemas.model import Value
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore

MOST_ATTEMPTS = 8
"""After so many tries that the server put off (``handed.pause_after``: a day and more), a person has to look."""

UNWRITABLE = (
    "Diese E-Mail lässt sich nicht senden: In Betreff, Text oder einer Adresse steht ein Zeichen, das E-Mails nicht "
    "tragen können. Bitte prüfen Sie auch „Antwort an“ in der Veranstaltung."
)

_TOLD = {
    PostState.FAILED: "failed", PostState.HELD: "held", PostState.WITHDRAWN: "withdrawn", PostState.QUEUED: "postponed",
}  # fmt: skip


QUICK = 0.0005
"""Seconds after which the interpreter lets the other thread in (5 ms by itself): each answer of the mail server, five a
message, would else wait so long for a clerk who composes."""


@contextmanager
def _quick_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(QUICK)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@dataclass(slots=True)
class _Batch:
    """Rows that are ours, what goes out of them, and what became of each.

    ``ends`` holds messages that did not go out, by where they go from here, why (German), and how often they were
    tried; ``refusal`` is what the server says to all of them.
    """

    left: list[tuple[Post, Wire]] = field(default_factory=list)
    sent: list[Post] = field(default_factory=list)
    refusal: DeliveryError | None = None
    ends: defaultdict[tuple[PostState, str, int], list[Post]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Sending:
    """What one run sends with. ``ensure`` raises when the lease is lost: only one run at a time may send."""

    store: TableStore[Post]
    transport: Transport
    memory: HandedOver
    sender: str
    now: Now
    concerns: Concerns = field(default_factory=NoConcerns)
    ensure: Callable[[], None] = lambda: None
    archived: bool = False

    def deliver(self, rows: Sequence[int], until: dt.datetime | None = None) -> Delivered:
        """Send these rows if they still wait; after ``until`` no further batch is begun.

        Raises:
            LeaseHeld: another run took over.
            Unwelcome, Gone: the mail server takes nothing from us, now or ever, and has taken nothing in this run; all
                messages wait.
            NocoDBError: the server refused or did not answer; run again, ``underway`` clears up what is on its way.
        """
        done = Delivered()
        refusal: DeliveryError | None = None
        parts = list(batches(rows))
        if not parts:
            return done
        with _quick_turns(), ThreadPoolExecutor(1, "clerk") as clerk:
            coming: Future[_Batch] | None = clerk.submit(self._prepare, parts.pop(0))
            written: Future[None] | None = None
            while coming is not None:
                batch = coming.result()
                self.ensure()
                done.more = bool(parts) and until is not None and self.now() >= until
                coming = clerk.submit(self._prepare, parts.pop(0)) if parts and not done.more else None
                broken = self._send(batch)
                if written is not None:
                    written.result()
                written = clerk.submit(self._write_down, batch, done)
                if broken:
                    done.more, refusal = True, batch.refusal
                    if coming is not None:
                        written.result()
                        self._write_down(coming.result(), done)
                    break
            if written is not None:
                written.result()
        if refusal is not None and not done.counts():
            raise refusal
        return done

    def _prepare(self, rows: Sequence[int]) -> _Batch:
        """Claim rows and compose their messages."""
        batch = _Batch()
        claimed = self._claim(rows)
        ready, withheld = self.concerns.ready(claimed)
        for post in claimed:
            if post.id in withheld:
                batch.ends[PostState.WITHDRAWN, withheld[post.id], post.attempts or 0].append(post)
        for post in ready:
            try:
                batch.left.append((post, wire(compose(post, self.sender, self.now()))))
            except DeliveryError as problem:
                batch.ends[PostState.FAILED, str(problem), (post.attempts or 0) + 1].append(post)
            except ValueError:  # a header that no message may have
                batch.ends[PostState.FAILED, UNWRITABLE, (post.attempts or 0) + 1].append(post)
        return batch

    def _claim(self, rows: Sequence[int]) -> list[Post]:
        """Make rows ours; the memory knows the mark before the base does, so that a killed run's claim is known."""
        mark = uuid.uuid4().hex
        self.memory.claim(mark, self.now())
        ours = self.store.swap_many(rows, {"state": PostState.QUEUED}, {"state": PostState.SENDING}, mark=mark)
        there = self.store.get_many(ours)
        claimed = (there[row] for row in rows if row in there)
        return [post for post in claimed if post.state == PostState.SENDING and post.token == mark]

    def _send(self, batch: _Batch) -> bool:
        """Hand a batch over; say whether the connection broke."""
        while batch.left:
            self.ensure()
            post, message = batch.left[0]
            attempts = (post.attempts or 0) + 1
            try:
                self._hand_over(post, message)
            except (Gone, Unwelcome) as problem:
                if isinstance(problem, Gone) and problem.over_it:
                    batch.left.pop(0)
                    self._put_off(batch, post, problem)
                else:
                    batch.refusal = problem  # it was certainly not taken, so it stays with those that wait again
                return True
            except Unsure as problem:
                batch.left.pop(0)
                if not self.archived:  # else it stays on its way: the archive will tell
                    batch.ends[PostState.HELD, str(problem), attempts].append(post)
                return True
            except Postponed as problem:
                self._put_off(batch, post, problem)
            except DeliveryError as problem:
                batch.ends[PostState.FAILED, str(problem), attempts].append(post)
            else:
                batch.sent.append(post)
            batch.left.pop(0)
        return False

    def _put_off(self, batch: _Batch, post: Post, problem: Postponed) -> None:
        """Let a message rest for a while, so that those behind it go first; after many tries it is a person's turn."""
        attempts = (post.attempts or 0) + 1
        last = attempts >= MOST_ATTEMPTS
        if not last:
            self.memory.put_off(post.id or 0, attempts, self.now())
        batch.ends[PostState.FAILED if last else PostState.QUEUED, str(problem), attempts].append(post)

    def _hand_over(self, post: Post, message: Wire) -> None:
        mark, row = post.token or "", post.id or 0

        def begin(copied: bool) -> None:
            self.memory.begin(mark, row, message.ident, self.now(), copied=copied)

        self.transport.send(message, begin)
        self.memory.take(mark, row, self.now())

    def _write_down(self, batch: _Batch, done: Delivered) -> None:
        """Write into the base what became of a batch; what did not go out because the connection broke waits again."""
        done.sent += mark_sent(self.store, self.concerns, batch.sent, self.now())
        for (state, problem, attempts), posts in batch.ends.items():
            changes: dict[str, Value] = {"state": state, "problem": problem, "attempts": attempts or None}
            told = _TOLD[state]
            setattr(done, told, getattr(done, told) + move(self.store, posts, changes))
        move(self.store, [post for post, _ in batch.left], {"state": PostState.QUEUED})
