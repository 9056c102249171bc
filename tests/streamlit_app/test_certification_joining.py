"""Two cases made one from the page: who may, which cases are offered, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import made_up
import pytest
from made_up import NOW

from automations.certification.merging import Joined
from schemas.certification.rules.procedure import DEFAULT
from streamlit_app.door.cookie import Session
from streamlit_app.ui.certification import desk, joining
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]
CASES = (("Hort Nord", 1, 1, "Begutachtung", None), ("Hort Süd", 2, 1, "Selbsteinschätzung", None),
         ("Alt", 1, 2, "Siegel verliehen", 2024), ("Auch offen", 1, 2, "Ruht", None),
         ("Fremd", 3, 2, "Seminar", None))  # fmt: skip


@pytest.fixture
def case(data_dir: Path, open_page: OpenPage, sign_in: SignIn):
    def opened(role: Role):
        made = made_up.contacts(6, 12, 10, NOW.date())
        made["certification_round"] = [
            {"id": row, "name": f"Runde {row}", "year": 2026, "state": "läuft", "procedure": DEFAULT.as_text(),
             "begins_on": str(NOW.date())} for row in (1, 2)
        ]  # fmt: skip
        made["certification"] = [
            {"id": row, "name": name, "site": site, "round": round_, "phase": phase, "seal_year": year}
            for row, (name, site, round_, phase, year) in enumerate(CASES, start=1)
        ]  # fmt: skip
        made_up.write(data_dir / "mirror", made, NOW)
        sign_in(role)
        return open_page("zertifizierung", fall="1", teil="verlauf")

    return opened


def test_the_cases_that_may_become_one_are_offered_and_the_click_leads_to_the_one_that_stays(case, monkeypatch) -> None:
    at = case(Role.EDITOR)
    (offered,) = [box for box in at.selectbox if box.label == joining.OTHER]
    assert offered.options == ["Auch offen (Runde 2)", "Hort Süd"], "the site first; no seal, no stranger"

    assert at.button(key="zert_zusammen_1_ok").disabled, "nothing is chosen by itself"

    asked = []
    for module, name, stand_in in (
        (joining, "connect", lambda *_: SimpleNamespace()), (desk, "lay_over", lambda *_: None),
        (desk, "catch_up", lambda *_: None), (joining, "refresh", lambda: None),
        (joining, "join", lambda _, one, other, now: asked.append((one, other)) or Joined(2, 4, "r")),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, stand_in)
    offered.select_index(1).run()
    at.button(key="zert_zusammen_1_ok").click().run()
    assert asked == [(1, 2)]
    assert at.query_params["fall"] in ("2", ["2"])
    assert joining.DONE in [one.value for one in at.success]

    viewer = case(Role.VIEWER)
    assert joining.OTHER not in [box.label for box in viewer.selectbox]
