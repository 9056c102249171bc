"""What can be done with a case: record a step, give one back, pause, withdraw, begin anew; each with a way back."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from automations.certification.cases import Entry
from schemas.certification.choices import RecordOutcome
from schemas.certification.rules.procedure import Step
from schemas.certification.rules.progress import Move, decision_step, obstacles, open_steps, settled
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import RoundBook, Standing
from streamlit_app.ui import formats
from streamlit_app.ui.certification import desk
from streamlit_app.ui.certification import step_texts as words


def show(picture: Picture, session: Session, case: Standing) -> None:
    """Show the form for a step and the other moves that are legal now."""
    book = certification_data.book(picture, case.row.round or 0)
    if book is None:
        return
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    legal = {move for move in Move if not obstacles(move, book.procedure, case.case)}
    if Move.RECORD in legal:
        _record(picture, session, case, book)
    with st.container(horizontal=True, gap="small", key="zert_zuege"):
        if Move.RETURN in legal and settled(case.case.noted):
            with st.popover(words.RETURN, icon=":material/undo:", key="zert_zurueckgeben"):
                _give_back(picture, session, case, book)
        if Move.PAUSE in legal:
            with st.popover(words.PAUSE, icon=":material/pause:", key="zert_ruhen"):
                _pause(picture, session, case)
        if Move.RESUME in legal:
            st.button(words.RESUME, key="zert_weitermachen", type="primary", icon=":material/play_arrow:",
                      on_click=_plain, args=(picture, session, case, Move.RESUME, words.RESUMED))  # fmt: skip
        if Move.WITHDRAW in legal:
            with st.popover(words.WITHDRAW, icon=":material/logout:", key="zert_zurueckziehen"):
                _withdraw(picture, session, case)
        if Move.REOPEN in legal:
            st.button(words.REOPEN, key="zert_aufnehmen_wieder", icon=":material/restart_alt:", on_click=_plain,
                      args=(picture, session, case, Move.REOPEN, words.REOPENED))  # fmt: skip


def _record(picture: Picture, session: Session, case: Standing, book: RoundBook) -> None:
    decides = decision_step(book.procedure, case.case)  # a decision settles it, with its wording and its date
    offered = {step.code: step for step in open_steps(book.procedure, case.case) if step != decides}
    if not offered:
        st.caption(words.BY_DECISION if decides else words.ALL_DONE)
        return
    codes, key = list(offered), f"zert_schritt_{case.id}_{case.case.phase}_{len(case.case.noted)}"  # a move empties it
    wanted = [step.code for step in (*case.missing, case.step) if step is not None and step.code in offered]
    first = None if decides and not wanted else codes.index((wanted or codes)[0])
    with st.container(border=True, key="zert_eintragen"):
        st.subheader(words.RECORD, anchor=False)
        if first is None:
            st.caption(words.BY_DECISION)
        code = st.selectbox(words.STEP, codes, index=first, key=f"{key}_was", placeholder=words.STEP_HINT,
                            format_func=lambda c: _named(offered[c]))  # fmt: skip
        if code is None:
            return
        left, middle, right = st.columns(3)
        outcome = left.selectbox(words.OUTCOME, list(words.OUTCOMES), key=f"{key}_ergebnis",
                                 format_func=words.OUTCOMES.__getitem__)  # fmt: skip
        on = middle.date_input(words.ON, picture.today, format="DD.MM.YYYY", key=f"{key}_am")
        by = right.text_input(words.BY, session.name, key=f"{key}_von", max_chars=200, help=words.BY_HELP)
        proof = st.text_input(words.PROOF, key=f"{key}_nachweis", max_chars=1000,
                              placeholder=offered[code].evidence or words.PROOF_HINT)  # fmt: skip
        left, right = st.columns(2)
        link = left.text_input(words.PROOF_LINK, key=f"{key}_link", max_chars=1000,
                               placeholder=words.PROOF_LINK_HINT)  # fmt: skip
        note = right.text_input(words.NOTE, key=f"{key}_notiz", max_chars=2000)
        day = on if isinstance(on, dt.date) else None
        wrong = _wrong_day(day, picture.today) or _wrong_link(link)
        if st.button(words.RECORD_DO, key=f"{key}_ok", type="primary", icon=":material/check:"):
            if wrong:
                st.error(wrong, icon=":material/error:")
                return
            told = words.SKIPPED if outcome == RecordOutcome.SKIPPED else words.RECORDED
            entry = Entry(
                desk.key_of((case.id, code, outcome, day, proof, link, note)), day or picture.today, by.strip(),
                step=code, outcome=RecordOutcome(outcome), proof=proof.strip(), proof_link=link.strip(),
                note=note.strip(),
            )  # fmt: skip
            said = told.format(step=formats.plain(offered[code].name))
            desk.move(picture, session, case.row, Move.RECORD, entry, said=said)
            st.rerun()


def _named(step: Step) -> str:
    return step.name if step.required else words.STEP_OPTIONAL.format(step=step.name)


def _wrong_day(day: dt.date | None, today: dt.date) -> str:
    return words.NO_DAY if day is None else words.FUTURE if day > today else ""


def _wrong_link(link: str) -> str:
    return words.BAD_LINK if link.strip() and not link.strip().startswith(("https://", "http://")) else ""


def _give_back(picture: Picture, session: Session, case: Standing, book: RoundBook) -> None:
    done = settled(case.case.noted)
    offered = {step.code: step for step in book.procedure.steps if step.code in done}
    codes, key = list(offered), f"zert_zurueck_{case.id}_{len(case.case.noted)}"
    st.markdown(words.RETURN_TEXT)
    if not codes:
        return
    code = st.selectbox(words.STEP, codes, index=len(codes) - 1, key=f"{key}_schritt",
                        format_func=lambda c: offered[c].name)  # fmt: skip
    why = st.text_input(words.WHY, key=f"{key}_grund", max_chars=1000)
    if st.button(words.RETURN_DO, key=f"{key}_ok", type="primary"):
        if not why.strip():
            st.error(words.NEEDS_WHY, icon=":material/error:")
            return
        entry = Entry(desk.key_of((case.id, code, "zurueck", why)), picture.today, session.name, step=code,
                      outcome=RecordOutcome.RETURNED, note=why.strip())  # fmt: skip
        said = words.RETURNED.format(step=formats.plain(offered[code].name))
        desk.move(picture, session, case.row, Move.RETURN, entry, said=said)
        st.rerun()


def _pause(picture: Picture, session: Session, case: Standing) -> None:
    key = f"zert_pause_{case.id}_{case.row.phase_since}"
    why = st.text_input(words.WHY, key=f"{key}_grund", max_chars=300)
    until = st.date_input(words.PAUSE_UNTIL, picture.today + dt.timedelta(weeks=8), format="DD.MM.YYYY",
                          key=f"{key}_bis")  # fmt: skip
    if st.button(words.PAUSE_DO, key=f"{key}_ok", type="primary"):
        day = until if isinstance(until, dt.date) else None
        if not why.strip():
            st.error(words.NEEDS_WHY, icon=":material/error:")
        elif day is None or day <= picture.today:
            st.error(words.PAUSE_PAST, icon=":material/error:")
        else:
            entry = Entry(desk.key_of((case.id, "ruht", why, day)), picture.today, session.name, paused_until=day,
                          pause_reason=why.strip())  # fmt: skip
            said = words.PAUSED_DONE.format(day=formats.date(day))
            desk.move(picture, session, case.row, Move.PAUSE, entry, said=said)
            st.rerun()


def _withdraw(picture: Picture, session: Session, case: Standing) -> None:
    st.markdown(words.WITHDRAW_TEXT)
    st.button(words.WITHDRAW_DO, key=f"zert_zurueckziehen_{case.id}_ok", type="primary", on_click=_plain,
              args=(picture, session, case, Move.WITHDRAW, words.WITHDRAWN_DONE))  # fmt: skip


def _plain(picture: Picture, session: Session, case: Standing, move: Move, said: str) -> None:
    entry = Entry(desk.key_of((case.id, move)), picture.today, session.name)
    desk.move(picture, session, case.row, move, entry, said=said)
