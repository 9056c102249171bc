"""How far the seal reaches (field, district, Träger) and how far each round came, in the tab *Siegel*."""

from __future__ import annotations

import streamlit as st

from schemas.certification.rules.funnel import Stage
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.frames.seals import Reach, Seals, Side, reach
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen, seal_rows
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.certification import texts as page_words
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, given: Seals) -> None:
    """Show both, folded."""
    with st.expander(words.REACH, icon=":material/donut_small:"):
        _reach(picture, given)
    with st.expander(words.ROUNDS, icon=":material/filter_alt:"):
        _rounds(picture)


def _reach(picture: Picture, given: Seals) -> None:
    side: Side = st.segmented_control(
        words.REACH, list(Side), required=True, default=Side.FIELD, key="siegel_nach",
        label_visibility="collapsed", format_func=words.SIDES.__getitem__,
    )  # fmt: skip
    found = reach(given, side, picture.names("organisation"))
    named = {one: _name(picture, side, one) for one in found}
    rows = [Row((named[one], len(one.holders), one.places, _share(one))) for one in found]
    RowList(f"siegel_nach_{side}", words.SIDES[side], (words.SIDES[side], *words.REACH_COLUMNS), rows).show(
        picture.today, height=320
    )
    st.caption(words.REACH_TEXT)
    with_seal = [one for one in found if one.holders]
    at = st.selectbox(
        words.REACH_ROWS, range(len(with_seal)), index=None, key=f"siegel_wer_{side}", placeholder=words.SIDES[side],
        width=420, format_func=lambda i: f"{named[with_seal[i]]} ({formats.number(len(with_seal[i].holders))})",
    )  # fmt: skip
    if at is not None:
        lines = [seal_rows.line(picture, one) for one in with_seal[at].holders]
        RowList(f"siegel_in_{side}", named[with_seal[at]], words.COLUMNS, lines).show(picture.today, height=320)


def _rounds(picture: Picture) -> None:
    """Show the funnel of each round, all stages as columns: one that a round does not have stays empty."""
    rows = [
        Row(
            (
                one.round.name or page_words.NAMELESS, *(one.funnel.get(stage) for stage in Stage), one.resting,
                one.out,
                picture.label("certification_round", "validity", one.round.validity) if one.round.validity else "",
            ),
            chosen.round_page(one.row), picture.row_url("certification_round", one.row),
        )
        for one in certification_data.lines(picture)
    ]  # fmt: skip
    columns = (words.ROUND, *(page_words.STAGES[stage] for stage in Stage), *words.OTHER, "Geltung")
    RowList("siegel_runden", words.ROUNDS, columns, rows).show(picture.today, height=320)
    st.caption(words.ROUNDS_TEXT)
    st.markdown(words.MODELS)


def _name(picture: Picture, side: Side, one: Reach) -> str:
    if not one.name:
        return words.UNKNOWN[side]
    return picture.label("organisation", "engagement_fields", one.name) if side == Side.FIELD else one.name


def _share(one: Reach) -> str:
    return f"{round(100 * len(one.holders) / one.places)} %" if one.places else "–"
