"""The page Datenqualität: what to decide, what to check, and where each row is mended."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from schemas.errors import Unavailable
from streamlit_app import data
from streamlit_app.changing import Changer
from streamlit_app.door.cookie import Session
from streamlit_app.ui import findings, texts
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]

LONG_AGO = (NOW - dt.timedelta(days=500)).isoformat()


@pytest.fixture
def troubled(data_dir: Path) -> Path:
    """A mirror with one case of everything; organisation 1 and person 1 are without fault."""
    fresh = {"created_at": NOW.isoformat(), "updated_at": NOW.isoformat()}
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [
                {"id": 1, "name": "Gut", "phone": "0391 5401234", "mail": "gut@example.org", **fresh},
                {"id": 2, "name": "Fort", "mail": "fort@example.org", "vanished_since": "2026-03-01", **fresh},
                {"id": 3, "name": "Stumm", **fresh},
                {"id": 4, "name": "Alt", "phone": "0391 5401235", "created_at": LONG_AGO},
                {"id": 5, "name": "Verwählt", "phone": "siehe Büro", "mail": "kein@at@example", **fresh},
                {"id": 6, "name": "Unzustellbar", "mail": "weg@example.org",
                 "mail_problem": "weg@example.org: am 01.10.2026 zurück (550)", **fresh},
                {"id": 7, "name": "Berichtigt", "mail": "neu@example.org",
                 "mail_problem": "alt@example.org: am 01.10.2026 zurück (550)", **fresh},
            ],
            "person": [
                {"id": 1, "first_name": "Ada", "last_name": "Gut", "mail": "ada@example.org", **fresh},
                {"id": 2, "first_name": "Bo", "last_name": "Dienstlich", **fresh},
            ],
            "function": [{"id": 1, "name": "Vorsitz", "person": 2, "phone": "0391 5401236", **fresh}],
            "interaction": [{"id": 1, "day": "2020-01-01", "organisation": 4, "summary": "Anruf"}],
            "conflict": [
                {"id": 1, "name": "Gut", "field": "Telefon", "ours": "0391 1", "theirs": "0391 2", "state": "offen",
                 "source": "Liste", "found_at": NOW.isoformat(), "link": "http://127.0.0.1:1/x"},
                {"id": 2, "name": "Alt", "field": "Ort", "ours": "A", "theirs": "B", "state": "erledigt"},
            ],
            "duplicate": [
                {"id": 1, "name": "Gut / Gut e.V.", "first": "Name: Gut", "second": "Name: Gut e.V.",
                 "reasons": "gleicher Name", "confidence": 90, "state": "offen"},
            ],
        },
        NOW,
    )  # fmt: skip
    return data_dir / "mirror"


def text_of(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (at.markdown, at.caption, at.html, at.success, at.warning) for e in kind)


def numbers(at: AppTest) -> dict[str, str]:
    found = [b.label for b in at.button if b.key and b.key.startswith("qualitaet_liste_")]
    return {label.split(" **")[0]: label.split("**")[1] for label in found}


def test_every_list_has_its_number_and_opens_its_rows_with_a_link(
    troubled: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    at = open_page("datenqualitaet")
    assert numbers(at) == {
        "Abweichungen": "1", "Dubletten": "1", "Nicht mehr in der Quelle": "1", "Nicht erreichbar": "1",
        "Lange nicht bestätigt": "1", "Defekte Telefonnummern": "1", "Defekte E-Mail-Adressen": "1",
        "E-Mail kam zurück": "1",
    }  # fmt: skip
    wanted = {"verschwunden": "Fort", "unerreichbar": "Stumm", "veraltet": "Alt", "telefon": "Verwählt",
              "mail": "Verwählt", "zurueck": "Unzustellbar"}  # fmt: skip
    for name, row in wanted.items():
        at.button(key=f"qualitaet_liste_{name}").click().run()
        assert not at.exception
        shown = at.dataframe[0].value
        assert list(shown["Name"]) == [row]
        assert "/morganisation?rowId=" in shown[texts.COLUMN_LINK].iloc[0]
        assert at.query_params["liste"] in (name, [name])


def test_a_viewer_sees_both_sides_but_no_button_to_decide(troubled: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("datenqualitaet", liste="abweichungen")
    assert "0391 1" in text_of(at)
    assert "0391 2" in text_of(at)
    assert texts.QUALITY_VIEWER in text_of(at)
    assert not [b for b in at.button if b.key and b.key.startswith("qualitaet_conflict_")]


def test_a_decision_is_sent_once_with_what_stood_before(
    troubled: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    sent = []
    monkeypatch.setattr(
        Changer, "decide", lambda self, row, before, to, now: sent.append((self.table, row, before, to))
    )
    at = open_page("datenqualitaet", liste="dubletten")
    at.button(key="qualitaet_duplicate_1_dieselbe").click().run()
    assert sent == [("duplicate", 1, None, "dieselbe")]


def test_with_nocodb_away_a_decision_is_told_not_to_be_saved(
    troubled: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)

    def away(self: Changer, row: int, before: str | None, to: str | None, now: dt.datetime) -> bool:
        raise Unavailable("weg", hint="später")

    monkeypatch.setattr(Changer, "decide", away)
    at = open_page("datenqualitaet", liste="abweichungen")
    at.button(key="qualitaet_conflict_1_behalten").click().run()
    assert texts.ENTRY_DOWN in text_of(at)


def test_the_overview_leads_to_what_waits_for_a_decision(troubled: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page()
    assert texts.ATTENTION_QUALITY[0] in text_of(at)


def test_sound_data_say_that_nothing_is_to_be_done(data_dir: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    made_up.write(data_dir / "mirror", {"organisation": [{"id": 1, "name": "Gut", "mail": "gut@example.org",
                                                          "updated_at": NOW.isoformat()}]}, NOW)  # fmt: skip
    at = open_page("datenqualitaet")
    assert set(numbers(at).values()) == {"0"}
    assert texts.QUALITY_ALL_WELL in text_of(at)


def test_the_excel_file_holds_every_row_and_no_formula(troubled: Path) -> None:
    picture = data.picture()
    found = picture.quality()["telefon"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(findings.workbook(picture, "telefon", found)))
    head, row = book.get_sheet_by_index(0).to_python()
    assert head == ["Was", "Name", "Angabe", "Eingetragen ist", "Quelle", "NocoDB"]
    assert row[:4] == ["Organisation", "Verwählt", "Telefon", "siehe Büro"]
    assert row[5] == texts.OPEN_ROW
