"""Everybody on the list of an event: to search, to filter, to change, and as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from automations.documents.spreadsheet import MIME, Way, table_file
from schemas.events.choices import Channel
from schemas.events.rules.deputies import shown_deputy
from schemas.events.tables import Invitation
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.search import find, haystack
from streamlit_app.ui import formats, texts
from streamlit_app.ui.events import guest_desk
from streamlit_app.ui.events import guest_texts as words
from streamlit_app.ui.events.guest_adding import contact_url, links

PER_PAGE = 200

FILTERS = ("group", "state", "answer", "channel")

CELLS = ("name", "organisation", "group", "channel", "state", "answer", "companions")
MORE = ("represented_by", "needs", "mail", "came")


def show(picture: Picture, session: Session, event: int) -> None:
    """Show the list with filters, changes for the ticked rows, and the download."""
    everybody = _rows(picture.version("invitation", "guest_group", "organisation"), event, picture)
    found = _filtered(picture, everybody)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(words.COUNT.format(shown=formats.number(len(found)), total=formats.number(len(everybody))),
                    width="content")  # fmt: skip
        st.download_button(
            words.EXPORT, data=lambda: workbook(picture, found), mime=MIME, icon=":material/download:",
            file_name=words.FILE.format(row=event, day=picture.today.isoformat()), key="va_gaeste_excel",
            on_click="ignore", disabled=found.empty,
        )  # fmt: skip
    if found.empty:
        st.info(words.NOBODY_FITS, icon=":material/search_off:")
        return
    page = _page(found)
    shown = page[[words.COLUMN[c] for c in CELLS]].copy()
    shown[words.COLUMN["contact"]] = page["contact"]
    shown[words.COLUMN["link"]] = [picture.row_url("invitation", row) for row in page["id"]]
    state = st.dataframe(
        shown, hide_index=True, height=min(36 * (len(shown) + 1) + 2, 560), on_select="rerun",
        selection_mode="multi-row", key=f"va_gaeste_tabelle_{abs(hash(tuple(page['id'])))}", column_config=links(),
        alt=words.MODES["liste"], placeholder="",
    )  # fmt: skip
    if session.role.may_write:
        _changes(picture, session, event, [int(page.iloc[at]["id"]) for at in state["selection"]["rows"]])


def workbook(picture: Picture, found: pd.DataFrame) -> bytes:
    """Return guests as an Excel file with German headings and a link to every row."""
    titles = [words.COLUMN[code] for code in (*CELLS, *MORE)]
    rows = (
        (*(cell if isinstance(cell, int) else str(cell or "") for cell in cells),
         Way(picture.row_url("invitation", int(row)), texts.OPEN_ROW))
        for row, *cells in found[["id", *titles]].itertuples(index=False, name=None)
    )  # fmt: skip
    return table_file(words.MODES["liste"], [*titles, words.COLUMN["link"]], rows, (34, 34, *[20] * (len(titles) - 2)),
                      kept=1)  # fmt: skip


def _filtered(picture: Picture, rows: pd.DataFrame) -> pd.DataFrame:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="va_gaeste_filter"):
        typed = st.text_input(words.SEARCH, key="va_gaeste_suche", type="search", live="150ms", width=260,
                              placeholder=words.SEARCH_HINT, max_chars=100)  # fmt: skip
        for code in FILTERS:
            column = words.COLUMN[code]
            options = [value for value in rows[column].unique() if value]
            chosen = st.selectbox(words.FILTER[code], options, index=None, key=f"va_gaeste_{code}", width=170,
                                  placeholder=words.ALL)  # fmt: skip
            if chosen:
                rows = rows[rows[column] == chosen]
    if (typed or "").strip():
        rows = rows.iloc[find(list(rows["words"]), typed)]
    return rows


def _page(found: pd.DataFrame) -> pd.DataFrame:
    pages = -(-len(found) // PER_PAGE)
    if pages < 2:
        return found
    number = st.pagination(pages, key=f"va_gaeste_seite_{len(found)}", max_visible_pages=5)
    return found.iloc[(number - 1) * PER_PAGE : number * PER_PAGE]


def _changes(picture: Picture, session: Session, event: int, rows: list[int]) -> None:
    """Offer what can be done with the ticked rows."""
    if not rows:
        st.caption(words.CHOOSE_HINT)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="va_gaeste_aendern"):
        st.markdown(words.CHOSEN.format(count=formats.number(len(rows))), width="content")
        change, ask = guest_desk.change, (picture, session, event)
        with st.popover(words.CHANGE_CHANNEL, icon=":material/alt_route:"):
            for channel in Channel:
                st.button(picture.label("invitation", "channel", channel), key=f"va_weg_{channel}", width="stretch",
                          on_click=change, args=(*ask, lambda w, c=channel: w.set_channel(rows, c)))  # fmt: skip
        st.button(words.DROP, key="va_streichen", icon=":material/person_remove:", on_click=change,
                  args=(*ask, lambda w: w.drop(rows)))  # fmt: skip
        st.button(words.RESTORE, key="va_aufnehmen", icon=":material/undo:", on_click=change,
                  args=(*ask, lambda w: w.restore(rows)))  # fmt: skip


@st.cache_resource(max_entries=8, show_spinner=False)
def _rows(version: str, event: int, _picture: Picture) -> pd.DataFrame:
    names = _picture.names("organisation")
    groups = {group.id: group.name or "" for group in event_data.groups(_picture, event)}
    people = event_data.invitations(_picture, event)
    people.sort(key=lambda one: (one.name or "").casefold())

    def label(column: str, values: Sequence[str | None]) -> list[str]:
        choices = _picture.choices("invitation", column)
        return [choices.get(value, value) if value else "" for value in values]

    columns: dict[str, list[object]] = {
        "name": [p.name or "" for p in people],
        "organisation": [names.get(p.organisation or 0, "") for p in people],
        "group": [groups.get(p.guest_group, words.NO_GROUP) for p in people],
        "channel": [*label("channel", [p.channel for p in people])],
        "state": [*label("state", [p.state for p in people])],
        "answer": [*label("answer", [p.answer for p in people])],
        "companions": [str(p.companions or "") for p in people],
        "represented_by": [shown_deputy(p.represented_by) for p in people],
        "needs": [p.needs or "" for p in people],
        "mail": [p.mail or "" for p in people],
        "came": [formats.moment(p.checked_in_at) if p.checked_in_at else "" for p in people],
    }
    found = pd.DataFrame({words.COLUMN[code]: values for code, values in columns.items()})
    return found.assign(
        id=[p.id or 0 for p in people],
        contact=[contact_url(p.person, p.organisation) if _known(p) else "" for p in people],
        words=[haystack([p.name or "", names.get(p.organisation or 0, "")]) for p in people],
    )


def _known(one: Invitation) -> bool:
    return one.person is not None or one.organisation is not None
