"""The base as the answer pages hold it: what of an event is known, and which invitation a link opens."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from automations.events.replies import mark_counted, settle_places
from automations.row_links import Named
from schemas.events.tables import Invitation
from streamlit_app.public.base import HeldBase, Kept, Stores, connect, open_tables
from streamlit_app.public.shared_runs import SharedRuns
from streamlit_app.rsvp.facts import Facts, read_facts
from sync.settings import Settings

NEEDED = ("event", "invitation", "reply")
NICE = ("body", "office", "organisation")
KEEP_FACTS = 30.0
"""Seconds that an event is not read anew; its guest always is."""
MOST_FACTS = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """A base: its id, which the links name, and its tables."""

    id: str
    stores: Stores


def open_stores(settings: Settings) -> Opened:
    """Sign in and open the tables that answers need. Raises what ``connect`` and ``open_tables`` raise."""
    opened = connect(settings)
    return Opened(opened.base.id, open_tables(opened, NEEDED, NICE))


class Base(HeldBase[Opened]):
    """One per process; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, open_: Callable[[], Opened], clock: Callable[[], float], network_name: str) -> None:
        super().__init__(open_, clock)
        self._network_name = network_name
        self._facts: Kept[Facts] = Kept(clock, MOST_FACTS, KEEP_FACTS)
        self._by_link: Kept[Facts] = Kept(clock, MOST_FACTS, math.inf)
        self._settling, self._reading = SharedRuns(), SharedRuns()
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
        found: list[Facts | None] = []

        def read() -> None:
            found[:] = [read_facts(opened.stores, event, self._network_name)]
            self._facts.forget(event)
            if found[0] is not None:
                self._facts.put(event, found[0])

        self._reading.run(event, read)
        if not found and (shared := self._facts.get(event)) is not None:
            return shared
        if not found:  # what somebody else read is forgotten again: its seats have moved
            read()
        return found[0]

    def remember(self, link: str, facts: Facts) -> None:
        """Keep what a link that held shows of its event, for a page that must do without the base."""
        self._by_link.put(link, facts)

    def remembered(self, link: str) -> Facts | None:
        """Return what such a link showed last."""
        return self._by_link.get(link)

    def settle(self, stores: Stores, event: int) -> None:
        """Give the seats of an event anew and mark its answers as counting, once for all who answered meanwhile.

        Raises:
            NocoDBError: the server refused or did not answer.
        """

        def work() -> None:
            settle_places(stores, event)
            mark_counted(stores["reply"], event)

        self._settling.run(event, work)
        self.forget(event)

    def giving_chairs(self, event: int) -> threading.Lock:
        """Return the lock under which guests who have a place get more chairs: two must not get the last one."""
        return self._rooms[event % len(self._rooms)]

    def forget(self, event: int) -> None:
        """Read an event anew the next time: its free chairs have moved."""
        self._facts.forget(event)
