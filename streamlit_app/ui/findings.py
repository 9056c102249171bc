"""Rows that somebody should look at, each with its link into NocoDB, and the Excel file of all of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from automations.documents.spreadsheet import MIME, Way, table_file
from streamlit_app.data import Picture
from streamlit_app.frames.quality import Finding
from streamlit_app.ui import formats, texts
from streamlit_app.ui.rows import MOST_ROWS

_COLUMNS = {
    "verschwunden": ("table", "name", "day", "source"),
    "unerreichbar": ("table", "name", "source"),
    "veraltet": ("table", "name", "day", "source"),
    "telefon": ("table", "name", "what", "value", "source"),
    "mail": ("table", "name", "what", "value", "source"),
    "ohne_tag": ("name", "whom", "source"),
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
    codes = _COLUMNS[name]
    columns = [*(texts.QUALITY_COLUMNS[code] for code in codes), texts.COLUMN_LINK]
    rows = (
        (*(finding.day or texts.QUALITY_NEVER if code == "day" else _cell(finding, code) for code in codes),
         Way(picture.row_url(finding.table, finding.id), texts.OPEN_ROW))
        for finding in found
    )  # fmt: skip
    widths = [36 if code in ("name", "value", "whom") else 20 for code in codes]
    return table_file(texts.QUALITY_SECTIONS[name][0], columns, rows, widths, kept=2)


def _cell(finding: Finding, code: str) -> str:
    if code == "table":
        return texts.QUALITY_TABLES.get(finding.table, finding.table)
    if code == "whom":
        return finding.value
    if code == "day":
        return f"{finding.day:%d.%m.%Y}" if finding.day else texts.QUALITY_NEVER
    return str(getattr(finding, code))
