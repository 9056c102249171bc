"""The tab *Kalender* of a round: who can still make the fair, who waits for it, and who has a seat in the seminar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from automations.workdays import is_free
from schemas.certification.choices import Phase
from schemas.certification.rules.calendar import PRINTING_DAYS, Chance, working_days_back
from streamlit_app import certification_data, event_data
from streamlit_app.appearance import MUTED
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import ORDER_OF_CHANCES, RoundBook, Standing
from streamlit_app.ui import formats
from streamlit_app.ui.certification import board_texts as words
from streamlit_app.ui.certification import chosen, round_figures, seats
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.ui.charts import GRID, axis
from streamlit_app.ui.row_list import Row, RowList

MOST_BARS = 30
"""Bars that can be read; the table beside them shows all."""

_COLORS = {Chance.LATE: "#b4413a", Chance.TIGHT: "#b97f10", Chance.EASY: "#1d7a5f", Chance.DONE: "#2f8fa3"}


def show(picture: Picture, session: Session, round_row: int) -> None:
    """Show the tab of one round."""
    book = certification_data.book(picture, round_row)
    if book is None:
        return
    _fair(picture, book)
    if book.cases:
        _figures(book)
        round_figures.opened(picture, book)
        _waiting(picture, book)
        _bars(picture, book)
        _table(picture, book)
        st.caption(words.METHOD.format(days=PRINTING_DAYS))
    seats.show(picture, book)


def _fair(picture: Picture, book: RoundBook) -> None:
    line = event_data.event(picture, book.round.award_event) if book.round.award_event is not None else None
    if line is None or book.award_on is None:
        st.info(f"**{words.NO_AWARD_TITLE}.** {words.NO_AWARD_TEXT}", icon=":material/event:")
        return
    name, day = formats.plain(line.name), formats.date(book.award_on)
    left = (book.award_on - picture.today).days
    if left < 0:
        st.markdown(words.FAIR_PAST.format(name=name, day=day))
        return
    deadline = formats.date(deadline_of(book.award_on))
    st.markdown(words.FAIR.format(name=name, day=day, weeks=left // 7, deadline=deadline))


def deadline_of(award_on: dt.date) -> dt.date:
    """Return the day by which all must be done so that certificates can be printed and signed."""
    return working_days_back(award_on, PRINTING_DAYS, is_free)


def _figures(book: RoundBook) -> None:
    """Show how many stand how, each leading to its rows."""
    with st.container(horizontal=True, gap="small", key="zert_aussichten", vertical_alignment="distribute"):
        for chance in ORDER_OF_CHANCES:
            name = f"aussicht-{chance}"
            with st.container(border=True, key=f"uebersicht_karte_zert_{name}", width=round_figures.CARD, gap="xsmall"):
                st.metric(words.CHANCES[chance], formats.number(len(book.named(name))), help=words.CHANCE_HELP[chance])
                st.button(words.SHOW_LIST, key=f"zert_oeffne_{name}", type="tertiary", icon=":material/arrow_downward:",
                          on_click=round_figures.open_list, args=(name,))  # fmt: skip


def _waiting(picture: Picture, book: RoundBook) -> None:
    waiting = book.named("wartet")
    links = ", ".join(
        f'<a href="{chosen.case_page(s.id)}" target="_self">{formats.escape(s.name or page_words.NAMELESS)}</a>'
        for s in waiting[:MOST_BARS]
    )
    with st.container(horizontal=True, vertical_alignment="center", key="zert_warten"):
        st.html(f'<div class="kn-line"><span class="kn-title">{words.WAITING}: {formats.number(len(waiting))}</span>'
                f'<span>{links or words.WAITING_NONE}</span></div>')  # fmt: skip
        if waiting:
            st.button(words.SHOW_LIST, key="zert_oeffne_wartet", type="tertiary", icon=":material/arrow_downward:",
                      on_click=round_figures.open_list, args=("wartet",))  # fmt: skip


def ordered(book: RoundBook) -> list[Standing]:
    """Return the cases that are on their way, those first that have to be looked at first."""
    going = [s for s in book.cases if not s.ended]
    return sorted(going, key=lambda s: (ORDER_OF_CHANCES.index(s.way.chance), s.way.latest_start or dt.date.max,
                                        s.name.casefold(), s.id))  # fmt: skip


def _bars(picture: Picture, book: RoundBook) -> None:
    """Draw when each would be done against the day on which all must be."""
    going = [s for s in ordered(book) if s.way.done_on is not None and s.case.phase != Phase.WAITING]
    if book.award_on is None or not going:
        return
    shown, deadline = going[:MOST_BARS], deadline_of(book.award_on)
    names = _distinct(shown)
    told = ", ".join(f"{n} {words.CHANCES[s.way.chance]}" for n, s in zip(names, shown, strict=True))
    bars = tuple((n, s.way.done_on, s.way.chance) for n, s in zip(names, shown, strict=True) if s.way.done_on)
    with st.container(border=True, key="ueb_verlauf"):
        st.altair_chart(_chart(bars, picture.today, deadline), height=90 + 24 * len(shown),
                        alt=words.CHART_ALT.format(deadline=formats.date(deadline), told=told))  # fmt: skip
    if len(going) > MOST_BARS:
        st.caption(words.CHART_MORE.format(shown=MOST_BARS))


@st.cache_resource(max_entries=8, show_spinner=False)
def _chart(bars: Sequence[tuple[str, dt.date, Chance]], today: dt.date, deadline: dt.date) -> alt.LayerChart:
    """Return the drawing; making one takes longer than all the rest of the tab."""
    names = [name for name, _, _ in bars]
    drawn = pd.DataFrame({
        "Einrichtung": names, "von": [today.isoformat()] * len(bars),
        "Fertig etwa am": [on.isoformat() for _, on, _ in bars],
        "Aussicht": [words.CHANCES[chance] for _, _, chance in bars],
    })  # fmt: skip
    colors = {words.CHANCES[c]: color for c, color in _COLORS.items() if any(chance == c for _, _, chance in bars)}
    spans = (
        alt.Chart(drawn)
        .mark_bar(cornerRadius=2, height={"band": 0.6})
        .encode(
            y=alt.Y("Einrichtung:N", sort=names, axis=axis(labelLimit=260, ticks=False)),
            x=alt.X("von:T", axis=axis(format="%d.%m.%y", gridColor=GRID)),
            x2="Fertig etwa am:T",
            color=alt.Color("Aussicht:N", scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                            legend=alt.Legend(orient="top", title=None, labelColor=MUTED)),
            tooltip=["Einrichtung", "Aussicht", alt.Tooltip("Fertig etwa am:T", format="%d.%m.%Y")],
        )
    )  # fmt: skip
    rule = alt.Chart(pd.DataFrame({"tag": [deadline.isoformat()], "text": [words.CHART_END]}))
    lines = rule.mark_rule(color="#b4413a", strokeDash=[4, 3], size=2).encode(x="tag:T", tooltip=["text"])
    chart: alt.LayerChart = (spans + lines).properties(background="#ffffff")
    return chart


def _distinct(cases: Sequence[Standing]) -> list[str]:
    """Return a name for every bar; of two placements of one name the second one bears its row."""
    found: list[str] = []
    for case in cases:
        name = case.name or page_words.NAMELESS
        found.append(f"{name} ({case.id})" if name in found else name)
    return found


def _table(picture: Picture, book: RoundBook) -> None:
    rows = [
        Row(
            (
                s.name or page_words.NAMELESS, words.CHANCES[s.way.chance], round_figures.next_of(s),
                round_figures.actor_label(picture, s.actor) if s.actor else "", s.way.done_on, s.way.latest_start,
                s.way.weeks, round_figures.phase_label(picture, s.case.phase),
                "; ".join(round_figures.hints(picture, s)),
            ),
            chosen.case_page(s.id), picture.row_url("certification", s.id),
        )
        for s in ordered(book)
    ]  # fmt: skip
    if rows:
        RowList("zert_kalender", page_words.TABS[chosen.CALENDAR], words.CALENDAR_COLUMNS, rows).show(picture.today)
