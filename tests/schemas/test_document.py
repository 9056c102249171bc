"""The page of the data model says what the declaration says, and nothing has drifted."""

from __future__ import annotations

from pathlib import Path

from schemas.base import BASE
from schemas.document import document

PAGE = Path(__file__).parents[2] / "docs" / "datenmodell.md"


def test_the_page_of_the_data_model_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == document(BASE), "run: kontaktnetz schema document"


def test_every_table_column_choice_and_view_stands_on_the_page():
    page = document(BASE)

    for table in BASE.tables.values():
        assert f"## {table.title} (`{table.code}`)" in page
        assert all(f"- **{view.title}**" in page for view in table.views)
        for code, column in table.columns.items():
            assert f"| {column.title}" in page
            assert f"`{code}` |" in page
            assert all(choice.label in page for choice in getattr(column, "choices", ()))


def test_the_declaration_is_sound():
    assert BASE.check() == []
