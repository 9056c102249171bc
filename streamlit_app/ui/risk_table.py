"""What hangs on one person as a table, with a way to each row, and the Excel file of all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
import streamlit as st

from automations.documents.spreadsheet import MIME, Way, table_file
from schemas.contacts.rules.key_persons import Hanging, Risk
from streamlit_app.data import RELATED, Picture
from streamlit_app.frames import key_persons
from streamlit_app.ui import formats, texts
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.rows import MOST_ROWS

_COLUMNS = {
    Risk.ONE_OF_US: ("organisation", "member"),
    Risk.ONE_OF_THEM: ("organisation", "person", "second"),
    Risk.ONE_IN_DEPARTMENT: ("organisation", "person", "second"),
    Risk.NOBODY_NAMED: ("organisation", "second"),
    Risk.HOLDER_LEAVES: ("organisation", "office", "person"),
    Risk.OFFICE_WITHOUT_HOLDER: ("organisation", "office"),
}


def show(picture: Picture, risk: Risk, found: Sequence[Hanging]) -> None:
    """Show the findings of one risk."""
    st.download_button(
        texts.EXPORT, data=lambda: workbook(picture, risk, found), mime=MIME, icon=":material/download:",
        file_name=words.RISK_FILE.format(name=risk.value, day=picture.today.isoformat()),
        key=f"schluessel_excel_{risk.value}", on_click="ignore",
    )  # fmt: skip
    shown = _shown(picture.version(*RELATED), picture.today, risk, picture, found[:MOST_ROWS])
    st.dataframe(
        shown,
        hide_index=True,
        height=min(38 * (len(shown) + 1), 560),
        alt=words.RISKS[risk][0],
        column_config={
            words.RISK_COLUMNS["open"]: st.column_config.LinkColumn(display_text=texts.SHOW, width="small"),
            words.RISK_COLUMNS["link"]: st.column_config.LinkColumn(display_text=texts.OPEN_ROW, width="small"),
        },
        placeholder="",
    )
    if len(found) > MOST_ROWS:
        st.caption(words.RISK_CAPPED.format(shown=MOST_ROWS, total=formats.number(len(found))))


@st.cache_resource(max_entries=12, show_spinner=False)
def _shown(version: str, today: dt.date, risk: Risk, _picture: Picture, _found: Sequence[Hanging]) -> pd.DataFrame:
    rows = list(_rows(_picture, risk, _found))
    shown = pd.DataFrame(rows, columns=[words.RISK_COLUMNS[c] for c in _COLUMNS[risk]])
    ways = [f"/kontakte?eintrag=o{one.organisation}" for one in _found]
    shown.insert(1, words.RISK_COLUMNS["open"], ways)  # near the name: on a tablet the last columns are out of sight
    shown[words.RISK_COLUMNS["link"]] = [_picture.row_url("organisation", one.organisation) for one in _found]
    return shown


def workbook(picture: Picture, risk: Risk, found: Sequence[Hanging]) -> bytes:
    """Return the findings as an Excel file with German headings and a link to every row."""
    columns = [*(words.RISK_COLUMNS[c] for c in _COLUMNS[risk]), words.RISK_COLUMNS["link"]]
    rows: Iterable[tuple[str | Way, ...]] = (
        (*cells, Way(picture.row_url("organisation", one.organisation), texts.OPEN_ROW))
        for one, cells in zip(found, _rows(picture, risk, found), strict=True)
    )
    return table_file(words.RISKS[risk][0], columns, rows, [36] * (len(columns) - 1), kept=1)


def _rows(picture: Picture, risk: Risk, found: Sequence[Hanging]) -> Iterator[list[str]]:
    names = {code: picture.names(code) for code in ("organisation", "person", "team_member", "office")}
    for one in found:
        cells = {
            "organisation": names["organisation"].get(one.organisation, ""),
            "person": names["person"].get(one.person or 0, ""),
            "member": names["team_member"].get(one.team_member or 0, ""),
            "office": names["office"].get(one.office or 0, ""),
        }
        if "second" in _COLUMNS[risk]:
            cells["second"] = _second(picture, one)
        yield [cells[column] for column in _COLUMNS[risk]]


def _second(picture: Picture, one: Hanging) -> str:
    """Return the next best second contact in words; who the relationship hangs on is none."""
    nearest = [c for c in key_persons.candidates(picture.persons(), one.organisation) if c.row != one.person]
    if not nearest:
        return words.SECOND_NONE
    candidate = nearest[0]
    name = picture.names("person").get(candidate.row, "")
    if candidate.via is None:
        return words.SECOND_NEAR.format(name=name)
    return words.SECOND_FAR.format(name=name, via=picture.names(candidate.via[0]).get(candidate.via[1], ""))
