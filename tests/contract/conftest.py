"""Fixtures for the contract tests: a client and a trial base on each real server."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from trial import TRIAL, Place, Visit, make_trial

from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Trial:
    """A trial base on a real server."""

    client: Client
    base: meta.BaseMeta

    def resolve(self) -> ResolvedBase:
        return resolve(self.client, TRIAL, self.base.id)

    def places(self) -> TableStore[Place]:
        return TableStore(self.client, self.resolve(), Place)

    def visits(self) -> TableStore[Visit]:
        return TableStore(self.client, self.resolve(), Visit)


@pytest.fixture(scope="session")
def client(live_server) -> Client:
    return Client.sign_in(live_server.url, live_server.email, live_server.password)


@pytest.fixture(scope="session")
def shared_trial(client: Client) -> Trial:
    """A trial base for tests that only add rows of their own."""
    return Trial(client, make_trial(client, f"Versuch {next(_numbers)}"))


@pytest.fixture
def trial(client: Client) -> Trial:
    """A trial base of its own, for tests that change the base or count its rows."""
    return Trial(client, make_trial(client, f"Versuch {next(_numbers)}"))
