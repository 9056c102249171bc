"""The tab *Siegel*: who holds which seal of which year, what is at risk, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from automations.certification.holders import Holder
from schemas.certification.rules.seals import Risk, risks
from streamlit_app import seal_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.seals import Seals
from streamlit_app.ui import formats, tabs
from streamlit_app.ui.certification import (
    chosen,
    seal_publishing,
    seal_reach,
    seal_refresh,
    seal_revoke,
    seal_rows,
    void_numbers,
)
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.row_list import Row, RowList

_LIST = "siegel_liste"
ROWS = "zeilen"


def show(picture: Picture, session: Session) -> None:
    """Show the tab."""
    seals = seal_data.seals(picture)
    if not seals.all:
        _empty(picture)
        return
    _figures(seals)
    name = _choose(seals)
    st.caption(words.ABOUT[name])
    if name == "anbieten":
        seal_refresh.show(picture, session)
    else:
        _rows(picture, seals, name)
    seal_reach.show(picture, seals)
    seal_revoke.show(picture, session, seals)
    seal_publishing.show(picture, seals)
    void_numbers.show(picture)
    if not session.role.may_write:
        st.caption(words.VIEWER)


def _empty(picture: Picture) -> None:
    with st.container(border=True, key="siegel_leer"):
        st.subheader(words.EMPTY_TITLE, anchor=False)
        st.markdown(words.EMPTY_TEXT)
        if picture.manifest and (url := picture.manifest.table_url("certification")):
            st.link_button(words.TO_TABLE, url, icon=":material/open_in_new:")


def _figures(seals: Seals) -> None:
    years = seals.average_age
    shown = "–" if years is None else f"{years:.1f}".replace(".", ",")
    counts = {name: formats.number(len(rows)) for name, rows in seals.lists.items()}
    values = (counts["tragen"], shown, counts["gefahr"], counts["anbieten"], counts["widerrufen"])
    st.html(
        '<div class="kn-line">'
        + "".join(
            f'<span><b>{value}</b> <span class="kn-muted">{label}</span></span>'
            for value, label in zip(values, words.FIGURES, strict=True)
        )
        + "</div>"
    )


def _choose(seals: Seals) -> str:
    """Let one list be chosen, and keep it in the address."""
    names = [name for name in words.LISTS if seals.lists[name] or name not in words.OPTIONAL]
    return tabs.choose(
        words.LIST, names, param=ROWS, key=_LIST,
        titled=lambda code: f"{words.LISTS[code]} ({formats.number(len(seals.lists[code]))})",
    )  # fmt: skip


def _rows(picture: Picture, seals: Seals, name: str) -> None:
    found = seals.lists[name]
    if not found:
        st.info(words.NOBODY, icon=":material/check_circle:")
        return
    if name == "gefahr":
        _next_steps(picture, found)
        columns: tuple[str, ...] = words.RISK_COLUMNS
        rows = _at_risk(picture, found)
    elif name == "widerrufen":
        columns = words.REVOKED_COLUMNS
        rows = [
            Row((one.name, str(one.year), one.number, one.revoked_on, one.revoked_why), chosen.case_page(one.row),
                picture.row_url("certification", one.row))
            for one in found
        ]  # fmt: skip
    else:
        columns, rows = words.COLUMNS, [seal_rows.line(picture, one) for one in found]
    RowList(f"siegel_{name}", words.LISTS[name], columns, rows).show(picture.today)


def _next_steps(picture: Picture, found: Sequence[Holder]) -> None:
    day = seal_rows.next_seminar(picture)
    seminar = words.SEMINAR.format(day=formats.date(day)) if day else ""
    there = {risk for one in found for risk in risks(one.seal)}
    st.markdown("\n".join(f"- {words.NEXT_STEP[risk].format(seminar=seminar)}" for risk in Risk if risk in there))


def _at_risk(picture: Picture, found: Sequence[Holder]) -> list[Row]:
    people = picture.names("person")
    return [
        Row(
            (
                one.name, str(one.year), "; ".join(words.RISK[risk] for risk in risks(one.seal)),
                people.get(one.coordinator or 0, ""),
            ),
            f"/kontakte?eintrag=o{one.site}" if one.site else chosen.case_page(one.row),
            picture.row_url("certification", one.row),
        )
        for one in found
    ]  # fmt: skip
