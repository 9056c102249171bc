"""What goes wrong in NocoDB is told with its cure, and nothing is lost or written by halves."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from trial_list import LISTS, item, listed, now

from schemas.base import BASE
from schemas.contacts.tables import Organisation, Person
from schemas.errors import ConfigError, Forbidden, NotFound
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source

pytestmark = [pytest.mark.server, pytest.mark.slow]

_numbers = itertools.count(1)
HOUSE = listed(item("organisation", "1", name="Haus", postcode="39104"))


@pytest.fixture
def own_base(client):
    """A base of its own, for tests that damage it."""
    base_id = meta.create_base(client, f"Schaden {next(_numbers)}").id
    apply_schema(client, LISTS, base_id)
    return resolve(client, BASE, base_id)


def retype(client, resolved, table, column, uidt):
    field = meta.read_field(client, resolved.tables[table].fields[column].id)
    body = {"title": field.title, "column_name": field.column_name, "uidt": uidt, "meta": dict(field.meta)}
    client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json=body)
    return resolve(client, BASE, resolved.id)


def test_an_account_that_may_only_read_is_told_which_role_it_needs(client, live_server, empty_base, status):
    email = f"lesen{next(_numbers)}@example.org"
    client.request("POST", f"/api/v2/meta/bases/{empty_base.id}/users", json={"email": email, "roles": "viewer"})
    users = client.request("GET", f"/api/v2/meta/bases/{empty_base.id}/users")["users"]["list"]
    token = next(u["invite_token"] for u in users if u["email"] == email)
    signup = {"email": email, "password": "Passw0rd.2", "token": token}
    Client(live_server.url, "").request("POST", "/api/v2/auth/user/signup", json=signup)
    reader = Client.sign_in(live_server.url, email, "Passw0rd.2")

    with pytest.raises(Forbidden, match=r"darf das in NocoDB nicht\. Betroffen ist die Tabelle „.+“\..*Rolle Editor"):
        apply_source(reader, resolve(reader, BASE, empty_base.id), HOUSE, status, now=now)

    assert TableStore(client, empty_base, Organisation).count() == 0
    assert status.empty


def test_a_retyped_column_is_named_with_its_kinds_and_other_tables_go_on(client, own_base, status):
    apply_source(client, own_base, HOUSE, status, now=now)
    broken = retype(client, own_base, "organisation", "postcode", "Number")
    more = listed(*HOUSE.items, item("organisation", "2", name="Neu"))

    with pytest.raises(ConfigError) as caught:
        apply_source(client, broken, more, status, now=now)
    people = listed(item("person", "1", last_name="P"), source="andere")
    report = apply_source(client, broken, people, status, now=now)

    assert caught.value.message == (
        "In der Tabelle „Organisationen“ hat die Spalte „PLZ“ die Art Number; gebraucht wird SingleLineText."
    )
    assert "auf SingleLineText zurück" in (caught.value.hint or "")
    assert report.counts.created == 1
    assert TableStore(client, broken, Person).count() == 1
    mended = retype(client, broken, "organisation", "postcode", "SingleLineText")
    assert apply_source(client, mended, more, status, now=now).counts.created == 1
    stands = {o.name: o.postcode for o in TableStore(client, mended, Organisation).pull()}
    assert stands == {"Haus": "39104", "Neu": None}


def test_a_phone_made_long_text_goes_on_and_a_choice_made_text_is_named(client, own_base, status):
    first = listed(item("organisation", "1", name="Haus", phone="0391 1"))
    broken = retype(client, own_base, "organisation", "phone", "LongText")
    apply_source(client, broken, first, status, now=now)
    second = listed(item("organisation", "1", name="Haus", phone="0391 2"))
    assert apply_source(client, broken, second, status, now=now).counts.updated == 1
    broken = retype(client, broken, "organisation", "kind", "SingleLineText")
    with pytest.raises(ConfigError, match="„Art“ die Art SingleLineText; gebraucht wird SingleSelect"):
        apply_source(client, broken, first, status, now=now)
    assert [o.phone for o in TableStore(client, own_base, Organisation).pull(["phone"])] == ["0391 2"]


def test_a_table_deleted_while_its_rows_are_being_changed_is_named(client, own_base, status):
    house, person = item("organisation", "1", name="Haus"), item("person", "1", last_name="P", phone="0391 1")
    apply_source(client, own_base, listed(house, person), status, now=now)
    house, person = item("organisation", "1", name="Haus neu"), item("person", "1", last_name="P", phone="0391 2")

    def delete(*_):
        with suppress(NotFound):
            client.request("DELETE", f"/api/v2/meta/tables/{own_base.tables['person'].id}")

    with pytest.raises(ConfigError, match=r"fehlt die Tabelle „Personen“"):
        apply_source(client, own_base, listed(house, person), status, now=now, on_progress=delete)
    assert [o.name for o in TableStore(client, own_base, Organisation).pull()] == ["Haus neu"]


@pytest.mark.parametrize("during", [False, True], ids=["before", "during"])
def test_a_deleted_table_is_named_and_comes_back_with_schema_apply(client, own_base, status, during):
    apply_source(client, own_base, HOUSE, status, now=now)
    people = listed(*HOUSE.items, item("person", "1", last_name="P"))
    client.request("DELETE", f"/api/v2/meta/tables/{own_base.tables['person'].id}")
    seen = own_base if during else resolve(client, BASE, own_base.id)

    with pytest.raises(ConfigError, match=r"fehlt die Tabelle „Personen“.*schema apply.*Sicherung"):
        apply_source(client, seen, people, status, now=now)

    apply_schema(client, LISTS, own_base.id)
    mended = resolve(client, BASE, own_base.id)
    assert apply_source(client, mended, people, status, now=now).counts.created == 1
    assert TableStore(client, mended, Organisation).count() == 1
