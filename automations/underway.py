"""What a run left on its way when it was killed, when the connection broke, or when another machine took over.

For each message that stands as *wird gesendet* there is one of three answers. Its content never went out: it waits
again. The server took it: it is sent. Nobody knows (the content went out and no answer came back, or another machine or
another boot was at it): the archive knows, because the server takes a message and its blind copy in one transaction.
Without an archive such a message is held, and a person decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from automations.mail.handed import Fate, HandedOver, Trace
from automations.mail.message import message_id
from automations.outbox import LOST, UNCLEAR, Concerns, Delivered, Now, batches, mark_sent, move
from schemas.moments import is_from_future
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore

SETTLED = dt.timedelta(minutes=1)
"""A copy that is not in the archive yet may still be under way within the mail server: servers deliver what they took
within seconds, but not in order. Only when this much time has passed *and* a mail that went out later has arrived is
the way to the archive known to work, and a missing copy means that the server never took the message."""

SETTLED_ELSEWHERE = dt.timedelta(minutes=10)
"""The same for what another machine or another boot left: when it went out is not known, only when it was missed."""

PATIENCE = dt.timedelta(minutes=30)
"""No later mail has arrived for so long: nothing shows that the archive works, and a person decides."""

NOT_THERE = f"Ein Lauf brach beim Senden ab, und im Archiv liegt keine Kopie. {UNCLEAR}"

Look = Callable[[Sequence[str]], set[str]]
"""Says which Message-IDs lie in the archive."""


def on_the_way(store: TableStore[Post]) -> list[Post]:
    """Return what stands as being sent; while no run sends, a run was killed there."""
    return list(store.pull(where=store.condition("state", PostState.SENDING)))


@dataclass(slots=True)
class _Sorted:
    sent: list[Post] = field(default_factory=list)
    again: list[Post] = field(default_factory=list)
    held: list[tuple[str, list[Post]]] = field(default_factory=list)
    open: list[tuple[Post, Trace]] = field(default_factory=list)


def clear_up(
    store: TableStore[Post], memory: HandedOver, concerns: Concerns, *, now: Now, look: Look | None = None
) -> Delivered:
    """Find out about every message that is on its way. To be called under the lease, before anything is sent.

    Raises:
        MailboxAway, ConfigError: the archive cannot be asked; nothing was decided.
        NocoDBError: the server refused or did not answer; run again.
    """
    done = Delivered()
    found = _Sorted()
    underway = on_the_way(store)
    for mark in {post.token for post in underway if post.token}:
        memory.close(mark)
    for post in underway:
        trace = memory.trace(post.token, post.id or 0)
        if trace.fate == Fate.TAKEN:
            found.sent.append(post)
        elif trace.fate == Fate.NEVER:
            found.again.append(post)
        else:
            found.open.append((post, trace))
    _ask_archive(found, memory, now(), look)
    for part in _parts(found.sent):
        done.sent += mark_sent(store, concerns, part, now())
    done.returned += move(store, found.again, {"state": PostState.QUEUED})
    for why, posts in found.held:
        done.held += move(store, posts, {"state": PostState.HELD, "problem": why})
    done.looked_for = len(found.open)
    return done


def _ask_archive(found: _Sorted, memory: HandedOver, moment: dt.datetime, look: Look | None) -> None:
    """Move what the archive can tell from ``open`` to where it belongs."""
    asked = [(post, trace) for post, trace in found.open if look is not None and trace.copied is not False]
    lost = [post for post, trace in found.open if look is None or trace.copied is False]
    if lost:
        found.held.append((LOST, lost))
    found.open = []
    if not asked or look is None:
        return
    since = {
        post.id: trace.begun
        if trace.begun is not None and not is_from_future(trace.begun, moment)
        else memory.missed_since(post.token, post.id or 0, moment)
        for post, trace in asked
    }
    later = {post.id: memory.taken_after(since[post.id], moment) for post, _ in asked}
    wanted = {message_id(post.ident or "") for post, _ in asked} | {one for some in later.values() for one in some}
    there = look(sorted(wanted))
    for post, trace in asked:
        waited = moment - since[post.id]
        if message_id(post.ident or "") in there:
            found.sent.append(post)
        elif waited >= (SETTLED if trace.begun else SETTLED_ELSEWHERE) and there.intersection(later[post.id]):
            found.again.append(post)
        elif waited >= PATIENCE:
            found.held.append((NOT_THERE, [post]))
        else:
            found.open.append((post, trace))


def _parts(posts: Sequence[Post]) -> list[list[Post]]:
    by_row = {post.id: post for post in posts if post.id is not None}
    return [[by_row[row] for row in part] for part in batches(list(by_row))]
