"""A list comes into a real base: complete, in order, once; killed anywhere the next run completes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from pathlib import Path

import pytest
from test_provision_contract import Killed, Mortal

from schemas.base import BASE
from schemas.contacts.tables import Function, Organisation, Person
from schemas.errors import ConfigError, LeaseHeld, PlanRefused
from schemas.operations.tables import Conflict, JobRun, JournalEntry
from sync.items import Delivery, Item, LinkRef, Origin
from sync.nocodb import meta, records
from sync.nocodb.lease import hold_lease
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source, plan_source
from sync.sources.registry import open_delivery, spec_for_file
from sync.status import Status
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

DATA = Path(__file__).parents[3] / "shared" / "data"
_numbers = itertools.count(1)


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def base(client):
    return apply_schema(client, BASE, meta.create_base(client, f"Abgleich {next(_numbers)}").id).base.id


@pytest.fixture
def empty_base(client, base):
    """The same base for every test, emptied: making one takes seconds."""
    resolved = resolve(client, BASE, base)
    for code in reversed(BASE.tables):
        store = TableStore(client, resolved, BASE.record(code))
        table = resolved.tables[code]
        ids = [r.id for r in store.pull(["token"] if "token" in table.fields else None)]
        records.delete_rows(client, table.id, ids, key=table.key)
    return resolved


@pytest.fixture
def status(tmp_path):
    with Status(tmp_path / "status.sqlite") as opened:
        yield opened


def item(table, ident, links=None, **values):
    return Item(table, ident, values, {c: LinkRef(*r) for c, r in (links or {}).items()}, Origin("liste.csv", 2))


def tree(places: int = 4) -> Delivery:
    """A list with a tree given child first, a circle, persons and functions."""
    organisations = [
        item("organisation", "leaf", {"parent": ("organisation", "branch")}, name="Blatt"),
        item("organisation", "branch", {"parent": ("organisation", "root")}, name="Ast", kind="fachbereich"),
        item("organisation", "root", name="Wurzel"),
        item("organisation", "ring1", {"parent": ("organisation", "ring2")}, name="Ring 1"),
        item("organisation", "ring2", {"parent": ("organisation", "ring1")}, name="Ring 2"),
        *(item("organisation", f"o{i}", {"parent": ("organisation", "root")}, name=f"O {i}") for i in range(places)),
    ]
    persons = [item("person", f"p{i}", last_name=f"P {i}", first_name="Ada") for i in range(places)]
    functions = [
        item("function", f"f{i}", {"person": ("person", f"p{i}"), "organisation": ("organisation", f"o{i}")},
             name="Vorsitz", valid_from=dt.date(2026, 1, 1))
        for i in range(places)
    ]  # fmt: skip
    items = (*organisations, *persons, *functions)
    return Delivery("probe", len(items), items)


def contents(client, resolved):
    """Every row of the contact tables by its ident, links as idents of their targets."""
    named = {}
    for code in ("organisation", "person", "function"):
        rows = list(TableStore(client, resolved, BASE.record(code)).pull())
        named[code] = {r.id: r for r in rows}
    found = Counter()
    for code, rows in named.items():
        for row in rows.values():
            links = tuple(
                (c, named[link.target][row.value(c)].ident if row.value(c) else None)
                for c, link in BASE.tables[code].links.items()
                if link.target in named
            )
            values = tuple(
                row.value(c) for c in BASE.tables[code].columns if c not in BASE.tables[code].links and c != "token"
            )
            found[(code, links, values)] += 1
    return found


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
        "o0": {"name": "Aus der Liste", "phone": "+49391123"},
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
    assert (conflict.field, conflict.ours, conflict.theirs) == ("Name", "Von Hand", "Aus der Liste")
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


def test_the_real_lists_of_moderate_size_live_in_one_base(client, empty_base, status):
    if not DATA.exists():
        pytest.skip("Die echten Listen liegen nicht neben dem Projekt; sie gehören nicht hinein.")
    lists = {
        "essen_freinet_organisationen.csv": ("freinet_csv", 249),
        "essen_freinet_shortlist_masked.xml": ("freinet_xml", 249),
        "karlsruhe_oparl_organizations.json": ("oparl", 97),
        "magdeburg_stadtrat_wp8_registry.json": ("stadtrat", 133),
    }
    for file, (profile, items) in lists.items():
        arrived = open_delivery(spec_for_file(DATA / file, profile))
        report = apply_source(client, empty_base, arrived, status, now=now)
        assert report.counts.created + report.counts.filled + report.counts.unchanged == items, file
        assert (report.rejected, report.left) == ((), 0)

    for file, (profile, items) in lists.items():
        arrived = open_delivery(spec_for_file(DATA / file, profile))
        again = apply_source(Mortal(client, 1, after=False), empty_base, arrived, status, now=now)
        assert (again.writes, again.counts.unchanged) == (0, items), file
    holders = [f for f in TableStore(client, empty_base, Function).pull() if f.office]
    assert len(holders) == 58


def test_names_and_numbers_that_programs_like_to_swallow_stand_in_the_base(client, empty_base, status, tmp_path):
    rows = [
        "Vorname;Nachname;E-Mail;Telefon;PLZ",
        "Ada;NA;ada@example.org;0391 111 / 0391 222;01067",
        "Bea;None;bea@example.org;0391 333;1067",
        "Cem;null;cem@example.org;+49 (0)391 444;39104",
    ]
    (tmp_path / "liste.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    apply_source(client, empty_base, open_delivery(spec_for_file(tmp_path / "liste.csv", "personen")), status, now=now)

    found = {p.first_name: p for p in TableStore(client, empty_base, Person).pull()}
    assert {f: p.last_name for f, p in found.items()} == {"Ada": "NA", "Bea": "None", "Cem": "null"}
    assert {f: p.name for f, p in found.items()} == {"Ada": "Ada NA", "Bea": "Bea None", "Cem": "Cem null"}
    assert {p.postcode for p in found.values()} == {"01067", "39104"}
    assert (found["Ada"].phone, found["Ada"].phone_other) == ("+49 391 111", "+49 391 222")


def listed(*items, source="probe"):
    return Delivery(source, len(items), items)


def decide(client, resolved, **wanted):
    """Choose as staff do in the spreadsheet, by field title."""
    table = resolved.tables["conflict"]
    labels = {"behalten": "Unseren Stand behalten", "uebernehmen": "Quelle übernehmen", "anderer": "Anderer Wert"}
    for row in TableStore(client, resolved, Conflict).pull():
        if row.field in wanted:
            decision, _, own = wanted[row.field].partition(":")
            cells = {table.fields["decision"].id: labels[decision]}
            if own:
                cells[table.fields["own_value"].id] = own
            records.update_rows(client, table.id, {row.id: cells}, key=table.key)


def type_in(client, resolved, row_id, **cells):
    table = resolved.tables["organisation"]
    records.update_rows(client, table.id, {row_id: {table.fields[c].id: v for c, v in cells.items()}}, key=table.key)


def test_staff_decide_about_conflicts_in_the_spreadsheet_and_the_next_run_does_it(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    first = {"name": "Tafel", "phone": "+49 30 23125001", "mail": "a@example.org", "city": "Magdeburg"}
    apply_source(client, empty_base, listed(item("organisation", "1", **first)), status, now=now)
    (row,) = store.pull()
    type_in(client, empty_base, row.id, phone="+49 30 23125099", mail="wir@example.org", city="Burg")
    second = {"name": "Tafel", "phone": "+49 30 23125002", "mail": "b@example.org", "city": "Barby"}

    asked = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)
    again = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)

    conflicts = {c.field: c for c in TableStore(client, empty_base, Conflict).pull()}
    assert (asked.counts.conflicts, asked.counts.updated, again.writes) == (3, 0, 0)
    assert {f: (c.ours, c.theirs, c.state) for f, c in conflicts.items()} == {
        "Telefon": ("+49 30 23125099", "+49 30 23125002", "offen"),
        "E-Mail": ("wir@example.org", "b@example.org", "offen"),
        "Ort": ("Burg", "Barby", "offen"),
    }
    decide(client, empty_base, Telefon="behalten", **{"E-Mail": "uebernehmen", "Ort": "anderer:Gommern"})

    done = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)

    stands = store.get(row.id)
    assert (stands.phone, stands.mail, stands.city) == ("+49 30 23125099", "b@example.org", "Gommern")
    assert done.decided == 2
    assert {c.state for c in TableStore(client, empty_base, Conflict).pull()} == {"erledigt"}
    journal = [j for j in TableStore(client, empty_base, JournalEntry).pull() if j.kind == "geaendert"]
    assert sorted((j.before, j.after) for j in journal) == [
        ("E-Mail: wir@example.org", "E-Mail: b@example.org"), ("Ort: Burg", "Ort: Gommern"),
    ]  # fmt: skip
    last = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)
    assert (last.writes, last.counts.conflicts) == (0, 0)


def test_a_decision_is_asked_again_when_somebody_typed_after_it(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    apply_source(client, empty_base, listed(item("organisation", "1", name="Tafel", city="A")), status, now=now)
    (row,) = store.pull()
    type_in(client, empty_base, row.id, city="B")
    changed = listed(item("organisation", "1", name="Tafel", city="C"))
    apply_source(client, empty_base, changed, status, now=now)
    decide(client, empty_base, Ort="uebernehmen")
    type_in(client, empty_base, row.id, city="D")

    apply_source(client, empty_base, changed, status, now=now)

    (conflict,) = TableStore(client, empty_base, Conflict).pull()
    assert store.get(row.id).city == "D"
    assert (conflict.ours, conflict.theirs, conflict.decision, conflict.state) == ("D", "C", None, "offen")


def test_what_the_source_leaves_out_is_marked_and_unmarked_when_it_returns(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    both = listed(item("organisation", "1", name="A"), item("organisation", "2", name="B"))
    apply_source(client, empty_base, both, status, now=now)

    gone = apply_source(client, empty_base, listed(item("organisation", "1", name="A")), status, now=now)
    marked = {o.name: o.vanished_since for o in store.pull()}
    quiet = apply_source(client, empty_base, listed(item("organisation", "1", name="A")), status, now=now)
    apply_source(client, empty_base, both, status, now=now)

    assert (gone.counts.vanished, quiet.writes) == (1, 0)
    assert marked["A"] is None
    assert marked["B"] is not None
    assert {o.vanished_since for o in store.pull()} == {None}
    assert apply_source(client, empty_base, both, status, now=now).writes == 0


def test_a_list_that_is_suddenly_short_or_speaks_of_others_is_refused_unless_accepted(client, empty_base, status):
    names = [
        "Anna Amsel",
        "Bernd Buche",
        "Clara Dachs",
        "Emil Falke",
        "Greta Hummel",
        "Ida Kranich",
        "Lars Mohn",
        "Nele Otter",
    ]
    whole = listed(*(item("organisation", str(i), name=n) for i, n in enumerate(names)))
    apply_source(client, empty_base, whole, status, now=now)
    before = contents(client, empty_base)
    shifted = listed(*(item("organisation", str(i), name=n) for i, n in enumerate([*names[1:], names[0]])))

    for broken, words in ((listed(), "leer"), (listed(whole.items[0]), "weniger"), (shifted, "kennungen")):
        with pytest.raises(PlanRefused, match=f"--accept {words}"):
            apply_source(client, empty_base, broken, status, now=now)
    assert contents(client, empty_base) == before

    accepted = apply_source(client, empty_base, listed(whole.items[0]), status, now=now, accept=["weniger"])
    assert accepted.counts.vanished == 7


def test_a_run_is_taken_back_and_what_staff_edited_since_stays_and_is_asked(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    first = listed(*(item("organisation", str(i), name=f"O {i}", city="A") for i in range(6)))
    apply_source(client, empty_base, first, status, now=now)
    before = {o.ident: (o.name, o.city) for o in store.pull()}
    second = listed(*(item("organisation", str(i), name=f"O {i}", city="B") for i in range(6)),
                    item("organisation", "neu", name="Neu"))  # fmt: skip
    apply_source(client, empty_base, second, status, now=now)
    edited = next(o for o in store.pull() if o.ident == "probe:3")
    type_in(client, empty_base, edited.id, city="Von Hand")
    (run, _, _) = list_runs(client, empty_base)[0]

    report = undo(client, empty_base, run=run, now=now)

    after = {o.ident: (o.name, o.city) for o in store.pull()}
    assert (report.restored, report.removed, report.conflicts, report.kept) == (5, 1, 1, 0)
    assert after == {**before, "probe:3": ("O 3", "Von Hand")}
    (conflict,) = TableStore(client, empty_base, Conflict).pull()
    assert (conflict.ours, conflict.theirs, conflict.source) == ("Von Hand", "A", "Zurücknehmen")
    assert apply_source(client, empty_base, second, status, now=now).writes == 0
    with pytest.raises(ConfigError, match="nichts, das zurückgenommen werden kann"):
        undo(client, empty_base, run=run, now=now)


def test_a_created_row_that_staff_use_is_not_removed(client, empty_base, status):
    three = listed(*(item("person", str(i), last_name=f"P {i}", first_name="A") for i in range(3)))
    apply_source(client, empty_base, three, status, now=now)
    persons = TableStore(client, empty_base, Person)
    ids = {p.ident: p.id for p in persons.pull()}
    TableStore(client, empty_base, Function).create([Function(name="Vorsitz", person=ids["probe:1"])])
    (run, _, _) = list_runs(client, empty_base)[0]

    report = undo(client, empty_base, run=run, now=now)

    assert (report.removed, report.kept) == (2, 1)
    assert [p.ident for p in persons.pull()] == ["probe:1"]
