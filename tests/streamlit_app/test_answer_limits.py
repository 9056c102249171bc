"""Who tries links of guests is slowed down, and nobody else; a genuine link is no way to flood the base."""

from __future__ import annotations

import pytest
from guest_pages import House, memory

from schemas.events.choices import Answer
from streamlit_app.public.limits import ANSWERS_PER_HOUR, FREE, LONGEST_WAIT, READS_PER_MINUTE, WRONG_PER_MINUTE

WRONG = "/a/17.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def house() -> House:
    return House(memory())


@pytest.fixture
def path(house: House) -> str:
    return house.link(house.guest(house.event()))


def test_who_tries_links_waits_longer_and_longer_and_then_no_link_of_theirs_is_looked_at(house: House, path: str):
    for _ in range(FREE):
        assert house.get(WRONG).status == 404
    waits = []
    for _ in range(9):
        assert house.get(WRONG).status == 404, "one try per wait"
        refused = house.get(WRONG)
        assert refused.status == 429
        waits.append(int(refused.headers["retry-after"]))
        assert house.get(path).status == 429, "a genuine link looks the same meanwhile"
        assert house.get(path, peer="203.0.113.77").status == 200, "others are not held up"
        house.seconds += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert house.get(path).status == 200


def test_a_guest_with_the_form_before_them_can_send_it_although_somebody_beside_them_tries_links(house: House, path):
    ticket = house.get(path).ticket()
    for _ in range(FREE + 1):
        house.get(WRONG)

    assert house.get(path).status == 429
    assert house.post(path, {"formular": ticket, "antwort": "zugesagt"}).status == 303
    assert house.post(path, {"formular": "forged", "antwort": "zugesagt"}).status == 429


def test_behind_a_proxy_that_tells_no_addresses_strangers_cannot_shut_out_guests(house: House, path: str) -> None:
    seen = [house.get(WRONG, peer="127.0.0.1").status for _ in range(FREE + 20)]

    assert seen[:FREE] == [404] * FREE
    assert seen[-1] == 429
    assert house.get(path, peer="127.0.0.1").status == 200


@pytest.mark.parametrize(
    ("trusted", "peer", "refused"),
    [(True, "127.0.0.1", True), (True, "::1", True), (False, "127.0.0.1", False), (True, "198.51.100.1", False)],
)
def test_a_forwarded_address_counts_only_from_our_own_proxy(trusted: bool, peer: str, refused: bool) -> None:
    house = House(memory(), behind_proxy=trusted)
    path = house.link(house.guest(house.event()))
    for _ in range(FREE + 1):
        house.get(WRONG, peer=peer, x_forwarded_for="192.0.2.200, 192.0.2.9")

    same = house.get(path, peer="127.0.0.1", x_forwarded_for="192.0.2.9")
    invented = house.get(path, peer="127.0.0.1", x_forwarded_for="192.0.2.9, 192.0.2.200")
    assert (same.status == 429) is refused
    assert invented.status == 200, "only the entry that our proxy added counts"


def test_a_whole_network_of_six_is_one_address(house: House, path: str) -> None:
    for number in range(FREE + 1):
        house.get(WRONG, peer=f"2001:db8:1:2::{number:x}")
    assert house.get(path, peer="2001:db8:1:2:ffff::1").status == 429
    assert house.get(path, peer="2001:db8:1:3::1").status == 200


def test_wrong_links_of_all_addresses_together_are_bounded_and_guests_get_through(house: House, path: str) -> None:
    seen = [house.get(WRONG, peer=f"10.{n // 250}.{n % 250}.1").status for n in range(WRONG_PER_MINUTE + 50)]
    assert seen.count(404) == WRONG_PER_MINUTE
    assert seen[WRONG_PER_MINUTE:] == [429] * 50
    assert house.get(path).status == 200


def test_one_genuine_link_may_be_opened_and_answered_so_often_and_no_more(house: House, path: str) -> None:
    seen = [house.get(path).status for _ in range(READS_PER_MINUTE + 1)]
    assert seen == [200] * READS_PER_MINUTE + [429]
    house.later(minutes=1)
    for _ in range(ANSWERS_PER_HOUR):
        assert house.answer(path, Answer.MAYBE).status == 303
        house.later(seconds=10)
    before = house.rows()

    refused = house.answer(path, Answer.NO, bemerkung="Das soll bleiben")

    assert (refused.status, "Das soll bleiben" in refused.text) == (429, True)
    assert house.rows() == before
    house.later(hours=1)
    assert house.answer(path, Answer.NO).status == 303
