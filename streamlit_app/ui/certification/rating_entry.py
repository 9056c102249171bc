"""Entering ratings: one field for the keyboard that goes from criterion to criterion, and the same for the mouse.

Only what a person typed is written, and only where nobody else wrote meanwhile; what then stands shows at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from automations.certification.ratings import Own, Review, Saved, Typed, save_own, save_review
from automations.certification.report import Told
from schemas.certification.choices import Rating
from schemas.certification.quick_rating import read_line
from schemas.certification.rules.procedure import Procedure
from schemas.certification.tables import Assessment, Certification
from streamlit_app import case_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect_tables
from streamlit_app.ui import formats
from streamlit_app.ui.certification import assessment_texts as words
from streamlit_app.ui.certification import nearby
from streamlit_app.ui.certification.desk import Outcome, back_by_run
from sync.mirror import patch_mirror

TABLES = ("assessment", "journal", "job_run")
"""The tables that a rating is written with."""

_AT, _SIDE, _LINE = "einsch_kriterium", "einsch_seite", "einsch_zeile"


@dataclass(frozen=True, slots=True)
class Desk:
    """What entering needs: the case, its criteria with what was said, and who enters."""

    picture: Picture
    session: Session
    case: Certification
    procedure: Procedure
    told: Sequence[Told]

    @property
    def place(self) -> tuple[str, int]:
        """Return where an outcome is told."""
        return "fall", self.case.id or 0

    def label(self, rating: Rating | None) -> str:
        """Return the word that staff use for a rating."""
        return words.NO_RATING if rating is None else self.picture.label("assessment", "review_rating", rating)


def show(desk: Desk) -> None:
    """Show the criterion that is next, and the ways to enter something."""
    with st.container(border=True, key="einsch_eintragen"):
        side = st.segmented_control(words.SIDE, list(words.SIDES), default=words.REVIEW, required=True, key=_SIDE,
                                    format_func=words.SIDES.__getitem__)  # fmt: skip
        at = current(desk, side)
        one = desk.told[at]
        _criterion(desk, at, one)
        nearby.show("einsch", desk.picture, desk.session, desk.place)
        with st.form("einsch_form", border=False, clear_on_submit=True):
            st.text_input(f"{words.LINE[side]} – {one.criterion.name}", key=_LINE, placeholder=words.LINE_HINT,
                          max_chars=2000, autocomplete="off", help=words.LINE_HELP)  # fmt: skip
            with st.container(horizontal=True, vertical_alignment="center"):
                st.form_submit_button(words.SAVE_LINE, key="einsch_zeile_ok", icon=":material/keyboard_return:",
                                      on_click=_enter, args=(desk, at, side))  # fmt: skip
                st.caption(words.KEYS)
        with st.expander(words.BY_MOUSE, icon=":material/mouse:"):
            _form(desk, at, side)


def current(desk: Desk, side: str) -> int:
    """Return the number (from 0) of the criterion that is open: the chosen one, else the first without a rating."""
    case, code = st.session_state.get(_AT, (None, ""))
    codes = [one.criterion.code for one in desk.told]
    if case == desk.case.id and code in codes:
        return codes.index(code)
    return next((at for at, one in enumerate(desk.told) if _rating(one, side) is None), 0)


def choose(desk: Desk, code: str) -> None:
    """Open a criterion; to be used as a callback."""
    st.session_state[_AT] = (desk.case.id, code)


def _criterion(desk: Desk, at: int, one: Told) -> None:
    criterion = one.criterion
    must = f'<span class="kn-badge warn">{words.MUST}</span>' if criterion.must else ""
    where = " · ".join(p for p in (words.AT.format(at=at + 1, total=len(desk.told)), criterion.area) if p)
    about = "".join(
        f'<div class="kn-muted"><b>{label}:</b> {formats.escape(text)}</div>'
        for label, text in ((words.SIGNS, criterion.indicators), (words.EXAMPLE, criterion.example)) if text
    )  # fmt: skip
    own = " · ".join(p for p in (desk.label(one.own.rating), one.own.proof, one.own.comment) if p)
    seen = " · ".join(p for p in (desk.label(one.review.rating), one.review.comment) if p)
    st.html(
        f'<div class="kn-line"><span class="kn-muted">{formats.escape(where)}</span>{must}</div>'
        f'<div class="kn-title" style="font-size:1.15rem">{formats.escape(criterion.name)}</div>{about}'
        f'<dl class="kn-data"><dt>{words.OWN_SAYS}</dt><dd>{formats.escape(own)}</dd>'
        f"<dt>{words.REVIEW_SAYS}</dt><dd>{formats.escape(seen)}</dd></dl>"
    )


def _form(desk: Desk, at: int, side: str) -> None:
    one = desk.told[at]
    given = one.review if side == words.REVIEW else one.own
    stands = zlib.crc32(repr(given).encode())  # what somebody else wrote meanwhile begins the form anew
    key = f"einsch_maus_{desk.case.id}_{one.criterion.code}_{side}_{stands}"
    choices: list[Rating | None] = [None, *Rating]
    with st.form(key, border=False):
        st.radio(words.RATING, choices, index=choices.index(given.rating), horizontal=True, key=f"{key}_wert",
                 format_func=desk.label)  # fmt: skip
        text = one.review.comment if side == words.REVIEW else one.own.proof
        st.text_area(words.TEXTS[side], value=text, key=f"{key}_text", height=110, max_chars=5000)
        if side == words.OWN:
            st.text_area(words.COMMENT, value=one.own.comment, key=f"{key}_anmerkung", height=80, max_chars=5000)
        st.form_submit_button(words.SAVE, key=f"{key}_ok", type="primary", on_click=_save_form,
                              args=(desk, at, side, key))  # fmt: skip


def _enter(desk: Desk, at: int, side: str) -> None:
    """Take what was typed: a rating with or without a text, a text, or the criterion to go to."""
    line = read_line(str(st.session_state.get(_LINE) or ""))
    if line.go_to is not None:
        if not 1 <= line.go_to <= len(desk.told):
            nearby.tell(
                "einsch", Outcome(desk.place, words.NO_SUCH.format(number=line.go_to, total=len(desk.told)), bad=True)
            )
            return
        choose(desk, desk.told[line.go_to - 1].criterion.code)
        return
    one = desk.told[at]
    if line.rating is None and not line.text:
        _go_on(desk, at, side)
        return
    given: Own | Review
    if side == words.REVIEW:
        given = replace(one.review, rating=line.rating or one.review.rating,
                        comment=_joined(one.review.comment, line.text))  # fmt: skip
    else:
        given = replace(one.own, rating=line.rating or one.own.rating, proof=_joined(one.own.proof, line.text))
    if _save(desk, one, given, " ".join(str(st.session_state.get(_LINE) or "").split())):
        _go_on(desk, at, side)


def _save_form(desk: Desk, at: int, side: str, key: str) -> None:
    def cell(name: str) -> str:
        return str(st.session_state.get(f"{key}_{name}") or "")

    one, rating = desk.told[at], st.session_state.get(f"{key}_wert")
    given = Review(rating, cell("text")) if side == words.REVIEW else Own(rating, cell("text"), cell("anmerkung"))
    typed = " ".join(part for part in (desk.label(rating), *_texts(given)) if part)
    if _save(desk, one, given, typed):
        _go_on(desk, at, side)


def _save(desk: Desk, one: Told, given: Own | Review, typed: str) -> bool:
    """Write one criterion, lay what stands then over the mirror, and say whether it went well.

    ``typed`` is what the person gets back when somebody else was quicker.
    """
    code, name, case = one.criterion.code, formats.plain(one.criterion.name), desk.case.id or 0

    def work() -> Outcome:
        opened = connect_tables(desk.session, desk.picture, TABLES)
        write = save_review if isinstance(given, Review) else save_own
        seen = one.review if isinstance(given, Review) else one.own
        done: Saved = write(opened, case, desk.procedure, [Typed(code, given, seen)],
                            by=case_data.name_of(desk.picture, desk.session), now=context.now)  # fmt: skip
        _lay_over(done.rows)
        if done.taken:
            return Outcome(desk.place, words.TAKEN.format(name=name, typed=formats.plain(typed)), bad=True)
        if not done.run:
            return Outcome(desk.place, words.SAVED_NOTHING.format(name=name))
        rows = [row.id for row in done.rows.values() if row.id is not None]
        return Outcome(desk.place, words.SAVED.format(name=name), back=back_by_run(done.run, "assessment", rows))

    return nearby.safely("einsch", desk.place, work)


def _lay_over(rows: Mapping[str, Assessment]) -> None:
    for row in rows.values():
        patch_mirror(context.get().settings.mirror_dir, "assessment", row.id or 0, row.encode(), context.now())


def _go_on(desk: Desk, at: int, side: str) -> None:
    """Open the next criterion without a rating on this side, else simply the next."""
    after = [*range(at + 1, len(desk.told)), *range(at)]
    left = next((i for i in after if _rating(desk.told[i], side) is None), None)
    choose(desk, desk.told[left if left is not None else (at + 1) % len(desk.told)].criterion.code)


def _rating(one: Told, side: str) -> Rating | None:
    return one.review.rating if side == words.REVIEW else one.own.rating


def _texts(given: Own | Review) -> tuple[str, ...]:
    return (given.comment,) if isinstance(given, Review) else (given.proof, given.comment)


def _joined(before: str, added: str) -> str:
    return "\n".join(part for part in (before, added) if part)
