"""Übersicht: figures that open the rows behind them, what needs attention, contacts per month."""

from __future__ import annotations

import streamlit as st

from streamlit_app import data
from streamlit_app.frames import figures
from streamlit_app.ui import formats, frame, months, rows, texts
from streamlit_app.ui.events import coming

CONTACTS = "app_pages/kontakte.py"
QUALITY = "app_pages/datenqualitaet.py"


def show_figures(picture: data.Picture) -> None:
    counted = picture.figures()
    with st.container(horizontal=True, key="uebersicht_zahlen", gap="small", vertical_alignment="distribute"):
        with card("organisationen"):
            st.metric(texts.FIGURE_ORGANISATIONS, formats.number(counted.organisations))
            st.page_link(CONTACTS, label=texts.SHOW, icon=":material/arrow_forward:",
                         query_params={"zeige": texts.SHOW_KINDS["organisation"]})  # fmt: skip
        with card("personen"):
            st.metric(texts.FIGURE_PERSONS, formats.number(counted.persons))
            st.page_link(CONTACTS, label=texts.SHOW, icon=":material/arrow_forward:",
                         query_params={"zeige": texts.SHOW_KINDS["person"]})  # fmt: skip
        figure(texts.FIGURE_FUNCTIONS, counted.functions, "funktionen")
        for days, count in counted.recent.items():
            figure(texts.FIGURE_RECENT.format(days=days), count, f"kontakte-{days}")
        figure(texts.FIGURE_RELATIONSHIPS, counted.relationships, "beziehungen")
    show_spheres(picture, counted)


def show_spheres(picture: data.Picture, counted: figures.Figures) -> None:
    with st.container(horizontal=True, gap="small", key="uebersicht_bereiche", vertical_alignment="center"):
        st.caption(texts.SPHERES, width="content")
        for code, label in picture.choices("organisation", "sphere").items():
            if counted.spheres.get(code):
                st.page_link(
                    CONTACTS,
                    label=f"{formats.plain(label)} **{formats.number(counted.spheres[code])}**",
                    query_params={"zeige": texts.SHOW_KINDS["organisation"], "bereich": label},
                )


def card(name: str) -> st.delta_generator.DeltaGenerator:
    return st.container(border=True, key=f"uebersicht_karte_{name}", width=196, gap="xsmall")


def figure(label: str, value: int, name: str) -> None:
    with card(name):
        st.metric(label, formats.number(value))
        opener(name)


def opener(name: str) -> None:
    st.button(texts.SHOW, key=f"uebersicht_oeffne_{name}", type="tertiary", icon=":material/arrow_downward:",
              on_click=lambda: st.query_params.update(zeilen=name))  # fmt: skip


def show_attention(picture: data.Picture) -> None:
    counts = {"ueberfaellig": picture.figures().overdue, **picture.attention()}
    undecided = sum(picture.undecided().values())
    st.header(texts.ATTENTION, anchor=False)
    if not undecided and not any(counts.values()):
        st.success(texts.ATTENTION_NONE, icon=":material/check_circle:")
        return
    with st.container(border=True, key="uebersicht_aufmerksamkeit", gap="xsmall"):
        if undecided:
            quality_line(undecided)
        for name, (label, advice) in texts.ATTENTION_ITEMS.items():
            if counts[name]:
                attention_line(name, counts[name], label, advice)


def attention_line(name: str, count: int, label: str, advice: str) -> None:
    number, what, link = st.columns([1.1, 6, 2], vertical_alignment="center", gap="small")
    number.html(f'<div class="kn-count">{formats.number(count)}</div>')
    what.html(f'<div class="kn-title">{label}</div><div class="kn-muted">{advice}</div>')
    with link:
        if name == "ueberfaellig":
            opener(name)
        else:
            st.page_link(CONTACTS, label=texts.SHOW, icon=":material/arrow_forward:",
                         query_params={"liste": texts.ATTENTION_ITEMS[name][0]})  # fmt: skip


def quality_line(count: int) -> None:
    number, what, link = st.columns([1.1, 6, 2], vertical_alignment="center", gap="small")
    label, advice = texts.ATTENTION_QUALITY
    number.html(f'<div class="kn-count">{formats.number(count)}</div>')
    what.html(f'<div class="kn-title">{label}</div><div class="kn-muted">{advice}</div>')
    with link:
        st.page_link(QUALITY, label=texts.SHOW, icon=":material/arrow_forward:")


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_OVERVIEW, picture)
    if picture.empty:
        frame.empty(picture)
        return
    show_figures(picture)
    opened = st.query_params.get("zeilen")
    if opened in figures.ROWS:
        rows.show(picture, opened)
    sides = st.container(horizontal=True, gap="medium", key="uebersicht_seiten")  # wraps on a narrow screen
    with sides.container(width=650):
        show_attention(picture)
        coming.show(picture)
    with sides.container(width=590):
        st.header(texts.CHART, anchor=False)
        with st.container(border=True, key="uebersicht_verlauf"):
            months.show(picture)


main()
