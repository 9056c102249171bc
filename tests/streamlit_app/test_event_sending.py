"""The tab *Versand*: what goes out to whom, what is missing, previews, and what needs a person's yes."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW

from automations.mail.trouble import keep_trouble
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from streamlit_app import context
from streamlit_app.door.cookie import Session
from streamlit_app.ui import link_hint
from streamlit_app.ui.events import sending_desk, sending_letters, sending_preview
from streamlit_app.ui.events import sending_texts as words
from sync import reached
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


def said(at) -> str:
    kinds = ("markdown", "subheader", "caption", "warning", "info", "success", "error", "text", "expander")
    shown = [str(getattr(e, "value", "") or getattr(e, "label", "")) for kind in kinds for e in at.get(kind)]
    return "\n".join([*shown, *(str(e.proto.body) for e in at.get("html"))])


def keys(at) -> set[str]:
    return {button.key for button in at.button}


@pytest.fixture
def write(data_dir: Path) -> Callable[..., None]:
    def written(**event: object) -> None:
        tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
        tables["event"] = [row | (event if row["id"] == 2 else {}) for row in tables["event"]]
        made_up.write(data_dir / "mirror", tables, NOW)

    return written


@pytest.fixture
def tab(write: Callable[..., None], open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    def opened(occasion: str = "einladung", role: Role = Role.EDITOR, mail: bool = True, **event: object):
        write(**event)
        if mail:
            monkeypatch.setenv("SMTP_HOST", "mail.example.org")
            monkeypatch.setenv("MAIL_FROM", "kontakt@example.org")
        sign_in(role)
        return open_page("veranstaltungen", v="2", teil="versand", anlass=occasion)

    return opened


def test_everybody_is_either_reached_or_named_with_a_reason_and_nothing_goes_out_without_a_yes(tab) -> None:
    at = tab()
    told = said(at)
    assert words.WHO["einladung"] in told
    assert "per E-Mail" in told
    assert words.WHY["schon-bekommen"] in told
    assert "versand_ja" not in keys(at)
    at.button(key="versand_senden").click().run()
    assert "bekommen jetzt „Einladung“ per E-Mail" in said(at)
    assert "versand_ja" in keys(at)
    at.button(key="versand_nein").click().run()
    assert "versand_senden" in keys(at)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8501", "http://192.168.1.20:8501"])
def test_links_that_nobody_could_open_are_told_in_red_and_mails_go_without_them_after_a_question(
    tab, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("ANSWER_URL", url)
    at = tab()
    red = "".join(e.value for e in at.error)
    assert link_hint.NOWHERE in red
    assert words.NO_LINKS in red
    assert "ANSWER_URL" in red
    frame = html.unescape(html.unescape(at.get("iframe")[0].proto.srcdoc))
    assert "/a/" not in frame
    assert "Ihre Antwort per E-Mail" in frame or "Antworten Sie einfach auf diese Nachricht" in frame
    assert at.button(key="versand_senden").label.endswith("ohne Link senden")
    at.button(key="versand_senden").click().run()
    assert words.CONFIRM_BARE in said(at)
    assert "versand_ja" in keys(at)


def test_an_address_that_does_not_answer_is_told_in_red_with_what_to_look_at(
    tab, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://antwort.example.org"
    monkeypatch.setenv("ANSWER_URL", address)
    data_dir.mkdir()
    found = {"address": address, "at": dt.datetime.now(dt.UTC).isoformat(), "reached": False}
    (data_dir / reached.NAME).write_text(json.dumps(found), encoding="utf-8")
    at = tab()
    red = "".join(e.value for e in at.error)
    assert link_hint.NOWHERE in red
    assert "antworten unsere Antwortseiten zurzeit nicht" in red
    assert "kontaktnetz answers" in red
    assert at.button(key="versand_senden").label.endswith("ohne Link senden")


@pytest.mark.parametrize("occasion", ["dank", "vormerken"])
def test_what_carries_no_link_anyway_is_not_warned_about(tab, occasion: str) -> None:
    assert link_hint.NOWHERE not in said(tab(occasion))


def test_letters_that_nobody_could_answer_are_not_offered_for_print(tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_letters, "answer_ways", lambda event: ())
    at = tab()
    assert words.LETTERS_MUTE in said(at)
    assert "versand_briefe_setzen" not in keys(at)
    monkeypatch.setenv("ANSWER_URL", "https://antwort.example.org")
    context._current.clear()
    at = tab()
    assert words.LETTERS_MUTE not in said(at)
    assert "versand_briefe_setzen" in keys(at)


@pytest.mark.parametrize("column", ["invitation_text", "invitation_subject", "programme"])
def test_a_typed_text_with_a_character_that_no_font_has_is_named_before_letters_are_printed(
    tab, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    monkeypatch.setenv("ANSWER_URL", "https://antwort.example.org")
    assert "Kästchen" not in "".join(one.value for one in tab().warning)
    context._current.clear()
    odd = "Wir \U000f1234 freuen uns"
    at = tab(**{column: odd})
    assert odd in "".join(one.value for one in at.warning)


def test_in_the_demo_links_lead_to_this_machine_and_the_page_says_so(tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTNETZ_DEMO", "true")
    at = tab()
    assert "Vorführung: Links und QR-Codes führen auf diesen Rechner" in "".join(e.value for e in at.info)
    assert not at.error
    assert "/a/vorschau" in html.unescape(html.unescape(at.get("iframe")[0].proto.srcdoc))
    assert "ohne Link" not in at.button(key="versand_senden").label


def test_the_preview_steps_through_the_guests_and_shows_no_link_that_is_valid(
    tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWER_URL", "https://antwort.example.org")
    at = tab()
    assert link_hint.NOWHERE not in said(at)
    frame = html.unescape(html.unescape(at.get("iframe")[0].proto.srcdoc))
    assert 'sandbox=""' in frame
    assert "/a/vorschau" in frame
    assert "marke" not in frame
    first = at.selectbox(key="versand_wen").value
    at.button(key="versand_weiter_gast").click().run()
    assert at.selectbox(key="versand_wen").value == first + 1
    at.button(key="versand_zurueck_gast").click().run()
    at.button(key="versand_zurueck_gast").click().run()
    assert at.selectbox(key="versand_wen").value == len(at.selectbox(key="versand_wen").options) - 1


def test_without_a_mail_server_letters_and_calls_still_go(tab) -> None:
    at = tab(mail=False)
    assert words.NO_SERVER in said(at)
    assert "versand_senden" not in keys(at)
    assert {"versand_briefe_fertig", "versand_telefon_fertig"} & keys(at)


def test_an_event_without_day_or_place_says_what_is_missing(tab) -> None:
    at = tab(starts_at=None, venue=None, street=None)
    assert words.MISSING.format(what="der Beginn, der Ort") in said(at)
    assert "versand_senden" not in keys(at)


def test_only_the_call_off_goes_out_for_an_event_that_is_called_off(tab) -> None:
    at = tab(state="Abgesagt")
    assert words.NOT_FITTING[True] in said(at)
    assert "versand_senden" not in keys(at)
    at.selectbox(key="versand_anlass").select("absage").run()
    assert "versand_senden" in keys(at)


def test_a_changed_day_is_offered_to_those_who_have_the_old_one(tab) -> None:
    at = tab(calendar_state="findet statt | anderer Tag", sequence=0)
    assert "Eingeladene wissen das noch nicht" in said(at)
    at.button(key="versand_zur_aenderung").click().run()
    assert at.selectbox(key="versand_anlass").value == "aenderung"


def test_a_viewer_sees_everything_and_sends_nothing(tab) -> None:
    at = tab(role=Role.VIEWER)
    assert words.VIEWER in said(at)
    assert not {"versand_senden", "versand_probe_los", "versand_briefe_fertig"} & keys(at)


def test_an_unknown_placeholder_stops_the_sending_with_a_sentence(tab) -> None:
    at = tab(invitation_text="am {wann} ist es so weit.")
    assert "{wann}" in said(at)
    assert "versand_senden" not in keys(at)


def test_while_nocodb_is_away_the_progress_says_so_and_a_click_writes_nothing(tab, open_page: OpenPage) -> None:
    at = tab()
    at.session_state[sending_desk.BUSY] = "event:2:einladung"
    at.run()
    assert words.DOWN in said(at)
    at.button(key="versand_probe_los").click().run()
    assert at.error
    assert not at.exception


class FakeRun:
    """A sending that stands still."""

    counts: dict[PostState, int] = {}  # noqa: RUF012 - set by the test
    moved: list[str] = []  # noqa: RUF012
    problems: list[str] = []  # noqa: RUF012

    def progress(self):
        return self.counts

    def stuck(self):
        return []

    def put_off(self):
        return [Post(problem=problem) for problem in self.problems]

    def pause(self):
        self.moved.append("pause")
        return 3

    def go_on(self):
        self.moved.append("go_on")
        return 3

    def stop(self):
        self.moved.append("stop")
        return 3


def test_a_running_sending_can_be_paused_and_one_that_is_paused_goes_on(tab, monkeypatch) -> None:
    FakeRun.counts, FakeRun.moved = {PostState.QUEUED: 3, PostState.SENT: 7}, []
    monkeypatch.setattr(sending_desk.Desk, "run", lambda self: FakeRun())
    at = tab()
    at.session_state[sending_desk.BUSY] = "event:2:einladung"
    at.run()
    assert words.DONE_BAR.format(sent="7", total="10") in str(at.get("progress")[0].proto)
    assert {"versand_pause", "versand_stop"} <= keys(at)
    at.button(key="versand_pause").click().run()
    assert FakeRun.moved == ["pause"]
    assert words.PAUSED.format(count=3) in said(at)
    FakeRun.counts = {PostState.HELD: 3, PostState.SENT: 7}
    at.session_state[sending_desk.BUSY] = "event:2:einladung"
    at.run()
    assert "versand_go_on" in keys(at)


def test_what_waits_says_why_and_a_mail_server_that_is_away_is_named(tab, data_dir: Path, monkeypatch) -> None:
    FakeRun.counts, FakeRun.moved = {PostState.QUEUED: 3, PostState.SENT: 7}, []
    monkeypatch.setattr(FakeRun, "problems", ["(450: erst) ", "(450: zu_viele)"])
    monkeypatch.setattr(sending_desk.Desk, "run", lambda self: FakeRun())
    at = tab()
    at.session_state[sending_desk.BUSY] = "event:2:einladung"
    at.run()
    assert "2 E-Mails nimmt der Mailserver noch nicht an" in said(at)
    assert r"\(450\: zu\_viele\)" in said(at)
    assert words.BACKGROUND in said(at)
    keep_trouble(data_dir, "Der Mailserver mail.example.org ist nicht erreichbar.", context.now())
    at.run()
    assert "Im Moment geht nichts hinaus" in said(at)
    assert "mail.example.org ist nicht erreichbar" in said(at)
    assert words.BACKGROUND not in said(at)
    keep_trouble(data_dir, "", context.now())
    at.run()
    assert "Im Moment geht nichts hinaus" not in said(at)


def test_a_page_in_the_preview_cannot_break_out_of_its_frame() -> None:
    shown = sending_preview.sandboxed('<p title="x">"><script>alert(1)</script></p>')
    assert "<script" not in shown
    assert shown.count("<iframe") == 1
