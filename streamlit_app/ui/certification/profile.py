"""The profile of a case by area: what the placement says beside what was seen, as a chart and as the same table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from automations.certification.decision_sheet import profile, share
from automations.certification.report import Told
from schemas.certification.rules.procedure import Procedure
from streamlit_app.appearance import GREEN, LINE, MUTED
from streamlit_app.ui.certification import assessment_texts as words

Area = tuple[str, float | None, float | None]

COLORS = {words.OWN_SAYS: "#c98a1b", words.REVIEW_SAYS: GREEN}
"""Told apart by lightness too; each bar also says which it is."""


def show(procedure: Procedure, told: Sequence[Told]) -> None:
    """Show the profile; nothing while nobody rated anything."""
    areas = profile(procedure, told)
    if not any(value is not None for _, *shares in areas for value in shares):
        return
    st.subheader(words.PROFILE, anchor=False)
    sides = st.container(horizontal=True, gap="medium", key="einsch_profil_seiten")
    drawn, table = sides.container(width=720), sides.container(width=440)
    said = [
        words.PROFILE_ONE.format(area=_name(area), own=share(own), review=share(review)) for area, own, review in areas
    ]
    drawn.vega_lite_chart(spec=_spec(tuple(areas)), height=70 + 62 * len(areas),
                          alt=words.PROFILE_ALT.format(told="; ".join(said)))  # fmt: skip
    rows = [(_name(area), share(own), share(review), _difference(own, review)) for area, own, review in areas]
    table.dataframe(pd.DataFrame(rows, columns=list(words.PROFILE_COLUMNS)), hide_index=True, alt=words.PROFILE,
                    height=35 * (len(rows) + 1) + 3, key="einsch_profil", placeholder="")  # fmt: skip
    table.caption(words.PROFILE_NOTE)


@st.cache_resource(max_entries=64, show_spinner=False)
def _spec(areas: tuple[Area, ...]) -> dict[str, Any]:
    """Return the chart as it goes to the browser: checking it anew takes longer than all the rest of the tab."""
    made: dict[str, Any] = _chart(areas).to_dict()
    return made


def _chart(areas: Sequence[Area]) -> alt.LayerChart:
    bars = pd.DataFrame(
        [
            {"Bereich": _name(area), "Sicht": side, "Anteil": value, "Text": f"{side} {share(value)}"}
            for area, *shares in areas
            for side, value in zip(COLORS, shares, strict=True)
            if value is not None
        ]
    )
    order = [_name(area) for area, *_ in areas]
    axis = alt.Axis(title=None, labelColor=MUTED, domainColor=LINE, ticks=False, labelLimit=180, labelFontSize=13)
    base = alt.Chart(bars).encode(
        y=alt.Y("Bereich:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.25)),
        yOffset=alt.YOffset("Sicht:N", sort=list(COLORS)),
        x=alt.X("Anteil:Q", scale=alt.Scale(domain=[0, 1.25]),
                axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], labelExpr="round(datum.value * 100) + ' %'", title=None,
                              labelColor=MUTED, gridColor="#eaefed", domain=False)),
    )  # fmt: skip
    colored = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color("Sicht:N", scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())), legend=None),
        tooltip=["Bereich", "Text"],
    )
    named = base.mark_text(align="left", dx=6, color="#1c2825").encode(text="Text:N")
    drawn: alt.LayerChart = (colored + named).properties(background="#ffffff")
    return drawn


def _difference(own: float | None, review: float | None) -> str:
    if own is None or review is None:
        return "–"
    points = round(review * 100) - round(own * 100)
    return words.POINTS.format(points=points) if points else "gleich"


def _name(area: str) -> str:
    return area or words.WITHOUT_AREA
