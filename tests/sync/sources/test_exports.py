"""Lists as other programs and people by hand write them: signs, shifted rows, wishes, fax numbers, labels."""

import pytest

from sync.sources.check import check_source


def notes_of(report):
    return [(note.origin.row, note.column, note.text) for note in report.notes]


@pytest.mark.parametrize("sign", ["dito", "Dto.", "wie oben", "″", "''", "ditto"])
def test_a_ditto_mark_is_what_the_cell_above_says_and_told(write_list, sign):
    rows = f"Organisation;Straße;PLZ\nVerein A;Weg 1;39104\nVerein B;{sign};39108\nVerein C;{sign};39108\n"
    report = check_source(write_list("o.csv", rows), "organisationen")
    assert [item.values["street"] for item in report.items] == ["Weg 1"] * 3
    told = f"„{sign}“ als „Weg 1“ aus der Zeile darüber gelesen."
    assert notes_of(report) == [(3, "Straße", told), (4, "Straße", told)]


def test_a_ditto_mark_below_nothing_is_nothing_and_told(write_list):
    report = check_source(write_list("o.csv", "Organisation;Ort\nVerein A;\nVerein B;dito\n"), "organisationen")
    assert ["city" in item.values for item in report.items] == [False, False]
    assert [(row, column) for row, column, _ in notes_of(report)] == [(3, "Ort")]


@pytest.mark.parametrize("error", ["#WERT!", "#NV", "#NAME?", "#BEZUG!", "#DIV/0!", "#N/A", "#REF!", "#######"])
def test_an_error_of_excel_is_no_value_and_told(write_list, error):
    report = check_source(
        write_list("o.csv", f"Organisation;Ort;Telefon\nVerein A;{error};{error}\n"), "organisationen"
    )
    assert set(report.items[0].values) == {"name", "kind"}
    assert [(column, "Fehler aus Excel" in text) for _, column, text in notes_of(report)] == [
        ("Ort", True),
        ("Telefon", True),
    ]


def test_a_row_with_more_cells_than_titles_is_told_and_blank_ends_are_not(write_list):
    rows = "Organisation;Straße;PLZ;\nVerein A;Weg; 3;39104;Ort\nVerein B;Weg 4;39104;\nVerein C;Weg 5;39104;;;\n"
    report = check_source(write_list("o.csv", rows), "organisationen")
    assert [row for row, _, text in notes_of(report) if "mehr Zellen" in text] == [2]


@pytest.mark.parametrize(
    ("title", "text", "ticked"),
    [
        ("Keine E-Mails", "1", True), ("Do Not Email", "0", False), ("No Bulk Emails (User Opt Out)", "1", True),
        ("Ist verstorben", "Ja", True), ("Verstorben am", "05.01.2024", True), ("Verstorben", "Nein", False),
        ("Kein Newsletter", "x", True), ("Do Not Mail", "Yes", True),
    ],
)  # fmt: skip
def test_wishes_and_deaths_in_words_of_other_programs_end_the_writing(write_list, title, text, ticked):
    rows = f"Nachname;E-Mail;Nicht anschreiben;{title}\nMüller;a@x.example;Nein;{text}\n"
    (person,) = check_source(write_list("p.csv", rows), "personen").items
    assert bool(person.values.get("do_not_contact")) is ticked
    assert (text in str(person.values.get("note"))) is ticked


@pytest.mark.parametrize("label", ["Work Fax", "Home Fax", "Fax"])
def test_a_fax_in_a_list_of_google_is_no_telephone(write_list, label):
    phones = "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value"
    rows = [
        f"First Name,Last Name,Organization Name,E-mail 1 - Value,{phones}",
        f"Ada,Müller,,a@x.example,{label},0391 5401299,Work,0391 5401234",
        f",,Chor,c@x.example,{label},0391 5401298,,",
    ]
    body, person = check_source(write_list("g.csv", "\n".join(rows)), "google").items
    assert (person.values["phone"], person.values["note"]) == ("+49 391 5401234", "Fax: 0391 5401299")
    assert ("phone" in body.values, body.values["note"]) == (False, "Fax: 0391 5401298")


@pytest.mark.parametrize(
    ("label", "column"), [("J Handy", "mobile"), ("Notfall-Mobilnummer", "mobile"), ("Laube", "phone")]
)
def test_a_number_with_a_label_of_ones_own_is_a_number_and_its_label_is_kept(tmp_path, label, column):
    path = tmp_path / "a.vcf"
    path.write_text(
        f"BEGIN:VCARD\nVERSION:3.0\nN:Müller;Ada;;;\nFN:Ada Müller\nitem1.TEL:0391 5401234\n"
        f"item1.X-ABLabel:{label}\nEND:VCARD\n",
        encoding="utf-8",
    )
    (person,) = check_source(path, "vcard").items
    assert person.values[column] == "+49 391 5401234"
    assert label in str(person.values["note"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("MÜLLER Hans", "Hans", "MÜLLER"),
        ("MÜLLER-LÜDENSCHEIDT Hans Peter", "Hans Peter", "MÜLLER-LÜDENSCHEIDT"),
        ("Hans MÜLLER", "Hans", "MÜLLER"),
        ("HANS MÜLLER", "HANS", "MÜLLER"),
        ("Hans Müller", "Hans", "Müller"),
    ],
)
def test_a_surname_in_capitals_in_front_is_the_surname(write_list, text, first, last):
    report = check_source(write_list("p.csv", f"Name;E-Mail\n{text};a@x.example\n"), "personen")
    (person,) = report.items
    assert (person.values["first_name"], person.values["last_name"]) == (first, last)
    assert bool(report.notes) == (text.startswith("MÜLLER"))
