"""Look-alikes side by side: a pair, or all entries of a group with one decision for all and a way to decide singly."""

from __future__ import annotations

import streamlit as st

from schemas.operations.choices import DuplicateDecision
from schemas.operations.tables import Duplicate
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.look_alikes import case_number
from streamlit_app.ui import cases, formats, texts
from sync.pair_groups import Case, pair_key, told_contradiction

TABLE = "duplicate"
_OFFERED = (DuplicateDecision.SAME, DuplicateDecision.DIFFERENT, DuplicateDecision.LATER)
_ACROSS = 3
"""Entries of a group beside each other."""


def show(picture: Picture, session: Session) -> None:
    """Show one page of the open cases."""
    found = picture.look_alikes()
    desk = cases.Desk(picture, session, TABLE, _OFFERED)
    for case in cases.page_of(found.cases, case_number, TABLE, session):
        with st.container(border=True, key=f"qualitaet_fall_{TABLE}_{case_number(case)}", gap="xsmall"):
            key = found.broken.get(case_number(case))
            if case.is_group:
                _group(desk, case, stuck=key is not None)
            else:
                _pair(desk, case.pairs[0], stuck=key is not None)
            if key:
                st.warning(formats.plain(told_contradiction(key, lambda table, row: picture.names(table).get(row, ""))))


def _pair(desk: cases.Desk, pair: Duplicate, *, stuck: bool) -> None:
    cases.head(formats.escape(pair.name or ""), _confidence(texts.QUALITY_CONFIDENCE, pair))
    left, right = st.columns(2, gap="small")
    with left:
        cases.side(texts.QUALITY_FIRST, pair.first or "", pair.first_link or "")
    with right:
        cases.side(texts.QUALITY_SECOND, pair.second or "", pair.second_link or "")
    _why(f"{texts.QUALITY_WHY}: {_reasons(pair)}")
    desk.show(pair.id or 0, pair.decision, stuck=stuck)


def _group(desk: cases.Desk, case: Case, *, stuck: bool) -> None:
    entries = _entries(case)
    best = max(case.pairs, key=lambda pair: pair.confidence or 0)
    name = desk.picture.names(case.table).get(case.rows[0]) or (best.name or "")
    note = texts.QUALITY_GROUP.format(count=len(case.rows))
    cases.head(formats.escape(name), " · ".join(filter(None, [note, _confidence(texts.QUALITY_UP_TO, best)])))
    numbers = {row: number for number, row in enumerate(case.rows, start=1)}
    across = 2 if len(case.rows) == 4 else _ACROSS  # two by two, not three and one
    for start in range(0, len(case.rows), across):
        for column, row in zip(st.columns(across, gap="small"), case.rows[start : start + across], strict=False):
            with column:
                title = texts.QUALITY_ENTRY_STAYS if row == case.rows[0] else texts.QUALITY_ENTRY
                cases.side(title.format(number=numbers[row]), *entries[row])
                if desk.may_decide and case.undecided:
                    without = {p.id or 0: p.decision for p in case.pairs if row in pair_key(p)[1:]}
                    desk.button(f"{case_number(case)}_ohne_{row}", texts.QUALITY_NOT_ONE, without,
                                DuplicateDecision.DIFFERENT)  # fmt: skip
    pairs = sorted(case.pairs, key=lambda pair: (-(pair.confidence or 0), pair.id or 0))
    _why("<br>".join(f"{_which(pair, numbers)}: {_reasons(pair)}" for pair in pairs[:_ACROSS]))
    _decide_all(desk, case, stuck=stuck)
    with st.expander(texts.QUALITY_SINGLY):
        for pair in pairs:
            _why(f"<b>{_which(pair, numbers)}</b>: {_reasons(pair)}")
            desk.show(pair.id or 0, pair.decision, stuck=stuck)


def _decide_all(desk: cases.Desk, case: Case, *, stuck: bool) -> None:
    """Show one decision for all pairs of a group, or what was decided with the way back."""
    labels = {
        DuplicateDecision.SAME: texts.QUALITY_ALL_SAME,
        DuplicateDecision.DIFFERENT: texts.QUALITY_ALL_DIFFERENT,
        DuplicateDecision.LATER: desk.label(DuplicateDecision.LATER),
    }
    said = {pair.decision for pair in case.pairs}
    if said == {DuplicateDecision.LATER}:
        st.markdown(texts.QUALITY_LATER)
    elif len(said) == 1 and not case.undecided:
        st.markdown(cases.told_decision(labels[DuplicateDecision(str(said.pop()))], stuck=stuck))
    elif not case.undecided:
        st.markdown(texts.QUALITY_STUCK_SINGLY if stuck else texts.QUALITY_DECIDED_SINGLY)
    elif len(said) > 1:
        done = sum(pair.decision is not None for pair in case.pairs)
        st.markdown(texts.QUALITY_PARTLY.format(done=done, total=len(case.pairs)))
    if not desk.may_decide:
        return
    before = {pair.id or 0: pair.decision for pair in case.pairs}
    with st.container(horizontal=True, gap="small"):
        if case.undecided:
            for choice in _OFFERED:
                desk.button(f"{case_number(case)}_alle_{choice}", labels[choice], before, choice)
        else:
            desk.button(f"{case_number(case)}_alle_zurueck", texts.QUALITY_CHANGE, before, None)


def _entries(case: Case) -> dict[int, tuple[str, str]]:
    """Return by row what the entry holds and where it stands."""
    found: dict[int, tuple[str, str]] = {}
    for pair in case.pairs:
        _, first, second = pair_key(pair)
        found[first] = (pair.first or "", pair.first_link or "")
        found[second] = (pair.second or "", pair.second_link or "")
    return found


def _which(pair: Duplicate, numbers: dict[int, int]) -> str:
    _, first, second = pair_key(pair)
    percent = _confidence(texts.QUALITY_CONFIDENCE, pair)
    both = texts.QUALITY_BOTH.format(one=numbers[first], other=numbers[second])
    return f"{both} ({percent})" if percent else both


def _confidence(words: str, pair: Duplicate) -> str:
    return "" if pair.confidence is None else words.format(percent=pair.confidence)


def _reasons(pair: Duplicate) -> str:
    return formats.escape((pair.reasons or "").replace("\n", " · "))


def _why(told: str) -> None:
    st.html(f'<div class="kn-muted">{told}</div>')
