"""A workbook that asks for more than a list needs ends its own process only, and people hear what to do."""

from __future__ import annotations

import resource

import pytest
import xlsxwriter
from workbook_parts import HEAD, workbook

from schemas.errors import SourceError
from sync.sources.opening import open_table

SHARED = "".join(
    f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ") + "</row>"
    for row in range(2, 4002)
)
MEGABYTES_OF_OURS = 200


@pytest.mark.parametrize(
    ("sheet", "strings", "said"),
    [
        (HEAD + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "", "weit unter oder rechts neben"),
        (HEAD + "<row r = '1048576'><c r = 'XFD1048576'><v>1</v></c></row>", "", "mehr Speicher oder Zeit"),
        (HEAD + SHARED, f"<si><t>{'x' * 100_000}</t></si>", "mehr Speicher oder Zeit"),
        ("<c " * 1_000_000, "", "beschädigt"),
        ("<c " + 'r="A1" ' * 1_000_000, "", "beschädigt"),
    ],
    ids=["far cell", "far cell in disguise", "one string in many cells", "open tags", "many attributes"],
)
def test_a_workbook_that_no_list_is_gets_refused_without_our_memory(tmp_path, sheet, strings, said):
    path = workbook(tmp_path / "liste.xlsx", sheet, strings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match=said) as told:
        open_table(path)
    assert told.value.hint
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES_OF_OURS * 1024


def test_a_workbook_of_many_strings_is_read(tmp_path):
    strings = "".join(f"<si><t>Zelle {number}</t></si>" for number in range(200_000))
    path = workbook(tmp_path / "liste.xlsx", HEAD + '<row r="2"><c r="A2" t="s"><v>199999</v></c></row>', strings)
    assert [dict(row.cells) for row in open_table(path).rows()] == [{"Name": "Zelle 199999"}]


def test_rows_bear_the_numbers_of_the_sheet_wherever_the_list_begins(tmp_path):
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Liste")
        for row, text in ((4, "Nachname"), (5, "Müller"), (7, "Köhler\nzwei Zeilen")):
            sheet.write_string(row, 1, text)
    found = [(row.origin.row, row.cells["Nachname"]) for row in open_table(path).rows()]
    assert found == [(6, "Müller"), (8, "Köhler\nzwei Zeilen")]
