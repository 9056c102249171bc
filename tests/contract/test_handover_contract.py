"""A hand-over of 150 relationships on a real NocoDB: nothing is left behind, and undo brings all back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.handover import TABLES, charges, hand_over
from schemas.contacts.tables import Interaction, Organisation, Relationship, TeamMember
from schemas.events.tables import Event
from schemas.network.tables import Task
from sync.connection import Connection
from sync.mirror import refresh_mirror
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


def test_150_relationships_change_hands_and_come_back(client, empty_base, tmp_path):
    def make(*rows):
        return TableStore(client, empty_base, type(rows[0])).create(rows)

    rita, paul, vera = make(*(TeamMember(name=name) for name in ("Rita", "Paul", "Vera")))
    (house,) = make(Organisation(name="Haus"))
    relations = make(*(Relationship(kind="betreuung", organisation=house, team_member=rita) for _ in range(150)))
    step, done, theirs = make(
        Interaction(summary="a", organisation=house, team_member=rita, next_step="Rückruf"),
        Interaction(summary="b", organisation=house, team_member=rita, next_step="Brief", next_step_done=True),
        Interaction(summary="c", organisation=house, team_member=vera, next_step="Besuch"),
    )
    soon, ago = now() + dt.timedelta(days=9), now() - dt.timedelta(days=9)
    task, old_task = make(Task(name="Saal", team_member=rita), Task(name="Alt", team_member=rita, done_on=ago.date()))
    fair, over, off = make(
        Event(name="Messe", team_member=rita, starts_at=soon, state="laeuft"),
        Event(name="Vorbei", team_member=rita, starts_at=ago, state="laeuft"),
        Event(name="Abgesagt", team_member=rita, starts_at=soon, state="abgesagt"),
    )

    def held():
        codes = {"relationship": Relationship, "interaction": Interaction, "task": Task, "event": Event}
        return {(c, r.id): r.team_member for c, t in codes.items() for r in TableStore(client, empty_base, t).pull()}

    before = held()
    refresh_mirror(client, empty_base, tmp_path, now())
    tables = {code: load_table(tmp_path, read_manifest(tmp_path), code) for code in TABLES}
    found = charges(tables, rita, now().date())
    open_ones = {("interaction", step), ("task", task), ("event", fair)}
    assert {(c.table, c.row) for c in found} == {("relationship", r) for r in relations} | open_ones

    TableStore(client, empty_base, Relationship).swap(relations[0], {"team_member": rita}, {"team_member": vera})
    to = {(c.table, c.row): paul for c in found}
    handed = hand_over(Connection(client, empty_base), rita, to, names=("Rita", "Paul"), now=now)

    assert (handed.moved, handed.left) == (152, 1)
    after = held()
    assert {key for key, member in after.items() if member == rita} == {
        ("interaction", done), ("task", old_task), ("event", over), ("event", off),
    }  # fmt: skip
    assert after[("relationship", relations[0])] == vera
    assert after[("interaction", theirs)] == vera
    again = hand_over(Connection(client, empty_base), rita, to, names=("Rita", "Paul"), now=now)
    assert again.moved == 0

    report = undo(client, empty_base, run=handed.run, now=now)
    assert report.restored == 152
    assert held() == {**before, ("relationship", relations[0]): vera}
