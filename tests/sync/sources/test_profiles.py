import pytest

from schemas.errors import SourceError
from sync.sources.profile_files import load_profile, parse_profile, shipped_profiles
from sync.sources.registry import open_delivery, spec_for_file


def by_table(path, profile):
    delivery = open_delivery(spec_for_file(path, profile))
    tables = {}
    for item in delivery.items:
        tables.setdefault(item.table, []).append(item)
    return tables, delivery


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_shipped_profile_loads_and_says_what_it_is_for(name):
    profile = load_profile(name)
    assert profile.title
    assert profile.expects


def test_the_profiles_asked_for_are_shipped():
    wanted = "freinet_csv freinet_xml berlin_zuwendungen oparl stadtrat outlook_de outlook_en google thunderbird_de"
    own = "organisationen personen kontakte team beziehungen"
    assert {*wanted.split(), *own.split()} <= set(shipped_profiles())


OUTLOOK = (
    "Anrede,Vorname,Nachname,Firma,Abteilung,Position,Postleitzahl geschäftlich,"
    "Telefon geschäftlich,{callback},{home},E-Mail-Adresse,Kategorien\n"
)


@pytest.mark.parametrize(
    ("callback", "home"),
    [("Rückmeldung", "Telefon privat"), ("Rückmeldung", "Telefon (privat)"), ("Rückruf", "Telefon privat")],
)
def test_outlook_callback_is_a_phone_number_whatever_the_edition(write_list, callback, home):
    text = OUTLOOK.format(callback=callback, home=home) + (
        "Frau Dr.,Ada,Beispiel,Musterverein e.V.,Vorstand,Vorsitzende,1067,,0391 5401234,,ada@example.org,Netzwerk\n"
    )
    tables, _ = by_table(write_list("o.csv", text, "cp1252"), "outlook_de")
    (person,), (function,), (organisation,) = tables["person"], tables["function"], tables["organisation"]
    assert person.values == {
        "salutation": "frau",
        "title": "Dr.",
        "first_name": "Ada",
        "last_name": "Beispiel",
        "mail": "ada@example.org",
        "phone_other": "+49 391 5401234",
        "note": "Kategorien: Netzwerk",
    }
    assert organisation.values["postcode"] == "01067"
    assert (function.values["name"], function.values["kind"]) == ("Vorsitzende", "vorstand")
    assert {link.table for link in function.links.values()} == {"person", "organisation"}


def test_outlook_rows_are_read_by_title_not_by_place(write_list):
    text = "E-Mail-Adresse;Firma;Nachname;Vorname\nada@example.org;;NA;Ada\n;;None;Max\n"
    tables, _ = by_table(write_list("o.csv", text), "outlook_de")
    assert [(p.values["first_name"], p.values["last_name"]) for p in tables["person"]] == [
        ("Ada", "NA"),
        ("Max", "None"),
    ]


def test_two_persons_behind_one_mailbox_both_stay(write_list):
    text = (
        "Vorname;Nachname;Firma;E-Mail-Adresse\nAda;Beispiel;Chor;info@example.org\nMax;Muster;Chor;info@example.org\n"
    )
    tables, delivery = by_table(write_list("o.csv", text), "outlook_de")
    assert {p.values["last_name"] for p in tables["person"]} == {"Beispiel", "Muster"}
    assert len(tables["organisation"]) == 1
    assert len(tables["function"]) == 2
    assert delivery.rejected == ()


def test_a_company_without_person_and_an_address_without_name_are_kept(write_list):
    text = "Vorname;Nachname;Firma;E-Mail-Adresse\n;;Chor;chor@example.org\n;;;nur@example.org\n"
    tables, _ = by_table(write_list("o.csv", text), "outlook_de")
    assert tables["organisation"][0].values["mail"] == "chor@example.org"
    assert tables["person"][0].values == {"last_name": "nur@example.org", "mail": "nur@example.org"}


def test_english_outlook_and_both_google_forms_are_read(write_list):
    english = (
        "Title,First Name,Last Name,Company,Job Title,Callback,E-mail Address,Web Page\n"
        "Dr.,Ada,Beispiel,Choir,Director,0391 5401234,ada@example.org,\n"
    )
    tables, _ = by_table(write_list("e.csv", english), "outlook_en")
    assert tables["person"][0].values["phone_other"] == "+49 391 5401234"
    assert tables["function"][0].values["kind"] == "leitung"
    new = (
        "First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
        "Phone 1 - Value\n"
        "Ada,Beispiel,Chor,,a@example.org ::: b@example.org,Mobile,0172 1234567\n"
    )
    old = (
        "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,"
        "Phone 1 - Value,Organization 1 - Name\n"
        "Ada Beispiel,Ada,Beispiel,,a@example.org ::: b@example.org,Mobile,0172 1234567,Chor\n"
    )
    for text in (new, old):
        tables, _ = by_table(write_list("g.csv", text), "google")
        values = tables["person"][0].values
        assert (values["mail"], values["mail2"], values["mobile"]) == (
            "a@example.org",
            "b@example.org",
            "+49 172 1234567",
        )
        assert len(tables["function"]) == 1


def test_thunderbird_with_only_a_display_name_is_read(write_list):
    text = (
        "Vorname,Nachname,Anzeigename,Primäre E-Mail-Adresse,Organisation,\n,,Dr. Ada Beispiel,ada@example.org,Chor,\n"
    )
    tables, _ = by_table(write_list("t.csv", text), "thunderbird_de")
    values = tables["person"][0].values
    assert (values["title"], values["first_name"], values["last_name"]) == ("Dr.", "Ada", "Beispiel")


def test_a_freinet_list_with_contacts_brings_persons_and_functions(write_list):
    text = (
        "Einrichtungs-ID;Einrichtung;Telefon;Ansprechpartner;Funktion;Ansprechpartner E-Mail\n"
        "7;Chor e.V.;0391 5401234 oder 0172 1234567;Frau Ada Beispiel;Leiterin;ada@example.org\n"
        ";Ohne Kennung e.V.;;;;\n"
    )
    tables, delivery = by_table(write_list("f.csv", text, "cp1252"), "freinet_csv")
    first, second = tables["organisation"]
    assert (first.values["phone"], first.values["phone2"]) == ("+49 391 5401234", "+49 172 1234567")
    assert second.ident == "name:ohne kennung"
    assert tables["person"][0].values["salutation"] == "frau"
    assert tables["function"][0].values["kind"] == "leitung"
    assert delivery.rejected == ()


def test_oparl_parents_are_linked_and_deleted_units_listed(write_list):
    def unit(number, name, more=""):
        kind = "https://schema.oparl.org/1.1/Organization"
        return f'{{"id": "https://x/{number}", "type": "{kind}", "name": "{name}"{more}}}'

    units = [
        unit("2", "Sozialamt", ', "subOrganizationOf": "https://x/1", "startDate": "2020-01-01"'),
        unit("1", "Dezernat V"),
        unit("3", "Altamt", ', "deleted": true'),
        unit("4", "Fraktion Beispiel", ', "organizationType": "Fraktion"'),
    ]
    text = "[" + ",\n".join(units) + "]"
    tables, delivery = by_table(write_list("o.json", text), "oparl")
    office, head, group = tables["organisation"]
    assert office.links["parent"].ident == head.ident
    assert [u.values["kind"] for u in (office, head, group)] == ["fachbereich", "dezernat", "fraktion"]
    assert group.values["sphere"] == "politik"
    assert delivery.rejected == ()
    assert "gelöscht" in delivery.notes[0].text


def test_own_lists_are_read_under_the_titles_of_our_tables(write_list):
    people = (
        "Anrede;Vorname;Nachname;E-Mail;Organisation;Funktion;Von;Hauptansprechperson\n"
        "Herr;Max;Muster;m@example.org;Chor;Vorstand;01.02.2020;ja\n"
    )
    tables, _ = by_table(write_list("p.csv", people), "personen")
    assert tables["function"][0].values["main_contact"] is True
    contacts = (
        "Datum;Art;Organisation;Person;Von uns;Worum ging es;Bis wann;Erledigt\n"
        "01.03.2026;Anruf;Chor;Max Muster;Ada Team;Messe;31.03.2026;nein\n"
    )
    tables, _ = by_table(write_list("k.csv", contacts), "kontakte")
    (contact,) = tables["interaction"]
    assert contact.values["kind"] == "anruf"
    assert set(contact.links) == {"organisation", "person", "team_member"}
    relations = (
        "Organisation;Von uns;Art;Rhythmus (Tage);Nähe;Federführend\n"
        "Chor;Ada Team;Betreuung durch uns;90;2 – gut bekannt;x\n"
    )
    tables, _ = by_table(write_list("b.csv", relations), "beziehungen")
    values = tables["relationship"][0].values
    assert (values["kind"], values["cadence_days"], values["closeness"], values["owner"]) == (
        "betreuung",
        90,
        "2",
        True,
    )
    team = "Name;Stelle;E-Mail;Dabei seit\nAda Team;Freiwilligenagentur;t@example.org;01.01.2020\n"
    tables, _ = by_table(write_list("t.csv", team), "team")
    assert tables["team_member"][0].values["place"] == "agentur"


def test_a_wrong_profile_is_refused_and_the_right_one_named(write_list):
    path = write_list("f.csv", "Einrichtungs-ID;Einrichtung;PLZ;Ort\n1;Chor;01067;Dresden\n")
    with pytest.raises(SourceError, match=r"passt nicht zur Datei f\.csv") as caught:
        open_delivery(spec_for_file(path, "berlin_zuwendungen"))
    assert "freinet_csv" in caught.value.hint
    with pytest.raises(SourceError, match="ist CSV, das Profil oparl liest aber JSON"):
        open_delivery(spec_for_file(path, "oparl"))


def test_titles_below_a_heading_are_found_and_named(write_list):
    path = write_list("f.csv", "Stand 2026;;\n;;\nOrganisation;PLZ;Ort\nChor;01067;Dresden\n")
    with pytest.raises(SourceError) as caught:
        open_delivery(spec_for_file(path, "organisationen"))
    assert "Zeile 3" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('table = "verein"', "records.o.*Tabelle „verein“ gibt es nicht"),
        ('ident = ["{Name|laut}"]', "Filter „laut“ gibt es nicht"),
        ('farbe = "rot"', "records.o.farbe: diesen Schlüssel gibt es nicht"),
        ('when = [{ column = "A", matches = "(" }]', "Suchausdruck"),
        ('columns = { nam = "Name" }', "Spalte „nam“"),
        ('columns = { name = { from = "Name", as = "zahl" } }', "records.o.columns.name.1.as: erlaubt ist"),
        ('columns = { kind = { from = "Art", map = "x" } }', "Werteliste „x“ fehlt"),
        ('constants = { kind = "klub" }', "keinen Wert „klub“"),
        ('links = { parent = "weg" }', "„weg“ gibt es nicht"),
    ],
)
def test_a_slip_in_a_profile_is_named_with_its_key(change, words):
    lines = {
        "table": 'table = "organisation"',
        "ident": 'ident = ["{Name|key}"]',
        "columns": 'columns = { name = "Name" }',
    }
    lines[change.split(" =")[0]] = change
    text = 'title = "T"\n[[records]]\nhandle = "o"\n' + "\n".join(lines.values())
    with pytest.raises(SourceError, match=words):
        parse_profile(text, "test")


def test_an_unknown_profile_and_broken_toml_are_named():
    with pytest.raises(SourceError, match="Meinten Sie „outlook_de“"):
        load_profile("outlok_de")
    with pytest.raises(SourceError, match="kein gültiges TOML"):
        parse_profile("title = ", "kaputt")
