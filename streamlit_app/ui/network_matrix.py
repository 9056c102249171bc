"""Departments by organisations as a table: who is in contact with whom, and where the gaps are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from automations.documents.spreadsheet import MIME, table_file
from streamlit_app.data import Picture
from streamlit_app.frames.network import Cell, departments_of
from streamlit_app.ui import formats, texts
from streamlit_app.ui import relation_texts as words

MOST_DEPARTMENTS = 12
PER_PAGE = 60


def show(picture: Picture) -> None:
    """Show the figures, the filter and one page of the table."""
    cells = picture.matrix()
    if not cells:
        st.info(words.MATRIX_NONE, icon=":material/lightbulb:")
        return
    by_organisation = departments_of(cells)
    one = [row for row, departments in by_organisation.items() if len(departments) == 1]
    counts: dict[int, int] = {}
    for cell in cells:
        counts[cell.department] = counts.get(cell.department, 0) + 1
    numbers = {"bodies": len(by_organisation), "departments": len(counts), "one": len(one)}
    st.markdown(words.MATRIX_FIGURES.format(**{name: formats.number(count) for name, count in numbers.items()}))
    with st.container(horizontal=True, vertical_alignment="center"):
        only_one = st.toggle(words.MATRIX_ONLY_ONE, key="netz_nur_eins")
        st.download_button(
            texts.EXPORT, data=lambda: workbook(picture, cells), mime=MIME, icon=":material/download:",
            file_name=words.MATRIX_FILE.format(day=picture.today.isoformat()), key="netz_excel", on_click="ignore",
        )  # fmt: skip
    names = picture.names("organisation")
    rows = sorted(one if only_one else by_organisation, key=lambda row: names.get(row, "").casefold())
    pages = -(-len(rows) // PER_PAGE)
    at = st.pagination(pages, key=f"netz_seite_{only_one}", max_visible_pages=7) if pages > 1 else 1
    page = rows[(at - 1) * PER_PAGE : at * PER_PAGE]
    wanted = set(page)
    said = {(c.organisation, c.department): _said(c) for c in cells if c.organisation in wanted}
    used = {department for _, department in said}
    departments = sorted(used, key=lambda row: (-counts[row], names.get(row, "")))[:MOST_DEPARTMENTS]
    table = pd.DataFrame({words.RISK_COLUMNS["organisation"]: [names.get(row, "") for row in page]})
    table[words.RISK_COLUMNS["open"]] = [f"/kontakte?eintrag=o{row}" for row in page]
    for department in departments:
        title = _title(picture, names, department)
        table[title] = [said.get((row, department), "") for row in page]
    st.dataframe(
        table, hide_index=True, height=min(38 * (len(table) + 1), 640), alt=words.MATRIX_ALT,
        column_config={
            words.RISK_COLUMNS["organisation"]: st.column_config.TextColumn(pinned=True, width="medium"),
            words.RISK_COLUMNS["open"]: st.column_config.LinkColumn(display_text=texts.SHOW, width="small"),
        }, placeholder="",
    )  # fmt: skip
    if len(used) > MOST_DEPARTMENTS:
        st.caption(words.MATRIX_CAPPED.format(shown=MOST_DEPARTMENTS))


def _title(picture: Picture, names: dict[int, str], department: int) -> str:
    """Return the name of a department, with the names it had before."""
    former = [names[row] for row in picture.former_names().get(department, ()) if names.get(row)]
    name = names.get(department, "") or words.WITHOUT
    return words.FORMERLY.format(name=name, former=", ".join(former)) if former else name


def workbook(picture: Picture, cells: list[Cell]) -> bytes:
    """Return the whole matrix as an Excel file."""
    names = picture.names("organisation")
    departments = sorted({c.department for c in cells}, key=lambda row: names.get(row, ""))
    rows = sorted({c.organisation for c in cells}, key=lambda row: names.get(row, "").casefold())
    said = {(c.organisation, c.department): _said(c) for c in cells}
    columns = [words.RISK_COLUMNS["organisation"], *(_title(picture, names, row) for row in departments)]
    lines = ([names.get(row, ""), *(said.get((row, one), "") for one in departments)] for row in rows)
    return table_file(words.MATRIX_SHEET, columns, lines, (44, *[14] * len(departments)), kept=1)


def _said(cell: Cell) -> str:
    if cell.year:
        return str(cell.year)
    return words.SINCE.format(day=formats.date(cell.since)) if cell.since else words.MATRIX_YES
