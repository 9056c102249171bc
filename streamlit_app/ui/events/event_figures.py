"""The figures of an event, each with the rows behind it: funnel, groups, organisations, over time, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from schemas.events.choices import Answer
from schemas.events.rules.answers import Step
from streamlit_app.appearance import GREEN, MUTED
from streamlit_app.data import Picture
from streamlit_app.frames.events import LISTS, STEPS, Answers, Guest, by_link, funnel, over_time, people
from streamlit_app.ui import formats
from streamlit_app.ui.charts import GRID, axis
from streamlit_app.ui.events import chosen
from streamlit_app.ui.events import overview_texts as words
from streamlit_app.ui.events.guest_card import page_of
from streamlit_app.ui.row_list import Row, RowList

KEY = "zeilen"
MOST_TICKS = 12
_LINKS = {"gruppe": "guest_group", "organisation": "organisation"}
_COLORS = {
    Answer.YES: "#1d7a5f", Answer.REPRESENTED: "#2f8fa3", Answer.MAYBE: "#b97f10", Answer.NO: "#b4413a",
}  # fmt: skip


def open_list(name: str) -> None:
    """Open the rows behind a figure; to be used as a callback."""
    st.query_params[KEY] = name


def close_list() -> None:
    """Close the rows; to be used as a callback."""
    st.query_params.pop(KEY, None)


def show(picture: Picture, found: Answers) -> None:
    """Show everything that can be counted about an event with guests."""
    st.header(words.FIGURES, anchor=False)
    _cards(found)
    _opened(picture, found)
    sides = st.container(horizontal=True, gap="medium", key="ueb_bilder")
    with sides.container(width=540):
        st.header(words.FUNNEL, anchor=False)
        with st.container(border=True, key="ueb_trichter"):
            _funnel(found)
    with sides.container(width=700):
        _breakdown(picture, found)


def _cards(found: Answers) -> None:
    reached = funnel(found.guests)
    coming = found.named("zugesagt")
    answered, invited = reached[Step.ANSWERED], reached[Step.INVITED]
    figures = {
        "gaeste": (reached[Step.NOTED], ""), "eingeladen": (invited, ""),
        "geantwortet": (answered, words.PERCENT.format(percent=round(100 * answered / invited)) if invited else ""),
        "zugesagt": (people(coming), ""), "schweigen": (len(found.named("schweigen")), ""),
    }  # fmt: skip
    if found.seats.waiting:
        figures["warteliste"] = (found.seats.waiting, "")
    if reached[Step.CAME]:
        figures["erschienen"] = (reached[Step.CAME], "")
    with st.container(horizontal=True, gap="small", key="ueb_zahlen", vertical_alignment="distribute"):
        for name, (value, more) in figures.items():
            with st.container(border=True, key=f"uebersicht_karte_va_{name}", width=164, gap="xsmall"):
                st.metric(words.KPI[name], formats.number(value), more or None, delta_color="off", delta_arrow="off")
                st.button(words.SHOW_LIST, key=f"ueb_oeffne_{name}", type="tertiary", icon=":material/arrow_downward:",
                          on_click=open_list, args=(name,))  # fmt: skip
        if found.seats.free is not None:
            with st.container(border=True, key="uebersicht_karte_va_frei", width=164, gap="xsmall"):
                st.metric(words.FREE, formats.number(found.seats.free),
                          words.OF.format(count=formats.number(found.seats.capacity or 0)), delta_color="off",
                          delta_arrow="off")  # fmt: skip


def _opened(picture: Picture, found: Answers) -> None:
    """Show the rows behind the figure that was asked for."""
    name = st.query_params.get(KEY, "")
    title, guests = _asked(picture, found, name)
    if not title:
        return
    with st.container(border=True, key="uebersicht_zeilen"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(f"{title} ({formats.number(len(guests))})", anchor=False, width="content")
            st.button(words.CLOSE, key="ueb_schliessen", icon=":material/close:", type="tertiary", on_click=close_list)
        if not guests:
            st.caption(words.LIST_EMPTY)
            return
        rows = [Row(_cells(picture, g), page_of(g), picture.row_url("invitation", g.id)) for g in guests]
        RowList(f"ueb_{name.replace('-', '_')}", title, words.COLUMNS, rows).show(picture.today)


def _asked(picture: Picture, found: Answers, name: str) -> tuple[str, Sequence[Guest]]:
    if name in LISTS:
        return words.LISTS[name], found.named(name)
    kind, _, raw = name.partition("-")
    if kind not in _LINKS or not (raw == "" or (raw.isascii() and raw.isdigit())):
        return "", ()
    row = int(raw) if raw else None
    guests = by_link(found.guests, _LINKS[kind]).get(row, [])
    label = picture.names(_LINKS[kind]).get(row or 0, "")
    if kind == "gruppe":
        return words.GROUP_LIST.format(name=label or words.NO_GROUP), guests
    return words.ORGANISATION_LIST.format(name=label or words.NO_ORGANISATION), guests


def _cells(picture: Picture, guest: Guest) -> tuple[str | int | None, ...]:
    row = guest.row
    came = formats.moment(row.checked_in_at) if row.checked_in_at else ""
    answered = formats.moment(row.answered_at) if row.answered_at else ""
    return (
        row.name or "", guest.organisation, guest.group,
        picture.label("invitation", "channel", row.channel) if row.channel else "",
        picture.label("invitation", "answer", guest.answer), str(row.companions or ""), answered,
        picture.label("invitation", "place", guest.place) if guest.place else "", came,
    )  # fmt: skip


def _funnel(found: Answers) -> None:
    reached = funnel(found.guests)
    drawn = pd.DataFrame({"Schritt": [words.STEPS[s] for s in Step], "Gäste": [reached[s] for s in Step]})
    order = list(words.STEPS.values())
    base = alt.Chart(drawn).encode(
        y=alt.Y("Schritt:N", sort=order, axis=axis(labelFontSize=13, ticks=False, minExtent=96)),
        x=alt.X("Gäste:Q", axis=None),
        tooltip=["Schritt", "Gäste"],
    )
    chart = base.mark_bar(color=GREEN, cornerRadius=2) + base.mark_text(align="left", dx=5, fontSize=13).encode(
        text="Gäste:Q"
    )
    told = ", ".join(f"{words.STEPS[s]} {formats.number(reached[s])}" for s in Step)
    st.altair_chart(chart.properties(background="#ffffff"), height=230, alt=words.FUNNEL_ALT.format(told=told))
    with st.container(horizontal=True, gap="xxsmall", key="ueb_schritte"):
        for name, step in STEPS.items():
            st.button(f"{words.STEPS[step]} **{formats.number(reached[step])}**", key=f"ueb_schritt_{name}",
                      type="tertiary", on_click=open_list, args=(name,))  # fmt: skip


def _breakdown(picture: Picture, found: Answers) -> None:
    st.header(words.BREAKDOWN, anchor=False)
    which = st.segmented_control(
        words.BREAKDOWN, list(words.BREAKDOWNS), default="gruppen", required=True, key="ueb_nach",
        format_func=words.BREAKDOWNS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    if which == "gruppen":
        _parts(picture, found, "gruppe")
    elif which == "organisationen":
        _parts(picture, found, "organisation")
    elif which == "verlauf":
        _over_time(picture, found)
    else:
        _waiting(picture, found)


def _parts(picture: Picture, found: Answers, kind: str) -> None:
    """Show how far the guests of each group or organisation got, all of them together first."""
    names = picture.names(_LINKS[kind])
    none = words.NO_GROUP if kind == "gruppe" else words.NO_ORGANISATION
    way = f"/veranstaltungen?{chosen.EVENT}={found.event.id}&{KEY}={kind}-"
    rows = [Row(_counts(words.ALL, found.guests))] + [
        Row(_counts(names.get(row or 0, "") or none, own), f"{way}{row or ''}")
        for row, own in by_link(found.guests, _LINKS[kind]).items()
    ]
    title = words.GROUP if kind == "gruppe" else words.ORGANISATION
    RowList(f"ueb_nach_{kind}", title, (title, *words.STEPS.values(), words.SHARE), rows).show(picture.today)


def _counts(name: str, guests: Sequence[Guest]) -> tuple[str | int | None, ...]:
    reached = funnel(guests)
    invited = reached[Step.INVITED]
    return name, *(reached[s] for s in Step), round(100 * reached[Step.ANSWERED] / invited) if invited else None


def _over_time(picture: Picture, found: Answers) -> None:
    days = over_time(found.guests)
    if days.empty:
        st.caption(words.OVER_TIME_NONE)
        return
    labels = {a.value: picture.label("invitation", "answer", a) for a in _COLORS}
    told = [(str(d), labels.get(a, a), int(n), int(t)) for d, a, n, t in days.itertuples(index=False, name=None)]
    drawn = pd.DataFrame(told, columns=["Tag", "Antwort", "An diesem Tag", "Zusammen"])
    colors = {labels[a.value]: color for a, color in _COLORS.items() if (days["answer"] == a.value).any()}
    chart = (
        alt.Chart(drawn)
        .mark_line(interpolate="step-after", strokeWidth=2.5, point={"size": 35})
        .encode(
            x=alt.X("Tag:T", axis=axis(format="%d.%m.", tickCount=_ticks(days["day"]))),
            y=alt.Y("Zusammen:Q", axis=axis(tickMinStep=1, gridColor=GRID)),
            color=alt.Color("Antwort:N", scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                            legend=alt.Legend(orient="top", title=None, labelColor=MUTED)),
            tooltip=[alt.Tooltip("Tag:T", format="%d.%m.%Y"), "Antwort", "An diesem Tag", "Zusammen"],
        )
        .properties(background="#ffffff")
    )  # fmt: skip
    last = {answer: total for _, answer, _, total in told}
    first, end = days["day"].iloc[0], days["day"].iloc[-1]
    alt_text = words.OVER_TIME_ALT.format(
        first=formats.date(first), last=formats.date(end), told=", ".join(f"{a} {t}" for a, t in last.items())
    )
    with st.container(border=True, key="ueb_verlauf"):
        st.altair_chart(chart, height=260, alt=alt_text)
    with st.expander(words.OVER_TIME_TABLE):
        rows = [Row((day, labels.get(a, a), n, t)) for day, a, n, t in days.itertuples(index=False, name=None)]
        RowList("ueb_verlauf_tabelle", words.OVER_TIME, words.OVER_TIME_COLUMNS, rows).show(picture.today)


def _ticks(days: pd.Series) -> alt.TimeIntervalStep | Any:
    """Return a tick for each day while they are few: Vega would write one day several times."""
    few = (days.iloc[-1] - days.iloc[0]).days <= MOST_TICKS
    return alt.TimeIntervalStep(interval="day", step=1) if few else alt.Undefined


def _waiting(picture: Picture, found: Answers) -> None:
    waiting = found.named("warteliste")
    if not waiting:
        st.caption(words.WAIT_NONE)
        return
    st.caption(words.WAIT_ADVICE)
    rows = [
        Row((at, g.row.name or "", g.organisation, g.people, formats.moment(g.row.answered_at) if g.row.answered_at
             else ""), page_of(g), picture.row_url("invitation", g.id))
        for at, g in enumerate(waiting, 1)
    ]  # fmt: skip
    RowList("ueb_warteliste", words.LISTS["warteliste"], words.WAIT_COLUMNS, rows).show(picture.today)
