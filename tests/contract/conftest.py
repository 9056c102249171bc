"""Fixtures for the contract tests: a client, a trial base and a base for contacts on each real server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from trial import TRIAL, Place, Visit, make_trial

from schemas.base import BASE
from sync.connection import Connection
from sync.nocodb import meta, records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.status import Status

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


@pytest.fixture(scope="session")
def bases() -> dict[str, str]:
    """Return the base for contacts of each server, by its address: making one takes ten seconds."""
    return {}


@pytest.fixture
def base(client: Client, bases: dict[str, str]) -> str:
    """The id of a base for contacts that all tests on a server share."""
    if client.url not in bases:
        made = meta.create_base(client, f"Abgleich {next(_numbers)}")
        bases[client.url] = apply_schema(client, BASE, made.id).base.id
    return bases[client.url]


@pytest.fixture
def empty_base(client: Client, base: str) -> ResolvedBase:
    """The base for contacts, emptied for one test."""
    resolved = resolve(client, BASE, base)
    for code in reversed(BASE.tables):
        store = TableStore(client, resolved, BASE.record(code))
        table = resolved.tables[code]
        ids = [r.id for r in store.pull(["token"] if "token" in table.fields else None)]
        records.delete_rows(client, table.id, ids, key=table.key)
    return resolved


@pytest.fixture
def opened(client: Client, empty_base: ResolvedBase) -> Connection:
    """The emptied base as jobs and pages open it."""
    return Connection(client, empty_base)


@pytest.fixture
def status(tmp_path: Path) -> Iterator[Status]:
    """A status that remembers nothing yet."""
    with Status(tmp_path / "status.sqlite") as opened:
        yield opened
