"""The lines of the page Beziehungen: what there is to do, with what can be done about it in one click."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from automations.todo import Line
from schemas.contacts.tables import Interaction
from schemas.errors import KontaktnetzError
from schemas.model import Value
from streamlit_app import context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import day, number, text
from streamlit_app.frames.detail import row_of
from streamlit_app.ui import formats, leaving, leaving_texts, problems
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.chosen import KEY, Entry
from streamlit_app.writing import ORIGIN, Pen, Saved, Undone

CONTACTS = "app_pages/kontakte.py"
HANDOVER = "app_pages/uebergabe.py"
PER_PAGE = 10
_PREFIX = "beziehungen_"


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that was just made, for the way back."""

    table: str
    row: int
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on the lines, and who of us there is to hand over to."""

    picture: Picture
    session: Session
    team: Mapping[int, str]

    def show(self, lines: list[Line]) -> None:
        """Show one page of lines."""
        if not self.session.role.may_write:
            st.caption(words.VIEWER)
        pages = -(-len(lines) // PER_PAGE)
        name = lines[0].list
        at = st.pagination(pages, key=f"{_PREFIX}seite_{name}", max_visible_pages=5) if pages > 1 else 1
        for line in lines[(at - 1) * PER_PAGE : at * PER_PAGE]:
            with st.container(border=True, key=f"{_PREFIX}zeile_{line.table}_{line.row}", gap="xsmall"):
                self._head(line)
                self._actions(line)

    def _head(self, line: Line) -> None:
        table, row = line.subject or ("", 0)
        name = self.picture.names(table).get(row, "") if table else ""
        facts = [_when(line)]
        if line.table in ("relationship", "interaction"):
            facts.append(words.LAST.format(day=formats.date(line.last)) if line.last else words.NEVER)
        if (
            line.table in ("relationship", "interaction", "task")
            and line.member is not None
            and line.member in self.team
        ):
            facts.append(words.BY.format(name=self.team[line.member]))
        of_itself = line.table == "task" and not name
        title = formats.escape(name or (of_itself and line.what) or words.WITHOUT)
        note = formats.escape(" · ".join(fact for fact in facts if fact))
        st.html(f'<div class="kn-line"><span class="kn-title">{title}</span><span class="kn-muted">{note}</span></div>')
        if line.what and not of_itself:
            st.html(f'<div class="kn-side">{formats.escape(line.what)}</div>')

    def _actions(self, line: Line) -> None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if line.subject is not None:
                st.page_link(CONTACTS, label=words.LOG, icon=":material/edit_note:",
                             query_params={KEY: Entry(*line.subject).address})  # fmt: skip
            if line.list == "gegangen" and line.subject is not None:
                st.page_link(HANDOVER, label=leaving_texts.LEAVES, icon=":material/swap_horiz:",
                             query_params={leaving.KEY: str(line.subject[1])})  # fmt: skip
            if self.session.role.may_write:
                if line.subject is not None and line.list not in ("schritte", "aufgaben"):
                    self._plan(line)
                if line.table == "relationship":
                    self._pause(line)
                    self._hand_over(line)
                elif line.table == "interaction":
                    self._button(line, words.DONE, ":material/check:", {"next_step_done": True})
                elif line.table == "task":
                    self._button(line, words.DONE, ":material/check:", {"done_on": self.picture.today})
                    self._hand_over(line)
                elif line.table == "contribution":
                    self._button(line, words.THANKED, ":material/favorite:", {"thanked_on": self.picture.today})
            if url := self.picture.row_url(line.table, line.row):
                st.link_button(words.IN_NOCODB, url, type="tertiary", icon=":material/open_in_new:")

    def _plan(self, line: Line) -> None:
        """Offer to promise a contact: it is a next step until it takes place, and never counts as a contact itself."""
        key = f"{_PREFIX}planen_{line.table}_{line.row}"
        with st.popover(words.PLAN, icon=":material/event:"), st.form(f"{key}_form", border=False):
            due = st.date_input(
                words.PLAN_DUE, value=self.picture.today + dt.timedelta(days=7), format="DD.MM.YYYY",
                min_value=self.picture.today, key=f"{key}_bis",
            )  # fmt: skip
            what = st.text_input(words.PLAN_WHAT, value=words.PLAN_CALL, key=f"{key}_was", max_chars=200)
            member = st.selectbox(
                words.PLAN_WHO, list(self.team), key=f"{key}_wer", format_func=lambda row: self.team[row],
                index=None if line.member not in self.team else list(self.team).index(line.member or 0),
            )  # fmt: skip
            if st.form_submit_button(words.PLAN_SAVE, type="primary", key=f"{key}_ok") and isinstance(due, dt.date):
                self._promise(line, due, (what or "").strip() or words.PLAN_CALL, member)
                st.rerun()

    def _promise(self, line: Line, due: dt.date, what: str, member: int | None) -> None:
        if self.picture.manifest is None or line.subject is None:
            return
        table, row = line.subject
        planned = Interaction(
            summary=words.PLANNED, next_step=what, next_step_due=due, team_member=member, origin=ORIGIN, source=ORIGIN,
            organisation=row if table == "organisation" else None, person=row if table == "person" else None,
            ident=f"{ORIGIN}:{uuid.uuid4()}",
        )  # fmt: skip
        try:
            saved = self._pen().save(planned, context.now())
        except KontaktnetzError as failed:
            st.session_state[f"{_PREFIX}problem"] = problems.told(failed)
            return
        st.session_state[f"{_PREFIX}gesagt"] = words.PLAN_SAVED.format(day=formats.date(due))
        st.session_state[f"{_PREFIX}letzte"] = saved

    def _pen(self) -> Pen:
        assert self.picture.manifest is not None  # noqa: S101 - lines are only shown with one
        return Pen(context.get().settings, self.picture.manifest, self.session.token)

    def _unplan(self, last: Saved) -> None:
        st.session_state.pop(f"{_PREFIX}letzte", None)
        try:
            self._pen().undo(last, context.now())
        except Undone as kept:
            st.session_state[f"{_PREFIX}problem"] = str(kept)
        except KontaktnetzError as failed:
            st.session_state[f"{_PREFIX}letzte"] = last
            st.session_state[f"{_PREFIX}problem"] = problems.told(failed)
        else:
            st.session_state[f"{_PREFIX}gesagt"] = words.UNDONE

    def _pause(self, line: Line) -> None:
        if line.list == "pausiert":
            self._button(line, words.PAUSE_END, ":material/play_arrow:", {"paused_until": None, "pause_reason": None})
            return
        key = f"{_PREFIX}pause_{line.row}"
        with st.popover(words.PAUSE, icon=":material/pause:"), st.form(f"{key}_form", border=False):
            until = st.date_input(
                words.PAUSE_UNTIL, value=self.picture.today + dt.timedelta(days=30), format="DD.MM.YYYY",
                min_value=self.picture.today, key=f"{key}_bis",
            )  # fmt: skip
            reason = st.text_input(words.PAUSE_REASON, key=f"{key}_grund", max_chars=200)
            if st.form_submit_button(words.PAUSE_SAVE, type="primary", key=f"{key}_ok") and isinstance(until, dt.date):
                self._change(line, {"paused_until": until, "pause_reason": (reason or "").strip() or None})
                st.rerun()

    def _hand_over(self, line: Line) -> None:
        others = {row: name for row, name in self.team.items() if row != line.member}
        if not others:
            return
        key = f"{_PREFIX}abgeben_{line.row}"
        with st.popover(words.HAND_OVER, icon=":material/swap_horiz:"), st.form(f"{key}_form", border=False):
            to = st.selectbox(words.HAND_OVER_TO, list(others), format_func=lambda row: others[row], key=f"{key}_an")
            if st.form_submit_button(words.HAND_OVER_SAVE, type="primary", key=f"{key}_ok") and to is not None:
                self._change(line, {"team_member": to})
                st.rerun()

    def _button(self, line: Line, label: str, icon: str, after: Mapping[str, Value]) -> None:
        st.button(label, key=f"{_PREFIX}{line.table}_{line.row}_{icon[10:-1]}", icon=icon,
                  on_click=self._change, args=(line, after))  # fmt: skip

    def _change(self, line: Line, after: Mapping[str, Value]) -> None:
        cells = row_of(self.picture.table(line.table), line.row)
        if cells is None:
            return
        before = {code: _value(cells[code], new) for code, new in after.items()}
        self._write(_Change(line.table, line.row, before, after))

    def _write(self, change: _Change, said: str = words.SAVED, *, back: bool = True) -> None:
        if self.picture.manifest is None:
            return
        changer = Changer(context.get().settings, self.picture.manifest, self.session.token, change.table)
        st.session_state.pop(f"{_PREFIX}letzte", None)
        try:
            done = changer.change(change.row, change.before, change.after, context.now())
        except KontaktnetzError as failed:
            st.session_state[f"{_PREFIX}problem"] = problems.told(failed)
            return
        if not done:
            st.session_state[f"{_PREFIX}problem"] = words.BUSY
            return
        st.session_state[f"{_PREFIX}gesagt"] = said
        if back:
            st.session_state[f"{_PREFIX}letzte"] = change

    def show_outcome(self) -> None:
        """Show what became of the last click, with the way back: also where it worked off the last line of its list."""
        if problem := st.session_state.pop(f"{_PREFIX}problem", None):
            st.warning(problem, icon=":material/info:")
        said, last = st.session_state.pop(f"{_PREFIX}gesagt", None), st.session_state.get(f"{_PREFIX}letzte")
        if said or last:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.success(said or words.SAVED, icon=":material/check_circle:", width="stretch")
                if isinstance(last, _Change | Saved):
                    st.button(words.UNDO, key=f"{_PREFIX}rueckgaengig", icon=":material/undo:", args=(last,),
                              on_click=self._undo if isinstance(last, _Change) else self._unplan)  # fmt: skip

    def _undo(self, last: _Change) -> None:
        self._write(_Change(last.table, last.row, last.after, last.before), words.UNDONE, back=False)


def _when(line: Line) -> str:
    if line.days:
        return words.LATE_ONE if line.days == 1 else words.LATE.format(days=line.days)
    shown = {"bald": words.GOOD_FROM, "pausiert": words.UNTIL, "neu": words.SINCE, "gegangen": words.ENDED}
    return shown.get(line.list, words.DUE).format(day=formats.date(line.due)) if line.due else ""


def _value(cell: object, like: Value) -> Value:
    """Return what stands in a cell, in the kind of what is to be written."""
    if isinstance(like, bool):
        return bool(number(cell)) if not isinstance(cell, bool) else cell
    if isinstance(like, int):
        return number(cell)
    return day(cell) if isinstance(like, dt.date) or not isinstance(cell, str) else text(cell) or None
