"""One of theirs leaves, on a real NocoDB: nothing stays behind, history does, killed it goes on, undo brings back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations import succession
from automations.departing import home_of, matters
from automations.departure import Departure
from automations.incoming.known import Known
from automations.succession import succeed
from schemas.base import BASE
from schemas.contacts.tables import Function, Interaction, Office, Organisation, Person, Relationship, TeamMember
from schemas.events.tables import Event, Invitation, Stand
from schemas.network.tables import Body, Seat, Task
from schemas.operations.tables import JobRun, JournalEntry
from sync.connection import Connection
from sync.mirror import refresh_mirror
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

TODAY = dt.datetime.now(dt.UTC).date()
TOMORROW = TODAY + dt.timedelta(days=1)
POST = "buero@amt.example"


def now():
    return dt.datetime.now(dt.UTC)


class House:
    """Ada holds an office at the Amt and much hangs on her; Bo and Cem work there, too."""

    def __init__(self, client, base, folder):
        self.client, self.base, self.folder = client, base, folder
        (self.rita,) = self.make(TeamMember(name="Rita", mail="rita@example.org"))
        (self.amt,) = self.make(Organisation(name="Amt"))
        (self.office,) = self.make(Office(name="Leitung", organisation=self.amt))
        self.ada, self.bo, self.cem = self.make(
            Person(last_name="Ada", mail=POST, aliases="Nachname: Alt"),
            Person(last_name="Bo", mail="bo@amt.example"),
            Person(last_name="Cem"),
        )
        (network,) = self.make(Body(name="Netzwerk"))
        self.held, _ = self.make(
            Function(name="Leitung", kind="leitung", person=self.ada, organisation=self.amt, office=self.office,
                     main_contact=True, mail=POST, valid_from=dt.date(2020, 1, 1)),
            Function(name="Referat", person=self.bo, organisation=self.amt),
        )  # fmt: skip
        self.tie, self.alone = self.make(
            Relationship(kind="betreuung", person=self.ada, team_member=self.rita, address_form="du", closeness="1"),
            Relationship(kind="betreuung", person=self.ada, organisation=self.amt),
        )
        self.talk, self.planned, self.past = self.make(
            Interaction(summary="Anruf", day=dt.date(2026, 1, 5), person=self.ada, next_step="Rückruf"),
            Interaction(summary="Geplant", person=self.ada, team_member=self.rita, next_step="Treffen"),
            Interaction(summary="Brief", day=dt.date(2025, 1, 5), person=self.ada, next_step="Ja", next_step_done=True),
        )
        self.task, self.done = self.make(
            Task(name="Raum klären", person=self.ada), Task(name="Alt", person=self.ada, done_on=dt.date(2025, 1, 1))
        )
        self.seat, self.spare = self.make(
            Seat(name="Sitz", body=network, organisation=self.amt, person=self.ada, deputy=self.cem),
            Seat(name="Zweiter", body=network, organisation=self.amt, person=self.bo, deputy=self.ada),
        )
        self.before = self.held_rows()

    def make(self, *rows):
        return TableStore(self.client, self.base, type(rows[0])).create(rows)

    def held_rows(self):
        """Return every row but those of the machine itself, without the marks of writing."""
        rows = {}
        for code in ("person", "function", "relationship", "interaction", "task", "seat", "organisation", "office"):
            for row in TableStore(self.client, self.base, BASE.record(code)).pull():
                cells = {c: row.value(c) for c in BASE.tables[code].columns if c != "token"}
                rows[code, row.id] = cells
        return rows

    def tables(self):
        refresh_mirror(self.client, self.base, self.folder, now())
        manifest = read_manifest(self.folder)
        return {code: load_table(self.folder, manifest, code) for code in BASE.tables}

    def leave(self, to, *, post=True, home=None):
        leaving = Departure(self.ada, "Ada", TODAY, home, post)
        return succeed(Connection(self.client, self.base), leaving, to, follows="Bo", now=now)

    def undo_all(self):
        runs = {e.run for e in TableStore(self.client, self.base, JournalEntry).pull() if e.run and not e.undone}
        for run in sorted(runs, reverse=True):
            undo(self.client, self.base, run=run, now=now)


@pytest.fixture
def house(client, empty_base, tmp_path):
    return House(client, empty_base, tmp_path)


def test_a_coming_invitation_follows_and_the_seat_of_the_old_one_is_free(house):
    soon = now() + dt.timedelta(days=30)
    (event,) = house.make(Event(name="Ehrung", starts_at=soon, capacity=1))
    old, waits = house.make(
        Invitation(name="Ada", event=event, person=house.ada, organisation=house.amt, office=house.office,
                   channel="mail", state="eingeladen", answer="zugesagt", place="platz", mark="alt1",
                   ident=f"einladung:{event}:p1"),
        Invitation(name="Cem", event=event, person=house.cem, state="eingeladen", answer="zugesagt", place="warteliste",
                   ident=f"einladung:{event}:p3"),
    )  # fmt: skip
    (stand,) = house.make(Stand(name="Chor", event=event, person=house.ada))
    keys = [m.key for m in matters(house.tables(), house.ada, TODAY) if m.table in ("invitation", "stand")]
    assert keys == [("invitation", old, "person"), ("stand", stand, "person")]

    for _ in range(2):  # begun again it ends the same
        house.leave(dict.fromkeys(keys, house.bo))

    guests = {row.name: row for row in TableStore(house.client, house.base, Invitation).pull()}
    assert (guests["Ada"].state, guests["Ada"].mark, guests["Ada"].answer) == ("ausgeladen", None, "zugesagt")
    bo = guests["Bo"]
    assert (bo.person, bo.office, bo.state, bo.answer, bo.channel) == (
        house.bo, house.office, "vorgemerkt", "offen", "mail",
    )  # fmt: skip
    assert bo.mark
    assert guests["Cem"].place == "platz"
    assert (len(guests), waits) == (3, guests["Cem"].id)
    assert TableStore(house.client, house.base, Stand).get(stand).person == house.bo
    house.undo_all()
    back = {row.name: row.state for row in TableStore(house.client, house.base, Invitation).pull()}
    assert back == {"Ada": "eingeladen", "Cem": "eingeladen"}


def test_two_who_swap_their_offices_are_both_guests_as_what_they_are_then(house):
    (event,) = house.make(Event(name="Ehrung", starts_at=now() + dt.timedelta(days=30)))
    (other,) = house.make(Office(name="Kasse", organisation=house.amt))
    (cash,) = house.make(Function(name="Kasse", person=house.bo, organisation=house.amt, office=other))
    house.make(*(
        Invitation(name=name, event=event, person=person, organisation=house.amt, office=office, state="eingeladen",
                   answer="offen", mark=f"alt{person}", ident=f"einladung:{event}:p{person}")
        for name, person, office in (("Ada", house.ada, house.office), ("Bo", house.bo, other))
    ))  # fmt: skip
    for person, name, function, heir in ((house.ada, "Ada", house.held, house.bo), (house.bo, "Bo", cash, house.ada)):
        found = matters(house.tables(), person, TODAY)
        keys = [m.key for m in found if m.table == "invitation"] + [("function", function, "person")]
        leaving = Departure(person, name, TODAY, house.amt)
        succeed(Connection(house.client, house.base), leaving, dict.fromkeys(keys, heir), follows="x", now=now)

    guests = {row.name: (row.state, row.office) for row in TableStore(house.client, house.base, Invitation).pull()}
    assert guests == {"Ada": ("vorgemerkt", other), "Bo": ("eingeladen", house.office)}


def test_everything_goes_to_who_follows_and_comes_back(house):
    tables = house.tables()
    found = matters(tables, house.ada, TODAY)
    keys = {m.key for m in found}
    assert keys == {
        ("function", house.held, "person"), ("relationship", house.tie, "person"),
        ("relationship", house.alone, "person"), ("interaction", house.talk, "person"),
        ("interaction", house.planned, "person"), ("task", house.task, "person"), ("seat", house.seat, "person"),
        ("seat", house.spare, "deputy"),
    }  # fmt: skip
    assert home_of(tables["function"], house.ada, TODAY) == house.amt
    to = {m.key: house.bo for m in found} | {("seat", house.seat, "person"): house.cem}
    handed = house.leave(to)
    assert (handed.moved, handed.left) == (8, 0)

    tables = house.tables()
    assert [m.key for m in matters(tables, house.ada, TODAY)] == []
    rows = house.held_rows()
    old, new = rows["function", house.held], _new(rows, house.before, "function")
    assert (old["person"], old["valid_to"], old["main_contact"]) == (house.ada, TODAY, False)
    wanted = {"name": "Leitung", "kind": "leitung", "person": house.bo, "organisation": house.amt}
    wanted |= {"office": house.office, "main_contact": True, "valid_from": TOMORROW, "valid_to": None}
    assert {code: new[code] for code in wanted} == wanted
    tie = rows["relationship", house.tie]
    assert (tie["person"], tie["address_form"], tie["closeness"]) == (house.bo, None, None)
    assert rows["interaction", house.talk]["person"] == house.ada, "that call was with her"
    promise = _new(rows, house.before, "interaction")
    assert (promise["person"], promise["day"], promise["next_step"]) == (house.bo, None, "Rückruf")
    assert rows["interaction", house.planned]["person"] == house.bo
    assert (rows["task", house.task]["person"], rows["task", house.done]["person"]) == (house.bo, house.ada)
    seat = _new(rows, house.before, "seat")
    assert rows["seat", house.seat]["valid_to"] == TODAY
    assert (seat["person"], seat["deputy"], seat["valid_from"]) == (house.cem, None, TOMORROW)
    assert rows["seat", house.spare]["deputy"] is None, "Bo sits there himself"
    touched = {("interaction", house.past), ("task", house.done), ("organisation", house.amt), ("office", house.office)}
    assert all(rows[key] == house.before[key] for key in touched)

    _mail_is_logged_with(tables, house.bo, house.amt)
    assert rows["person", house.bo]["aliases"] == f"E-Mail: {POST}"
    assert (rows["person", house.ada]["mail"], rows["person", house.ada]["aliases"]) == (None, "Nachname: Alt")
    undo(house.client, house.base, run=handed.run, now=now)
    assert house.held_rows() == house.before
    assert [job.state for job in TableStore(house.client, house.base, JobRun).pull()] != []


def test_where_nobody_follows_the_organisation_keeps_what_is_open(house):
    to = {m.key: None for m in matters(house.tables(), house.ada, TODAY)}
    handed = house.leave(to, home=house.amt)
    assert (handed.moved, handed.left) == (8, 0)
    rows = house.held_rows()
    assert matters(house.tables(), house.ada, TODAY) == [] or all(
        m.table == "function" for m in matters(house.tables(), house.ada, TODAY)
    ), "only the function stays on offer until somebody follows"
    for key in (("relationship", house.tie), ("interaction", house.planned), ("task", house.task)):
        assert (rows[key]["person"], rows[key]["organisation"]) == (None, house.amt)
    vacant = _new(rows, house.before, "seat")
    assert (vacant["person"], vacant["deputy"], vacant["organisation"]) == (None, house.cem, house.amt)
    assert len([key for key in rows if key[0] == "function"]) == 2
    assert rows["person", house.ada]["mail"] == POST, "nobody is there to have it"
    undo(house.client, house.base, run=handed.run, now=now)
    assert house.held_rows() == house.before


def test_killed_again_and_again_it_goes_on_with_what_is_left_and_comes_back(house, monkeypatch):
    swap, done = TableStore.swap, []
    lease = TableStore(house.client, house.base, JobRun).table_url()

    def dying(store, *arguments):
        if store.table_url() != lease:
            done.append(arguments)
            if len(done) == 3:
                raise KeyboardInterrupt
        return swap(store, *arguments)

    monkeypatch.setattr(succession, "CHUNK", 2)
    monkeypatch.setattr(TableStore, "swap", dying)
    kills = 0
    while to := {m.key: house.bo for m in matters(house.tables(), house.ada, TODAY)}:
        done.clear()
        try:
            house.leave(to)
        except KeyboardInterrupt:
            kills += 1
        assert kills < 9
    assert kills > 0
    rows = house.held_rows()
    for code, count in (("function", 3), ("interaction", 4), ("seat", 3), ("task", 2), ("relationship", 2)):
        assert len([key for key in rows if key[0] == code]) == count, code
    _mail_is_logged_with(house.tables(), house.bo, house.amt)
    monkeypatch.setattr(TableStore, "swap", swap)
    house.undo_all()
    assert house.held_rows() == house.before


def _new(rows, before, table):
    (made,) = [cells for key, cells in rows.items() if key[0] == table and key not in before]
    return made


def _mail_is_logged_with(tables, person, organisation):
    (party,) = Known(tables, TOMORROW).who([POST.upper()]).parties
    assert (party.person, party.organisation) == (person, organisation)
