"""Every Excel file prints on A4 with its head on each page, and no cell of it runs."""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from automations.documents.spreadsheet import Way, table_file

ROOT = Path(__file__).parents[3]


def setup_of(made: bytes) -> tuple[str, dict[str, str], str]:
    """Return the sheet, its page setup and the names that are printed on each page."""
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
        book = folder.read("xl/workbook.xml").decode()
    found = re.search("<pageSetup (.*?)/>", sheet)
    titles = re.search('name="_xlnm.Print_Titles"[^>]*>(.*?)<', book)
    return sheet, dict(re.findall(r'(\w+)="(.*?)"', found[1] if found else "")), titles[1] if titles else ""


@pytest.mark.parametrize(
    ("widths", "orientation", "across", "repeated"),
    [((20, 20), "portrait", None, "Liste!$1:$1"), ((40, 40, 40), "landscape", None, "Liste!$1:$1"),
     ((20,) * 30, "landscape", "3", "Liste!$A:$A,Liste!$1:$1")],
)  # fmt: skip
def test_a_table_prints_on_a4_as_wide_as_it_is_with_its_head_on_every_page(widths, orientation, across, repeated):
    rows = [["x"] * len(widths)] * 300
    sheet, setup, titles = setup_of(table_file("Liste", ["Kopf"] * len(widths), rows, widths, kept=1))

    assert "<pageSetUpPr fitToPage=" in sheet
    assert (setup["paperSize"], setup["orientation"], setup.get("fitToHeight")) == ("9", orientation, "0")
    assert setup.get("fitToWidth") == across
    assert titles == repeated


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("0391 123456", "0391 123456"), ("=1+1", "'=1+1"), (7, 7), (dt.date(2027, 5, 6), dt.date(2027, 5, 6)), (None, ""),
     (Way("", "öffnen"), ""), (Way("https://base.example/1", "öffnen"), "öffnen")],
)  # fmt: skip
def test_a_cell_arrives_as_what_it_is(cell, expected):
    made = table_file("Liste: [alle]", ["A", "B"], [["fest", cell]])
    ((name,), rows) = (book := CalamineWorkbook.from_filelike(io.BytesIO(made))).sheet_names, book.get_sheet_by_index(0)

    assert name == "Liste alle"
    read = rows.to_python()[1]
    assert [*read, ""][1] == expected


def test_a_number_of_a_phone_stays_text_when_somebody_types_it_again():
    made = table_file("Liste", ["Telefon"], [["0391 1"]])
    style = re.search(r'<c r="A2" s="(\d+)"', setup_of(made)[0])
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        styles = folder.read("xl/styles.xml").decode()
    used = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])[int(style[1])]
    assert dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="(.*?)"', styles))[used] == "@"


def test_a_table_without_rows_is_a_head_that_prints():
    made = table_file("Liste", ["A"], [])
    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python() == [["A"]]
    assert setup_of(made)[2] == "Liste!$1:$1"


@pytest.mark.parametrize(
    ("text", "points"),
    [("kurz", None), ("Verein zur Förderung der Nachbarschaft", "30"), ("eins\nzwei\ndrei", "45"), ("x" * 45, "60"),
     ("李小龍李小龍李小龍李小龍", "45"), ("lang " * 900, "408.75"), (4711, None), (dt.date(2027, 5, 6), None)],
)  # fmt: skip
def test_a_row_is_as_tall_as_its_longest_text_so_that_nothing_prints_over_the_next(text, points):
    sheet, *_ = setup_of(table_file("Liste", ["A", "B"], [["x", text], ["x", "y"]], (20, 20)))

    heights = [dict(re.findall(r'(\w+)="(.*?)"', row)).get("ht") for row in re.findall("<row (.*?)>", sheet)]
    assert heights == [None, points, None]


def test_nobody_makes_excel_files_in_a_way_of_their_own():
    makers = [
        str(file.relative_to(ROOT))
        for floor in ("schemas", "sync", "automations", "streamlit_app", "kontaktnetz")
        for file in (ROOT / floor).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(name.name == "xlsxwriter" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "xlsxwriter")
    ]  # fmt: skip
    assert set(makers) == {"automations/documents/spreadsheet.py"}
