"""Answers taken down, decided, corrected and taken back on a real NocoDB, as the page does it, and shown at once."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.events.replies import NewReply
from schemas.base import BASE
from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState
from schemas.events.tables import Event, Invitation, Reply
from streamlit_app.answering import Scribe, deciding, discarding
from sync.mirror import load_table, read_manifest, refresh_mirror
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = pytest.mark.server

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def stores(client, empty_base):
    return {code: TableStore(client, empty_base, BASE.record(code)) for code in ("event", "invitation", "reply")}


@pytest.fixture
def house(stores):
    """One event with two chairs and three guests; a mail of the third waits to be read."""
    (event,) = stores["event"].create([Event(name="Ehrung", capacity=2, ident="t:e")])
    guests = stores["invitation"].create([
        Invitation(name=name, event=event, state=InvitationState.INVITED, answer=Answer.OPEN, ident=f"t:{name}")
        for name in ("Vera", "Olaf", "Grete")
    ])  # fmt: skip
    mail = Reply(name="g@example.org", event=event, channel=ReplyChannel.MAIL, text="Ich komme", at=NOON,
                 state=ReplyState.TO_DECIDE, why="Unbekannter Absender", ident="t:mail")  # fmt: skip
    stores["reply"].create([mail])
    return event, guests


@pytest.fixture
def scribe(client, empty_base, house, live_server, tmp_path):
    refresh_mirror(client, empty_base, tmp_path / "mirror", NOON)
    settings = Settings(nocodb_url=live_server.url, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path)
    token = client.request("POST", "/api/v2/auth/user/signin", json={
        "email": live_server.email, "password": live_server.password})["token"]  # fmt: skip
    manifest = read_manifest(settings.mirror_dir)
    assert manifest is not None
    return Scribe(settings, manifest, token, "Rita Redlich")


def shown(scribe, row):
    """Return answer and place of an invitation as a page shows them before the next refresh."""
    frame = load_table(scribe.settings.mirror_dir, scribe.manifest, "invitation").set_index("id")
    return tuple(None if cell is None or cell != cell else cell for cell in frame.loc[row, ["answer", "place"]])


def test_an_answer_by_phone_shows_at_once_and_undo_brings_back_what_was(stores, house, scribe):
    event, (vera, olaf, grete) = house
    before = {row: stores["invitation"].get(row) for row in (olaf, grete)}
    reply = NewReply("hand:1", vera, ReplyChannel.PHONE, NOON, Answer.YES, event=event, name="Vera", companions=1,
                     text="vegetarisch", recorded_by="Rita Redlich")  # fmt: skip

    taken = scribe.take(reply, NOON)
    again = scribe.take(reply, NOON)

    assert taken.own is not None
    assert again.own is not None
    assert taken.own.id == again.own.id, "the same answer sent twice is one row"
    assert (taken.own.recorded_by, taken.own.channel, taken.own.state) == ("Rita Redlich", "telefon", "gilt")
    assert shown(scribe, vera) == (Answer.YES, Place.SURE)
    assert {row: stores["invitation"].get(row) for row in (olaf, grete)} == before, "nobody else changed"

    assert scribe.change(discarding(taken.own), vera, NOON)

    assert shown(scribe, vera) == (Answer.OPEN, None)
    stands = stores["invitation"].get(vera)
    assert (stands.answer, stands.correction, stands.companions, stands.place) == (Answer.OPEN, None, None, None)
    assert [r.state for r in stores["reply"].pull() if r.invitation == vera] == [ReplyState.DISCARDED]
    assert not scribe.change(discarding(taken.own), vera, NOON), "somebody was quicker"


def test_the_waiting_list_moves_on_the_page_too(house, scribe):
    event, (vera, olaf, grete) = house
    for number, (row, companions) in enumerate(((vera, 1), (olaf, 0), (grete, 0))):
        at = NOON + dt.timedelta(minutes=number)
        scribe.take(NewReply(f"hand:{row}", row, ReplyChannel.LETTER, at, Answer.YES, event=event,
                             companions=companions or None), at)  # fmt: skip
    assert [shown(scribe, row)[1] for row in (vera, olaf, grete)] == [Place.SURE, Place.WAITING, Place.WAITING]

    at = NOON + dt.timedelta(hours=1)
    scribe.take(NewReply("hand:no", vera, ReplyChannel.PHONE, at, Answer.NO, event=event), at)

    assert [shown(scribe, row)[1] for row in (vera, olaf, grete)] == [None, Place.SURE, Place.SURE]


def test_what_a_mail_meant_is_decided_once_and_can_be_put_up_again(stores, house, scribe):
    event, (_, _, grete) = house
    (mail,) = stores["reply"].pull()
    change = deciding(mail, grete, event, {"answer": Answer.YES, "companions": None}, "Rita Redlich")

    assert scribe.change(change, grete, NOON)
    assert shown(scribe, grete)[0] == Answer.YES
    assert not scribe.change(change, grete, NOON), "decided already"
    decided = stores["reply"].get(mail.id)
    assert (decided.invitation, decided.answer, decided.recorded_by) == (grete, Answer.YES, "Rita Redlich")

    assert scribe.change(change.back, grete, NOON)
    assert shown(scribe, grete)[0] == Answer.OPEN
    waiting = stores["reply"].get(mail.id)
    assert (waiting.state, waiting.invitation, waiting.answer) == (ReplyState.TO_DECIDE, None, None)


def test_a_correction_beats_all_until_it_is_cleared_and_the_history_names_who(stores, house, scribe):
    event, (vera, _, _) = house
    scribe.take(NewReply("hand:1", vera, ReplyChannel.PHONE, NOON, Answer.YES, event=event), NOON)

    assert scribe.correct(vera, None, Answer.NO, NOON)
    assert shown(scribe, vera) == (Answer.NO, None)
    assert not scribe.correct(vera, None, Answer.MAYBE, NOON), "a correction stands there already"
    later = NOON + dt.timedelta(hours=1)
    taken = scribe.take(NewReply("hand:2", vera, ReplyChannel.TALK, later, Answer.YES, event=event), later)
    assert taken.invitation is not None
    assert taken.invitation.answer == Answer.NO, "an answer that comes later, too"
    assert scribe.correct(vera, Answer.NO, None, later)
    assert shown(scribe, vera) == (Answer.YES, Place.SURE)
    staff = [r for r in stores["reply"].pull() if r.channel == ReplyChannel.STAFF]
    assert [(r.answer, r.recorded_by) for r in staff] == [(Answer.NO, "Rita Redlich"), (None, "Rita Redlich")]


def test_a_link_is_made_and_voided(stores, house, scribe):
    _, (vera, _, _) = house
    scribe.renew_link(vera, void=False, now=NOON)
    first = stores["invitation"].get(vera).mark
    assert first
    scribe.renew_link(vera, void=True, now=NOON)
    assert stores["invitation"].get(vera).mark not in (None, first)
