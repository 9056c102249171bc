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


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait between two tries: where no server is, waiting brings none."""
    monkeypatch.setattr("urllib3.util.Retry.sleep", lambda self, response=None: None)


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


BACKENDS = {
    "sqlite": pytest.param("sqlite", marks=pytest.mark.server),
    "postgres": pytest.param("postgres", marks=[pytest.mark.server, pytest.mark.postgres]),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses a real server on SQLite and again on PostgreSQL: the two differ."""
    if "live_server" in metafunc.fixturenames:
        metafunc.parametrize("live_server", BACKENDS.values(), indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs whole pages: each takes a second, which is too much for the quick tests."""
    for item in items:
        if "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker("page")


@pytest.fixture(scope="session")
def live_server(request: pytest.FixtureRequest, servers: Callable[[Backend], ThrowawayServer]) -> ThrowawayServer:
    """Return a real NocoDB on the backend asked for; all tests of a session share it."""
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
