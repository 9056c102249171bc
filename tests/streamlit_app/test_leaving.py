"""The page Übergabe when one of theirs leaves: found by search, each row to who was chosen, a new one made there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from automations import succession
from automations.departure import Departure
from automations.handover import Handed
from schemas.contacts.tables import Person
from streamlit_app import signed
from streamlit_app.door.cookie import Session
from streamlit_app.ui import leaving_texts as words
from streamlit_app.ui import new_person_texts as new
from streamlit_app.ui import relation_texts as shared
from streamlit_app.writing import Pen, Saved
from sync.connection import Connection
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]
TODAY = NOW.date()


@pytest.fixture
def office(data_dir: Path) -> Path:
    """Ada leads the Amt, Bo works there, Cem is her deputy in the network; Dora has nothing to do with it."""
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 1, "name": "Amt"}],
            "person": [
                {
                    "id": i,
                    "last_name": name,
                    "mail": f"{name.lower()}@amt.example",
                    "mail2": "info@amt.example",
                    "aliases": "E-Mail: bo.alt@amt.example" if name == "Bo" else None,
                }
                for i, name in enumerate(("Ada", "Bo", "Cem", "Dora"), 1)
            ],
            "team_member": [{"id": 1, "name": "Rita", "mail": "editor@example.org"}],
            "function": [
                {"id": 1, "name": "Leitung", "person": 1, "organisation": 1, "mail": "leitung@amt.example"},
                {"id": 2, "name": "Referat", "person": 2, "organisation": 1},
            ],
            "relationship": [{"id": 1, "person": 1, "team_member": 1, "kind": "Betreuung durch uns"}],
            "body": [{"id": 1, "name": "Netzwerk"}],
            "seat": [{"id": 1, "name": "Sitz", "body": 1, "organisation": 1, "person": 1, "deputy": 3}],
        },
        NOW,
    )
    return data_dir / "mirror"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the page asked to be carried out."""
    asked: list[tuple[object, ...]] = []

    def succeed(opened, leaving, to, *, follows, now, on_progress):  # type: ignore[no-untyped-def]
        asked.append((leaving, dict(to), follows))
        return Handed("lauf-1", moved=len(to))

    monkeypatch.setattr(succession, "succeed", succeed)
    monkeypatch.setattr(signed, "connect", lambda *_: Connection(None, None))  # type: ignore[arg-type]
    return asked


def text_of(at: AppTest) -> str:
    kinds = (at.markdown, at.header, at.caption, at.success, at.warning, at.info, at.error)
    return "\n".join(str(e.value) for kind in kinds for e in kind)


def test_who_leaves_is_found_by_search_and_everything_goes_to_one_person(
    office: Path, open_page: OpenPage, sign_in: SignIn, given: list[tuple[object, ...]]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("uebergabe")
    at.segmented_control(key="uebergabe_seite").set_value("ihnen").run()
    assert words.START in text_of(at)
    at.text_input(key="uebergabe_ihnen_suche").set_value("ada").run()
    next(b for b in at.button if b.label == "Ada").click().run()
    assert words.COUNT.format(count=3) in text_of(at)
    heirs = at.selectbox(key="uebergabe_ihnen_alle_1")
    assert heirs.options == ["Cem", "Bo", words.NOBODY], "the deputy first, then who works there"
    assert at.button(key="uebergabe_ihnen_ok").disabled, "nobody is chosen by itself"
    heirs.set_value(2).run()
    assert words.POST.format(mails="`leitung@amt.example`") in [box.label for box in at.checkbox]
    at.button(key="uebergabe_ihnen_ok").click().run()
    keys = [("function", 1, "person"), ("relationship", 1, "person"), ("seat", 1, "person")]
    assert given == [(Departure(1, "Ada", TODAY, 1, post=True), dict.fromkeys(keys, 2), "Bo")]
    assert shared.HANDED.format(moved=3) in text_of(at)


def test_nobody_may_follow_and_then_no_address_moves(
    office: Path, open_page: OpenPage, sign_in: SignIn, given: list[tuple[object, ...]]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("uebergabe", person="1")
    at.date_input(key="uebergabe_ihnen_tag_1").set_value(TODAY + dt.timedelta(days=9))
    at.selectbox(key="uebergabe_ihnen_alle_1").set_value(0).run()
    assert not at.checkbox
    at.button(key="uebergabe_ihnen_ok").click().run()
    ((leaving, to, follows),) = given
    assert leaving == Departure(1, "Ada", TODAY + dt.timedelta(days=9), 1, post=False)
    assert (set(to.values()), follows) == ({None}, words.NOBODY_SHORT)  # type: ignore[attr-defined]


def test_a_coming_invitation_stays_while_its_event_is_within_the_time_in_office(
    office: Path, open_page: OpenPage, sign_in: SignIn, given: list[tuple[object, ...]]
) -> None:
    events = [
        {"id": i, "name": f"Ehrung {i}", "starts_at": NOW + dt.timedelta(days=days)} for i, days in ((1, 3), (2, 30))
    ]
    guests = [{"id": i, "event": i, "person": 1, "organisation": 1, "state": "Eingeladen"} for i in (1, 2)]
    cases = [{"id": 1, "name": "Amt", "site": 1, "coordinator": 1, "phase": "Seminar"}]
    made_up.write(office, {
        "organisation": [{"id": 1, "name": "Amt"}], "event": events, "invitation": guests, "certification": cases,
        "person": [{"id": 1, "last_name": "Ada"}, {"id": 2, "last_name": "Bo"}],
        "function": [{"id": 2, "name": "Referat", "person": 2, "organisation": 1}],
    }, NOW)  # fmt: skip
    sign_in(Role.EDITOR)
    at = open_page("uebergabe", person="1")
    at.date_input(key="uebergabe_ihnen_tag_1").set_value(TODAY + dt.timedelta(days=9))
    at.selectbox(key="uebergabe_ihnen_alle_1").set_value(2).run()
    shown = at.dataframe[0].value if at.dataframe else None
    assert words.INVITES in text_of(at)
    at.button(key="uebergabe_ihnen_ok").click().run()
    ((_, to, _),) = given
    assert to == {("invitation", 2, "person"): 2, ("certification", 1, "coordinator"): 2}, shown


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Who was created."""
    created: list[Person] = []

    def save(self: Pen, record: Person, now: dt.datetime, *, unclear: bool = False) -> Saved:
        created.append(record)
        return Saved(5, record)

    monkeypatch.setattr(Pen, "save", save)
    return created


def test_somebody_new_is_made_on_the_page_and_chosen(
    office: Path, open_page: OpenPage, sign_in: SignIn, made: list[Person]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("uebergabe", person="1")
    at.text_input(key="uebergabe_ihnen_mail_0").set_value("kein Zeichen")
    at.text_input(key="uebergabe_ihnen_nachname_0").set_value("Zwirner").run()
    assert new.THERE_ALREADY not in text_of(at)
    at.button(key="uebergabe_ihnen_anlegen").click().run()
    assert new.WRONG_MAIL.format(mail="kein Zeichen") in text_of(at)
    assert made == []
    (opened,) = [box for box in at.expander if box.label == words.ELSE]
    assert opened.proto.expanded
    at.text_input(key="uebergabe_ihnen_mail_0").set_value("").run()
    (opened,) = [box for box in at.expander if box.label == words.ELSE]
    assert opened.proto.expanded
    at.text_input(key="uebergabe_ihnen_mail_0").set_value("zwirner@amt.example")
    at.button(key="uebergabe_ihnen_anlegen").click().run()
    assert [(p.last_name, p.mail) for p in made] == [("Zwirner", "zwirner@amt.example")]
    assert at.selectbox(key="uebergabe_ihnen_alle_1").value == 5
    assert new.SAVED.format(name="Zwirner") in text_of(at)


def with_typed(open_page: OpenPage, typed: dict[str, str]) -> AppTest:
    """Open the page of Ada, who leaves, and type somebody new."""
    at = open_page("uebergabe", person="1")
    for key, value in typed.items():
        at.text_input(key=f"uebergabe_ihnen_{key}_0").set_value(value)
    return at.run()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"nachname": "Dora"}, 4),  # called just so
        ({"nachname": "Dorra"}, 4),  # a slip
        ({"vorname": "Kai", "nachname": "Anders", "mail": "CEM@amt.example"}, 3),  # another name at the same address
        ({"nachname": "Anders", "mail": "bo.alt@amt.example"}, 2),  # an address that Bo had formerly
    ],
)
def test_who_is_there_already_is_offered_while_their_name_is_typed_and_nobody_is_made_twice(
    office: Path, open_page: OpenPage, sign_in: SignIn, made: list[Person], typed: dict[str, str], meant: int
) -> None:
    sign_in(Role.EDITOR)
    at = with_typed(open_page, typed)
    assert new.THERE_ALREADY in text_of(at)
    assert at.button(key="uebergabe_ihnen_anlegen").label == new.SAVE_ALL_THE_SAME
    at.button(key=f"uebergabe_ihnen_nimm_{meant}").click().run()
    assert made == []
    assert at.selectbox(key="uebergabe_ihnen_alle_1").value == meant
    assert [at.text_input(key=f"uebergabe_ihnen_{key}_1").value for key in ("vorname", "nachname", "mail")] == [""] * 3
    assert new.THERE_ALREADY not in text_of(at)


@pytest.mark.parametrize(
    "typed",
    [
        {"nachname": "Ada"},
        {"nachname": "Anders", "mail": "ada@amt.example"},
        {"nachname": "X", "mail": "info@amt.example"},
    ],
)
def test_neither_who_leaves_nor_who_shares_a_mailbox_of_the_office_is_offered(
    office: Path, open_page: OpenPage, sign_in: SignIn, made: list[Person], typed: dict[str, str]
) -> None:
    sign_in(Role.EDITOR)
    at = with_typed(open_page, typed)
    assert new.THERE_ALREADY not in text_of(at)


def test_a_namesake_is_made_all_the_same(
    office: Path, open_page: OpenPage, sign_in: SignIn, made: list[Person]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("uebergabe", person="1")
    at.text_input(key="uebergabe_ihnen_nachname_0").set_value("Dora").run()
    at.button(key="uebergabe_ihnen_anlegen").click().run()
    assert [p.last_name for p in made] == ["Dora"]
    assert at.selectbox(key="uebergabe_ihnen_alle_1").value == 5


def test_who_is_to_follow_is_found_under_another_spelling(
    office: Path, open_page: OpenPage, sign_in: SignIn, given: list[tuple[object, ...]]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("uebergabe", person="1")
    at.text_input(key="uebergabe_ihnen_wer_1").set_value("Ada").run()
    assert not [b for b in at.button if b.key == "uebergabe_ihnen_wer_1_treffer_1"]
    at.text_input(key="uebergabe_ihnen_wer_1").set_value("Dorra").run()
    at.button(key="uebergabe_ihnen_wer_1_treffer_4").click().run()
    assert at.selectbox(key="uebergabe_ihnen_alle_1").value == 4


def test_who_may_only_read_sees_it_and_is_offered_nothing_to_change(
    office: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    at = open_page("uebergabe", person="1")
    assert words.COUNT.format(count=3) in text_of(at)
    assert not [b for b in at.button if b.key in ("uebergabe_ihnen_ok", "uebergabe_ihnen_anlegen")]
