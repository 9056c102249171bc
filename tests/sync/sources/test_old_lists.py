"""Lists as programs of DOS and sorted tables write them."""

from __future__ import annotations

import pytest

from sync.mapping import deliver
from sync.sources.csv_list import CsvList
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile


@pytest.mark.parametrize("end", ["\x1a", "\x1a\r\n", ""])
def test_the_sign_that_ends_a_file_of_dos_is_no_row(tmp_path, end):
    path = tmp_path / "liste.csv"
    path.write_bytes(f"Nachname;Vorname\r\nMüller;Ada\r\nKöhler;Bernd\r\n{end}".encode("cp850"))
    assert [dict(row.cells) for row in CsvList(path).rows()] == [
        {"Nachname": "Müller", "Vorname": "Ada"},
        {"Nachname": "Köhler", "Vorname": "Bernd"},
    ]


@pytest.mark.parametrize("title", ["Name, Vorname", "Nachname, Vorname"])
def test_one_column_of_last_and_first_name_is_read_in_its_order(tmp_path, title):
    path = tmp_path / "liste.csv"
    path.write_text(f"{title};E-Mail\nKrüger, Ada;ada@x.example\nHeide, Bernd von der;\n", encoding="utf-8")
    profile = load_profile("personen")
    found = deliver(profile, "liste", open_source(path, profile)).items
    names = {(i.values.get("first_name"), i.values.get("last_name")) for i in found if i.table == "person"}
    assert names == {("Ada", "Krüger"), ("Bernd", "von der Heide")}
