"""The Excel file of a search result."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from automations.documents.spreadsheet import MIME, Cell, Way, safe, table_file
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
    rows = ([_cell(picture, code, row) for code in WIDTHS] for row in found.itertuples())
    columns = [texts.COLUMNS[code] for code in WIDTHS]
    return table_file("Kontakte", columns, rows, tuple(WIDTHS.values()), kept=2)


def _cell(picture: Picture, code: str, row: Any) -> Cell:
    value: Any = getattr(row, code, None)
    if code == "last_contact":
        return None if pd.isna(value) else value.date()
    if code == "link":
        return Way(picture.row_url(str(row.type), int(row.id)), texts.OPEN_ROW)
    if code == "type":
        return texts.TYPE_NAMES[value]
    if code in ("sphere", "kind"):
        return picture.label("organisation", code, value) if value else ""
    if code == "fields":
        return ", ".join(picture.label("organisation", "engagement_fields", v) for v in value)
    return str(value)
