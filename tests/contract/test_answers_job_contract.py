"""What people type into Rückmeldungen and Einladungen on a real NocoDB counts after a few minutes, and only then."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.jobs import answers
from schemas.base import BASE
from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState
from schemas.events.tables import Event, Invitation, Reply
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = pytest.mark.server

YES, NO = Answer.YES, Answer.NO
LATER = dt.timedelta(minutes=11)


@pytest.fixture
def place(client, live_server, empty_base, tmp_path):
    return Place_(client, live_server, empty_base, tmp_path)


class Place_:
    """An event with two seats and three guests."""

    def __init__(self, client, live_server, base, folder):
        self.stores = {code: TableStore(client, base, BASE.record(code)) for code in ("event", "invitation", "reply")}
        self.settings = Settings(
            nocodb_url=live_server.url, nocodb_base=base.id, KONTAKTNETZ_DATA=folder,
            nocodb_token=client.request("POST", "/api/v1/tokens", json={"description": "Antworten"})["token"],
        )  # fmt: skip
        starts = dt.datetime.now(dt.UTC) + dt.timedelta(days=40)
        (self.event,) = self.stores["event"].create([Event(name="Ehrung", capacity=2, starts_at=starts, ident="t:e")])
        self.ada, self.bob, self.cem = self.stores["invitation"].create(
            [
                Invitation(name=name, event=self.event, state=InvitationState.INVITED, answer=Answer.OPEN, ident=name)
                for name in ("Ada", "Bob", "Cem")
            ]
        )

    def run(self, after=dt.timedelta()):
        return answers.run(self.settings, dt.datetime.now(dt.UTC) + after)

    def type(self, **cells):
        return self.stores["reply"].create([Reply(**cells)])[0]

    def reply(self, row):
        return self.stores["reply"].get(row)

    def guest(self, row):
        return self.stores["invitation"].get(row)

    def change(self, table, row, **cells):
        stands = self.stores[table].get(row)
        assert self.stores[table].swap(row, {c: stands.value(c) for c in cells}, cells).applied


def test_the_form_corrections_typed_answers_and_decisions_count_and_the_waiting_list_moves(place):
    assert place.run() == ""
    for row in (place.ada, place.bob, place.cem):
        place.type(invitation=row, answer=YES, needs="vegetarisch" if row == place.ada else None)

    told = place.run()

    assert told == "3 Rückmeldungen ergänzt, 3 Einladungen auf den neuesten Stand gebracht"
    first = next(place.stores["reply"].pull())
    assert (first.channel, first.state, first.name, first.event) == (ReplyChannel.FORM, ReplyState.COUNTS, "Ada",
                                                                     place.event)  # fmt: skip
    assert first.at is not None
    assert first.ident.startswith(f"formular:{first.id}:")
    ada = place.guest(place.ada)
    assert (ada.answer, ada.answered_by, ada.needs, ada.place) == (YES, ReplyChannel.FORM, "vegetarisch", Place.SURE)
    assert place.guest(place.cem).place == Place.WAITING
    assert place.run() == "", "nothing is left to do"

    place.change("invitation", place.ada, correction=NO)
    place.change("invitation", place.bob, answer=Answer.MAYBE)  # typed straight in
    told = place.run()
    assert told.startswith("2 Einladungen auf den neuesten Stand gebracht, 1 von der Warteliste nachgerückt")
    ada, bob, cem = (place.guest(row) for row in (place.ada, place.bob, place.cem))
    assert (ada.answer, ada.place) == (NO, None)
    assert (bob.answer, bob.correction, bob.place) == (Answer.MAYBE, Answer.MAYBE, None)
    assert (cem.answer, cem.place) == (YES, Place.SURE)
    assert place.run() == ""

    place.change("invitation", place.ada, correction=None)
    place.change("event", place.event, capacity=9)
    place.run()
    assert place.guest(place.ada).place == Place.SURE
    assert place.run() == ""


def test_what_a_person_decided_counts_and_what_lacks_something_waits_for_one(place):
    mail = place.type(event=place.event, text="Ich komme", state=ReplyState.TO_DECIDE, channel=ReplyChannel.MAIL,
                      at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), ident="antwort:mail:1")  # fmt: skip
    empty = place.type()
    half = place.type(invitation=place.cem, text="Kommt mit Hund")
    assert place.run() == ""
    assert place.reply(half).state is None, "whoever is typing is left alone"

    assert place.run(LATER) == "1 Rückmeldungen ergänzt"
    lacking = place.reply(half)
    assert (lacking.state, lacking.why, lacking.name) == (ReplyState.TO_DECIDE, "Es fehlt noch: Antwort.", "Cem")
    assert place.reply(empty).state is None
    assert place.guest(place.cem).answer == Answer.OPEN

    place.change("reply", mail, invitation=place.bob, answer=YES, state=ReplyState.COUNTS)
    place.change("reply", half, answer=NO, state=ReplyState.COUNTS)
    place.run()
    bob, cem = place.guest(place.bob), place.guest(place.cem)
    assert (bob.answer, bob.answered_by, bob.correction) == (YES, ReplyChannel.MAIL, None)
    assert (cem.answer, cem.correction) == (NO, None)
    assert place.reply(mail).name == "Bob"
    assert place.run() == ""

    place.change("reply", mail, state=ReplyState.DISCARDED)
    place.run()
    assert place.guest(place.bob).answer == Answer.OPEN
    assert place.stores["reply"].count() == 3, "nothing was made up"
