"""The list of events, coming ones first, and the head that stands above every tab of the open one."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from schemas.time_zone import BERLIN
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames import event_list
from streamlit_app.frames.event_list import Line
from streamlit_app.ui import formats
from streamlit_app.ui.events import chosen, create
from streamlit_app.ui.events import texts as words

MANY = 8
"""From so many events on, search and filters are of use."""

PER_PAGE = 15


def show(picture: Picture, session: Session) -> None:
    """Show every event with its numbers, each to be opened by a click."""
    lines = event_data.events(picture)
    if not lines:
        _empty(picture, session)
        return
    create.starter(picture, session)
    found = _filtered(picture, lines) if len(lines) >= MANY else lines
    if not found:
        st.info(words.NOTHING_FOUND, icon=":material/search_off:")
    coming = [one for one in found if one.starts_at is not None and _day(one) >= picture.today]
    past = [one for one in found if one.starts_at is not None and _day(one) < picture.today]
    _section(picture, words.COMING, coming[::-1])
    _section(picture, words.UNDATED, [one for one in found if one.starts_at is None])
    _section(picture, words.PAST, past)


def head(picture: Picture, session: Session, line: Line) -> None:
    """Show what, when and where above the tabs."""
    with st.container(key="va_kopf", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.button(words.BACK, key="va_zurueck", icon=":material/arrow_back:", type="tertiary",
                      on_click=chosen.close)  # fmt: skip
            create.edit_button(session)
        st.header(formats.plain(line.name or words.NAMELESS), anchor=False)
        url = picture.row_url("event", line.row)
        link = (
            f' <a class="kn-small" href="{formats.escape(url)}" target="_blank" rel="noopener">{words.IN_NOCODB}</a>'
            if url else ""
        )  # fmt: skip
        state = picture.label("event", "state", line.state) if line.state else ""
        badge = f'<span class="kn-badge">{formats.escape(state)}</span>' if state else ""
        st.html(
            f'<div class="kn-line">{badge}<span>{formats.escape(when(line))}</span>'
            f'<span class="kn-muted">{formats.escape(line.venue)}</span>{link}</div>'
        )


def when(line: Line) -> str:
    """Return the day and time of an event in Berlin."""
    return formats.moment(line.starts_at) if line.starts_at else words.NO_DAY


def _day(line: Line) -> dt.date:
    assert line.starts_at is not None  # noqa: S101 - only asked for events with a day
    return line.starts_at.astimezone(BERLIN).date()


def _filtered(picture: Picture, lines: list[Line]) -> list[Line]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="va_filter"):
        typed = st.text_input(words.SEARCH, key="va_suche", type="search", live="150ms", placeholder=words.SEARCH_HINT,
                              max_chars=100, width=320)  # fmt: skip
        kinds = {code: label for code, label in picture.choices("event", "kind").items()
                 if any(line.kind == code for line in lines)}  # fmt: skip
        kind = st.selectbox(words.KIND, list(kinds), index=None, key="va_art", format_func=lambda c: kinds.get(c, c),
                            placeholder=words.ALL, width=200)  # fmt: skip
        series = st.selectbox(words.SERIES, sorted({line.series for line in lines} - {""}), index=None, key="va_reihe",
                              placeholder=words.ALL, width=240)  # fmt: skip
    return event_list.chosen(lines, typed or "", kind or "", series or "")


def _section(picture: Picture, title: str, lines: list[Line]) -> None:
    if not lines:
        return
    st.header(title, anchor=False)
    pages = -(-len(lines) // PER_PAGE)
    if pages > 1:
        number = st.pagination(pages, key=f"va_seite_{title}_{len(lines)}", max_visible_pages=5)
        lines = lines[(number - 1) * PER_PAGE : number * PER_PAGE]
    for line in lines:
        _card(picture, line)


def _card(picture: Picture, line: Line) -> None:
    with st.container(border=True, key=f"va_zeile_{line.row}"):
        what, numbers = st.columns([1.6, 1], vertical_alignment="center", gap="small")
        with what:
            st.button(
                f"**{formats.plain(line.name or words.NAMELESS)}**", key=f"va_oeffnen_{line.row}", type="tertiary",
                on_click=chosen.open_event, args=(line.row,),
            )  # fmt: skip
            kind = picture.label("event", "kind", line.kind) if line.kind else ""
            state = picture.label("event", "state", line.state) if line.state else ""
            about = " · ".join(part for part in (when(line), line.venue, kind, state) if part)
            st.html(f'<div class="kn-muted">{formats.escape(about)}</div>')
        room = (formats.number(line.capacity or 0), words.PLACE if line.capacity == 1 else words.PLACES)
        figures = (
            *(((formats.number(line.waiting), words.NOTED),) if line.waiting else ()),
            (formats.number(line.invited), words.INVITED), (formats.number(line.promised), words.PROMISED),
            (words.PLACES, words.NO_LIMIT) if line.capacity is None else room,
        )  # fmt: skip
        numbers.html(
            '<div class="kn-line">'
            + "".join(f"<span><b>{value}</b> <span class='kn-muted'>{label}</span></span>" for value, label in figures)
            + "</div>"
        )


def _empty(picture: Picture, session: Session) -> None:
    with st.container(border=True, key="frame_empty"):
        st.header(words.EMPTY_TITLE, anchor=False)
        st.markdown(words.EMPTY_TEXT)
        create.starter(picture, session)
        url = picture.manifest.table_url("event") if picture.manifest else None
        if url:
            st.link_button(words.IN_NOCODB, url, icon=":material/open_in_new:")
