"""The mail that brings a questionnaire: to whom, with which link, and when it stays here."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from guest_pages import NOW, MemoryStore

from automations.certification import form_links, form_mail
from automations.certification.form_links import FormLinks, open_form_signer
from automations.certification.form_mail import (
    STAND_IN,
    FormConcerns,
    FormNotSent,
    Whom,
    queue_form,
    whom,
    withdraw_form,
)
from automations.outbox import AllConcerns, NoConcerns
from schemas.base import BASE
from schemas.certification.choices import Phase
from schemas.certification.tables import Certification
from schemas.contacts.tables import Person
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.settings import Settings

CODES = ("certification", "certification_round", "person", "event", "outbox")
ANNA = Person(salutation="frau", title="Dr.", first_name="Anna", last_name="Müller", mail="anna@example.org")


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    made = {code: MemoryStore(BASE.record(code)) for code in CODES}
    for module in (form_mail, form_links):
        monkeypatch.setattr(module, "TableStore", lambda client, base, record: made[record.table().code])
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, ANSWER_URL="https://antwort.example.org",
                    network_name="Netzwerk Beispielstadt")  # fmt: skip


OPENED: Any = SimpleNamespace(client=None, base=SimpleNamespace(id="pbase"))


def make(stores: dict[str, Any], **cells: Any) -> int:
    (person,) = stores["person"].create([ANNA])
    cells = {"name": "Kita Sonnenschein & Söhne", "phase": Phase.TEAM, "coordinator": person, "ident": "t:1", **cells}
    (row,) = stores["certification"].create([Certification(**cells)])
    return int(row)


def posts(stores: dict[str, Any]) -> list[Post]:
    return list(stores["outbox"].pull())


def test_the_questionnaire_goes_out_once_with_the_link_that_is_good_when_it_is_sent(stores, settings) -> None:
    case = make(stores)
    assert queue_form(settings, OPENED, case, lambda: NOW).mail == "anna@example.org"
    with pytest.raises(FormNotSent, match="schon im Postausgang"):
        queue_form(settings, OPENED, case, lambda: NOW)
    (post,) = posts(stores)
    assert (post.kind, post.about, post.recipient) == ("fragebogen", f"certification:{case}", "anna@example.org")
    assert "Sehr geehrte Frau Dr. Müller," in (post.text or "")
    assert "Kita Sonnenschein &amp; Söhne" in (post.html or "")
    for text in (post.text or "", post.html or ""):
        assert STAND_IN in text
        assert "antwort.example.org" not in text, "who reads the base does not read the link"
    links = FormLinks(stores["certification"], open_form_signer(settings, "pbase"))
    fresh = links.revoke(case)

    concerns = AllConcerns((NoConcerns(), FormConcerns(settings, links)))
    (ready,), withheld = concerns.ready(posts(stores))

    assert withheld == {}
    for text in (ready.text or "", ready.html or ""):
        assert f"https://antwort.example.org/e/{fresh}" in text
        assert STAND_IN not in text
    stores["outbox"].swap(post.id, {}, {"state": PostState.SENT})
    again = queue_form(settings, OPENED, case, lambda: NOW)
    assert len({p.ident for p in posts(stores)}) == 2, "sent again on purpose"
    assert withdraw_form(OPENED, again.row)
    assert [p.state for p in posts(stores)] == [PostState.SENT, PostState.WITHDRAWN]
    assert not withdraw_form(OPENED, post.id or 0), "what went out cannot be taken back"


def test_what_is_not_wanted_any_more_stays_here_and_says_why(stores, settings) -> None:
    case = make(stores)
    queue_form(settings, OPENED, case, lambda: NOW)
    stores["certification"].swap(case, {}, {"phase": Phase.REVIEW})
    links = FormLinks(stores["certification"], open_form_signer(settings, "pbase"))
    other = Post(id=99, about="invitation:7", text="Hallo")

    ready, withheld = FormConcerns(settings, links).ready([*posts(stores), other])

    assert ready == [other]
    assert list(withheld.values()) == [form_mail.NOT_WANTED]
    with pytest.raises(FormNotSent, match="nicht mehr gebraucht"):
        queue_form(settings, OPENED, case, lambda: NOW)
    assert len(posts(stores)) == 1


def test_without_an_address_it_says_where_to_write_one(stores, settings) -> None:
    with pytest.raises(FormNotSent, match="fehlt eine E-Mail-Adresse"):
        queue_form(settings, OPENED, make(stores, coordinator=None), lambda: NOW)
    assert posts(stores) == []


@pytest.mark.parametrize(
    ("mail", "person", "expected"),
    [("team@example.org", ANNA, Whom("team@example.org")), ("Anna@example.org", ANNA, Whom("anna@example.org", ANNA)),
     (None, ANNA, Whom("anna@example.org", ANNA)), ("team@example.org", None, Whom("team@example.org")),
     (None, Person(mail="a@example.org", do_not_contact=True), None), (None, None, None)],
)  # fmt: skip
def test_the_address_of_the_case_goes_before_that_of_the_coordinator(mail, person, expected) -> None:
    assert whom(Certification(mail=mail), person) == expected
