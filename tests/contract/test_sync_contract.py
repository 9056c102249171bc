"""A list comes into a real base: complete, in order, once; killed anywhere the next run completes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import pytest
from test_provision_contract import Killed, Mortal
from trial_list import contents, item, now, tree

from schemas.base import BASE
from schemas.contacts.tables import Organisation, Person
from schemas.errors import LeaseHeld
from schemas.operations.tables import Conflict, JobRun
from sync.items import Delivery
from sync.nocodb import records
from sync.nocodb.lease import hold_lease
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.run import apply_source, plan_source
from sync.status import Status

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_list_arrives_with_all_its_links_and_a_second_run_sends_nothing(client, empty_base, status):
    said = []
    report = apply_source(
        client, empty_base, tree(), status, now=now, title="Probe", on_progress=lambda *heard: said.append(heard)
    )

    assert (report.counts.created, report.counts.filled, report.writes) == (17, 0, 17)
    organisations = {o.ident: o for o in TableStore(client, empty_base, Organisation).pull()}
    parents = {o.ident: next((p.ident for p in organisations.values() if p.id == o.parent), None)
               for o in organisations.values()}  # fmt: skip
    assert parents["probe:leaf"] == "probe:branch"
    assert parents["probe:branch"] == "probe:root"
    assert (parents["probe:ring1"], parents["probe:ring2"]) == ("probe:ring2", "probe:ring1")
    assert {o.source for o in organisations.values()} == {"Probe"}
    assert ("Organisationen anlegen", 9, 9) in said
    runs = [r for r in TableStore(client, empty_base, JobRun).pull() if r.state == "fertig"]
    assert [r.name for r in runs] == ["Abgleich: Probe"]
    assert "neu angelegt:   17" in runs[0].report
    before = contents(client, empty_base)

    again = apply_source(Mortal(client, 1, after=False), empty_base, tree(), status, now=now)

    assert (again.writes, again.counts.unchanged) == (0, 17)
    assert contents(client, empty_base) == before


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_request_and_run_again_nothing_is_lost_or_doubled(client, base, tmp_path, after):
    resolved = resolve(client, BASE, base)
    wanted = None
    for dies_at in itertools.count(2 if after else 1, 2):  # both kinds together die at every request
        for code in ("function", "person", "organisation", "job_run"):
            table = resolved.tables[code]
            ids = [r.id for r in TableStore(client, resolved, BASE.record(code)).pull(["token"])]
            records.delete_rows(client, table.id, ids, key=table.key)
        with Status(tmp_path / f"{dies_at}.sqlite") as status:
            mortal = Mortal(client, dies_at, after=after)
            try:
                apply_source(mortal, resolved, tree(3), status, now=now)
                survived = True
            except Killed:
                survived = False
        with Status(tmp_path / f"{dies_at}.sqlite") as status:
            late = lambda: now() + dt.timedelta(minutes=10)  # noqa: E731 - the dead one's lease has run out by then
            apply_source(client, resolved, tree(3), status, now=late)
            assert plan_source(client, resolved, tree(3), status).writes == 0
        found = contents(client, resolved)
        wanted = wanted or found
        assert found == wanted, dies_at
        if survived:
            break
    assert dies_at > 8
    assert sum(wanted.values()) == 14


def test_what_staff_do_between_two_runs_stays(client, empty_base, status):
    apply_source(client, empty_base, tree(2), status, now=now)
    store = TableStore(client, empty_base, Organisation)
    rows = {o.ident: o for o in store.pull()}
    table = empty_base.tables["organisation"]
    by_hand = {
        rows["probe:o0"].id: {table.fields["name"].id: "Von Hand"},
        rows["probe:branch"].id: {table.fields["kind"].id: None},
    }
    records.update_rows(client, table.id, by_hand, key=table.key)
    records.delete_rows(client, table.id, [rows["probe:o1"].id], key=table.key)
    said = {
        "o0": {"name": "O 0 e. V.", "phone": "+49391123"},
        "branch": {"name": "Ast", "kind": "fachbereich", "mail": "ast@example.org"},
        "root": {"name": "Wurzel (neu)"},
    }
    before = tree(2)
    items = tuple(dataclasses.replace(i, values=said.get(i.ident, i.values)) for i in before.items)

    report = apply_source(client, empty_base, dataclasses.replace(before, items=items), status, now=now)

    now_there = {o.ident: o for o in store.pull()}
    counts = report.counts
    assert (counts.filled, counts.updated, counts.created, counts.deleted_by_staff) == (2, 1, 0, 1)
    assert now_there["probe:root"].name == "Wurzel (neu)"
    assert now_there["probe:o0"].name == "Von Hand"
    assert now_there["probe:o0"].phone == "+49391123"
    (conflict,) = TableStore(client, empty_base, Conflict).pull()
    assert (conflict.field, conflict.ours, conflict.theirs) == ("Name", "Von Hand", "O 0 e. V.")
    assert now_there["probe:branch"].kind is None
    assert now_there["probe:branch"].mail == "ast@example.org"
    assert "probe:o1" not in now_there


def test_a_row_that_a_person_typed_is_met_and_completed(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    [theirs] = store.create([Organisation(name="Tafel e. V.", postcode="39104", ident=None, phone="0391 1")])
    arrived = Delivery("probe", 1, (item("organisation", "t", name="Tafel", postcode="39104", mail="t@example.org"),))

    report = apply_source(client, empty_base, arrived, status, now=now)

    row = store.get(theirs)
    assert (report.counts.filled, report.counts.created) == (1, 0)
    assert (row.name, row.phone, row.mail, row.ident) == ("Tafel e. V.", "0391 1", "t@example.org", "probe:t")
    assert store.count() == 1


def test_while_another_writer_is_at_work_nothing_is_written(client, empty_base, status):
    with (
        hold_lease(client, empty_base, "jemand anders", now=now),
        pytest.raises(LeaseHeld, match="Ein anderer Vorgang"),
    ):
        apply_source(client, empty_base, tree(), status, now=now)

    assert TableStore(client, empty_base, Organisation).count() == 0
    assert TableStore(client, empty_base, Person).count() == 0


def test_a_row_that_the_server_refuses_is_listed_and_the_others_arrive(client, empty_base, status):
    items = [item("organisation", str(i), name=f"O {i}", note="x" * (100_001 if i == 3 else 1)) for i in range(6)]

    report = apply_source(client, empty_base, Delivery("probe", 6, tuple(items)), status, now=now)

    assert report.counts.created == 5
    assert [r.value for r in report.rejected] == ["O 3"]
    assert sorted(o.name for o in TableStore(client, empty_base, Organisation).pull()) == [
        "O 0", "O 1", "O 2", "O 4", "O 5",
    ]  # fmt: skip
