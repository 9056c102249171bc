"""The tab *Gäste*: a selection with what stands in the way, the list, and the groups of last time."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from python_calamine import CalamineWorkbook
from test_events import text_of

from automations.events.guest_list import Found, Line
from automations.events.guest_writing import Added, Altered, GuestWriter
from schemas.events.choices import Channel
from schemas.events.rules.picking import Whom, to_rule
from schemas.events.rules.segments import Contacts, InSphere, Kind
from schemas.events.tables import GuestGroup
from streamlit_app import data, event_data
from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import criteria, guest_desk, guest_table
from streamlit_app.ui.events import guest_texts as words
from sync.connection import Connection
from sync.nocodb.accounts import Role
from sync.undo import UndoReport

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


@pytest.fixture
def tables() -> dict[str, object]:
    return made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)


@pytest.fixture
def with_events(data_dir: Path, tables: dict[str, object]) -> Path:
    made_up.write(data_dir / "mirror", tables, NOW)  # type: ignore[arg-type]
    return data_dir / "mirror"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Stand in for the base, and remember what would have been written."""
    sent: list[tuple[object, ...]] = []

    def add(self: GuestWriter, lines: list[Line], group: GuestGroup) -> Added:
        sent.append((self.event, group, list(lines)))
        return Added(f"lauf-{len(sent)}", 5, made=len(lines))

    monkeypatch.setattr(GuestWriter, "add", add)
    monkeypatch.setattr(guest_desk, "connect", lambda *_: Connection(None, None))  # type: ignore[arg-type]
    return sent


def test_a_selection_shows_whom_it_finds_and_puts_the_ticked_ones_on_the_list(
    with_events: Path, open_page: OpenPage, sign_in: SignIn, written: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="3", teil="gaeste")
    assert words.EMPTY in text_of(at)
    assert words.BY_HINT in text_of(at)
    key = "va_wahl_3_0"
    at.multiselect(key=f"{key}_ja_art").set_value(["verein", "stiftung"]).run()
    at.selectbox(key=f"{key}_wen").set_value(Whom.ITSELF).run()
    kinds = data.picture().table("organisation").set_index("id")["kind"]
    wanted = {int(row) for row in kinds.index[kinds.isin(["verein", "stiftung"])]}
    count = str(len(wanted))
    assert wanted
    assert words.FOUND.format(count=count, new=count) in text_of(at)
    label = words.ADD.format(count=count)
    next(b for b in at.button if b.label == label).click().run()
    ((event, group, lines),) = written
    assert (event, {line.organisation for line in lines}) == (3, wanted)
    assert group.described == "Art: Verein, Stiftung"
    assert group.rule == to_rule(Kind(("verein", "stiftung")), Whom.ITSELF)
    assert words.ADDED.format(made=count) in text_of(at)

    undone: list[str] = []
    monkeypatch.setattr(guest_desk, "undo", lambda *_, run, now: undone.append(run) or UndoReport(removed=4))
    at.button(key="va_gaeste_zurueck").click().run()
    assert undone == ["lauf-1"]
    assert words.UNDONE.format(removed=4, restored=0) in text_of(at)


def test_warnings_are_grouped_and_who_is_on_the_list_is_not_offered_again(
    data_dir: Path, tables: dict[str, object], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    tables["person"][0] |= {"do_not_contact": 1}  # type: ignore[index]
    tables["seat"] = [
        {"id": row, "body": 1, "organisation": row, "person": row} for row in (1, 2, 3)
    ]  # fmt: skip
    tables["invitation"] = [{"id": 1, "name": "Zwei", "event": 3, "person": 2, "state": "eingeladen"}]
    made_up.write(data_dir / "mirror", tables, NOW)  # type: ignore[arg-type]
    at = open_page("veranstaltungen", v="3", teil="gaeste", gaeste="auswahl")
    at.pills(key="va_wahl_3_0_nach").set_value(["gremium"]).run()
    at.selectbox(key="va_wahl_3_0_ja_gremium").set_value(1).run()
    told = text_of(at) + " ".join(e.label for e in at.expander)
    assert words.FOUND.format(count=3, new=1) in told
    for kind in (Found.BARRED, Found.LISTED):
        assert f"{words.GROUPS[kind][0]} (1)" in told
    assert next(b for b in at.button if b.label == words.ADD.format(count=1))


def test_the_list_filters_searches_and_changes_only_through_the_desk(
    with_events: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="2", teil="gaeste")
    assert words.COUNT.format(shown=40, total=40) in text_of(at)
    at.text_input(key="va_gaeste_suche").set_value("Gast 1").run()
    shown = at.dataframe[0].value
    assert {"Gast 1", "Gast 10"} <= set(shown["Gast"])
    assert all(" 1" in f"{guest} {place}" for guest, place in zip(shown["Gast"], shown["Für"], strict=True))
    at.text_input(key="va_gaeste_suche").set_value("").run()
    at.selectbox(key="va_gaeste_state").set_value("vorgemerkt").run()
    assert set(at.dataframe[0].value["Stand"]) == {"vorgemerkt"}

    monkeypatch.setattr(guest_desk, "connect", lambda *_: Connection(None, None))  # type: ignore[arg-type]
    monkeypatch.setattr(GuestWriter, "drop", lambda self, rows: Altered("lauf-9", changed=1, left=1))
    guest_desk.change(data.picture(), sign_in(Role.EDITOR), 2, lambda writer: writer.drop([1, 2]))


def test_the_excel_file_holds_everybody_with_german_headings(with_events: Path, open_page: OpenPage) -> None:
    open_page()
    picture = data.picture()
    rows = guest_table._rows(picture.version("invitation"), 2, picture)
    book = CalamineWorkbook.from_filelike(io.BytesIO(guest_table.workbook(picture, rows)))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0][:4] == ["Gast", "Für", "Gruppe", "Weg"]
    assert len(sheet) == 41
    by_name = {row[0]: row for row in sheet[1:]}
    first = next(i for i in event_data.invitations(picture, 2) if i.name == "Gast 2")
    assert by_name["Gast 2"][3] == picture.label("invitation", "channel", first.channel or "")


def test_one_person_is_found_by_name_and_told_why_not_when_already_there(
    with_events: Path, open_page: OpenPage, sign_in: SignIn, written: list[tuple[object, ...]]
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="3", teil="gaeste", gaeste="einzeln")
    at.text_input(key="va_einzeln").set_value("N7").run()
    at.button(key="va_dazu_organisation_7").click().run()
    ((event, group, lines),) = written
    assert (event, group.ident, [line.ident for line in lines]) == (3, "gruppe:3:einzeln", ["einladung:3:o7"])
    at = open_page("veranstaltungen", v="2", teil="gaeste", gaeste="einzeln")
    at.text_input(key="va_einzeln").set_value("person5@example.org").run()
    name = data.picture().names("person")[5]
    assert words.WHY_NOT[Found.LISTED].format(name=name) in text_of(at)


def test_last_times_groups_are_asked_anew_and_the_picked_ones_confirmed(
    data_dir: Path, tables: dict[str, object], open_page: OpenPage, sign_in: SignIn, written: list[tuple[object, ...]]
) -> None:
    sign_in(Role.EDITOR)
    tables["event"][2] |= {"series": "FreiwilligenPass"}  # type: ignore[index]
    tables["guest_group"] = [
        {"id": 1, "name": "Geehrte", "event": 1, "order": 1, "channel": "Brief"},
        {"id": 2, "name": "Rathaus", "event": 1, "order": 2, "rule": to_rule(InSphere(("verwaltung",)), Whom.ITSELF)},
        {"id": 3, "name": "Kaputt", "event": 1, "order": 3, "rule": "{}"},
    ]
    made_up.write(data_dir / "mirror", tables, NOW)  # type: ignore[arg-type]
    at = open_page("veranstaltungen", v="3", teil="gaeste")
    assert "Kaputt" in text_of(at)
    hand = at.multiselect(key="va_letztes_3_1")
    assert len(hand.value) == 10
    hand.set_value(hand.value[:3]).run()
    at.button(key="va_letztes_ok").click().run()
    spheres = data.picture().table("organisation")["sphere"]
    (_, by_hand, three), (_, ruled, offices) = written
    assert (by_hand.ident, len(three)) == ("gruppe:3:nach:1", 3)
    assert (ruled.name, ruled.rule, len(offices)) == (
        "Rathaus", tables["guest_group"][1]["rule"], int((spheres == "verwaltung").sum()),
    )  # fmt: skip
    assert {line.channel for line in offices} <= set(Channel)


def test_who_may_only_read_sees_the_list_and_changes_nothing(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen", v="2", teil="gaeste")
    assert words.COUNT.format(shown=40, total=40) in text_of(at)
    assert words.CHOOSE_HINT not in text_of(at)


def test_the_address_of_the_page_kontakte_becomes_a_selection(with_events: Path, open_page: OpenPage) -> None:
    open_page()
    address = "http://127.0.0.1:8501/kontakte?suche=tafel&bereich=Verwaltung&zeige=Organisationen&feld=Soziales"
    found = criteria.read_address(data.picture(), address)
    assert found == Contacts("tafel", "organisation", "verwaltung", "", "soziales")
    assert criteria.read_address(data.picture(), "kein Link") is None
