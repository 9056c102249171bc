"""A guest list on a real NocoDB: nobody twice, killed and run again it ends the same, and a run is taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.events import guest_facts, view_lists
from automations.events.guest_list import find, plan
from automations.events.guest_writing import GuestWriter
from schemas.base import BASE
from schemas.contacts.tables import Function, Organisation, Person
from schemas.events.choices import Answer, Channel, InvitationState, Place
from schemas.events.rules.segments import Kind, Not, View
from schemas.events.tables import Event, GuestGroup, Invitation
from sync.connection import Connection
from sync.mirror import load_table, read_manifest, refresh_mirror
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = pytest.mark.server

COUNT = 104


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def stores(client, empty_base):
    return {code: TableStore(client, empty_base, BASE.record(code)) for code in BASE.tables}


def make_event(stores, count):
    people = stores["person"].create([Person(last_name=f"Gast {n:03}", mail=f"g{n}@example.org") for n in range(count)])
    places = stores["organisation"].create([Organisation(name=f"Verein {n}", kind="verein") for n in range(count)])
    stores["function"].create(
        [Function(person=p, organisation=o, main_contact=True) for p, o in zip(people, places, strict=True)]
    )
    first, other = stores["event"].create([Event(name="Messe", capacity=1, ident="t:1"), Event(name="X", ident="t:2")])
    stores["invitation"].create([Invitation(name="Andere", event=other, person=people[0], ident="t:andere")])
    return first


def planned(client, base, event, folder, channel=None):
    refresh_mirror(client, base, folder, now())
    tables = {code: load_table(folder, read_manifest(folder), code) for code in guest_facts.NEEDED}
    known = guest_facts.read(tables, now().date())
    return plan(known, event, find(known, Kind(("verein",))), channel)


def group(event, name="Vereine"):
    return GuestGroup(name=name, event=event, order=1, ident=f"gruppe:{event}:{name}")


def on_list(stores, event):
    store = stores["invitation"]
    return {r.id: r for r in store.pull(where=store.condition("event", event))}


def test_nobody_is_put_on_the_list_twice_even_if_the_first_run_was_killed(client, empty_base, stores, tmp_path):
    event = make_event(stores, COUNT)
    found = planned(client, empty_base, event, tmp_path)
    lines = found.of("neu")
    assert len(lines) == COUNT
    by_hand = stores["invitation"].create([Invitation(name="Von Hand", event=event, person=lines[7].person)])

    def killed(done, total):
        raise KeyboardInterrupt

    opened = Connection(client, empty_base)
    with pytest.raises(KeyboardInterrupt):
        GuestWriter(opened, event, now, killed).add(lines, group(event))
    assert len(on_list(stores, event)) == 100
    heard = []
    done = GuestWriter(opened, event, now, lambda at, total: heard.append((at, total))).add(lines, group(event))
    assert (done.made, done.there, heard) == (COUNT - 100, 100, [(100, COUNT), (COUNT, COUNT)])
    again = GuestWriter(opened, event, now).add(lines, group(event))
    assert (again.made, again.there) == (0, COUNT)

    there = on_list(stores, event)
    assert sorted(r.person for r in there.values()) == sorted(line.person for line in lines)
    made = [r for r in there.values() if r.id not in by_hand]
    assert {(r.state, r.answer, r.channel, r.guest_group) for r in made} == {
        (InvitationState.NOTED, Answer.OPEN, Channel.MAIL, done.group)
    }
    assert len({r.mark for r in made}) == len(made), "every guest has a link of their own"
    assert len(list(stores["guest_group"].pull())) == 1
    assert planned(client, empty_base, event, tmp_path).of("neu") == []
    assert len(list(stores["invitation"].pull())) == COUNT + 1, "nobody else's list changed"


def test_a_run_is_taken_back_but_who_was_touched_since_stays(client, empty_base, stores, tmp_path):
    event = make_event(stores, 6)
    opened = Connection(client, empty_base)
    done = GuestWriter(opened, event, now).add(planned(client, empty_base, event, tmp_path).of("neu")[:5], group(event))
    kept, *_ = on_list(stores, event)
    stores["invitation"].swap(kept, {"note": None}, {"note": "ruft zurück"})
    report = undo(client, empty_base, run=done.run, now=now)
    assert (report.removed, report.kept) == (4, 2), "the group stays because somebody is in it"
    assert list(on_list(stores, event)) == [kept]


def test_a_view_of_staff_finds_guests_as_it_shows_them_at_that_moment(client, empty_base, stores):
    silent, reachable = stores["organisation"].create([
        Organisation(name="Ohne alles", sphere="verwaltung"), Organisation(name="Mit", mail="mit@example.org"),
    ])  # fmt: skip
    who, _ = stores["person"].create([Person(last_name="Jetzt"), Person(last_name="Damals")])
    stores["function"].create([
        Function(person=who, organisation=silent), Function(person=2, organisation=silent, valid_to=now().date()),
    ])  # fmt: skip
    opened = Connection(client, empty_base)
    ids = {code: empty_base.tables[code].views for code in view_lists.TABLES}
    offered = {view.view: view for view in view_lists.available(opened)}

    def rows(code, view):
        chosen = offered[ids[code][view]]
        return view_lists.read(opened, [Not(chosen)])[chosen]

    assert rows("organisation", "unreachable").organisations == {silent}
    assert rows("organisation", "by_kind").organisations == {silent, reachable}
    assert rows("function", "current").ties == {(silent, who)}
    stores["organisation"].swap(silent, {"phone": None}, {"phone": "0391 1"})
    assert rows("organisation", "unreachable").organisations == frozenset(), "read anew, not remembered"
    assert view_lists.read(opened, [View("person", "vw_gibt_es_nicht", "X")]) == {}


def test_off_the_list_and_back_and_by_another_way(client, empty_base, stores, tmp_path):
    event = make_event(stores, 4)
    opened = Connection(client, empty_base)
    writer = GuestWriter(opened, event, now)
    writer.add(planned(client, empty_base, event, tmp_path).of("neu")[:4], group(event))
    noted, invited, waiting, other = on_list(stores, event)
    coming = {"state": InvitationState.INVITED, "answer": Answer.YES, "answered_at": now()}
    for row, place in ((invited, Place.SURE), (waiting, Place.WAITING)):
        stores["invitation"].swap(row, {"state": "vorgemerkt"}, coming | {"place": place})

    dropped = writer.drop([noted, invited])
    assert (dropped.changed, dropped.left) == (2, 0)
    there = on_list(stores, event)
    assert (there[noted].state, there[invited].state) == (InvitationState.DROPPED, InvitationState.CALLED_OFF)
    assert (there[other].state, there[waiting].place) == (InvitationState.NOTED, Place.SURE), "who waited moves up"
    assert {line.row for line in planned(client, empty_base, event, tmp_path).of("gestrichen")} == {noted, invited}

    assert writer.restore([noted, other]).changed == 1, "who is on the list is not put there again"
    assert writer.set_channel([other], Channel.LETTER).changed == 1
    there = on_list(stores, event)
    assert (there[noted].state, there[other].channel) == (InvitationState.NOTED, Channel.LETTER)

    called_off = writer.call_off("Messe")
    assert called_off.changed == 3
    assert {r.state for r in on_list(stores, event).values()} == {InvitationState.DROPPED, InvitationState.CALLED_OFF}
    undo(client, empty_base, run=called_off.run, now=now)
    assert on_list(stores, event)[waiting].state == InvitationState.INVITED
