"""Excel files of plain tables, the one way to make them: to look at, to sort, and to print on A4.

No cell can turn into a formula: text is written as text, and dangerous beginnings are disarmed for the day when
somebody saves the file as CSV and opens it again.
"""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

USUAL_WIDTH = 22
PORTRAIT, LANDSCAPE = 95, 220
"""Characters of all columns together that can still be read on A4 upright, and on one page across."""

LINE, TALLEST = 15, 409
"""Points of a line of text, and of the tallest row that a table may have (Excel's own limit)."""

A4 = 9
"""Number of the size of paper (ECMA-376, 18.3.1.63)."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_RESERVED = "[]:*?/\\'"


@dataclass(frozen=True, slots=True)
class Way:
    """A cell that opens an address; without one it stays empty."""

    address: str
    shown: str


Cell = str | int | float | dt.date | Way | None


def safe(value: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain phone number stays as it is.

    >>> safe("=1+1"), safe("+49 391 123"), safe("Verein")
    ("'=1+1", '+49 391 123', 'Verein')
    """
    if value.startswith(_FORMULA) and not (value.startswith("+") and _is_number(value[1:])):
        return f"'{value}"
    return value


def table_file(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int] = (), *, kept: int = 0
) -> bytes:
    """Return a table as an Excel file with its head frozen, filtered, and repeated on every printed page.

    ``widths`` are in characters, ``kept`` is how many columns on the left stay in sight, also on paper.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(name))
        head = book.add_format(
            {"bold": True, "bg_color": "#1d5c55", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
        )
        text, day = (
            book.add_format({"num_format": form, "text_wrap": True, "valign": "top", "align": "left"})
            for form in ("@", "dd.mm.yyyy")
        )
        figure = book.add_format({"valign": "top", "align": "right", "indent": 1})
        write = _writer(sheet, text, day, figure, book.add_format({"valign": "top", "hyperlink": True}))
        wide = [widths[at] if at < len(widths) else USUAL_WIDTH for at in range(len(columns))]
        for at, (column, width) in enumerate(zip(columns, wide, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, safe(column), head)
        _set_height(sheet, 0, columns, wide)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                write(last, at, cell)
            _set_height(sheet, last, row, wide)
        sheet.freeze_panes(1, kept)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        _set_paper(sheet, sum(wide), kept)
    return out.getvalue()


def _writer(
    sheet: Worksheet, text: Format, day: Format, figure: Format, way: Format
) -> Callable[[int, int, Cell], None]:
    def write(row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Way):
            if cell.address:
                sheet.write_url(row, column, cell.address, way, string=cell.shown)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, figure)
        else:
            sheet.write_string(row, column, safe(cell or ""), text)

    return write


def _set_height(sheet: Worksheet, row: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
    """Make a row as tall as its longest text: LibreOffice prints wrapped text over the next row if nobody says so."""
    texts = ((cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str))
    lines = max((_lines(text, width) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(lines * LINE, TALLEST))


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column as wide as so many figures; ideographs are as wide as two.

    One more where a word is wider than the column: programs divide it wherever they like.
    """
    if len(text) <= width // 2 and "\n" not in text:
        return 1
    shown = "".join(f"{sign}{sign}" if unicodedata.east_asian_width(sign) in "WF" else sign for sign in text)
    divided = any(len(word) > width for word in shown.split())
    return divided + sum(len(textwrap.wrap(line, width)) or 1 for line in shown.split("\n"))


def _set_paper(sheet: Worksheet, width: int, kept: int) -> None:
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    if width > PORTRAIT:
        sheet.set_landscape()
    sheet.fit_to_pages(-(-width // LANDSCAPE), 0)
    sheet.repeat_rows(0)
    if kept and width > LANDSCAPE:
        sheet.repeat_columns(0, kept - 1)
    sheet.set_footer("&L&8&A&R&8Seite &P von &N")


def _sheet_name(title: str) -> str:
    """Return a title as Excel takes it for a sheet: 31 characters, none of them reserved."""
    return "".join(c for c in title if c not in _RESERVED)[:31].strip() or "Liste"


def _is_number(value: str) -> bool:
    return bool(value) and all(c.isdigit() or c in " ()/-." for c in value)
