"""Answers of one guest by every channel on a real NocoDB: each stays as a row, the latest counts, staff before all."""

from __future__ import annotations

import datetime as dt

import pytest
from event_play import CODES, Play

from automations.events.replies import NewReply, let_count, settle_places, take_down
from schemas.base import BASE
from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState
from schemas.events.tables import Event, Invitation
from sync.nocodb.store import TableStore

pytestmark = pytest.mark.server

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def stores(client, empty_base):
    return {code: TableStore(client, empty_base, BASE.record(code)) for code in CODES}


def invite(stores, event, name, **cells):
    new = Invitation(name=name, event=event, state=InvitationState.INVITED, answer=Answer.OPEN, ident=f"t:{name}")
    return stores["invitation"].create([Invitation(**{c: new.value(c) for c in ("name", "event", "state", "answer",
                                                                                "ident")} | cells)])[0]  # fmt: skip


def answer(stores, row, said, channel, hours, **more):
    reply = NewReply(f"t:{row}:{channel}:{hours}", row, channel, NOON + dt.timedelta(hours=hours), said, **more)
    return let_count(stores, take_down(stores, [reply]))


def test_by_link_yes_by_phone_no_by_calendar_yes_and_staff_no_leaves_no_and_every_reply(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", ident="t:e")])
    row = invite(stores, event, "Vera Beispiel")
    other = invite(stores, event, "Olaf Muster")

    answer(stores, row, Answer.YES, ReplyChannel.LINK, 0, companions=1, needs="vegetarisch")
    answer(stores, row, Answer.NO, ReplyChannel.PHONE, 1)
    answer(stores, row, Answer.YES, ReplyChannel.CALENDAR, 2)
    answer(stores, row, Answer.YES, ReplyChannel.CALENDAR, 2)  # the same mail once more
    assert stores["invitation"].get(row).answer == Answer.YES
    stores["invitation"].swap(row, {"correction": None}, {"correction": Answer.NO})
    let_count(stores, [row])

    shown = stores["invitation"].get(row)
    assert (shown.answer, shown.answered_by) == (Answer.NO, ReplyChannel.STAFF)
    told = list(stores["reply"].pull())
    assert [(r.answer, r.channel, r.state) for r in told] == [
        (Answer.YES, ReplyChannel.LINK, ReplyState.COUNTS), (Answer.NO, ReplyChannel.PHONE, ReplyState.COUNTS),
        (Answer.YES, ReplyChannel.CALENDAR, ReplyState.COUNTS), (Answer.NO, ReplyChannel.STAFF, ReplyState.COUNTS),
    ]  # fmt: skip
    assert told[-1].ident == f"korrektur:{row}:1"
    let_count(stores, [row])
    assert stores["reply"].count() == 4, "told once, however often it is looked at"
    assert stores["invitation"].get(other).answer == Answer.OPEN, "nobody else's answer changed"

    answer(stores, row, Answer.MAYBE, ReplyChannel.MAIL, 3)
    assert stores["invitation"].get(row).answer == Answer.NO, "a correction beats what comes later, too"
    stores["invitation"].swap(row, {"correction": Answer.NO}, {"correction": None})
    let_count(stores, [row])
    assert stores["invitation"].get(row).answer == Answer.MAYBE
    cleared = list(stores["reply"].pull())[-1]
    assert (cleared.answer, cleared.text) == (None, "Korrektur aufgehoben")


def test_an_answer_typed_straight_into_the_invitation_becomes_a_correction(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", ident="t:e")])
    row = invite(stores, event, "Vera Beispiel")
    answer(stores, row, Answer.YES, ReplyChannel.LINK, 0)
    stores["invitation"].swap(row, {"answer": Answer.YES}, {"answer": Answer.NO})

    answer(stores, row, Answer.YES, ReplyChannel.CALENDAR, 2)

    shown = stores["invitation"].get(row)
    assert (shown.answer, shown.correction) == (Answer.NO, Answer.NO)


def test_what_a_person_decides_changes_or_discards_counts_and_is_no_correction(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", ident="t:e")])
    row = invite(stores, event, "Vera Beispiel")
    answer(stores, row, None, ReplyChannel.MAIL, 0, text="Ich komme gern", why="Freier Text")
    (reply,) = stores["reply"].pull()

    def decide(was, becomes):
        stores["reply"].swap(reply.id, was, becomes)
        let_count(stores, [row])
        shown = stores["invitation"].get(row)
        assert shown.correction is None
        return shown.answer, shown.answered_by

    open_, decided = ReplyState.TO_DECIDE, ReplyState.COUNTS
    assert decide({"state": open_}, {"answer": Answer.YES, "state": decided}) == (Answer.YES, ReplyChannel.MAIL)
    assert decide({"answer": Answer.YES}, {"answer": Answer.MAYBE}) == (Answer.MAYBE, ReplyChannel.MAIL)
    assert decide({"state": decided}, {"state": ReplyState.DISCARDED}) == (Answer.OPEN, None)
    assert stores["invitation"].get(row).answered_at is None
    assert stores["reply"].count() == 1


def test_a_reply_nobody_can_place_waits_for_a_person_and_changes_nothing(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", ident="t:e")])
    row = invite(stores, event, "Vera Beispiel")

    told = NewReply("t:frei", row, ReplyChannel.MAIL, NOON, None, text="Mal sehen", why="Freier Text")
    assert let_count(stores, take_down(stores, [told])) == []

    assert stores["invitation"].get(row).answer == Answer.OPEN
    (reply,) = stores["reply"].pull()
    assert (reply.state, reply.why) == (ReplyState.TO_DECIDE, "Freier Text")


def test_the_waiting_list_moves_up_by_itself(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", capacity=2, ident="t:e")])
    rows = [invite(stores, event, name) for name in ("A", "B", "C")]
    for hours, row in enumerate(rows):
        answer(stores, row, Answer.YES, ReplyChannel.LINK, hours)
    settle_places(stores, event)
    assert [stores["invitation"].get(row).place for row in rows] == [Place.SURE, Place.SURE, Place.WAITING]

    (concerned,) = answer(stores, rows[0], Answer.NO, ReplyChannel.PHONE, 9)
    assert settle_places(stores, concerned) == 2

    assert [stores["invitation"].get(row).place for row in rows] == [None, Place.SURE, Place.SURE]
    assert [bool(stores["invitation"].get(row).moved_up_at) for row in rows] == [False, False, True]


@pytest.mark.slow
def test_an_event_played_by_all_ways_stands_as_it_was_said(stores, tmp_path):
    play = Play(stores, seed=1, guests=20, chairs=12)
    for _ in range(50):
        play.act()
    assert list(play.problems()) == []
    play.open_door()
    shown, wanted = play.figures(tmp_path)
    assert shown == wanted


def test_two_who_give_the_last_seat_at_the_same_moment_overbook_nothing(stores):
    (event,) = stores["event"].create([Event(name="Ehrung", capacity=1, ident="t:e")])
    early, late = (invite(stores, event, name) for name in ("A", "B"))
    answer(stores, early, Answer.YES, ReplyChannel.LINK, 0)
    answer(stores, late, Answer.YES, ReplyChannel.LINK, 1)

    class Raced:
        """A store before whose first write somebody else, who looked at the same moment, gives the seat to B."""

        def __init__(self, store):
            self.store, self.open = store, True

        def swap(self, row, before, changes):
            if self.open:
                self.open = False
                self.store.swap(late, {"place": None}, {"place": Place.SURE})
            return self.store.swap(row, before, changes)

        def __getattr__(self, name):
            return getattr(self.store, name)

    settle_places({**stores, "invitation": Raced(stores["invitation"])}, event)

    shown = [stores["invitation"].get(row).place for row in (early, late)]
    assert shown == [Place.WAITING, Place.SURE], "who has a seat keeps it, and there is one seat"
    assert settle_places(stores, event) == 0
