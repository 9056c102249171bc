"""What many ask for at once is done by few runs, each of which began after they had asked."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from guest_pages import NOW, House, memory

from schemas.errors import Unavailable
from schemas.events.choices import Answer, Place
from streamlit_app.public.gathered_runs import MOST, GatheredRuns
from streamlit_app.rsvp.base import Base
from streamlit_app.rsvp.form import Typed
from streamlit_app.rsvp.record import Outcome, Sent, record_all


def at_once(count: int, ask: Callable[[int], object]) -> None:
    crowd = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert not any(one.is_alive() for one in crowd)


@pytest.mark.parametrize("count", [1, 40, 2 * MOST + 5])
def test_a_crowd_is_served_by_few_runs_that_all_began_after_they_asked(count: int) -> None:
    begun, got, late = list[tuple[float, list[int]]](), dict[int, int](), list[int]()

    def work(items: list[int]) -> list[int]:
        begun.append((time.perf_counter(), list(items)))
        time.sleep(0.05)
        return [item * 10 for item in items]

    runs = GatheredRuns(work)

    def ask(number: int) -> None:
        asked = time.perf_counter()
        got[number] = runs.run("event", number)
        if not any(at >= asked and number in items for at, items in begun):
            late.append(number)

    at_once(count, ask)
    assert late == []
    assert got == {number: number * 10 for number in range(count)}
    assert sorted(n for _, items in begun for n in items) == list(range(count))  # each once
    assert len(begun) <= 3 + count // MOST
    assert all(len(items) <= MOST for _, items in begun)


def test_different_work_does_not_wait_for_each_other() -> None:
    inside = threading.Barrier(2, timeout=5)
    runs = GatheredRuns(lambda items: [inside.wait() for _ in items])
    at_once(2, lambda number: runs.run(number, number))
    assert not inside.broken


def test_an_item_that_a_run_fails_of_spoils_nobody_elses() -> None:
    told: dict[int, str] = {}

    def work(items: list[int]) -> list[int]:
        time.sleep(0.05)
        if 3 in items:
            raise OSError
        return items

    runs = GatheredRuns(work)

    def ask(number: int) -> None:
        try:
            told[number] = str(runs.run("event", number))
        except OSError:
            told[number] = "failed"

    at_once(8, ask)
    led = {number for number, said in told.items() if said == "failed"} - {3}
    assert told[3] == "failed"
    assert len(led) <= 1  # whoever led the run it spoiled gets the error, and sends again
    assert all(told[number] == str(number) for number in range(8) if number not in {3, *led})


def test_who_runs_alone_gets_the_error_and_may_try_again() -> None:
    broken = [True]

    def work(items: list[str]) -> list[str]:
        if broken:
            raise OSError("weg")
        return items

    runs = GatheredRuns(work)
    with pytest.raises(OSError, match="weg"):
        runs.run("event", "one")
    broken.clear()
    assert runs.run("event", "one") == "one"


def sent(house: House, row: int, key: str, answer: Answer = Answer.YES, companions: int = 0) -> Sent:
    typed = Typed(answer=answer, companions=companions)
    return Sent(typed, house.stores["invitation"].get(row), key, NOW, asks_companions=True)


def test_answers_that_are_gathered_count_each_for_its_own_guest_in_the_order_they_came() -> None:
    house = House(memory())
    event = house.event(capacity=3)
    guests = [house.guest(event, f"Gast {n}") for n in range(4)]
    bystander = house.guest(event, "Unbeteiligt")
    forms = [
        sent(house, guests[0], "a", companions=1), sent(house, guests[1], "b", Answer.NO),
        sent(house, guests[2], "c"), sent(house, guests[3], "d"),
    ]  # fmt: skip
    before = house.stores["invitation"].get(bystander)

    assert record_all(house.stores, forms) == [Outcome.TAKEN] * 4
    stand = [house.stores["invitation"].get(row) for row in guests]
    assert [(row.answer, row.companions, row.place) for row in stand] == [
        (Answer.YES, 1, Place.SURE), (Answer.NO, None, None),
        (Answer.YES, 0, Place.SURE), (Answer.YES, 0, Place.WAITING),
    ]  # fmt: skip
    assert house.stores["invitation"].get(bystander) == before

    # the same forms once more change nothing; another content under a used key is told
    replies = list(house.stores["reply"].pull())
    other = replace(forms[0], typed=replace(forms[0].typed, answer=Answer.NO))
    assert record_all(house.stores, [*forms[1:], other]) == [Outcome.TAKEN] * 3 + [Outcome.USED]
    assert list(house.stores["reply"].pull()) == replies


def test_what_was_written_waits_when_the_base_is_lost_before_it_counts() -> None:
    house = House(memory())
    event = house.event(capacity=3)
    guests = [house.guest(event, f"Gast {n}") for n in range(2)]
    forms = [sent(house, row, f"k{row}") for row in guests]

    def lose(what: str) -> None:
        if what == "swap":
            raise Unavailable("weg")

    house.stores["invitation"].trouble = lose
    assert record_all(house.stores, forms) == [Outcome.WAITS] * 2
    assert [row.invitation for row in house.stores["reply"].pull()] == guests
    assert {house.stores["invitation"].get(row).answer for row in guests} == {Answer.OPEN}

    house.stores["invitation"].trouble = lambda what: None
    later = [replace(one, at=one.at + dt.timedelta(seconds=5)) for one in forms]
    assert record_all(house.stores, later) == [Outcome.TAKEN] * 2
    assert {house.stores["invitation"].get(row).answer for row in guests} == {Answer.YES}
    assert len(list(house.stores["reply"].pull())) == 2


def test_an_event_is_read_once_for_all_who_open_its_page_at_once() -> None:
    house = House(memory())
    event = house.event()
    opened = house._open()
    base = Base(lambda: opened, lambda: 0.0, "Netzwerk")
    found = list[object]()
    at_once(20, lambda number: found.append(base.facts(opened, event)))
    assert len(found) == 20
    assert {one.event.id for one in found} == {event}
    assert house.stores["event"].asked.count("get") <= 3
