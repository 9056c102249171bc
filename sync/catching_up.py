"""Bring into the status what undos took back meanwhile, by the journal of the base: they may have run anywhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.nocodb.where import greater
from sync.noting import read_retraction
from sync.status import Retraction, Status

_NEVER_KEPT = dt.datetime.min.replace(tzinfo=dt.UTC)
"""Since when a copy that is thrown away knows an item."""


@dataclass(frozen=True, slots=True)
class News:
    """What the status does not know yet, oldest first, and the newest entry of the journal that it comes from."""

    told: tuple[Retraction, ...]
    newest: int | None

    def about(self, source: str) -> bool:
        """Say whether any of it is about this source."""
        return any(one.source == source for one in self.told)


def read_news(client: Client, base: ResolvedBase, status: Status) -> News:
    """Return what undos took back since the status last heard of it; a status that knows nothing has nothing to hear.

    Raises:
        ConfigError: the journal lacks a column that is needed.
        NocoDBError: the server refused or did not answer.
    """
    store = TableStore(client, base, JournalEntry)
    table = base.tables["journal"]
    heard = status.taken(table.id)
    fresh = heard is None and not status.knows_of({code: one.id for code, one in base.tables.items()})
    where = store.condition("kind", WriteKind.UNDONE) & greater(table.key.id, heard or 0)
    told: list[Retraction] = []
    newest = heard if heard is not None else 0
    for entry in store.pull(["run"] if fresh else ["row", "data"], where=where):
        newest = max(newest, entry.id or 0)
        data = {} if fresh or entry.row is not None else json.loads(entry.data or "{}")
        if "retracted" in data:
            told.append(read_retraction(data))
    return News(tuple(told), newest if newest != heard else None)


def catch_up(client: Client, base: ResolvedBase, status: Status, now: dt.datetime) -> None:
    """Take in what undos took back, all of it or nothing; ``now`` is the aware UTC moment.

    Raises what ``read_news`` raises.
    """
    news = read_news(client, base, status)
    if news.newest is not None:
        status.take_in(news.told, base.tables["journal"].id, news.newest, now)


@contextmanager
def caught_up(client: Client, base: ResolvedBase, status: Status) -> Iterator[Status]:
    """Give a status that has heard of everything without writing into this one: itself, or a copy in memory.

    Raises what ``read_news`` raises.
    """
    news = read_news(client, base, status)
    if not news.told or news.newest is None:
        yield status
        return
    with status.copy() as copy:
        copy.take_in(news.told, base.tables["journal"].id, news.newest, _NEVER_KEPT)
        yield copy
