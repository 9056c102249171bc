"""What of coming events and certification hangs on somebody who leaves, and what becomes of it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from automations.departing import READ, matters, plan
from automations.departing_guests import plan_guest
from automations.departure import Change, Departure
from schemas.base import BASE
from schemas.certification.tables import Certification
from schemas.contacts.tables import Function
from schemas.events.choices import Answer, InvitationState
from schemas.events.tables import Invitation, Stand

TODAY = dt.date(2026, 9, 1)
LEAVING = Departure(1, "Ada", TODAY, None)
"""Ada is person 1, Bo follows as person 2."""


def at(days):
    return dt.datetime(2026, 9, 1, 16, tzinfo=dt.UTC) + dt.timedelta(days=days)


def tables(**rows):
    given = {
        "event": [
            {"id": 1, "name": "Ehrung", "starts_at": at(30)}, {"id": 2, "name": "Früher", "starts_at": at(-30)},
            {"id": 3, "name": "Fällt aus", "starts_at": at(30), "state": "abgesagt"}, {"id": 4, "name": "Ohne Termin"},
            {"id": 5, "name": "Heute", "starts_at": at(0)},
        ],
        "office": [{"id": 7, "name": "Leitung", "organisation": 3}],
    } | rows  # fmt: skip
    return {code: frame_of(code, given.get(code, [])) for code in READ}


def frame_of(code, rows):
    return pd.DataFrame(rows, columns=["id", *BASE.tables[code].columns]).astype(object)


def invited(**cells):
    return {"id": 1, "event": 1, "person": 1, "office": 7, "state": "eingeladen", **cells}


@pytest.mark.parametrize(("code", "row", "hangs"), [
    ("invitation", invited(), [("person", ("organisation", 3), "Ehrung · Leitung")]),
    ("invitation", invited(state="vorgemerkt", organisation=4), [("person", ("organisation", 4), "Ehrung · Leitung")]),
    ("invitation", invited(office=None, organisation=4), [("person", ("organisation", 4), "Ehrung")]),
    ("invitation", invited(event=4), [("person", ("organisation", 3), "Ohne Termin · Leitung")]),
    ("invitation", invited(event=5), [("person", ("organisation", 3), "Heute · Leitung")]),
    ("invitation", invited(office=None), []),  # the human is invited, not the office
    ("invitation", invited(event=2), []), ("invitation", invited(event=3), []), ("invitation", invited(event=99), []),
    ("invitation", invited(state="gestrichen"), []), ("invitation", invited(state="ausgeladen"), []),
    ("invitation", invited(checked_in_at=at(0)), []), ("invitation", invited(walk_in=True), []),
    ("invitation", invited(person=2), []),
    ("stand", {"id": 1, "name": "Chor", "event": 1, "person": 1, "organisation": 3},
     [("person", ("organisation", 3), "Ehrung · Chor")]),
    ("stand", {"id": 1, "event": 2, "person": 1}, []),
    ("stand", {"id": 1, "event": 1, "person": 1, "state": "abgesagt"}, []),
    ("certification", {"id": 1, "name": "Haus", "site": 3, "coordinator": 1, "phase": "seminar"},
     [("coordinator", ("organisation", 3), "Haus")]),
    ("certification", {"id": 1, "name": "Haus", "site": 3, "coordinator": 1, "phase": "verliehen"},
     [("coordinator", ("organisation", 3), "Haus")]),
    ("certification", {"id": 1, "coordinator": 1, "phase": "verliehen", "seal_state": "widerrufen"}, []),
    ("certification", {"id": 1, "coordinator": 1, "phase": "zurueckgezogen"}, []),
    ("certification", {"id": 1, "name": "Haus", "reviewer": 1, "phase": "begutachtung"},
     [("reviewer", ("person", 1), "Haus")]),
    ("certification", {"id": 1, "reviewer": 1, "phase": "wartet"}, []),  # the review is done
])  # fmt: skip
def test_what_is_to_come_hangs_on_who_leaves_and_what_is_over_does_not(code, row, hangs):
    found = matters(tables(**{code: [row]}), 1, TODAY)
    assert [(m.column, m.subject, m.what) for m in found] == hangs


def test_of_the_seals_of_a_placement_only_the_last_needs_somebody():
    cells = {"site": 3, "coordinator": 1, "phase": "verliehen"}
    rows = [{"id": i, "name": f"Haus {year}", "seal_year": year, **cells} for i, year in ((1, 2025), (2, 2027))]
    assert [m.what for m in matters(tables(certification=rows), 1, TODAY)] == ["Haus 2027"]


OLD = Invitation(
    id=5, name="Ada", event=1, person=1, organisation=3, office=7, guest_group=8, channel="brief", mail="ada@x.example",
    state=InvitationState.INVITED, answer=Answer.YES, companions=1, mark="alt1",
)  # fmt: skip


def test_the_invitation_of_an_office_goes_on_with_a_link_of_its_own():
    step = plan_guest(OLD, LEAVING, 2, "Bo", None)
    assert step.new == Invitation(
        name="Bo", event=1, person=2, organisation=3, office=7, guest_group=8, channel="brief",
        state=InvitationState.NOTED, answer=Answer.OPEN, ident="einladung:1:p2",
    )  # fmt: skip
    before = {"state": InvitationState.INVITED, "mark": "alt1"}
    assert step.changes == [Change("invitation", 5, before, {"state": InvitationState.CALLED_OFF, "mark": None})]


def with_cells(**cells):
    return Invitation(**{c: OLD.value(c) for c in BASE.tables["invitation"].columns} | {"id": 5} | cells)


@pytest.mark.parametrize(("old", "heir", "there", "new", "states"), [
    (OLD, 2, None, "einladung:1:p2", ["ausgeladen"]),
    (with_cells(state=InvitationState.NOTED), 2, None, "einladung:1:p2", ["gestrichen"]),
    (OLD, None, None, "einladung:1:o3", ["ausgeladen"]),
    (OLD, 2, Invitation(id=6, person=2, state=InvitationState.INVITED), None, ["ausgeladen"]),
    (OLD, 2, Invitation(id=6, person=2, state=InvitationState.DROPPED), None, ["vorgemerkt", "ausgeladen"]),
    (with_cells(state=InvitationState.CALLED_OFF), 2, None, None, []),  # done already
    (with_cells(person=2), 2, None, None, None), (with_cells(organisation=None), None, None, None, None),
])  # fmt: skip
def test_whoever_follows_is_a_guest_once_and_the_old_invitation_ends(old, heir, there, new, states):
    step = plan_guest(old, LEAVING, heir, "Bo", there)
    if states is None:
        assert step is None
        return
    assert (step.new.ident if step.new else None) == new
    assert [change.after["state"] for change in step.changes] == states


def test_who_gives_up_one_office_and_keeps_another_stays_a_guest_as_its_holder():
    keeps = Function(id=4, person=1, office=8, organisation=5)
    step = plan_guest(OLD, LEAVING, 2, "Bo", None, keeps=keeps)
    assert (step.new.person, step.new.office, step.new.organisation) == (2, 7, 3)
    assert step.changes == [Change("invitation", 5, {"office": 7, "organisation": 3}, {"office": 8, "organisation": 5})]


def test_whoever_comes_back_to_the_list_stands_for_what_they_take_over():
    gone = Invitation(id=6, person=2, office=8, organisation=5, state=InvitationState.CALLED_OFF)
    back = plan_guest(OLD, LEAVING, 2, "Bo", gone).first
    assert back.after == {"state": InvitationState.NOTED, "office": 7, "organisation": 3}


@pytest.mark.parametrize(("record", "column", "heir", "after"), [
    (Stand(id=1, person=1, organisation=3), "person", 2, {"person": 2}),
    (Stand(id=1, person=1, organisation=3), "person", None, {"person": None}),
    (Stand(id=1, person=9), "person", 2, None),
    (Certification(id=1, coordinator=1, mark="alt1", mail="ada@x.example"), "coordinator", 2,
     {"coordinator": 2, "mark": None, "mail": None}),
    (Certification(id=1, coordinator=1, reviewer=1), "reviewer", 2, {"reviewer": 2}),
])  # fmt: skip
def test_stands_and_cases_go_to_who_follows(record, column, heir, after):
    step = plan(record, column, LEAVING, heir)
    assert (step.changes[0].after if step else None) == after
