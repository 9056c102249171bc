"""A contact in one line on the page: who is meant, who else was there, and who is not there yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pandas as pd
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from schemas.contacts.tables import Interaction, InteractionParticipant
from schemas.model import Record
from streamlit_app import data
from streamlit_app.door.cookie import Session
from streamlit_app.frames.meant import KnownNames, narrow
from streamlit_app.ui import relation_texts as words
from streamlit_app.writing import Pen, Saved
from sync.mirror import patch_mirror
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


@pytest.fixture
def mirror(data_dir: Path) -> Path:
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 1, "name": "Sportbund"}, {"id": 2, "name": "Messe Nord GmbH", "short_name": "MNG"}],
            "person": [
                {"id": 1, "first_name": "Anna", "last_name": "Weber", "salutation": "frau"},
                {"id": 2, "first_name": "Bert", "last_name": "Weber", "salutation": "herr"},
                {"id": 3, "first_name": "Carl", "last_name": "Kurz", "salutation": "herr"},
                {"id": 4, "first_name": "Dana", "last_name": "Lang"},
            ],
            "interaction": [],
            "interaction_participant": [],
        },
        NOW,
    )
    return data_dir / "mirror"


@pytest.fixture
def saved(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> list[Record]:
    """What the page writes, laid over the mirror as NocoDB's answer would be."""
    found: list[Record] = []

    def save(self: Pen, record: Record, now: object, *, unclear: bool = False) -> Saved:
        found.append(record)
        patch_mirror(mirror, self._code, 900 + len(found), record.encode(), now)  # type: ignore[arg-type]
        return Saved(900 + len(found), record)

    monkeypatch.setattr(Pen, "save", save)
    monkeypatch.setattr(Pen, "undo", lambda self, one, now: found.remove(one.record))
    return found


def type_line(open_page: OpenPage, line: str) -> AppTest:
    at = open_page("beziehungen", wer="alle")
    at.text_input(key="schnell_zeile_0").set_value(line).run()
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> None:
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception


def shown(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (at.markdown, at.warning, at.error, at.success, at.info) for e in kind)


def field(at: AppTest, ending: str) -> object:
    return next(
        e for kind in (at.text_input, at.date_input, at.selectbox) for e in kind if (e.key or "").endswith(ending)
    )


def test_everybody_named_is_written_down_and_taken_back_together(
    saved: list[Record], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Treffen mit Frau Weber, Herrn Kurz und Sportbund wegen Messe, bis Freitag Plan schicken")
    assert f"{words.QUICK_WHO}: **Anna Weber**" in shown(at)
    assert f"{words.QUICK_WHO_TOO}: **Carl Kurz**" in shown(at)
    press(at, words.QUICK_SAVE)
    contact, further = saved
    assert isinstance(contact, Interaction)
    assert isinstance(further, InteractionParticipant)
    assert (contact.person, contact.organisation, contact.summary) == (1, 1, "Messe")
    friday = NOW.date() + dt.timedelta(days=(4 - NOW.weekday()) % 7 or 7)
    assert (contact.next_step, contact.next_step_due, contact.day) == ("Plan schicken", friday, NOW.date())
    assert (further.interaction, further.person, further.organisation) == (901, 3, None)
    assert further.ident == f"{contact.ident}:person:3"
    assert "Eingetragen bei Anna Weber, Carl Kurz, Sportbund." in shown(at)
    press(at, words.UNDO)
    assert saved == []


def test_who_is_not_there_is_created_on_the_spot(saved: list[Record], open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Telefonat mit Frau Ida Neuling wegen Flohmarkt")
    assert words.QUICK_WHO_NONE.format(who="Frau Ida Neuling") in shown(at)
    press(at, words.QUICK_SAVE)
    assert words.QUICK_INCOMPLETE.format(missing=words.QUICK_WHO) in shown(at)
    assert saved == []
    press(at, "Anlegen und wählen")
    (person,) = saved
    assert (person.value("first_name"), person.value("last_name"), person.value("salutation")) == (
        "Ida",
        "Neuling",
        "frau",
    )
    assert f"{words.QUICK_WHO}: **Ida Neuling**" in shown(at)
    press(at, words.QUICK_SAVE)
    assert saved[1].value("person") == 901


def test_an_organisation_that_is_not_there_is_created_on_the_spot(
    saved: list[Record], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Anruf bei Nachbarschaftstreff Elbe wegen Raum")
    press(at, words.QUICK_NEW_BODY_SAVE)
    (body,) = saved
    assert body.value("name") == "Nachbarschaftstreff Elbe"
    press(at, words.QUICK_SAVE)
    assert (saved[1].value("organisation"), saved[1].value("summary")) == (901, "Raum")


def test_a_further_name_that_nobody_bears_stays_in_the_subject(
    saved: list[Record], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Treffen mit Frau Weber und Herrn Unbekannt, Stand klären")
    assert field(at, "_worum").value == "Stand klären; auch dabei: Herr Unbekannt"  # type: ignore[attr-defined]
    press(at, words.QUICK_SAVE)
    assert [type(one) for one in saved] == [Interaction]


def test_a_first_name_that_nobody_bears_holds_nothing_up_where_the_second_is_known(
    saved: list[Record], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Anruf von Frau Neuling vom Sportbund: braucht Tische")
    assert f"{words.QUICK_WHO}: **Sportbund**" in shown(at)
    assert words.QUICK_WHO_NONE.format(who="Frau Neuling") in shown(at)
    press(at, words.QUICK_SAVE)
    (contact,) = saved
    assert (contact.value("organisation"), contact.value("person")) == (1, None)
    assert contact.value("summary") == "braucht Tische; auch dabei: Frau Neuling"


def test_a_kind_of_contact_is_shown_as_it_is_written(mirror: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = type_line(open_page, "E-Mail an Sportbund")
    assert "E-Mail" in field(at, "_art").options  # type: ignore[attr-defined]


def test_frau_and_herr_narrow_whom_a_name_may_mean(mirror: Path) -> None:
    frame = data.picture().contacts().frame
    for salutation, rows in (("frau", [1, 4]), ("herr", [2, 3, 4])):
        found = narrow(frame, salutation)
        assert (sorted(found["id"]), set(found["type"])) == (rows, {"person"})
    assert len(narrow(frame, "")) == len(frame)


@pytest.mark.parametrize(
    ("told", "known"),
    [("Sportbund", True), ("sportbund", True), ("MNG", True), ("Messe", False), ("Messe Nord", True),
     ("Nord Messe", True), ("Weber", False), ("Anna Weber", True), ("Anna Kurz", False), ("", False), ("...", False)],
)  # fmt: skip
def test_a_name_is_known_whole_or_by_two_of_its_words(told: str, known: bool) -> None:
    names = KnownNames(["Sportbund", "Messe Nord GmbH", "MNG", "Anna Weber", "Carl Kurz"])
    assert names.knows(told) is known
    assert not KnownNames([]).knows(told)


def test_the_names_of_the_base_are_those_of_persons_organisations_and_their_short_names(mirror: Path) -> None:
    picture = data.picture()
    assert [picture.knows_name(told) for told in ("MNG", "Sportbund", "Carl Kurz", "Kurz")] == [True, True, True, False]
    assert isinstance(picture.table("person"), pd.DataFrame)


def test_what_was_typed_last_is_saved_though_the_page_was_not_drawn_since(
    saved: list[Record], open_page: OpenPage, sign_in: SignIn
) -> None:
    """A field and the button in one breath: the page's last drawing knew nothing of the field."""
    sign_in(Role.EDITOR)
    at = type_line(open_page, "Anruf bei Sportbund wegen Halle")
    field(at, "_worum").set_value("Halle ab Mai")  # type: ignore[attr-defined]
    field(at, "_schritt").set_value("Vertrag schicken")  # type: ignore[attr-defined]
    press(at, words.QUICK_SAVE)
    (contact,) = saved
    assert [contact.value(c) for c in ("summary", "next_step", "organisation")] == [
        "Halle ab Mai",
        "Vertrag schicken",
        1,
    ]
