"""How long a refused sign-in takes tells nobody whether there is such an account."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from door_house import House

from streamlit_app.door.revoked import Revoked


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(Revoked(tmp_path / "abgemeldet.json"))


def test_a_refusal_comes_on_the_next_full_step_whether_nocodb_hashed_a_password_or_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = house.sign_in

    def slow(email: str, password: str) -> object:
        time.sleep(0.25 if email.startswith("anna") else 0.02)
        return asked(email, password)

    monkeypatch.setattr(house, "sign_in", slow)
    monkeypatch.setattr(house, "refusal_step", 0.8)
    took: dict[str, list[float]] = {"anna@example.org": [], "niemand@example.org": []}
    with house.client() as client:
        for _ in range(3):
            for email, times in took.items():
                house.seconds += 1000
                begun = time.monotonic()
                assert house.enter(client, password="falsch", email=email).status_code == 401
                times.append(time.monotonic() - begun)
    assert min(min(times) for times in took.values()) >= 0.8
    fastest = [min(times) for times in took.values()]
    assert abs(fastest[0] - fastest[1]) < 0.15, took


def test_who_gets_in_and_who_hears_that_nocodb_is_away_wait_for_nothing(house: House) -> None:
    house.refusal_step = 30.0
    with house.client() as client:
        begun = time.monotonic()
        assert house.enter(client).status_code == 303
        client.cookies.clear()
        house.down = True
        assert house.enter(client).status_code == 503
        assert time.monotonic() - begun < 20
