"""The page *Zertifizierung* without a server: what stands there, for whom, and what is said when NocoDB is away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from schemas.certification.rules.calendar import Chance
from schemas.certification.rules.procedure import DEFAULT, Procedure
from streamlit_app.door.cookie import Session
from streamlit_app.ui.certification import board_texts, form_texts, procedure_texts, step_texts, texts
from sync.nocodb.accounts import Role

OpenPage = Callable[..., AppTest]
SignIn = Callable[[Role], Session]
RUNNING = {"runde": "2"}


@pytest.fixture
def page(data_dir: Path, open_page: OpenPage, sign_in: SignIn):
    def opened(role: Role = Role.EDITOR, rounds: int = 3, **asked: str) -> AppTest:
        tables = made_up.contacts(40, 60, 10, NOW.date())
        tables |= made_up_rounds.rounds(NOW.date(), rounds, 25, 60, 40) if rounds else {}
        made_up.write(data_dir / "mirror", tables, NOW)
        sign_in(role)
        return open_page("zertifizierung", **asked)

    return opened


def said(at: AppTest) -> str:
    kinds = ("markdown", "header", "caption", "warning", "info", "success", "error")
    shown = [str(getattr(e, "value", "")) for kind in kinds for e in at.get(kind)]
    return "\n".join([*shown, *(str(e.proto.body) for e in at.get("html"))])


def keys(at: AppTest) -> set[str]:
    return {button.key for button in at.button}


def test_an_empty_base_tells_the_first_step_and_a_viewer_what_is_missing(page) -> None:
    at = page(rounds=0)
    assert texts.EMPTY_TEXT in said(at)
    at.button(key="zert_neu").click().run()
    assert at.query_params["form"] == "neu"
    at = page(Role.VIEWER, rounds=0)
    assert form_texts.VIEWER in said(at)
    assert "zert_neu" not in keys(at)


def test_figures_lead_to_their_rows_and_the_board_is_filtered_by_who_acts(page) -> None:
    at = page(**RUNNING)
    cards = [key for key in keys(at) if key.startswith("zert_karte_")]
    figures = {metric.label: int(metric.value) for metric in at.metric}
    at.button(key="zert_oeffne_koordination").click().run()
    assert len(at.dataframe[0].value) == figures[board_texts.KPI["koordination"]] > 0
    at.button(key="zert_schliessen").click().run()
    assert not at.dataframe
    at.session_state["zert_dran_2"] = "netzwerk"
    at.run()
    fewer = [key for key in keys(at) if key.startswith("zert_karte_")]
    assert 0 < len(fewer) < len(cards)
    at.session_state["zert_ansicht"] = "tabelle"
    at.run()
    assert set(at.dataframe[0].value["Wer ist dran"]) == {"Netzwerk"}


def test_the_calendar_says_who_makes_the_fair_and_who_has_no_seat(page) -> None:
    at = page(**RUNNING, teil="kalender", zeilen="platz-ohne")
    figures = {metric.label: int(metric.value) for metric in at.metric}
    assert sum(figures.values()) == 25
    assert figures[board_texts.CHANCES[Chance.LATE]] > 0
    assert "muss alles erledigt sein" in said(at)
    assert board_texts.SEATS_LISTS["platz-ohne"] in said(at)


def test_a_viewer_sees_the_dragged_card_and_what_is_missing_but_no_button(page) -> None:
    tables = made_up_rounds.rounds(NOW.date(), 3, 25, 60, 40)
    done = {r["certification"] for r in tables["step_record"] if r["step_code"] == "team"}
    mine = [c["id"] for c in tables["certification"] if c["round"] == 2 and c["phase"] == "Begutachtung"]
    row = next(case for case in mine if case not in done)
    viewer = page(Role.VIEWER, fall=str(row))
    assert "Die Karte liegt weiter als die Nachweise: es fehlt" in said(viewer)
    assert "„Selbsteinschätzung im Team“" in said(viewer)
    assert step_texts.VIEWER in said(viewer)
    assert not {k for k in keys(viewer) if k.startswith(("zert_schritt", "zert_karte_richten", "zert_zurueck_"))}
    editor = page(fall=str(row))
    assert "zert_karte_richten" in keys(editor)
    assert next(s for s in editor.selectbox if s.label == step_texts.STEP).value in ("anmeldung", "seminar", "team")


def test_while_nocodb_is_away_a_step_says_so_and_nothing_is_lost(page) -> None:
    case = next(c["id"] for c in made_up_rounds.rounds(NOW.date(), 3, 25, 60, 40)["certification"]
                if c["round"] == 2 and c["phase"] == "Seminar")  # fmt: skip
    at = page(fall=str(case))
    field = next(t for t in at.text_input if t.label == step_texts.PROOF)
    field.set_value("liegt vor").run()
    next(b for b in at.button if b.label == step_texts.RECORD_DO).click().run()
    assert at.warning
    assert next(t for t in at.text_input if t.label == step_texts.PROOF).value == "liegt vor"
    assert texts.UNDO not in {b.label for b in at.button}


def test_the_procedure_shows_assumptions_and_how_each_round_differs(page, data_dir: Path) -> None:
    old = Procedure(DEFAULT.steps[1:], DEFAULT.criteria)
    tables = made_up_rounds.rounds(NOW.date(), 3, 2, 60, 40)
    tables["certification_round"][0]["procedure"] = old.as_text()
    at = page(teil="verfahren")
    assert procedure_texts.SAME in said(at)
    made_up.write(data_dir / "mirror", made_up.contacts(40, 60, 10, NOW.date()) | tables, NOW)
    at.run()
    assert procedure_texts.DIFFERS_ONE in said(at)
    assert list(at.dataframe[0].value["Annahme"]).count("ja") == sum(s.assumption for s in DEFAULT.steps)
