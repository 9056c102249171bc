"""The demo events on a real NocoDB: made once, and a fill that was interrupted goes on without doubles."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from kontaktnetz import demo, demo_events
from kontaktnetz import demo_event_texts as texts
from kontaktnetz.demo_events import DONE, fill_events
from schemas.base import BASE
from schemas.contacts.tables import Function, Office, Organisation, Person
from schemas.errors import ConfigError
from schemas.events.choices import Answer, InvitationState
from sync.connection import Connection
from sync.mirror import refresh_mirror
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


KINDS = [("verein", "zivilgesellschaft")] * 24 + [("einrichtung", "zivilgesellschaft")] * 7 + [
    ("dezernat", "verwaltung"), ("fraktion", "politik"), ("unternehmen", "wirtschaft"),
]  # fmt: skip


@pytest.fixture
def contacts(client, empty_base, tmp_path):
    """A few contacts in the base and in the mirror, two people in each organisation."""

    def make(rows):
        return TableStore(client, empty_base, type(rows[0])).create(rows)

    places = make([
        Organisation(name=texts.SENDER_PLACE if kind == "dezernat" else f"Haus {n}", kind=kind, sphere=sphere)
        for n, (kind, sphere) in enumerate(KINDS)
    ])  # fmt: skip
    people = make([Person(last_name=f"Gast {n}", mail=f"g{n}@example.org") for n in range(2 * len(places))])
    (office,) = make([Office(name=texts.SIGNATORY, kind="leitung")])
    make([
        Function(person=who, organisation=places[n // 2], main_contact=n % 2 == 0, kind="leitung",
                 office=office if KINDS[n // 2][0] == "dezernat" and n % 2 == 0 else None)
        for n, who in enumerate(people)
    ])  # fmt: skip
    refresh_mirror(client, empty_base, tmp_path / "mirror", now())
    return Connection(client, empty_base)


def test_the_demo_events_are_made_once_even_if_the_first_start_was_interrupted(contacts, tmp_path, monkeypatch):
    def rows(code):
        return list(TableStore(contacts.client, contacts.base, BASE.record(code)).pull())

    def fill():
        return fill_events(contacts, tmp_path / "mirror", tmp_path, now().date())

    people = len(rows("person"))
    monkeypatch.setattr(demo_events._Demo, "_seminar", lambda self, circle: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fill()
    assert not (tmp_path / DONE).exists()
    half = {row.ident for row in rows("invitation")}
    monkeypatch.undo()
    assert "Gäste" in fill()
    assert fill() == "", "what somebody deletes does not come back with the next start"

    guests = rows("invitation")
    assert half < {g.ident for g in guests}
    assert len({g.ident for g in guests}) == len(guests)
    events = {row.ident.rsplit(":", 1)[1]: row for row in rows("event")}
    assert set(events) == {"pass", "pass-davor", "messe", "messe-davor", "seminar"}
    assert events["pass"].starts_at < now() < events["seminar"].starts_at < events["messe"].starts_at
    by_event = {name: [g for g in guests if g.event == event.id] for name, event in events.items()}
    said = {name: Counter(g.answer for g in found) for name, found in by_event.items()}
    assert all(said["pass"][a] and said["messe"][a] for a in (Answer.YES, Answer.NO, Answer.OPEN))
    assert {g.state for g in by_event["seminar"]} == {InvitationState.NOTED}
    assert len(by_event["seminar"]) > 5
    came = [g for g in by_event["pass"] if g.checked_in_at]
    assert len(came) == len(rows("check_in")) > 5
    assert {g.event for g in guests if g.checked_in_at} == {events["pass"].id}
    assert len({s.body for s in rows("seat")}) == 2
    assert len(rows("stand")) > 20
    assert all(e.sender and e.signatory and e.host for e in events.values())
    assert len(rows("person")) == people, "events bring no people of their own"


def test_the_demo_begins_only_in_an_empty_base(client, empty_base, tmp_path, monkeypatch):
    """Where rows stand and no demo was begun, nothing is written; where one was, it goes on."""
    monkeypatch.setattr(demo, "open_base", lambda settings: Connection(client, empty_base))
    settings = Settings(KONTAKTNETZ_DATA=tmp_path / "data")
    lists = tmp_path / "sources.toml"
    demo._refuse_a_real_base(settings, lists)
    (row,) = TableStore(client, empty_base, Person).create([Person(last_name="Echt")])
    with pytest.raises(ConfigError, match="nicht von ihr"):
        demo._refuse_a_real_base(settings, lists)
    lists.write_text("", encoding="utf-8")
    demo._refuse_a_real_base(settings, lists)
    assert [p.id for p in TableStore(client, empty_base, Person).pull()] == [row]
