"""Numbers that no certificate may claim, as a list: read from the journal only while somebody looks."""

from __future__ import annotations

import streamlit as st

from streamlit_app import seal_data
from streamlit_app.data import Picture
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture) -> None:
    """Show them, folded."""
    box = st.expander(words.VOID, icon=":material/block:", key="siegel_ungueltig", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(words.VOID_TEXT)
        found = sorted(seal_data.void(picture).values(), key=lambda one: one.number, reverse=True)
        if not found:
            st.markdown(words.VOID_NONE)
            return
        rows = [Row((one.number, one.holder, str(one.why))) for one in found]
        RowList("siegel_ungueltig_liste", words.VOID, words.VOID_COLUMNS, rows).show(picture.today, height=320)
