"""After a merge was taken back, the lists go on with two rows as if they had never been one."""

from __future__ import annotations

import pytest
from trial_list import item, listed, now

from schemas.contacts.tables import Organisation
from schemas.operations.tables import Conflict, Duplicate
from sync.desk import open_desk
from sync.duplicates import find_duplicates
from sync.merging import Merger
from sync.nocodb.store import TableStore
from sync.rebuild import rebuild
from sync.run import apply_source
from sync.status import Status
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def first(**more):
    return item("organisation", "1", name="Nord e.V.", city="A", **more)


def second(name="Verein Nord", **more):
    return item("organisation", "2", name=name, city="A", mail="zwei@example.org", **more)


class Twins:
    """Two rows of one list that are merged and parted."""

    def __init__(self, client, base, file) -> None:
        self.client, self.base, self.file = client, base, file
        self.organisations = TableStore(client, base, Organisation)
        self.bring(first(phone="+49 391 1"), second(phone="+49 391 2"))
        self.stays, self.goes = (o.id for o in self.organisations.pull())

    def bring(self, *items):
        with Status(self.file) as status:
            return apply_source(self.client, self.base, listed(*items), status, now=now, accept=["weniger"])

    def merge(self) -> None:
        with open_desk(self.client, self.base, "Dubletten", now) as desk:
            merger = Merger(self.client, self.base, desk.stores, desk.journal, desk.lease.ensure)
            merger.merge("organisation", self.stays, self.goes)

    def part(self) -> None:
        run = next(run for run, cause, _ in list_runs(self.client, self.base) if cause == "Dubletten")
        undo(self.client, self.base, run=run, now=now)

    def stands(self):
        return [
            (o.name, o.city, o.phone, o.mail, o.vanished_since is not None, (o.ident or "").split("\n")[0])
            for o in self.organisations.pull()
        ]

    def asked(self):
        return [c.ident for c in TableStore(self.client, self.base, Conflict).pull() if c.state == "offen"]


@pytest.fixture
def twins(client, empty_base, tmp_path):
    return Twins(client, empty_base, tmp_path / "status")


AGAIN = (first(phone="+49 391 1"), second(phone="+49 391 2"))


@pytest.mark.parametrize("lost", [False, True], ids=["status_kept", "status_rebuilt"])
def test_the_same_list_finds_nothing_to_do_and_the_next_one_is_taken_by_each_row(twins, lost):
    before = twins.stands()
    twins.merge()
    twins.bring(*AGAIN)
    twins.part()
    assert twins.stands() == before
    if lost:
        twins.file = twins.file.with_suffix(".neu")
        with Status(twins.file) as status:
            rebuild(twins.client, twins.base, status, now())

    same = twins.bring(*AGAIN)
    twins.bring(first(phone="+49 391 5"), second(phone="+49 391 6"))

    assert (same.writes, same.counts.unchanged) == (0, 2)
    assert twins.stands() == [
        ("Nord e.V.", "A", "+49 391 5", None, False, "probe:1"),
        ("Verein Nord", "A", "+49 391 6", "zwei@example.org", False, "probe:2"),
    ]
    assert twins.asked() == []


def test_what_the_list_said_meanwhile_comes_to_the_row_that_came_back(twins):
    twins.merge()
    twins.bring(first(phone="+49 391 1"), second(phone="+49 391 7"))
    twins.part()

    report = twins.bring(first(phone="+49 391 1"), second(phone="+49 391 7"))

    assert (report.counts.created, report.counts.conflicts) == (0, 0)
    assert [phone for _, _, phone, *_ in twins.stands()] == ["+49 391 1", "+49 391 7"]


@pytest.mark.parametrize(("named", "gone"), [(0, [False, True]), (1, [True, False])], ids=["first", "second"])
def test_only_the_row_that_the_list_left_out_is_marked(twins, named, gone):
    twins.merge()
    twins.bring(AGAIN[named])
    twins.part()

    twins.bring(AGAIN[named])

    assert [marked for *_, marked, _ in twins.stands()] == gone


def test_what_staff_decided_is_not_carried_out_again_by_itself(client, empty_base, tmp_path):
    twins = Twins(client, empty_base, tmp_path / "status")
    twins.bring(first(phone="+49 391 5550103"), second(phone="+49 391 5550103", name="Nord"))
    cases = TableStore(client, empty_base, Duplicate)
    find_duplicates(client, empty_base, now=now)
    for case in cases.pull():
        cases.swap(case.id, {"decision": None}, {"decision": "dieselbe"})
    assert find_duplicates(client, empty_base, now=now).merged == 1

    twins.part()

    assert find_duplicates(client, empty_base, now=now).merged == 0
    assert len(twins.stands()) == 2
    assert twins.bring(first(phone="+49 391 5550103"), second(phone="+49 391 5550103", name="Nord")).writes == 0
