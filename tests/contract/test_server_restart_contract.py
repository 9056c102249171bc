"""The server dies in the middle of a run: the run says so and that a new one goes on; nothing is doubled or lost."""

from __future__ import annotations

import datetime as dt

import pytest
from servers import restart, throwaway_server
from sync_child import long_list
from trial_list import LISTS, now

from schemas.base import BASE
from schemas.contacts.tables import Function, Organisation, Person
from schemas.errors import KontaktnetzError, Transient
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_server_killed_in_the_middle_costs_a_second_start_only(status):
    with throwaway_server() as server:
        client = Client.sign_in(server.url, server.email, server.password)
        base_id = meta.create_base(client, "Neustart").id
        apply_schema(client, LISTS, base_id)
        said = []

        def kill_once(what, done, total):
            said.append(what)
            if what == "Personen anlegen" and done == 100:
                server.process.kill()
                server.process.wait(10)

        with pytest.raises(KontaktnetzError) as caught:
            apply_source(client, resolve(client, BASE, base_id), long_list(), status, now=now, on_progress=kill_once)
        assert isinstance(caught.value, Transient)
        assert "nicht erreichbar" in caught.value.message
        assert "macht dort weiter" in (caught.value.hint or "")
        with restart(server) as back:
            client = Client.sign_in(back.url, back.email, back.password)
            resolved = resolve(client, BASE, base_id)
            late = lambda: now() + dt.timedelta(minutes=10)  # noqa: E731 - the lease of the run that died is over by then
            apply_source(client, resolved, long_list(), status, now=late)
            counts = [TableStore(client, resolved, r).count() for r in (Organisation, Person, Function)]
            idents = [p.ident for p in TableStore(client, resolved, Person).pull()]
            assert apply_source(client, resolved, long_list(), status, now=late).writes == 0

    assert counts == [230, 250, 250]
    assert len(set(idents)) == 250
