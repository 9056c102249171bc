"""A wrong list that comes and is taken back leaves nothing behind: base and lists go on as if it had never come.

Two bases live through the same; into one of them wrong lists come as well, and are taken back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import itertools
import json

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from schemas.base import BASE
from schemas.contacts.tables import Organisation
from schemas.operations.choices import WriteKind
from sync.apply import Tools, Worker
from sync.conflicts import record_clashes
from sync.items import Delivery, Item, LinkRef, Origin
from sync.journal import Journal
from sync.nocodb.store import Swapped
from sync.noting import Notes, read_retraction
from sync.plan import DeletedByStaff, Unchanged, make_plan
from sync.questions import take_back_questions
from sync.recall import Recollection, recall
from sync.restore import restore
from sync.retracting import Retractor, undone_runs
from sync.standing import read_standing
from sync.status import Status

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
TABLES = {"organisation": "m-organisation", "journal": "m-journal"}
IDENTS = ("a", "b", "c", "d")
COLUMNS = ("phone", "street", "city")
VALUES = st.sampled_from(["1", "2", "3"])
TYPED = {"phone": st.sampled_from([None, "1", "4"]), "city": st.sampled_from([None, "1", "4"])}
LISTS = st.dictionaries(
    st.sampled_from(IDENTS), st.fixed_dictionaries({}, optional=dict.fromkeys((*COLUMNS, "parent"), VALUES)),
    min_size=1, max_size=4,
)  # fmt: skip
COMMON = {"postcode": "39104", "mail": "post@example.org"}
"""By this the row of staff's own is surely met."""


class Killed(BaseException):
    """Stands for kill -9."""


class Store:
    """One table in memory, with the manners of ``TableStore`` as far as they are needed; dies at the n-th write."""

    def __init__(self, base: InMemory) -> None:
        self.rows: dict[int, object] = {}
        self._base = base

    def create(self, new):
        self._base.writes()
        ids = [next(self._base.numbers) for _ in new]
        self.rows |= {i: dataclasses.replace(row, id=i) for i, row in zip(ids, new, strict=True)}
        return ids

    def swap(self, row_id, expected, changes):
        self._base.writes()
        row = self.rows[row_id]
        applied = all(row.value(c) == v for c, v in expected.items())
        if applied:
            row = self.rows[row_id] = dataclasses.replace(row, **changes)
        return Swapped(applied, {c: row.value(c) for c in (*expected, *changes)})

    def pull(self, columns=None, where=None):
        return list(self.rows.values())

    def get(self, row_id):
        return self.rows.get(row_id)

    def get_many(self, row_ids):
        return {i: self.rows[i] for i in row_ids if i in self.rows}

    def find_idents(self, idents):
        return {row.ident: i for i, row in self.rows.items() if row.ident in idents}

    def row_url(self, row_id):
        return f"row/{row_id}"

    def table_url(self):
        return "table"


class InMemory:
    """A base and a status, a list that comes, people, and a way back."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.runs = itertools.count(1)
        self.left = None
        self.stores = {code: Store(self) for code in ("organisation", "conflict", "journal")}
        self.status = Status(":memory:")
        self.organisations = self.stores["organisation"]
        self.organisations.create([Organisation(name="D", note="Von uns", **COMMON)])

    def writes(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed

    def journal(self, cause):
        return Journal(self.stores["journal"], run=f"run{next(self.runs)}", cause=cause, now=lambda: NOW)

    def catch_up(self) -> None:
        heard = self.status.taken("m-journal") or 0
        entries = [e for e in self.stores["journal"].pull() if e.id > heard and e.kind == WriteKind.UNDONE]
        told = [read_retraction(json.loads(e.data)) for e in entries if e.row is None]
        self.status.take_in(told, "m-journal", max((e.id for e in entries), default=heard), NOW)

    def plan(self, delivery):
        self.catch_up()
        columns = [c for c in BASE.tables["organisation"].columns if c != "token"]
        rows = [(i, {c: row.value(c) for c in columns}) for i, row in sorted(self.organisations.rows.items())]
        known = self.status.items("liste", TABLES)
        standing = {"organisation": read_standing("liste", rows)}
        return make_plan(delivery, standing, known, lambda key: self.status.last("liste", key))

    def bring(self, delivery, dies_at=None):
        """Bring a list in and return the run; ``dies_at`` is the write at which the process is killed."""
        plan, journal = self.plan(delivery), self.journal("Abgleich")
        notes = Notes(journal, self.status, "liste", TABLES, lambda: NOW)
        tools = Tools(
            stores=self.stores, journal=journal,
            settle=notes.settle, vanish=notes.vanish,
            clash=lambda found: record_clashes(self.stores["conflict"], found, self.stores, source="liste",
                                               shown="Liste", run=journal.run, now=lambda: NOW),
            ensure=lambda: None, on_progress=lambda *told: None, today=NOW.date(), tables={},
        )  # fmt: skip
        self.left = dies_at
        with contextlib.suppress(Killed):
            Worker(plan, tools, title="Liste").run()
        self.left = None
        return journal.run, plan

    def undo(self, run, dies_at=None) -> None:
        journal = self.journal("Zurückgenommen")
        mine = [e for e in self.stores["journal"].pull() if e.run == run]
        self.left = dies_at
        try:
            retractor = Retractor(journal, Recollection(self.stores["journal"].pull(), TABLES), TABLES,
                                  undone_runs(Recollection(self.stores["journal"].pull(), TABLES), mine))  # fmt: skip
            retractor.begin()
            take_back_questions(self.stores["conflict"], {run}, by=journal.run)
            for entry in [e for e in mine if not e.undone][::-1]:
                if entry.kind == WriteKind.CREATED:
                    lines = json.loads(entry.data)["idents"]
                    rows = {i: r.ident for i, r in self.organisations.rows.items() if r.ident in lines}
                    retractor.removing("organisation", rows.values())
                    for row in rows:
                        self.writes()
                        del self.organisations.rows[row]
                else:
                    restore(self.stores, entry.table_code, [entry], journal, lambda: NOW,
                            moving_lines=retractor.moving_lines)  # fmt: skip
                self.stores["journal"].swap(entry.id, {}, {"undone": True})
        except Killed:
            self.undo(run)
        self.left = None

    def rebuild(self) -> None:
        entries = self.stores["journal"].pull()
        self.status = Status(":memory:")
        newest = max((e.id for e in entries), default=0)
        self.status.restore(recall(entries, TABLES), TABLES, NOW, {"m-journal": newest})

    def named(self, name):
        return next((row for row in self.organisations.rows.values() if row.name == name), None)

    def stands(self):
        """Return every cell but ids, and every open question."""
        names = {i: row.name for i, row in self.organisations.rows.items()}
        cells = {
            (row.name, c, names.get(row.parent) if c == "parent" else row.value(c))
            for row in self.organisations.rows.values()
            for c in BASE.tables["organisation"].columns
        }
        return cells | {(c.ident, c.ours, c.theirs) for c in self.stores["conflict"].pull() if c.state == "offen"}


def delivery(said) -> Delivery:
    items = []
    for ident, values in sorted(said.items()):
        met = COMMON if ident == "d" else {}
        parent = {"1": "a", "2": "b", "3": "c"}.get(values.get("parent", ""))
        links = {"parent": LinkRef("organisation", parent)} if parent in said and parent < ident else {}
        cells = {c: v for c, v in values.items() if c != "parent"}
        items.append(Item("organisation", ident, {"name": ident.upper(), **met, **cells}, links, Origin("l", 2)))
    return Delivery("liste", len(items), tuple(items))


class Undo(RuleBasedStateMachine):
    """The one base sees wrong lists that are taken back, the other never does."""

    def __init__(self) -> None:
        super().__init__()
        self.tried, self.spared = InMemory(), InMemory()
        self.both = (self.tried, self.spared)

    @rule(said=LISTS)
    def a_list_comes(self, said):
        (_, tried), (_, spared) = (base.bring(delivery(said)) for base in self.both)
        assert [(type(a), a.item) for a in tried.actions if not isinstance(a, Unchanged)] == [
            (type(a), a.item) for a in spared.actions if not isinstance(a, Unchanged)
        ]

    @rule(wrong=LISTS, dies_at=st.none() | st.integers(0, 12), again=st.none() | st.integers(0, 12))
    def a_wrong_list_comes_and_is_taken_back(self, wrong, dies_at, again):
        run, _ = self.tried.bring(delivery(wrong), dies_at)
        self.tried.undo(run, again)

    @rule(wrong=LISTS, worse=LISTS)
    def two_wrong_lists_come_and_are_taken_back_one_after_the_other(self, wrong, worse):
        runs = [self.tried.bring(delivery(said))[0] for said in (wrong, worse)]
        for run in reversed(runs):
            self.tried.undo(run)

    @rule()
    def the_status_is_lost_and_rebuilt(self):
        self.tried.rebuild()

    @rule(data=st.data(), name=st.sampled_from([i.upper() for i in IDENTS]), column=st.sampled_from(sorted(TYPED)))
    def a_person_types(self, data, name, column):
        value = data.draw(TYPED[column])
        for base in self.both:
            if row := base.named(name):
                base.organisations.rows[row.id] = dataclasses.replace(row, **{column: value})

    @rule(name=st.sampled_from([i.upper() for i in IDENTS]))
    def a_person_deletes_a_row(self, name):
        for base in self.both:
            if row := base.named(name):
                del base.organisations.rows[row.id]
                for other in base.organisations.rows.values():
                    if other.parent == row.id:
                        base.organisations.rows[other.id] = dataclasses.replace(other, parent=None)

    @invariant()
    def both_bases_look_the_same(self):
        assert self.tried.stands() - self.spared.stands() == set()
        assert self.spared.stands() - self.tried.stands() == set()

    def teardown(self):
        """Whatever comes next means the same to both."""
        for said in ({"a": {"phone": "3"}}, {i: dict.fromkeys(COLUMNS, "2") for i in IDENTS}):
            plans = [base.bring(delivery(said))[1] for base in self.both]
            gone = [{a.item.ident for a in plan.actions if isinstance(a, DeletedByStaff)} for plan in plans]
            assert gone[0] == gone[1]
            self.both_bases_look_the_same()
        for base in self.both:
            base.status.__exit__(None, None, None)


TestUndo = Undo.TestCase
TestUndo.settings = settings(
    max_examples=300, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestUndo.pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.mark.parametrize("typed", [None, "1", "4"])
@pytest.mark.parametrize("dies_at", range(9))
def test_a_run_killed_before_it_noted_what_it_learnt_is_taken_back_whole(typed, dies_at):
    tried, spared = bases = (InMemory(), InMemory())
    for base in bases:
        base.bring(delivery({"a": {}, "b": {"phone": "2"}}))
        row = base.named("B")
        base.organisations.rows[row.id] = dataclasses.replace(row, phone=typed)
    run, _ = tried.bring(delivery({"a": {}, "b": {"phone": "1", "parent": "1"}}), dies_at)
    tried.undo(run)
    for said in ({"a": {"phone": "3"}}, {"b": {"phone": "2"}}):
        for base in bases:
            base.bring(delivery(said))
        assert tried.stands() == spared.stands()


def test_wrong_lists_taken_back_one_after_the_other_leave_an_older_question_open():
    tried, spared = bases = (InMemory(), InMemory())
    for base in bases:
        base.bring(delivery({"a": {"city": "1"}}))
        row = base.named("A")
        base.organisations.rows[row.id] = dataclasses.replace(row, city=None)
        base.bring(delivery({"a": {"city": "3"}}))
    for order in (-1, 1):
        runs = [tried.bring(delivery({"a": {"city": city}}))[0] for city in ("1", "2", "4")]
        for run in runs[::order]:
            tried.undo(run)
        assert tried.stands() == spared.stands()
    assert ("liste|organisation|a|city", "(leer)", "3") in tried.stands()
