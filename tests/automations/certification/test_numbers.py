"""Numbers of seals: given once for ever, whatever becomes of the case, and void where no certificate may claim them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from guest_pages import MemoryStore

from automations.certification import awarding
from automations.certification.awarding import Numbered, wants_number
from automations.certification.numbers import (
    NOTE,
    Why,
    given_numbers,
    names_by_number,
    remember_numbers,
    unknown_numbers,
    void_numbers,
)
from schemas.certification.choices import Decision, Phase, SealState
from schemas.certification.rules.seals import next_number
from schemas.certification.tables import Certification
from schemas.operations.tables import JournalEntry
from sync.journal import Intent, Journal

NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


class Cases(MemoryStore):
    """Cases in memory, with an address for the journal; ``dies`` is raised instead of a swap."""

    dies: type[BaseException] | None = None

    def swap(self, row_id, expected, changes):
        if self.dies:
            raise self.dies
        return super().swap(row_id, expected, changes)

    def row_url(self, row_id):
        return f"row/{row_id}"


class Killed(BaseException):
    """Stands for kill -9."""


class Base:
    """Cases and journal, with what staff and the program do to them."""

    def __init__(self):
        self.stores = {"certification": Cases(Certification), "journal": MemoryStore(JournalEntry)}
        self.runs = 0

    def wait(self, *names, **cells):
        usual = {"phase": Phase.WAITING, "decision": Decision.YES} | cells
        return self.stores["certification"].create([Certification(name=name, **usual) for name in names])

    def desk(self):
        self.runs += 1
        journal = Journal(self.stores["journal"], run=f"run{self.runs}", cause="Nummern", now=lambda: NOW)
        return SimpleNamespace(stores=self.stores, journal=journal, lease=SimpleNamespace(ensure=lambda: None))

    def give(self, *rows, year=2027):
        done = Numbered()
        awarding._give(self.desk(), rows, year, done)
        return done.given

    def change(self, row, **cells):
        stands = self.stores["certification"].get(row)
        self.stores["certification"].swap(row, {code: stands.value(code) for code in cells}, cells)

    def delete(self, row):
        del self.stores["certification"]._rows[row]

    def void(self):
        cases = list(self.stores["certification"].pull())
        return {one.number: (one.holder, one.why) for one in void_numbers(cases, self.given()).values()}

    def given(self):
        return given_numbers(self.stores["journal"].pull())


def test_a_number_that_was_given_is_never_given_again_and_is_listed_as_void():
    base = Base()
    one, two, three, four, five = base.wait("A", "B", "C", "D", "E")
    assert base.give(one, one, two, three) == {one: "2027-001", two: "2027-002", three: "2027-003"}

    base.change(three, seal_number=None)  # "Rückgängig", or staff in the spreadsheet
    assert base.give(three) == {three: "2027-004"}
    base.delete(three)  # the highest row
    assert base.give(four) == {four: "2027-005"}
    base.stores["certification"].dies = Killed
    with pytest.raises(Killed):
        base.give(five)
    base.stores["certification"].dies = None
    assert base.give(five) == {five: "2027-007"}, "reserved and never written: nobody knows whether it was"

    assert base.void() == {
        "2027-003": ("C", Why.GONE), "2027-004": ("C", Why.GONE), "2027-006": ("E", Why.GONE)
    }  # fmt: skip
    assert base.give(one, two, four, five) == {}, "asked again it gives none"


def test_a_number_that_staff_typed_is_remembered_from_the_next_run_on_even_when_its_row_is_deleted():
    base = Base()
    one, two = base.wait("A", "B")
    (typed,) = base.wait("Von Hand", seal_year=2027, seal_number="2027-020", phase=Phase.AWARDED)
    assert base.give(one) == {one: "2027-021"}

    base.delete(typed)
    base.delete(one)
    assert base.give(two) == {two: "2027-022"}
    assert base.void() == {"2027-020": ("Von Hand", Why.GONE), "2027-021": ("A", Why.GONE)}
    assert [entry.undone for entry in base.stores["journal"].pull() if entry.name == NOTE] == [True], "nothing to undo"


@pytest.mark.parametrize("typed", [" 2027-005 ", "2027–005", "2027 - 005", "２０２７-００５", "2027-005\u200b"])
def test_a_number_typed_in_another_manner_is_the_same_on_paper_and_stands_once(typed):
    base = Base()
    one, two = base.wait("A", "B")
    base.wait("Von Hand", seal_number=typed)
    assert base.give(one) == {one: "2027-006"}
    cases = list(base.stores["certification"].pull())
    assert names_by_number(cases)["2027-005"] == "Von Hand"
    assert base.void() == {}

    base.change(two, seal_number="2027-005")
    assert "2027-005" not in names_by_number(base.stores["certification"].pull()), "of two holders neither may claim it"


def test_who_missed_the_fair_gets_a_number_of_the_next_year_and_the_old_one_is_void():
    base = Base()
    (one,) = base.wait("A")
    base.give(one, year=2027)

    assert base.give(one, year=2028) == {one: "2028-001"}
    assert base.void() == {"2027-001": ("A", Why.GONE)}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, True), ({"seal_number": "2027-001"}, False), ({"seal_number": "2026-009"}, True),
        ({"seal_number": "Nr. 9"}, False), ({"seal_year": 2027}, False), ({"phase": Phase.PAUSED}, False),
        ({"decision": Decision.LATER}, False), ({"decision": None}, False),
    ],
)  # fmt: skip
def test_a_number_is_wanted_by_who_waits_by_a_decision_and_has_none_of_this_year(cells, expected):
    usual = {"name": "A", "phase": Phase.WAITING, "decision": Decision.YES}
    assert wants_number(Certification(**(usual | cells)), 2027) is expected


def case(row, year, number, **cells):
    return Certification(id=row, name=f"Fall {row}", seal_year=year, seal_number=number, **cells)


def test_no_certificate_may_claim_a_number_whose_case_ended_otherwise_or_is_to_be_decided_again():
    yes = {"decision": Decision.YES}
    cases = [
        case(1, 2024, "2024-001"), case(2, 2024, "2024-002", seal_state=SealState.REVOKED),
        case(3, None, "2026-001", phase=Phase.WAITING, **yes), case(4, None, "2026-002", phase=Phase.WITHDRAWN, **yes),
        case(5, None, "2026-003", phase=Phase.DECLINED), case(6, None, None, phase=Phase.DECLINED),
        case(7, None, "2026-004", phase=Phase.REVIEW, decision=Decision.LATER), case(8, None, "2026-005", **yes),
        case(9, None, "2026-005", phase=Phase.WAITING, **yes),
    ]  # fmt: skip

    void = void_numbers(cases, {"2026-001": "Fall 3", "2026-009": "Fall 0"})

    assert {number: one.why for number, one in void.items()} == {
        "2024-002": Why.REVOKED, "2026-002": Why.ENDED, "2026-003": Why.ENDED, "2026-004": Why.UNDECIDED,
        "2026-009": Why.GONE,
    }  # fmt: skip
    assert names_by_number(cases) == {"2024-001": "Fall 1", "2026-001": "Fall 3"}, "one of two holders is none"


def test_a_number_that_staff_typed_is_unknown_until_the_journal_tells_of_it():
    base = Base()
    base.wait("A", seal_number="2027–005")
    cases, journal = base.stores["certification"], base.stores["journal"]
    standing = ["", "2027–005"]
    assert unknown_numbers(standing, journal.pull()) == {"2027-005"}
    remember_numbers(base.desk(), cases.pull())
    assert unknown_numbers(standing, journal.pull()) == set()
    assert unknown_numbers([*standing, "2027-006"], journal.pull()) == {"2027-006"}


def test_every_entry_of_the_journal_that_tells_of_a_number_counts_whatever_it_is_about():
    base = Base()
    journal = base.desk().journal
    journal.announce([
        Intent("certification", 1, "Umbenannt", {"seal_number": "2027-001"}, {"seal_number": None}, ""),
        Intent("certification", 1, "Weiter", {"phase": "wartet"}, {"phase": "ruht"}, ""),
    ])  # fmt: skip
    gone = JournalEntry(name="D ← E", table_code="certification", ident="m",
                        data='{"stays": 1, "goes": 2, "row": {"name": "E", "seal_number": "2027-005"}}')  # fmt: skip
    foreign = JournalEntry(name="Fremd", table_code="person", data='{"after": {"seal_number": "2027-777"}}', ident="p")
    base.stores["journal"].create([gone, foreign, JournalEntry(name="Leer", table_code="certification", ident="l")])

    assert base.given() == {"2027-001": "Umbenannt", "2027-005": "E"}
    assert remember_numbers(base.desk(), []) == {"2027-001", "2027-005"}


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "2027-001"), (["2027-001", "2027-003"], "2027-004"), (["2026-044"], "2027-001"),
        (["2027-999"], "2027-1000"), ([" 2027-007 "], "2027-008"), (["2027-7a", "2027-", "Nr. 5"], "2027-001"),
    ],
)  # fmt: skip
def test_the_next_number_is_above_all_of_its_year(taken, expected):
    assert next_number(2027, taken) == expected
