import json

import pytest

from schemas.errors import SourceError
from sync.sources.check import check_source
from sync.sources.draft import draft_profile
from sync.sources.profile_files import parse_profile
from sync.sources.registry import load_sources, open_delivery


def test_the_report_names_form_columns_counts_and_what_was_refused(write_list):
    path = write_list("o.csv", "Organisation;PLZ;Farbe\nChor;1067;blau\n;01067;rot\n", "cp1252")
    report = check_source(path, "organisationen")
    text = str(report)
    assert "CSV, Zeichensatz UTF-8, Trennzeichen Semikolon" in text
    assert "Nicht erkannte Spalten (1), kommen in die Notiz: Farbe" in text
    assert "Organisationen: 1" in text
    assert "Abgewiesen: 1" in text
    assert "o.csv, Zeile 3, Spalte Organisation" in text
    assert "PLZ „1067“" in text
    assert not report.good


def test_a_list_with_titles_only_still_gets_its_columns_reported(write_list):
    report = check_source(write_list("o.csv", "Organisation;PLZ\n"), "organisationen")
    assert [name for _, name in report.columns] == ["Organisation", "PLZ"]
    assert "nur Spaltentitel" in str(report)


def test_a_draft_loads_and_works(write_list):
    text = (
        "Lfd. Nr.;Verein;Straße;PLZ;Ort;Ansprechpartner;Funktion;Tel.;E-Mail;Internet;Sparte;Besonderes\n"
        "1;Chor e.V.;Weg 1;01067;Dresden;Frau Ada Beispiel;Leiterin;0391 5401234;"
        "c@example.org;example.org;Sport|Musik;laut\n"
    )
    path = write_list("vereine.csv", text)
    draft = draft_profile(path)
    delivery = open_delivery_of(path, draft)
    organisation, person, function = delivery.items
    assert organisation.ident == "id:1"
    assert organisation.values["engagement_fields"] == ("sport", "kultur")
    assert organisation.values["note"] == "Besonderes: laut"
    assert person.values["first_name"] == "Ada"
    assert function.values["kind"] == "leitung"
    assert "Besonderes" in draft
    assert delivery.rejected == ()


def open_delivery_of(path, draft):
    profile = path.with_suffix(".toml")
    profile.write_text(draft, encoding="utf-8")
    sources = path.with_name("sources.toml")
    sources.write_text(f'[vereine]\npath = "{path.name}"\nprofile = "{profile.name}"\n', encoding="utf-8")
    return open_delivery(load_sources(sources)["vereine"])


@pytest.mark.parametrize(
    "header",
    ["Nachname;Vorname;Mobil", "Name;Vorname", "Name", "x;y;z", 'A "B";C{d}|e;Name', "Firma;Nachname;Vorname;E-Mail"],
)
def test_a_draft_of_any_header_is_a_working_profile(write_list, header):
    row = ";".join(f"Wert{i}" for i in range(header.count(";") + 1))
    path = write_list("a.csv", f"{header}\n{row}\n")
    report = check_source(path, parse_profile(draft_profile(path), "entwurf"))
    assert report.rows == 1
    assert report.tables
    assert report.rejected == ()


def test_a_draft_of_no_table_points_to_the_finished_profiles(write_list):
    with pytest.raises(SourceError, match="Entwurf geht nur für CSV und Excel"):
        draft_profile(write_list("a.json", '[{"id": "1"}]'))


def test_several_files_of_one_source_are_read_together(write_list, tmp_path):
    write_list("o.csv", "Organisation;Ort\nChor;Ulm\n")
    write_list("k.csv", "Datum;Organisation;Worum ging es\n01.03.2026;Chor;Messe\n")
    write_list(
        "sources.toml",
        '[eigene]\ntitle = "Eigene"\nfiles = [\n'
        '{ path = "o.csv", profile = "organisationen" },\n{ path = "k.csv", profile = "kontakte" }]\n',
    )
    spec = load_sources(tmp_path / "sources.toml")["eigene"]
    delivery = open_delivery(spec)
    assert [i.table for i in delivery.items] == ["organisation", "interaction"]
    assert delivery.items[0].values["city"] == "Ulm"
    assert delivery.source == "eigene"


def test_a_contact_finds_its_person_and_organisation_by_name_in_the_other_lists(write_list, tmp_path):
    write_list("o.csv", "Kennung;Organisation\n5;Chor e.V.\n")
    write_list("p.csv", "Vorname;Nachname;E-Mail;Organisation\nAda;Beispiel;ada@example.org;Chor\n")
    write_list("k.csv", "Datum;Organisation;Person;Worum ging es\n01.03.2026;Chor eV;Ada Beispiel;Messe\n")
    files = [("o.csv", "organisationen"), ("p.csv", "personen"), ("k.csv", "kontakte")]
    listed = ",\n".join(f'{{ path = "{path}", profile = "{profile}" }}' for path, profile in files)
    write_list("sources.toml", f"[eigene]\nfiles = [{listed}]\n")
    delivery = open_delivery(load_sources(tmp_path / "sources.toml")["eigene"])
    organisation, person, _, contact = delivery.items
    assert [i.table for i in delivery.items] == ["organisation", "person", "function", "interaction"]
    assert (organisation.ident, person.ident) == ("id:5", "mail:ada@example.org")
    assert contact.links["person"].ident == person.ident
    assert contact.links["organisation"].ident == organisation.ident
    assert (delivery.notes, delivery.rejected) == ((), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kaputt", "lässt sich nicht lesen"),
        ("a = 1", "eigenen Abschnitt"),
        ('["Großer Name"]\npath = "a"\nprofile = "b"', "keinen brauchbaren Namen"),
        ('[a]\npath = "a"', "fehlt die Angabe profile"),
        ('[a]\npath = "a"\nprofile = "b"\nfarbe = "rot"', "Schlüssel „farbe“"),
        ('[a]\npath = "a"\nprofile = "b"\nfiles = []', "nicht eindeutig"),
    ],
)
def test_a_slip_in_the_directory_of_sources_is_named(write_list, text, words):
    with pytest.raises(SourceError, match=words):
        load_sources(write_list("sources.toml", text))


def test_a_missing_directory_of_sources_is_named(tmp_path):
    with pytest.raises(SourceError, match="gibt es nicht"):
        load_sources(tmp_path / "sources.toml")


def test_every_row_can_be_seen_as_it_would_arrive(write_list):
    text = "Organisation;PLZ;Telefon;Engagementfelder;Farbe\nChor;1067;siehe Büro;Sport, Kultur;blau\n;01067;;;\n"
    report = check_source(write_list("o.csv", text), "organisationen")
    told = json.loads(json.dumps(report.as_json(), ensure_ascii=False))
    (item,) = told["items"]
    assert {key: item[key] for key in ("table", "ident", "file", "sheet", "row")} == {
        "table": "organisation", "ident": "name:chor", "file": "o.csv", "sheet": None, "row": 2,
    }  # fmt: skip
    assert (item["values"]["postcode"], item["values"]["engagement_fields"]) == ("01067", "sport,kultur")
    assert item["values"]["note"] == "Farbe: blau"
    assert {hint["column"] for hint in item["hints"]} == {"PLZ", "Telefon"}
    (refused,) = told["rejected_rows"]
    assert (refused["row"], refused["column"], bool(refused["reason"] and refused["hint"])) == (3, "Organisation", True)
    assert len(told["items"]) == len(report.items)
    assert (told["rows"], told["problem"], len(told["notes"])) == (report.rows, "", len(report.notes))


def test_links_between_rows_are_told_by_their_idents(write_list):
    text = "Vorname;Nachname;Organisation;Von\nAda;Neu;Chor;1.2.2026\n"
    told = check_source(write_list("p.csv", text), "personen").as_json()
    by_table = {item["table"]: item for item in told["items"]}
    assert set(by_table) == {"organisation", "person", "function"}
    assert by_table["function"]["links"] == {
        code: {"table": code, "ident": by_table[code]["ident"]} for code in ("person", "organisation")
    }
    assert by_table["function"]["values"]["valid_from"] == "2026-02-01"


def test_a_profile_that_does_not_fit_says_so_in_json_too(write_list):
    told = check_source(write_list("o.csv", "Organisation;PLZ\n"), "organisationen").as_json()
    assert "nur Spaltentitel" in told["problem"]
    assert (told["items"], told["rows"]) == ([], 0)
