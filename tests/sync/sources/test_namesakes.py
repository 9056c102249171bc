"""Several people of one name in one list that tells them apart by nothing but what stands beside the name."""

import pytest
from mapping_rows import mapped
from plan_world import SOURCE, World

from sync.mapping import deliver
from sync.sources.check import check_source
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile

HOME = {"Straße": "Lindenweg 3", "PLZ": "39104", "Ort": "Magdeburg"}


def people(write_list, *rows):
    """Return notes by ident, and the hints, of a list of persons with these cells beside one name."""
    titles = ["Vorname", "Nachname", "Notiz", *dict.fromkeys(title for row in rows for title in row)]
    lines = [";".join(titles)]
    for number, row in enumerate(rows, start=1):
        cells = {"Vorname": "Anna", "Nachname": "Müller", "Notiz": f"Zeile{number}", **row}
        lines.append(";".join(cells.get(title, "") for title in titles))
    report = check_source(write_list("liste.csv", "\n".join(lines)), "personen")
    told = {item.ident: str(item.values["note"]) for item in report.items}
    return told, [note.text for note in report.notes]


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        (HOME, {"Straße": "Bahnhofstr. 9", "PLZ": "39108", "Ort": "Magdeburg"}, "Anschriften"),
        (HOME, {"Straße": "Bahnhofstr. 9", "PLZ": "39104", "Ort": "Magdeburg"}, "Anschriften"),
        (HOME, {"Straße": "Lindenweg 3", "PLZ": "06108", "Ort": "Halle"}, "Anschriften"),
        ({"Ort": "Magdeburg"}, {"Ort": "Halle"}, "Anschriften"),
        ({**HOME, "Geburtsdatum": "01.02.1960"}, {**HOME, "Geburtsdatum": "03.04.1985"}, "Geburtstage"),
        ({"Geburtstag": "1960"}, {"Geburtstag": "1985"}, "Geburtstage"),
        ({"E-Mail": "m@example.org", "geb.": "1.2.60"}, {"E-Mail": "m@example.org", "geb.": "3.4.85"}, "Geburtstage"),
        ({**HOME, "Mobil": "0171 1234567"}, {**HOME, "Mobil": "0172 1234567"}, "Mobilnummern"),
        ({"Anrede": "Frau"}, {"Anrede": "Herr"}, "Anreden"),
    ],
)
def test_what_contradicts_beside_a_name_makes_two_people_whatever_the_order(write_list, one, other, what):
    forth, told = people(write_list, one, other)
    back, _ = people(write_list, other, one)
    assert len(forth) == 2
    assert forth.keys() == back.keys()
    assert not any("\n" in note and "Zeile1" in note and "Zeile2" in note for note in forth.values())
    expected = f"Mehrere Zeilen haben denselben Namen und verschiedene {what}; jede wird ein eigener Eintrag."
    assert [text.startswith(expected) for text in told] == [True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOME, {}),
        (HOME, {**HOME, "PLZ": "39140"}),
        (HOME, {**HOME, "Straße": "Lindenwg 3"}),
        (HOME, {**HOME, "Straße": "Lindenweg 3a"}),
        (HOME, {**HOME, "Ort": "Magdeburg OT Ottersleben"}),
        ({"Geburtstag": "1.2.60"}, {"Geburtstag": "01.02.1960"}),
        ({"Geburtstag": "01.02.1960"}, {"Geburtstag": "1960"}),
        ({**HOME, "Telefon": "0391 5401234"}, {"Straße": "Weg 1", "PLZ": "06108", "Telefon": "0391 5401234"}),
        ({"E-Mail": "m@example.org", **HOME}, {"E-Mail": "m@example.org", "Straße": "Weg 1", "PLZ": "06108"}),
        ({"Kennung": "7", **HOME}, {"Kennung": "7", "Straße": "Weg 1", "PLZ": "06108"}),
    ],
    ids=["nothing", "postcode", "street", "house", "part", "century", "year", "phone", "mail", "number"],
)
def test_a_slip_something_left_out_or_a_number_of_their_own_leaves_one_person(write_list, one, other):
    told, _ = people(write_list, one, other)
    assert list(told.values()) == ["Zeile1\nZeile2"] or [
        set(t.split("\n")) >= {"Zeile1", "Zeile2"} for t in told.values()
    ] == [True]


def test_a_second_row_of_one_of_two_namesakes_joins_that_one_and_a_bare_name_neither(write_list):
    other = {"Straße": "Bahnhofstr. 9", "PLZ": "39108", "Ort": "Magdeburg"}
    told, _ = people(write_list, {**HOME, "Geburtstag": "1.2.1960"}, HOME, {**other, "Geburtstag": "3.4.1985"}, {})
    assert {ident: note.split("\n")[0] for ident, note in told.items()} == {
        "anna mueller @~39104 lindenweg 3": "Zeile1",
        "anna mueller @~39108 bahnhof 9": "Zeile3",
        "anna mueller @": "Zeile4",
    }
    assert "Zeile2" in told["anna mueller @~39104 lindenweg 3"]


def test_namesakes_are_told_apart_in_a_profile_that_was_drafted():
    profile = """
title = "Test"
[[records]]
handle = "o"
table = "organisation"
ident = ["name:{Verein|key}"]
[records.columns]
name = "Verein"
[[records]]
handle = "p"
table = "person"
ident = ["{Nachname|plain} @ {@o}"]
clash = "separate"
[records.columns]
last_name = "Nachname"
city = "Ort"
"""
    rows = [{"Nachname": "Müller", "Verein": "Chor", "Ort": town} for town in ("Halle", "Ulm")]
    idents = [item.ident for item in mapped(profile, *rows).items if item.table == "person"]
    assert idents == ["mueller @ name:chor~halle", "mueller @ name:chor~ulm"]


def bring(world, write_list, *rows):
    """Bring a list of persons with these rows into a world, and return who stands in which row."""
    lines = ["Vorname;Nachname;Straße;PLZ;Notiz", *(";".join(["Anna", "Müller", *row]) for row in rows)]
    profile = load_profile("personen")
    world.bring(deliver(profile, SOURCE, open_source(write_list("liste.csv", "\n".join(lines)), profile)))
    return {row.id: (row.street, row.note, row.vanished_since is not None) for row in world.of("person")}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_namesake_that_comes_later_leaves_the_first_one_in_her_row(write_list, order):
    people = (("Lindenweg 3", "39104", "backt"), ("Bahnhofstr. 9", "39108", "radelt"))
    world = World()
    first = bring(world, write_list, people[0])
    assert first == {1: ("Lindenweg 3", "backt", False)}
    both = {**first, 2: ("Bahnhofstr. 9", "radelt", False)}
    assert bring(world, write_list, *(people[at] for at in order)) == both
    assert bring(world, write_list, *(people[at] for at in order[::-1])) == both
    assert bring(world, write_list, people[0], people[1]) == both
