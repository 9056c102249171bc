"""The pages as a person meets them: empty, filled, as editor and as viewer, with NocoDB away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from streamlit_app import context, writing
from streamlit_app.door.cookie import Session
from streamlit_app.ui import entry, texts
from streamlit_app.writing import Saved
from sync.mirror import load_table, patch_mirror, read_manifest
from sync.mirror.status import MirrorStatus, write_status
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


def shown(at: AppTest) -> str:
    """Return all text of a page."""
    kinds = (at.markdown, at.caption, at.title, at.header, at.html, at.warning, at.info, at.error, at.success)
    return "\n".join(str(e.value) for kind in kinds for e in kind) + "\n".join(b.label for b in at.button)


def test_without_a_sign_in_a_page_shows_nothing_but_the_way_to_it(small_mirror: Path, open_page: OpenPage) -> None:
    at = open_page()
    assert [t.value for t in at.title] == [texts.SESSION_OVER]
    assert not at.metric
    assert not at.button
    assert not at.dataframe
    assert "/anmelden" in shown(at)


def test_an_empty_base_says_what_to_do_next(data_dir: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    for page in ("", "kontakte"):
        at = open_page(page)
        assert texts.EMPTY_TITLE in shown(at)
        assert "kontaktnetz sync plan" in shown(at)


def test_the_overview_counts_and_each_figure_opens_its_rows(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    at = open_page()
    counted = {m.label: m.value for m in at.metric}
    manifest = read_manifest(small_mirror)
    assert manifest is not None
    assert counted[texts.FIGURE_ORGANISATIONS] == "40"
    assert counted[texts.FIGURE_PERSONS] == "60"
    assert not at.dataframe
    at.button(key="uebersicht_oeffne_kontakte-30").click().run()
    assert at.query_params["zeilen"] == "kontakte-30"
    assert len(at.dataframe[0].value) == int(counted[texts.FIGURE_RECENT.format(days=30)])
    link = at.dataframe[0].value[texts.COLUMN_LINK].iloc[0]
    assert link.startswith("http://127.0.0.1:1/dashboard/#/nc/pBase/minteraction?rowId=")
    at.button(key="uebersicht_schliessen").click().run()
    assert not at.dataframe


def test_two_typed_letters_and_a_click_open_a_contact(small_mirror: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("kontakte")
    before = len([b for b in at.button if b.key and b.key.startswith("treffer_")])
    at.text_input(key="suche").set_value("mu").run()
    hits = [b for b in at.button if b.key and b.key.startswith("treffer_")]
    assert before == 15
    assert hits
    assert all("Müller" in b.label for b in hits if "person" in str(b.key))
    hits[0].click().run()
    assert not at.exception
    assert at.query_params["eintrag"][0] in "op"
    assert at.tabs[0].label == texts.TAB_TIMELINE


def test_filters_stand_in_the_address_and_come_back_with_it(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("kontakte", bereich="Verwaltung", suche="chor", zeige="Organisationen")
    assert at.selectbox(key="bereich").value == "verwaltung"
    assert at.text_input(key="suche").value == "chor"
    hits = [b for b in at.button if b.key and b.key.startswith("treffer_")]
    assert hits
    assert all("Chor" in b.label for b in hits)
    at.button(key="kontakte_loeschen").click().run()
    assert at.selectbox(key="bereich").value is None
    assert len([b for b in at.button if b.key and b.key.startswith("treffer_")]) == 15


def test_an_entry_that_does_not_exist_is_told_to_be_gone(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    assert texts.GONE in shown(open_page("kontakte", eintrag="o999999"))
    for nonsense in ("x1", "o", "o-1", "o1;drop", "o²"):
        assert texts.CHOOSE in shown(open_page("kontakte", eintrag=nonsense))


def test_a_viewer_reads_everything_but_finds_no_form(small_mirror: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("kontakte", eintrag="o1")
    assert texts.ENTRY_VIEWER in shown(at)
    assert not at.form_submit_button
    assert not at.date_input


def test_staff_text_is_shown_as_text_never_as_markup(small_mirror: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    evil = "<img src=x onerror=alert(1)> **fett** [weg](http://example.org)"
    patch_mirror(small_mirror, "organisation", 1, {"name": evil, "note": evil}, NOW)
    at = open_page("kontakte", eintrag="o1")
    assert "<img" not in "".join(h.value for h in at.html)
    assert "\\*\\*fett" in at.header[0].value


def test_nocodb_away_is_told_with_since_when_and_how_old(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    write_status(small_mirror, MirrorStatus(down_since=NOW))
    for page in ("", "kontakte"):
        at = open_page(page)
        assert "nicht erreichbar; Sie sehen den Stand von" in at.warning[0].value
    assert len([b for b in at.button if b.key and b.key.startswith("treffer_")]) == 15


def test_an_old_picture_is_told_to_be_old(data_dir: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    import made_up

    sign_in(Role.EDITOR)
    old = NOW - dt.timedelta(hours=3)
    made_up.write(data_dir / "mirror", made_up.contacts(5, 5, 5, old.date()), old)
    assert "älter als üblich" in open_page().warning[0].value


def test_a_picture_from_the_future_asks_to_look_at_the_clock(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    import made_up

    sign_in(Role.EDITOR)
    ahead = NOW + dt.timedelta(hours=2)
    made_up.write(data_dir / "mirror", made_up.contacts(5, 5, 5, NOW.date()), ahead)
    assert "Bitte prüfen Sie seine Uhr" in open_page().warning[0].value


def test_a_quick_entry_shows_at_once_and_can_be_taken_back(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sign_in(Role.EDITOR)
    written: list[object] = []

    class FakePen:
        def __init__(self, settings: object, manifest: object, token: str) -> None:
            assert token == session.token

        def save(self, record: object, now: dt.datetime, *, unclear: bool = False) -> Saved:
            written.append(record)
            patch_mirror(small_mirror, "interaction", 9001, record.encode(), now)  # type: ignore[attr-defined]
            return Saved(9001, record)  # type: ignore[arg-type]

        def undo(self, saved: Saved, now: dt.datetime) -> None:
            patch_mirror(small_mirror, "interaction", saved.row, None, now)

    monkeypatch.setattr(entry, "Pen", FakePen)
    before = len(load_table(small_mirror, read_manifest(small_mirror), "interaction"))
    at = open_page("kontakte", eintrag="o1")
    at.form_submit_button[0].click().run()
    assert texts.ENTRY_NEEDS_SUMMARY in shown(at)
    assert not written
    at.text_input(key="eintrag_o1_0_worum").set_value("Über das Sommerfest gesprochen")
    at.form_submit_button[0].click().run()
    assert not at.exception
    assert len(written) == 1
    record = written[0]
    assert record.organisation == 1  # type: ignore[attr-defined]
    assert record.team_member == 1  # type: ignore[attr-defined]
    assert record.ident.startswith("uebersicht:")  # type: ignore[attr-defined]
    assert "Über das Sommerfest gesprochen" in shown(at)
    assert texts.ENTRY_SAVED in shown(at)
    assert len(load_table(small_mirror, read_manifest(small_mirror), "interaction")) == before + 1
    at.button(key="eintrag_rueckgaengig").click().run()
    assert texts.ENTRY_UNDONE in shown(at)
    assert "Über das Sommerfest gesprochen" not in shown(at)
    assert len(load_table(small_mirror, read_manifest(small_mirror), "interaction")) == before


def test_a_refused_entry_says_so_and_keeps_what_was_typed(
    small_mirror: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("kontakte", eintrag="o1")
    at.text_input(key="eintrag_o1_0_worum").set_value("Anruf")
    at.form_submit_button[0].click().run()
    assert texts.ENTRY_DOWN in shown(at)
    assert at.text_input(key="eintrag_o1_0_worum").value == "Anruf"
    assert writing.ORIGIN == "uebersicht"


@pytest.mark.slow
@pytest.mark.parametrize("query", [{}, {"eintrag": "o1"}, {"eintrag": "p1"}])
def test_a_big_base_reruns_within_the_budget(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, query: dict[str, str]
) -> None:
    import time

    import made_up

    sign_in(Role.EDITOR)
    made_up.write(data_dir / "mirror", made_up.contacts(4000, 6000, 100_000, NOW.date()), NOW)
    for page in ("", "kontakte"):
        at = open_page(page, **query)
        times = []
        for _ in range(5):
            began = time.perf_counter()
            at.run()
            times.append(time.perf_counter() - began)
        assert sorted(times)[2] < 0.3, "twice the bar of bench/pages.py, for a busy machine"


def test_the_context_falls_back_to_a_key_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.settings import Settings

    monkeypatch.setenv("KONTAKTNETZ_DATA", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_SECRET", "")
    first = context.make(Settings())
    assert len(first.secret) > 30
    assert context.make(Settings()).secret == first.secret
    assert (tmp_path / context.SECRET_FILE).stat().st_mode & 0o077 == 0


def _page_with_a_button() -> None:
    import streamlit as st

    from streamlit_app import data
    from streamlit_app.ui import frame

    frame.header("Probe", data.picture())
    if st.button("Los"):
        st.write("getan")


def test_a_click_that_meets_a_fresh_picture_is_answered_all_the_same(small_mirror: Path, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = AppTest.from_function(_page_with_a_button).run()
    made_up.write(small_mirror, made_up.contacts(41, 61, 200, NOW.date()), NOW)

    at.button[-1].click().run()

    assert [text.value for text in at.markdown if text.value == "getan"] == ["getan"]
