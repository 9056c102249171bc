"""Fixtures for every test: real servers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import address_books
import pytest
from address_books import CardServer
from hypothesis import settings
from servers import Backend, ThrowawayServer, require_parts, throwaway_server

settings.register_profile("kontaktnetz", deadline=None)  # a busy machine is no failed law
settings.load_profile("kontaktnetz")


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[Backend], ThrowawayServer]]:
    """Yield what starts a server when first asked for, and keeps it to the end of the session.

    A parametrised fixture would start it anew whenever the backend changes, which is twice in every module.
    """
    running: dict[Backend, ThrowawayServer] = {}
    with ExitStack() as later:

        def get(backend: Backend) -> ThrowawayServer:
            if backend not in running:
                running[backend] = later.enter_context(throwaway_server(backend))
            return running[backend]

        yield get


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("sqlite", marks=pytest.mark.server),
        pytest.param("postgres", marks=[pytest.mark.server, pytest.mark.postgres]),
    ],
)
def live_server(request: pytest.FixtureRequest, servers: Callable[[Backend], ThrowawayServer]) -> ThrowawayServer:
    """Return a real NocoDB on SQLite, then one on PostgreSQL; all tests of a session share them."""
    require_parts(request.param)
    return servers(request.param)


@pytest.fixture(scope="session")
def card_server() -> Iterator[CardServer]:
    """Yield a real CardDAV server."""
    with address_books.card_server() as server:
        yield server


@pytest.fixture
def book(card_server: CardServer) -> str:
    """Return the address of a new, empty address book."""
    return card_server.new_book(uuid.uuid4().hex)
