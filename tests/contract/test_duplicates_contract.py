"""Look-alikes stand in the base as rows to decide; what staff decide is carried out once and never asked again."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.contacts.tables import Function, Organisation, Person
from schemas.operations.tables import Duplicate, JobRun, JournalEntry
from sync.duplicates import find_duplicates
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


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
