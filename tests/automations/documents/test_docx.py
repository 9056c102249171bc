"""Every Word file is a German one: A4, spelt in German, and no page of a table without its head."""

from __future__ import annotations

import io

import docx
import papers
import pytest
from docx.oxml.ns import qn

from automations.signing import open_key


@pytest.fixture(params=[(kind, size) for kind in papers.WORD_FILES for size in papers.SIZES], ids=" ".join)
def made(request, tmp_path):
    kind, size = request.param
    return docx.Document(io.BytesIO(papers.WORD_FILES[kind](papers.SIZES[size], open_key(tmp_path, papers.NOW))))


def test_the_paper_is_a4_with_the_text_between_its_margins(made):
    for page in made.sections:
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert [round(margin.mm) for margin in (page.left_margin, page.right_margin)] == [20, 20]


def test_words_are_spelt_in_german_and_nothing_tells_of_the_tool(made):
    told = {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))}
    assert told == {"de-DE"}
    assert {one.get(qn("w:val")) for one in made.settings.element.iter(qn("w:themeFontLang"))} == {"de-DE"}
    kept = made.core_properties
    assert (kept.language, kept.author, kept.comments) == ("de-DE", "", "")
    assert kept.title
    assert kept.created.year > 2013  # the year of the template that the library brings


def test_every_table_repeats_its_head_is_as_wide_as_the_text_and_tears_no_row(made):
    for table in made.tables:
        rows = [line._tr for line in table.rows]
        assert [row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [
            True, *[False] * (len(rows) - 1)
        ]  # fmt: skip
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        grid = [column.width for column in table.columns]
        assert sum(width.mm for width in grid) == pytest.approx(170, abs=1)
        assert len(set(grid)) > 1
        assert [cell.width for cell in table.rows[-1].cells] == grid


def test_no_page_begins_with_an_empty_line():
    made = docx.Document(io.BytesIO(papers.WORD_FILES["profile"](papers.NAMES, None)))
    assert all(one.text.strip() for one in made.paragraphs)
    breaks = [one.paragraph_format.page_break_before for one in made.paragraphs if one.text == "Steckbrief"]
    assert breaks == [False, *[True] * (len(breaks) - 1)]
