"""The draw by lot at an event: close the list, name a number, draw, print the sheet that anybody can recompute."""

from __future__ import annotations

from functools import partial

import streamlit as st

from automations.documents import pdf
from automations.events.after import draw_lot, invitations_of, who_may_win
from automations.events.lot_sheet import lot_sheet_pdf
from automations.signing import open_key
from schemas.errors import KontaktnetzError
from schemas.events.rules.draw import Listed, close_list
from schemas.events.tables import Draw, Event
from schemas.time_zone import BERLIN
from streamlit_app import context, event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, glyphs, problems
from streamlit_app.ui.events import after_texts as words

_PROBLEM, _DRAWN = "auslosung_problem", "auslosung_gezogen"
MOST_WINNERS = 20


def show(picture: Picture, session: Session, event: Event) -> None:
    """Show the draw of an event, and those that took place."""
    year = (event.starts_at or picture.now).astimezone(BERLIN).year
    st.subheader(words.DRAW, anchor=False)
    st.markdown(words.DRAW_TEXT.format(year=year))
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem, icon=":material/info:")
    if drawn := st.session_state.pop(_DRAWN, None):
        st.success(drawn, icon=":material/celebration:")
    if session.role.may_write:
        _prepare(picture, session, event, year)
    _past(picture, event, event_data.draws(picture, event.id or 0))


def _prepare(picture: Picture, session: Session, event: Event, year: int) -> None:
    key = f"auslosung_liste_{event.id}"
    if st.session_state.get(key) is None:
        st.button(words.DRAW_SHOW, key="auslosung_zeigen", icon=":material/lock:", on_click=_close,
                  args=(picture, session, event, year, key))  # fmt: skip
        return
    listed, absent = st.session_state[key]
    if not listed.lines:
        st.info(words.DRAW_NONE, icon=":material/lightbulb:")
    else:
        st.markdown(words.DRAW_LIST.format(count=len(listed.lines), digest=f"`{listed.digest[:16]}…`"))
        st.code(listed.text, language=None, height=min(28 * len(listed.lines) + 40, 240))
    if absent:
        st.caption(words.DRAW_ABSENT.format(names=formats.plain(", ".join(absent))))
    if listed.lines:
        with st.form(f"auslosung_form_{event.id}", border=False):
            seed = st.text_input(words.DRAW_SEED, key="auslosung_start", max_chars=100)
            count = st.number_input(words.DRAW_WINNERS, 1, min(MOST_WINNERS, len(listed.lines)), 1,
                                    key="auslosung_zahl")  # fmt: skip
            if st.form_submit_button(words.DRAW_DO, type="primary", key="auslosung_ziehen"):
                with st.spinner(words.DRAW_RUNS):
                    _draw(picture, session, event, listed, seed=seed or "", winners=int(count), key=key)
                st.rerun()
    st.button(words.DRAW_CANCEL, key="auslosung_weg", type="tertiary",
              on_click=lambda: st.session_state.pop(key, None))  # fmt: skip


def _close(picture: Picture, session: Session, event: Event, year: int, key: str) -> None:
    """Read from the base itself who may win: whoever was let in a minute ago has to be on the list."""
    try:
        opened = connect(session, picture)
        there = who_may_win(opened, invitations_of(opened, event.id or 0), year)
    except KontaktnetzError as failed:
        st.session_state[_PROBLEM] = problems.told(failed)
        return
    st.session_state[key] = close_list(there.eligible), sorted(entry.name for entry in there.absent)


def _draw(
    picture: Picture, session: Session, event: Event, listed: Listed, *, seed: str, winners: int, key: str
) -> None:
    try:
        drawn = draw_lot(
            connect(session, picture), event, listed, seed=seed, winners=winners, by=session.name, now=context.now
        )
    except KontaktnetzError as failed:
        st.session_state[_PROBLEM] = problems.told(failed)
        if failed.message.startswith("Die Liste hat sich"):
            st.session_state.pop(key, None)
        return
    st.session_state.pop(key, None)
    names = ", ".join(formats.plain(lot.line.split(";", 1)[1]) for lot in drawn.winners)
    st.session_state[_DRAWN] = f"{words.DRAWN.format(winners=names)} {words.DRAWN_NUMBER.format(number=drawn.number)}"
    refresh()


def _past(picture: Picture, event: Event, draws: list[Draw]) -> None:
    if not draws:
        return
    st.markdown(f"**{words.DRAWS}**")
    glyphs.warn(*((one.name, (one.entries or "").split("\n")) for one in draws))
    for number, one in enumerate(draws, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            winners = ", ".join((one.winners or "").split("\n"))
            st.markdown(
                words.DRAW_LINE.format(
                    name=formats.plain(one.name or ""), at=formats.moment(one.at) if one.at else "",
                    winners=formats.plain(winners),
                )
            )  # fmt: skip
            st.download_button(
                words.DRAW_SHEET, data=partial(_sheet, picture, event, one), mime=pdf.MIME,
                icon=":material/print:",
                file_name=words.DRAW_FILE.format(number=number, day=picture.today.isoformat()),
                key=f"auslosung_blatt_{one.id}", on_click="ignore",
            )  # fmt: skip


def _sheet(picture: Picture, event: Event, one: Draw) -> bytes:
    settings = context.get().settings
    host = picture.names("body").get(event.host or 0) or settings.network_name
    return lot_sheet_pdf(one, event, open_key(settings.data_dir, picture.now), host=host, own=settings.templates_dir)
