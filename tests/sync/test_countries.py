"""Addresses abroad: a postcode of four digits keeps its digits, and the country of a column stands behind the town."""

from __future__ import annotations

import pytest

from sync.countries import add_country, lies_abroad
from sync.items import Note, Origin
from sync.normalise import read_postcode
from sync.sources.check import check_source

HERE, ELSEWHERE = Origin("liste.csv", None, 2), Origin("liste.csv", None, 3)


@pytest.mark.parametrize(("told", "town", "code", "says"), [
    ("1010", "Wien", "1010", "liegt nicht in Deutschland"),
    ("8001", "Zürich", "8001", "liegt nicht in Deutschland"),
    ("9000", "St. Gallen", "9000", "liegt nicht in Deutschland"),
    ("3100", "St. Pölten", "3100", "liegt nicht in Deutschland"),
    ("1000", "Brüssel", "1000", "liegt nicht in Deutschland"),
    ("4020.0", "Linz", "4020", "schreiben Sie das Land bitte hinter den Ort"),
    ("4616", "Weißkirchen, Österreich", "4616", "liegt nicht in Deutschland"),
    ("4616", "Weißkirchen (Österreich)", "4616", "liegt nicht in Deutschland"),
    ("1067", "Dresden", "01067", "um die führende Null ergänzt: 01067"),
    ("8239", "Bergen", "08239", "um die führende Null ergänzt: 08239"),
    ("6108", "Halle (Saale)", "06108", "um die führende Null ergänzt: 06108"),
    ("4109", "", "04109", "um die führende Null ergänzt: 04109"),
    ("01067", "Wien", "01067", ""),
    ("A-1010", "Wien", "A-1010", "keine deutsche Postleitzahl"),
])  # fmt: skip
def test_a_postcode_stays_what_its_town_says(told: str, town: str, code: str, says: str) -> None:
    read = read_postcode(told)
    values = {"postcode": read.value, "city": town, "street": "Weg 1"}
    before = Note(ELSEWHERE, "PLZ", "PLZ „1010“ um die führende Null ergänzt: 01010.")
    notes = [before, *(Note(HERE, "PLZ", text) for text in read.notes)]
    assert add_country(values, {"postcode": "PLZ", "city": "Ort"}, {"PLZ": told, "Ort": town}, notes, HERE) == set()
    assert values == {"postcode": code, "city": town, "street": "Weg 1"}
    assert notes[0] == before
    assert [says in note.text for note in notes[1:]] == ([True] if says else [])


@pytest.mark.parametrize("town", ["Wiener Neustadt", "Bergen", "Freiburg", "Halle", "", "Lindau", "Zugspitzdorf"])
def test_a_german_town_is_none_abroad(town: str) -> None:
    assert not lies_abroad(town)


LISTS = {
    "personen": "Nachname;PLZ;Ort;Land",
    "outlook_de": "Nachname;Firma;Postleitzahl privat;Ort privat;Land/Region privat",
    "outlook_en": "Last Name;Company;E-mail Address;Home Postal Code;Home City;Home Country/Region",
    "google": "Last Name;E-mail 1 - Value;Address 2 - Postal Code;Address 2 - City;Address 2 - Country",
    "thunderbird_de": "Nachname;Primäre E-Mail-Adresse;Privat: PLZ;Privat: Ort;Privat: Land",
}


@pytest.mark.parametrize(("profile", "titles"), LISTS.items(), ids=LISTS)
@pytest.mark.parametrize(
    ("code", "town", "country", "values"),
    [
        ("4616", "Weißkirchen", "Österreich", ("4616", "Weißkirchen, Österreich")),
        ("4616", "Weißkirchen", "AT", ("4616", "Weißkirchen, Österreich")),
        ("A-4616", "Weißkirchen", "Austria", ("A-4616", "Weißkirchen, Österreich")),
        ("4616", "Weißkirchen, Österreich", "Österreich", ("4616", "Weißkirchen, Österreich")),
        ("1012 AB", "Amsterdam", "Niederlande", ("1012 AB", "Amsterdam, Niederlande")),
        ("1067", "Dresden", "Deutschland", ("01067", "Dresden")),
        ("1067", "Dresden", "D", ("01067", "Dresden")),
        ("1067", "Dresden", "", ("01067", "Dresden")),
    ],
)
def test_the_country_of_a_column_is_kept_where_letters_look_for_it(
    tmp_path, profile, titles, code, town, country, values
):
    path = tmp_path / "liste.csv"
    cells = ["Müller", *[""] * (titles.count(";") - 3), code, town, country]
    path.write_text(f"{titles}\n{';'.join(cells)}\n", encoding="utf-8")
    (person,) = [item for item in check_source(path, profile).items if item.table == "person"]
    assert (person.values["postcode"], person.values["city"]) == values
    assert "note" not in person.values


def test_each_of_two_addresses_of_a_row_has_its_own_country(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(
        "Nachname;Firma;Postleitzahl geschäftlich;Ort geschäftlich;Land/Region geschäftlich;"
        "Postleitzahl privat;Ort privat;Land/Region privat\n"
        "Müller;Verein;1067;Dresden;Deutschland;4616;Weißkirchen;Österreich\n",
        encoding="utf-8",
    )
    found = {item.table: item.values for item in check_source(path, "outlook_de").items}
    assert (found["organisation"]["postcode"], found["organisation"]["city"]) == ("01067", "Dresden")
    assert (found["person"]["postcode"], found["person"]["city"]) == ("4616", "Weißkirchen, Österreich")


@pytest.mark.parametrize("told", ["Sachsen-Anhalt", "Atlantis", "Österreich / Schweiz"])
def test_what_is_no_country_stays_in_the_note(tmp_path, told):
    path = tmp_path / "liste.csv"
    path.write_text(f"Nachname;PLZ;Ort;Land\nMüller;1067;Dresden;{told}\n", encoding="utf-8")
    (person,) = check_source(path, "personen").items
    assert (person.values["city"], person.values["note"]) == ("Dresden", f"Land: {told}")
