"""The tab *Verleihung*: who appears, what is missing before the print, papers made once, and nothing for viewers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW
from pypdf import PdfReader

from automations.certification.numbers import Why
from streamlit_app import context
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.certification import award_papers
from streamlit_app.ui.certification import awarding_texts as words
from streamlit_app.ui.certification import seal_texts as seal_words
from sync.nocodb.accounts import Role

Rows = dict[str, list[dict[str, object]]]
OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


@pytest.fixture
def tab(data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def opened(role: Role = Role.EDITOR, numbered: bool = True, more: Rows | None = None, **round_cells: object):
        tables = made_up.contacts(40, 60, 0, NOW.date()) | made_up_rounds.rounds(NOW.date(), 3, 40)
        year = tables["certification_round"][1]["year"]
        waiting = [
            row for row in tables["certification"] if row["round"] == 2 and str(row["phase"]).startswith("Empfohlen")
        ]
        for at, row in enumerate(waiting, start=1):
            row |= {"handover_order": len(waiting) - at + 1, "seal_number": f"{year}-{at:03d}" if numbered else None}
        tables["certification_round"][1] |= round_cells
        for code, rows in (more or {}).items():
            tables[code] = [*tables.get(code, []), *rows]
        tables["office"] = [{"id": 1, "name": "Oberbürgermeister:in"}]
        made_up.write(data_dir / "mirror", tables, NOW)
        monkeypatch.setenv("KONTAKTNETZ_TEMPLATES", str(tmp_path / "vorlagen"))
        sign_in(role)
        return open_page("zertifizierung", runde="2", teil="verleihung"), [row["name"] for row in waiting]

    return opened


def said(at) -> str:
    kinds = ("markdown", "subheader", "caption", "warning", "info", "success", "error", "expander")
    return "\n".join(str(getattr(e, "value", "") or getattr(e, "label", "")) for kind in kinds for e in at.get(kind))


def offers(at) -> set[str]:
    return {e.proto.label for e in at.get("download_button")}


def keys(at) -> set[str]:
    return {button.key for button in at.button}


def test_what_is_missing_is_named_and_papers_follow_the_order_of_appearance(tab) -> None:
    at, names = tab(signatory=1)

    assert names
    missing = "".join(warning.value for warning in at.warning)
    assert "Wer das Amt am" in missing
    assert "Oberbürgermeister" in missing
    assert "CITY_NAME" in missing
    assert "stadtlogo.svg" in said(at)
    assert {words.LIST, words.EXCEL} <= offers(at)
    assert words.AWARD_EARLY[:26] in said(at)
    at.session_state["verl_vorschau"] = True
    at.run()
    assert at.selectbox(key="verl_vorschau_wer").options == names[::-1]
    at.button(key="verl_setzen").click().run()
    assert {words.CERTIFICATES, words.PLATES} <= offers(at)
    made = at.session_state[award_papers._MADE]
    pages = PdfReader(io.BytesIO(made[1])).pages
    assert len(pages) == len(names) == len(PdfReader(io.BytesIO(made[2])).pages)
    assert names[-1].split()[-1] in pages[0].extract_text()
    assert at.button(key="verl_verleihen").disabled, "the fair is months away"
    next(box for box in at.checkbox if box.key.startswith("verl_frueh_")).check().run()
    at.button(key="verl_verleihen").click().run()
    assert at.warning[0].value  # NocoDB is away: it says so
    assert not at.exception


def test_papers_without_a_public_address_are_told_in_red_and_carry_no_code_unless_one_is_wanted(
    tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, names = tab(signatory=1)
    assert link_hint.NOWHERE in "".join(e.value for e in at.error)
    count = formats.number(len(names))
    assert at.button(key="verl_setzen").label == words.MAKE_BARE.format(count=count)
    at.button(key="verl_setzen").click().run()
    assert {one.code for one in at.session_state[award_papers._MADE][0][0]} == {""}
    at.checkbox(key="verl_ohne_netz").check().run()
    assert not {words.CERTIFICATES, words.PLATES} & offers(at), "what was made before is not what is wanted now"
    assert at.button(key="verl_setzen").label == words.MAKE.format(count=count)

    monkeypatch.setenv("ANSWER_URL", "https://antwort.example.org")
    context._current.clear()
    at, _ = tab(signatory=1)
    assert link_hint.NOWHERE not in "".join(e.value for e in at.error)
    assert "verl_ohne_netz" not in {box.key for box in at.checkbox}


def test_a_name_on_the_list_for_the_hand_over_that_no_font_has_is_told_also_before_there_are_numbers(tab) -> None:
    event = {"id": 900, "name": "Messe \U000f1234", "kind": "messe"}
    at, _ = tab(numbered=False)
    assert "Kästchen" not in said(at)
    at, _ = tab(numbered=False, more={"event": [event]}, award_event=900)
    assert "Messe \U000f1234" in said(at)
    assert "Kästchen" in said(at)


def test_without_numbers_they_come_first_and_viewers_only_look(tab) -> None:
    at, names = tab(numbered=False)
    assert words.NO_NUMBERS in said(at)
    assert words.NUMBERS.format(count=len(names)) in [button.label for button in at.button]
    assert words.LACK[words.GRAVE[1]] in "".join(warning.value for warning in at.warning)

    at, names = tab(role=Role.VIEWER, award_event=None)
    assert words.VIEWER in said(at)
    assert not keys(at) & {"verl_nummern", "verl_verleihen", "verl_setzen"}
    assert list(at.dataframe[0].value[words.NAME]) == names[::-1]


def test_a_decision_of_a_later_day_than_the_award_is_named_and_so_is_a_report_that_is_not_signed_off(tab) -> None:
    usual = {"round": 2, "phase": "Empfohlen – wartet auf Messe", "decision": "Siegel wird verliehen"}
    more = {
        "certification": [
            {"id": 901, "name": "Spät entschieden", "decided_on": "2090-02-15", **usual},
            {"id": 902, "name": "Wieder offen", "conclusion": "Gut.", **usual},
        ]
    }
    at, _ = tab(more=more)

    (shown,) = [one.value for one in at.dataframe if words.HINDERED_COLUMNS[1] in one.value.columns]
    why = dict(zip(shown[words.HINDERED_COLUMNS[0]], shown[words.HINDERED_COLUMNS[1]], strict=True))
    assert "Die Entscheidung ist vom 15.02.2090, die Verleihung vom" in why["Spät entschieden"]
    assert "Der Bericht ist nicht (mehr) freigegeben." in why["Wieder offen"]


def test_numbers_that_were_taken_back_joined_away_or_deleted_are_listed_as_void(tab) -> None:
    more = {
        "journal": [
            {"id": 1, "name": "Haus G", "table_code": "certification",
             "data": '{"after": {"seal_number": "2027-906"}}'},
            {"id": 2, "name": "Haus D ← Haus E", "table_code": "certification",
             "data": '{"row": {"name": "Haus E", "seal_number": "2027-905"}}'},
            {"id": 3, "name": "Anderes", "table_code": "person", "data": '{"after": {"note": "2027-907"}}'},
        ],
        "certification": [
            {"id": 903, "name": "Haus Z", "round": 2, "phase": "Zurückgezogen", "seal_number": "2027-904"},
            {"id": 904, "name": "Haus W", "round": 2, "phase": "Siegel verliehen", "seal_year": 2027,
             "seal_number": "2027-903", "seal_state": "widerrufen"},
        ],
    }  # fmt: skip
    at, _ = tab(more=more)
    assert not [one for one in at.dataframe if seal_words.VOID_COLUMNS[0] in one.value.columns], "only when asked for"

    at.session_state["siegel_ungueltig"] = True
    at.run()

    (shown,) = [one.value for one in at.dataframe if seal_words.VOID_COLUMNS[0] in one.value.columns]
    assert shown.to_numpy().tolist() == [
        ["2027-906", "Haus G", Why.GONE], ["2027-905", "Haus E", Why.GONE], ["2027-904", "Haus Z", Why.ENDED],
        ["2027-903", "Haus W", Why.REVOKED],
    ]  # fmt: skip


def test_seals_that_were_awarded_ahead_are_named_when_the_fair_moves(tab) -> None:
    fair = NOW.date() + dt.timedelta(days=200)
    ahead, right, past = (fair - dt.timedelta(days=20), fair, NOW.date() - dt.timedelta(days=1))
    cells = {"round": 2, "phase": "Verliehen", "decision": "Siegel wird verliehen", "seal_year": fair.year}
    more = [{"id": 9_000 + at, "name": f"Haus {at}", **cells, "seal_number": f"{fair.year}-9{at}", "awarded_on": day}
            for at, day in enumerate((ahead, right, past), start=1)]  # fmt: skip
    at, _ = tab(more={"certification": more})
    (told,) = [w.value for w in at.warning if "im Voraus" in w.value]
    assert f"Haus 1 ({ahead:%d.%m.%Y})" in told
    assert "Haus 2" not in told
    assert "Haus 3" not in told
