"""What the tab *Antworten* writes, and what became of it: each click says what counts now and offers the way back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from automations.events.replies import Busy, NewReply
from schemas.errors import KontaktnetzError, NotFound, Unavailable
from schemas.events.choices import Answer, Place, ReplyChannel, ReplyState
from schemas.events.quick_answer import Typed
from schemas.events.rules.answers import NO_NEEDS
from schemas.events.rules.outcome import answer_of
from schemas.events.tables import Invitation, Reply
from schemas.model import Value
from schemas.time_zone import BERLIN
from streamlit_app import context, data, event_data
from streamlit_app.answering import Change, Scribe, Taken, deciding, discarding, reading
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.events import Answers, Guest
from streamlit_app.ui import formats, problems
from streamlit_app.ui.events import answer_texts as words

PREFIX = "antw_"
_OUTCOME, _KEY = f"{PREFIX}ergebnis", f"{PREFIX}kennung"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the last click: a sentence, whether it is bad news, how to take it back and what to say then."""

    said: str
    bad: bool = False
    undo: Change | None = None
    invitation: int | None = None
    correction: tuple[Answer | None, Answer | None] | None = None
    undone: str = words.UNDONE

    @property
    def can_be_undone(self) -> bool:
        """Say whether there is a way back."""
        return self.undo is not None or self.correction is not None


@dataclass(frozen=True, slots=True)
class Said:
    """What a guest said, as it was typed or clicked."""

    answer: Answer
    companions: int | None = None
    names: str = ""
    needs: str = ""
    note: str = ""

    @classmethod
    def of(cls, typed: Typed) -> Said:
        """Return what was typed in one line; what follows Vertretung is a name, else it is a note."""
        stands_in = typed.answer == Answer.REPRESENTED
        return cls(
            typed.answer, typed.companions, names=typed.said if stands_in else "", note="" if stands_in else typed.said
        )


MOST_COMPANIONS = 20
"""More than these are not typed here; a larger number is shown as it stands."""


def companions_field(companions: int | None) -> dict[str, Any]:
    """Return where the field for companions begins and ends: a calendar or a cell may name any number."""
    known = max(companions or 0, 0)
    return {"min_value": 0, "max_value": max(MOST_COMPANIONS, known), "value": known}


def said_in_form(answer: Answer, guest: Guest, fields: str) -> Said:
    """Return what stands at the click in the fields whose keys begin so; an emptied need is taken back."""

    def cell(name: str) -> str:
        return str(st.session_state.get(f"{fields}_{name}") or "").strip()

    companions = None if answer == Answer.NO else int(st.session_state.get(f"{fields}_begleitung") or 0)
    needs = cell("bedarf") or (NO_NEEDS if guest.row.needs else "")
    return Said(answer, companions, cell("namen"), "" if answer == Answer.NO else needs, cell("notiz"))


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes about which event."""

    picture: Picture
    session: Session
    found: Answers

    @property
    def may_write(self) -> bool:
        """Say whether the person may write at all."""
        return self.session.role.may_write and self.picture.manifest is not None

    def label(self, answer: str | None) -> str:
        """Return the word that staff use for an answer."""
        return self.picture.label("invitation", "answer", answer or Answer.OPEN)

    def way(self, channel: str | None) -> str:
        """Return the word that staff use for a way."""
        return self.picture.label("reply", "channel", channel) if channel else ""

    def take(self, guest: Guest, said: Said, channel: ReplyChannel, day: dt.date) -> bool:
        """Write an answer down; False when that failed and has to be tried again."""
        key = _key((guest.id, said, channel, day))
        now = context.now()
        reply = NewReply(
            key, guest.id, channel, now if day == self.picture.today else _noon(day), said.answer,
            event=self.found.event.id, name=guest.row.name or "", companions=said.companions,
            companion_names=None if said.answer == Answer.REPRESENTED else said.names or None,
            represented_by=said.names or None if said.answer == Answer.REPRESENTED else None,
            needs=said.needs or None, text=said.note or None, recorded_by=self.session.name,
        )  # fmt: skip
        try:
            taken = self._scribe().take(reply, now)
        except Busy:
            tell(Outcome(words.LATER, bad=True))
        except KontaktnetzError as failed:
            tell(Outcome(words.DOWN if isinstance(failed, Unavailable) else problems.told(failed), bad=True))
            return False
        else:
            undo = discarding(taken.own) if taken.own else None
            tell(Outcome(self._told(guest, said, channel, taken), undo=undo, invitation=guest.id))
        new_key()
        return True

    def discard(self, reply: Reply) -> None:
        """Let an answer not count any more; to be used as a callback."""
        self._change(discarding(reply), reply.invitation, words.DISCARDED, words.RESTORED)

    def restore(self, reply: Reply) -> None:
        """Let an answer count again; to be used as a callback."""
        change = Change(reply.id or 0, {"state": reply.state}, {"state": ReplyState.COUNTS})
        self._change(change, reply.invitation, words.RESTORED, words.DISCARDED)

    def decide(self, reply: Reply, guest: Guest, said: Said) -> None:
        """Let an undecided answer count for a guest."""
        stands_in = said.answer == Answer.REPRESENTED
        named = reply.companion_names if said.companions else None  # a field left empty takes no name back
        told: dict[str, Value] = {
            "answer": said.answer, "companions": said.companions, "needs": said.needs or None,
            "companion_names": named if stands_in else said.names or named,
            "represented_by": (said.names or reply.represented_by) if stands_in else None,
        }  # fmt: skip
        change = deciding(reply, guest.id, self.found.event.id or 0, told, self.session.name)
        self._change(change, guest.id, words.DECIDED, words.REOPENED)

    def mark_read(self, reply: Reply) -> None:
        """Note that the words beside an answer were read; to be used as a callback."""
        self._change(reading(reply), reply.invitation, words.WAS_READ, words.REOPENED)

    def put_away(self, reply: Reply) -> None:
        """Discard an undecided answer."""
        self._change(discarding(reply), reply.invitation, words.DECIDE_DISCARDED, words.REOPENED)

    def correct(self, guest: Guest, answer: Answer | None) -> None:
        """Set or clear a correction; to be used as a callback."""
        before = answer_of(guest.row.correction) if guest.row.correction else None
        self._correct(guest.id, before, answer)

    def renew_link(self, guest: Guest, *, void: bool) -> None:
        """Make a guest's answer link, or void it for a new one."""

        def write() -> Outcome:
            self._scribe().renew_link(guest.id, void=void, now=context.now())
            return Outcome(words.LINK_VOIDED if void else words.LINK_MADE)

        self._safely(write)

    def undo(self, outcome: Outcome) -> None:
        """Take the last click back; to be used as a callback."""
        if outcome.correction is not None and outcome.invitation is not None:
            before, after = outcome.correction
            self._correct(outcome.invitation, after, before)
        elif outcome.undo is not None:
            self._change(outcome.undo, outcome.invitation, outcome.undone, "")

    def _change(self, change: Change, invitation: int | None, said: str, undone: str) -> None:
        def write() -> Outcome:
            if not self._scribe().change(change, invitation, context.now()):
                return Outcome(words.BUSY, bad=True)
            told = " ".join((said.format(**self._stands(change.after.get("invitation") or invitation)), *self._over()))
            return Outcome(told, undo=change.back if undone else None, invitation=invitation, undone=undone)

        self._safely(write)

    def _correct(self, row: int, before: Answer | None, after: Answer | None) -> None:
        def write() -> Outcome:
            if not self._scribe().correct(row, before, after, context.now()):
                return Outcome(words.BUSY, bad=True)
            said = words.CORRECTION_DONE if after else words.CORRECTION_CLEARED
            told = " ".join((said.format(**self._stands(row)), *self._over()))
            return Outcome(told, invitation=row, correction=(before, after))

        self._safely(write)

    def _safely(self, write: Callable[[], Outcome]) -> None:
        try:
            tell(write())
        except NotFound as gone:
            tell(Outcome(str(gone), bad=True))
        except KontaktnetzError as failed:
            tell(Outcome(words.LATER if isinstance(failed, Busy) else problems.told(failed), bad=True))

    def _stands(self, row: object) -> dict[str, str]:
        """Return name and answer of a guest as they stand after a write, read from the picture of this moment."""
        found = event_data.answers(data.picture(), self.found.event.id or 0)
        guest = found.guest(row if isinstance(row, int) else None) if found else None
        if guest is None:
            return {"name": "", "answer": ""}
        return {"name": formats.plain(guest.row.name or ""), "answer": self.label(guest.answer)}

    def _told(self, guest: Guest, said: Said, channel: ReplyChannel, taken: Taken) -> str:
        sentence = words.SAVED_WITH if said.companions else words.SAVED
        told = [
            sentence.format(
                name=formats.plain(guest.row.name or ""), answer=self.label(said.answer), count=said.companions,
                channel=self.way(channel),
            )
        ]  # fmt: skip
        if taken.invitation is not None:
            told += self._beside(taken.invitation, said)
        return " ".join((*told, *self._over()))

    def _beside(self, stands: Invitation, said: Said) -> list[str]:
        """Return what else a person has to know: the guest waits, or another answer counts all the same."""
        counts = answer_of(stands.answer)
        if counts != said.answer:
            day = formats.date(stands.answered_at.astimezone(BERLIN).date()) if stands.answered_at else ""
            why = (
                words.WHY_CORRECTION if stands.correction
                else words.WHY_LATER.format(channel=self.way(stands.answered_by), day=day)
            )  # fmt: skip
            return [words.STILL.format(answer=self.label(counts), why=why)]
        return [words.WAITS] if stands.place == Place.WAITING else []

    def _over(self) -> list[str]:
        """Say that more chairs are promised than there are, where what was just written promised them.

        A guest who has a place keeps it with whoever comes along; the answer page refuses that, a person may.
        """
        found = event_data.answers(data.picture(), self.found.event.id or 0)
        seats = found.seats if found else None
        if seats is None or seats.free is None or seats.free >= 0 or seats.taken <= self.found.seats.taken:
            return []
        facts = {"taken": seats.taken, "capacity": seats.capacity or 0, "more": -seats.free}
        return [words.OVER.format(**{code: formats.number(count) for code, count in facts.items()})]

    def _scribe(self) -> Scribe:
        assert self.picture.manifest is not None  # noqa: S101 - forms are only shown with one
        return Scribe(context.get().settings, self.picture.manifest, self.session.token, self.session.name)


def tell(outcome: Outcome) -> None:
    """Keep what became of a click for the next run of the page."""
    st.session_state[_OUTCOME] = outcome


def new_key() -> None:
    """Begin a new answer: the next one that is written is another one."""
    st.session_state.pop(_KEY, None)


def _key(meant: tuple[object, ...]) -> str:
    """Return the key of an answer: the same one for a second try at the same answer, so that it is written once."""
    before, key = st.session_state.get(_KEY, (None, ""))
    if before != meant:
        key = f"hand:{uuid.uuid4()}"
        st.session_state[_KEY] = (meant, key)
    return str(key)


def show_outcome(desk: Desk) -> None:
    """Say what became of the last click, with the way back."""
    outcome = st.session_state.get(_OUTCOME)
    if not isinstance(outcome, Outcome):
        return
    if outcome.bad:
        st.warning(outcome.said, icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{PREFIX}erfolg"):
        st.success(outcome.said, icon=":material/check_circle:", width="stretch")
        if outcome.can_be_undone and desk.may_write:
            st.button(words.UNDO, key=f"{PREFIX}rueckgaengig", icon=":material/undo:", on_click=desk.undo,
                      args=(outcome,))  # fmt: skip


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=BERLIN).astimezone(dt.UTC)
