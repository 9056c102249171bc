"""The tab *Verlauf* of a case: what is next, what does not fit, every step of its round, and what was recorded."""

from __future__ import annotations

import streamlit as st

from schemas.certification.choices import Phase, RecordOutcome
from schemas.certification.rules.procedure import Step
from schemas.certification.rules.progress import settled
from schemas.certification.tables import StepRecord
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import Standing
from streamlit_app.ui import formats
from streamlit_app.ui.certification import board_texts, chosen, desk, joining, moves, round_figures
from streamlit_app.ui.certification import step_texts as words
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.ui.row_list import Row, RowList

_LEADS = {Phase.TEAM: chosen.ASSESSMENT, Phase.REVIEW: chosen.REPORT, Phase.DECISION: chosen.DECISION}
_ENDS = {Phase.AWARDED: words.AWARDED, Phase.WITHDRAWN: words.WITHDRAWN, Phase.DECLINED: words.DECLINED}


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the tab of one case."""
    row = certification_data.case_record(picture, case_row)
    case = certification_data.standing(picture, row) if row is not None else None
    if case is None or case.row.round is None:
        st.info(page_words.NO_ROUND, icon=":material/link_off:")
        return
    told = certification_data.records_of(picture, case_row)
    _card_hint(picture, session, case)
    sides = st.container(horizontal=True, gap="medium", key="zert_seiten")
    with sides.container(width=620):
        _next(picture, case)
        moves.show(picture, session, case)
        joining.show(picture, session, case)
    with sides.container(width=620):
        _steps(picture, case, told)
    _history(picture, case, told)


def _card_hint(picture: Picture, session: Session, case: Standing) -> None:
    """Say that the card lies elsewhere than the records, what is missing, and offer to put it right."""
    if case.right is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="zert_karte_falsch"):
        told = card_told(picture, case)
        if session.role.may_write and case.missing and case.case.running:
            told += f" {words.OR_RECORD}"
        st.warning(told, icon=":material/move_down:", width="stretch")
        if session.role.may_write:
            phase = round_figures.phase_label(picture, case.right)
            st.button(words.PUT_RIGHT.format(phase=phase), key="zert_karte_richten", on_click=_put_right,
                      args=(picture, session, case, phase))  # fmt: skip


def card_told(picture: Picture, case: Standing) -> str:
    """Return what is to be said about a card that lies elsewhere than its records."""
    phase = round_figures.phase_label(picture, case.case.phase)
    if case.row.seal_year is not None:
        return words.HAS_SEAL.format(phase=phase)
    order = list(Phase)
    if case.right is not None and order.index(case.right) > order.index(case.case.phase):
        return words.BEHIND
    if case.missing:
        steps = ", ".join(f"„{formats.plain(step.name)}“" for step in case.missing)
        return words.AHEAD.format(steps=steps)
    return words.AHEAD_AWARD.format(phase=phase) if case.case.phase == Phase.AWARDED else words.AHEAD_DECISION


def _put_right(picture: Picture, session: Session, case: Standing, phase: str) -> None:
    if case.right is not None:
        desk.lay_card(picture, session, case.row, case.right, said=words.PUT_RIGHT_DONE.format(phase=phase))


def _next(picture: Picture, case: Standing) -> None:
    st.header(words.NEXT, anchor=False)
    with st.container(border=True, key="zert_dran", gap="xsmall"):
        if case.case.phase == Phase.PAUSED:
            _resting(picture, case)
        elif case.ended:
            st.markdown(_ENDS[case.case.phase])
        elif case.step is not None:
            _step(picture, case, case.step)
        else:
            st.markdown(words.NEXT_HANDOVER if case.case.phase == Phase.WAITING else words.NEXT_DECISION)
        if not case.ended:
            _way(case)
        lead = _LEADS.get(case.step.phase if case.step is not None else case.case.phase)
        if lead is not None and case.case.running:
            st.button(words.TO_TAB[lead], key="zert_weiter", icon=":material/arrow_forward:", type="tertiary",
                      on_click=chosen.open_tab, args=(lead,))  # fmt: skip


def _step(picture: Picture, case: Standing, step: Step) -> None:
    usual = words.NEXT_USUAL_ONE if step.weeks == 1 else words.NEXT_USUAL.format(weeks=step.weeks)
    about = " · ".join(part for part in (round_figures.since(case.days), usual) if part)
    st.html(
        f'<div class="kn-line"><span class="kn-title">{formats.escape(step.name)}</span>'
        f'<span class="kn-muted">{formats.escape(about)}</span>'
        + (f'<span class="kn-badge warn">{board_texts.HINT_STALE}</span>' if case.stale else "")
        + "</div>"
    )
    if case.actor is not None:
        actor = round_figures.actor_label(picture, case.actor)
        st.markdown(words.NEXT_ACTS.format(actor=formats.plain(actor)))
    if step.explanation:
        st.markdown(formats.plain(step.explanation))
    if step.evidence:
        st.caption(words.EVIDENCE.format(evidence=formats.plain(step.evidence)))
    if step.assumption:
        st.caption(words.ASSUMPTION)


def _resting(picture: Picture, case: Standing) -> None:
    until = case.case.paused_until
    told = words.PAUSED + (words.PAUSED_UNTIL.format(day=formats.date(until)) if until else "")
    st.markdown(f"{told}: {formats.plain(case.row.pause_reason or '–')}")
    if until is not None and until < picture.today:
        st.warning(words.PAUSED_OVER, icon=":material/schedule:")


def _way(case: Standing) -> None:
    parts = [words.WAY.format(chance=board_texts.CHANCES[case.way.chance])]
    if case.way.done_on is not None:
        parts.append(words.WAY_DONE.format(day=formats.date(case.way.done_on)))
    if case.way.latest_start is not None:
        parts.append(words.WAY_LATEST.format(day=formats.date(case.way.latest_start)))
    st.markdown(" · ".join(parts))


def _steps(picture: Picture, case: Standing, told: list[StepRecord]) -> None:
    """Show every step of the round in its order, with its state and day."""
    book = certification_data.book(picture, case.row.round or 0)
    if book is None:
        return
    done, given_back = settled(case.case.noted), {n.step for n in case.case.noted}
    lines = []
    for step in book.procedure.steps:
        record = done.get(step.code)
        state = record.outcome if record else "jetzt" if case.step == step else (
            "zurueck" if step.code in given_back else "offen"
        )  # fmt: skip
        by = next((r.done_by or "" for r in told if record is not None and r.id == record.row), "")
        about = [formats.date(record.on) if record else "", by, "" if step.required else words.OPTIONAL]
        kind = "" if record else "now" if state == "jetzt" else "warn" if state == "zurueck" else "soft"
        opened = "" if record else ' class="open"'
        lines.append(
            f'<li{opened}><div class="kn-line">'
            f'<span class="kn-title">{formats.escape(step.name)}</span>'
            f'<span class="kn-badge {kind}">{words.STATES[state]}</span>'
            f'<span class="kn-muted">{formats.escape(" · ".join(a for a in about if a))}</span></div></li>'
        )
    st.header(words.STEPS, anchor=False)
    with st.container(border=True, key="zert_schritte"):
        st.html(f'<ol class="kn-time">{"".join(lines)}</ol>')


def _history(picture: Picture, case: Standing, told: list[StepRecord]) -> None:
    """Show every record of the case, the newest first: none takes the place of another."""
    st.header(words.HISTORY, anchor=False)
    if not told:
        st.caption(words.HISTORY_NONE)
        return
    rows = [
        Row((r.done_on, r.name or "", _outcome(picture, r), r.done_by or "", r.proof or "", r.proof_link or "",
             r.note or ""), url=picture.row_url("step_record", r.id or 0))
        for r in reversed(told)
    ]  # fmt: skip
    title = f"{words.HISTORY}: {case.name}"
    RowList("zert_verlauf", title, words.HISTORY_COLUMNS, rows).show(picture.today)


def _outcome(picture: Picture, record: StepRecord) -> str:
    return picture.label("step_record", "outcome", record.outcome or RecordOutcome.DONE)
