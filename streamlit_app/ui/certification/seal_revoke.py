"""Revoking a seal with a reason, and taking that back, in the tab *Siegel*."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from automations.certification.holders import Holder
from schemas.certification.choices import SealState
from schemas.model import Value
from streamlit_app import certification_data, context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.seals import Seals
from streamlit_app.ui import formats
from streamlit_app.ui.certification import desk, nod, seal_rows
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.certification import texts as page_words

_WHOM = "siegel_widerruf"


def show(picture: Picture, session: Session, given: Seals) -> None:
    """Offer both to those who may write."""
    if not session.role.may_write:
        return
    with st.expander(words.REVOKE, icon=":material/gpp_bad:"):
        st.markdown(words.REVOKE_TEXT)
        nod.show("widerruf")
        by_row = {one.row: one for one in given.all}
        row = st.selectbox(
            words.REVOKE_WHOM, list(by_row), index=None, key=_WHOM, placeholder=words.REVOKE_CHOOSE,
            format_func=lambda at: f"{by_row[at].name} – {by_row[at].number or by_row[at].year}", width=520,
        )  # fmt: skip
        one = by_row.get(row or 0)
        if one is None:
            return
        if one.revoked:
            since = words.REVOKED_SINCE.format(day=formats.date(one.revoked_on), why=formats.plain(one.revoked_why))
            st.markdown(since)
            st.button(words.RESTORE_DO, key="siegel_gilt_wieder", icon=":material/undo:", on_click=_restore,
                      args=(picture, session, one))  # fmt: skip
            return
        with st.form(f"siegel_widerruf_{one.row}", border=False):
            why = st.text_input(words.REVOKE_WHY, key=f"siegel_grund_{one.row}", max_chars=250,
                                placeholder=words.REVOKE_WHY_HINT)  # fmt: skip
            if st.form_submit_button(words.REVOKE_DO, key="siegel_widerrufen", icon=":material/gpp_bad:"):
                if (why or "").strip():
                    _revoke(picture, session, one, (why or "").strip())
                    st.rerun()
                st.warning(words.REVOKE_NO_WHY, icon=":material/edit:")


def _revoke(picture: Picture, session: Session, one: Holder, why: str) -> None:
    cells: dict[str, Value] = {
        "seal_state": SealState.REVOKED, "revoked_on": picture.today, "revoked_why": why,
    }  # fmt: skip
    _change(picture, session, one, cells, words.REVOKED)


def _restore(picture: Picture, session: Session, one: Holder) -> None:
    cells: dict[str, Value] = {"seal_state": SealState.VALID, "revoked_on": None, "revoked_why": None}
    _change(picture, session, one, cells, words.RESTORED)


def _change(picture: Picture, session: Session, one: Holder, after: Mapping[str, Value], said: str) -> None:
    """Write the cells of a seal as it was seen, with the way back."""
    row = certification_data.case_record(picture, one.row)
    before: dict[str, Value] = {code: row.value(code) if row else None for code in after}

    def write(here: Picture, who: Session, was: Mapping[str, Value], wanted: Mapping[str, Value]) -> bool:
        assert here.manifest is not None  # noqa: S101 - the page only shows itself with one
        changer = Changer(context.get().settings, here.manifest, who.token, "certification")
        return changer.change(one.row, was, wanted, context.now())

    def back(here: Picture, who: Session) -> None:
        write(here, who, after, before)

    def work() -> desk.Outcome:
        if not write(picture, session, before, after):
            return desk.Outcome(seal_rows.PLACE, page_words.BUSY, bad=True)
        told = said.format(number=one.number or one.year, name=formats.plain(one.name))
        return desk.Outcome(seal_rows.PLACE, told, back=back, undone=page_words.UNDONE)

    nod.do("widerruf", seal_rows.PLACE, work)
