"""How many people a guest may bring by the link."""

from __future__ import annotations

import pytest
from guest_pages import House, memory

from schemas.events.choices import Answer, ReplyChannel


@pytest.fixture
def house() -> House:
    return House(memory())


@pytest.mark.parametrize(("most", "agreed", "brings", "status"), [
    (2, 4, 4, 303), (2, 4, 3, 303), (2, 4, 5, 422), (None, 1, 1, 303), (None, 1, 2, 422), (2, 1, 2, 303),
    (2, None, 3, 422),
])  # fmt: skip
def test_as_many_as_were_agreed_with_a_guest_may_come_above_the_usual(
    house: House, most, agreed, brings, status
) -> None:
    row = house.guest(house.event(companions_max=most), answer=Answer.YES, companions=agreed)
    path = house.link(row)

    page = house.answer(path, Answer.YES, begleitung=str(brings))

    assert page.status == status
    replies = list(house.stores["reply"].pull())
    told = [reply.companions for reply in replies if reply.channel == ReplyChannel.LINK]
    assert told == ([brings] if status == 303 else [])
    assert house.stores["invitation"].get(row).companions == (brings if status == 303 else agreed)


def test_nobody_may_bring_people_where_the_event_does_not_say_so(house: House) -> None:
    path = house.link(house.guest(house.event(companions_max=None)))
    assert 'name="begleitung"' not in house.get(path).text
    assert house.answer(path, Answer.YES, begleitung="1").status == 422
