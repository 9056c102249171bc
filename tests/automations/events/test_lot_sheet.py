"""The sheet of a draw shows its list as it was hashed, however long a word of it is."""

from __future__ import annotations

import io

import papers
import pytest
from pypdf import PdfReader

from automations.signing import open_key

USUAL = 8.5
"""Points of the list."""


@pytest.mark.parametrize(("count", "columns"), [(3, 1), (30, 2)])
def test_a_word_that_is_wider_than_its_column_is_set_smaller_and_not_divided(tmp_path, count, columns):
    word = "W" * (80 if columns == 1 else 40)
    made = papers.lots(("Anna Muster", *[word] * (count - 1)), open_key(tmp_path, papers.NOW))

    page = PdfReader(io.BytesIO(made)).pages[0]
    sizes: dict[str, set[float]] = {"Anna Muster": set(), word: set()}

    def keep(text, _, place, __, size):
        if text.strip() in sizes:
            sizes[text.strip()].add(round(place[0] * size, 1))

    page.extract_text(visitor_text=keep)
    assert USUAL in sizes["Anna Muster"]
    assert min(sizes[word]) < USUAL
