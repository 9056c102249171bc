"""A row that NocoDB refuses is named with its place and its cure, and not tried again until something changes."""

from __future__ import annotations

import pytest
from test_provision_contract import Mortal
from trial_list import LISTS, contents, item, listed, now

from schemas.base import BASE
from schemas.contacts.tables import Function, Organisation
from schemas.operations.tables import JobRun
from sync.nocodb import meta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source, plan_source

pytestmark = [pytest.mark.server, pytest.mark.slow]


def house(note):
    return listed(
        item("organisation", "1", name="Haus 1"),
        item("organisation", "2", name="Haus 2", note=note),
        item("person", "p", last_name="P"),
        item("function", "f", {"person": ("person", "p"), "organisation": ("organisation", "2")}, name="Vorsitz"),
    )


def test_a_refused_row_is_named_and_left_alone_until_the_list_changes(client, empty_base, status):
    first = apply_source(client, empty_base, house("x" * 100_001), status, now=now)
    before = contents(client, empty_base)
    books = TableStore(client, empty_base, JobRun).count()

    again = apply_source(Mortal(client, 1, after=False), empty_base, house("x" * 100_001), status, now=now)

    (told,) = first.rejected
    assert (told.origin.file, told.origin.row, told.column, told.value) == ("liste.csv", 2, "Notiz", "Haus 2")
    assert "länger als 100.000 Zeichen" in told.reason
    assert "kürzen" in told.hint
    assert (again.writes, again.rejected, again.complete) == (0, first.rejected, False)
    assert plan_source(client, empty_base, house("x" * 100_001), status).writes == 0
    assert contents(client, empty_base) == before
    assert TableStore(client, empty_base, JobRun).count() == books

    mended = apply_source(client, empty_base, house("kurz"), status, now=now)

    ids = {o.ident: o.id for o in TableStore(client, empty_base, Organisation).pull()}
    (function,) = TableStore(client, empty_base, Function).pull()
    assert (mended.rejected, mended.counts.created) == ((), 1)
    assert function.organisation == ids["probe:2"]
    assert apply_source(Mortal(client, 1, after=False), empty_base, house("kurz"), status, now=now).writes == 0


def test_a_row_whose_choice_was_deleted_comes_when_the_choice_is_back(client, status):
    base_id = meta.create_base(client, "Auswahl weg").id
    apply_schema(client, LISTS, base_id)
    here = resolve(client, BASE, base_id)
    field = meta.read_field(client, here.tables["organisation"].fields["kind"].id)
    left = [{"id": o.id, "title": o.title, "color": o.color} for o in field.options if o.title != "Verein"]
    body = {"title": field.title, "column_name": field.column_name, "uidt": field.uidt, "meta": dict(field.meta)}
    client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json={**body, "colOptions": {"options": left}})
    here = resolve(client, BASE, base_id)
    arrived = listed(item("organisation", "1", name="Haus", kind="verein"))

    refused = apply_source(client, here, arrived, status, now=now)
    quiet = apply_source(Mortal(client, 1, after=False), here, arrived, status, now=now)
    apply_schema(client, LISTS, base_id)
    back = resolve(client, BASE, base_id)
    arrives = apply_source(client, back, arrived, status, now=now)

    (told,) = refused.rejected
    assert (told.column, told.reason) == (
        "Art",
        "In der Spalte „Art“ der Tabelle „Organisationen“ fehlt die Auswahl „Verein“.",
    )
    assert (quiet.writes, quiet.rejected) == (0, refused.rejected)
    assert (arrives.counts.created, arrives.rejected) == (1, ())
