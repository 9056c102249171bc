"""The tab *Stände*, letters to print and name badges: what is offered, to whom, and what a broken template says."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from pypdf import PdfReader

from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import badges, sending_letters, stand_texts
from streamlit_app.ui.events import sending_texts as sending_words
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


@pytest.fixture
def tab(data_dir: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def opened(teil: str = "staende", role: Role = Role.EDITOR, stand: dict[str, object] | None = None, **asked: str):
        tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
        tables["stand"] = [row | (stand or {}) for row in tables["stand"]] if stand != {} else []
        made_up.write(data_dir / "mirror", tables, NOW)
        monkeypatch.setenv("KONTAKTNETZ_TEMPLATES", str(tmp_path / "vorlagen"))
        sign_in(role)
        return open_page("veranstaltungen", **({"v": "2", "teil": teil} | asked))

    return opened


def said(at) -> str:
    kinds = ("markdown", "subheader", "caption", "warning", "info", "success", "error", "expander")
    shown = [str(getattr(e, "value", "") or getattr(e, "label", "")) for kind in kinds for e in at.get(kind)]
    return "\n".join([*shown, *(str(e.proto.body) for e in at.get("html"))])


def offers(at) -> dict[str, str]:
    return {e.proto.id.rsplit("-", 1)[-1]: e.proto.label for e in at.get("download_button")}


def keys(at) -> set[str]:
    return {button.key for button in at.button}


def test_stands_are_counted_listed_and_offered_on_paper(tab) -> None:
    at = tab()
    assert "<b>15</b>" in said(at)
    assert {stand_texts.PLAN, stand_texts.LIST} <= set(offers(at).values())
    shown = at.dataframe[0].value
    assert list(shown["Nr."])[:3] == ["1", "2", "3"]
    assert "staende_nummern" not in keys(at)


def test_without_a_stand_the_next_step_is_told(tab) -> None:
    at = tab(stand={})
    assert stand_texts.EMPTY_TEXT in said(at)
    assert not at.dataframe


def test_numbers_are_offered_to_editors_only_and_a_number_given_twice_is_named(tab) -> None:
    assert "staende_nummern" in keys(tab(stand={"number": None}))
    at = tab(role=Role.VIEWER, stand={"number": None})
    assert stand_texts.VIEWER in said(at)
    assert "staende_nummern" not in keys(at)
    assert stand_texts.PROBLEMS.format(count=14) in said(tab(stand={"number": "7"}))


def test_while_nocodb_is_away_numbering_says_so_and_the_plan_is_there_all_the_same(tab) -> None:
    at = tab(stand={"number": None})
    at.button(key="staende_nummern").click().run()
    assert at.error
    assert {stand_texts.PLAN, stand_texts.LIST} <= set(offers(at).values())


def test_a_broken_template_of_the_agency_is_named_beside_the_table(tab, tmp_path: Path) -> None:
    (tmp_path / "vorlagen").mkdir()
    (tmp_path / "vorlagen" / "stand_plan.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#data.plan")
    at = tab(stand={"note": "anders"})
    assert "Vorlage „stand_plan.typ“ (Zeile 2)" in at.error[0].value
    assert len(at.dataframe) == 1


def test_letters_are_set_when_asked_for_and_offered_with_the_table(tab) -> None:
    at = tab("versand", anlass="dank", v="1")
    assert sending_words.LETTERS_PDF not in offers(at).values()
    at.button(key="versand_briefe_setzen").click().run()
    assert {sending_words.LETTERS_PDF, sending_words.LETTERS_SERIAL} <= set(offers(at).values())
    made = at.session_state[sending_letters._MADE]
    assert len(PdfReader(io.BytesIO(made.paper)).pages) == len(made.of[2])


def test_letters_with_a_link_are_not_printed_while_nocodb_is_away(tab) -> None:
    at = tab("versand", anlass="einladung")
    at.button(key="versand_briefe_setzen").click().run()
    assert at.error
    assert sending_words.LETTERS_PDF not in offers(at).values()


def test_badges_are_set_for_those_who_are_coming(tab) -> None:
    at = tab("einlass")
    at.button(key="einlass_schilder").click().run()
    assert stand_texts.BADGES_PDF in offers(at).values()
    of, paper = at.session_state[badges._MADE]
    assert len(PdfReader(io.BytesIO(paper)).pages) == -(-len(of[1]) // 10)
