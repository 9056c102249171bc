"""Word files that people go on writing in: A4, German, heads of tables on every page."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row as Row

from automations.documents.sheet import Sheet

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

GERMAN = "de-DE"

TEXT_WIDTH = 170
"""Millimetres between the margins."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def new_document(*, title: str, footer: str, size: float = 10) -> Document:
    """Return an empty German document on A4; ``size`` of its text in points, ``footer`` stands on every page."""
    made = docx.Document()
    kept = made.core_properties
    kept.title, kept.language, kept.author, kept.comments = printable(title), GERMAN, "", ""
    kept.created = kept.modified = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
    _speak_german(made)
    made.styles["Normal"].font.size = Pt(size)
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - TEXT_WIDTH) / 2)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.footer.paragraphs[0].text = printable(footer)
    return made


def add_table(
    made: Document, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
) -> None:  # fmt: skip
    """Add a table as wide as the text; ``widths`` in relation to each other, the head repeated on every page.

    Word goes by the width of cells, LibreOffice by that of the grid: both are set, and nothing fits itself.
    """
    table = made.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    table.autofit = False
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _fill(head, columns)
    for row in rows:
        _fill(table.add_row(), row)
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    whole = sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(TEXT_WIDTH * width / whole)
        for cell in column.cells:
            cell.width = column.width


def sheets_as_docx(sheets: Sequence[Sheet], *, title: str, footer: str) -> bytes:
    """Return sheets as one Word file, each on a page of its own, with real headings and table heads."""
    made = new_document(title=title, footer=footer)
    for number, sheet in enumerate(sheets):
        first = made.add_paragraph(printable(sheet.kind))
        first.paragraph_format.page_break_before = number > 0
        made.add_heading(printable(sheet.title), level=1)
        add_facts(made, sheet.facts)
        for part in sheet.sections:
            made.add_heading(printable(part.heading), level=2)
            if part.rows:
                add_table(made, part.columns, part.rows, part.widths)
            else:
                made.add_paragraph(printable(part.empty))
    return saved(made)


def add_facts(made: Document, facts: Iterable[tuple[str, str]]) -> None:
    """Add labels with their values, a line each."""
    for label, value in facts:
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{printable(label)}: ").bold = True
        line.add_run(printable(value))


def saved(made: Document) -> bytes:
    """Return a document as a file."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def printable(value: str) -> str:
    """Return text without the control characters that no Word file may hold."""
    return _NOT_IN_XML.sub("", value)


def _fill(row: Row, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = printable(text)


def _speak_german(made: Document) -> None:
    """Set the language by which words are spelt and read aloud, and let long words be divided."""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), GERMAN)
    for theme in made.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), GERMAN)
    hyphens = OxmlElement("w:autoHyphenation")
    hyphens.set(qn("w:val"), "1")
    before = made.settings.element.find(qn("w:defaultTabStop"))
    if before is not None:
        before.addnext(hyphens)  # the order of settings is fixed (ECMA-376, 17.15.1.78)
