"""The figures of a round, each with the cases behind it: one way for board, calendar and list of rounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from schemas.certification.choices import Phase
from schemas.certification.rules.calendar import Chance
from schemas.certification.rules.funnel import Stage
from streamlit_app.data import Picture
from streamlit_app.frames.certification import LISTS, RoundBook, Standing, Tie
from streamlit_app.ui import formats
from streamlit_app.ui.certification import board_texts as words
from streamlit_app.ui.certification import chosen
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.ui.row_list import Cell, Row, RowList

KEY = "zeilen"

CARD = 196
"""Pixels of a card, so that six stand in a row of a usual screen and their words fit."""

Cells = Callable[[Picture, Standing], tuple[Cell, ...]]


def open_list(name: str) -> None:
    """Open the rows behind a figure; to be used as a callback."""
    st.query_params[KEY] = name


def close_list() -> None:
    """Close the rows; to be used as a callback."""
    st.query_params.pop(KEY, None)


def cards(figures: dict[str, int]) -> None:
    """Show figures of ``KPI``, each leading to its rows."""
    with st.container(horizontal=True, gap="small", key="zert_zahlen", vertical_alignment="distribute"):
        for name, value in figures.items():
            with st.container(border=True, key=f"uebersicht_karte_zert_{name}", width=CARD, gap="xsmall"):
                st.metric(words.KPI[name], formats.number(value), help=words.KPI_HELP[name])
                st.button(words.SHOW_LIST, key=f"zert_oeffne_{name}", type="tertiary", icon=":material/arrow_downward:",
                          on_click=open_list, args=(name,))  # fmt: skip


def opened(picture: Picture, book: RoundBook) -> None:
    """Show the cases behind the figure that was asked for."""
    name = st.query_params.get(KEY, "")
    title = title_of(picture, name)
    if title:
        box(picture, name, title, book.named(name))


def box(picture: Picture, name: str, title: str, cases: Sequence[Standing]) -> None:
    """Show cases as a table, in a box that can be closed."""
    with st.container(border=True, key="uebersicht_zeilen"):
        head(title, len(cases))
        if cases:
            table(picture, f"zert_{name.replace('-', '_')}", title, cases)
        else:
            st.caption(words.LIST_EMPTY)


def head(title: str, count: int) -> None:
    """Show the title of a box with the number of its rows, and close it."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(f"{title} ({formats.number(count)})", anchor=False, width="content")
        st.button(words.CLOSE, key="zert_schliessen", icon=":material/close:", type="tertiary", on_click=close_list)


def table(picture: Picture, key: str, title: str, cases: Sequence[Standing]) -> None:
    """Show cases as a table with links and an Excel file."""
    rows = [Row(cells(picture, s), chosen.case_page(s.id), picture.row_url("certification", s.id)) for s in cases]
    RowList(key, title, words.COLUMNS, rows).show(picture.today, height=620)


def cells(picture: Picture, case: Standing) -> tuple[Cell, ...]:
    """Return a case as the cells of ``COLUMNS``."""
    return (
        case.name or page_words.NAMELESS, phase_label(picture, case.case.phase), next_of(case),
        actor_label(picture, case.actor) if case.actor else "", case.days,
        ", ".join(step.name for step in case.missing), case.coordinator, "; ".join(hints(picture, case)),
    )  # fmt: skip


def hints(picture: Picture, case: Standing) -> list[str]:
    """Return what stands out about a case."""
    found = []
    if case.right is not None:
        found.append(words.HINT_CARD.format(phase=phase_label(picture, case.right)))
    if case.stale:
        found.append(words.HINT_STALE)
    if case.at_risk:
        found.append(words.HINT_GONE if case.tie == Tie.GONE else words.HINT_NOBODY)
    if case.case.phase == Phase.PAUSED:
        until = case.case.paused_until
        found.append(words.HINT_PAUSED.format(day=formats.date(until)) if until else words.HINT_PAUSED_OPEN)
    return found


def next_of(case: Standing) -> str:
    """Return the next step of a case in words; without a step left the network decides, or the fair is waited for."""
    if case.step is not None:
        return case.step.name
    if case.actor is None:
        return ""
    return words.HANDOVER if case.case.phase == Phase.WAITING else words.DECISION_DUE


def since(days: int | None) -> str:
    """Return in words for how long a step has been open.

    >>> since(None), since(0), since(1), since(9)
    ('', 'seit heute', 'seit 1 Tag', 'seit 9 Tagen')
    """
    if days is None:
        return ""
    return words.TODAY if days == 0 else words.ONE_DAY if days == 1 else words.DAYS.format(days=days)


def phase_label(picture: Picture, phase: str) -> str:
    """Return the word that staff use for a phase today."""
    return picture.label("certification", "phase", phase)


def actor_label(picture: Picture, actor: str) -> str:
    """Return the word that staff use for who acts today."""
    return picture.label("certification_step", "actor", actor)


def title_of(picture: Picture, name: str) -> str:
    """Return the title of a list, nothing when there is none of this name."""
    kind, _, code = name.partition("-")
    if name in LISTS:
        return words.LISTS[name]
    if kind == "phase" and code in tuple(Phase):
        return words.PHASE_LIST.format(phase=phase_label(picture, code))
    if kind == "dran" and code in words.ACTORS:
        return words.ACTOR_LIST.format(actor=actor_label(picture, code))
    if kind == "stufe" and code in tuple(Stage):
        return words.STAGE_LIST.format(stage=page_words.STAGES[code])
    if kind == "aussicht" and code in tuple(Chance):
        return words.CHANCE_LIST.format(chance=words.CHANCES[Chance(code)])
    return ""
