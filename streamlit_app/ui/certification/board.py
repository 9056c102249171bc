"""The tab *Tafel* of a round: every case by phase or as a table, with what is next and who acts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from schemas.certification.choices import Actor, Phase
from schemas.certification.rules.procedure import WORKING_PHASES
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import RoundBook, Standing
from streamlit_app.ui import formats
from streamlit_app.ui.certification import board_texts as words
from streamlit_app.ui.certification import chosen, placing, round_figures
from streamlit_app.ui.certification import texts as page_words

MOST = 12
"""Cards of a column; the others are behind a button, the table shows all."""

ASIDE = (Phase.AWARDED, Phase.PAUSED, Phase.WITHDRAWN, Phase.DECLINED)


def show(picture: Picture, session: Session, round_row: int) -> None:
    """Show the tab of one round."""
    book = certification_data.book(picture, round_row)
    if book is None:
        return
    if not book.cases:
        _empty(session)
        return
    round_figures.cards({name: len(book.named(name)) for name in words.KPI})
    round_figures.opened(picture, book)
    _funnel(book)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        actor = _who(picture, book)
        with st.container(horizontal=True, width="content", vertical_alignment="bottom"):
            form = st.segmented_control(
                words.FORM, list(words.FORMS), default="tafel", required=True, key="zert_ansicht",
                format_func=words.FORMS.__getitem__, label_visibility="collapsed",
            )  # fmt: skip
            placing.opener(session)
    cases = book.named(f"dran-{actor}") if actor else list(book.cases)
    if form == "tabelle":
        round_figures.table(picture, "zert_tafel", words.LISTS["alle"], cases)
    else:
        _board(picture, cases)
    if not cases:
        st.caption(words.NOBODY_LEFT)


def _empty(session: Session) -> None:
    with st.container(border=True, key="frame_empty"):
        st.header(words.EMPTY_TITLE, anchor=False)
        st.markdown(words.EMPTY_TEXT)
        placing.opener(session)


def _funnel(book: RoundBook) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="zert_trichter"):
        st.markdown(f"**{words.FUNNEL}**", width="content")
        for stage, count in book.funnel().items():
            st.button(f"**{formats.number(count)}** {page_words.STAGES[stage]}", key=f"zert_stufe_{stage}",
                      type="tertiary", on_click=round_figures.open_list, args=(f"stufe-{stage}",))  # fmt: skip


def _who(picture: Picture, book: RoundBook) -> str:
    """Show who acts next, with the number of cases, and return the chosen one; nothing for all."""
    counts = {actor: len(book.named(f"dran-{actor}")) for actor in Actor}
    shown = {"": f"{words.EVERYBODY} {formats.number(len(book.cases))}"} | {
        actor.value: f"{round_figures.actor_label(picture, actor)} {formats.number(count)}"
        for actor, count in counts.items()
        if count
    }
    key = f"zert_dran_{book.round.id}"
    if st.session_state.get(key) not in shown:
        st.session_state[key] = ""
    actor: str | None = st.segmented_control(
        words.WHO, list(shown), required=True, key=key, format_func=shown.__getitem__
    )  # fmt: skip
    return actor or ""


def _board(picture: Picture, cases: Sequence[Standing]) -> None:
    with st.container(horizontal=True, gap="small", key="zert_tafel", vertical_alignment="top"):
        for phase in WORKING_PHASES:
            _column(picture, phase, [s for s in cases if s.case.phase == phase])
    aside = {phase: sum(s.case.phase == phase for s in cases) for phase in ASIDE}
    if any(aside.values()):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="zert_daneben"):
            st.markdown(f"**{words.ENDS}**", width="content")
            for phase, count in aside.items():
                if count:
                    label = f"**{formats.number(count)}** {round_figures.phase_label(picture, phase)}"
                    st.button(label, key=f"zert_daneben_{phase}", type="tertiary", on_click=round_figures.open_list,
                              args=(f"phase-{phase}",))  # fmt: skip


def _column(picture: Picture, phase: Phase, cases: Sequence[Standing]) -> None:
    """Show one column: what has been open longest comes first."""
    ordered = sorted(cases, key=lambda s: (-(s.days or 0), s.name.casefold(), s.id))
    with st.container(border=True, width=240, gap="xxsmall", key=f"zert_spalte_{phase}"):
        label = formats.escape(round_figures.phase_label(picture, phase))
        st.html(f'<div class="kn-line"><span class="kn-title">{label}</span>'
                f'<span class="kn-muted">{formats.number(len(cases))}</span></div>')  # fmt: skip
        for case in ordered[:MOST]:
            st.button(_card(picture, case), key=f"zert_karte_{case.id}", width="stretch", on_click=chosen.open_case,
                      args=(case.id,))  # fmt: skip
        if len(ordered) > MOST:
            st.button(words.MORE.format(count=formats.number(len(ordered) - MOST)), key=f"zert_mehr_{phase}",
                      type="tertiary", on_click=round_figures.open_list, args=(f"phase-{phase}",))  # fmt: skip
        if not ordered:
            st.caption(words.COLUMN_EMPTY)


def _card(picture: Picture, case: Standing) -> str:
    about = " · ".join(part for part in (round_figures.next_of(case), round_figures.since(case.days)) if part)
    lines = [f"**{formats.plain(case.name or page_words.NAMELESS)}**", f":small[{formats.plain(about)}]"]
    if hints := round_figures.hints(picture, case):
        lines.append(f":small[:red[{formats.plain('; '.join(hints))}]]")
    return "  \n".join(lines)
