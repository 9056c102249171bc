"""The tab *Antworten*: the keyboard list, what a person decides, corrections; as editor and as viewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import made_up
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from automations.events.replies import NewReply
from schemas.errors import Unavailable
from schemas.events.choices import Answer, Place, ReplyChannel, ReplyState
from schemas.events.rules.answers import NO_NEEDS
from schemas.events.tables import Invitation, Reply
from streamlit_app import data, event_data
from streamlit_app.answering import Taken
from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import answer_desk
from streamlit_app.ui.events import answer_texts as words
from sync.mirror import patch_mirror
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]

EVENT = {"id": 1, "name": "Ehrung", "state": "Läuft", "starts_at": "2027-03-01 15:00:00+00:00", "capacity": 3}
GUESTS = [
    {"id": 1, "name": "Vera Müller", "organisation": 1, "person": 1},
    {"id": 2, "name": "Olaf Muster", "organisation": 2, "person": 2},
    {"id": 3, "name": "Grete Mueller-Groß", "organisation": 2},
]  # fmt: skip
MAIL = {"id": 9, "name": "vera@example.org", "event": 1, "invitation": 1, "channel": "E-Mail", "text": "Bin dabei!",
        "why": "Freier Text", "state": "zu entscheiden", "at": "2026-03-01 08:00:00+00:00"}  # fmt: skip


@pytest.fixture
def event(data_dir: Path) -> Path:
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 1, "name": "Lesepaten"}, {"id": 2, "name": "Tafel"}],
            "event": [EVENT],
            "invitation": [
                {"event": 1, "state": "eingeladen", "answer": "offen", "channel": "Brief", **one} for one in GUESTS
            ],
            "reply": [MAIL],
        },
        NOW,
    )  # fmt: skip
    return data_dir / "mirror"


class FakeScribe:
    """Writes into the mirror what the real one lays over it."""

    written: list[Any] = []  # noqa: RUF012 - emptied by the fixture
    away = False
    place: Place | None = None
    folder = Path()

    def __init__(self, settings: object, manifest: object, token: str, by: str) -> None:
        self.by = by

    def take(self, reply: NewReply, now: dt.datetime) -> Taken:
        self.written.append(reply)
        if FakeScribe.away:
            raise Unavailable("weg")
        stands = Invitation(id=reply.invitation, name=reply.name, event=1, state="eingeladen", answer=reply.answer,
                            companions=reply.companions, answered_at=reply.at, answered_by=reply.channel,
                            place=self.place)  # fmt: skip
        patch_mirror(self.folder, "invitation", reply.invitation or 0, stands.encode(), now)
        own = Reply(id=50 + len(self.written), name=reply.name, invitation=reply.invitation, event=1,
                    answer=reply.answer, channel=reply.channel, at=reply.at, state=ReplyState.COUNTS,
                    recorded_by=reply.recorded_by)  # fmt: skip
        patch_mirror(self.folder, "reply", own.id or 0, own.encode(), now)
        return Taken(stands, (own,), own)

    def change(self, change: object, invitation: int | None, now: dt.datetime) -> bool:
        self.written.append((change, invitation))
        return not FakeScribe.away

    def correct(self, row: int, before: object, after: object, now: dt.datetime) -> bool:
        self.written.append((row, before, after))
        return not FakeScribe.away


@pytest.fixture
def written(event: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(answer_desk, "Scribe", FakeScribe)
    FakeScribe.written, FakeScribe.away, FakeScribe.place, FakeScribe.folder = [], False, None, event
    return FakeScribe.written


def open_tab(open_page: OpenPage, **more: str) -> AppTest:
    return open_page("veranstaltungen", v="1", teil="antworten", **more)


def type_(at: AppTest, line: str) -> AppTest:
    at.text_input(key="antw_zeile").set_value(line)
    at.button(key="antw_suchen").click().run()
    assert not at.exception, at.exception[0].message
    return at


def text_of(at: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "success", "warning", "html", "header", "text")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


def test_a_name_enter_a_letter_enter_is_an_answer_and_the_field_is_empty_again(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_(open_tab(open_page), "mull")
    assert words.MATCHES.format(count=2) in text_of(at), "Müller and Mueller are one name to whoever types"
    at = type_(at, "z 2 vegetarisch")

    (reply,) = written
    assert (reply.invitation, reply.answer, reply.companions, reply.text) == (3, Answer.YES, 2, "vegetarisch")
    assert (reply.channel, reply.recorded_by) == (ReplyChannel.PHONE, "editor@example.org")
    assert "zugesagt" in at.success[0].value
    assert not [r for r in at.radio if r.key and r.key.startswith("antw_form")], "nobody is chosen any more"

    at = type_(type_(at, "muster"), "a")
    assert [(r.invitation, r.answer) for r in written[1:]] == [(2, Answer.NO)]
    assert written[0].key != written[1].key


def test_an_answer_that_promises_more_chairs_than_there_are_says_so_at_once(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    FakeScribe.place = Place.SURE  # the guest has a place and keeps it, whoever comes along
    at = type_(type_(open_tab(open_page), "vera"), "z 2")
    assert "zu viel" not in at.success[0].value, "three of three"
    at = type_(type_(at, "vera"), "z 3")
    assert words.OVER.format(taken="4", capacity="3", more="1") in at.success[0].value
    at = type_(type_(at, "olaf"), "a")
    assert "zu viel" not in at.success[0].value, "not what this answer did"


@pytest.mark.parametrize(
    ("url", "shown"), [("", False), ("http://rechner.local", False), ("https://a.example.org", True)]
)
def test_a_link_to_copy_is_shown_only_when_guests_could_open_it(
    event: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, url: str, shown: bool
) -> None:
    tables = {"event": [EVENT], "invitation": [{**GUESTS[1], "event": 1, "state": "eingeladen", "mark": "AbCdEf12"}]}
    made_up.write(event, tables, NOW)
    monkeypatch.setenv("ANSWER_URL", url)
    sign_in(Role.EDITOR)
    at = type_(open_tab(open_page), "muster")
    assert [f"{url}/a/2.AbCdEf12." in one.value for one in at.code] == ([True] if shown else [])
    assert (words.LINK_BARRED in "".join(e.value for e in at.error)) is not shown


def test_the_number_of_a_match_chooses_it_and_the_way_stays_as_chosen(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    at.session_state["antw_weg"] = ReplyChannel.LETTER
    first = type_(at, "mull").session_state["antw_gast"]
    at = type_(at, "2")
    assert at.session_state["antw_gast"] != first
    at = type_(at, "t: Frau Beispiel")
    assert (written[0].represented_by, written[0].channel) == ("Frau Beispiel", ReplyChannel.LETTER)
    assert at.session_state["antw_weg"] == ReplyChannel.LETTER


def test_what_is_typed_wrongly_is_told_and_nothing_is_written(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_(open_tab(open_page), "z")
    assert at.warning[0].value == words.NAME_FIRST
    assert "Gästeliste" in type_(at, "niemand").warning[0].value
    assert type_(at, "x").warning[0].value == words.TOO_SHORT
    at = type_(at, "muster")
    at.button(key="antw_form_2_ok").click().run()
    assert at.warning[0].value == words.CHOOSE
    assert not written


def test_an_answer_that_may_have_arrived_is_sent_again_with_its_key(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    FakeScribe.away = True
    at = type_(type_(open_tab(open_page), "muster"), "z")
    assert at.warning[0].value == words.DOWN
    type_(at, "a")
    FakeScribe.away = False
    type_(at, "a")
    assert written[1].key == written[2].key
    assert written[0].key != written[1].key, "another answer is not taken for the one that may stand there"


def test_the_form_for_the_mouse_takes_everything_a_guest_told(
    written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = type_(open_tab(open_page), "muster")
    at.radio(key="antw_form_2_antwort").set_value(Answer.YES)
    at.number_input(key="antw_form_2_begleitung").set_value(1)
    at.text_input(key="antw_form_2_namen").set_value("Ines Muster")
    at.text_input(key="antw_form_2_bedarf").set_value("Rollstuhl")
    at.button(key="antw_form_2_ok").click().run()
    (reply,) = written
    assert (reply.companions, reply.companion_names, reply.needs) == (1, "Ines Muster", "Rollstuhl")
    assert at.button(key="antw_rueckgaengig")
    at.button(key="antw_rueckgaengig").click().run()
    change, invitation = written[1]
    assert (change.after, invitation) == ({"state": ReplyState.DISCARDED}, 2)


def test_one_click_decides_what_a_mail_meant(written: list[Any], open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    assert "Bin dabei!" in text_of(at)
    at.button(key="antw_entscheiden_9_zugesagt").click().run()
    change, invitation = written[0]
    assert invitation == 1
    assert change.before == {
        "state": ReplyState.TO_DECIDE, "invitation": 1, "event": 1, "answer": None, "companions": None,
        "companion_names": None, "represented_by": None, "needs": None, "recorded_by": None,
    }  # fmt: skip
    assert (change.after["answer"], change.after["state"]) == (Answer.YES, ReplyState.COUNTS)
    FakeScribe.away = True
    at.button(key="antw_entscheiden_9_weg").click().run()
    assert at.warning[0].value == words.BUSY


def test_what_a_mail_tells_about_companions_and_needs_is_typed_where_it_is_decided(
    event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    told = Invitation(id=1, name="Ada Beispiel", event=1, state="eingeladen", answer="zugesagt", companions=2,
                      companion_names="A, B", needs="Rollstuhl")  # fmt: skip
    patch_mirror(event, "invitation", 1, told.encode(), NOW)
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    fields = "antw_entscheiden_9_1"
    assert at.number_input(key=f"{fields}_begleitung").value == 2, "a click begins with what the guest said before"
    assert at.text_input(key=f"{fields}_bedarf").value == "Rollstuhl"

    at.button(key="antw_entscheiden_9_zugesagt").click().run()
    kept = written[0][0].after
    assert (kept["companions"], kept["companion_names"], kept["needs"]) == (2, None, "Rollstuhl")

    at.text_input(key=f"{fields}_namen").set_value("Frau Schulz")
    at.text_input(key=f"{fields}_bedarf").set_value("")
    at.number_input(key=f"{fields}_begleitung").set_value(0)
    at.button(key="antw_entscheiden_9_vertretung").click().run()
    sent = written[1][0].after
    assert (sent["represented_by"], sent["companion_names"], sent["companions"]) == ("Frau Schulz", None, 0)
    assert sent["needs"] == NO_NEEDS, "an emptied field takes back what was told"


@pytest.mark.parametrize("companions", [-1, 21, 999])
def test_any_number_of_companions_that_a_calendar_or_a_cell_names_is_shown(
    companions: int, event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    doubted = Reply(name="Vera", event=1, invitation=1, channel="kalender", answer="zugesagt", companions=companions,
                    state=ReplyState.TO_DECIDE, at=NOW)  # fmt: skip
    typed = Invitation(id=2, name="Olaf Muster", event=1, state="eingeladen", answer="zugesagt", companions=companions)
    patch_mirror(event, "reply", 9, doubted.encode(), NOW)
    patch_mirror(event, "invitation", 2, typed.encode(), NOW)
    sign_in(Role.EDITOR)

    at = type_(open_tab(open_page), "muster")

    shown = [at.number_input(key=f"antw_{field}_begleitung").value for field in ("entscheiden_9_1", "form_2")]
    assert shown == [max(companions, 0)] * 2


@pytest.mark.parametrize(("clicked", "companions", "names"), [
    ("zugesagt", 2, "Anna und Ben"), ("vertretung", 2, "Anna und Ben"), ("zugesagt", 0, None), ("abgesagt", 2, None),
])  # fmt: skip
def test_who_comes_along_by_what_is_to_decide_is_kept(
    clicked: str, companions: int, names: str | None, event: Path, written: list[Any], open_page: OpenPage,
    sign_in: SignIn,
) -> None:  # fmt: skip
    typed = Reply(name="Vera", event=1, invitation=1, channel="formular", companions=2, companion_names="Anna und Ben",
                  state=ReplyState.TO_DECIDE, at=NOW)  # fmt: skip
    patch_mirror(event, "reply", 9, typed.encode(), NOW)
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    at.number_input(key="antw_entscheiden_9_1_begleitung").set_value(companions)

    at.button(key=f"antw_entscheiden_9_{clicked}").click().run()

    assert written[0][0].after["companion_names"] == names


def test_words_beside_an_answer_that_counts_are_shown_until_somebody_read_them(
    event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    unread = Reply(name="Ada Beispiel", invitation=1, event=1, channel="kalender", answer="zugesagt",
                   text="Ich brauche eine Rampe", state=ReplyState.UNREAD, at=NOW)  # fmt: skip
    patch_mirror(event, "reply", 9, unread.encode(), NOW)
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    assert "Ich brauche eine Rampe" in text_of(at)
    assert "Gilt schon" in text_of(at)

    at.button(key="antw_entscheiden_9_gelesen").click().run()

    change, invitation = written[0]
    assert (change.before, change.after, invitation) == (
        {"state": ReplyState.UNREAD}, {"state": ReplyState.COUNTS}, 1
    )  # fmt: skip


def test_what_is_typed_beside_a_message_is_not_lost_when_it_is_marked_as_read(
    event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    unread = Reply(name="Ada Beispiel", invitation=1, event=1, channel="kalender", answer="zugesagt",
                   text="Ich brauche eine Rampe", state=ReplyState.UNREAD, at=NOW)  # fmt: skip
    patch_mirror(event, "reply", 9, unread.encode(), NOW)
    sign_in(Role.EDITOR)
    at = open_tab(open_page)
    at.text_input(key="antw_entscheiden_9_1_bedarf").set_value("Rampe")

    at.button(key="antw_entscheiden_9_gelesen").click().run()

    after = written[0][0].after
    assert (after["state"], after["answer"], after["needs"]) == (ReplyState.COUNTS, Answer.YES, "Rampe")


def test_a_mail_from_somebody_unknown_asks_who_is_meant(
    event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    unknown = Reply(name="x@example.org", channel="mail", text="Ich komme", state=ReplyState.TO_DECIDE)
    patch_mirror(event, "reply", 10, unknown.encode(), NOW)
    at = open_tab(open_page)
    assert words.DECIDE_NOWHERE in text_of(at)
    assert at.button(key="antw_entscheiden_10_zugesagt").disabled
    at.text_input(key="antw_wer_10").set_value("muster").run()
    at.button(key="antw_entscheiden_10_zugesagt").click().run()
    change, invitation = written[0]
    assert (invitation, change.after["invitation"], change.after["event"]) == (2, 2, 1)


def test_a_viewer_reads_and_finds_nothing_to_write_with(event: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_tab(open_page)
    assert words.VIEWER in text_of(at)
    assert "Bin dabei!" in text_of(at)
    assert not at.text_input
    assert not [b for b in at.button if b.key and b.key.startswith("antw_entscheiden")]


def test_an_event_without_guests_says_what_comes_first(event: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    for row in (1, 2, 3):
        patch_mirror(event, "invitation", row, None, NOW)
    at = open_tab(open_page)
    assert words.NO_GUESTS in text_of(at)
    at.button(key="antw_gaeste").click().run()
    assert at.query_params["teil"] == "gaeste"


def test_staff_text_is_shown_as_text(event: Path, written: list[Any], open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    evil = Reply(name="<b>x</b>", channel="mail", event=1, text="<img src=x onerror=1>", state=ReplyState.TO_DECIDE)
    patch_mirror(event, "reply", 10, evil.encode(), NOW)
    assert "<img" not in "".join(h.value for h in open_tab(open_page).html)


def test_answers_come_from_the_rules(event: Path, data_dir: Path) -> None:
    found = event_data.answers(data.picture(), 1)
    assert found is not None
    assert [g.row.name for g in found.named("schweigen")] == ["Grete Mueller-Groß", "Olaf Muster", "Vera Müller"]
    assert (found.seats.taken, found.seats.free) == (0, 3)
