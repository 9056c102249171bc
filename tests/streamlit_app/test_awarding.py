"""The tab *Verleihung*: who appears, what is missing before the print, papers made once, and nothing for viewers."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW
from pypdf import PdfReader

from streamlit_app import context
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.certification import award_papers
from streamlit_app.ui.certification import awarding_texts as words
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


@pytest.fixture
def tab(data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def opened(role: Role = Role.EDITOR, numbered: bool = True, **round_cells: object):
        tables = made_up.contacts(40, 60, 0, NOW.date()) | made_up_rounds.rounds(NOW.date(), 3, 40)
        year = tables["certification_round"][1]["year"]
        waiting = [
            row for row in tables["certification"] if row["round"] == 2 and str(row["phase"]).startswith("Empfohlen")
        ]
        for at, row in enumerate(waiting, start=1):
            row |= {"handover_order": len(waiting) - at + 1, "seal_number": f"{year}-{at:03d}" if numbered else None}
        tables["certification_round"][1] |= round_cells
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


def test_without_numbers_they_come_first_and_viewers_only_look(tab) -> None:
    at, names = tab(numbered=False)
    assert words.NO_NUMBERS in said(at)
    assert words.NUMBERS.format(count=len(names)) in [button.label for button in at.button]
    assert words.LACK[words.GRAVE[1]] in "".join(warning.value for warning in at.warning)

    at, names = tab(role=Role.VIEWER, award_event=None)
    assert words.VIEWER in said(at)
    assert not keys(at) & {"verl_nummern", "verl_verleihen", "verl_setzen"}
    assert list(at.dataframe[0].value[words.NAME]) == names[::-1]
