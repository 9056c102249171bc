"""Excel files of plain tables. No cell can turn into a formula: text is written as text, and dangerous beginnings are
disarmed for the day when somebody saves the file as CSV and opens it again.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain phone number stays as it is.

    >>> safe("=1+1"), safe("+49 391 123"), safe("Verein")
    ("'=1+1", '+49 391 123', 'Verein')
    """
    if value.startswith(_FORMULA) and not (value.startswith("+") and _is_number(value[1:])):
        return f"'{value}"
    return value


def text_table(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> bytes:
    """Return a table of text cells as an Excel file, headings frozen; ``name`` (<= 31 characters) is the sheet's."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "bg_color": "#1d5c55", "font_color": "#ffffff"})
        as_text = book.add_format({"num_format": "@"})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, widths[at] if at < len(widths) else 22, as_text)
            sheet.write_string(0, at, column, head)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                sheet.write_string(number, at, safe(cell), as_text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return out.getvalue()


def _is_number(value: str) -> bool:
    return bool(value) and all(c.isdigit() or c in " ()/-." for c in value)
