"""The Excel file of a search result. No cell can turn into a formula: text is written as text, and dangerous beginnings
are disarmed for the day when somebody saves the file as CSV and opens it again.
"""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import xlsxwriter

from automations.documents.spreadsheet import MIME, OPTIONS, safe
from streamlit_app.data import Picture
from streamlit_app.ui import texts

__all__ = ["MIME", "file_name", "safe", "workbook"]

WIDTHS = {"type": 14, "name": 42, "note": 42, "sphere": 18, "kind": 26, "fields": 34, "district": 20, "phone": 20,
          "mail": 32, "last_contact": 16, "link": 18}  # fmt: skip


def file_name(today: dt.date) -> str:
    """Return the name of the download."""
    return f"kontakte-{today.isoformat()}.xlsx"


def workbook(picture: Picture, found: pd.DataFrame) -> bytes:
    """Return the found contacts as an Excel file with German headings, frozen, with a filter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet("Kontakte")
        head = book.add_format({"bold": True, "bg_color": "#1d5c55", "font_color": "#ffffff", "valign": "vcenter"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        for at, (code, width) in enumerate(WIDTHS.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, texts.COLUMNS[code], head)
        for number, row in enumerate(found.itertuples(), 1):
            for at, code in enumerate(WIDTHS):
                if code == "last_contact":
                    if not pd.isna(row.last_contact):
                        sheet.write_datetime(number, at, row.last_contact.to_pydatetime(), day)
                elif code == "link":
                    url = picture.row_url(str(row.type), int(row.id))
                    if url:
                        sheet.write_url(number, at, url, string=texts.OPEN_ROW)
                else:
                    sheet.write_string(number, at, safe(_cell(picture, code, row)))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(found), 1), len(WIDTHS) - 1)
    return out.getvalue()


def _cell(picture: Picture, code: str, row: object) -> str:
    value = getattr(row, code)
    if code == "type":
        return texts.TYPE_NAMES[value]
    if code in ("sphere", "kind"):
        return picture.label("organisation", code, value) if value else ""
    if code == "fields":
        return ", ".join(picture.label("organisation", "engagement_fields", v) for v in value)
    return str(value)
