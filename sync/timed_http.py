"""HTTP whose connections know the limit of time of whoever asks over them (``time_limit``), from head to body."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import HTTPResponse

from sync.time_limit import current_limit


class _Watched(HTTPConnection):
    def request(self, *args: Any, **more: Any) -> None:
        _watch(self)
        super().request(*args, **more)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as urllib3 has it
        _watch(self.sock)
        return super().getresponse()


class _Encrypted(_Watched, HTTPSConnection):
    """The same over TLS."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


class TimedAdapter(HTTPAdapter):
    """The adapter for sessions that ask within ``at_most``; outside of such a block it is like any other."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Make the pools' connections ours."""
        super().init_poolmanager(*args, **more)
        _make_timed(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **more: Any) -> Any:
        """Make those over a proxy ours, too."""
        manager = super().proxy_manager_for(*args, **more)
        _make_timed(manager)
        return manager


def timed_session() -> requests.Session:
    """Return a new session whose requests end with the time of the block they are made in."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, TimedAdapter())
    return session


def _make_timed(manager: Any) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _EncryptedPool}


def _watch(line: Any) -> None:
    """Watch a connection, and its socket by itself: of an answer that ends by closing it only the socket is left."""
    limit = current_limit()
    if limit is not None:
        limit.watch(line)
