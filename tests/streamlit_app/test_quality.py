"""The page Datenqualität: what to decide, what to check, and where each row is mended."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
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
            "interaction": [{"id": 1, "day": "2020-01-01", "organisation": 4, "summary": "Anruf"},
                            {"id": 2, "organisation": 1, "person": 1, "summary": "Ohne Tag"}],
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
        "E-Mail kam zurück": "1", "Kontakte ohne Datum": "1",
    }  # fmt: skip
    wanted = {"verschwunden": "Fort", "unerreichbar": "Stumm", "veraltet": "Alt", "telefon": "Verwählt",
              "mail": "Verwählt", "zurueck": "Unzustellbar", "ohne_tag": "Ohne Tag"}  # fmt: skip
    for name, row in wanted.items():
        at.button(key=f"qualitaet_liste_{name}").click().run()
        assert not at.exception
        shown = at.dataframe[0].value
        assert list(shown["Name"]) == [row]
        assert f"/m{'interaction' if name == 'ohne_tag' else 'organisation'}?rowId=" in shown[texts.COLUMN_LINK].iloc[0]
        assert at.query_params["liste"] in (name, [name])


def test_a_contact_without_a_day_is_named_with_whom_it_was(troubled: Path) -> None:
    (found,) = data.picture().quality()["ohne_tag"]
    assert (found.table, found.id, found.name, found.value) == ("interaction", 2, "Ohne Tag", "Gut, Ada Gut")


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
    monkeypatch.setattr(Changer, "decide", lambda self, before, to, now: sent.append((self.table, before, to)))
    at = open_page("datenqualitaet", liste="dubletten")
    at.button(key="qualitaet_duplicate_1_dieselbe").click().run()
    assert sent == [("duplicate", {1: None}, "dieselbe")]


def test_with_nocodb_away_a_decision_is_told_not_to_be_saved(
    troubled: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)

    def away(self: Changer, before: Mapping[int, str | None], to: str | None, now: dt.datetime) -> bool:
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


def pair(number: int, first: int, second: int, decision: str | None = None, **more: object) -> dict[str, object]:
    told = [f"Vorname: Anna\nNachname: Nr. {row}" for row in (first, second)]
    return {"id": number, "name": "Anna / Anna", "first": told[0], "second": told[1], "reasons": "gleicher Name",
            "confidence": 70 + number, "state": "offen", "table_code": "person", "first_row": first,
            "second_row": second, "decision": decision, **more}  # fmt: skip


def show(data_dir: Path, *pairs: dict[str, object], at: dt.datetime = NOW) -> None:
    rows = {row for p in pairs for row in (p["first_row"], p["second_row"])}
    people = [{"id": row, "first_name": "Anna", "last_name": f"Nr. {row}"} for row in sorted(rows, key=str)]
    made_up.write(data_dir / "mirror", {"person": people, "duplicate": list(pairs)}, at)


def keys(at: AppTest) -> list[str]:
    return [b.key.removeprefix("qualitaet_duplicate_") for b in at.button if (b.key or "").startswith("qualitaet_dup")]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[int, str | None], str | None]]:
    """What the page would write."""
    found: list[tuple[dict[int, str | None], str | None]] = []
    monkeypatch.setattr(Changer, "decide", lambda self, before, to, now: found.append((dict(before), to)) or True)
    return found


def test_three_look_alikes_are_one_case_decided_at_once_or_singly(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, sent: list[tuple[dict[int, str | None], str | None]]
) -> None:
    show(data_dir, pair(1, 1, 2), pair(2, 2, 3), pair(3, 1, 3), pair(4, 8, 9))
    sign_in(Role.EDITOR)
    at = open_page("datenqualitaet", liste="dubletten")
    assert numbers(at)["Dubletten"] == "2"
    assert "3 Einträge · Sicherheit bis 73 %" in text_of(at)
    assert "Eintrag 1 (bleibt)" in text_of(at)
    assert "1 und 3 (Sicherheit 73 %)" in text_of(at)
    whole = {1: None, 2: None, 3: None}
    for button, written in (
        ("1_alle_dieselbe", (whole, "dieselbe")),
        ("1_alle_verschieden", (whole, "verschieden")),
        ("1_alle_spaeter", (whole, "spaeter")),
        ("1_ohne_2", ({1: None, 2: None}, "verschieden")),
        ("2_verschieden", ({2: None}, "verschieden")),
    ):
        at.button(key=f"qualitaet_duplicate_{button}").click().run()
        assert sent.pop() == written


@pytest.mark.parametrize(
    ("decisions", "said", "buttons"),
    [
        (("dieselbe",) * 3, "Entschieden: **Alle dieselben**", ["1_alle_zurueck"]),
        (("verschieden",) * 3, "Entschieden: **Alle verschieden**", ["1_alle_zurueck"]),
        (("spaeter",) * 3, texts.QUALITY_LATER, ["1_alle_zurueck"]),
        (("dieselbe", "spaeter", "dieselbe"), texts.QUALITY_DECIDED_SINGLY, ["1_alle_zurueck"]),
        (("dieselbe", None, None), "1 von 3 Paaren sind entschieden", ["1_alle_dieselbe", "1_ohne_1"]),
        (("dieselbe", "dieselbe", "verschieden"), "sind als verschieden entschieden", ["1_alle_zurueck"]),
    ],
)
def test_what_was_decided_about_a_group_is_told_with_the_way_back(
    decisions: tuple[str | None, ...], said: str, buttons: list[str],
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, sent: list[tuple[dict[int, str | None], str | None]],
) -> None:  # fmt: skip
    show(
        data_dir,
        *(pair(n, *rows, d) for n, (rows, d) in enumerate(zip([(1, 2), (2, 3), (1, 3)], decisions, strict=True), 1)),
    )
    sign_in(Role.EDITOR)
    at = open_page("datenqualitaet", liste="dubletten")
    assert not at.exception
    contradicting = decisions == ("dieselbe", "dieselbe", "verschieden")
    assert numbers(at)["Dubletten"] == ("1" if None in decisions or contradicting else "0")
    assert said in text_of(at)
    assert set(buttons) <= set(keys(at))
    assert ("1_ohne_1" in keys(at)) == (None in decisions)
    if buttons == ["1_alle_zurueck"]:
        at.button(key="qualitaet_duplicate_1_alle_zurueck").click().run()
        assert sent == [(dict(enumerate(decisions, 1)), None)]


def test_what_is_decided_stays_in_its_place_until_the_page_is_opened_anew(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The undecided ones stand first: on a second page of them the way back would be lost with the click."""
    rows = [pair(n, 2 * n, 2 * n + 1, confidence=100 - n) for n in range(1, 12)]
    show(data_dir, *rows)
    sign_in(Role.EDITOR)

    def decide(self: Changer, before: Mapping[int, str | None], to: str | None, now: dt.datetime) -> bool:
        show(
            data_dir,
            *(r | {"decision": to} if r["id"] in before else r for r in rows),
            at=NOW + dt.timedelta(seconds=1),
        )
        return True

    monkeypatch.setattr(Changer, "decide", decide)
    at = open_page("datenqualitaet")
    assert at.query_params["liste"] in ("dubletten", ["dubletten"])
    assert "8_dieselbe" in keys(at)
    at.button(key="qualitaet_duplicate_1_dieselbe").click().run()
    assert keys(at)[0] == "1_zurueck"
    assert "8_dieselbe" in keys(at)
    assert "9_dieselbe" not in keys(at)
    assert numbers(at)["Dubletten"] == "10"
    anew = open_page("datenqualitaet")
    assert "1_zurueck" not in keys(anew)
    assert keys(anew)[0] == "2_dieselbe"


def test_the_last_case_of_a_list_leaves_the_list_open(
    troubled: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list to open is chosen once: a click on the last case must not lead to another list."""
    sign_in(Role.EDITOR)
    at = open_page("datenqualitaet")
    assert at.query_params["liste"] in ("abweichungen", ["abweichungen"])
    monkeypatch.setattr("streamlit_app.data.Picture.undecided", lambda self: {"abweichungen": 0, "dubletten": 1})
    at.run()
    assert at.header[0].value == "Abweichungen"


def test_a_contradiction_with_what_was_decided_last_week_is_told_first(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    show(data_dir, pair(1, 1, 2, "dieselbe"), pair(2, 2, 3, "dieselbe"), pair(9, 7, 8, "dieselbe"),
         pair(3, 1, 3, "verschieden", state="erledigt"))  # fmt: skip
    sign_in(Role.VIEWER)
    at = open_page("datenqualitaet", liste="dubletten")
    (said,) = (w.value.replace("\\", "") for w in at.warning)
    assert said.startswith("„Anna Nr. 1“ (Zeile 1) und „Anna Nr. 3“ (Zeile 3) sind als verschieden entschieden")
    assert keys(at) == []
    found = data.picture().look_alikes()
    assert [case.rows for case in found.cases] == [(1, 2, 3), (7, 8)]
    stuck, carried_out = texts.QUALITY_STUCK.split(". ")[1], texts.QUALITY_DECIDED.split(". ")[1]
    assert stuck in text_of(at).split("Nr. 7")[0]
    assert text_of(at).count(carried_out) == 1
    assert (data.picture().undecided(), found.undecided) == ({"abweichungen": 0, "dubletten": 1}, 1)


def test_the_overview_counts_a_group_once(data_dir: Path) -> None:
    show(data_dir, pair(1, 1, 2), pair(2, 2, 3), pair(3, 5, 6, "spaeter"), pair(4, 8, 9, state="erledigt"))
    assert len(data.picture().look_alikes().cases) == 2
    assert data.picture().undecided() == {"abweichungen": 0, "dubletten": 1}
