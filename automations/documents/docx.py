"""Sheets as one Word file that people go on writing in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from automations.documents.sheet import Section, Sheet

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def sheets_as_docx(sheets: Sequence[Sheet], *, title: str, footer: str) -> bytes:
    """Return sheets as one Word file, each on a page of its own, with real headings and table heads."""
    made = docx.Document()
    made.core_properties.title = printable(title)
    made.core_properties.language = "de-DE"
    made.styles["Normal"].font.size = Pt(10)
    made.sections[0].footer.paragraphs[0].text = printable(footer)
    for number, sheet in enumerate(sheets):
        if number:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        made.add_paragraph(printable(sheet.kind))
        made.add_heading(printable(sheet.title), level=1)
        for label, value in sheet.facts:
            line = made.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run(f"{printable(label)}: ").bold = True
            line.add_run(printable(value))
        for part in sheet.sections:
            made.add_heading(printable(part.heading), level=2)
            _section(made, part)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _section(made: docx.document.Document, part: Section) -> None:
    if not part.rows:
        made.add_paragraph(printable(part.empty))
        return
    table = made.add_table(rows=1, cols=len(part.columns), style="Light Grid Accent 1")
    for cell, name in zip(table.rows[0].cells, part.columns, strict=True):
        cell.text = printable(name)
    for row in part.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(value)


def printable(value: str) -> str:
    """Return text without the control characters that no Word file may hold."""
    return _NOT_IN_XML.sub("", value)
