"""Look-alikes stand in the base as rows to decide; what staff decide is carried out once and never asked again."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import pytest
from test_provision_contract import Killed, Mortal

from schemas.contacts.tables import Function, Organisation, Person
from schemas.operations.tables import Duplicate, JobRun, JournalEntry
from sync.duplicates import find_duplicates
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


_turns = itertools.count(1)


def later():
    """Return a clock ten minutes ahead of the one before, so that the lease of a run that died is free."""
    moment = now() + dt.timedelta(minutes=10 * next(_turns))
    return lambda: moment


class Seen:
    """The base as the three tests look at it."""

    def __init__(self, client, base):
        self.client, self.base = client, base
        self.organisations = TableStore(client, base, Organisation)
        self.cases = TableStore(client, base, Duplicate)
        self.organisations.create([
            Organisation(name="Tierheim Nord e.V.", postcode="39104", web="https://tierheim.example", phone="0391 1"),
            Organisation(name="Tierheim Nord", postcode="39104", web="http://www.tierheim.example/", phone="0391 2"),
            Organisation(name="Tierheim Süd e.V.", postcode="39108"),
            Organisation(name="Chor Sankt Marien", postcode="39104"),
            Organisation(name="Chor St. Marien e. V.", postcode="39104"),
        ])  # fmt: skip

    def find(self):
        return find_duplicates(self.client, self.base, now=now)

    def open(self):
        return {c.name: c for c in self.cases.pull() if c.state == "offen"}

    def decide(self, case, decision):
        table = self.base.tables["duplicate"]
        label = table.fields["decision"].labels[decision]
        records.update_rows(self.client, table.id, {case.id: {table.fields["decision"].id: label}}, key=table.key)

    def everything(self):
        return [
            list(TableStore(self.client, self.base, r).pull()) for r in (Organisation, Duplicate, JobRun, JournalEntry)
        ]


@pytest.fixture
def seen(client, empty_base):
    return Seen(client, empty_base)


def test_pairs_stand_side_by_side_with_reasons_and_a_second_run_writes_nothing(seen):
    report = seen.find()

    cases = seen.open()
    assert set(cases) == {"Tierheim Nord e.V. / Tierheim Nord", "Chor Sankt Marien / Chor St. Marien e. V."}
    one = cases["Tierheim Nord e.V. / Tierheim Nord"]
    assert (report.found, report.waiting) == (2, 2)
    assert "Name: Tierheim Nord e.V." in one.first
    assert "Telefon: 0391 2" in one.second
    assert one.reasons
    assert 60 <= one.confidence <= 100
    assert one.first_link.endswith(f"?rowId={one.first_row}")

    before = seen.everything()
    assert seen.find().found == 0
    assert seen.everything() == before


def test_what_is_decided_is_carried_out_once_and_never_asked_again(seen):
    seen.find()
    cases = seen.open()
    seen.decide(cases["Tierheim Nord e.V. / Tierheim Nord"], "dieselbe")
    seen.decide(cases["Chor Sankt Marien / Chor St. Marien e. V."], "verschieden")

    report = seen.find()

    assert (report.merged, report.waiting, report.left) == (1, 0, [])
    names = sorted(o.name for o in seen.organisations.pull())
    assert names == ["Chor Sankt Marien", "Chor St. Marien e. V.", "Tierheim Nord e.V.", "Tierheim Süd e.V."]
    kept = next(o for o in seen.organisations.pull() if o.name == "Tierheim Nord e.V.")
    assert (kept.phone, kept.phone2, kept.aliases) == ("0391 1", "0391 2", "Name: Tierheim Nord")
    assert seen.open() == {}
    before = seen.everything()
    assert seen.find().found == 0
    assert seen.everything() == before

    (merged, *_) = [run for run, cause, _ in list_runs(seen.client, seen.base) if cause == "Dubletten"]
    undo(seen.client, seen.base, run=merged, now=now)
    assert sorted(o.name for o in seen.organisations.pull()) == sorted([*names, "Tierheim Nord"])
    assert [c.decision for c in seen.open().values()] == ["spaeter"]
    assert seen.find().found == 0


def test_three_rows_of_one_body_become_one_whatever_the_order_of_the_decisions(client, empty_base):
    persons = TableStore(client, empty_base, Person)
    ids = persons.create([Person(first_name="Ada", last_name="Muster", mail="ada@example.org")] * 3)
    functions = TableStore(client, empty_base, Function)
    functions.create([Function(name=f"Amt {i}", person=i) for i in ids])
    cases = TableStore(client, empty_base, Duplicate)
    find_duplicates(client, empty_base, now=now)
    for case in cases.pull():
        cases.swap(case.id, {"decision": None}, {"decision": "dieselbe"})

    report = find_duplicates(client, empty_base, now=now)

    (one,) = persons.pull()
    assert one.id == ids[0]
    assert {f.person for f in functions.pull()} == {ids[0]}
    assert report.left == []
    assert all(c.state == "erledigt" for c in cases.pull())
    assert find_duplicates(client, empty_base, now=now).merged == 0


def three_decided(client, base, **decisions):
    """Three entries of one person, each with an office, every pair called the same but for ``decisions``."""
    for record in (Function, Person, Duplicate, JobRun, JournalEntry):
        store, table = TableStore(client, base, record), base.tables[record.table().code]
        if rows := [row.id for row in store.pull()]:
            records.delete_rows(client, table.id, rows, key=table.key)
    persons = TableStore(client, base, Person)
    ids = persons.create([
        Person(first_name="Ada", last_name="Muster", mail="ada@example.org", ident=f"a:{n}", note=f"Notiz {n}",
               city="Musterstadt" if n == 2 else None)
        for n in range(3)
    ])  # fmt: skip
    TableStore(client, base, Function).create([Function(name=f"Amt {n}", person=i) for n, i in enumerate(ids)])
    find_duplicates(client, base, now=now)
    cases = TableStore(client, base, Duplicate)
    for case in cases.pull():
        word = "".join("ABC"[ids.index(row)] for row in (case.first_row, case.second_row))
        cases.swap(case.id, {"decision": None}, {"decision": decisions.get(word, "dieselbe")})
    return ids


def stand(client, base, ids):
    """What is left of the three, and of the questions about them."""
    persons = [(ids.index(p.id), p.city, p.note, p.ident) for p in TableStore(client, base, Person).pull()]
    offices = sorted((f.name, ids.index(f.person)) for f in TableStore(client, base, Function).pull())
    return persons, offices, {(c.decision, c.state, c.group) for c in TableStore(client, base, Duplicate).pull()}


@pytest.mark.timeout(900)
def test_a_group_is_merged_into_its_oldest_row_killed_anywhere_and_run_again_the_same(client, empty_base):
    ids = three_decided(client, empty_base)
    assert {c.group for c in TableStore(client, empty_base, Duplicate).pull()} == {"Ada Muster (3 Einträge)"}
    assert find_duplicates(client, empty_base, now=later()).merged == 2
    whole = stand(client, empty_base, ids)
    assert [row for row, *_ in whole[0]] == [0]
    assert whole[2] == {("dieselbe", "erledigt", None)}

    for dies_at in itertools.count(2, 5):
        ids = three_decided(client, empty_base)
        try:
            find_duplicates(Mortal(client, dies_at, after=dies_at % 2 == 0), empty_base, now=later())
            break
        except Killed:
            pass
        find_duplicates(client, empty_base, now=later())
        assert stand(client, empty_base, ids) == whole, f"killed at request {dies_at}"
    assert dies_at > 15


def test_decisions_that_contradict_each_other_wait_and_say_why(client, empty_base):
    ids = three_decided(client, empty_base, AC="verschieden")
    for _ in range(2):
        report = find_duplicates(client, empty_base, now=later())
        assert (report.merged, report.waiting) == (0, 0)
        (why,) = report.left
        assert "sind als verschieden entschieden, über andere Paare aber als dieselben" in why
    assert len(list(TableStore(client, empty_base, Person).pull())) == 3

    cases = TableStore(client, empty_base, Duplicate)
    (second,) = (c for c in cases.pull() if (c.first_row, c.second_row) == (ids[1], ids[2]))
    cases.swap(second.id, {"decision": "dieselbe"}, {"decision": "verschieden"})
    report = find_duplicates(client, empty_base, now=later())
    assert (report.merged, report.left) == (1, [])
    assert [p.id for p in TableStore(client, empty_base, Person).pull()] == [ids[0], ids[2]]
    assert find_duplicates(client, empty_base, now=later()).found == 0, "not asked again under the name that stayed"


def test_what_merged_last_week_is_followed_over_two_steps(client, empty_base):
    ids = three_decided(client, empty_base, AB="spaeter", AC="spaeter")
    cases = TableStore(client, empty_base, Duplicate)
    assert find_duplicates(client, empty_base, now=now).merged == 1, "C went into B"
    (open_,) = (c for c in cases.pull() if (c.first_row, c.second_row) == (ids[0], ids[1]))
    cases.swap(open_.id, {"decision": "spaeter"}, {"decision": "dieselbe"})
    assert find_duplicates(client, empty_base, now=now).merged == 1, "B went into A"
    time.sleep(1.1)  # moments are kept to the second
    (late,) = TableStore(client, empty_base, Person).create([
        Person(first_name="Ada", last_name="Muster", mail="ada@example.org")
    ])  # fmt: skip
    ident = f"person:{ids[2]}:{late}"
    cases.create([Duplicate(name="Ada", table_code="person", first_row=ids[2], second_row=late, ident=ident,
                            state="offen", decision="dieselbe")])  # fmt: skip
    find_duplicates(client, empty_base, now=now)
    assert [p.id for p in TableStore(client, empty_base, Person).pull()] == [ids[0]], (
        "whatever id the new row was given"
    )
