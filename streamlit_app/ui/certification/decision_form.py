"""Holding a decision of the network down: how, when, by whom, in which words, and who took no part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from automations.certification.cases import Entry
from automations.certification.decision_sheet import wording
from schemas.certification.choices import Decision
from schemas.certification.rules.progress import Move
from schemas.certification.tables import Certification
from streamlit_app import case_data, case_papers, certification_data
from streamlit_app.case_data import SeatLine
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats
from streamlit_app.ui.certification import decision_texts as words
from streamlit_app.ui.certification import desk


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the form says; ``wrong`` is the first thing that is missing."""

    choice: Decision | None
    on: dt.date | None
    body: int | None
    words: str
    recused: str
    wrong: str


def show(picture: Picture, session: Session, case: Certification) -> None:
    """Show the form; what it holds begins anew once something was decided."""
    key = f"entsch_{case.id}_{case.decision}_{case.decided_on}"
    left, right = st.columns([3, 2], gap="medium")
    choice = left.radio(
        words.CHOICE, list(Decision), index=None, key=f"{key}_wie",
        format_func=lambda d: picture.label("certification", "decision", d),
    )  # fmt: skip
    on = right.date_input(words.ON, picture.today, format="DD.MM.YYYY", key=f"{key}_am")
    day = on if isinstance(on, dt.date) else None
    body = _body(picture, case, key)
    _warn(picture, case, choice)
    said = _words(picture, case, choice, key)
    lines = case_data.seats(picture, case, body, day or picture.today)
    recused, unreasoned = _recused(lines, body, f"{key}_{body}")
    filled = _Filled(choice, day, body, said, recused, _wrong(picture, choice, day, said, unreasoned))
    if st.button(words.SAVE, key=f"{key}_ok", type="primary", icon=":material/gavel:"):
        if filled.wrong:
            st.error(filled.wrong, icon=":material/error:")
            return
        if _save(picture, session, case, filled):
            st.rerun()
        desk.show_outcome(picture, session, ("fall", case.id or 0))  # here, too: the top may be out of sight


def _body(picture: Picture, case: Certification, key: str) -> int | None:
    names = picture.names("body")
    if not names:
        st.caption(words.NO_BODIES)
        return None
    round_ = certification_data.round_record(picture, case.round)
    usual = case.decided_by or (round_.body if round_ else None)
    options = sorted(names, key=lambda row: names[row].casefold())
    index = options.index(usual) if usual in options else None
    chosen: int | None = st.selectbox(words.BODY, options, index=index, key=f"{key}_gremium",
                                      format_func=lambda row: names[row] or str(row),
                                      placeholder=words.BODY_HINT)  # fmt: skip
    return chosen


def _warn(picture: Picture, case: Certification, choice: Decision | None) -> None:
    """Say what is missing when the meeting gives the seal all the same; it may, and its words should tell why."""
    page = case_papers.page_of(picture, case)
    if choice == Decision.YES and (page.missing or page.steps):
        st.warning(words.ALL_THE_SAME.format(names=formats.plain("; ".join((*page.missing, *page.steps)))),
                   icon=":material/warning:")  # fmt: skip


def _words(picture: Picture, case: Certification, choice: Decision | None, key: str) -> str:
    """Show the wording; each decision begins with words of its own."""
    round_ = certification_data.round_record(picture, case.round)
    missing = case_papers.missing_steps(picture, case)
    proposed = "" if choice is None else wording(choice, case.name or case_data.NAMELESS,
                                                 round_.year if round_ else None, missing)  # fmt: skip
    return str(
        st.text_area(words.WORDS, value=proposed, key=f"{key}_wortlaut_{choice}", help=words.WORDS_HELP, height=100,
                     max_chars=5000)
    ).strip()  # fmt: skip


def _recused(lines: Sequence[SeatLine], body: int | None, key: str) -> tuple[str, str]:
    """Show who took no part; return it as it is kept, and who is named without a reason."""
    known = {line.row: line for line in lines}
    proposed = [line.row for line in lines if line.interest is not None]
    kept: list[str] = []
    unreasoned = ""
    if lines:
        chosen = st.multiselect(words.RECUSED, list(known), default=proposed, key=f"{key}_befangen",
                                format_func=lambda row: known[row].name, help=words.RECUSED_HELP,
                                placeholder=words.RECUSED_HINT)  # fmt: skip
        for row in chosen:
            name = known[row].name
            why = st.text_input(words.REASON.format(name=name), str(known[row].interest or ""), max_chars=300,
                                key=f"{key}_grund_{row}").strip()  # fmt: skip
            kept.append(f"{name}: {why}")
            unreasoned = unreasoned or ("" if why else name)
        left_out = [known[row].name for row in proposed if row not in chosen]
        if left_out:
            st.caption(words.PROPOSED.format(names=formats.plain(", ".join(left_out))))
    elif body is not None:
        st.caption(words.NO_SEATS)
    others = st.text_input(words.OTHERS, key=f"{key}_weitere", placeholder=words.OTHERS_HINT, max_chars=1000)
    kept += [one.strip() for one in others.split(";") if one.strip()]
    return "\n".join(kept), unreasoned


def _wrong(
    picture: Picture, choice: Decision | None, on: dt.date | None, said: str, unreasoned: str
) -> str:  # fmt: skip
    if choice is None:
        return words.NO_CHOICE
    if on is None or on > picture.today:
        return words.FUTURE
    if not said:
        return words.NO_WORDS
    return words.NO_REASON.format(name=formats.plain(unreasoned)) if unreasoned else ""


def _save(picture: Picture, session: Session, case: Certification, filled: _Filled) -> bool:
    if filled.choice is None or filled.on is None:
        return False
    by = picture.names("body").get(filled.body or 0) or case_data.name_of(picture, session)
    meant = (case.id, filled.choice, filled.on, filled.body, filled.words, filled.recused)
    entry = Entry(
        desk.key_of(meant), filled.on, by, decision=filled.choice, decided_by=filled.body,
        decision_text=filled.words, recused=filled.recused,
    )  # fmt: skip
    said = words.SAVED.format(choice=formats.plain(picture.label("certification", "decision", filled.choice)))
    return desk.move(picture, session, case, Move.DECIDE, entry, said=said)
