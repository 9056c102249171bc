"""Two rows that staff call the same become one on a real base; killed anywhere it completes, and can be taken back."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from test_provision_contract import Killed, Mortal

from schemas.base import BASE
from schemas.contacts.tables import Function, Interaction, Organisation, Person, Relationship
from schemas.model import Formula
from schemas.operations.choices import WriteKind
from schemas.operations.tables import Conflict, JournalEntry
from sync.desk import open_desk
from sync.items import Delivery, Item, Origin
from sync.merging import Ending, Merger
from sync.nocodb import records
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.run import apply_source
from sync.status import Status
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

CONTACTS = ("organisation", "person", "function", "interaction", "relationship")
_clock = itertools.count()


def clock():
    """Return a clock ten minutes ahead of the one before, so that the lease of a process that died is free."""
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=10 * next(_clock))
    return lambda: moment


class Made:
    """A small network in which one organisation stands twice."""

    def __init__(self, client, base):
        self.client, self.base = client, base
        self.organisations = TableStore(client, base, Organisation)
        above, self.stays, self.goes, below = self.organisations.create([
            Organisation(name="Verband", ident="a:0"),
            Organisation(name="Sportverein Nord e.V.", phone="+4939111", note="Ruft gern zurück", ident="a:1",
                         engagement_fields=("sport",)),
            Organisation(name="Sportverein Nord", phone="+4939122", mail="nord@example.org", city="Musterstadt",
                         note="Turnhalle ab 17 Uhr", engagement_fields=("umwelt",), ident="b:7\nc:9"),
            Organisation(name="Jugend", ident="a:3"),
        ])  # fmt: skip
        self.above, self.below = above, below
        self.type_in(self.goes, parent=above)
        self.type_in(below, parent=self.goes)
        (self.ada,) = TableStore(client, base, Person).create([Person(first_name="Ada", last_name="Muster")])
        self.functions = TableStore(client, base, Function)
        self.functions.create([
            Function(name="Vorsitz", kind="vorstand", person=self.ada, organisation=self.stays, ident="a:f"),
            Function(name="Vorsitz", kind="vorstand", person=self.ada, organisation=self.goes, ident="b:f"),
            Function(name="Kasse", person=self.ada, organisation=self.goes),
        ])  # fmt: skip
        TableStore(client, base, Interaction).create([
            Interaction(summary=f"Anruf {i}", day=dt.date(2026, 3, i + 1), organisation=self.goes) for i in range(3)
        ])  # fmt: skip
        TableStore(client, base, Relationship).create([Relationship(organisation=self.stays, department=self.goes)])

    def type_in(self, row_id, **values):
        """Edit as a person does in the spreadsheet."""
        table = self.base.tables["organisation"]
        cells = {table.fields[c].data_id: v for c, v in values.items()}
        records.update_rows(self.client, table.id, {row_id: cells}, key=table.key)

    def merge(self, client=None):
        with open_desk(client or self.client, self.base, "Dubletten", clock()) as desk:
            stores = {code: TableStore(client or self.client, self.base, BASE.record(code)) for code in BASE.tables}
            merger = Merger(client or self.client, self.base, stores, desk.journal, desk.lease.ensure)
            return desk.journal.run, merger.merge("organisation", self.stays, self.goes)


@pytest.fixture
def made(client, empty_base):
    return Made(client, empty_base)


def contents(client, base):
    """Every contact row by id, without what only proves writes."""
    found = {}
    for code in CONTACTS:
        columns = [c for c, k in BASE.tables[code].columns.items() if c != "token" and not isinstance(k, Formula)]
        for row in TableStore(client, base, BASE.record(code)).pull():
            found[(code, row.id)] = {c: row.value(c) for c in columns}
    return found


def test_the_older_row_stays_with_the_values_links_and_idents_of_both(client, empty_base, made):
    before = contents(client, empty_base)

    _, outcome = made.merge()

    after = contents(client, empty_base)
    assert outcome.ending is Ending.MERGED
    one = after.pop(("organisation", made.stays))
    assert one == {
        **before.pop(("organisation", made.stays)), "phone2": "+4939122", "mail": "nord@example.org",
        "city": "Musterstadt", "note": "Ruft gern zurück\n\nTurnhalle ab 17 Uhr", "parent": made.above,
        "engagement_fields": ("sport", "umwelt"), "ident": "a:1\nb:7\nc:9", "aliases": "Name: Sportverein Nord",
    }  # fmt: skip
    del before[("organisation", made.goes)]
    expected = {
        key: {c: made.stays if c in ("organisation", "parent", "department") and v == made.goes else v
              for c, v in cells.items()}
        for key, cells in before.items()
    }  # fmt: skip
    first, second = (key for key, cells in expected.items() if cells.get("name") == "Vorsitz")
    expected[first]["ident"] = "a:f\nb:f"  # the same function at the same organisation is one, too
    del expected[second]
    assert after == expected


def test_no_list_brings_the_twin_back_and_its_changes_go_to_the_row_that_stays(client, empty_base, tmp_path):
    def listed(city):
        rows = [("1", "Nord e.V."), ("2", "Verein Nord")]
        items = tuple(Item("organisation", i, {"name": n, "city": city}, {}, Origin("l.csv", 2)) for i, n in rows)
        return Delivery("probe", 2, items)

    with Status(tmp_path / "status.sqlite") as status:
        apply_source(client, empty_base, listed("A"), status, now=clock())
        organisations = TableStore(client, empty_base, Organisation)
        stays, goes = (o.id for o in organisations.pull())
        with open_desk(client, empty_base, "Dubletten", clock()) as desk:
            Merger(client, empty_base, desk.stores, desk.journal, desk.lease.ensure).merge("organisation", stays, goes)

        again = apply_source(client, empty_base, listed("A"), status, now=clock())
        changed = apply_source(client, empty_base, listed("B"), status, now=clock())

    (one,) = organisations.pull()
    assert (again.writes, again.counts.created, changed.counts.created) == (0, 0, 0)
    assert (one.id, one.city, one.ident) == (stays, "B", "probe:1\nprobe:2")


def test_killed_at_any_request_and_run_again_the_merge_is_as_if_never_interrupted(client, empty_base):
    made = Made(client, empty_base)
    made.merge()
    whole = sorted(_nameless(contents(client, empty_base)), key=str)

    for dies_at in itertools.count(1):
        _clear(client, empty_base)
        made = Made(client, empty_base)
        try:
            made.merge(Mortal(client, dies_at, after=dies_at % 2 == 0))
            break
        except Killed:
            pass
        made.merge()
        assert sorted(_nameless(contents(client, empty_base)), key=str) == whole, f"killed at request {dies_at}"
    assert dies_at > 10


def test_a_merge_is_taken_back_with_every_link_and_what_staff_did_since_stays(client, empty_base, made):
    before = contents(client, empty_base)
    run, _ = made.merge()
    made.type_in(made.stays, city="Von Hand")
    kasse = next(f for f in made.functions.pull() if f.name == "Kasse")
    made.functions.swap(kasse.id, {"organisation": made.stays}, {"organisation": made.above})

    report = undo(client, empty_base, run=run, now=clock())

    after = contents(client, empty_base)
    back = max(i for code, i in after if code == "organisation")
    assert report.parted == 2
    assert after[("organisation", back)].pop("ident").startswith("b:7\nc:9\nwieder:")
    expected = before.pop(("organisation", made.goes))
    del expected["ident"]
    assert after.pop(("organisation", back)) == expected
    twin = max(i for code, i in after if code == "function")
    assert after[("function", twin)]["ident"].startswith("b:f\nwieder:")
    assert {k: v for k, v in after.pop(("function", twin)).items() if k != "ident"} == {
        **{k: v for k, v in before[("function", made_twin(before))].items() if k != "ident"}, "organisation": back,
    }  # fmt: skip
    del before[("function", made_twin(before))]
    wanted = {
        key: {c: back if c in ("organisation", "parent", "department") and v == made.goes else v
              for c, v in cells.items()}
        for key, cells in before.items()
    }  # fmt: skip
    wanted[("organisation", made.stays)]["city"] = "Von Hand"
    wanted[("function", kasse.id)]["organisation"] = made.above
    assert after == wanted


def test_what_staff_hung_on_the_row_is_kept_in_the_note_and_files_are_left_to_a_person(client, empty_base, made):
    table = empty_base.tables["organisation"]
    own, files = (
        client.request("POST", f"/api/v2/meta/tables/{table.id}/columns", json={"title": t, "uidt": kind})
        for t, kind in (("Schlüssel bei", "SingleLineText"), ("Vertrag", "Attachment"))
    )
    own_id = next(c["id"] for c in own["columns"] if c["title"] == "Schlüssel bei")
    file_id = next(c["id"] for c in files["columns"] if c["title"] == "Vertrag")
    made.base = resolve(client, BASE, empty_base.id)
    try:
        _patch(client, table, made.goes, {own_id: "Frau Muster"})
        client.request(
            "POST",
            "/api/v2/meta/comments",
            json={"row_id": str(made.goes), "fk_model_id": table.id, "comment": "Bitte nur vormittags"},
        )
        _patch(client, table, made.goes, {file_id: [{"url": "https://example.org/a.pdf", "title": "a.pdf"}]})

        _, held = made.merge()
        assert (held.ending, held.why) == (
            Ending.STUCK, "Bitte übertragen Sie zuerst den Inhalt von „Vertrag“ von Hand.",
        )  # fmt: skip
        assert made.organisations.get(made.goes) is not None

        _patch(client, table, made.goes, {file_id: None})
        run, outcome = made.merge()
        note = made.organisations.get(made.stays).note
        undo(client, made.base, run=run, now=clock())
        (back,) = [r for r in TableStore(client, made.base, Organisation).pull_raw() if r["name"] == "Sportverein Nord"]
    finally:
        for column in (own_id, file_id):
            client.request("DELETE", f"/api/v2/meta/columns/{column}")
    assert outcome.ending is Ending.MERGED
    assert "Schlüssel bei: Frau Muster" in note
    assert "Bitte nur vormittags" in note
    assert back[f"extra:{own_id}"] == "Frau Muster"


def test_the_journal_tells_of_a_merge_in_words_and_open_conflicts_follow(client, empty_base, made):
    conflicts = TableStore(client, empty_base, Conflict)
    conflicts.create([Conflict(name="Nord", state="offen", table_code="organisation", row=made.goes, ident="x")])

    made.merge()

    (entry,) = [e for e in TableStore(client, empty_base, JournalEntry).pull()
                if e.kind == WriteKind.MERGED and e.table_code == "organisation"]  # fmt: skip
    assert entry.name == "Sportverein Nord e.V. ← Sportverein Nord"
    assert "E-Mail: nord@example.org" in entry.before
    assert "Telefon 2: +4939122" in entry.after
    (conflict,) = conflicts.pull()
    assert conflict.row == made.stays
    assert conflict.link == made.organisations.row_url(made.stays)


def made_twin(before):
    """Return the id of the younger of the two equal functions."""
    return max(i for (code, i), cells in before.items() if code == "function" and cells["name"] == "Vorsitz")


def _patch(client, table, row_id, cells):
    records.update_rows(client, table.id, {row_id: cells}, key=table.key)


def _clear(client, base):
    for code in reversed(CONTACTS):
        store = TableStore(client, base, BASE.record(code))
        records.delete_rows(
            client, base.tables[code].id, [r.id for r in store.pull(["ident"])], key=base.tables[code].key
        )


def _nameless(found):
    """Return what stands, rows told by their names instead of ids."""
    names = {key: cells.get("name") or cells.get("summary") or cells.get("last_name") for key, cells in found.items()}
    for (code, _), cells in found.items():
        links = BASE.tables[code].links
        yield code, {c: names.get((links[c].target, v), v) if c in links else v for c, v in cells.items()}
