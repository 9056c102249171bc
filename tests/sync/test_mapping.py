import datetime as dt
from collections import Counter

import pytest
from mapping_rows import ORGANISATION, Rows, mapped

from schemas.errors import SourceError
from sync.items import LinkRef
from sync.mapping import deliver, deliver_parts
from sync.sources.opening import open_source
from sync.sources.profile_files import parse_profile


def only(delivery):
    (item,) = delivery.items
    return item


def test_a_row_becomes_an_item_and_what_nobody_takes_goes_to_the_note():
    delivery = mapped(ORGANISATION, {"ID": "7", "Name": " Ein  Verein ", "Farbe": "blau", "Leer": ""})
    item = only(delivery)
    assert (item.table, item.ident, item.origin.row) == ("organisation", "7", 2)
    assert item.values == {"name": "Ein Verein", "note": "Farbe: blau"}
    assert (delivery.rejected, delivery.notes, delivery.rows) == ((), (), 1)


def test_a_row_without_id_gets_its_ident_from_the_name():
    assert only(mapped(ORGANISATION, {"ID": "", "Name": "Beispiel e. V."})).ident == "name:beispiel"


def test_two_phones_in_one_cell_a_bad_mail_and_a_lost_zero_survive_visibly():
    row = {"Name": "A", "PLZ": "1067", "Telefon": "0391 5401234 oder 0172 1234567", "E-Mail": "nicht da"}
    delivery = mapped(ORGANISATION, row)
    item = only(delivery)
    assert item.values["postcode"] == "01067"
    assert (item.values["phone"], item.values["phone2"]) == ("+49 391 5401234", "+49 172 1234567")
    assert item.values["mail"] == "nicht da"
    assert {n.column for n in delivery.notes} == {"PLZ", "Telefon", "E-Mail"}


def test_a_third_number_and_a_second_source_column_are_kept_in_the_note():
    row = {"Name": "A", "Telefon": "0391 5401234; 0391 5401235; 0391 5401236", "Tel.": "0391 5401237"}
    assert only(mapped(ORGANISATION, row)).values["note"] == "Telefon: +49 391 5401236\nTel.: 0391 5401237"


def test_a_bad_date_is_listed_and_its_text_kept():
    delivery = mapped(ORGANISATION, {"Name": "A", "Seit": "Ende der 90er"})
    (rejected,) = delivery.rejected
    assert (rejected.column, rejected.value, rejected.origin.row) == ("Seit", "Ende der 90er", 2)
    assert only(delivery).values == {"name": "A", "note": "Seit: Ende der 90er"}


def test_unmapped_categories_go_to_the_keywords():
    values = only(mapped(ORGANISATION, {"Name": "A", "Kategorien": "Sport|Raumfahrt|Bildung & Lernen"})).values
    assert values["engagement_fields"] == ("sport", "bildung")
    assert values["keywords"] == "Raumfahrt"


def test_a_row_without_name_is_rejected_with_what_to_do():
    delivery = mapped(ORGANISATION, {"ID": "1", "Name": "A"}, {"ID": "2", "Name": "", "Ort": "Ulm"})
    (rejected,) = delivery.rejected
    assert [i.ident for i in delivery.items] == ["1"]
    assert (rejected.origin.row, rejected.column) == (3, "Name")
    assert "fehlt" in rejected.reason
    assert "Spalte Name" in rejected.hint


def test_the_same_thing_twice_is_put_together_first_value_first():
    delivery = mapped(
        ORGANISATION,
        {"ID": "1", "Name": "Verein", "Kategorien": "Sport", "Farbe": "blau", "Seit": "01.02.2003"},
        {"ID": "1", "Name": "Verein e.V.", "Telefon": "0391 5401234", "Kategorien": "Kultur", "Farbe": "rot"},
    )
    values = only(delivery).values
    assert (values["name"], values["phone"]) == ("Verein", "+49 391 5401234")
    assert values["engagement_fields"] == ("sport", "kultur")
    assert values["note"] == "Farbe: blau\nFarbe: rot"
    assert values["active_from"] == dt.date(2003, 2, 1)
    assert "Zeile 2" in delivery.notes[0].text
    assert delivery.rejected == ()


def test_a_different_value_for_the_same_thing_is_noted_and_addresses_are_not_mixed():
    delivery = mapped(
        ORGANISATION,
        {"ID": "1", "Name": "Verein", "Straße": "Weg 1"},
        {"ID": "1", "Name": "Verein", "Straße": "Gasse 2", "Ort": "Ulm"},
    )
    assert only(delivery).values == {"name": "Verein", "street": "Weg 1"}
    texts = " ".join(n.text for n in delivery.notes)
    assert "Gasse 2" in texts
    assert "Ulm" in texts


def test_one_ident_for_two_different_things_is_rejected_naming_both_rows():
    delivery = mapped(ORGANISATION, {"ID": "1", "Name": "Ruderclub"}, {"ID": "1", "Name": "Stadtbibliothek"})
    (rejected,) = delivery.rejected
    assert only(delivery).values["name"] == "Ruderclub"
    assert rejected.origin.row == 3
    assert "Zeile 2" in rejected.reason
    assert "Ruderclub" in rejected.reason


def test_separate_keeps_both_whatever_the_order_of_the_rows():
    profile = ORGANISATION.replace('required = ["name"]', 'required = ["name"]\nclash = "separate"')
    rows = [{"ID": "1", "Name": "Ruderclub"}, {"ID": "1", "Name": "Bibliothek"}, {"ID": "2", "Name": "Chor"}]
    forth, back = mapped(profile, *rows), mapped(profile, *reversed(rows))
    assert {i.ident for i in forth.items} == {"1~ruderclub", "1~bibliothek", "2"}
    assert {(i.ident, i.values["name"]) for i in forth.items} == {(i.ident, i.values["name"]) for i in back.items}
    assert len(forth.notes) == 2


def test_a_row_without_id_joins_the_one_organisation_of_that_name():
    delivery = mapped(ORGANISATION, {"ID": "", "Name": "Chor e.V.", "Ort": "Ulm"}, {"ID": "5", "Name": "Chor e. V."})
    assert only(delivery).ident == "5"
    assert only(delivery).values["city"] == "Ulm"
    assert "Ohne Kennung" in delivery.notes[-1].text


def test_a_row_without_id_stays_alone_when_the_address_differs():
    delivery = mapped(
        ORGANISATION, {"ID": "", "Name": "Chor eV", "Straße": "Weg 1"}, {"ID": "5", "Name": "Chor", "Straße": "Gasse 2"}
    )
    assert {i.ident for i in delivery.items} == {"name:chor", "5"}


PEOPLE = """
title = "Test"
[[records]]
handle = "p"
table = "person"
ident = ["{Nachname|plain}"]
required = ["last_name"]
[records.columns]
last_name = "Nachname"
first_name = "Vorname"
[[records]]
handle = "o"
table = "organisation"
ident = ["name:{Verein|key}"]
when = [{ column = "Verein", filled = true }]
repeats = "silent"
[records.columns]
name = "Verein"
[[records]]
handle = "f"
table = "function"
ident = ["{@p} @ {@o}"]
required = ["person", "organisation"]
[records.columns]
name = "Funktion"
[records.constants]
kind = "mitarbeit"
[records.links]
person = "p"
organisation = "o"
"""


@pytest.mark.parametrize("surname", ["NA", "None", "null"])
def test_surnames_that_look_like_nothing_survive(surname):
    assert mapped(PEOPLE, {"Nachname": surname}).items[0].values["last_name"] == surname


def test_person_organisation_and_function_of_one_row_are_linked_in_table_order():
    delivery = mapped(PEOPLE, {"Nachname": "Beispiel", "Verein": "Chor", "Funktion": "Leitung"})
    assert [i.table for i in delivery.items] == ["organisation", "person", "function"]
    assert delivery.items[2].links == {
        "person": LinkRef("person", "beispiel"),
        "organisation": LinkRef("organisation", "name:chor"),
    }


def test_without_organisation_there_is_no_function_and_no_complaint():
    delivery = mapped(PEOPLE, {"Nachname": "Beispiel", "Verein": "", "Funktion": "x"})
    assert [i.table for i in delivery.items] == ["person"]
    assert delivery.rejected == ()


def test_a_function_never_hangs_on_a_person_that_was_rejected():
    delivery = mapped(
        PEOPLE,
        {"Nachname": "Beispiel", "Vorname": "Ada", "Verein": "Chor"},
        {"Nachname": "Beispiel", "Vorname": "Maximilian", "Verein": "Ruderclub"},
    )
    assert Counter(i.table for i in delivery.items) == {"organisation": 2, "person": 1, "function": 1}
    assert len(delivery.rejected) == 1


EACH = """
title = "Test"
[[records]]
handle = "o"
table = "organisation"
ident = ["{Name|key}"]
[records.columns]
name = "Name"
[[records]]
handle = "a"
table = "organisation"
for_each = { column = "Ämter", item = '^(?P<amt>[A-Za-z ]+?)\\s*\\((?P<jahr>\\d{4})\\)$' }
ident = ["amt:{amt|key}"]
repeats = "silent"
[records.columns]
name = "amt"
[[records]]
handle = "r"
table = "relationship"
for_each = { column = "Ämter", item = '^(?P<amt>[A-Za-z ]+?)\\s*\\((?P<jahr>\\d{4})\\)$' }
ident = ["{@o} / {@a}"]
[records.columns]
last_year = { from = "jahr", as = "year" }
[records.links]
organisation = "o"
department = "a"
"""


def test_each_entry_of_a_list_column_becomes_a_relationship():
    delivery = mapped(EACH, {"Name": "Chor", "Ämter": "Amt Nord (2016)|Amt Ost (2017)|"})
    relations = [i for i in delivery.items if i.table == "relationship"]
    assert [(i.links["department"].ident, i.values["last_year"]) for i in relations] == [
        ("amt:amt nord", 2016),
        ("amt:amt ost", 2017),
    ]


def test_an_entry_of_another_form_is_listed_and_kept():
    delivery = mapped(EACH, {"Name": "Chor", "Ämter": "Amt 7!"})
    assert "Amt 7!" in {r.value for r in delivery.rejected}
    assert delivery.items[0].values["note"] == "Ämter: Amt 7!"


PARENT = """
title = "Test"
[[records]]
handle = "o"
table = "organisation"
ident = ["{id}"]
[records.columns]
name = "name"
[records.links]
parent = { table = "organisation", ident = ["{oben}"] }
"""


def test_a_link_forward_in_the_list_holds_and_one_to_nowhere_is_noted():
    delivery = mapped(
        PARENT,
        {"id": "1", "name": "Amt", "oben": "2"},
        {"id": "2", "name": "Dezernat", "oben": "9"},
        {"id": "3", "name": "Selbst", "oben": "3"},
    )
    first, second, third = delivery.items
    assert first.links == {"parent": LinkRef("organisation", "2")}
    assert "note" not in first.values
    assert second.links == third.links == {}
    assert second.values["note"] == "Übergeordnet laut Quelle: 9"
    assert "kommt in der Liste nicht vor" in delivery.notes[0].text


def test_skipped_rows_are_listed_with_their_reason():
    profile = '[[skip]]\nwhen = [{ column = "weg", matches = "^ja$" }]\nreason = "Gelöscht."\n'
    delivery = mapped(
        f'title = "T"\n{profile}{PARENT.split("title = ", 1)[1].split(chr(10), 1)[1]}', {"id": "1", "weg": "ja"}
    )
    assert [n.text for n in delivery.notes] == ["Gelöscht. Das ist so vorgesehen."]
    assert (delivery.rejected, delivery.unread) == ((), ())


def test_a_list_with_titles_only_is_refused():
    with pytest.raises(SourceError, match="nur Spaltentitel"):
        mapped(ORGANISATION)


def test_lists_of_one_source_find_each_other():
    people, organisations = parse_profile(PEOPLE, "p"), parse_profile(ORGANISATION, "o")
    delivery = deliver_parts(
        "eigene",
        (
            (organisations, Rows({"Name": "Chor e.V.", "Ort": "Ulm"}, name="o.csv")),
            (people, Rows({"Nachname": "Beispiel", "Verein": "Chor eV"}, name="p.csv")),
        ),
    )
    assert Counter(i.table for i in delivery.items) == {"organisation": 1, "person": 1, "function": 1}
    assert delivery.rows == 2


def test_two_deliveries_of_one_list_are_the_same():
    rows = [{"ID": "1", "Name": "A", "Farbe": "x"}, {"ID": "", "Name": "B"}]
    assert mapped(ORGANISATION, *rows) == mapped(ORGANISATION, *rows)


def test_a_profile_says_how_its_fields_are_merged(tmp_path):
    profile = parse_profile(
        """
format = 1
title = "Versuch"
[[records]]
handle = "org"
table = "organisation"
ident = ["{Nr}"]
[records.columns]
name = "Name"
phone = "Telefon"
[records.modes]
phone = "fill"
name = "staff"
""",
        "versuch",
    )
    path = tmp_path / "l.csv"
    path.write_text("Nr;Name;Telefon\n1;Tafel;0391 1\n", encoding="utf-8")

    delivered = deliver(profile, "l", open_source(path, profile))

    assert delivered.modes == {"organisation": {"phone": "fill", "name": "staff"}}
