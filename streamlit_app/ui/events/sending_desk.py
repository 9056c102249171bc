"""What the buttons of the tab *Versand* do, with what went wrong in words and with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from automations.events.book import NEEDED
from automations.events.sending import Run, Sender, Told, batch_of
from automations.events.sending_plan import Guest
from schemas.errors import KontaktnetzError
from schemas.events.choices import Channel
from schemas.operations.choices import PostKind, PostState
from streamlit_app import context, event_sending
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, problems
from streamlit_app.ui.events import sending_texts as words
from sync.undo import undo

PROBLEM, SAID, LAST, ASKED = "versand_problem", "versand_gesagt", "versand_lauf", "versand_gefragt"
BUSY = "versand_laeuft"
"""The sending that the page follows although the mirror does not know it yet."""

MOVES = "versand_bewegt"
"""Whether anything moved at the last look; when that changes, the page runs again."""


def outcome(picture: Picture, session: Session, event: int) -> None:
    """Tell what became of the last click, with the way back where there is one."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(problem, icon=":material/error:")
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check_circle:")
    of, run, told = st.session_state.get(LAST, (None, "", ""))
    if of == event and run:
        with st.container(horizontal=True, vertical_alignment="center", key="versand_erfolg"):
            st.success(told, icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key="versand_zurueck", icon=":material/undo:", on_click=take_back,
                      args=(picture, session))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """The sending of one event on one occasion, as the person who is signed in."""

    picture: Picture
    session: Session
    event: int
    occasion: PostKind

    @property
    def batch(self) -> str:
        """Return the name that its mails bear together."""
        return batch_of(self.event, self.occasion)

    def queue(self, rows: Sequence[int]) -> None:
        """Put mails into the outbox, with progress; the page has to run again."""
        bar = st.progress(0.0, text=words.QUEUEING.format(done=0, total=formats.number(len(rows))))

        def tell(done: int, total: int) -> None:
            text = words.QUEUEING.format(done=formats.number(done), total=formats.number(total))
            bar.progress(done / max(total, 1), text=text)

        try:
            done = self._sender().queue(self.occasion, rows, tell)
        except KontaktnetzError as failed:
            st.session_state[PROBLEM] = problems.told(failed)
        else:
            count = done.new + done.again
            st.session_state[SAID] = words.QUEUED.format(count=formats.number(count)) if count else words.QUEUED_NONE
            self._watch()
        st.session_state.pop(ASKED, None)
        refresh()

    def test(self, guest: Guest, key: str) -> None:
        """Send this guest's mail to ourselves; to be used as a callback, ``key`` is the field with the address."""
        to = str(st.session_state.get(key) or "").strip()
        if "@" not in to.strip("@") or " " in to:
            st.session_state[PROBLEM] = words.TEST_BAD
            return
        _do(lambda: self._sender().test(self.occasion, guest, to), words.TEST_DONE.format(to=to))

    def run(self) -> Run:
        """Return the mails of this sending. Raises NocoDBError."""
        return Run(event_sending.outbox(self.session, self.picture), self.batch)

    def move(self, what: str) -> None:
        """Pause, go on or stop; to be used as a callback."""
        said = {"pause": words.PAUSED, "go_on": words.GONE_ON, "stop": words.STOPPED}[what]
        if what == "go_on":
            self._watch()

        def work() -> int:
            moved: int = getattr(self.run(), what)()
            return moved

        _do(work, said)

    def again(self, state: PostState) -> None:
        """Let what failed (or is unclear) wait again; to be used as a callback."""

        def work() -> int:
            rows = [post.id for post in self.run().stuck() if post.state == state and post.id is not None]
            return self._sender().retry(rows)

        self._watch()
        _do(work, words.AGAIN_DONE)

    def tick_off(self, channel: Channel, rows: Sequence[int], told_of: Told) -> None:
        """Note that letters are posted or calls made; to be used as a callback. Who has another place now is named."""
        what = words.WHAT_LETTER if channel == Channel.LETTER else words.WHAT_PHONE
        try:
            done = self._sender().tick_off(self.occasion, rows, what, told_of)
        except KontaktnetzError as failed:
            st.session_state[PROBLEM] = problems.told(failed)
            return
        if done.outdated:
            st.session_state[PROBLEM] = words.TICK_OUTDATED.format(names=", ".join(done.outdated))
        told = words.TICKED[channel].format(count=formats.number(done.count))
        st.session_state[LAST] = (self.event, done.run if done.count else "", told)
        refresh()

    def _watch(self) -> None:
        """Let the page follow this sending from now on."""
        st.session_state[BUSY], st.session_state[MOVES] = self.batch, True

    def _sender(self) -> Sender:
        tables = {code: self.picture.table(code) for code in NEEDED}
        settings = context.get().settings
        return Sender(
            settings, connect(self.session, self.picture), tables, self.event, self.picture.today, context.now
        )


def take_back(picture: Picture, session: Session) -> None:
    """Undo what was ticked off last; to be used as a callback."""
    event, run, told = st.session_state.pop(LAST, (None, "", ""))
    try:
        opened = connect(session, picture)
        report = undo(opened.client, opened.base, run=run, now=context.now)
    except KontaktnetzError as failed:
        st.session_state[LAST] = (event, run, told)
        st.session_state[PROBLEM] = problems.told(failed)
        return
    st.session_state[SAID] = words.UNDONE.format(count=formats.number(report.restored))
    refresh()


def _do(work: Callable[[], object], said: str) -> None:
    try:
        count = work()
    except KontaktnetzError as failed:
        st.session_state[PROBLEM] = problems.told(failed)
        return
    st.session_state[SAID] = said.format(count=formats.number(count)) if isinstance(count, int) else said
    refresh()
