"""The tab that says how close we are to somebody, and how that number came about."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from schemas.contacts.rules.key_persons import KNOWN_DAYS
from schemas.contacts.rules.warmth import Scale
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.frames import bond
from streamlit_app.frames.contacts import ORGANISATION
from streamlit_app.ui import formats, network_map
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.chosen import Entry


def show(picture: Picture, opened: Entry) -> None:
    """Show warmth, who of us knows them, and what was given and received."""
    settings = context.get().settings
    scale = Scale(settings.weights, settings.warmth_half_life_days)
    gifts = picture.table("contribution")
    gifts = bond.gifts_of(gifts, opened.id) if opened.table == ORGANISATION else gifts.iloc[:0]
    found = bond.bond(picture.timeline(opened.table, opened.id), gifts, picture.today, scale)
    st.page_link("app_pages/netzwerkkarte.py", label=words.BOND_MAP, icon=":material/hub:",
                 query_params={network_map.KEY: opened.address})  # fmt: skip
    points = f"{found.warmth.points:.1f}".replace(".", ",")
    st.markdown(words.BOND_WARMTH.format(step=words.BOND_STEPS[found.warmth.step], points=points))
    team = picture.names("team_member")
    if found.counted:
        with st.expander(words.BOND_WHY, icon=":material/calculate:"):
            st.markdown(_explained(picture, scale))
            _contacts(picture, found, team)
    st.markdown(f"**{words.BOND_KNOWN}**")
    if not found.known:
        st.caption(words.BOND_NOBODY.format(years=KNOWN_DAYS // 365))
    for one in found.known:
        name = formats.plain(team.get(one.member, words.WITHOUT))
        st.markdown(words.BOND_KNOWS.format(name=name, day=formats.date(one.last), times=one.times))
    if found.years:
        st.markdown(f"**{words.BOND_GIFTS}**")
        shown = pd.DataFrame([(str(y.year), y.given, y.received) for y in found.years], columns=words.BOND_YEARS)
        st.dataframe(shown, hide_index=True, alt=words.BOND_GIFTS, width="content", placeholder="")


def _explained(picture: Picture, scale: Scale) -> str:
    weights = ", ".join(
        f"{formats.plain(picture.label('interaction', 'kind', kind))} {_number(weight)}"
        for kind, weight in scale.weights.items()
    )
    return words.BOND_FORMULA.format(weights=weights, days=int(scale.half_life_days))


def _contacts(picture: Picture, found: bond.Bond, team: dict[int, str]) -> None:
    rows = [
        (one.day, picture.label("interaction", "kind", one.kind) if one.kind else "", team.get(one.member or 0, ""),
         _number(one.points), picture.row_url("interaction", one.entry))
        for one in found.counted
    ]  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows, columns=words.BOND_COLUMNS),
        hide_index=True,
        alt=words.BOND_WHY,
        column_config={
            words.BOND_COLUMNS[0]: st.column_config.DateColumn(format="DD.MM.YYYY"),
            words.BOND_COLUMNS[4]: st.column_config.LinkColumn(display_text=words.IN_NOCODB, width="small"),
        },
        placeholder="",
    )
    if found.others:
        st.caption(words.BOND_MORE.format(count=formats.number(found.others)))


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
