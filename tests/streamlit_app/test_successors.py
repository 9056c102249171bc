"""Renamed departments: what was known under the old name counts at today's, and the old name stays to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from streamlit_app import data
from streamlit_app.door.cookie import Session
from streamlit_app.frames.network import Kind, departments_of
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui import texts
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


@pytest.fixture
def renamed(data_dir: Path) -> Path:
    """Department 3 became 4, and 4 became 5; organisation 1 was known to 3 and 5, organisation 2 to 4 and 6."""
    names = ("Sportbund", "Tafel", "Amt für Sport", "Sport- und Bäderamt", "Fachbereich Sport", "Kulturamt")
    links = {3: 4, 4: 5}
    ties = ((1, 3, 2012), (1, 5, 2020), (2, 4, 2015), (2, 6, 2016))
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [
                {"id": row, "name": name, "successor": links.get(row)} for row, name in enumerate(names, start=1)
            ],
            "relationship": [
                {"id": n, "organisation": o, "department": d, "kind": "Zuwendung", "last_year": year}
                for n, (o, d, year) in enumerate(ties, start=1)
            ],
        },
        NOW,
    )
    return data_dir / "mirror"


def test_the_matrix_counts_what_was_known_under_old_names_at_todays_department(
    renamed: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    at = open_page("netzwerkkarte", ansicht="matrix")

    assert departments_of(data.picture().matrix()) == {1: {5}, 2: {5, 6}}
    assert words.MATRIX_FIGURES.format(bodies="2", departments="2", one="1") in "\n".join(m.value for m in at.markdown)
    table = at.dataframe[0].value
    (title,) = [c for c in table.columns if c.startswith("Fachbereich Sport")]
    assert "Amt für Sport" in title
    assert "Sport- und Bäderamt" in title
    assert dict(zip(table["Organisation"], table[title], strict=True)) == {"Sportbund": "2020", "Tafel": "2015"}


def test_the_page_of_a_department_shows_its_old_names_and_what_they_knew(
    renamed: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.EDITOR)
    now, before = open_page("kontakte", eintrag="o5"), open_page("kontakte", eintrag="o3")

    shown = "\n".join(b.label for b in now.button)
    assert "Tafel" in shown
    assert "Amt für Sport" in shown
    assert texts.WAS_BEFORE in [c.value for c in now.caption]
    assert texts.TODAY_IS in [c.value for c in before.caption]
    kinds = {edge.kind for edge in data.picture().network()["organisation", 4]}
    assert Kind.SUCCESSOR in kinds
