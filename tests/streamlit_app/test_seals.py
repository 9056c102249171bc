"""The tab *Siegel*: figures equal a recount, each leads to its rows, and only editors revoke or write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW

from streamlit_app import seal_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.seals import Side, reach
from streamlit_app.ui.certification import seal_texts as words
from sync.mirror import read_manifest, read_overlay
from sync.mirror.status import read_status
from sync.nocodb.accounts import Role

OpenPage = Callable[..., object]
SignIn = Callable[[Role], Session]
YEAR = NOW.year


@pytest.fixture
def tables() -> dict[str, list[dict[str, object]]]:
    made = made_up.contacts(40, 60, 0, NOW.date(), seed=3) | made_up_rounds.rounds(NOW.date(), 3, 30)
    holders = [row for row in made["certification"] if row["seal_year"]]
    for at, row in enumerate(holders):
        row["seal_year"] = YEAR - at % 8
        row["seal_number"] = f"{YEAR - at % 8}-{at:03d}"
    holders[0] |= {"seal_state": "widerrufen", "revoked_why": "Keine Freiwilligen mehr"}
    left, stayed = holders[1], holders[2]
    made["function"] = [
        {"id": 1, "person": left["coordinator"], "organisation": left["site"], "valid_to": "2020-12-31"},
        {"id": 2, "person": stayed["coordinator"], "organisation": stayed["site"]},
    ]  # fmt: skip
    return made


@pytest.fixture
def opened(tables, data_dir: Path, open_page: OpenPage, sign_in: SignIn):
    made_up.write(data_dir / "mirror", tables, NOW)

    def opens(role: Role = Role.EDITOR, **query: str):
        sign_in(role)
        return open_page("zertifizierung", teil="siegel", **query)

    return opens


def given(tables) -> list[dict[str, object]]:
    return [row for row in tables["certification"] if row["seal_year"]]


def labels(at, kind: str) -> set[str]:
    return {e.proto.label for e in at.get(kind)}


def keys(at) -> set[str]:
    return {button.key for button in at.button}


def test_every_figure_equals_a_recount(tables, data_dir: Path) -> None:
    folder = data_dir / "mirror"
    made_up.write(folder, tables, NOW)
    picture = Picture(folder, read_manifest(folder), read_overlay(folder), read_status(folder), NOW)

    found = seal_data.seals(picture)

    newest: dict[object, dict[str, object]] = {}
    for row in given(tables):
        before = newest.get(row["site"])
        if before is None or (row["seal_year"], row["seal_number"]) > (before["seal_year"], before["seal_number"]):
            newest[row["site"]] = row
    there = [row for row in newest.values() if row["seal_state"] == "gilt"]
    busy = {r["site"] for r in tables["certification"] if not r["seal_year"] and r["phase"] not in ("Zurückgezogen",
            "Abgelehnt")}  # fmt: skip
    old = {r["id"] for r in there if YEAR - int(str(r["seal_year"])) >= 5 and r["site"] not in busy}
    assert {one.row for one in found.lists["tragen"]} == {row["id"] for row in there}
    assert {one.row for one in found.lists["anbieten"]} == old
    assert [one.row for one in found.lists["widerrufen"]] == [given(tables)[0]["id"]]
    assert {one.row for one in found.lists["gefahr"]} == {given(tables)[1]["id"]} & {row["id"] for row in there}
    districts = Counter(tables["organisation"][int(str(row["site"])) - 1]["district"] for row in there)
    by_district = reach(found, Side.DISTRICT, picture.names("organisation"))
    assert {one.name: len(one.holders) for one in by_district if one.holders} == districts
    civil = {o["id"] for o in tables["organisation"] if o["sphere"] == "Zivilgesellschaft"}
    assert sum(one.places for one in by_district) == len(civil | {row["site"] for row in given(tables)})


def test_the_page_shows_lists_and_offers_files_and_no_seal_is_called_expired(opened, tables) -> None:
    at = opened()
    assert {words.PAGE_FILE, words.TABLE_FILE, words.TRUST_FILE, words.BADGES_FILE} <= labels(at, "download_button")
    shown = at.dataframe[0].value
    assert {words.YEARS.format(years=2), words.THIS_YEAR} <= set(shown["Alter"])
    assert set(shown["Geltung"]) == {"ohne Ende"}
    text = " ".join(str(e.value) for kind in ("markdown", "caption", "info") for e in at.get(kind))
    assert "abgelaufen" not in text
    row = given(tables)[3]
    at.selectbox(key="siegel_widerruf").select(row["id"]).run()
    at.button(key="siegel_widerrufen").click().run()
    assert words.REVOKE_NO_WHY in [warning.value for warning in at.warning]
    assert not at.exception


def test_an_offer_is_previewed_and_sent_by_editors_only(opened) -> None:
    at = opened(zeilen="anbieten")
    assert words.REFRESH_COLUMNS[0] in at.dataframe[0].value
    assert "siegel_angebot_senden" in keys(at)
    at.button(key="siegel_angebot_senden").click().run()
    assert at.warning  # NocoDB is away: it says so

    at = opened(Role.VIEWER, zeilen="anbieten")
    assert not keys(at) & {"siegel_angebot_senden", "siegel_widerrufen"}
    assert words.VIEWER in [caption.value for caption in at.caption]
