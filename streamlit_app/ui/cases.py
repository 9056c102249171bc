"""What conflicts and look-alikes share: a page of cases, both sides of each, and the buttons that decide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from schemas.errors import KontaktnetzError, NotFound
from schemas.operations.choices import DuplicateDecision
from streamlit_app import context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, problems, texts

PER_PAGE = 8
"""Cases on one page: few enough to read, and none of the buttons is far away."""

_ORDER = "qualitaet_reihenfolge"

T = TypeVar("T")
Before = Mapping[int, str | None]
"""What stands as decision now, by row."""


def page_of(cases: Sequence[T], number: Callable[[T], int], table: str, session: Session) -> Sequence[T]:
    """Return the cases of the page that is open, and say what became of the last click; ``number`` tells them apart."""
    if told := st.session_state.pop("qualitaet_meldung", None):
        st.warning(told, icon=":material/info:")
    if not cases:
        st.success(texts.QUALITY_ALL_WELL, icon=":material/check_circle:")
        return ()
    if not session.role.may_write:
        st.caption(texts.QUALITY_VIEWER)
    pages = -(-len(cases) // PER_PAGE)
    at = st.pagination(pages, key=f"qualitaet_seite_{table}", max_visible_pages=5) if pages > 1 else 1
    return _in_kept_order(cases, number, table)[(at - 1) * PER_PAGE : at * PER_PAGE]


def forget_order() -> None:
    """Let the next look begin with what is undecided."""
    st.session_state.pop(_ORDER, None)


def _in_kept_order(cases: Sequence[T], number: Callable[[T], int], table: str) -> Sequence[T]:
    """Return the cases as this visit first showed them, new ones last.

    The undecided ones come first, so without this a case just decided would leave the page, its way back with it.
    """
    orders: dict[str, dict[int, int]] = st.session_state.setdefault(_ORDER, {})
    order = orders.setdefault(table, {})
    for case in cases:
        order.setdefault(number(case), len(order))
    return sorted(cases, key=lambda case: order[number(case)])


def told_decision(decision: str, *, stuck: bool) -> str:
    """Return what was decided, and whether it is carried out."""
    return (texts.QUALITY_STUCK if stuck else texts.QUALITY_DECIDED).format(decision=decision)


def head(title: str, note: str, url: str = "") -> None:
    """Show the line above a case; ``title`` is HTML."""
    st.html(
        f'<div class="kn-line"><span class="kn-title">{title}</span><span class="kn-muted">{note}</span>'
        f"{link(url)}</div>"
    )


def side(title: str, told: str, url: str = "") -> None:
    """Show one side of a case."""
    top = f'<div class="kn-muted">{formats.escape(title)} {link(url)}</div>'
    st.html(f'{top}<div class="kn-side">{formats.escape(told)}</div>')


def link(url: str) -> str:
    """Return the way to a row in NocoDB as HTML, nothing without an address."""
    if not url:
        return ""
    place = formats.escape(url)
    return f'<a class="kn-small" href="{place}" target="_blank" rel="noopener noreferrer">{texts.IN_NOCODB}</a>'


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides about cases of which table; ``offered`` are the decisions there are."""

    picture: Picture
    session: Session
    table: str
    offered: tuple[str, ...]

    @property
    def may_decide(self) -> bool:
        """Say whether the person may write."""
        return self.session.role.may_write

    def label(self, decision: str) -> str:
        """Return the word that staff use for a decision today."""
        return self.picture.label(self.table, "decision", decision)

    def show(self, row: int, decided: str | None, *, stuck: bool = False) -> None:
        """Show the buttons for one row, or what was decided with the way back; what is ``stuck`` is not carried out."""
        if decided:
            later = decided == DuplicateDecision.LATER
            said = told_decision(formats.plain(self.label(decided)), stuck=stuck)
            st.markdown(texts.QUALITY_LATER if later else said)
        if not self.may_decide:
            return
        with st.container(horizontal=True, gap="small"):
            if decided:
                self.button(f"{row}_zurueck", texts.QUALITY_CHANGE, {row: decided}, None)
                return
            for choice in self.offered:
                self.button(f"{row}_{choice}", self.label(choice), {row: None}, choice)

    def button(self, key: str, label: str, before: Before, choice: str | None) -> None:
        """Show a button that decides rows; without a choice it takes their decisions back."""
        st.button(
            label,
            key=f"qualitaet_{self.table}_{key}",
            icon=None if choice else ":material/undo:",
            on_click=self._decide,
            args=(before, choice),
        )

    def _decide(self, before: Before, choice: str | None) -> None:
        if self.picture.manifest is None:
            return
        decider = Changer(context.get().settings, self.picture.manifest, self.session.token, self.table)
        try:
            if not decider.decide(before, choice, context.now()):
                st.session_state["qualitaet_meldung"] = texts.QUALITY_BUSY
        except KontaktnetzError as failed:
            st.session_state["qualitaet_meldung"] = (
                texts.QUALITY_GONE if isinstance(failed, NotFound) else problems.told(failed)
            )
