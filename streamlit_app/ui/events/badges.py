"""Name badges to print, in the tab *Einlass*."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from automations.documents.pdf import MIME, DocumentError
from automations.events.badges import Label, badges_pdf, cut_off, hard_to_read, labels
from automations.events.facts import WordingError
from streamlit_app import context, event_sending
from streamlit_app.data import Picture
from streamlit_app.ui import formats, glyphs
from streamlit_app.ui.events import stand_texts as words

_MADE, _ASKED = "einlass_schilder_gesetzt", "einlass_schilder_gewollt"
"""What was made, and that it was asked for: a fresh picture that comes in between does not lose the click."""


MOST_NAMED = 10
"""So many badges with small or cut names are named."""


def show(picture: Picture, event_row: int) -> None:
    """Offer the badges of everybody who is coming."""
    with st.expander(words.BADGES, icon=":material/badge:"):
        st.markdown(words.BADGES_TEXT)
        try:
            found = event_sending.outlook(picture, event_row)
        except WordingError as problem:
            st.error(str(problem), icon=":material/error:")
            return
        given = labels(found.guests) if found else []
        if found is None or not given:
            st.info(words.BADGES_NONE, icon=":material/hourglass_empty:")
            return
        if cut := cut_off(given):
            st.warning(words.BADGES_CUT.format(names=_named(cut)), icon=":material/content_cut:")
        if small := [one for one in hard_to_read(given) if one not in cut]:
            st.warning(words.BADGES_SMALL.format(names=_named(small)), icon=":material/text_decrease:")
        glyphs.warn(given)
        of = (event_row, tuple(given))
        kept = st.session_state.get(_MADE, (None, b""))
        if kept[0] != of:
            st.button(words.BADGES_MAKE.format(count=formats.number(len(given))), key="einlass_schilder",
                      icon=":material/print:", on_click=_ask)  # fmt: skip
            if not st.session_state.get(_ASKED):
                return
            try:
                with st.spinner(words.BADGES_RUN):
                    kept = (of, badges_pdf(found.facts.name, given, context.get().settings.templates_dir))
            except DocumentError as problem:
                st.session_state[_ASKED] = False
                st.error(str(problem), icon=":material/error:")
                return
            st.session_state[_ASKED], st.session_state[_MADE] = False, kept
            st.rerun()
        st.download_button(
            words.BADGES_PDF, data=kept[1], mime=MIME, file_name=f"namensschilder-{picture.today.isoformat()}.pdf",
            key="einlass_schilder_pdf", icon=":material/print:", on_click="ignore", type="primary",
        )  # fmt: skip


def _named(found: Sequence[Label]) -> str:
    named = ", ".join(formats.plain(formats.shortened(one.name)) for one in found[:MOST_NAMED])
    more = words.BADGES_MORE.format(count=formats.number(len(found) - MOST_NAMED))
    return named + (more if len(found) > MOST_NAMED else "")


def _ask() -> None:
    st.session_state[_ASKED] = True
