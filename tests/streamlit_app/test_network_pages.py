"""The page of the network: who is around whom, as a map and as the same table, and the matrix of departments."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from streamlit_app import data
from streamlit_app.door.cookie import Session
from streamlit_app.frames.network import around
from streamlit_app.ui import network_map, network_matrix
from streamlit_app.ui import relation_texts as words
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]


OpenPage = Callable[..., AppTest]


def text_of(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (at.markdown, at.html, at.success, at.warning, at.info) for e in kind)


def test_the_map_shows_who_is_near_and_the_table_the_same(related: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("netzwerkkarte", um="o1")
    assert not at.exception
    near = around(data.picture().network(), ("organisation", 1), 2)
    assert set(near.nodes) >= {
        ("organisation", 2), ("organisation", 3), ("person", 2), ("person", 3), ("team_member", 1), ("field", "sport"),
    }  # fmt: skip
    assert ("person", 1) not in near.nodes  # her function has ended
    table = at.dataframe[0].value
    shown = {network_map.name_of(data.picture(), node) for node in near.nodes if node != ("organisation", 1)}
    assert set(table["Name"]) == shown


def test_the_map_begins_with_a_search_and_says_so(related: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("netzwerkkarte")
    assert words.MAP_START in text_of(at)
    at.text_input(key="netz_suche").set_value("tafel").run()
    next(b for b in at.button if b.label == "Tafel").click().run()
    assert at.query_params["um"] in ("o2", ["o2"])
    assert not at.exception


def test_never_more_nodes_than_a_person_can_read(related: Path, open_page: OpenPage) -> None:
    open_page("netzwerkkarte")
    near = around(data.picture().network(), ("organisation", 1), 3, most=3)
    assert (len(near.nodes), near.left_out > 0) == (3, True)
    assert all(edge.one in near.nodes and edge.other in near.nodes for edge in near.edges)


def test_the_matrix_counts_departments_and_its_file_holds_all(
    related: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("netzwerkkarte", ansicht="matrix")
    assert not at.exception
    assert words.MATRIX_FIGURES.format(bodies="2", departments="1", one="2") in text_of(at)
    assert dict(zip(*(at.dataframe[0].value[c] for c in ("Organisation", "Amt für Sport")), strict=True)) == {
        "Sportbund": "2024", "Tafel": "2019",
    }  # fmt: skip
    book = network_matrix.workbook(data.picture(), data.picture().matrix())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Organisation", "Sportbund", "Tafel"]
