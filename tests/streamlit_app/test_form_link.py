"""The questionnaire of a placement as staff see it in the tab *Einschätzung*: how far, who, sent or not, its link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from schemas.certification.choices import RATINGS
from streamlit_app.door.cookie import Session
from streamlit_app.ui import link_hint
from streamlit_app.ui.certification import form_link_texts as words
from sync.nocodb.accounts import Role

OpenPage = Callable[..., AppTest]


@pytest.fixture
def tab(data_dir: Path, open_page: OpenPage, sign_in: Callable[[Role], Session], monkeypatch: pytest.MonkeyPatch):
    def opened(
        role: Role,
        *,
        phase: str = "Selbsteinschätzung",
        mark: str | None = "AbCdEf12",
        post: str = "",
        url: str = "https://antwort.example.org",
    ) -> AppTest:
        tables: dict = made_up.contacts(40, 60, 10, NOW.date())
        tables |= made_up_rounds.rounds(NOW.date(), 1, 2, 60, 40)
        tables["certification"][0] |= {"phase": phase, "mark": mark, "coordinator": None, "mail": "team@example.org"}
        tables["step_record"] = []
        tables["assessment"] = [
            {"id": n, "certification": 1, "criterion_code": code, "name": code, "self_rating": RATINGS[2].label,
             "rated_by": who, "rated_at": f"{NOW:%Y-%m-%d} 09:00:00+00:00", "ident": f"einschaetzung:1:{code}"}
            for n, (code, who) in enumerate([("einarbeitung", "Anna Müller"), ("aufgaben", "Olaf Muster")], start=1)
        ]  # fmt: skip
        tables["outbox"] = [
            {"id": 5, "name": "Selbsteinschätzung", "recipient": "team@example.org", "kind": "Fragebogen",
             "state": post, "about": "certification:1", "sent_at": f"{NOW:%Y-%m-%d} 08:00:00+00:00", "ident": "f:1"}
        ] if post else []  # fmt: skip
        monkeypatch.setenv("ANSWER_URL", url)
        made_up.write(data_dir / "mirror", tables, NOW)
        sign_in(role)
        return open_page("zertifizierung", fall="1", teil="einschaetzung")

    return opened


def said(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in ("markdown", "caption", "warning", "code") for e in at.get(kind))


def test_staff_see_how_far_it_is_and_who_filled_it_in_and_can_copy_send_and_void(tab) -> None:
    at = tab(Role.EDITOR, post="gesendet")
    for told in ("**2 von 8** Kriterien beantwortet", "Anna Müller (1), Olaf Muster (1)", "noch nicht als fertig",
                 "an team@example.org", "https://antwort.example.org/e/1.AbCdEf12."):  # fmt: skip
        assert told in said(at)
    assert at.button(key="frage_senden").label == words.SEND_AGAIN

    at.button(key="frage_link_weg").click().run()

    assert not at.exception
    assert "NocoDB" in "".join(w.value for w in at.warning), "it is away, and says so"
    assert "/e/1.AbCdEf12." in said(at), "the old link still holds"


@pytest.mark.parametrize("url", ["", "http://localhost:8502", "http://10.0.0.8", "https://siegel.local"])
def test_a_questionnaire_that_nobody_could_open_is_neither_sent_nor_copied_and_the_page_says_why(tab, url: str) -> None:
    at = tab(Role.EDITOR, url=url)
    red = "".join(e.value for e in at.error)
    assert link_hint.NOWHERE in red
    assert words.NOT_PUBLIC in red
    assert at.button(key="frage_senden").disabled
    assert "/e/1." not in said(at)
    assert words.LINK_BARRED in said(at)


def test_a_viewer_sees_the_state_but_neither_link_nor_button_and_a_first_link_is_offered(tab) -> None:
    at = tab(Role.VIEWER)
    assert "**2 von 8** Kriterien beantwortet" in said(at)
    assert "antwort.example.org" not in said(at)
    assert not {b.key for b in at.button} & {"frage_senden", "frage_link_weg", "frage_link_neu"}
    at = tab(Role.EDITOR, mark=None)
    assert words.NEVER_SENT in said(at)
    assert {"frage_senden", "frage_link_neu"} <= {b.key for b in at.button}
    at = tab(Role.EDITOR, phase="Begutachtung")
    assert words.CLOSED["nur lesen"] in said(at)
    assert "frage_senden" not in {b.key for b in at.button}
