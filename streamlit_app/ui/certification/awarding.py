"""The tab *Verleihung* of a round: order of appearance, numbers, papers, and the seals on the day of the fair."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from schemas.certification.rules.seals import plain_number
from schemas.certification.tables import CertificationRound
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.awarding import Guest, awarded_for_another_day, on_stage, twice
from streamlit_app.frames.certification import RoundBook
from streamlit_app.ui import formats
from streamlit_app.ui.certification import award_papers, award_steps, chosen, void_numbers
from streamlit_app.ui.certification import awarding_texts as words
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, session: Session, round_row: int) -> None:
    """Show the tab of one round."""
    book = certification_data.book(picture, round_row)
    if book is None:
        return
    guests = on_stage(book)
    if not guests:
        with st.container(border=True, key="verl_leer"):
            st.subheader(words.EMPTY_TITLE, anchor=False)
            st.markdown(words.EMPTY_TEXT)
            st.button(words.TO_BOARD, key="verl_tafel", icon=":material/view_kanban:", on_click=chosen.open_tab,
                      args=(chosen.BOARD,))  # fmt: skip
        return
    _figures(guests)
    _wrong(picture, book, guests)
    if not session.role.may_write:
        st.caption(words.VIEWER)
    if book.round.year is None:
        st.warning(words.NO_YEAR, icon=":material/edit_calendar:")
    award_steps.order(picture, session, book.round, guests)
    if session.role.may_write and book.round.year is not None:
        award_steps.numbers(picture, session, book.round, book.round.year, guests)
    day = _day(picture, book)
    award_papers.show(picture, book.round, guests, day)
    award_steps.award(picture, session, book.round, guests, day)
    void_numbers.show(picture)


def _figures(guests: list[Guest]) -> None:
    values = (len(guests), sum(one.numbered for one in guests), sum(one.awarded for one in guests))
    st.html(
        '<div class="kn-line">'
        + "".join(
            f'<span><b>{formats.number(value)}</b> <span class="kn-muted">{label}</span></span>'
            for value, label in zip(values, words.FIGURES, strict=True)
        )
        + "</div>"
    )


def _wrong(picture: Picture, book: RoundBook, guests: list[Guest]) -> None:
    """Name who waits in vain, and numbers that stand twice."""
    table = picture.table("certification")
    mine = {plain_number(one.row.seal_number or "") for one in guests}
    doubled = [number for number in twice(table["seal_number"].dropna()) if number in mine]
    if doubled:
        st.error(words.TWICE.format(numbers=", ".join(doubled)), icon=":material/error:")
    if book.award_on is not None and (other := awarded_for_another_day(guests, book.award_on, picture.today)):
        names = "; ".join(f"{formats.plain(one.row.name or '')} ({formats.date(one.row.awarded_on)})" for one in other)
        st.warning(words.OTHER_DAY.format(day=formats.date(book.award_on), names=names), icon=":material/event_busy:")
    rows = [
        Row((one.row.name or "", " ".join(one.hindered)), chosen.case_page(one.row.id or 0),
            picture.row_url("certification", one.row.id or 0))
        for one in guests
        if one.hindered
    ]  # fmt: skip
    if rows:
        title = words.HINDERED_ONE if len(rows) == 1 else words.HINDERED.format(count=formats.number(len(rows)))
        with st.expander(title, icon=":material/block:"):
            RowList("verl_offen", words.HINDERED, words.HINDERED_COLUMNS, rows).show(
                picture.today, export=False, height=240
            )
            st.caption(words.NOT_AWARDED)


def _day(picture: Picture, book: RoundBook) -> dt.date | None:
    """Return the day of the award event; without one a day that is chosen here."""
    if book.award_on is not None:
        return book.award_on
    year = _year(book.round, picture)
    return st.date_input(
        words.DAY, value=None, format="DD.MM.YYYY", key=f"verl_tag_{book.round.id}", width=220,
        min_value=dt.date(year - 3, 1, 1), max_value=dt.date(year + 3, 12, 31),
    )  # fmt: skip


def _year(round_: CertificationRound, picture: Picture) -> int:
    year = round_.year or picture.today.year
    return year if 1900 <= year <= 9000 else picture.today.year
