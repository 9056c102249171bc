"""The pages about relationships: what is due, what hangs on one person, who is around whom, and what a click does."""

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

from automations import handover
from schemas.contacts.rules.key_persons import Risk
from schemas.contacts.tables import Interaction
from schemas.errors import Unavailable
from streamlit_app import data
from streamlit_app.changing import Changer
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import Query
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui import risk_table, texts
from streamlit_app.writing import Pen, Saved
from sync.connection import Connection
from sync.nocodb.accounts import Role
from sync.undo import UndoReport

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]
TODAY = NOW.date()


def ago(days: int) -> str:
    return (TODAY - dt.timedelta(days=days)).isoformat()


def text_of(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (at.markdown, at.html, at.success, at.warning, at.info) for e in kind)


def numbers(at: AppTest, page: str) -> dict[str, str]:
    return {b.key.rpartition("_")[2]: b.label.split("**")[1] for b in at.button if b.key.startswith(f"{page}_liste_")}


def test_everything_that_is_due_is_listed_with_its_day_and_its_way(
    related: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("beziehungen", wer="alle")
    assert not at.exception
    assert numbers(at, "beziehungen") == {
        "ueberfaellig": "1", "bald": "0", "schritte": "1", "aufgaben": "0", "neu": "1", "gegangen": "1", "danken": "1",
        "pausiert": "1",
    }  # fmt: skip
    assert "Sportbund" in text_of(at)
    assert "überfällig" in text_of(at)
    assert "Rita Redlich" in text_of(at)
    wanted = {"schritte": "Unterlagen schicken", "neu": "Bo", "gegangen": "Ada", "danken": "2-mal gegeben",
              "pausiert": "Umbau"}  # fmt: skip
    for name, told in wanted.items():
        assert told in text_of(open_page("beziehungen", wer="alle", liste=name))


def test_whoever_signs_in_sees_their_own_first(related: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    mine = open_page("beziehungen")
    assert numbers(mine, "beziehungen")["pausiert"] == "0"
    theirs = open_page("beziehungen", wer="2")
    assert (numbers(theirs, "beziehungen")["pausiert"], numbers(theirs, "beziehungen")["ueberfaellig"]) == ("1", "0")


def test_a_step_is_ticked_off_and_taken_back_by_a_click(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    sent: list[tuple[object, ...]] = []

    def change(self: Changer, row: int, before: object, after: object, now: dt.datetime) -> bool:
        sent.append((self.table, row, dict(before), dict(after)))  # type: ignore[call-overload]
        return True

    monkeypatch.setattr(Changer, "change", change)
    at = open_page("beziehungen", wer="alle", liste="schritte")
    next(b for b in at.button if b.label == words.DONE).click().run()
    assert sent == [("interaction", 1, {"next_step_done": False}, {"next_step_done": True})]
    next(b for b in at.button if b.label == words.UNDO).click().run()
    assert sent[1] == ("interaction", 1, {"next_step_done": True}, {"next_step_done": False})
    assert words.UNDONE in text_of(at)


def test_a_task_is_shown_with_its_own_name_and_ticked_off_on_the_day(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 2, "name": "Tafel"}],
            "person": [],
            "team_member": [{"id": 1, "name": "Rita"}, {"id": 2, "name": "Paul"}],
            "task": [
                {"id": 1, "name": "Protokoll verschicken", "team_member": 1, "due": ago(2)},
                {"id": 2, "name": "Schlüssel holen", "team_member": 1, "organisation": 2, "due": ago(-7)},
                {"id": 3, "name": "Bericht schreiben", "team_member": 1, "due": ago(-8)},
                {"id": 4, "name": "Raum buchen", "team_member": 1, "due": ago(2), "done_on": ago(3)},
                {"id": 5, "name": "Grußwort abstimmen", "team_member": 2, "due": ago(0)},
                {"id": 6, "name": "Irgendwann", "team_member": 1},
            ],
        },
        NOW,
    )
    sign_in(Role.EDITOR)
    sent: list[tuple[object, ...]] = []

    def change(self: Changer, row: int, before: object, after: object, now: dt.datetime) -> bool:
        sent.append((self.table, row, dict(before), dict(after)))  # type: ignore[call-overload]
        return True

    monkeypatch.setattr(Changer, "change", change)
    assert numbers(open_page("beziehungen", wer="alle"), "beziehungen")["aufgaben"] == "3"
    at = open_page("beziehungen", wer="1", liste="aufgaben")
    shown = text_of(at)
    assert ">Protokoll verschicken</span>" in shown
    assert "seit 2 Tagen überfällig" in shown
    assert ">Tafel</span>" in shown
    assert "Schlüssel holen" in shown
    for hidden in ("Bericht schreiben", "Raum buchen", "Grußwort", "Irgendwann", words.WITHOUT, words.NEVER):
        assert hidden not in shown
    next(b for b in at.button if b.label == words.DONE).click().run()
    assert sent == [("task", 1, {"done_on": None}, {"done_on": TODAY})]


def test_the_last_line_of_a_list_leaves_with_its_way_back(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stands(*, done: bool) -> None:
        step = {"id": 1, "summary": "Anruf", "day": ago(100), "next_step": "Unterlagen", "next_step_due": ago(3)}
        made_up.write(
            data_dir / "mirror",
            {
                "organisation": [{"id": 1, "name": "Sportbund"}],
                "interaction": [step | {"organisation": 1, "next_step_done": done}],
            },
            NOW,
        )

    def change(self: Changer, row: int, before: object, after: dict[str, bool], now: dt.datetime) -> bool:
        stands(done=after["next_step_done"])
        return True

    monkeypatch.setattr(Changer, "change", change)
    stands(done=False)
    sign_in(Role.EDITOR)
    at = open_page("beziehungen", wer="alle", liste="schritte")
    next(b for b in at.button if b.label == words.DONE).click().run()
    assert words.NOTHING in text_of(at)
    assert words.SAVED in text_of(at)
    next(b for b in at.button if b.label == words.UNDO).click().run()
    assert "Unterlagen" in text_of(at)
    assert words.UNDONE in text_of(at)


def test_a_contact_is_planned_as_a_promise_and_taken_back(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    saved: list[Interaction] = []
    undone: list[int] = []

    def save(self: Pen, record: Interaction, now: dt.datetime, *, unclear: bool = False) -> Saved:
        saved.append(record)
        return Saved(77, record)

    monkeypatch.setattr(Pen, "save", save)
    monkeypatch.setattr(Pen, "undo", lambda self, done, now: undone.append(done.row))
    at = open_page("beziehungen", wer="alle", liste="ueberfaellig")
    at.text_input(key="beziehungen_planen_relationship_1_was").set_value("Zum Kaffee einladen")
    next(b for b in at.button if b.label == words.PLAN_SAVE).click().run()
    (made,) = saved
    assert (made.next_step, made.next_step_due) == ("Zum Kaffee einladen", NOW.date() + dt.timedelta(days=7))
    assert (made.organisation, made.team_member, made.day) == (1, 1, None), "no contact took place yet"
    next(b for b in at.button if b.label == words.UNDO).click().run()
    assert undone == [77]
    assert words.UNDONE in text_of(at)


def test_a_pause_and_a_hand_over_change_only_their_cells(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    sent: list[tuple[object, ...]] = []

    def change(self: Changer, row: int, before: object, after: object, now: dt.datetime) -> bool:
        sent.append((self.table, row, dict(before), dict(after)))  # type: ignore[call-overload]
        return len(sent) != 2

    monkeypatch.setattr(Changer, "change", change)
    at = open_page("beziehungen", wer="alle", liste="ueberfaellig")
    at.date_input(key="beziehungen_pause_1_bis").set_value(TODAY + dt.timedelta(days=14))
    at.text_input(key="beziehungen_pause_1_grund").set_value("Urlaub")
    next(b for b in at.button if b.label == words.PAUSE_SAVE).click().run()
    assert sent == [
        ("relationship", 1, {"paused_until": None, "pause_reason": None},
         {"paused_until": TODAY + dt.timedelta(days=14), "pause_reason": "Urlaub"}),
    ]  # fmt: skip
    next(
        b for b in at.button if b.label == words.HAND_OVER_SAVE and b.key.startswith("beziehungen_abgeben")
    ).click().run()
    assert sent[1] == ("relationship", 1, {"team_member": 1}, {"team_member": 2})
    assert words.BUSY in text_of(at)  # somebody was quicker: told, nothing to take back


def test_while_nocodb_is_away_a_click_is_told_and_nothing_is_claimed(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)

    def change(self: Changer, row: int, before: object, after: object, now: dt.datetime) -> bool:
        raise Unavailable("weg")

    monkeypatch.setattr(Changer, "change", change)
    at = open_page("beziehungen", wer="alle", liste="schritte")
    next(b for b in at.button if b.label == words.DONE).click().run()
    assert texts.ENTRY_DOWN in text_of(at)
    assert words.SAVED not in text_of(at)


def test_who_may_only_read_is_offered_nothing_to_change(related: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("beziehungen", wer="alle")
    assert not [b for b in at.button if b.label in (words.PAUSE_SAVE, words.HAND_OVER_SAVE, words.DONE)]


def test_what_hangs_on_one_person_is_found_on_both_sides(related: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("schluesselpersonen")
    assert not at.exception
    found = data.picture().key_persons()
    assert [(h.organisation, h.team_member) for h in found[Risk.ONE_OF_US]] == [(2, 2)]
    assert [(h.organisation, h.person) for h in found[Risk.ONE_OF_THEM]] == [(2, 3)]
    assert [h.organisation for h in found[Risk.NOBODY_NAMED]] == [3]
    assert [(h.organisation, h.person, h.office) for h in found[Risk.HOLDER_LEAVES]] == [(1, 2, 1)]
    assert numbers(at, "schluessel")["eine-von-uns"] == "1"
    one = open_page("schluesselpersonen", liste="eine-von-ihnen")
    assert one.dataframe[0].value.iloc[0]["Organisation"] == "Tafel"
    book = risk_table.workbook(data.picture(), Risk.ONE_OF_THEM, found[Risk.ONE_OF_THEM])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["Tafel", "Cem"]


@pytest.mark.parametrize("page", ["beziehungen", "schluesselpersonen", "netzwerkkarte", "datenqualitaet", "kontakte"])
def test_a_base_that_holds_only_organisations_opens_everywhere(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, page: str
) -> None:
    made_up.write(data_dir / "mirror", {"organisation": [{"id": 1, "name": "Verein"}]}, NOW)
    sign_in(Role.EDITOR)
    assert not open_page(page).exception
    nobody = data.picture().selected(Query(words="niemand", engagement="sport", listing="kalt"))
    assert (len(nobody), "name" in nobody.columns) == (0, True)


@pytest.mark.parametrize("page", ["beziehungen", "schluesselpersonen", "netzwerkkarte", "uebergabe"])
def test_an_empty_base_leads_to_the_first_step(data_dir: Path, open_page: OpenPage, sign_in: SignIn, page: str) -> None:
    sign_in(Role.EDITOR)
    at = open_page(page)
    assert not at.exception
    assert "make demo" in text_of(at)


def test_how_close_we_are_can_be_opened_to_the_contacts_it_comes_from(
    related: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("kontakte", eintrag="o1")
    told = text_of(at)
    assert words.BOND_WARMTH.format(step="kühl", points="0,4") in told
    assert "Anruf 0,60" in told
    assert (
        words.BOND_KNOWS.format(name="Rita Redlich", day=(TODAY - dt.timedelta(days=100)).strftime("%d.%m.%Y"), times=1)
        in told
    )
    (table,) = [d.value for d in at.dataframe if list(d.value.columns) == words.BOND_COLUMNS]
    assert table["Zählt heute"].tolist() == [f"{0.6 * 0.5 ** (100 / 180):.2f}".replace(".", ",")]


def test_a_hand_over_lists_what_is_left_and_gives_each_row_to_who_was_chosen(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    given: list[object] = []
    undone: list[object] = []

    def hand_over(opened, old, to, *, names, now, on_progress):  # type: ignore[no-untyped-def]
        given.append((old, dict(to), names))
        return handover.Handed("lauf-1", moved=len(to))

    monkeypatch.setattr(handover, "hand_over", hand_over)
    monkeypatch.setattr("streamlit_app.signed.connect", lambda *_: Connection(None, None))  # type: ignore[arg-type]
    monkeypatch.setattr("sync.undo.undo", lambda *_, run, now: undone.append(run) or UndoReport(restored=2))
    at = open_page("uebergabe")
    at.selectbox(key="uebergabe_wer").set_value(1).run()
    assert words.HAND_COUNT.format(count=2) in text_of(at)
    at.button(key="uebergabe_ok").click().run()
    assert given == [(1, {("relationship", 1): 2, ("interaction", 1): 2}, ("Rita Redlich", "Paul Probe"))]
    assert words.HANDED.format(moved=2) in text_of(at)
    at.button(key="uebergabe_rueckgaengig").click().run()
    assert undone == ["lauf-1"]
    assert words.HANDED_BACK.format(count=2) in text_of(at)


def test_a_contact_in_one_line_is_understood_corrected_and_saved(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    saved: list[Interaction] = []

    def save(self: Pen, record: Interaction, now: dt.datetime, *, unclear: bool = False) -> Saved:
        saved.append(record)
        return Saved(99, record)

    monkeypatch.setattr(Pen, "save", save)
    at = open_page("beziehungen", wer="alle")
    at.text_input(key="schnell_zeile_0").set_value("gestern Telefonat mit Tafel wegen Spenden, bis 31.12. Liste").run()
    next(b for b in at.button if b.label == words.QUICK_SAVE).click().run()
    (record,) = saved
    assert (record.day, record.kind, record.organisation) == (TODAY - dt.timedelta(days=1), "anruf", 2)
    assert (record.summary, record.next_step, record.team_member) == ("Spenden", "Liste", 1)
    assert record.ident.startswith("uebersicht:")  # type: ignore[union-attr]
    assert words.QUICK_SAVED.format(name="Tafel") in text_of(at)


def test_a_line_that_leaves_something_open_is_asked_about_and_not_saved(
    related: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    saved: list[object] = []
    monkeypatch.setattr(Pen, "save", lambda self, record, now, *, unclear=False: saved.append(record))
    at = open_page("beziehungen", wer="alle")
    at.text_input(key="schnell_zeile_0").set_value("gestern mit Niemand").run()
    assert words.QUICK_WHO_NONE.format(who="Niemand") in text_of(at)
    next(b for b in at.button if b.label == words.QUICK_SAVE).click().run()
    assert saved == []
    assert words.QUICK_WHO in "".join(str(e.value) for e in at.error)
