"""Netzwerkkarte: the network around somebody as a picture and as a table, and departments by organisations."""

from __future__ import annotations

import streamlit as st

from streamlit_app import data, identity
from streamlit_app.frames.cells import row_id
from streamlit_app.frames.contacts import Query
from streamlit_app.frames.network import Node
from streamlit_app.ui import formats, frame, network_map, network_matrix, texts
from streamlit_app.ui import relation_texts as words

MOST_FOUND = 6


def go(node: Node) -> None:
    """Put a node into the middle; to be used as a callback."""
    st.query_params[network_map.KEY] = network_map.address(node)
    st.session_state["netz_suche"] = ""


def go_to_field() -> None:
    """Put the chosen field of engagement into the middle."""
    if code := st.session_state.get("netz_feld"):
        go(("field", code))


def choose(picture: data.Picture) -> None:
    """Show the search for somebody, and the fields of engagement."""
    first, second = st.columns([2, 1], gap="small")
    with first:
        asked = st.text_input(words.MAP_SEARCH, key="netz_suche", placeholder=words.MAP_SEARCH_HINT)
    with second:
        fields = picture.choices("organisation", "engagement_fields")
        st.selectbox(
            words.MAP_FIELD, list(fields), index=None, key="netz_feld", on_change=go_to_field, placeholder="–",
            format_func=lambda code: formats.plain(fields.get(code, code or "")),
        )  # fmt: skip
    if len((asked or "").strip()) < 2:
        return
    found = picture.selected(Query(words=asked)).head(MOST_FOUND)
    if found.empty:
        st.caption(words.MAP_NOBODY)
    with st.container(horizontal=True, gap="small"):
        for one in found.itertuples():
            node: Node = (str(one.type), row_id(one.id))
            st.button(formats.plain(str(one.name)), key=f"netz_treffer_{network_map.address(node)}",
                      on_click=go, args=(node,))  # fmt: skip


def show_map(picture: data.Picture) -> None:
    """Show what is around the node in the address."""
    choose(picture)
    start = network_map.from_address(st.query_params.get(network_map.KEY, ""))
    name = network_map.name_of(picture, start) if start else ""
    if start is None or not name:
        st.info(words.MAP_START, icon=":material/hub:")
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(name, anchor=False, width="content")
        steps = st.segmented_control(
            words.MAP_STEPS, list(words.MAP_STEP_NAMES), default=2, key="netz_schritte",
            format_func=lambda number: words.MAP_STEP_NAMES[number],
        )  # fmt: skip
    network_map.show(picture, start, steps or 2)


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_NETWORK, picture)
    if identity.current() is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    views = list(words.MAP_VIEWS)
    asked = st.query_params.get("ansicht", views[0])
    view = st.segmented_control(
        words.MAP_VIEW, views, default=asked if asked in views else views[0], key="netz_ansicht",
        format_func=lambda name: words.MAP_VIEWS[name], label_visibility="collapsed",
    )  # fmt: skip
    if view == "matrix":
        network_matrix.show(picture)
    else:
        show_map(picture)


main()
