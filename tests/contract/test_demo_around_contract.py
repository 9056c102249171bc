"""The demo events of these days and the later lists on a real NocoDB: made once, by the mechanisms of daily work."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from kontaktnetz import demo_around, demo_later
from kontaktnetz import demo_around_texts as texts
from kontaktnetz.demo_around import TOUR_SEATS, fill_around
from kontaktnetz.demo_later import fill_later
from kontaktnetz.demo_later_texts import DROPPED, LATER, TASKS
from kontaktnetz.demo_lists import write_demo_lists
from schemas.base import BASE
from schemas.contacts.tables import Function, Organisation, Person
from schemas.events.choices import Place, ReplyState
from schemas.events.tables import Event
from schemas.operations.choices import CaseState
from sync.arrival import bring
from sync.connection import Connection, open_base, refresh_now
from sync.mirror import refresh_mirror
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.sources.registry import load_sources
from sync.status import Status

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


def rows(opened, code):
    return list(TableStore(opened.client, opened.base, BASE.record(code)).pull())


def test_an_event_of_today_a_waiting_list_and_answers_to_decide_are_made_once(
    client, empty_base, tmp_path, monkeypatch
):
    opened = Connection(client, empty_base)

    def make(made):
        return TableStore(client, empty_base, type(made[0])).create(made)

    places = make([Organisation(name=f"Haus {n}", kind="verein", sphere="zivilgesellschaft") for n in range(24)])
    people = make([Person(last_name=f"Gast {n}", mail=f"g{n}@example.org") for n in range(24)])
    make(
        [Function(person=who, organisation=place, main_contact=True) for who, place in zip(people, places, strict=True)]
    )
    make([Event(name="Messe", kind="messe", starts_at=now() + dt.timedelta(days=60), ident="demo:veranstaltung:messe"),
          Event(name="Pass", kind="ehrung", starts_at=now() - dt.timedelta(days=49),
                ident="demo:veranstaltung:pass")])  # fmt: skip
    refresh_mirror(client, empty_base, tmp_path / "mirror", now())

    def fill():
        return fill_around(opened, tmp_path / "mirror", tmp_path, now().date())

    monkeypatch.setattr(demo_around._Around, "_to_decide", lambda self, stores, event, now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fill()
    monkeypatch.undo()
    assert "eine davon heute" in fill()
    assert fill() == "", "what somebody deletes does not come back with the next start"

    events = {row.ident.rsplit(":", 1)[1]: row for row in rows(opened, "event")}
    guests = rows(opened, "invitation")
    assert len({g.ident for g in guests}) == len(guests)
    placed = Counter(g.place for g in guests if g.event == events["fuehrung"].id)
    assert placed[Place.SURE] <= TOUR_SEATS < placed[Place.SURE] + placed[Place.WAITING]
    undecided = [
        r for r in rows(opened, "reply") if r.state == ReplyState.TO_DECIDE and r.event == events["fuehrung"].id
    ]
    assert {r.why for r in undecided} >= {why for *_, why in texts.DOUBTS}
    assert sum(r.invitation is None for r in undecided) == 1
    walked_in = {g.name for g in guests if g.walk_in and g.event == events["pass"].id}
    assert walked_in == set(texts.WALK_INS)
    assert all(c.at <= now() for c in rows(opened, "check_in")), "nobody comes in at an hour that is still to come"


def test_later_lists_leave_something_to_decide_even_if_they_were_interrupted(client, empty_base, tmp_path, monkeypatch):
    token = client.request("POST", "/api/v1/tokens", json={"description": "Vorführung"})["token"]
    settings = Settings(
        nocodb_url=client.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path / "data"
    )
    settings.data_dir.mkdir()
    today = now().date()
    sources = write_demo_lists(tmp_path, today)

    def bring_list(spec):
        with Status(settings.status_file) as status:
            return bring(spec, settings, status, now=now).describe()

    bring_list(load_sources(sources)["demo"])
    refresh_now(settings, now())

    def fill():
        return fill_later(open_base(settings), settings, tmp_path, today, bring_list)

    monkeypatch.setattr(demo_later, "_write_town_list", lambda folder, today: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fill()
    monkeypatch.undo()
    assert "Dubletten" in fill()
    assert fill() == ""

    opened = open_base(settings)
    assert len([c for c in rows(opened, "conflict") if c.state == CaseState.OPEN]) >= len(LATER)
    pairs = rows(opened, "duplicate")
    assert {p.table_code for p in pairs} == {"organisation", "person"}
    assert any(p.group for p in pairs), "three that look alike"
    people = rows(opened, "person")
    assert sum(p.vanished_since is not None for p in people) == len(DROPPED)
    assert sum(bool(p.mail_problem) for p in people) + sum(bool(f.mail_problem) for f in rows(opened, "function")) == 2
    assert len(rows(opened, "task")) == len(TASKS)
    for code in ("organisation", "person", "function", "task"):
        idents = [row.ident for row in rows(opened, code) if row.ident]
        assert len(set(idents)) == len(idents), code
