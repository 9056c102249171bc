"""The base as public pages hold it: resolved now and then, anew when staff changed it, with our own token."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, Generic, Protocol, TypeVar

from schemas.base import BASE
from schemas.errors import ConfigError, KontaktnetzError, NotFound
from sync.connection import Connection
from sync.nocodb.client import POOL_SIZE, Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.time_limit import held

log = logging.getLogger(__name__)

Stores = Mapping[str, TableStore[Any]]
"""Tables by code."""

KEEP_BASE = 300.0
"""Seconds until the shape of the base is read anew; an error does it at once."""
PAUSE = 5.0
"""Seconds in which a base that could not be opened is not tried again: people must not wait one behind another."""
TIMEOUT = 20.0
"""Seconds a person waits for one request at most."""


class HasId(Protocol):
    """A base that was opened; its id stands in the links."""

    @property
    def id(self) -> str: ...  # noqa: D102


O = TypeVar("O", bound=HasId)  # noqa: E741 - what was opened
T = TypeVar("T")


def connect(settings: Settings) -> Connection:
    """Sign in and read the shape of the base.

    Raises:
        ConfigError: address or token is missing, or there is no such base.
        NocoDBError: the server refused or did not answer.
    """
    settings.require_server()
    client = _client(settings)
    return Connection(client, resolve(client, BASE, settings.nocodb_base))


def beside(settings: Settings, opened: Connection, connections: int) -> Connection:
    """Return the same base over connections of its own, so few that other work always finds NocoDB free."""
    return Connection(_client(settings, connections), opened.base)


def _client(settings: Settings, connections: int = POOL_SIZE) -> Client:
    token = settings.nocodb_token.get_secret_value()
    return Client(settings.nocodb_url, token, timeout=TIMEOUT, retries=1, connections=connections)


def open_tables(opened: Connection, needed: Sequence[str], nice: Sequence[str] = ()) -> Stores:
    """Return tables by code; of the ``nice`` ones those that are as we know them.

    Raises:
        ConfigError: the base lacks something that is needed.
    """
    client, base = opened.client, opened.base
    stores: dict[str, TableStore[Any]] = {code: TableStore(client, base, BASE.record(code)) for code in needed}
    for code in nice:
        with suppress(ConfigError, KeyError):
            stores[code] = TableStore(client, base, BASE.record(code))
    return stores


class HeldBase(Generic[O]):
    """One per kind of page and process; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, open_: Callable[[], O], clock: Callable[[], float]) -> None:
        self._open = open_
        self._clock = clock
        self._opened: tuple[O, float] | None = None
        self._failed: tuple[KontaktnetzError, float] | None = None
        self._opening = threading.Lock()
        self._writing = tuple(threading.Lock() for _ in range(64))

    def opened(self) -> O:
        """Return the base; one that is known is used on while NocoDB does not answer."""
        with held(self._opening):
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

    def run(self, work: Callable[[O], T]) -> T:
        """Do something with the base; when a table or column is not where it was, look anew and do it once more."""
        try:
            return work(self.opened())
        except (NotFound, ConfigError):
            with held(self._opening):
                self._opened = self._failed = None
            return work(self.opened())

    def writing(self, row: int) -> AbstractContextManager[bool]:
        """Return the block in which what belongs to one row is written: a double click, and two people who write at the
        same moment, go one after the other. Raises TimeoutError at its beginning when the others took too long.
        """
        return held(self._writing[row % len(self._writing)])


class Kept(Generic[T]):
    """The newest things by name, at most ``most``, each good for so many seconds."""

    def __init__(self, clock: Callable[[], float], most: int, seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._things: dict[object, tuple[T, float]] = {}

    def get(self, name: object) -> T | None:
        """Return what is kept under a name, None when nothing is or it is too old."""
        known = self._things.get(name)
        return known[0] if known is not None and self._clock() - known[1] < self._seconds else None

    def put(self, name: object, thing: T) -> None:
        """Keep something; the oldest goes when there is no room."""
        self._things.pop(name, None)
        self._things[name] = (thing, self._clock())
        while len(self._things) > self._most:
            self._things.pop(next(iter(self._things)), None)

    def forget(self, name: object) -> None:
        """Keep it no more."""
        self._things.pop(name, None)
