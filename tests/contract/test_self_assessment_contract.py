"""The questionnaire over tables in memory and over a real NocoDB: the same tests, so that the memory may stand in."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from form_pages import CODES, PARTS, FormHouse, filled_in, memory, open_in_memory
from guest_pages import SECRET, ask, run

from automations.certification.form_links import FormLinks, FormSigner, open_form_links
from automations.certification.form_mail import FormConcerns, FormNotSent, queue_form, withdraw_form
from schemas.base import BASE
from schemas.certification.choices import Actor, Phase, RecordOutcome
from schemas.certification.rules.procedure import Criterion, Procedure, Step
from schemas.certification.tables import StepRecord
from schemas.operations.tables import Post
from streamlit_app.public.process import make_app
from sync.connection import Connection
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.settings import Settings


class Contract:
    """What the questionnaire promises, whatever the tables are."""

    def test_saved_page_by_page_by_several_people_and_handed_in_once(self, house: FormHouse) -> None:
        case, other = house.case(), house.case(name="Chor Nordpark")
        path = house.link(case)
        untouched, before = house.rows(other), house.rows(case)

        for page in (path, f"{path}/1", f"{path}/3", f"{path}/abschluss", f"{path}?gespeichert=1&name=neu"):
            assert house.get(page, method="HEAD" if page == path else "GET").status == 200
        assert house.rows(case) == before, "reading changes nothing"

        saved = house.fill(f"{path}/1", ansprechperson=("3", "Aushang am\r\nEingang", "Vertretung „fehlt“ & kommt"))
        assert (saved.status, saved.headers["location"]) == (303, "2?gespeichert=1#gespeichert")
        house.later(minutes=5)
        later = house.fill(f"{path}/1", by="Olaf Muster", einarbeitung="1")
        said = house.said(case)
        first, second = said["ansprechperson"], said["einarbeitung"]
        assert (first.self_rating, first.self_proof, first.self_comment, first.rated_by) == (
            "3", "Aushang am\nEingang", "Vertretung „fehlt“ & kommt", "Anna Müller",
        )  # fmt: skip
        assert (second.self_rating, second.rated_by, second.rated_at) == ("1", "Olaf Muster", house.now)
        assert first.rated_at == house.now - dt.timedelta(minutes=5), "only what a person changed is theirs"
        assert later.status == 303
        assert "Anna Müller (1), Olaf Muster (1)" in house.get(path).text

        missing = house.get(f"{path}/abschluss")
        assert "Freiwillige sind versichert" in missing.text
        refused = house.post(f"{path}/abschluss", {"formular": house.get(f"{path}/1").ticket(), "name": "Anna"})
        assert (refused.status, house.records(case)) == (422, [])

        house.fill(f"{path}/2", **dict.fromkeys(PARTS[2], "2"))
        form = {**filled_in(house.get(f"{path}/abschluss")), "name": "Rita Redlich"}
        with ThreadPoolExecutor(3) as clicks:
            sent = list(clicks.map(lambda _: house.post(f"{path}/abschluss", form), range(3)))
        assert {s.headers.get("location") for s in sent} == {"abschluss?fertig=1#fertig"}
        (record,) = house.records(case)
        assert (record.step_code, record.outcome, record.done_by, record.done_on) == (
            "team", RecordOutcome.DONE, "Rita Redlich", dt.date(2026, 9, 1),
        )  # fmt: skip
        assert "Als fertig gemeldet am 01.09.2026 von Rita Redlich." in house.get(f"{path}/abschluss?fertig=1").text
        assert house.rows(other) == untouched

    def test_of_two_people_at_once_the_later_one_is_told_and_nothing_is_lost(self, house: FormHouse) -> None:
        case = house.case()
        path = house.link(case)
        house.fill(f"{path}/1", ansprechperson=("1", "Aushang", "alt"))
        mine = filled_in(house.get(f"{path}/1"))
        house.fill(f"{path}/1", by="Olaf Muster", ansprechperson=("3", "Aushang mit Foto", "neu"))
        theirs = house.said(case)["ansprechperson"]

        told = house.fill(f"{path}/1", form=mine, ansprechperson="2", einarbeitung="2")

        assert told.status == 409
        assert "Olaf Muster" in told.text
        assert "Aushang mit Foto" in told.text
        said = house.said(case)
        assert said["ansprechperson"] == theirs, "not overwritten blindly"
        assert (said["einarbeitung"].self_rating, said["einarbeitung"].rated_by) == ("2", "Anna Müller")
        again = filled_in(told)
        assert (again["w:ansprechperson"], again["b:ansprechperson"]) == ("2", "Aushang mit Foto")
        replayed = house.fill(f"{path}/1", form=mine, ansprechperson="2", einarbeitung="2")
        assert (replayed.status, house.said(case)["ansprechperson"]) == (409, theirs)

        assert house.fill(f"{path}/1", form=again).status == 303

        row = house.said(case)["ansprechperson"]
        assert (row.self_rating, row.self_proof, row.self_comment, row.rated_by) == (
            "2", "Aushang mit Foto", "neu", "Anna Müller",
        )  # fmt: skip
        stands = house.said(case)
        assert house.fill(f"{path}/1", form=again).status == 303, "the same form once more is the same"
        assert house.said(case) == stands

    def test_a_void_link_is_like_one_that_never_was(self, house: FormHouse) -> None:
        case, other = house.case(), house.case()
        old, others = house.link(case), house.link(other)
        form = filled_in(house.get(f"{old}/1"))
        signer = FormSigner(SECRET, house.connection.base.id)

        new = FormLinks(house.stores["certification"], signer).revoke(case)

        before = house.rows(case, other)
        never = house.get("/e/9999999.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")
        for page in (
            house.get(old), house.get(f"{old}/1"), house.get(f"{old}/abschluss"),
            house.fill(f"{old}/1", form=form, ansprechperson="3"), house.post(f"{old}/abschluss", form),
            house.get(f"/e/{signer.token(99_999, 'AAAAAAAA')}"),
        ):  # fmt: skip
            assert (page.status, page.plain) == (404, never.plain)
        assert house.rows(case, other) == before
        assert house.get(f"/e/{new}").status == house.get(others).status == 200

    def test_when_the_review_begins_nothing_can_be_changed_and_given_back_it_can(self, house: FormHouse) -> None:
        small = Procedure(
            (Step("team", "Selbsteinschätzung", Phase.TEAM, Actor.PLACEMENT),
             Step("besuch", "Besuch", Phase.REVIEW, Actor.REVIEWER)),
            (Criterion("a", "Das Eine", must=True), Criterion("b", "Das Andere")),
        )  # fmt: skip
        case = house.case(small)
        path = house.link(case)
        house.fill(f"{path}/1", a=("3", "Beleg eins"))
        late = filled_in(house.get(f"{path}/1"))
        house.post(f"{path}/abschluss", {**filled_in(house.get(f"{path}/abschluss")), "name": "Anna"})
        assert house.stands(case).phase == Phase.REVIEW
        before = house.rows(case)

        assert house.get(path).headers["location"].endswith("/abschluss")
        read = house.get(f"{path}/abschluss")
        refused = house.fill(f"{path}/1", form=late, a=("0", "Zu spät getippt"))

        assert ("<form" in read.text, "Beleg eins" in read.text) == (False, True)
        assert (refused.status, "Zu spät getippt" in refused.text) == (409, True)
        assert house.rows(case) == before
        house.stores["step_record"].create([
            StepRecord(name="Selbsteinschätzung", certification=case, step_code="team",
                       outcome=RecordOutcome.RETURNED, done_on=dt.date(2026, 9, 1), ident=f"t:zurueck:{case}")
        ])  # fmt: skip
        house.stores["certification"].swap(case, {"phase": Phase.REVIEW}, {"phase": Phase.TEAM})
        assert house.fill(f"{path}/1", b="2").status == 303
        house.post(f"{path}/abschluss", {**filled_in(house.get(f"{path}/abschluss")), "name": "Anna"})
        assert [r.outcome for r in house.records(case)] == ["erledigt", "zurueckgegeben", "erledigt"]
        assert house.stands(case).phase == Phase.REVIEW


class TestInMemory(Contract):
    @pytest.fixture
    def house(self, monkeypatch: pytest.MonkeyPatch) -> FormHouse:
        stores = memory()
        open_in_memory(monkeypatch, stores)
        return FormHouse(stores)


@pytest.mark.server
class TestOnNocoDB(Contract):
    @pytest.fixture
    def house(self, client, base) -> FormHouse:
        resolved = resolve(client, BASE, base)
        stores = {code: TableStore(client, resolved, BASE.record(code)) for code in CODES}
        return FormHouse(stores, Connection(client, resolved))

    def test_the_process_opens_what_it_needs_and_staff_send_the_questionnaire(
        self, house: FormHouse, client, base, tmp_path: Path
    ) -> None:
        token = client.request("POST", "/api/v1/tokens", json={"description": "test"})["token"]
        settings = Settings(_env_file=None, nocodb_url=client.url, nocodb_token=token, nocodb_base=base,
                            KONTAKTNETZ_DATA=tmp_path, ANSWER_URL="https://antwort.example.org",
                            answer_check=False)  # fmt: skip
        case = house.case(mail="team@example.org", mark=None)
        assert isinstance(house.connection, Connection)

        queued = queue_form(settings, house.connection, case, lambda: house.now)

        outbox = TableStore(client, house.connection.base, Post)
        (waiting,) = [post for post in outbox.pull() if post.id == queued.row]
        (ready,), _ = FormConcerns(settings, open_form_links(settings, house.connection)).ready([waiting])
        (link,) = {word for word in (ready.text or "").split() if word.startswith("https://antwort")}
        app = make_app(settings)
        page = run(ask(app, "GET", link.removeprefix("https://antwort.example.org")))
        assert (page.status, "Kita Sonnenschein" in page.text, queued.mail) == (200, True, "team@example.org")
        with pytest.raises(FormNotSent):
            queue_form(settings, house.connection, case, lambda: house.now)
        assert withdraw_form(house.connection, queued.row)
