"""The small chart of contacts per month, drawn from counts, with its numbers in words for those who cannot see it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from streamlit_app.appearance import KIND_COLORS
from streamlit_app.data import Picture
from streamlit_app.ui import formats, texts
from streamlit_app.ui.charts import GRID, axis


def show(picture: Picture) -> None:
    """Show the chart, or a sentence while there is nothing to draw."""
    counts = picture.per_month()
    if counts.empty:
        st.caption(texts.CHART_NONE)
        return
    last = pd.Period(picture.today, "M")
    order = [_month(period.start_time) for period in pd.period_range(last - 12, last, freq="M")]
    labels = picture.choices("interaction", "kind") | {"": texts.WITHOUT_KIND}
    drawn = pd.DataFrame(
        {
            "Monat": [_month(m) for m in counts["month"]],
            "Art": [labels.get(k, k) for k in counts["kind"]],
            "Kontakte": counts["count"],
        }
    )
    used = [k for k in (*labels, *sorted(set(counts["kind"]) - set(labels))) if k in set(counts["kind"])]
    colors = {labels.get(k, k): _color(k) for k in used}
    keys = "".join(
        f'<span><i class="kn-key" style="background:{color}"></i>{formats.escape(kind)}</span>'
        for kind, color in colors.items()
    )
    st.html(f'<div class="kn-line kn-muted" aria-hidden="true">{keys}</div>')  # Vega's own legend does not wrap
    st.altair_chart(_chart(drawn, order, colors), height=300, alt=_alt(counts))


def _chart(drawn: pd.DataFrame, order: list[str], colors: dict[str, str]) -> alt.Chart:
    points = "replace(format(datum.value, ',d'), ',', '.')"  # Vega knows no German numbers without a locale file
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_bar(cornerRadius=1)
        .encode(
            x=alt.X("Monat:O", sort=order, scale=alt.Scale(domain=order), axis=axis(labelAngle=0)),
            y=alt.Y("sum(Kontakte):Q", axis=axis(tickMinStep=1, labelExpr=points, gridColor=GRID)),
            color=alt.Color(
                "Art:N",
                scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                legend=None,
            ),
            tooltip=["Monat", "Art", "Kontakte"],
        )
        .properties(background="#ffffff")
    )
    return chart


def _month(moment: Any) -> str:
    return f"{texts.MONTHS[moment.month - 1]} {moment:%y}"


def _color(kind: str) -> str:
    return KIND_COLORS.get(kind, KIND_COLORS["sonstiges"])


def _alt(counts: pd.DataFrame) -> str:
    sums = counts.groupby("month")["count"].sum()
    top = sums.idxmax()
    return texts.CHART_ALT.format(
        first=_month(sums.index.min()),
        last=_month(sums.index.max()),
        total=formats.number(int(sums.sum())),
        top=f"{_month(top)} mit {formats.number(int(sums.max()))}",
    )
