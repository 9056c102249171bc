"""The base as the answer pages hold it: what of an event is known, and which invitation a link opens."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from automations.row_links import Named
from schemas.events.tables import Invitation
from streamlit_app.public.base import HeldBase, Kept, Stores, beside, connect, open_tables
from streamlit_app.public.gathered_runs import GatheredRuns
from streamlit_app.rsvp.facts import Facts, read_facts
from streamlit_app.rsvp.record import Outcome, Sent, record_all
from sync.settings import Settings
from sync.time_limit import held

NEEDED = ("event", "invitation", "reply")
NICE = ("body", "office", "organisation")
KEEP_FACTS = 30.0
"""Seconds that an event is not read anew; its guest always is."""
MOST_FACTS = 500
WRITING = 3
"""Connections on which answers are written: NocoDB works on few requests at a time, and pages must not wait behind a
crowd of them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A base: its id, which the links name, its tables for whoever reads, and the same for whoever answers."""

    id: str
    stores: Stores
    answering: Stores


def open_stores(settings: Settings) -> Opened:
    """Sign in and open the tables that answers need. Raises what ``connect`` and ``open_tables`` raise."""
    opened = connect(settings)
    answering = beside(settings, opened, WRITING)
    return Opened(opened.base.id, open_tables(opened, NEEDED, NICE), open_tables(answering, NEEDED, NICE))


class Base(HeldBase[Opened]):
    """One per process; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, open_: Callable[[], Opened], clock: Callable[[], float], network_name: str) -> None:
        super().__init__(open_, clock)
        self._network_name = network_name
        self._facts: Kept[Facts] = Kept(clock, MOST_FACTS, KEEP_FACTS)
        self._by_link: Kept[Facts] = Kept(clock, MOST_FACTS, math.inf)
        self._reading: GatheredRuns[tuple[Opened, int], Facts | None] = GatheredRuns(self._read_facts)
        self._recording: GatheredRuns[tuple[Stores, Sent], Outcome] = GatheredRuns(self._record)
        self._rooms = tuple(threading.Lock() for _ in range(16))

    def invitation(self, opened: Opened, named: Named) -> Invitation | None:
        """Return the invitation of a genuine link; None when it is gone or has another mark by now."""
        found: Invitation | None = opened.stores["invitation"].get(named.row)
        if found is None or found.event is None:
            return None
        return found if named.holds(found.mark) else None

    def facts(self, opened: Opened, event: int) -> Facts | None:
        """Return what a page tells of an event, at most half a minute old."""
        known = self._facts.get(event)
        if known is not None:
            return known
        return self._reading.run(event, (opened, event))

    def _read_facts(self, asked: Sequence[tuple[Opened, int]]) -> list[Facts | None]:
        opened, event = asked[0]  # of one event
        found = read_facts(opened.stores, event, self._network_name)
        self._facts.forget(event)
        if found is not None:
            self._facts.put(event, found)
        return [found] * len(asked)

    def remember(self, link: str, facts: Facts) -> None:
        """Keep what a link that held shows of its event, for a page that must do without the base."""
        self._by_link.put(link, facts)

    def remembered(self, link: str) -> Facts | None:
        """Return what such a link showed last."""
        return self._by_link.get(link)

    def record(self, stores: Stores, sent: Sent) -> Outcome:
        """Take an answer down, together with all that are sent to the same event meanwhile, and say what came of it.

        Raises:
            NocoDBError: it could not be taken down, or nobody knows; sending the same form again is safe.
        """
        outcome = self._recording.run(sent.event, (stores, sent))
        self.forget(sent.event)
        return outcome

    def _record(self, gathered: Sequence[tuple[Stores, Sent]]) -> list[Outcome]:
        return record_all(gathered[0][0], [sent for _, sent in gathered])

    def giving_chairs(self, event: int) -> AbstractContextManager[bool]:
        """Return the block in which guests who have a place get more chairs: two must not get the last one. Raises
        TimeoutError at its beginning when the others took too long.
        """
        return held(self._rooms[event % len(self._rooms)])

    def forget(self, event: int) -> None:
        """Read an event anew the next time: its free chairs have moved."""
        self._facts.forget(event)
