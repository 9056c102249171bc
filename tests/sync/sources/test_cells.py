"""What single cells of a list become: nothing that a person wrote is changed or dropped without a word."""

from __future__ import annotations

import csv
import io

import pytest

from sync.sources.check import check_source


@pytest.fixture
def read(write_list):
    """Return the one row of a table that a line of cells becomes."""

    def read(profile, table, **cells):
        text = io.StringIO()
        writer = csv.DictWriter(text, list(cells), delimiter=";")
        writer.writeheader()
        writer.writerow(cells)
        told = check_source(write_list("liste.csv", text.getvalue()), profile).as_json()
        return next(item for item in told["items"] if item["table"] == table)

    return read


@pytest.mark.parametrize(
    ("told", "ticked", "in_note"),
    [
        ("ja", True, False),
        ("x", True, False),
        ("nein", False, False),
        ("-", False, False),
        ("", False, False),
        ("ja, seit 2024", True, True),
        ("Widerruf 01.02.2025", True, True),
        ("bitte nicht", True, True),
        ("keine", True, True),
        ("gesperrt", True, True),
    ],
)
@pytest.mark.parametrize(("column", "code"), [("Nicht anschreiben", "do_not_contact")])
def test_whatever_is_no_plain_no_is_a_wish_to_be_left_alone(read, column, code, told, ticked, in_note):
    row = read("personen", "person", Vorname="Ada", Nachname="Neu", **{column: told})
    assert row["values"].get(code, False) is ticked
    assert (row["values"].get("note") == f"{column}: {told}") is in_note
    assert bool(row["hints"]) is in_note


@pytest.mark.parametrize(
    "nothing", ["k. A.", "k.A.", "n/a", "NULL", "None", "-", "--", "–", "keine", "keine Angabe", "./."]
)
def test_words_for_nothing_are_no_value(read, nothing):
    row = read("organisationen", "organisation", Organisation="Chor", PLZ=nothing, Ort=nothing, Telefon=nothing,
               **{"E-Mail": nothing, "Webseite": nothing, "Straße": nothing})  # fmt: skip
    assert (row["values"], row["hints"]) == ({"name": "Chor"}, [])


@pytest.mark.parametrize("name", ["Null", "None", "Keine", "Nan", "Na"])
def test_who_is_called_so_keeps_the_name(read, name):
    assert read("personen", "person", Vorname="Ada", Nachname=name)["values"]["last_name"] == name


def test_what_stands_beside_a_number_and_a_mail_goes_into_the_note(read):
    row = read("personen", "person", Vorname="Ada", Nachname="Neu", Telefon="0391 5401234 ab 18 Uhr",
               **{"E-Mail": "Ada Neu <ada@example.org>"})  # fmt: skip
    values = row["values"]
    assert (values["phone"], values["mail"]) == ("+49 391 5401234", "ada@example.org")
    assert set(values["note"].split("\n")) == {
        "Telefon: 0391 5401234 ab 18 Uhr", "E-Mail: Ada Neu <ada@example.org>",
    }  # fmt: skip
    assert {hint["column"] for hint in row["hints"]} == {"Telefon", "E-Mail"}


@pytest.mark.parametrize(
    ("first", "last", "values"),
    [
        ("Dr. Ada", "Probe", ("Dr.", "Ada", "Probe")),
        ("Ada", "Dr. Probe", ("Dr.", "Ada", "Probe")),
        ("Prof. Dr. Ada", "von Probe", ("Prof. Dr.", "Ada", "von Probe")),
        ("Ada", "Pfarrer", (None, "Ada", "Pfarrer")),
        ("", "Probe, Ada von", (None, "Ada", "von Probe")),
    ],
)
def test_titles_go_where_titles_stand(read, first, last, values):
    found = read("personen", "person", Vorname=first, Nachname=last)["values"]
    assert (found.get("title"), found.get("first_name"), found.get("last_name")) == values


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Freiwillige Feuerwehr Probedorf", None),
        ("Bürgerverein Nord", "verein"),
        ("Förderverein der Grundschule Süd", "verein"),
        ("TSV 1860 Probedorf", "verein"),
        ("Grundschule Süd", "einrichtung"),
    ],
)
def test_the_name_of_an_organisation_is_no_keyword(read, name, kind):
    values = read("organisationen", "organisation", Organisation=name)["values"]
    assert (values.get("kind"), values.get("keywords")) == (kind, None)


def test_a_kind_that_nobody_knows_stays_a_keyword(read):
    values = read("organisationen", "organisation", Organisation="Chor", Art="Gesangskreis")["values"]
    assert values["keywords"] == "Gesangskreis"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Organisation;PLZ;Ort", "wiederholt die Spaltentitel"),
        ("organisation;plz;", "wiederholt die Spaltentitel"),
        ("Gesamt: 2;;", "sieht nach einer Summe aus"),
        ("Summe;2;", "sieht nach einer Summe aus"),
        ("Anzahl 12;;", "sieht nach einer Summe aus"),
        ("Anzahl Personen: 1;;", "sieht nach einer Summe aus"),
        ("Summe: 45 Vereine;;", "sieht nach einer Summe aus"),
        ("Gesamt 1.234,00 €;;", "sieht nach einer Summe aus"),
        ("Seite 1 von 3;;", "sieht nach einer Summe aus"),
        ("45 Einträge;;", "sieht nach einer Summe aus"),
    ],
)
def test_titles_once_more_and_totals_are_no_entries(write_list, row, told):
    report = check_source(write_list("o.csv", f"Organisation;PLZ;Ort\nChor;39104;Burg\n{row}\n"), "organisationen")
    assert [item.values["name"] for item in report.items] == ["Chor"]
    (note,) = report.notes
    assert (told in note.text, note.origin.row, report.rejected, report.unread) == (True, 3, (), ())


@pytest.mark.parametrize("name", ["Gesamtschule Nord", "Gesamtverband", "Total Tanz 2000", "Anzahl e.V."])
def test_a_name_that_begins_like_a_total_is_an_entry(write_list, name):
    report = check_source(write_list("o.csv", f"Organisation;PLZ\n{name};39104\n"), "organisationen")
    assert [item.values["name"] for item in report.items] == [name]


BODIES = "Organisation;PLZ;Ort\nBürgerverein Süd;39104;Köln\nMütterzentrum Größe;39104;Köln\n"


@pytest.mark.parametrize(
    ("codec", "form"),
    [
        ("utf-8", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
        ("cp850", "DOS 850"),
        ("utf-16", "UTF-16"),
    ],
)
def test_umlauts_arrive_from_whatever_wrote_the_file(write_list, codec, form):
    report = check_source(write_list("o.csv", BODIES, codec), "organisationen")
    assert [(i.values["name"], i.values["city"]) for i in report.items] == [
        ("Bürgerverein Süd", "Köln"), ("Mütterzentrum Größe", "Köln"),
    ]  # fmt: skip
    assert form in report.form
    assert bool(report.notes) == (codec in ("mac_roman", "cp850"))
    assert report.doubts == ()


def test_a_list_in_a_wrong_encoding_is_refused_with_a_cure(write_list):
    report = check_source(write_list("o.csv", BODIES.encode().decode("cp1252")), "organisationen")
    (doubt,) = report.doubts
    assert "BÃ¼rgerverein SÃ¼d" in doubt
    assert "CSV UTF-8" in doubt
    assert "So wird sie abgelehnt" in str(report)
    assert not report.good


def test_a_single_garbled_cell_among_good_ones_refuses_nothing(write_list):
    report = check_source(write_list("o.csv", f"{BODIES}KÃ¶lner Chor;39104;Köln\n"), "organisationen")
    assert report.doubts == ()
    assert len(report.items) == 3


SWALLOWED = 'Name;Weg;PLZ;Ort;Telefon\nA;"Str. 1;39104;Burg;\nB;Str. 2;39104;Burg;\nC;Str" 3;39104;Burg;1\n'


def test_an_open_quote_that_a_later_one_closes_is_noticed(write_list):
    text = SWALLOWED.replace("Name;Weg", "Organisation;Straße")
    report = check_source(write_list("o.csv", text), "organisationen")
    assert "ab Zeile 2 ein Anführungszeichen nicht geschlossen" in report.problem


@pytest.mark.parametrize(
    "note", ["eins, zwei, drei, vier,\nfünf, sechs", "a;b\nc", "Zeile 1\nZeile 2; Zeile 3; Ende; aus;"]
)
def test_a_note_of_several_lines_is_no_open_quote(write_list, note):
    text = f'Organisation;Straße;PLZ;Ort;Telefon;Notiz\nChor;Weg 1;39104;Burg;;"{note}"\n'
    report = check_source(write_list("o.csv", text), "organisationen")
    assert (report.problem, report.items[0].values["note"]) == ("", note)


@pytest.mark.parametrize("nothing", ["-", "k. A.", "NULL", "keine", "n/a", "?", "unbekannt", "ohne"])
def test_a_word_for_nothing_binds_nobody_together(write_list, nothing):
    text = f"Vorname;Nachname;Organisation\nAda;Neu;{nothing}\nBo;Alt;{nothing}\n"
    report = check_source(write_list("p.csv", text), "personen")
    assert [item.table for item in report.items] == ["person", "person"]


@pytest.mark.parametrize("first", ["Hans und Erika", "Hans & Erika", "Anna/Bernd"])
def test_two_people_in_the_column_of_first_names_are_told(read, first):
    row = read("personen", "person", Vorname=first, Nachname="Kurz")
    assert row["values"]["first_name"] == first
    assert "mehrere Menschen" in row["hints"][0]["text"]


def test_two_people_in_the_salutation_are_told(read):
    row = read("personen", "person", Anrede="Herr und Frau", Vorname="Ada", Nachname="Kurz")
    assert "salutation" not in row["values"]
    assert "mehrere Menschen" in row["hints"][0]["text"]


@pytest.mark.parametrize(
    "text",
    [
        'Vorname;Nachname;Notiz\nA;Kurz;"offen\nB;Lang;x\nC;Groß;"zu"\n',
        'Vorname;Nachname;E-Mail;Ort;PLZ\nA;"Kurz;a@example.org;;\nB;Lang";b@example.org;;\n',
    ],
)
def test_an_open_quote_is_noticed_in_narrow_lists_and_over_empty_cells(write_list, text):
    report = check_source(write_list("p.csv", text), "personen")
    assert "Anführungszeichen nicht geschlossen" in report.problem


def test_a_garbled_cell_among_good_ones_is_told(read, write_list):
    report = check_source(write_list("o.csv", f"{BODIES}KÃ¶lner Chor;39104;Köln\n"), "organisationen")
    assert [note.origin.row for note in report.notes] == [4]
    assert "Zeichensatz" in report.notes[0].text


@pytest.mark.parametrize("title", ["Nicht anschreiben", "Bitte nicht anschreiben", "Keine Post", "Werbesperre"])
def test_a_wish_to_be_left_alone_is_read_under_its_usual_titles(read, title):
    values = read("personen", "person", Vorname="Ada", Nachname="Neu", **{title: "ja"})["values"]
    assert values["do_not_contact"] is True


def test_a_first_name_that_only_the_displayed_name_tells_is_not_lost(write_list):
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Kurz;\nFN:Anna Kurz\nEND:VCARD\n"
    (item,) = check_source(write_list("a.vcf", card), "vcard").items
    assert (item.values["first_name"], item.values["last_name"]) == ("Anna", "Kurz")


def test_a_word_that_means_something_in_its_column_is_no_word_for_nothing(read):
    values = read("personen", "person", Vorname="Ada", Nachname="Neu", Anrede="unbekannt", Allergien="keine")["values"]
    assert (values["salutation"], values["note"]) == ("unbekannt", "Allergien: keine")


@pytest.mark.parametrize("nothing", ["0.0.00", "00.00.0000", "0000-00-00", "0000-00-00 00:00:00"])
def test_a_day_of_nothing_but_zeros_is_no_day(write_list, nothing):
    rows = f"Nachname;Geburtstag;Organisation;Von\nMüller;{nothing};Chor;{nothing}\n"
    report = check_source(write_list("p.csv", rows), "personen")
    assert (report.rejected, report.notes) == ((), ())
    assert all("note" not in item.values and "valid_from" not in item.values for item in report.items)
