"""The door: cookie, throttle, forms, headers, and that nothing passes without a sign-in."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from door_house import NOW, PERSON, SECRET, Client, House
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import WebSocketRoute
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from streamlit_app.door import cookie
from streamlit_app.door.recheck import AWAY, EVERY, HOLDS, LONGEST
from streamlit_app.door.revoked import Revoked
from streamlit_app.door.routes import safe_target
from streamlit_app.door.standing import still_allowed
from streamlit_app.door.throttle import (
    ACCOUNT,
    ADDRESS,
    FREE_FOR_ADDRESS,
    LONGEST_WAIT,
    TRIES_IN_A_MINUTE,
    Throttle,
)
from streamlit_app.ui import texts
from sync.mirror.members import note_member, write_members
from sync.nocodb.accounts import Role, SignedIn


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(Revoked(tmp_path / "abgemeldet.json"))


def test_a_cookie_holds_for_ten_hours_and_not_a_second_longer() -> None:
    value = cookie.issue(SECRET, PERSON, NOW)
    session = cookie.read(SECRET, value, NOW + dt.timedelta(hours=10, seconds=-1))
    assert session is not None
    assert (session.email, session.token, session.role) == ("anna@example.org", "jwt", Role.EDITOR)
    assert cookie.read(SECRET, value, NOW + dt.timedelta(hours=10)) is None


@pytest.mark.parametrize("ahead", [{"hours": 2}, {"days": 1}, {"days": 365}], ids=str)
def test_a_cookie_of_a_clock_that_was_ahead_opens_nothing_when_the_clock_is_right(ahead: dict[str, int]) -> None:
    value = cookie.issue(SECRET, PERSON, NOW + dt.timedelta(**ahead))
    assert cookie.read(SECRET, value, NOW + dt.timedelta(**ahead)) is not None
    assert cookie.read(SECRET, value, NOW) is None


@pytest.mark.parametrize("down", [False, True])
def test_who_signs_out_has_the_token_voided_and_is_out_here_also_without_nocodb(house: House, down: bool) -> None:
    with house.client() as client:
        house.enter(client)
        stolen = dict(client.cookies)
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/abmelden").text)
        assert token
        house.down = down
        assert client.post("/abmelden", data={"csrf": token[1]}).headers["location"] == "/anmelden?abgemeldet=1"
        assert house.voided == ([] if down else ["jwt"])
        assert client.get("/daten", cookies=stolen).status_code == 303


def test_a_form_cookie_with_umlauts_is_refused_and_breaks_nothing(house: House) -> None:
    with house.client() as client:
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/anmelden").text)
        assert token
        answer = client.post(
            "/anmelden",
            data={"csrf": token[1], "email": "anna@example.org", "kennwort": "richtig"},
            headers={"Cookie": "kontaktnetz_formular=\u00fc\u00e4".encode("latin-1")},
        )
        assert answer.status_code == 403


def test_a_cookie_ends_with_the_token_inside_it() -> None:
    claims = base64.urlsafe_b64encode(json.dumps({"exp": int(NOW.timestamp()) + 60}).encode()).decode().rstrip("=")
    value = cookie.issue(SECRET, SignedIn(f"h.{claims}.s", "a@example.org", "A", Role.VIEWER), NOW)
    assert cookie.read(SECRET, value, NOW + dt.timedelta(seconds=59)) is not None
    assert cookie.read(SECRET, value, NOW + dt.timedelta(seconds=61)) is None


@given(st.integers(0, 400), st.characters(categories=["L", "N"]))
def test_a_cookie_with_any_character_changed_opens_nothing(at: int, character: str) -> None:
    value = cookie.issue(SECRET, PERSON, NOW)
    at %= len(value) - 2  # the last characters of base64 carry bits that nobody reads
    if value[at] != character:
        assert cookie.read(SECRET, value[:at] + character + value[at + 1 :], NOW) is None


def test_a_cookie_of_another_key_or_of_somebody_without_rights_opens_nothing() -> None:
    assert cookie.read("other", cookie.issue(SECRET, PERSON, NOW), NOW) is None
    nobody = SignedIn("jwt", "x@example.org", "X", Role.NONE)
    assert cookie.read(SECRET, cookie.issue(SECRET, nobody, NOW), NOW) is None
    assert cookie.read(SECRET, None, NOW) is None


def test_without_a_cookie_neither_page_nor_data_nor_websocket_answers(house: House) -> None:
    with house.client() as client:
        refused = client.get("/daten?x=1")
        assert refused.status_code == 303
        assert refused.headers["location"] == "/anmelden?weiter=%2Fdaten%3Fx%3D1"
        assert client.get("/daten", headers={"accept": "*/*"}).status_code == 401
        assert client.post("/daten").status_code == 401
        with pytest.raises(InvalidStatus) as closed:
            client.stream()
        assert closed.value.response.status_code == 403


def test_signing_in_opens_page_data_and_websocket_and_signing_out_closes_them(house: House) -> None:
    with house.client() as client:
        answer = house.enter(client, weiter="/daten")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/daten"
        set_cookie = next(c for c in answer.raw.headers.getlist("set-cookie") if c.startswith(cookie.NAME))
        assert "HttpOnly" in set_cookie
        assert "SameSite=lax" in set_cookie
        assert client.get("/daten").text == "Namen und Nummern"
        assert client.stream() == "Namen und Nummern"
        kept = client.cookies[cookie.NAME]
        assert client.get("/abmelden").status_code == 200
        assert client.get("/daten").status_code == 200, "a GET must not sign out"
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/abmelden").text)
        assert token
        assert client.post("/abmelden", data={"csrf": token[1]}).headers["location"] == "/anmelden?abgemeldet=1"
        client.cookies.set(cookie.NAME, kept, domain="127.0.0.1")
        assert client.get("/daten").status_code == 303, "the old cookie is dead although it is still signed"
    again = Revoked(house.revoked._path)
    session = cookie.read(SECRET, kept, NOW)
    assert session is not None
    assert session.id in again, "a restart does not bring it back to life"


def test_who_loses_the_right_in_nocodb_is_out_though_signed_in_and_back_when_given_again(house: House) -> None:
    folder = house.revoked._path.parent
    with house.client() as client:
        house.enter(client)
        write_members(folder, {"Anna@example.org": "viewer", "other@example.org": "owner"})
        assert client.get("/daten").status_code == 200
        for members in ({"other@example.org": "owner"}, {"anna@example.org": "no-access"}):
            write_members(folder, members)
            assert client.get("/daten").status_code == 303
            with pytest.raises(InvalidStatus):
                client.stream()
        note_member(folder, "anna@example.org", Role.VIEWER)
        assert client.get("/daten").status_code == 200
        assert client.stream() == "Namen und Nummern"


def test_a_changed_password_ends_a_session_within_a_minute_wherever_it_is_used(house: House) -> None:
    assert HOLDS + EVERY <= 60
    with house.client() as client:
        house.enter(client)
        assert client.get("/daten").status_code == 200
        house.void = True
        house.seconds += 60
        assert client.get("/daten").status_code == 303, "looked up before anything is shown"
        with pytest.raises(InvalidStatus):
            client.stream()
        house.void = False
        house.seconds += 60
        assert client.get("/daten").status_code == 303, "for good"


@pytest.mark.parametrize("members", [None, {"anna@example.org": "editor"}])
def test_a_role_taken_away_ends_a_session_within_a_minute(house: House, members: dict[str, str] | None) -> None:
    if members is not None:
        write_members(house.revoked._path.parent, members)
    with house.client() as client:
        house.enter(client)
        assert client.get("/daten").status_code == 200
        house.role = Role.NONE
        house.seconds += 60
        assert client.get("/daten").status_code == 303
        house.role = Role.VIEWER
        note_member(house.revoked._path.parent, "anna@example.org", Role.VIEWER)
        assert client.get("/daten").status_code == (303 if members is None else 200)


def test_while_nocodb_is_away_nobody_is_put_out_and_nobody_asks_at_every_click(house: House) -> None:
    with house.client() as client:
        house.enter(client)
        for second in range(40):
            house.seconds = float(second)
            assert client.get("/daten").status_code == 200
        assert house.looks == 1
        house.down, house.void = True, True
        house.seconds = 500.0
        assert client.get("/daten").status_code == 200
        house.down = False
        assert client.get("/daten").status_code == 200, "the last word counts for a while"
        house.seconds += 60
        assert client.get("/daten").status_code == 303
    assert LONGEST <= 2


def test_a_page_that_stays_open_is_looked_up_beside_it_and_one_that_is_left_is_not(house: House) -> None:
    anna = cookie.Session("s1", "jwt", "anna@example.org", "Anna", Role.EDITOR, NOW + dt.timedelta(hours=1))
    house.recheck.note_use(anna)
    for second in range(0, 120, int(EVERY)):
        house.seconds = float(second)
        house.recheck.step()
    assert house.looks == 4, "about every thirty seconds"
    house.seconds = AWAY + 1
    house.recheck.step()
    assert house.looks == 4
    house.recheck.note_use(anna)
    house.void = True
    house.recheck.step()
    assert anna.id in house.revoked


def test_the_role_of_today_counts_and_the_owner_of_the_server_need_not_be_a_member(tmp_path: Path) -> None:
    anna = cookie.Session("s", "jwt", "Anna@example.org", "Anna", Role.EDITOR, NOW)
    boss = cookie.Session("s", "jwt", "boss@example.org", "Boss", Role.OWNER, NOW)

    assert still_allowed(anna, tmp_path) == anna, "nobody has looked yet"
    write_members(tmp_path, {"anna@example.org": "commenter"})

    lowered = still_allowed(anna, tmp_path)
    assert lowered is not None
    assert lowered.role is Role.COMMENTER
    assert still_allowed(boss, tmp_path) == boss
    write_members(tmp_path, {"boss@example.org": "no-access"})
    assert still_allowed(boss, tmp_path) is None


@pytest.mark.parametrize(("host", "secure"), [("kontakte.example.org", True), ("", False)])
def test_a_sign_in_under_the_address_with_https_goes_out_over_https_only(house: House, host: str, secure: bool) -> None:
    house.https_host = "kontakte.example.org"
    with house.client() as client:
        set_cookie = client.get("/anmelden", headers={"host": host} if host else {}).headers["set-cookie"]
    assert ("; Secure" in set_cookie) is secure


def test_a_form_without_our_token_or_from_another_site_is_refused(house: House) -> None:
    with house.client() as client:
        assert house.enter(client, csrf="made up").status_code == 403
        client.get("/anmelden")
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/anmelden").text)
        assert token
        data = {"csrf": token[1], "email": "anna@example.org", "kennwort": "richtig"}
        assert client.post("/anmelden", data=data, headers={"origin": "https://evil.example.org"}).status_code == 403
        client.cookies.clear()
        assert client.post("/anmelden", data=data).status_code == 403
    assert house.asked == []


def test_wrong_passwords_wait_longer_and_longer_without_asking_nocodb(house: House) -> None:
    with house.client() as client:
        first = house.enter(client, "falsch")
        assert first.status_code == 401
        assert "stimmt nicht" in first.text
        assert house.enter(client, "richtig").status_code == 429
        assert len(house.asked) == 1
        house.seconds = 1.0
        assert house.enter(client, "falsch").status_code == 401
        house.seconds = 2.5
        assert house.enter(client, "richtig").status_code == 429
        house.seconds = 3.0
        assert house.enter(client, "richtig").status_code == 303


def as_from(house: House, client: Client, address: str, password: str) -> int:
    """Try to sign in from an address that a proxy of ours tells (the test server believes it)."""
    form = client.get("/anmelden")
    token = re.search(r'name="csrf" value="([^"]+)"', form.text)
    assert token
    data = {"csrf": token[1], "weiter": "/", "email": "anna@example.org", "kennwort": password}
    return client.post("/anmelden", data=data, headers={"x-forwarded-for": address}).status_code


def test_who_fails_at_an_account_from_elsewhere_keeps_nobody_out(house: House) -> None:
    with house.client() as stranger, house.client() as person:
        for second in range(0, 240, 4):
            house.seconds = float(second)
            as_from(house, stranger, "203.0.113.7", "falsch")
            if second % 40 == 0:
                person.cookies.clear()
                assert as_from(house, person, "198.51.100.9", "richtig") == 303, second
    assert len(house.asked) < 30, "the stranger waits"


def test_a_browser_that_once_signed_in_is_not_slowed_by_strangers_at_its_own_address(house: House) -> None:
    with house.client() as stranger, house.client() as person:
        assert house.enter(person).status_code == 303
        del person.cookies[cookie.NAME]
        for second in (0, 1, 3, 7, 15, 31, 59):
            house.seconds = float(second)
            house.enter(stranger, "falsch")
        assert house.enter(person).status_code == 303
        del person.cookies[cookie.NAME]
        assert house.enter(person, "falsch").status_code == 401
        assert house.enter(person, "falsch").status_code == 429, "but it waits for its own failures"
        for number in range(FREE_FOR_ADDRESS):
            house.enter(stranger, "falsch", email=f"{number}@example.org")
        assert house.enter(person, email="otto@example.org").status_code == 429, "and helps no other account"


def test_an_account_bears_so_many_tries_in_a_minute_from_however_many_addresses() -> None:
    clock = [0.0]
    throttle = Throttle(lambda: clock[0])
    went = 0
    for number in range(1200):
        clock[0] = number / 10
        went += throttle.begin((f"at:{number}:a", f"{ADDRESS}{number}", f"{ACCOUNT}a")) == 0.0
    assert went == 2 * TRIES_IN_A_MINUTE
    assert throttle.begin(("browser:known",)) == 0.0


def test_an_address_is_slowed_down_over_many_accounts() -> None:
    throttle = Throttle(lambda: 0.0)
    waits = [throttle.begin((f"at:{i}", f"{ADDRESS}1.2.3.4")) for i in range(FREE_FOR_ADDRESS + 2)]
    assert waits[:-1] == [0.0] * (FREE_FOR_ADDRESS + 1)
    assert waits[-1] > 0
    assert throttle.begin(("at:x", f"{ADDRESS}5.6.7.8")) == 0.0


@given(st.integers(1, 200))
def test_no_wait_is_longer_than_the_longest(failures: int) -> None:
    clock = [0.0]
    throttle = Throttle(lambda: clock[0])
    for _ in range(failures):
        clock[0] += throttle.begin(("at:a",)) + 0.001
    assert throttle.begin(("at:a",)) <= LONGEST_WAIT


def test_nocodb_away_at_sign_in_is_told_in_german_and_costs_no_wait(house: House) -> None:
    house.down = True
    with house.client() as client:
        answer = house.enter(client)
        assert answer.status_code == 503
        assert "nicht erreichbar" in answer.text
        house.down = False
        assert house.enter(client).status_code == 303


def test_somebody_without_a_role_in_the_base_is_turned_away_politely(house: House) -> None:
    house.role = Role.NONE
    with house.client() as client:
        answer = house.enter(client)
        assert answer.status_code == 403
        assert texts.NO_ROLE in answer.text
        assert cookie.NAME not in client.cookies


def test_what_a_person_typed_comes_back_escaped(house: House) -> None:
    with house.client() as client:
        answer = house.enter(client, "falsch", email='"><script>alert(1)</script>')
        assert "<script>" not in answer.text
        assert client.get("/anmelden?weiter=%22%3E%3Cscript%3E").text.count("<script>") == 0


@pytest.mark.parametrize(
    "target", ["//evil", "https://evil", "/\\evil", "\\evil", "/a\nb", "", None, "/anmelden", "/abmelden"]
)
def test_after_signing_in_nobody_is_sent_elsewhere(target: str | None) -> None:
    assert safe_target(target) == "/"


def test_every_answer_carries_the_headers_and_the_page_is_german(house: House) -> None:
    with house.client() as client:
        answers = [client.get("/anmelden"), client.get("/daten"), client.get("/gesundheit")]
        house.enter(client)
        answers.append(client.get("/"))
        for answer in answers:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "same-origin"
        assert answers[-1].text == '<html lang="de"><title>Kontaktnetz</title></html>'
        assert "'unsafe-inline'" not in answers[-1].headers["content-security-policy"].split("style-src")[0]
        assert "script" not in answers[0].headers["content-security-policy"].replace("default-src 'none'", "")


def test_health_answers_without_a_sign_in_and_without_names(house: House) -> None:
    with house.client() as client:
        assert client.get("/gesundheit").json() == {"status": "ok"}


GUESTS = "/a/17.AbCd_-12.0123456789abcdefghij-_"


def test_the_data_stream_below_the_path_of_guests_stays_closed(house: House) -> None:
    app = house.app()
    app.router.routes.append(WebSocketRoute("/a/{token}", lambda socket: socket.accept()))
    with Client(app) as client, pytest.raises(InvalidStatus):
        connect(f"ws://{client.address}{GUESTS}", proxy=None)
