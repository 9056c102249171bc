"""Sixty guests, forty chairs, all ways to answer in an order of chance: nothing said is lost, every figure is right."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from event_play import Play
from guest_pages import memory

from automations.events.replies import NewReply, take_down
from schemas.events.choices import Answer, Place, ReplyChannel

SEEDS = int(os.environ.get("KONTAKTNETZ_SEEDS", "5"))
"""How many orders are played; more by hand."""

STEPS, ROUND = 160, 80
HOUR = dt.timedelta(hours=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_a_guest_said_is_lost_and_every_figure_is_a_recount(seed, tmp_path):
    play = Play(memory(), seed)
    for step in range(STEPS):
        play.act()
        if step % 20 == 19:
            assert list(play.problems()) == []
        if step % ROUND == ROUND - 1:
            shown, wanted = play.figures(tmp_path / str(step))
            assert shown == wanted

    play.open_door()

    shown, wanted = play.figures(tmp_path / "door")
    assert shown == wanted


def test_an_answer_that_staff_empty_says_nothing_and_shuts_out_no_later_one():
    play = Play(memory(), seed=1, guests=1)
    (row,) = play.rows
    play.by_calendar(row)
    play.stores["invitation"].swap(row, {}, {"answer": None})

    play._count(row)

    stands = play.stores["invitation"].get(row)
    assert (stands.answer, stands.correction) == (play.accounts[row].answer, None)


def test_a_correction_to_yes_without_any_answer_passes_nobody_who_waits():
    play = Play(memory(), seed=1, guests=3, chairs=1)
    first, waits, corrected = play.rows
    for row in (first, waits):
        play.by_calendar(row)
    for row in (first, waits):
        play.stores["invitation"].swap(row, {}, {"correction": "zugesagt"})
        play._count(row)
    play.stores["invitation"].swap(corrected, {}, {"correction": "zugesagt"})
    play._count(corrected)

    places = [play.stores["invitation"].get(row).place for row in play.rows]

    assert places == ["platz", "warteliste", "warteliste"]
    play.stores["invitation"].swap(first, {}, {"correction": "abgesagt"})
    play._count(first)
    assert [play.stores["invitation"].get(row).place for row in play.rows] == [None, "platz", "warteliste"]


@pytest.mark.parametrize("typed", [{"companions": 4}, {"needs": "Rampe"}, {"represented_by": "Frau Muster"}])
def test_what_staff_typed_into_the_invitation_outlives_an_answer_that_does_not_speak_of_it(typed):
    play = Play(memory(), seed=1, guests=1)
    (row,) = play.rows
    play._take(row, ReplyChannel.CALENDAR, Answer.REPRESENTED)
    play.stores["invitation"].swap(row, {}, typed)
    play.now += HOUR

    play._take(row, ReplyChannel.PHONE, Answer.REPRESENTED)
    play._count(row)

    stands = play.stores["invitation"].get(row)
    assert {code: stands.value(code) for code in typed} == typed
    noted = [r for r in play.stores["reply"].pull() if r.channel == ReplyChannel.STAFF]
    assert [{code: r.value(code) for code in typed} for r in noted] == [typed], "told once"
    play.now += HOUR
    play._take(row, ReplyChannel.PHONE, Answer.YES, companions=1, needs="vegan")
    stands = play.stores["invitation"].get(row)
    assert (stands.companions, stands.needs, stands.represented_by) == (1, "vegan", None), "until said otherwise"


@pytest.mark.parametrize("read", ["before", "with it", "after"])
@pytest.mark.parametrize(("cell", "said"), [("represented_by", "Frau Muster"), ("companion_names", "Max Muster")])
def test_a_cell_that_staff_emptied_stays_empty_against_an_older_answer_whenever_it_is_read(cell, said, read):
    play = Play(memory(), seed=1, guests=1)
    (row,) = play.rows
    older = {"companions": 1, cell: said}
    play._take(row, ReplyChannel.PHONE, Answer.REPRESENTED, companions=1, represented_by="Eva", companion_names="Max")
    play.now += HOUR
    if read == "before":
        play._take(row, ReplyChannel.CALENDAR, Answer.REPRESENTED, **older)
    play.now += 2 * HOUR
    play.stores["invitation"].swap(row, {}, {cell: None})
    if read != "with it":
        play._count(row)
    if read != "before":
        given = NewReply("spaet", row, ReplyChannel.MAIL, play.now - HOUR, Answer.REPRESENTED, play.event, **older)
        take_down(play.stores, [given])
    play._count(row)

    stands = play.stores["invitation"].get(row)
    kept = "companion_names" if cell == "represented_by" else "represented_by"
    assert (stands.value(cell), stands.companions, stands.answer) == (None, 1, Answer.REPRESENTED)
    assert stands.value(kept) in ("Eva", "Max"), "only what was emptied"
    play.now += HOUR
    play._take(row, ReplyChannel.PHONE, Answer.REPRESENTED, companions=1, **{cell: "Neu"})
    assert play.stores["invitation"].get(row).value(cell) == "Neu", "until said otherwise"


def test_a_party_that_grows_before_it_was_told_of_a_chair_takes_no_more_than_there_are():
    play = Play(memory(), seed=1, guests=2, chairs=1)
    first, waits = play.rows
    for row in play.rows:
        play._take(row, ReplyChannel.CALENDAR, Answer.YES)
    play._take(first, ReplyChannel.PHONE, Answer.NO)
    assert play.stores["invitation"].get(waits).moved_up_at is not None
    play.now += HOUR

    play._take(waits, ReplyChannel.PHONE, Answer.YES, companions=2)

    stands = play.stores["invitation"].get(waits)
    assert (stands.place, stands.companions, stands.moved_up_at) == (Place.WAITING, 2, None)
