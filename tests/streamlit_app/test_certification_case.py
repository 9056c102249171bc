"""The tabs of a case: what stands out in its ratings, whose text counts, who may decide, and what is told when not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW

from schemas.certification.choices import RATINGS
from schemas.certification.rules.procedure import DEFAULT
from streamlit_app.door.cookie import Session
from streamlit_app.ui import texts
from streamlit_app.ui.certification import assessment_texts, decision_texts, rating_entry, report_texts, step_texts
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]

LABEL = {choice.code: choice.label for choice in RATINGS}
MUST = next(i for i, c in enumerate(DEFAULT.criteria) if c.must)
FREE = next(i for i, c in enumerate(DEFAULT.criteria) if not c.must)
DAY = str(NOW.date())


def tables(**case: object) -> dict[str, list[dict[str, object]]]:
    """A case of organisation 2 under 1: all is full but one must (own 3, seen 1); one criterion is not answered."""
    made = made_up.contacts(6, 12, 10, NOW.date())
    made["organisation"] = [row | {"parent": 1 if row["id"] == 2 else None} for row in made["organisation"]]
    made["function"] = [{"id": 1, "name": "Leitung", "person": 3, "organisation": 2, "main": True}]
    made["certification_round"] = [{"id": 1, "name": "Runde 2027", "year": 2027, "state": "läuft", "body": 1,
                                    "procedure": DEFAULT.as_text(), "begins_on": DAY}]  # fmt: skip
    made["body"] = [{"id": 1, "name": "Steuerungsgruppe"}]
    made["seat"] = [{"id": 1, "body": 1, "organisation": 1, "name": "Träger"},
                    {"id": 2, "body": 1, "organisation": 4, "person": 3, "name": "Andere"},
                    {"id": 3, "body": 1, "organisation": 5, "person": 4, "name": "Freie"}]  # fmt: skip
    made["certification"] = [{"id": 1, "name": "Hort *Stern*", "site": 2, "round": 1, "phase": "Entscheidung",
                              "ident": "fall:1"} | case]  # fmt: skip
    made["step_record"] = [{"id": 1, "name": "Anmeldung", "certification": 1, "step_code": "anmeldung",
                            "outcome": "erledigt", "done_on": DAY, "ident": "s:1"}]  # fmt: skip
    made["assessment"] = [
        {"id": at + 1, "name": c.name, "certification": 1, "criterion_code": c.code,
         "self_rating": None if at == FREE else LABEL["3"], "self_proof": "Aushang",
         "review_rating": LABEL["1"] if at == MUST else None if at == FREE else LABEL["3"],
         "review_comment": "gesehen", "ident": f"einschaetzung:1:{c.code}"}
        for at, c in enumerate(DEFAULT.criteria)
    ]  # fmt: skip
    return made


@pytest.fixture
def tab(data_dir: Path, open_page: OpenPage, sign_in: SignIn):
    def opened(teil: str, role: Role = Role.EDITOR, **case: object):
        made_up.write(data_dir / "mirror", tables(**case), NOW)
        sign_in(role)
        return open_page("zertifizierung", fall="1", teil=teil)

    return opened


def said(at) -> str:
    kinds = ("markdown", "subheader", "caption", "warning", "info", "success", "error")
    shown = [str(e.value) for kind in kinds for e in at.get(kind)]
    return "\n".join([*shown, *(str(e.proto.body) for e in at.get("html"))])


def keys(at) -> set[str]:
    return {str(button.key) for button in at.button}


def area(at, label: str):
    return next(field for field in at.text_area if field.label == label)


def test_a_missing_must_stands_first_differences_are_told_in_words_and_a_keystroke_that_fails_is_told(tab) -> None:
    at = tab("einschaetzung")
    assert DEFAULT.criteria[MUST].name in at.error[0].value
    assert assessment_texts.WORSE.format(steps=2) in said(at)
    assert assessment_texts.VERDICT.format(verdict="noch unvollständig") in said(at)
    assert f"<b>{len(DEFAULT.criteria) - 1}</b>" in said(at)
    profile = at.dataframe[0].value
    assert list(profile["Selbst"]) == ["100 %"] * 3
    assert (profile["Im Gespräch"] != "100 %").sum() == 1
    assert len(at.dataframe[1].value) == len(DEFAULT.criteria)

    assert DEFAULT.criteria[FREE].name in at.text_input(key=rating_entry._LINE).label  # the first that nobody rated
    at.text_input(key=rating_entry._LINE).set_value(f"#{MUST + 1}")
    at.button(key="einsch_zeile_ok").click().run()
    assert DEFAULT.criteria[MUST].name in at.text_input(key=rating_entry._LINE).label
    at.text_input(key=rating_entry._LINE).set_value("#99")
    at.button(key="einsch_zeile_ok").click().run()
    assert "99" in said(at)
    at.text_input(key=rating_entry._LINE).set_value("2 jetzt besser")
    at.button(key="einsch_zeile_ok").click().run()
    assert texts.ENTRY_DOWN in [warning.value for warning in at.warning]
    assert DEFAULT.criteria[MUST].name in at.text_input(key=rating_entry._LINE).label


def test_a_draft_fills_empty_fields_only_and_a_text_that_came_in_between_is_shown_beside(tab, data_dir: Path) -> None:
    at = tab("bericht", conclusion="Unser Fazit")
    at.button(key="bericht_fuellen").click().run()
    assert area(at, "Stärken").value.startswith("- ")
    assert area(at, "Fazit").value == "Unser Fazit"
    assert report_texts.IS_DRAFT in said(at)
    assert at.button(key="bericht_freigeben").disabled

    area(at, "Fazit").set_value("Mein Fazit").run()
    made_up.write(data_dir / "mirror", tables(conclusion="Fazit der Kollegin", recommendations="- Neu"), NOW)
    at.run()
    assert area(at, "Fazit").value == "Mein Fazit"
    assert report_texts.OTHER in said(at)
    at.button(key="bericht_ok").click().run()
    assert texts.ENTRY_DOWN in [warning.value for warning in at.warning]
    assert area(at, "Fazit").value == "Mein Fazit"
    at.button(key="bericht_nimm_conclusion").click().run()
    assert area(at, "Fazit").value == "Fazit der Kollegin"
    at.button(key="bericht_verwerfen").click().run()
    assert area(at, "Stärken").value == ""
    assert not at.button(key="bericht_freigeben").disabled


def test_a_decision_waits_for_the_report_then_proposes_who_takes_no_part_and_asks_for_words(tab) -> None:
    at = tab("entscheidung")
    assert "Bericht ist noch nicht freigegeben" in said(at)
    assert "entsch_1_None_None_ok" not in keys(at)

    at = tab("entscheidung", signed_off_on=DAY, signed_off_by="Rita", conclusion="Empfohlen.\n- A")
    assert sorted(at.multiselect[0].value) == [1, 2]
    reasons = {field.value for field in at.text_input if field.label.startswith("Grund")}
    assert reasons == {"ist in der Einrichtung tätig", "gehört zum Träger der Einrichtung"}
    at.button(key="entsch_1_None_None_ok").click().run()
    assert decision_texts.NO_CHOICE in at.error[-1].value
    at.radio(key="entsch_1_None_None_wie").set_value("ja").run()
    assert "2027 zu verleihen" in area(at, "Wortlaut").value
    assert DEFAULT.criteria[MUST].name in at.warning[-1].value
    at.multiselect[0].set_value([1]).run()
    assert "Vorgeschlagen, aber nicht" in said(at)
    at.button(key="entsch_1_None_None_ok").click().run()
    assert texts.ENTRY_DOWN in [warning.value for warning in at.warning]


def test_who_only_looks_sees_all_three_tabs_and_can_write_on_none(tab) -> None:
    case = {"signed_off_on": DAY, "conclusion": "Empfohlen", "decision": "Kein Siegel", "decided_on": DAY,
            "decided_by": 1, "decision_text": "So <b>beschlossen</b>", "recused": "Träger: befangen"}  # fmt: skip
    at = tab("einschaetzung", Role.VIEWER, **case)
    assert assessment_texts.VIEWER in said(at)
    assert not at.text_input
    at = tab("bericht", Role.VIEWER, **case)
    assert "Empfohlen" in said(at)
    assert not at.text_area
    at = tab("entscheidung", Role.VIEWER, **case)
    assert "So &lt;b&gt;beschlossen" in said(at)
    assert "befangen" in said(at)
    assert not at.radio
    assert not {k for k in keys(at) if k.startswith("entsch")}


def test_while_the_network_decides_no_optional_step_is_proposed_and_open_steps_look_open(data_dir, open_page, sign_in):
    made = tables()
    done = [step.code for step in DEFAULT.steps if step.required and step.phase not in ("entscheidung", "wartet")]
    made["step_record"] = [
        {"id": at, "name": code, "certification": 1, "step_code": code, "outcome": "erledigt", "done_on": DAY,
         "ident": f"s:{code}"}
        for at, code in enumerate(done, start=1)
    ]  # fmt: skip
    made_up.write(data_dir / "mirror", made, NOW)
    sign_in(Role.EDITOR)
    at = open_page("zertifizierung", fall="1", teil="verlauf")

    (step,) = [
        box for box in at.selectbox if str(box.key).startswith("zert_schritt_") and str(box.key).endswith("_was")
    ]
    assert step.value is None
    assert step_texts.BY_DECISION in said(at)
    shown = said(at)
    assert shown.count('<li class="open">') == len(DEFAULT.steps) - len(done)
    step.select_index(0).run()
    assert step_texts.RECORD_DO in [button.label for button in at.button]
    assert not at.exception
