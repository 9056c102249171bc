"""A NocoDB that takes requests and never answers: guests hear it before their proxy hangs up, and lose nothing."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from guest_pages import Answered, House, memory
from silent_server import serve

from schemas.events.choices import Answer
from streamlit_app.public import asking, gathered_runs
from sync.nocodb.client import Client

LIMIT = 0.6
LATE = 4.0


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(asking, "LONGEST_ANSWER", LIMIT)
    monkeypatch.setattr(gathered_runs, "LONGEST_RUN", LIMIT)
    return House(memory())


def hang(monkeypatch: pytest.MonkeyPatch, store: Any, method: str, url: str) -> None:
    client = Client(url, "t")
    monkeypatch.setattr(store, method, lambda *args, **more: client.request("GET", "/x"))


def all_at_once(house: House, posts: list[tuple[str, dict[str, str]]]) -> tuple[list[Answered], float]:
    got: list[Answered] = []
    crowd = [threading.Thread(target=lambda p=p, f=f: got.append(house.post(p, f))) for p, f in posts]
    begun = time.monotonic()
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(30)
    return got, time.monotonic() - begun


def test_a_page_says_in_time_that_the_base_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    path = house.link(house.guest(house.event()))
    with serve() as (url, _):
        hang(monkeypatch, house.stores["invitation"], "get", url)
        begun = time.monotonic()
        page = house.get(path)
        assert page.status == 503
        assert time.monotonic() - begun < LATE


@pytest.mark.parametrize("where", ["get", "create", "swap"])
@pytest.mark.parametrize("guests", [1, 12])
def test_a_form_comes_back_in_time_with_what_was_typed_and_counts_when_it_is_sent_again(
    house: House, monkeypatch: pytest.MonkeyPatch, where: str, guests: int
) -> None:
    event = house.event()
    paths = [house.link(house.guest(event, f"Gast {n}")) for n in range(guests)]
    forms = [
        (p, {"formular": house.get(p).ticket(), "antwort": str(Answer.YES), "bemerkung": "Ich komme gern."})
        for p in paths
    ]
    store = house.stores["reply" if where == "create" else "invitation"]
    with serve() as (url, _), monkeypatch.context() as broken:
        hang(broken, store, where, url)
        got, took = all_at_once(house, [*forms, *forms])
    assert len(got) == 2 * guests
    assert took < LATE + guests
    assert {page.status for page in got} <= {503, 303}
    for page in got:
        if page.status == 503:
            assert "Ich komme gern." in page.text
    again, _ = all_at_once(house, forms)
    assert {page.status for page in again} == {303}
    replies = house.rows()["reply"]
    assert len(replies) == guests
    assert {str(row.answer) for row in house.rows()["invitation"]} == {str(Answer.YES)}  # type: ignore[attr-defined]
