"""The rows behind a figure as a table with links and as an Excel file: one way for every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from automations.documents.spreadsheet import MIME, Way, table_file
from streamlit_app.ui import formats, texts

MOST_ROWS = 500
"""More rows than this are not sent to the browser; the Excel file holds them all."""

Cell = str | int | float | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells in the order of the columns, the page that shows it here, and its place in NocoDB."""

    cells: tuple[Cell, ...]
    page: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowList:
    """Rows with a title and the names of their columns; ``key`` begins the names of the widgets and of the file."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    def show(self, today: dt.date, *, export: bool = True, height: int = 420) -> None:
        """Show the first rows as a table, and all of them as an Excel file."""
        if export:
            st.download_button(
                texts.EXPORT, data=lambda: workbook(self), mime=MIME, icon=":material/download:",
                file_name=f"{self.key.replace('_', '-')}-{today.isoformat()}.xlsx", key=f"{self.key}_excel",
                on_click="ignore",
            )  # fmt: skip
        head = self.rows[:MOST_ROWS]
        shown = pd.DataFrame({name: [_shown(row.cells[at]) for row in head] for at, name in enumerate(self.columns)})
        config: dict[str, ColumnConfig | str | None] = {}
        if any(row.page for row in head):
            shown[texts.SHOW] = [row.page for row in head]
            config[texts.SHOW] = st.column_config.LinkColumn(display_text=texts.SHOW, width="small")
        if any(row.url for row in head):
            shown[texts.COLUMN_LINK] = [row.url for row in head]
            config[texts.COLUMN_LINK] = st.column_config.LinkColumn(display_text=texts.OPEN_ROW, width="small")
        st.dataframe(
            shown, hide_index=True, height=min(38 * (len(shown) + 1), height), alt=self.title,
            key=f"{self.key}_tabelle", column_config=config, placeholder="",
        )  # fmt: skip
        if len(self.rows) > MOST_ROWS:
            st.caption(texts.QUALITY_CAPPED.format(shown=MOST_ROWS, total=formats.number(len(self.rows))))


def workbook(given: RowList) -> bytes:
    """Return all rows as an Excel file with German headings, frozen, with a filter and a link to every row."""
    rows = ((*map(_exported, row.cells), Way(row.url, texts.OPEN_ROW)) for row in given.rows)
    return table_file(given.title, (*given.columns, texts.COLUMN_LINK), rows,
                      (36, *[20] * len(given.columns)), kept=1)  # fmt: skip


def _shown(cell: Cell) -> str | int | float | None:
    if isinstance(cell, dt.datetime):
        return formats.moment(cell)
    return formats.date(cell) if isinstance(cell, dt.date) else cell


def _exported(cell: Cell) -> str | int | float | dt.date | None:
    return formats.moment(cell) if isinstance(cell, dt.datetime) else cell
