"""The base as the answer pages hold it: resolved now and then, anew when staff changed it, with our own token."""

from __future__ import annotations

import hmac
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from automations.events.tokens import Named
from schemas.base import BASE
from schemas.errors import ConfigError, KontaktnetzError, NotFound
from schemas.events.tables import Invitation
from streamlit_app.rsvp.facts import Facts, Stores, read_facts
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.settings import Settings

log = logging.getLogger(__name__)

T = TypeVar("T")

NEEDED = ("event", "invitation", "reply")
NICE = ("body", "office", "organisation")
KEEP_BASE = 300.0
"""Seconds until the shape of the base is read anew; an error does it at once."""
KEEP_FACTS = 30.0
"""Seconds that an event is not read anew; its guest always is."""
MOST_FACTS = 500
PAUSE = 5.0
"""Seconds in which a base that could not be opened is not tried again: guests must not wait one behind another."""
TIMEOUT = 20.0
"""Seconds a guest waits for one request at most."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A base: its id, which the links name, and its tables."""

    id: str
    stores: Stores


def open_stores(settings: Settings) -> Opened:
    """Sign in and open the tables that answers need.

    Raises:
        ConfigError: address or token is missing, or the base lacks something that answers need.
        NocoDBError: the server refused or did not answer.
    """
    settings.require_server()
    client = Client(settings.nocodb_url, settings.nocodb_token.get_secret_value(), timeout=TIMEOUT, retries=1)
    base = resolve(client, BASE, settings.nocodb_base)
    stores: dict[str, TableStore[Any]] = {code: TableStore(client, base, BASE.record(code)) for code in NEEDED}
    for code in NICE:
        with suppress(ConfigError, KeyError):
            stores[code] = TableStore(client, base, BASE.record(code))
    return Opened(base.id, stores)


class Base:
    """One per process; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, open_: Callable[[], Opened], clock: Callable[[], float], network_name: str) -> None:
        self._open = open_
        self._clock = clock
        self._network_name = network_name
        self._opened: tuple[Opened, float] | None = None
        self._failed: tuple[KontaktnetzError, float] | None = None
        self._facts: dict[int, tuple[Facts, float]] = {}
        self._by_link: dict[str, Facts] = {}
        self._opening = threading.Lock()
        self._writing = tuple(threading.Lock() for _ in range(64))

    def opened(self) -> Opened:
        """Return the base; one that is known is used on while NocoDB does not answer."""
        with self._opening:
            if self._opened is not None and self._clock() - self._opened[1] < KEEP_BASE:
                return self._opened[0]
            if self._failed is None or self._clock() - self._failed[1] >= PAUSE:
                self._try_to_open()
            if self._opened is None:
                raise self._failed[0] if self._failed else NotFound("Keine Base")
            return self._opened[0]

    def _try_to_open(self) -> None:
        try:
            self._opened, self._failed = (self._open(), self._clock()), None
        except KontaktnetzError as problem:
            log.warning("base cannot be read problem=%s", type(problem).__name__)
            self._failed = (problem, self._clock())

    def run(self, work: Callable[[Opened], T]) -> T:
        """Do something with the base; when a table or column is not where it was, look anew and do it once more."""
        try:
            return work(self.opened())
        except (NotFound, ConfigError):
            with self._opening:
                self._opened = self._failed = None
            return work(self.opened())

    def invitation(self, opened: Opened, named: Named) -> Invitation | None:
        """Return the invitation of a genuine link; None when it is gone or has another mark by now."""
        found: Invitation | None = opened.stores["invitation"].get(named.invitation)
        if found is None or found.event is None:
            return None
        same = hmac.compare_digest((found.mark or "").encode(), named.mark.encode())
        return found if same else None

    def facts(self, opened: Opened, event: int) -> Facts | None:
        """Return what a page tells of an event, at most half a minute old."""
        known = self._facts.get(event)
        if known is not None and self._clock() - known[1] < KEEP_FACTS:
            return known[0]
        found = read_facts(opened.stores, event, self._network_name)
        self._facts.pop(event, None)
        if found is not None:
            self._facts[event] = (found, self._clock())
        while len(self._facts) > MOST_FACTS:
            self._facts.pop(next(iter(self._facts)), None)
        return found

    def remember(self, link: str, facts: Facts) -> None:
        """Keep what a link that held shows of its event, for a page that must do without the base."""
        self._by_link.pop(link, None)
        self._by_link[link] = facts
        while len(self._by_link) > MOST_FACTS:
            self._by_link.pop(next(iter(self._by_link)), None)

    def remembered(self, link: str) -> Facts | None:
        """Return what such a link showed last."""
        return self._by_link.get(link)

    def forget(self, event: int) -> None:
        """Read an event anew the next time: its free chairs have moved."""
        self._facts.pop(event, None)

    def writing(self, event: int) -> threading.Lock:
        """Return the lock under which answers of an event are taken down: a double click, and two guests who ask for
        the last chair at the same moment, go one after the other.
        """
        return self._writing[event % len(self._writing)]
