"""The seats of a round's seminar against its placements, each figure with the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.frames.certification import RoundBook
from streamlit_app.frames.certification_newcomers import Guest, Seats, seats, seminar_guests
from streamlit_app.ui import formats
from streamlit_app.ui.certification import board_texts as words
from streamlit_app.ui.certification import round_figures
from streamlit_app.ui.events import chosen as event_chosen
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, book: RoundBook) -> None:
    """Show who has a seat in the seminar of a round, and who of its placements has none."""
    st.header(words.SEATS, anchor=False)
    seminar = book.round.seminar
    line = event_data.event(picture, seminar) if seminar is not None else None
    if line is None:
        st.caption(words.SEATS_NONE)
        return
    guests = seminar_guests(picture.table("invitation"), seminar)
    found = seats(guests, {s.id: s.row.coordinator for s in book.cases if not s.ended}, line.capacity)
    st.caption(words.SEATS_TEXT)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="zert_plaetze"):
        room = words.NO_LIMIT if found.capacity is None else formats.number(found.capacity)
        st.markdown(f"**{room}** {words.SEATS_FIGURES['plaetze']}", width="content")
        for name, count, label in _figures(found):
            st.button(f"**{formats.number(count)}** {label}", key=f"zert_{name}", type="tertiary",
                      on_click=round_figures.open_list, args=(name,))  # fmt: skip
        target = f"/veranstaltungen?{event_chosen.EVENT}={seminar}&{event_chosen.TAB}={event_chosen.GUESTS}"
        st.html(f'<div class="kn-link"><a href="{target}" target="_self">{words.TO_SEMINAR}</a></div>', width="content")
    _opened(picture, book, found, guests)


def _figures(found: Seats) -> list[tuple[str, int, str]]:
    told = words.SEATS_FIGURES
    return [
        ("platz-gaeste", found.taken, told["vergeben"]), ("platz-da", found.came, told["da"]),
        ("platz-mit", len(found.seated), told["mit"]), ("platz-ohne", len(found.unseated), told["ohne"]),
        ("platz-fremd", len(found.others), told["fremd"]),
    ]  # fmt: skip


def _opened(picture: Picture, book: RoundBook, found: Seats, guests: Sequence[Guest]) -> None:
    name = st.query_params.get(round_figures.KEY, "")
    if name in ("platz-mit", "platz-ohne"):
        rows = set(found.seated if name == "platz-mit" else found.unseated)
        round_figures.box(picture, name, words.SEATS_LISTS[name], [s for s in book.cases if s.id in rows])
    elif name in words.SEATS_LISTS:
        listed = {"platz-fremd": found.others, "platz-da": [g for g in guests if g.came]}.get(name, guests)
        _guests(picture, name, listed)


def _guests(picture: Picture, name: str, guests: Sequence[Guest]) -> None:
    houses, title = picture.names("organisation"), words.SEATS_LISTS[name]
    rows = [
        Row((g.name, houses.get(g.site or 0, ""), words.YES if g.came else ""),
            f"/kontakte?eintrag=p{g.person}" if g.person else "", picture.row_url("invitation", g.row))
        for g in guests
    ]  # fmt: skip
    with st.container(border=True, key="uebersicht_zeilen"):
        round_figures.head(title, len(guests))
        if rows:
            RowList(f"zert_{name.replace('-', '_')}", title, words.GUEST_COLUMNS, rows).show(picture.today)
        else:
            st.caption(words.LIST_EMPTY)
