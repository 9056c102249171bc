"""The tab *Danach*: figures that lead to their rows, contacts, thanks, the draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW

from streamlit_app import event_data
from streamlit_app.data import picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui.events import after_texts as words
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]


@pytest.fixture
def with_events(data_dir: Path) -> Path:
    tables = made_up.contacts(40, 60, 100, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40)
    made_up.write(data_dir / "mirror", tables, NOW)
    return data_dir / "mirror"


def said(at) -> str:
    kinds = ("markdown", "caption", "info", "success", "warning", "subheader")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(at, kind))


def test_the_figures_of_a_past_event_equal_a_recount_and_lead_to_their_rows(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="1", teil="danach")

    rows = picture().table("invitation").query("event == 1")
    came = rows["checked_in_at"].notna()
    promised = rows["answer"].isin(["zugesagt", "vertretung"])
    told = {m.label: m.value for m in at.metric}
    assert told[words.INVITED] == str(len(rows))
    assert told[words.CAME] == str(int(rows.loc[came, "checked_in"].sum()))
    assert told[words.AWAY] == str(int((promised & ~came).sum()))

    at.segmented_control(key="danach_liste").set_value("weg").run()
    assert not at.exception
    shown = at.dataframe[0].value
    assert len(shown) == int((promised & ~came).sum())
    assert words.DRAW in said(at)


def test_before_the_event_it_says_what_will_be_here_and_offers_the_draw(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="2", teil="danach")

    assert words.TOO_EARLY in said(at)
    assert [m.label for m in at.metric] == []
    assert at.button(key="auslosung_zeigen")


def test_who_may_only_read_finds_no_button_that_writes(with_events: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("veranstaltungen", v="1", teil="danach")

    assert words.VIEWER in said(at)
    keys = {b.key for b in at.button}
    assert not keys & {"danach_kontakte", "danach_schluss", "auslosung_zeigen"}


def test_thanks_lead_to_the_sending_of_thanks(with_events: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="1", teil="danach")

    at.button(key="danach_dank").click().run()

    assert at.query_params["anlass"] in ("dank", ["dank"])
    assert at.query_params["teil"] in ("versand", ["versand"])


def test_without_nocodb_the_list_is_not_closed_and_it_says_why(
    with_events: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("veranstaltungen", v="1", teil="danach")

    at.button(key="auslosung_zeigen").click().run()

    assert not at.exception
    assert any("NocoDB" in w.value for w in at.warning)
    assert event_data.draws(picture(), 1) == []
