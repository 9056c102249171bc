"""Rows that somebody should look at, each with its link into NocoDB, and the Excel file of all of them."""

from __future__ import annotations

import io

import pandas as pd
import streamlit as st
import xlsxwriter

from streamlit_app.data import Picture
from streamlit_app.export import MIME, safe
from streamlit_app.frames.quality import Finding
from streamlit_app.ui import formats, texts
from streamlit_app.ui.rows import MOST_ROWS

_COLUMNS = {
    "verschwunden": ("table", "name", "day", "source"),
    "unerreichbar": ("table", "name", "source"),
    "veraltet": ("table", "name", "day", "source"),
    "telefon": ("table", "name", "what", "value", "source"),
    "mail": ("table", "name", "what", "value", "source"),
    "zurueck": ("table", "name", "value", "source"),
}


def show(picture: Picture, name: str) -> None:
    """Show one list of findings."""
    found = picture.quality()[name]
    if not found:
        st.success(texts.QUALITY_ALL_WELL, icon=":material/check_circle:")
        return
    st.download_button(
        texts.EXPORT, data=lambda: workbook(picture, name, found), mime=MIME, icon=":material/download:",
        file_name=texts.QUALITY_FILE.format(name=name, day=picture.today.isoformat()),
        help=texts.QUALITY_EXPORT_HELP, key=f"qualitaet_excel_{name}", on_click="ignore",
    )  # fmt: skip
    head = found[:MOST_ROWS]
    shown = pd.DataFrame({texts.QUALITY_COLUMNS[c]: [_cell(f, c) for f in head] for c in _COLUMNS[name]})
    shown[texts.COLUMN_LINK] = [picture.row_url(f.table, f.id) for f in head]
    st.dataframe(
        shown,
        hide_index=True,
        height=min(38 * (len(shown) + 1), 560),
        alt=texts.QUALITY_SECTIONS[name][0],
        column_config={texts.COLUMN_LINK: st.column_config.LinkColumn(display_text=texts.OPEN_ROW, width="small")},
        placeholder="",
    )
    if len(found) > MOST_ROWS:
        st.caption(texts.QUALITY_CAPPED.format(shown=MOST_ROWS, total=formats.number(len(found))))


def workbook(picture: Picture, name: str, found: list[Finding]) -> bytes:
    """Return the findings as an Excel file with German headings and a link to every row."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(texts.QUALITY_SECTIONS[name][0])
        head = book.add_format({"bold": True, "bg_color": "#1d5c55", "font_color": "#ffffff"})
        columns = _COLUMNS[name]
        for at, code in enumerate(columns):
            sheet.set_column(at, at, 36 if code in ("name", "value") else 20)
            sheet.write_string(0, at, texts.QUALITY_COLUMNS[code], head)
        sheet.write_string(0, len(columns), texts.COLUMN_LINK, head)
        for number, finding in enumerate(found, 1):
            for at, code in enumerate(columns):
                sheet.write_string(number, at, safe(_cell(finding, code)))
            if url := picture.row_url(finding.table, finding.id):
                sheet.write_url(number, len(columns), url, string=texts.OPEN_ROW)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(found), len(columns))
    return out.getvalue()


def _cell(finding: Finding, code: str) -> str:
    if code == "table":
        return texts.QUALITY_TABLES.get(finding.table, finding.table)
    if code == "day":
        return f"{finding.day:%d.%m.%Y}" if finding.day else texts.QUALITY_NEVER
    return str(getattr(finding, code))
