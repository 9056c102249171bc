"""Conflicts and look-alikes side by side, each with buttons that decide it; decided ones can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from schemas.errors import KontaktnetzError, NotFound
from schemas.operations.choices import CaseState, ConflictDecision, DuplicateDecision
from streamlit_app import context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import text
from streamlit_app.ui import formats, problems, texts

PER_PAGE = 8
"""Cases on one page: few enough to read, and none of the buttons is far away."""

_OFFERED = {
    "conflict": (ConflictDecision.KEEP, ConflictDecision.TAKE),
    "duplicate": (DuplicateDecision.SAME, DuplicateDecision.DIFFERENT, DuplicateDecision.LATER),
}


def open_cases(picture: Picture, table: str) -> pd.DataFrame:
    """Return the open cases, undecided ones first, then those put off, then those that wait to be carried out."""
    found = picture.table(table)
    found = found[found["state"] == CaseState.OPEN]
    rank = found["decision"].map(lambda d: 0 if not text(d) else 1 if d == DuplicateDecision.LATER else 2)
    by = ["_rank", "confidence", "id"] if table == "duplicate" else ["_rank", "found_at", "id"]
    return found.assign(_rank=rank).sort_values(by, ascending=[True, table != "duplicate", True])


def show(picture: Picture, table: str, session: Session) -> None:
    """Show one page of the open cases of a table."""
    if told := st.session_state.pop("qualitaet_meldung", None):
        st.warning(told, icon=":material/info:")
    cases = open_cases(picture, table)
    if cases.empty:
        st.success(texts.QUALITY_ALL_WELL, icon=":material/check_circle:")
        return
    if not session.role.may_write:
        st.caption(texts.QUALITY_VIEWER)
    pages = -(-len(cases) // PER_PAGE)
    at = st.pagination(pages, key=f"qualitaet_seite_{table}", max_visible_pages=5) if pages > 1 else 1
    desk = _Desk(picture, session, table)
    card: Callable[[Picture, Any], None] = _conflict if table == "conflict" else _pair
    for case in cases.iloc[(at - 1) * PER_PAGE : at * PER_PAGE].itertuples():
        with st.container(border=True, key=f"qualitaet_fall_{table}_{case.id}", gap="xsmall"):
            card(picture, case)
            desk.show(case)


def _conflict(picture: Picture, case: Any) -> None:
    since = texts.QUALITY_SINCE.format(day=formats.date(case.found_at)) if not pd.isna(case.found_at) else ""
    title = f"{formats.escape(text(case.name))} · {formats.escape(text(case.field))}"
    _head(title, since, [(text(case.link), texts.IN_NOCODB)])
    theirs = texts.QUALITY_THEIRS.format(source=text(case.source))
    _sides((texts.QUALITY_OURS, text(case.ours)), (theirs, text(case.theirs)))


def _pair(picture: Picture, case: Any) -> None:
    percent = "" if pd.isna(case.confidence) else texts.QUALITY_CONFIDENCE.format(percent=int(case.confidence))
    _head(formats.escape(text(case.name)), percent, [])
    _sides(
        (texts.QUALITY_FIRST, text(case.first), text(case.first_link)),
        (texts.QUALITY_SECOND, text(case.second), text(case.second_link)),
    )
    reasons = formats.escape(text(case.reasons).replace("\n", " · "))
    st.html(f'<div class="kn-muted">{texts.QUALITY_WHY}: {reasons}</div>')


def _head(title: str, note: str, links: list[tuple[str, str]]) -> None:
    shown = " ".join(_link(url, words) for url, words in links if url)
    st.html(
        f'<div class="kn-line"><span class="kn-title">{title}</span><span class="kn-muted">{note}</span>{shown}</div>'
    )


def _sides(*sides: tuple[str, ...]) -> None:
    for column, (title, told, *more) in zip(st.columns(2, gap="small"), sides, strict=True):
        link = _link(more[0], texts.IN_NOCODB) if more and more[0] else ""
        head = f'<div class="kn-muted">{formats.escape(title)} {link}</div>'
        column.html(f'{head}<div class="kn-side">{formats.escape(told)}</div>')


def _link(url: str, words: str) -> str:
    return f'<a class="kn-small" href="{formats.escape(url)}" target="_blank" rel="noopener noreferrer">{words}</a>'


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who decides about a case of which table."""

    picture: Picture
    session: Session
    table: str

    def show(self, case: Any) -> None:
        """Show the buttons, or what was decided with the way back."""
        decided = text(case.decision)
        if decided:
            label = formats.plain(self.picture.label(self.table, "decision", decided))
            later = decided == DuplicateDecision.LATER
            st.markdown(texts.QUALITY_LATER if later else texts.QUALITY_DECIDED.format(decision=label))
        if not self.session.role.may_write:
            return
        with st.container(horizontal=True, gap="small"):
            if decided:
                self._button(case, None, texts.QUALITY_CHANGE)
                return
            for choice in _OFFERED[self.table]:
                self._button(case, choice, self.picture.label(self.table, "decision", choice))
        if self.table == "conflict":
            st.caption(texts.QUALITY_OTHER)

    def _button(self, case: Any, choice: str | None, label: str) -> None:
        st.button(
            label,
            key=f"qualitaet_{self.table}_{case.id}_{choice or 'zurueck'}",
            icon=None if choice else ":material/undo:",
            on_click=self._decide,
            args=(int(case.id), text(case.decision) or None, choice),
        )

    def _decide(self, row: int, before: str | None, choice: str | None) -> None:
        if self.picture.manifest is None:
            return
        decider = Changer(context.get().settings, self.picture.manifest, self.session.token, self.table)
        try:
            if not decider.decide(row, before, choice, context.now()):
                st.session_state["qualitaet_meldung"] = texts.QUALITY_BUSY
        except KontaktnetzError as failed:
            st.session_state["qualitaet_meldung"] = (
                texts.QUALITY_GONE if isinstance(failed, NotFound) else problems.told(failed)
            )
