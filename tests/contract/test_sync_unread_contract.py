"""What a reading did not bring is not marked as gone in a real base while part of the source could not be read."""

from __future__ import annotations

import datetime as dt

import pytest
from test_provision_contract import Mortal
from trial_list import item, listed, now

from schemas.contacts.tables import Function, Organisation, Person
from schemas.operations.tables import JobRun
from sync.items import Delivery, Origin, Unread
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.run import apply_source
from sync.sources.registry import open_delivery, spec_for_file

pytestmark = [pytest.mark.server, pytest.mark.slow]

ROWS = ["Kennung;Organisation;PLZ", *(f"K{n};Haus {n};3910{n}" for n in range(1, 6))]


@pytest.fixture
def bring(client, empty_base, status, tmp_path):
    def run(*rows, dies_at=None):
        (tmp_path / "haus.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        arrived = open_delivery(spec_for_file(tmp_path / "haus.csv", "organisationen"))
        speaks = Mortal(client, dies_at, after=False) if dies_at else client
        return apply_source(speaks, empty_base, arrived, status, now=now)

    return run


def gone(client, base, record=Organisation):
    return {r.name for r in TableStore(client, base, record).pull() if r.vanished_since}


@pytest.mark.parametrize("broken", ["K2;;39102", ";;39102"], ids=["with-its-id", "without-any-id"])
def test_a_row_that_cannot_be_read_marks_nobody_and_takes_no_lease(client, empty_base, bring, broken):
    bring(*ROWS)
    books = TableStore(client, empty_base, JobRun).count()
    without = [row for row in ROWS if not row.startswith("K2")]

    report = bring(*without, broken, dies_at=1)

    assert (report.writes, report.counts.vanished, report.complete) == (0, 0, False)
    assert [r.origin.row for r in report.rejected] == [6]
    assert "nicht zu lesen" in report.describe()
    assert gone(client, empty_base) == set()
    assert TableStore(client, empty_base, JobRun).count() == books

    left_out = bring(*without)

    assert (left_out.counts.vanished, gone(client, empty_base)) == (1, {"Haus 2"})
    assert bring(*ROWS, broken).writes == 1  # it is back
    assert gone(client, empty_base) == set()


def test_who_could_never_be_read_does_not_hide_who_is_left_out(client, empty_base, bring):
    bring(*ROWS, ";;39199")

    report = bring(*ROWS[:-1], ";;39199")

    assert (report.counts.vanished, gone(client, empty_base)) == (1, {"Haus 5"})
    assert bring(*ROWS[:-1], ";;39199", dies_at=1).writes == 0


def test_the_function_of_a_person_who_cannot_be_read_stays_too(client, empty_base, status):
    def people(*numbers, unread=()):
        houses = [item("organisation", f"h{n}", name=f"H{n}") for n in (1, 2)]
        persons = [item("person", f"p{n}", last_name=f"P{n}") for n in numbers]
        functions = [
            item("function", f"f{n}", {"person": ("person", f"p{n}"), "organisation": ("organisation", f"h{n}")},
                 name=f"F{n}", valid_from=dt.date(2026, 1, n))
            for n in numbers
        ]  # fmt: skip
        found = listed(*houses, *persons, *functions)
        return Delivery(found.source, found.rows, found.items, unread=unread)

    apply_source(client, empty_base, people(1, 2), status, now=now)
    broken = Unread(Origin("liste.csv", 3), "Nicht zu lesen.", "x", ("person", "p1"))

    apply_source(client, empty_base, people(unread=(broken,)), status, now=now)

    persons = {p.last_name for p in TableStore(client, empty_base, Person).pull() if p.vanished_since}
    assert (persons, gone(client, empty_base, Function)) == ({"P2"}, {"F2"})


def test_a_row_made_of_two_of_one_list_is_not_gone_while_the_list_names_one(client, empty_base, bring):
    bring(*ROWS)
    rows = {o.name: o for o in TableStore(client, empty_base, Organisation).pull()}
    table = empty_base.tables["organisation"]
    both = f"{rows['Haus 1'].ident}\n{rows['Haus 2'].ident}"
    records.update_rows(client, table.id, {rows["Haus 1"].id: {table.fields["ident"].id: both}}, key=table.key)
    records.delete_rows(client, table.id, [rows["Haus 2"].id], key=table.key)

    report = bring(*(row for row in ROWS if not row.startswith("K2")), dies_at=1)

    assert (report.writes, gone(client, empty_base)) == (0, set())
    bring(*(row for row in ROWS if not row.startswith(("K1", "K2"))))
    assert gone(client, empty_base) == {"Haus 1"}


def card(number, *more):
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:u{number}", f"N:Karte{number};Ada;;;", *more, "END:VCARD", "")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("second", "unread"),
    [
        (card(1) + card(2, "PHOTO;ENCODING=b;TYPE=JPEG:abc!") + card(3), 0),
        ((card(1) + card(2, "NOTE;ENCODING=QUOTED-PRINTABLE:=ZZ")).replace("END:VCARD\nB", "END:VCARDB") + card(3), 0),
        (card(1) + "BEGIN:VCARD\nUID:u2\nN Karte2\nEND:VCARD\n" + card(3), 1),
        (card(1) + "BEGIN:VCARD\n%%%\nEND:VCARD\n" + card(3), 1),
        (card(1) + card(2)[:40], 2),
    ],
    ids=["photo", "one-line", "only-a-uid", "nothing", "cut-off"],
)  # fmt: skip
def test_nobody_is_gone_whose_card_is_broken(client, empty_base, status, tmp_path, second, unread):
    def read(text):
        (tmp_path / "karten.vcf").write_text(text, encoding="utf-8")
        arrived = open_delivery(spec_for_file(tmp_path / "karten.vcf", "vcard"))
        return apply_source(client, empty_base, arrived, status, now=now)

    read(card(1) + card(2) + card(3))

    report = read(second)

    assert gone(client, empty_base, Person) == set()
    assert len(report.rejected) == unread
    read(card(1) + card(3))
    assert gone(client, empty_base, Person) == {"Ada Karte2"}
