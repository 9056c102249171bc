"""Source, staff, sync, kill and a lost status in any order: staff never lose, both sides agree up to what is listed.

What the source names is never marked as gone, whether it can be read or not.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sync.completeness import fingerprints
from sync.items import Origin, Unread
from sync.plan import DeletedByStaff, Unchanged

sys.path.insert(0, str(Path(__file__).parents[1] / "sync"))
from test_plan import World, delivery, item

IDENTS = ("a", "b", "c")
COLUMNS = ("phone", "mail", "street")
VALUES = st.sampled_from(["1", "2", "3"])


class Sync(RuleBasedStateMachine):
    """A list with three items, a base, people who type."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.source: dict[str, dict[str, str]] = {"a": {"name": "A"}}
        self.typed: dict[tuple[int, str], str | None] = {}
        self.deleted: set[str] = set()
        self.conflicts: set[tuple[str, str]] = set()
        self.unreadable: dict[str, bool] = {}

    @rule(ident=st.sampled_from(IDENTS), column=st.sampled_from(COLUMNS), value=VALUES)
    def the_source_says_something_else(self, ident, column, value):
        self.source.setdefault(ident, {"name": ident.upper()})[column] = value

    @rule(ident=st.sampled_from(IDENTS))
    def the_source_leaves_an_item_out(self, ident):
        if len(self.source) > 1:
            self.source.pop(ident, None)

    @rule(ident=st.sampled_from(IDENTS), tells_its_key=st.booleans())
    def an_entry_cannot_be_read(self, ident, tells_its_key):
        self.unreadable[ident] = tells_its_key

    @rule(ident=st.sampled_from(IDENTS))
    def an_entry_can_be_read_again(self, ident):
        self.unreadable.pop(ident, None)

    @rule(data=st.data(), column=st.sampled_from(COLUMNS), value=VALUES | st.none())
    def a_person_types(self, data, column, value):
        if self.world.rows:
            row_id = data.draw(st.sampled_from(sorted(self.world.rows)))
            self.world.rows[row_id] = dataclasses.replace(self.world.rows[row_id], **{column: value})
            self.typed[(row_id, column)] = value
            self.forget_agreed()

    @rule(data=st.data())
    def a_person_deletes_a_row(self, data):
        if self.world.rows:
            row_id = data.draw(st.sampled_from(sorted(self.world.rows)))
            gone = self.world.rows.pop(row_id)
            self.world.rows[1000 + row_id] = dataclasses.replace(gone, id=1000 + row_id, ident=None, name="weg")
            self.deleted.add((gone.ident or "").partition(":")[2])
            self.typed = {k: v for k, v in self.typed.items() if k[0] != row_id}

    @rule()
    def the_status_is_lost(self):
        if not self.deleted:
            self.world.known, self.world.said, self.world.unread = {}, {}, {}
            # nobody remembers that a cell was filled before: an emptied one counts as never filled (the manual says so)
            self.typed = {place: value for place, value in self.typed.items() if value is not None}

    @rule(share=st.floats(0, 1))
    def the_sync_runs_and_may_be_killed(self, share):
        plan = self.plan()
        done = round(share * len(plan.actions))
        self.conflicts |= {(c.item.ident, c.column) for c in plan.clashes}
        gone = plan.vanished if share == 1 else ()
        assert not {one.ident for one in plan.vanished} & self.source.keys()
        self.world.apply(dataclasses.replace(plan, actions=plan.actions[:done], vanished=gone))
        if share == 1 and plan.names_all:
            self.world.unread = fingerprints(self.delivery(), self.world.known)
        self.forget_agreed()

    def delivery(self):
        readable = {i: v for i, v in self.source.items() if i not in self.unreadable}
        unread = tuple(
            Unread(Origin("liste.csv", 2), "", i, ("organisation", i) if self.unreadable[i] else None)
            for i in self.source.keys() & self.unreadable.keys()
        )
        return delivery(*(item("organisation", i, v) for i, v in sorted(readable.items())), unread=unread)

    def plan(self):
        return self.world.plan(self.delivery())

    @invariant()
    def what_people_typed_stands(self):
        for (row_id, column), value in self.typed.items():
            assert self.world.rows[row_id].value(column) == value

    def forget_agreed(self):
        """What the source says too is shared from then on: a later change of the source may replace it."""
        for (row_id, column), value in list(self.typed.items()):
            ident = (self.world.rows[row_id].ident or "").partition(":")[2]
            if self.said(ident, column) == value:
                del self.typed[(row_id, column)]

    def said(self, ident, column):
        text = self.world.said.get(("organisation", ident), {}).get(column)
        return None if text is None else json.loads(text)

    def teardown(self):
        """After complete runs both sides agree, up to what is listed, and a further run writes nothing."""
        self.unreadable.clear()
        for _ in range(2):
            plan = self.plan()
            self.conflicts |= {(c.item.ident, c.column) for c in plan.clashes}
            self.world.apply(plan)
            self.forget_agreed()
            self.what_people_typed_stands()
        again = self.plan()
        assert again.writes == 0
        assert all(isinstance(a, Unchanged | DeletedByStaff) for a in again.actions)
        standing = {}
        for row in self.world.rows.values():
            for line in (row.ident or "").split("\n"):
                assert not line or line not in standing, "doubled"
                standing[line] = row
        for ident, values in self.source.items():
            row = standing.get(f"liste:{ident}")
            if row is None:
                assert ident in self.deleted
                continue
            for column in set(values) & set(COLUMNS):
                typed = (row.id, column) in self.typed
                assert row.value(column) == values[column] or typed or (ident, column) in self.conflicts


TestSync = Sync.TestCase
TestSync.settings = settings(
    max_examples=2000, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSync.pytestmark = [pytest.mark.slow]
