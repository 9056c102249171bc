"""Search and filters. Each is bound to the address, so that a search can be bookmarked, sent and reloaded."""

from __future__ import annotations

import streamlit as st

from streamlit_app.data import Picture
from streamlit_app.frames.cells import text
from streamlit_app.frames.contacts import LISTS, ORGANISATION, PERSON, Query
from streamlit_app.ui import texts

KEYS = ("suche", "zeige", "bereich", "art", "feld", "stadtteil", "liste")
"""The widgets' keys, and at the same time their names in the address."""

MORE = ("art", "feld", "stadtteil")
"""Those that stand in the popover."""


def show(picture: Picture) -> Query:
    """Show search and filters and return what they ask for."""
    words = st.text_input(
        texts.SEARCH, key="suche", type="search", live="150ms", bind="query-params", placeholder=texts.SEARCH_HINT,
        max_chars=100,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="kontakte_filter"):
        shown = st.segmented_control(
            texts.FILTER_SHOW, [ORGANISATION, PERSON], format_func=texts.SHOW_KINDS.__getitem__, key="zeige",
            bind="query-params",
        )  # fmt: skip
        sphere = _choice("bereich", texts.FILTER_SPHERE, picture.choices(ORGANISATION, "sphere"), "sphere")
        listing = _choice("liste", texts.FILTER_LIST, {n: texts.ATTENTION_ITEMS[n][0] for n in LISTS}, "listing", 300)
        active = sum(1 for key in MORE if st.session_state.get(key) or key in st.query_params)
        label = texts.FILTERS_MORE_ACTIVE.format(count=active) if active else texts.FILTERS_MORE
        with st.popover(label, icon=":material/tune:", key="kontakte_mehr"):
            kind = _choice("art", texts.FILTER_KIND, picture.choices(ORGANISATION, "kind"), "kind", 300)
            areas = picture.choices(ORGANISATION, "engagement_fields")
            field = _choice("feld", texts.FILTER_FIELD, areas, "engagement", 300)
            district = _choice("stadtteil", texts.FILTER_DISTRICT, _districts(picture), "district", 300)
        query = Query(words or "", shown or "", sphere, kind, field, district, listing)
        if query != Query():
            st.button(texts.FILTERS_CLEAR, key="kontakte_loeschen", type="tertiary", icon=":material/filter_alt_off:",
                      on_click=_clear)  # fmt: skip
    return query


def _choice(key: str, label: str, options: dict[str, str], name: str, width: int = 190) -> str:
    """Show one select box whose empty state means everything; return the chosen code."""
    chosen = st.selectbox(
        label, list(options), index=None, key=key, format_func=lambda code: options.get(code, code),
        placeholder=texts.ANY[name], bind="query-params", width=width,
    )  # fmt: skip
    return chosen or ""


def _districts(picture: Picture) -> dict[str, str]:
    found = sorted({text(d) for d in picture.table(ORGANISATION)["district"].dropna().unique()} - {""})
    return {d: d for d in found}


def _clear() -> None:
    st.session_state["suche"] = ""
    for key in KEYS[1:]:
        st.session_state[key] = None
