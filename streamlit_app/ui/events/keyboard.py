"""The keyboard list for letters and calls: part of a name, Enter, a letter, Enter; the cursor never leaves the field.

One field takes both: no name is searched by a single letter, so that an answer can never be mistaken for a name.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from schemas.events.choices import Answer, ReplyChannel
from schemas.events.quick_answer import LETTERS, read_answer
from streamlit_app.frames.events import Guest, search
from streamlit_app.frames.search import MIN_CHARACTERS
from streamlit_app.ui import formats
from streamlit_app.ui.events import answer_texts as words
from streamlit_app.ui.events.answer_desk import (
    PREFIX,
    Desk,
    Outcome,
    Said,
    companions_field,
    new_key,
    said_in_form,
    tell,
)

MOST_MATCHES = 6
"""So many are numbered; more are of no use to somebody who only has to type one more letter."""

_LINE, _PICKED, _TYPED = f"{PREFIX}zeile", f"{PREFIX}gast", f"{PREFIX}getippt"
_CHANNEL, _DAY = f"{PREFIX}weg", f"{PREFIX}tag"


def show(desk: Desk) -> Guest | None:
    """Show how the answers come and the field to type in; return the guest that is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(words.CHANNEL, words.CHANNELS, default=ReplyChannel.PHONE, required=True, key=_CHANNEL,
                             format_func=desk.way)  # fmt: skip
        st.date_input(words.DAY, value=desk.picture.today, max_value=desk.picture.today, format="DD.MM.YYYY", key=_DAY,
                      width=160)  # fmt: skip
    guest = picked(desk)
    with st.form(f"{PREFIX}suche", border=False, clear_on_submit=True):
        st.text_input(words.SEARCH_FOR if guest else words.SEARCH, key=_LINE, placeholder=words.SEARCH_HINT,
                      max_chars=120, autocomplete="off", help=words.HELP)  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(words.PICK, icon=":material/keyboard_return:", key=f"{PREFIX}suchen",
                                  on_click=_enter, args=(desk,))  # fmt: skip
            st.caption(words.KEYS)
    return guest


def picked(desk: Desk) -> Guest | None:
    """Return the guest that is chosen in this event."""
    event, row = st.session_state.get(_PICKED, (None, None))
    return desk.found.guest(row) if event == desk.found.event.id else None


def pick(desk: Desk, row: int, typed: str = "") -> None:
    """Choose a guest; to be used as a callback."""
    st.session_state[_PICKED] = (desk.found.event.id, row)
    st.session_state[_TYPED] = typed
    new_key()


def drop() -> None:
    """Choose nobody; to be used as a callback."""
    for key in (_PICKED, _TYPED):
        st.session_state.pop(key, None)
    new_key()


def show_matches(desk: Desk, guest: Guest) -> None:
    """Show who else fits what was typed, each with its number."""
    typed = st.session_state.get(_TYPED, "")
    found = search(desk.found.guests, typed) if typed else []
    if len(found) < 2:
        return
    st.caption(words.MATCHES.format(count=formats.number(len(found))))
    with st.container(key=f"{PREFIX}treffer", gap="xxsmall"):
        for number, one in enumerate(found[:MOST_MATCHES], 1):
            about = " · ".join(part for part in (one.organisation, one.group, desk.label(one.answer)) if part)
            st.button(
                f"{number}  **{formats.plain(one.row.name or '')}**  :small[{formats.plain(about)}]",
                key=f"treffer_{PREFIX}{one.id}", type="secondary" if one.id == guest.id else "tertiary",
                width="stretch", on_click=pick, args=(desk, one.id, typed),
            )  # fmt: skip
    if len(found) > MOST_MATCHES:
        st.caption(words.MORE_MATCHES.format(count=formats.number(len(found) - MOST_MATCHES)))


def show_form(desk: Desk, guest: Guest) -> None:
    """Show the same for the mouse, with everything a guest may have told."""
    key = f"{PREFIX}form_{guest.id}"
    with st.form(key, border=False):
        letters = {answer: letter.upper() for letter, answer in LETTERS.items()}
        st.radio(words.ANSWER, list(letters), index=None, horizontal=True, key=f"{key}_antwort",
                 format_func=lambda a: f"{desk.label(a)} ({letters[a]})")  # fmt: skip
        first, second = st.columns([1, 2])
        most = desk.found.event.companions_max
        first.number_input(
            words.COMPANIONS, key=f"{key}_begleitung", help=words.COMPANIONS_HELP.format(most=most or 0),
            **companions_field(guest.row.companions),
        )  # fmt: skip
        known = guest.row.represented_by or guest.row.companion_names
        second.text_input(words.NAMES, key=f"{key}_namen", max_chars=200, placeholder=known)
        first, second = st.columns(2)
        first.text_input(words.NEEDS, key=f"{key}_bedarf", value=guest.row.needs or "", max_chars=300)
        second.text_input(words.NOTE, key=f"{key}_notiz", max_chars=500)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(words.SAVE, type="primary", key=f"{key}_ok", on_click=_save, args=(desk, guest, key))
            st.form_submit_button(words.CLEAR, key=f"{key}_weg", on_click=drop)


def _enter(desk: Desk) -> None:
    """Take what was typed: an answer for who is chosen, the number of a match, or a name."""
    line = str(st.session_state.get(_LINE) or "").strip()
    guest, typed = picked(desk), read_answer(line)
    st.session_state.pop(f"{PREFIX}ergebnis", None)
    if typed and guest:
        if desk.take(guest, Said.of(typed), _channel(), _day(desk)):
            drop()
    elif typed:
        tell(Outcome(words.NAME_FIRST, bad=True))
    elif not line:
        drop()
    elif guest and line.isdigit() and len(line) == 1:
        _nth(desk, int(line))
    else:
        _find(desk, line)


def _nth(desk: Desk, number: int) -> None:
    typed = st.session_state.get(_TYPED, "")
    found = search(desk.found.guests, typed)[:MOST_MATCHES]
    if 1 <= number <= len(found):
        pick(desk, found[number - 1].id, typed)


def _find(desk: Desk, line: str) -> None:
    found = search(desk.found.guests, line)
    if found:
        pick(desk, found[0].id, line)
        return
    drop()
    short = len(line) < MIN_CHARACTERS
    tell(Outcome(words.TOO_SHORT if short else words.NOBODY.format(typed=formats.plain(line)), bad=True))


def _save(desk: Desk, guest: Guest, key: str) -> None:
    answer = st.session_state.get(f"{key}_antwort")
    if answer is None:
        tell(Outcome(words.CHOOSE, bad=True))
        return
    if desk.take(guest, said_in_form(Answer(answer), guest, key), _channel(), _day(desk)):
        drop()


def _channel() -> ReplyChannel:
    return ReplyChannel(st.session_state.get(_CHANNEL) or ReplyChannel.PHONE)


def _day(desk: Desk) -> dt.date:
    day = st.session_state.get(_DAY)
    return day if isinstance(day, dt.date) else desk.picture.today
