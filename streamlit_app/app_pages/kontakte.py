"""Organisationen & Personen: search, filters kept in the address, detail, quick entry, Excel."""

from __future__ import annotations

import streamlit as st

from streamlit_app import data, identity
from streamlit_app.frames.contacts import Query
from streamlit_app.ui import chosen, detail, filters, frame, results, texts


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_CONTACTS, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    query: Query = filters.show(picture)
    left, right = st.columns([1, 1.35], gap="medium") if not results.as_table() else (st.container(), st.container())
    with left:
        results.show(picture, query)
    with right:
        entry = chosen.current()
        if entry is None:
            detail.nothing_chosen()
        else:
            detail.show(picture, entry, session)


main()
