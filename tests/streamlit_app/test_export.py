"""The Excel file: readable, German, and harmless whatever staff typed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import NOW
from python_calamine import CalamineWorkbook

from streamlit_app import data, export
from streamlit_app.frames.contacts import Query
from sync.mirror import patch_mirror


@given(st.text(max_size=20))
def test_no_text_stays_that_a_spreadsheet_could_run(value: str) -> None:
    made = export.safe(value)
    assert made.endswith(value)
    assert not made.startswith(("=", "-", "@", "\t", "\r", "\n"))
    assert not made.startswith("+") or not any(c.isalpha() for c in made)


@pytest.mark.parametrize("number", ["+49 391 1234", "+49 (391) 12-34"])
def test_a_phone_number_stays_a_phone_number(number: str) -> None:
    assert export.safe(number) == number


def test_the_file_has_german_headings_and_every_row(small_mirror: Path) -> None:
    patch_mirror(small_mirror, "organisation", 1, {"name": "=HYPERLINK(1)", "kind": "verein", "sphere": "politik"}, NOW)
    picture = data.picture()
    found = picture.selected(Query(show="organisation"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(export.workbook(picture, found)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Was", "Name", "Art, Ort oder Funktion", "Bereich"]
    assert len(rows) == len(found) + 1 == 41
    mine = next(r for r in rows if r[1] == "'=HYPERLINK(1)")
    assert mine[0] == "Organisation"
    assert mine[3] == "Politik"
