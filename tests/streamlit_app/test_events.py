"""The page *Veranstaltungen*: the list, an event's head, its form, its guests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW

from automations.workdays import is_free
from schemas.events.choices import EventState
from schemas.events.rules.deadlines import proposed
from schemas.events.tables import Event
from schemas.time_zone import BERLIN
from streamlit_app.changing import Changer
from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import form_texts as form_words
from streamlit_app.ui.events import texts as words
from streamlit_app.writing import Pen, Saved
from sync.mirror import patch_mirror
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


def text_of(at) -> str:
    return "\n".join(str(e.value) for kind in ("markdown", "header", "caption", "warning", "info", "success", "error",
                                               "title") for e in getattr(at, kind)) + "\n".join(
        str(e.proto.body) for e in at.get("html"))  # fmt: skip


@pytest.fixture
def with_events(data_dir: Path) -> Path:
    tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
    made_up.write(data_dir / "mirror", tables, NOW)
    return data_dir / "mirror"


def test_coming_events_come_first_and_each_opens_with_a_click(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen")
    assert [h.value for h in at.header] == [words.COMING, words.UNDATED, words.PAST]
    at.button(key="va_oeffnen_2").click().run()
    assert not at.exception
    assert at.query_params["v"] in ("2", ["2"])
    assert "Engagementmesse" in [h.value for h in at.header]
    at.button(key="va_zurueck").click().run()
    assert [h.value for h in at.header] == [words.COMING, words.UNDATED, words.PAST]


@pytest.mark.parametrize("tab", words.TABS)
def test_every_tab_opens_by_its_address(with_events: Path, open_page: OpenPage, sign_in: SignIn, tab: str) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="2", teil=tab)
    assert not at.exception
    assert at.session_state["va_teil"] == tab


def test_an_event_that_is_gone_is_said_to_be(with_events: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen", v="77")
    assert words.GONE in text_of(at)


def test_without_any_event_the_page_tells_how_to_make_the_first(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    assert words.EMPTY_TITLE in text_of(open_page("veranstaltungen"))


def test_an_event_is_made_with_deadlines_that_suit_it_and_taken_back(
    with_events: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    saved: list[Event] = []
    undone: list[int] = []

    def save(self: Pen, record: Event, now: dt.datetime, *, unclear: bool = False) -> Saved:
        saved.append(record)
        patch_mirror(with_events, "event", 9, record.encode(), now)
        return Saved(9, record)

    monkeypatch.setattr(Pen, "save", save)
    monkeypatch.setattr(Pen, "undo", lambda self, done, now: undone.append(done.row))
    at = open_page("veranstaltungen", form="neu")
    key = f"va_form_neu_{at.session_state['va_form_nummer']}"
    at.button(key=f"{key}_ok").click().run()
    assert form_words.NEEDS_TITLE in text_of(at)
    assert saved == []
    on = NOW.date() + dt.timedelta(days=150)
    at.text_input(key=f"{key}_titel").set_value("  Empfang ")
    at.date_input(key=f"{key}_tag").set_value(on).run()
    assert at.date_input(key=f"{key}_answer_by").value == proposed(on, is_free).answer_by
    at.time_input(key=f"{key}_beginn").set_value(dt.time(17, 0))
    at.time_input(key=f"{key}_ende").set_value(dt.time(16, 0)).run()
    assert form_words.ENDS_EARLY in text_of(at)
    at.time_input(key=f"{key}_ende").set_value(dt.time(19, 0))
    at.date_input(key=f"{key}_remind_on").set_value(on).run()
    assert "liegt vor" in text_of(at), "days that contradict each other are told at the field"
    at.button(key=f"{key}_ok").click().run()
    (made,) = saved
    assert (made.name, made.starts_at, made.state) == (
        "Empfang", dt.datetime.combine(on, dt.time(17), BERLIN).astimezone(dt.UTC), EventState.DRAFT,
    )  # fmt: skip
    assert made.host == 1, "there is just one network"
    assert made.ident.startswith("veranstaltung:")  # type: ignore[union-attr]
    assert (at.query_params["v"], at.query_params["teil"]) in ((["9"], ["gaeste"]), ("9", "gaeste"))
    at.button(key="va_rueckgaengig").click().run()
    assert undone == [9]
    assert form_words.UNDONE in text_of(at)


def test_like_last_time_comes_with_its_texts_on_the_same_weekday(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", form="1")
    key = f"va_form_1_{at.session_state['va_form_nummer']}"
    last = (NOW - dt.timedelta(days=330)).date()
    day = at.date_input(key=f"{key}_tag").value
    assert (day.weekday(), day > NOW.date(), day.year > last.year) == (last.weekday(), True, True)
    assert at.selectbox(key=f"{key}_reihe").value == "FreiwilligenPass"
    assert form_words.HOLDS_NOBODY.split("{day}", 1)[1][:20] in text_of(at), "nobody holds the office that signs"


def test_only_what_was_changed_is_written_and_only_over_what_was_read(
    with_events: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.EDITOR)
    sent: list[tuple[object, ...]] = []

    def change(self: Changer, row: int, before: object, after: object, now: dt.datetime) -> bool:
        sent.append((self.table, row, before, after))
        return len(sent) > 1

    monkeypatch.setattr(Changer, "change", change)
    at = open_page("veranstaltungen", v="2", form="bearbeiten")
    for told in (form_words.BUSY, form_words.SAVED):
        key = f"va_form_2_{at.session_state['va_form_nummer']}"
        at.text_input(key=f"{key}_haus").set_value("Johanniskirche")
        at.button(key=f"{key}_ok").click().run()
        assert told in text_of(at)
    assert sent == 2 * [("event", 2, {"venue": "Ratsdiele"}, {"venue": "Johanniskirche"})]


def test_who_may_only_read_makes_and_changes_nothing(with_events: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen")
    assert not [b for b in at.button if b.key in ("va_neu", "va_bearbeiten")]
    at = open_page("veranstaltungen", form="neu")
    assert form_words.VIEWER in text_of(at)
    assert next(b for b in at.button if b.label == form_words.SAVE_NEW).disabled
