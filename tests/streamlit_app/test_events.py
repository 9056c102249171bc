"""The page *Veranstaltungen*: the list, an event's head, its form, its guests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW

from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import texts as words
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
