"""Writing a guest list from the page: with progress, with what went wrong in words, and with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from automations.events.guest_list import Line
from automations.events.guest_writing import Added, Altered, GuestWriter
from schemas.errors import KontaktnetzError
from schemas.events.tables import GuestGroup
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, problems
from streamlit_app.ui.events import guest_texts as words
from sync.undo import undo

LAST = "va_gaeste_lauf"


def outcome(picture: Picture, session: Session, event: int) -> None:
    """Tell what became of the last write to this list, with the way back."""
    if problem := st.session_state.pop("va_gaeste_problem", None):
        st.error(problem, icon=":material/error:")
    if told := st.session_state.pop("va_gaeste_gesagt", None):
        st.success(told, icon=":material/check_circle:")
    of, runs, told = st.session_state.get(LAST, (None, [], ""))
    if of == event and runs:
        with st.container(horizontal=True, vertical_alignment="center", key="va_gaeste_erfolg"):
            st.success(told, icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key="va_gaeste_zurueck", icon=":material/undo:", on_click=take_back,
                      args=(picture, session))  # fmt: skip


def add(
    picture: Picture, session: Session, event: int, groups: Sequence[tuple[GuestGroup, Sequence[Line]]]
) -> bool:  # fmt: skip
    """Put guests on the list in these groups, and say whether that went well; the page has to run again."""
    total = sum(len(lines) for _, lines in groups)
    bar = st.progress(0.0, text=words.ADDING.format(done=0, total=formats.number(total)))
    before, runs, made, there = 0, [], 0, 0
    try:
        opened = connect(session, picture)
        for group, lines in groups:

            def tell(done: int, _: int, before: int = before) -> None:
                at = formats.number(before + done)
                bar.progress(min((before + done) / max(total, 1), 1.0),
                             text=words.ADDING.format(done=at, total=formats.number(total)))  # fmt: skip

            added: Added = GuestWriter(opened, event, context.now, tell).add(lines, group)
            before, made, there = before + len(lines), made + added.made, there + added.there
            runs.append(added.run)
    except KontaktnetzError as failed:
        st.session_state["va_gaeste_problem"] = problems.told(failed)
    told = words.ADDED_ONE if made == 1 else words.ADDED.format(made=formats.number(made))
    told += " " + words.ADDED_THERE.format(there=formats.number(there)) if there else ""
    if runs:
        st.session_state[LAST] = (event, runs, told)
        refresh()
    return "va_gaeste_problem" not in st.session_state


def change(picture: Picture, session: Session, event: int, work: Callable[[GuestWriter], Altered]) -> None:
    """Change guests who stand on the list; to be used as a callback."""
    try:
        done = work(GuestWriter(connect(session, picture), event, context.now))
    except KontaktnetzError as failed:
        st.session_state["va_gaeste_problem"] = problems.told(failed)
        return
    told = words.CHANGED.format(changed=formats.number(done.changed))
    told += " " + words.CHANGED_LEFT.format(left=formats.number(done.left)) if done.left else ""
    if done.changed:
        st.session_state[LAST] = (event, [done.run], told)
        refresh()
    else:
        st.session_state["va_gaeste_gesagt"] = told


def take_back(picture: Picture, session: Session) -> None:
    """Undo the last write by its journal, the newest run first; to be used as a callback."""
    event, runs, told = st.session_state.pop(LAST, (None, [], ""))
    removed = restored = kept = 0
    while runs:
        try:
            opened = connect(session, picture)
            report = undo(opened.client, opened.base, run=runs[-1], now=context.now)
        except KontaktnetzError as failed:
            st.session_state[LAST] = (event, runs, told)
            st.session_state["va_gaeste_problem"] = problems.told(failed)
            break
        runs = runs[:-1]
        removed, restored, kept = removed + report.removed, restored + report.restored, kept + report.kept
    if removed or restored or kept:
        said = words.UNDONE.format(removed=formats.number(removed), restored=formats.number(restored))
        said += " " + words.UNDONE_KEPT.format(kept=formats.number(kept)) if kept else ""
        st.session_state["va_gaeste_gesagt"] = said
        refresh()
