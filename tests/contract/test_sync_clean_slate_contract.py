"""After an undo a list arrives as on the first day: the base ends up as if the undone list had never come."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from test_provision_contract import Killed, Mortal
from trial_list import contents, item, listed, tree, type_in

from schemas.contacts.tables import Organisation
from schemas.errors import ConfigError
from schemas.operations.tables import Conflict, JournalEntry
from sync.arrival import bring, plan_arrival, read_arrival
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.plan import Create, DeletedByStaff
from sync.rebuild import rebuild
from sync.run import apply_source, plan_source
from sync.settings import Settings
from sync.sources.registry import spec_for_file
from sync.status import Status
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

LONGER_THAN_A_LEASE = 10
"""Minutes after which a process that died holds nothing any more."""


def person(ident, last_name, **more):
    return item("person", ident, first_name="Ulla", last_name=last_name, **more)


def works(ident, who, where, **more):
    return item("function", ident, {"person": ("person", who), "organisation": ("organisation", where)}, **more)


BEFORE = listed(
    item("organisation", "1", name="Bürgerhaus", city="Nord", phone="+49 391 1", engagement_fields=("sport",)),
    item("organisation", "2", name="Chor", city="Nord", mail="chor@example.org"),
    item("organisation", "3", name="Tafel", city="Nord"),
    person("p", "Alt", mail="ulla@example.org"),
    works("f", "p", "1", name="Vorsitz"),
)
GARBAGE = listed(
    item("organisation", "1", name="BÃ¼rgerhaus", city="Nord", phone="+49 391 9", engagement_fields=("umwelt",)),
    item("organisation", "2", name="Chor", city="SÃ¼d", mail="chor@example.org", web="https://falsch.example.org"),
    item("organisation", "4", name="MÃ¼hle", city="Nord"),
    item("organisation", "5", name="Heimatverein", postcode="39104", mail="heimat@example.org", phone="+49 391 55"),
    person("p", "Alt", mail="ulla@example.org", phone="+49 391 77"),
    person("q", "MÃ¼ller"),
    works("f", "p", "2", name="Vorsitz"),
    works("g", "q", "4", name="Kasse"),
)
CORRECTED = listed(
    item("organisation", "1", name="Bürgerhaus Nord", city="Nord", phone="+49 391 2", engagement_fields=("kultur",)),
    item("organisation", "2", name="Chor", city="Süd", mail="neu@example.org", web="https://chor.example.org"),
    item("organisation", "3", name="Tafel", city="Ost"),
    item("organisation", "4", name="Mühle", city="Nord"),
    item("organisation", "5", name="Heimatverein", postcode="39104", mail="heimat@example.org", phone="+49 391 50"),
    person("p", "Alt", mail="ulla@example.org", phone="+49 391 70"),
    person("q", "Müller"),
    works("f", "p", "1", name="Vorsitz"),
    works("g", "q", "4", name="Kasse"),
)


class Scene:
    """A base with a row of staff's own, lists that come, and what stands in the end."""

    def __init__(self, client, base, folder) -> None:
        self.client, self.base, self.folder = client, base, folder
        self.organisations = TableStore(client, base, Organisation)
        self.file = folder / "status"
        self.minutes = 0

    def now(self):
        return dt.datetime.now(dt.UTC) + dt.timedelta(minutes=self.minutes)

    def begin(self, name: str) -> None:
        for code in ("function", "person", "organisation", "conflict", "journal"):
            table = self.base.tables[code]
            ids = [r["Id"] for r in records.list_rows(self.client, table.id, [], key=table.key)]
            records.delete_rows(self.client, table.id, ids, key=table.key)
        self.file = self.folder / name
        self.organisations.create(
            [Organisation(name="Heimatverein", postcode="39104", mail="heimat@example.org", note="Von uns")]
        )

    def bring(self, delivery, client=None):
        """Bring a list in as somebody does who was asked about its encoding and said yes."""
        with Status(self.file) as status:
            return apply_source(
                client or self.client, self.base, delivery, status, accept=("zeichensatz",), now=self.now
            )

    def plan(self, delivery):
        with Status(self.file) as status:
            return plan_source(self.client, self.base, delivery, status)

    def undo(self, client=None, **what):
        what = what or {"run": self.last_run("Abgleich")}
        return undo(client or self.client, self.base, now=self.now, **what)

    def last_run(self, cause):
        return next(run for run, told, _ in list_runs(self.client, self.base) if told.startswith(cause))

    def rebuilt(self) -> None:
        self.file = self.file.with_suffix(".neu")
        with Status(self.file) as status:
            rebuild(self.client, self.base, status, self.now())

    def row(self, ident):
        return next((o for o in self.organisations.pull() if ident in (o.ident or "").split("\n")), None)

    def stands(self):
        asked = {
            (c.ident, c.ours, c.theirs, c.state)
            for c in TableStore(self.client, self.base, Conflict).pull()
            if c.state == "offen"
        }
        return contents(self.client, self.base), asked


@pytest.fixture
def scene(client, empty_base, tmp_path):
    return Scene(client, empty_base, tmp_path)


def edit(scene):
    """Work of staff between the lists: one value of their own, one cell emptied."""
    type_in(scene.client, scene.base, scene.row("probe:3").id, city="Von Hand")
    type_in(scene.client, scene.base, scene.row("probe:2").id, mail=None)


def undone(scene):
    scene.undo()


def undone_after_a_rebuild(scene):
    scene.rebuilt()
    scene.undo()


def rebuilt_after_the_undo(scene):
    scene.undo()
    scene.rebuilt()


def undone_again_and_again(scene):
    """The way back taken back, and taken once more."""
    scene.undo()
    before = scene.stands()
    run = scene.last_run("Zurückgenommen")
    scene.undo(run=run)
    assert scene.stands() != before
    scene.undo(run=scene.last_run(f"Zurückgenommen: Lauf {run}"))


def planned_in_between(scene):
    """Looking first changes nothing of what comes."""
    scene.undo()
    planned = scene.plan(CORRECTED)
    assert not [a for a in planned.actions if isinstance(a, DeletedByStaff)]
    assert scene.plan(CORRECTED) == planned


def undone_write_by_write(scene):
    run = scene.last_run("Abgleich")
    store = TableStore(scene.client, scene.base, JournalEntry)
    for entry in [e for e in store.pull() if e.run == run and not e.undone][::-1]:
        scene.undo(write=entry.id)


WAYS = (undone_after_a_rebuild, rebuilt_after_the_undo, undone_again_and_again, planned_in_between)


@pytest.fixture(scope="module")
def outcomes():
    return {}


@pytest.fixture
def wanted(scene, outcomes):
    """What stands once the corrected list has come, had the wrong one never been: alone, and after a list before."""
    if scene.client.url not in outcomes:
        scene.begin("alone")
        scene.bring(CORRECTED)
        alone = scene.stands()
        scene.begin("second")
        scene.bring(BEFORE)
        edit(scene)
        before = scene.stands()
        scene.bring(CORRECTED)
        assert scene.bring(CORRECTED).writes == 0
        outcomes[scene.client.url] = {"alone": alone, "before": before, "second": scene.stands()}
    return outcomes[scene.client.url]


@pytest.mark.parametrize("way", [undone, undone_write_by_write], ids=lambda w: w.__name__)
def test_the_corrected_list_leads_to_what_it_leads_to_in_a_fresh_base(scene, wanted, way):
    scene.begin("first")
    before = scene.stands()
    scene.bring(GARBAGE)
    way(scene)
    assert scene.stands() == before

    report = scene.bring(CORRECTED)

    assert report.counts.deleted_by_staff == 0
    assert scene.stands() == wanted["alone"]
    assert scene.bring(CORRECTED).writes == 0


@pytest.mark.parametrize("way", [*WAYS, undone_write_by_write], ids=lambda w: w.__name__)
def test_the_corrected_list_leads_to_what_it_leads_to_without_the_undone_one(scene, wanted, way):
    scene.begin(way.__name__)
    scene.bring(BEFORE)
    edit(scene)
    scene.bring(GARBAGE)
    way(scene)
    assert scene.stands() == wanted["before"]

    report = scene.bring(CORRECTED)

    assert report.counts.deleted_by_staff == 0
    assert scene.stands() == wanted["second"]
    assert scene.bring(CORRECTED).writes == 0


def test_an_undo_that_is_killed_at_any_request_and_run_again_ends_the_same(scene, wanted):
    for dies_at in (3, 4, 6, 9, 14):
        scene.begin(f"dies_{dies_at}")
        scene.bring(BEFORE)
        edit(scene)
        scene.bring(GARBAGE)
        run = scene.last_run("Abgleich")
        with suppress(Killed):
            scene.undo(Mortal(scene.client, dies_at, after=dies_at % 2 == 0), run=run)
        scene.minutes += LONGER_THAN_A_LEASE
        with suppress(ConfigError):  # it had come to its end
            scene.undo(run=run)
        assert scene.stands() == wanted["before"], f"killed at request {dies_at}"
        scene.bring(CORRECTED)
        assert scene.stands() == wanted["second"], f"killed at request {dies_at}"


def test_a_run_that_was_killed_is_taken_back_with_what_only_its_status_knew(scene, wanted):
    for dies_at in (6, 9, 12):
        scene.begin(f"dies_{dies_at}")
        scene.bring(BEFORE)
        edit(scene)
        with suppress(Killed):
            scene.bring(GARBAGE, Mortal(scene.client, dies_at, after=dies_at % 2 == 0))
        scene.minutes += LONGER_THAN_A_LEASE
        scene.undo()
        if dies_at == 9:
            scene.rebuilt()
        assert scene.stands() == wanted["before"], f"killed at request {dies_at}"
        scene.bring(CORRECTED)
        assert scene.stands() == wanted["second"], f"killed at request {dies_at}"


def test_the_same_list_comes_again_with_its_questions_and_marks(scene):
    scene.begin("same")
    scene.bring(BEFORE)
    edit(scene)
    shorter = listed(
        item("organisation", "1", name="Bürgerhaus", city="Nord", phone="+49 391 1"),
        item("organisation", "3", name="Tafel", city="West"),
    )
    before = scene.stands()
    scene.bring(shorter)
    once = scene.stands()
    assert [(theirs, state) for _, _, theirs, state in once[1]] == [("West", "offen")]
    assert scene.row("probe:2").vanished_since

    scene.undo()
    assert scene.stands() == before
    assert scene.bring(BEFORE).writes == 0
    assert scene.bring(shorter).counts.conflicts == 1
    assert scene.stands() == once

    scene.undo()
    scene.undo(run=scene.last_run("Zurückgenommen"))
    assert scene.stands() == once
    assert scene.bring(shorter).writes == 0


def test_a_question_that_the_undone_run_only_brought_up_to_date_is_what_it_was(scene):
    def says(city, **more):
        return listed(item("organisation", "3", name="Tafel", city=city, **more))

    scene.begin("question")
    scene.bring(says("Nord"))
    type_in(scene.client, scene.base, scene.row("probe:3").id, city="Von Hand")
    scene.bring(says("West"))
    once = scene.stands()
    scene.bring(says("Ost", street="Weg 1"))
    assert scene.stands()[1] != once[1]

    scene.undo()

    assert scene.stands() == once
    assert scene.bring(says("West")).writes == 0
    assert scene.bring(says("Ost", street="Weg 1")).counts.conflicts == 1


def test_what_staff_use_or_deleted_is_theirs_after_an_undo_too(scene):
    scene.begin("theirs")
    scene.bring(BEFORE)
    table = scene.base.tables["organisation"]
    records.delete_rows(scene.client, table.id, [scene.row("probe:3").id], key=table.key)
    scene.bring(GARBAGE)
    type_in(scene.client, scene.base, scene.row("probe:4").id, street="Am Bach 1")

    report = scene.undo()
    kept = scene.row("probe:4")
    again = scene.bring(CORRECTED)

    assert (report.kept, kept.name) == (1, "MÃ¼hle")
    assert again.counts.deleted_by_staff == 1
    now_there = scene.row("probe:4")
    assert (now_there.id, now_there.name, now_there.street) == (kept.id, "Mühle", "Am Bach 1")
    assert scene.stands()[1] == set()


def test_rows_that_point_at_each_other_in_a_circle_are_removed_and_come_again(scene):
    scene.begin("circle")
    scene.bring(tree())
    once = scene.stands()

    report = scene.undo()

    assert report.kept == 0
    assert [o.name for o in scene.organisations.pull()] == ["Heimatverein"]
    scene.bring(tree())
    assert scene.stands() == once


def test_the_very_same_file_is_read_again_once_its_run_was_taken_back(scene, tmp_path):
    scene.begin("file")
    (tmp_path / "orte.csv").write_text("Name;PLZ\nTafel Nord;39104\nTafel Süd;39120\n", encoding="utf-8")
    spec = spec_for_file(tmp_path / "orte.csv", "organisationen")
    token = scene.client.request("POST", "/api/v1/tokens", json={"description": "Datei"})["token"]
    there = Settings(nocodb_url=scene.client.url, nocodb_token=token, nocodb_base=scene.base.id)
    with Status(scene.file) as status:
        assert bring(spec, there, status, now=scene.now).counts.created == 2
        assert read_arrival(spec, there, status).repeated

        scene.undo()

        planned = plan_arrival(read_arrival(spec, there, status), status)
        assert [type(a) for a in planned.actions] == [Create, Create]
        assert bring(spec, there, status, now=scene.now).counts.created == 2
        assert read_arrival(spec, there, status).repeated
