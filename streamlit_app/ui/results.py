"""What was found: a list to click or to walk through by keyboard, or a table; and the Excel file of all of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from streamlit_app import export
from streamlit_app.data import Picture
from streamlit_app.frames.contacts import Query
from streamlit_app.ui import chosen, formats, texts

PER_PAGE = 15
"""Rows of the list; few enough to read, and each is a button that a keyboard reaches."""

TABLE_ROWS = 1000
"""Rows of the table sent to the browser at once; more are paged."""

_ICONS = {"organisation": ":material/domain:", "person": ":material/person:"}


def as_table() -> bool:
    """Say whether the table is chosen; it takes the whole width, the list shares it with the details."""
    return bool(st.session_state.get("ansicht", st.query_params.get("ansicht", "").casefold()) == "tabelle")


def show(picture: Picture, query: Query) -> None:
    """Show the result of a query with its number, its two forms and the download."""
    found = picture.selected(query)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{texts.HITS.format(count=formats.number(len(found)))}**", width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small"):
            form = st.segmented_control(
                texts.LIST_NAME, list(texts.LIST_AS), default="liste", required=True, key="ansicht",
                format_func=texts.LIST_AS.__getitem__, label_visibility="collapsed", bind="query-params",
            )  # fmt: skip
            st.download_button(
                texts.EXPORT, data=lambda: export.workbook(picture, found), file_name=export.file_name(picture.today),
                mime=export.MIME, icon=":material/download:", help=texts.EXPORT_HELP, key="kontakte_excel",
                on_click="ignore", disabled=found.empty,
            )  # fmt: skip
    if found.empty:
        st.info(f"{texts.NO_HITS} {texts.NO_HITS_HINT}", icon=":material/search_off:")
    elif form == "tabelle":
        _table(picture, _page(found, TABLE_ROWS, query))
    else:
        _list(_page(found, PER_PAGE, query))


def _page(found: pd.DataFrame, size: int, query: Query) -> pd.DataFrame:
    """Return one page of the rows; each query has its own page number and so starts on its first page."""
    pages = -(-len(found) // size)
    if pages < 2:
        return found
    with st.container(key="kontakte_seiten"):
        number = st.pagination(pages, key=f"kontakte_seite_{size}_{abs(hash(query))}", max_visible_pages=5)
    return found.iloc[(number - 1) * size : number * size]


def _list(page: pd.DataFrame) -> None:
    opened = chosen.current()
    with st.container(key="trefferliste", gap="xxsmall"):
        row: Any
        for row in page.itertuples():
            here = opened is not None and (opened.table, opened.id) == (row.type, row.id)
            note = f"  \n:small[{formats.plain(row.note)}]" if row.note else ""
            st.button(
                f"**{formats.plain(row.name)}**{note}",
                key=f"treffer_{row.type}_{row.id}",
                type="secondary" if here else "tertiary",
                icon=_ICONS[row.type],
                width="stretch",
                on_click=chosen.open_entry,
                args=(row.type, row.id),
            )


def _table(picture: Picture, page: pd.DataFrame) -> None:
    st.caption(texts.TABLE_HINT)
    shown = pd.DataFrame(
        {
            texts.COLUMNS["type"]: page["type"].map(texts.TYPE_NAMES),
            texts.COLUMNS["name"]: page["name"],
            texts.COLUMNS["note"]: page["note"],
            texts.COLUMNS["phone"]: page["phone"],
            texts.COLUMNS["mail"]: page["mail"],
            texts.COLUMNS["last_contact"]: page["last_contact"],
        }
    )
    state = st.dataframe(
        shown,
        hide_index=True,
        height=360 if chosen.current() else 560,
        key="kontakte_tabelle",
        on_select="rerun",
        selection_mode="single-row",
        alt=texts.PAGE_CONTACTS,
        column_config={texts.COLUMNS["last_contact"]: st.column_config.DateColumn(format="DD.MM.YYYY")},
        placeholder="",
    )
    selected = state["selection"]["rows"] if state else []
    last = st.session_state.get("kontakte_zeile")
    if selected and selected != last and selected[0] < len(page):
        row = page.iloc[selected[0]]
        st.session_state["kontakte_zeile"] = selected
        chosen.open_entry(row["type"], int(row["id"]))
    elif not selected:
        st.session_state["kontakte_zeile"] = None
