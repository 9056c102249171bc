"""Placements are taken into a round once, whoever was there first, and the run takes exactly them back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.certification.placing import Newcomer, take_in
from schemas.certification.choices import Phase
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Organisation, Person
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = pytest.mark.server

DAY = dt.date(2026, 10, 1)


def now():
    return dt.datetime.now(dt.UTC)


def test_placements_come_into_a_round_once_and_can_be_taken_back(client, empty_base) -> None:
    opened = Connection(client, empty_base)
    store = TableStore(client, empty_base, Certification)
    (round_,) = TableStore(client, empty_base, CertificationRound).create([CertificationRound(year=2027, ident="r")])
    houses = TableStore(client, empty_base, Organisation).create(
        [Organisation(name=f"Haus {n}", ident=f"o{n}") for n in range(3)]
    )
    (person,) = TableStore(client, empty_base, Person).create([Person(last_name="Probe", ident="p")])
    (mine,) = store.create([Certification(name="von Hand", site=houses[0], round=round_, phase=Phase.TEAM)])
    wanted = [
        Newcomer(house, f"Haus {n}", person if n == 1 else None, "a@example.org") for n, house in enumerate(houses)
    ]

    done = take_in(opened, round_, [*wanted, wanted[1]], now, DAY)

    assert (len(done.made), done.there) == (2, 1)
    rows = {row.site: row for row in store.pull()}
    assert set(rows) == set(houses)
    assert (rows[houses[0]].id, rows[houses[0]].name, rows[houses[0]].phase) == (mine, "von Hand", Phase.TEAM)
    new = rows[houses[1]]
    assert (new.name, new.coordinator, new.round, new.phase) == ("Haus 1", person, round_, Phase.SEMINAR)
    assert (new.phase_since, new.mail, rows[houses[2]].coordinator) == (DAY, "a@example.org", None)

    again = take_in(opened, round_, wanted, now, DAY)
    assert (again.made, again.there) == ((), 3)
    assert {row.site: row.id for row in store.pull()} == {site: row.id for site, row in rows.items()}

    undo(client, empty_base, run=done.run, now=now)
    assert [row.id for row in store.pull()] == [mine]
