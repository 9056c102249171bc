"""The answer pages over tables in memory: who is slowed down, what is kept when something fails, what leaks nowhere."""

from __future__ import annotations

import datetime as dt
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from guest_pages import NOW, SECRET, START, House, ask, memory, run
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from automations.events.tokens import Signer
from schemas.errors import NotFound, Unavailable
from schemas.events.choices import Answer
from streamlit_app.public.process import make_app
from streamlit_app.public.tickets import LIFETIME, Tickets
from streamlit_app.rsvp.english import ENGLISH
from streamlit_app.rsvp.form import ROOM, Flaw, read_form
from streamlit_app.rsvp.german import GERMAN
from streamlit_app.rsvp.routes import AnswerPages
from sync.settings import Settings

WRONG = "/a/17.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def house() -> House:
    return House(memory())


@pytest.fixture
def path(house: House) -> str:
    return house.link(house.guest(house.event()))


def break_down(house: House, *, table: str, at: str) -> None:
    """Let one kind of request to one table fail from now on."""

    def fail(what: str) -> None:
        if what == at:
            raise Unavailable("NocoDB ist nicht erreichbar.")

    house.stores[table].trouble = fail


def mend(house: House) -> None:
    for store in house.stores.values():
        store.trouble = lambda what: None


# --- wrong links -----------------------------------------------------------------------------------------------------


def test_whatever_is_wrong_with_a_link_the_page_is_the_same(house: House, path: str) -> None:
    token = path.removeprefix("/a/")
    row, mark, signature = token.split(".")
    wrong = [
        "x", "17", f"{row}.{mark}", f"{row}.{mark}.{signature[:-1]}", f"{row}.{mark}.{signature}A", f"0{token}",
        f"{row}.{mark}.{signature[::-1]}", f"{int(row) + 1}.{mark}.{signature}", f"{row}.{mark[::-1]}.{signature}",
        Signer(SECRET, "another base").token(int(row), mark), Signer("another", house.base_id).token(int(row), mark),
        Signer(SECRET, house.base_id).token(int(row) + 1, mark), Signer(SECRET, house.base_id).token(int(row), "ZZZZ"),
        "%00", "..%2f..", "'\"><script>", "ä" * 30,
    ]  # fmt: skip
    pages = []
    for number, one in enumerate(wrong):
        for method in ("GET", "POST"):
            pages.append(house.get(f"/a/{one}", method=method, peer=f"198.51.100.{number}"))

    assert {p.status for p in pages} == {404}
    assert len({p.plain for p in pages}) == 1
    assert len({tuple(n for n in p.headers if n != "content-length") for p in pages}) == 1
    assert "Verleihung" not in pages[0].text


@pytest.mark.parametrize("behind", [".", ",", ")", ">", ").", "”"])
def test_a_sign_that_a_mail_program_took_into_the_link_does_no_harm(house: House, path: str, behind: str) -> None:
    assert house.get(path + behind).status == 200
    assert house.answer(path + behind, Answer.NO).status == 303
    assert house.get(path + behind + "A").status == 404


# --- forms -----------------------------------------------------------------------------------------------------------


def test_a_form_that_is_forged_of_another_link_or_too_old_changes_nothing_and_keeps_what_was_typed(house: House, path):
    other = house.link(house.guest(house.event(), "Olaf Muster"))
    late = house.get(path).ticket()
    house.later(seconds=LIFETIME.total_seconds())
    before = house.rows()

    for ticket in ("", "x", late, house.get(other).ticket(), house.get(path).ticket()[:-1]):
        page = house.post(path, {"formular": ticket, "antwort": "zugesagt", "bedarf": "ohne Nüsse"})
        assert (page.status, "ohne Nüsse" in page.text) == (403, True)
    assert house.rows() == before
    assert house.post(path, {"formular": page.ticket(), "antwort": "zugesagt"}).status == 303


def test_what_is_missing_or_too_much_is_said_at_its_field_and_nothing_is_written(house: House, path: str) -> None:
    before = house.rows()
    nothing = house.post(path, {"formular": house.get(path).ticket()})
    assert nothing.status == 422
    assert 'role="alert" tabindex="-1" id="fehler" autofocus' in nothing.text
    assert 'href="#a-zugesagt"' in nothing.text

    wrong = house.answer(path, Answer.REPRESENTED, begleitung="3", bedarf="x" * (ROOM["bedarf"] + 1))
    assert wrong.status == 422
    for anchor in ("#vertretung", "#begleitung", "#bedarf"):
        assert f'href="{anchor}"' in wrong.text
        assert f'aria-describedby="hinweis-{anchor[1:]} fehler-{anchor[1:]}" aria-invalid="true"' in wrong.text
    assert "x" * (ROOM["bedarf"] + 1) in wrong.text, "nothing is cut off silently"
    assert house.rows() == before
    assert house.post(path, {"formular": wrong.ticket(), "antwort": "abgesagt"}).status == 303, "the form goes on"


def test_what_a_guest_typed_comes_back_escaped(house: House, path: str) -> None:
    nasty = '"><script>alert(1)</script>'
    page = house.answer(path, Answer.REPRESENTED, vertretung="", bemerkung=nasty, namen=nasty)
    assert page.status == 422
    assert "<script" not in page.text
    house.answer(path, Answer.YES, begleitung="1", bemerkung=nasty, namen=nasty)
    for query in ("", "?notiert=1", '?sprache="><script>'):
        assert "<script" not in house.get(path + query).text


def test_a_body_of_any_size_is_not_read_to_its_end(house: House, path: str) -> None:
    before = house.rows()
    assert run(ask(house.app, "POST", path, body=b"a" * (AnswerPages.longest_body + 1))).status == 413
    assert (
        run(ask(house.app, "POST", path, body=b"a" * (AnswerPages.longest_body + 1), content_length="5")).status == 413
    )
    assert house.post(path, {f"feld{n}": "x" for n in range(50)}).status == 413
    assert run(ask(house.app, "POST", path, body=b"\xff\xfe=1")).status == 413
    assert house.rows() == before


@given(
    fields=st.dictionaries(st.sampled_from(["antwort", "begleitung", *ROOM]), st.text(max_size=2100)),
    most=st.integers(0, 20),
)
def test_any_form_can_be_read_and_what_has_no_flaw_fits(fields: Mapping[str, str], most: int) -> None:
    typed = read_form(fields, most)

    assert typed.brings <= most or typed.flaws
    texts = {"vertretung": typed.represented_by, "namen": typed.companion_names, "bedarf": typed.needs,
             "bemerkung": typed.remark}  # fmt: skip
    for name, text in texts.items():
        assert len(text) <= ROOM[name] or typed.flaws[name] == Flaw.TOO_LONG
        assert "\x00" not in text
    assert (typed.answer is not None) or typed.flaws["antwort"] == Flaw.MISSING


def test_a_ticket_is_good_for_its_own_link_and_key_only() -> None:
    made = Tickets("a key").issue("1.AAAA.x", NOW)
    found = Tickets("a key").genuine("1.AAAA.x", made)
    assert found is not None
    assert found.expires == NOW + LIFETIME
    assert Tickets("a key").genuine("1.AAAB.x", made) is None
    assert Tickets("another key").genuine("1.AAAA.x", made) is None
    assert Tickets("a key").issue("1.AAAA.x", NOW) != made


# --- when something fails --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "at"), [("invitation", "get"), ("reply", "pull"), ("reply", "create")])
def test_an_answer_that_cannot_be_taken_down_stays_in_the_form_and_can_be_sent_again(house: House, path, table, at):
    ticket = house.get(path).ticket()
    form = {"formular": ticket, "antwort": "zugesagt", "begleitung": "1", "namen": "Otto", "bedarf": "vegan"}
    break_down(house, table=table, at=at)

    page = house.post(path, form)

    assert page.status == 503
    for told in ("konnte nicht notiert werden", "antwort@example.org", "Otto", "vegan", 'value="zugesagt" required c'):
        assert told in page.text
    mend(house)
    assert house.rows()["reply"] == []
    assert house.post(path, {**form, "formular": page.ticket()}).status == 303
    assert len(house.rows()["reply"]) == 1


def test_a_reply_lost_on_the_way_is_one_answer_after_the_form_is_sent_again(house: House, path: str) -> None:
    form = {"formular": house.get(path).ticket(), "antwort": "zugesagt"}
    create = house.stores["reply"].create

    def lose(new: object) -> object:
        create(new)
        raise Unavailable("Die Antwort ging verloren.")

    house.stores["reply"].create = lose
    page = house.post(path, form)
    assert page.status == 503
    house.stores["reply"].create = create

    assert house.post(path, {**form, "formular": page.ticket()}).status == 303
    assert [r.answer for r in house.rows()["reply"]] == [Answer.YES]


def test_of_two_clicks_at_the_very_same_moment_one_counts(house: House, path: str) -> None:
    form = {"formular": house.get(path).ticket(), "antwort": "zugesagt"}
    meeting = threading.Barrier(2)

    def meet(what: str) -> None:
        if what == "create":
            with suppress(threading.BrokenBarrierError):
                meeting.wait(0.3)  # whoever is alone here goes on by itself

    house.stores["reply"].trouble = meet
    with ThreadPoolExecutor(2) as clicks:
        assert [s.status for s in clicks.map(lambda _: house.post(path, form), range(2))] == [303, 303]
    mend(house)
    assert len(house.rows()["reply"]) == 1


def test_an_answer_that_stands_but_does_not_count_yet_is_called_so(house: House, path: str) -> None:
    break_down(house, table="invitation", at="swap")
    assert house.answer(path, Answer.YES).status == 303
    page = house.get(f"{path}?notiert=1")
    assert "Ihre Antwort ist angekommen. Sie wird in Kürze eingetragen" in page.text
    assert len(house.rows()["reply"]) == 1


def test_without_the_base_a_page_says_when_to_come_back_and_names_no_guest(house: House, path: str) -> None:
    house.get(path)
    break_down(house, table="invitation", at="get")
    page = house.get(path)
    assert (page.status, "Vera Beispiel" in page.text, "antwort@example.org" in page.text) == (503, False, True)

    fresh = House(house.stores, down=True)
    assert [fresh.get(path).status for _ in range(5)] == [503] * 5
    assert fresh.opened == 1, "guests do not queue for a server that does not answer"
    fresh.down = False
    fresh.seconds += 6
    mend(house)
    assert fresh.get(path).status == 200


def test_a_renamed_column_is_looked_up_anew_and_the_shape_is_not_read_for_every_page(house: House, path: str) -> None:
    for _ in range(5):
        house.get(path)
    assert house.opened == 1
    failures = [NotFound("Spalte weg")]
    house.stores["invitation"].trouble = lambda what: failures and (_ for _ in ()).throw(failures.pop())

    assert house.get(path).status == 200
    assert house.opened == 2


def test_a_page_asks_the_base_once_while_the_event_is_fresh(house: House, path: str) -> None:
    house.get(path)
    for store in house.stores.values():
        store.asked.clear()
    house.get(path)
    assert {code: store.asked for code, store in house.stores.items() if store.asked} == {"invitation": ["get"]}


def test_a_fault_of_ours_does_not_swallow_what_was_typed(house: House, path: str) -> None:
    form = {"formular": house.get(path).ticket(), "antwort": "zugesagt", "bemerkung": "bleibt"}
    house.stores["reply"].trouble = lambda what: 1 // 0
    page = house.post(path, form)
    assert (page.status, "bleibt" in page.text) == (503, True)


# --- what goes nowhere -----------------------------------------------------------------------------------------------


def test_no_page_calls_another_host_and_all_say_that_they_are_nobody_elses(house: House, path: str) -> None:
    house.answer(path, Answer.YES)
    pages = [house.get(path), house.get(f"{path}?notiert=1"), house.get(f"{path}/termin.ics"), house.get(WRONG)]
    pages += [house.answer(path, Answer.NO), house.post(path, {})]
    for page in pages:
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]
        assert "set-cookie" not in page.headers
        assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page.text) == []
        assert "<script" not in page.text
    for page in (*pages[:2], pages[3], pages[5]):
        policy = page.headers["content-security-policy"]
        nonce = re.search(r'<style nonce="([^"]+)"', page.text)
        assert nonce
        assert f"style-src 'nonce-{nonce[1]}'" in policy
        assert policy.startswith("default-src 'none'")
        assert "style=" not in page.text


def test_no_log_ever_holds_a_link(house: House, path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = house.get(path).ticket()
    house.answer(path, Answer.YES)
    house.get(WRONG)
    break_down(house, table="invitation", at="get")
    house.get(path)
    house.stores["invitation"].trouble = lambda what: 1 // 0
    house.post(path, {"formular": ticket, "antwort": "zugesagt"})

    assert "public page failed" in caplog.text
    token = path.removeprefix("/a/")
    for secret in (token, token.split(".")[1], token.split(".")[2], ticket, "Vera"):
        assert secret not in caplog.text


# --- language and calendar -------------------------------------------------------------------------------------------


def test_english_is_kept_from_page_to_page(house: House, path: str) -> None:
    page = house.get(f"{path}?sprache=en")
    assert '<html lang="en">' in page.text
    assert '<h1 lang="de">Verleihung' in page.text, "what staff wrote stays German, and says so"
    assert "Thursday, 8 October 2026, 18:00 to 20:00" in page.text
    assert 'action="?sprache=en"' in page.text
    assert '<a href="?" lang="de"' in page.text

    sent = house.answer(path, Answer.YES, query="?sprache=en")
    assert sent.headers["location"] == "?sprache=en&notiert=1#notiert"
    noted = house.get(path + sent.headers["location"].partition("#")[0])
    assert "We have written down your answer." in noted.text
    assert 'termin.ics?sprache=en"' in noted.text
    assert '<a class="plain" href="?sprache=en">' in noted.text
    assert '<a href="?notiert=1" lang="de"' in noted.text


@pytest.mark.parametrize("words", [GERMAN, ENGLISH])
def test_an_event_over_midnight_names_both_days(words: object) -> None:
    told = words.span(START, START + dt.timedelta(hours=20))  # type: ignore[attr-defined]
    assert "8" in told
    assert "9" in told
    assert "14:00" in told


def test_the_file_for_calendars_is_published_and_asks_for_no_answer(house: House, path: str) -> None:
    answer = house.get(f"{path}/termin.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    calendar = Calendar.from_ical(answer.text)
    (entry,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (START, START + dt.timedelta(hours=2))
    assert entry["ORGANIZER"] == "mailto:antwort@example.org"
    assert entry["ORGANIZER"].params["CN"]
    assert all(name in entry for name in ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY"))
    assert "ATTENDEE" not in entry
    assert path.removeprefix("/a/") not in answer.text, "calendars are shared; the link is not"


@pytest.mark.parametrize(
    ("cell", "organiser"),
    [("Büro <büro@bürgerhaus.example>", "mailto:büro@xn--brgerhaus-q9a.example"), ("", None), ("keine", None),
     ("a@x.example, b@x.example", None)],
)  # fmt: skip
def test_a_calendar_is_published_by_one_usable_address_or_has_no_method(house: House, cell, organiser) -> None:
    answer = house.get(f"{house.link(house.guest(house.event(reply_to=cell)))}/termin.ics")
    calendar = Calendar.from_ical(answer.text)
    (entry,) = calendar.walk("VEVENT")

    assert entry.get("ORGANIZER") == organiser
    assert calendar.get("METHOD") == ("PUBLISH" if organiser else None)
    assert ("method=PUBLISH" in answer.headers["content-type"]) == (organiser is not None)


# --- alone -----------------------------------------------------------------------------------------------------------


def test_the_answer_pages_run_without_anything_of_the_dashboards() -> None:
    code = "import sys, streamlit_app.public.process; print([m for m in sys.modules if m.split('.')[0] == 'streamlit'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_alone_there_is_nothing_but_answer_pages(tmp_path) -> None:
    app = make_app(
        Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, nocodb_url="http://127.0.0.1:9", nocodb_token="x")
    )
    for path in ("/", "/anmelden", "/a", "/a/x/y", "/kontakte", "/_stcore/health"):
        page = run(ask(app, "GET", path))
        assert (page.status, "Diese Seite gibt es nicht" in page.text) == (404, True)
    assert run(ask(app, "DELETE", "/a/x")).status == 404
    assert "Disallow: /" in run(ask(app, "GET", "/robots.txt")).text
    assert run(ask(app, "GET", "/gesundheit")).status == 200
