"""How far a sending by mail is: figures straight from NocoDB, by themselves; pause, go on, stop, and what failed."""

from __future__ import annotations

import streamlit as st

from automations.mail.trouble import standing_trouble
from schemas.errors import KontaktnetzError
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from streamlit_app import context
from streamlit_app.event_sending import Outlook
from streamlit_app.signed import refresh
from streamlit_app.ui import formats, row_list
from streamlit_app.ui.events import sending_desk
from streamlit_app.ui.events import sending_texts as words
from streamlit_app.ui.events.sending_desk import Desk

SECONDS = 3.0
"""How often the figures of a running sending are asked for: six small requests."""

MOVING = (PostState.QUEUED, PostState.SENDING)


def show(desk: Desk, found: Outlook) -> None:
    """Show the sending if there is one; it refreshes itself only while something moves."""
    known = st.session_state.get(sending_desk.BUSY) == desk.batch
    if not known and not found.has_batch(desk.occasion):
        return
    waiting = any(state in MOVING for key, state in found.posts.items() if key.startswith(f"{desk.occasion}:"))
    moves = st.session_state.get(sending_desk.MOVES, True) if known else waiting
    watched = st.fragment(_watch, run_every=SECONDS if moves else None)
    watched(desk)


def _watch(desk: Desk) -> None:
    try:
        run = desk.run()
        counts = run.progress()
        stuck = run.stuck() if counts.get(PostState.FAILED) or counts.get(PostState.HELD) else []
        put_off = run.put_off() if counts.get(PostState.QUEUED) else []
    except KontaktnetzError:
        st.warning(words.DOWN, icon=":material/cloud_off:")
        return
    moving = any(counts.get(state) for state in MOVING)
    with st.container(border=True, key="versand_verlauf"):
        st.subheader(words.PROGRESS, anchor=False)
        _bar(counts, moving)
        _waiting(put_off, moving)
        if desk.session.role.may_write:
            _buttons(desk, counts, len(stuck))
        if stuck:
            _stuck(desk, stuck)
    if moving != st.session_state.get(sending_desk.MOVES, moving):
        st.session_state[sending_desk.BUSY], st.session_state[sending_desk.MOVES] = desk.batch, moving
        refresh()
        st.rerun()
    st.session_state[sending_desk.MOVES] = moving


def _bar(counts: dict[PostState, int], moving: bool) -> None:
    sent = counts.get(PostState.SENT, 0)
    total = sum(count for state, count in counts.items() if state != PostState.WITHDRAWN)
    if total and sent == total:
        st.success(words.ALL_SENT.format(count=formats.number(total)), icon=":material/check_circle:")
    else:
        told = words.DONE_BAR.format(sent=formats.number(sent), total=formats.number(total))
        st.progress(sent / max(total, 1), text=told)
    others = {state: count for state, count in counts.items() if state != PostState.SENT}
    if others:
        st.html(
            '<div class="kn-line">'
            + "".join(
                f'<span><b>{formats.number(count)}</b> <span class="kn-muted">{words.STATES[state]}</span></span>'
                for state, count in others.items()
            )
            + "</div>"
        )


def _waiting(put_off: list[Post], moving: bool) -> None:
    """Say why what waits is still waiting."""
    if put_off:
        told = words.PUT_OFF if len(put_off) > 1 else words.PUT_OFF_ONE
        count, problem = formats.number(len(put_off)), formats.plain(put_off[-1].problem or "")
        st.warning(told.format(count=count, problem=problem), icon=":material/hourglass_empty:")
    if not moving:
        return
    trouble = standing_trouble(context.get().settings.data_dir, context.now())
    if trouble:
        st.warning(words.TROUBLE.format(problem=formats.plain(trouble)), icon=":material/mail_off:")
    else:
        st.caption(words.BACKGROUND)


def _buttons(desk: Desk, counts: dict[PostState, int], stuck: int) -> None:
    paused = counts.get(PostState.HELD, 0) > stuck - counts.get(PostState.FAILED, 0)
    offers = (
        ("pause", words.PAUSE, ":material/pause:", bool(counts.get(PostState.QUEUED)), None),
        ("go_on", words.GO_ON, ":material/play_arrow:", paused, None),
        ("stop", words.STOP, ":material/stop:", bool(counts.get(PostState.QUEUED)) or paused, words.STOP_HELP),
    )
    if not any(offered for *_, offered, _ in offers):
        return
    with st.container(horizontal=True):
        for what, label, icon, offered, help_ in offers:
            if offered:
                st.button(label, key=f"versand_{what}", icon=icon, help=help_, on_click=desk.move,
                          args=(what,))  # fmt: skip


def _stuck(desk: Desk, stuck: list[Post]) -> None:
    """Show what did not go out and why; what is unclear is sent again only by its own button."""
    names = desk.picture.names("invitation")
    rows = [
        row_list.Row(
            (
                names.get(int((post.about or "").removeprefix("invitation:") or 0), "") or post.name or "",
                post.recipient or "", words.STATES.get(PostState(post.state or ""), ""), post.problem or "",
            ),
            url=desk.picture.row_url("outbox", post.id or 0),
        )
        for post in stuck
    ]  # fmt: skip
    st.markdown(f"**{words.STUCK}**")
    row_list.RowList("versand_fehler", words.STUCK, words.STUCK_COLUMNS, rows).show(desk.picture.today, height=260)
    st.caption(words.STUCK_HINT)
    if not desk.session.role.may_write:
        return
    with st.container(horizontal=True):
        for state, label in ((PostState.FAILED, words.AGAIN_FAILED), (PostState.HELD, words.AGAIN_HELD)):
            count = sum(post.state == state for post in stuck)
            if count:
                st.button(label.format(count=formats.number(count)), key=f"versand_noch_{state}",
                          icon=":material/replay:", on_click=desk.again,
                          args=(state,))  # fmt: skip
