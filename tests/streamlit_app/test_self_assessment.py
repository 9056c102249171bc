"""The questionnaire over tables in memory: wrong links, what is kept when something fails, what leaks nowhere."""

from __future__ import annotations

import logging
import random
import re
import string

import pytest
from form_pages import PARTS, FormHouse, filled_in, memory, open_in_memory
from guest_pages import SECRET, House
from guest_pages import memory as guest_memory

from automations.certification.form_links import FormSigner
from automations.events.tokens import Signer
from schemas.certification.choices import Phase
from schemas.certification.rules.procedure import Criterion, Procedure
from schemas.certification.rules.self_assessment import Access, access, closing_step, parts, unanswered
from schemas.errors import LeaseHeld, Unavailable
from streamlit_app.public.limits import FREE, Limits
from streamlit_app.public.tickets import LIFETIME
from streamlit_app.self_assessment import routes
from streamlit_app.self_assessment.form import NAME_ROOM, ROOM

SIGNS = string.ascii_letters + string.digits + "-_"
TRIES = 500


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> FormHouse:
    stores = memory()
    open_in_memory(monkeypatch, stores)
    return FormHouse(stores)


def break_down(house: FormHouse, table: str, at: str) -> None:
    def fail(what: str) -> None:
        if what == at:
            raise Unavailable("NocoDB ist nicht erreichbar.")

    house.stores[table].trouble = fail


def mend(house: FormHouse) -> None:
    for store in house.stores.values():
        store.trouble = lambda what: None


# --- links -----------------------------------------------------------------------------------------------------------


def test_of_five_hundred_random_and_changed_tokens_none_gets_in_and_nothing_is_changed(house: FormHouse) -> None:
    dice = random.Random(6)
    case = house.case()
    token = house.link(case).removeprefix("/e/")
    row, mark, signature = token.split(".")
    form = filled_in(house.get(f"/e/{token}/1"))
    before = house.rows(case)
    invitations = House(guest_memory())
    wrong = {
        Signer(SECRET, house.connection.base.id).token(case, mark),  # the same row, but a guest's link
        invitations.link(invitations.guest(invitations.event())).removeprefix("/a/"),
        FormSigner(SECRET, "another base").token(case, mark),
        FormSigner("another key", house.connection.base.id).token(case, mark),
        FormSigner(SECRET, house.connection.base.id).token(case + 1, mark),
        f"{int(row) + 1}.{mark}.{signature}", f"0{token}", f"{token}A", token[:-1], "x",
    }  # fmt: skip
    while len(wrong) < TRIES:
        at = dice.randrange(len(token))
        changed = token[:at] + dice.choice(SIGNS) + token[at + 1 :]
        made = "".join(dice.choices(SIGNS, k=22))
        wrong |= {changed, f"{row}.{mark}.{made}"} - {token}

    pages = []
    for number, one in enumerate(sorted(wrong)):
        peer = f"10.{number // 250}.{number % 250}.1"
        house.seconds += 1  # all of them together are bounded, too
        path = f"/e/{one}{('', '/1', '/abschluss')[number % 3]}"
        sent = {**form, "name": "Fremd", "w:ansprechperson": "3"}
        pages.append(house.post(path, sent, peer=peer) if number % 3 else house.get(path, peer=peer))

    assert len(pages) >= TRIES
    assert {p.status for p in pages} == {404}
    assert len({p.plain for p in pages}) == 1
    assert house.rows(case) == before
    assert house.get(f"/e/{token}").status == 200


def test_who_tries_links_is_slowed_down_for_guests_links_and_questionnaires_alike(house: FormHouse) -> None:
    path = house.link(house.case())
    form = filled_in(house.get(f"{path}/1"))
    for _ in range(FREE + 1):
        house.get("/e/17.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")

    assert house.get(path).status == 429
    assert house.get(path, peer="203.0.113.77").status == 200, "others are not held up"
    assert house.fill(f"{path}/1", form=form, einarbeitung="2").status == 303, "who has the form before them can save"
    guests = Limits(lambda: 0.0)
    beside = guests.beside(answers_per_hour=1, reads_per_minute=1)
    assert (beside.slowing, beside.wrong) == (guests.slowing, guests.wrong)
    assert beside.reads is not guests.reads, "the same row may stand in both tables"


def test_one_link_may_be_saved_so_often_and_no_more_and_keeps_what_was_typed(
    house: FormHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("form_pages.SAVES_PER_HOUR", 3)
    house.restart()
    case = house.case()
    path = f"{house.link(case)}/1"
    seen = [house.fill(path, einarbeitung=str(n)).status for n in range(3)]
    before = house.rows(case)

    refused = house.fill(path, einarbeitung=("3", "Das soll bleiben"))

    assert (seen, refused.status, "Das soll bleiben" in refused.text) == ([303] * 3, 429, True)
    assert house.rows(case) == before


# --- forms -----------------------------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_at_its_field_nothing_is_written_and_nothing_is_cut(house: FormHouse) -> None:
    case = house.case()
    path = f"{house.link(case)}/2"
    before = house.rows(case)
    nasty = '"><script>alert(1)</script>'

    wrong = house.fill(path, by="", aufgaben=("2", "b" * (ROOM + 1), nasty))
    longer = house.fill(path, by="n" * (NAME_ROOM + 1), aufgaben="2")
    stale = filled_in(house.get(path))
    house.later(seconds=LIFETIME.total_seconds())
    late = house.fill(path, form=stale, aufgaben=("2", "bleibt stehen"))
    forged = house.fill(path, form={**stale, "formular": "x"}, aufgaben=("2", "bleibt stehen"))

    assert (wrong.status, longer.status, late.status, forged.status) == (422, 422, 403, 403)
    for anchor in ("#name", "#b-1"):
        assert f'href="{anchor}"' in wrong.text
    assert 'aria-describedby="hinweis-b-1 fehler-b-1" aria-invalid="true"' in wrong.text
    assert "b" * (ROOM + 1) in wrong.text
    assert "<script" not in wrong.text
    assert "bleibt stehen" in late.text
    assert house.rows(case) == before
    assert house.fill(path, form={**filled_in(late), "unbekannt": "x"}).status == 303
    assert house.said(case)["aufgaben"].self_proof == "bleibt stehen"
    assert house.post(path, {f"feld{n}": "x" for n in range(99)}).status == 413
    assert house.post(path, {"b:aufgaben": "ä" * 400_000}).status == 413


def test_the_name_is_typed_once_and_kept_by_the_browser_alone(house: FormHouse) -> None:
    path = house.link(house.case())
    saved = house.fill(f"{path}/1", by='Zoë Müller-Probe; = "x"', einarbeitung="2")
    cookie = saved.headers["set-cookie"]
    for told in ("HttpOnly", "SameSite=lax", "Path=/e/", "Max-Age="):
        assert told in cookie
    kept = cookie.partition(";")[0]

    page = house.get(f"{path}/2", cookie=kept)

    assert filled_in(page)["name"] == 'Zoë Müller-Probe; = "x"'
    assert 'id="name"' not in page.text, "not asked again"
    assert 'id="name"' in house.get(f"{path}/2?name=neu", cookie=kept).text
    assert 'id="name"' in house.get(f"{path}/2").text, "without cookies it is asked"
    assert "<script" not in house.get(f"{path}/2", cookie="kontaktnetz_name=%3Cscript%3E").text


def test_an_untouched_page_goes_on_without_a_name_and_without_a_write(house: FormHouse) -> None:
    case = house.case()
    path = house.link(case)
    going = house.fill(f"{path}/1", by="")
    resting = house.post(f"{path}/3", {**filled_in(house.get(f"{path}/3")), "pause": "1"})

    assert (going.headers["location"], house.said(case)) == ("2?gespeichert=1#gespeichert", {})
    assert resting.headers["location"] == f"../{path.removeprefix('/e/')}?gespeichert=1#gespeichert"


def test_the_criteria_are_those_that_the_round_keeps_and_reviews_are_never_shown(house: FormHouse) -> None:
    asked = Procedure((), (Criterion("eigenes", "Unser eigenes Kriterium", "Eigenes", must=True),))
    case = house.case(asked)
    path = house.link(case)
    house.fill(f"{path}/1", eigenes="1")
    (row,) = house.said(case).values()
    house.stores["assessment"].swap(row.id, {}, {"review_comment": "Geheimer Eindruck", "review_rating": "0"})

    pages = [house.get(p) for p in (path, f"{path}/1", f"{path}/abschluss")]

    assert all("Eigenes" in p.text for p in pages)
    assert not any("Geheimer Eindruck" in p.text or "Freiwillige sind versichert" in p.text for p in pages)
    assert "Fragebogen ist fertig" not in pages[2].text, "this round has no such step"
    refused = house.post(f"{path}/abschluss", filled_in(house.get(f"{path}/1")))
    assert (refused.status, house.records(case)) == (409, [])


@pytest.mark.parametrize(
    ("phase", "told"),
    [(Phase.PAUSED, "ruht zurzeit"), (Phase.WITHDRAWN, "Dieses Verfahren ist beendet"),
     (Phase.AWARDED, "lässt sich hier nichts mehr ändern")],
)  # fmt: skip
def test_what_does_not_run_is_read_only(house: FormHouse, phase: Phase, told: str) -> None:
    case = house.case()
    path = house.link(case)
    form = filled_in(house.get(f"{path}/1"))
    house.stores["certification"].swap(case, {}, {"phase": phase})
    before = house.rows(case)

    page = house.get(f"{path}/abschluss")
    house.fill(f"{path}/1", form=form, ansprechperson="3")
    house.post(f"{path}/abschluss", form)

    assert told in page.text
    assert "<form" not in page.text
    assert house.rows(case) == before


# --- when something fails --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "at"), [("certification", "get"), ("assessment", "pull"), ("assessment", "swap")])
def test_what_was_typed_stays_in_the_form_while_the_base_is_away(house: FormHouse, table: str, at: str) -> None:
    case = house.case()
    path = f"{house.link(case)}/1"
    form = filled_in(house.get(path))
    break_down(house, table, at)

    page = house.fill(path, form=form, ansprechperson=("3", "Aushang", "Mit Foto"))

    assert page.status == 503
    for told in ("konnten nicht gespeichert werden", "Aushang", "Mit Foto", "Woran man es erkennt"):
        assert told in page.text
    mend(house)
    assert house.fill(path, form=filled_in(page)).status == 303
    row = house.said(case)["ansprechperson"]
    assert (row.self_rating, row.self_proof, row.rated_by) == ("3", "Aushang", "Anna Müller")


def test_a_process_that_remembers_nothing_keeps_what_was_typed_too(house: FormHouse) -> None:
    case = house.case()
    path = f"{house.link(case)}/1"
    form = filled_in(house.get(path))
    house.down = True
    house.restart()

    page = house.fill(path, form=form, ansprechperson=("3", "Aushang"))

    assert (page.status, "Aushang" in page.text, "feste Ansprechperson" in page.text) == (503, True, True)
    assert house.get(path).status == 503
    house.down = False
    house.restart()
    assert house.fill(path, form=filled_in(page)).status == 303
    assert house.said(case)["ansprechperson"].self_proof == "Aushang"


def test_handing_in_while_another_writer_is_at_work_says_so_and_can_be_done_again(
    house: FormHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = house.case()
    path = house.link(case)
    house.fill_all(case)
    form = {**filled_in(house.get(f"{path}/abschluss")), "name": "Anna"}
    before = house.rows(case)
    real = routes.carry_out

    def busy(*given: object) -> None:
        raise LeaseHeld("Ein anderer Vorgang schreibt gerade.")

    monkeypatch.setattr(routes, "carry_out", busy)
    told = house.post(f"{path}/abschluss", form)
    assert (told.status, "Ihre Antworten sind gespeichert" in told.text) == (503, True)
    assert house.rows(case) == before
    monkeypatch.setattr(routes, "carry_out", real)
    assert house.post(f"{path}/abschluss", form).status == 303
    assert len(house.records(case)) == 1


def test_no_log_holds_a_link_a_name_or_a_text_and_no_page_calls_another_host(
    house: FormHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    case = house.case()
    path = house.link(case)
    form = filled_in(house.get(f"{path}/1"))
    pages = [house.get(path), house.get(f"{path}/1"), house.get(f"{path}/abschluss"), house.get("/e/x")]
    house.fill(f"{path}/1", form=form, ansprechperson=("3", "Vertrauliches"))
    break_down(house, "assessment", "pull")
    pages.append(house.fill(f"{path}/1", form=form, ansprechperson=("2", "Vertrauliches")))
    house.stores["certification"].trouble = lambda what: 1 // 0
    pages.append(house.fill(f"{path}/1", form=form, ansprechperson=("2", "Vertrauliches")))

    assert "public page failed" in caplog.text
    token = path.removeprefix("/e/")
    for secret in (token, *token.split(".")[1:], form["formular"], "Anna", "Vertrauliches", "Sonnenschein"):
        assert secret not in caplog.text
    for page in pages:
        assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
        assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page.text) == []
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")


# --- words and rules -------------------------------------------------------------------------------------------------


def test_english_is_kept_from_page_to_page_and_what_staff_wrote_says_that_it_is_german(house: FormHouse) -> None:
    path = house.link(house.case())
    page = house.get(f"{path}/1?sprache=en")

    assert '<html lang="en">' in page.text
    assert '<legend><span lang="de">Es gibt eine feste' in page.text
    assert 'action="?sprache=en"' in page.text
    sent = house.post(f"{path}/1?sprache=en", {**filled_in(page), "name": "Ann", "w:einarbeitung": "2"})
    assert sent.headers["location"] == "2?sprache=en&gespeichert=1#gespeichert"
    assert "1 of 8 criteria answered" in house.get(f"{path}/abschluss?sprache=en").text


def test_pages_hold_every_criterion_once_in_order_and_areas_stay_together() -> None:
    criteria = tuple(Criterion(f"c{n}", f"K{n}", "BA"[n % 2], must=n % 3 == 0) for n in range(13))
    made = parts(Procedure((), criteria))

    assert [p.number for p in made] == [1, 2, 3, 4]
    assert [(p.area, len(p.criteria)) for p in made] == [("B", 4), ("B", 3), ("A", 3), ("A", 3)]
    assert sorted(c.code for p in made for c in p.criteria) == sorted(c.code for c in criteria)
    assert parts(Procedure((), ())) == ()
    assert [c.code for c in unanswered(Procedure((), criteria), {"c0", "c1"}, must=True)] == ["c3", "c6", "c9", "c12"]
    assert closing_step(Procedure((), criteria)) is None
    assert {p: access(p) for p in (Phase.SEMINAR, Phase.TEAM, "eigene Phase", None)} == {
        Phase.SEMINAR: Access.OPEN, Phase.TEAM: Access.OPEN, "eigene Phase": Access.OPEN, None: Access.OPEN,
    }  # fmt: skip
    assert len(PARTS) == 3
