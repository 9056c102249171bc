import os

import pytest

from schemas.errors import SourceError
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile
from sync.sources.registry import open_delivery, spec_for_file

OLD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;Herr Dr.\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen M=C3=BCller\r\nORG:Caf=E9 ohne Kodierung;Vorstand\r\n"
    "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:erste Zeile=0D=0Azweite Zeile ist recht lang und geht =\r\n"
    "hier weiter\r\nTEL;WORK;VOICE:0391 5551\r\nTEL;CELL:0170 1234567\r\nEMAIL;INTERNET:jm@example.org\r\n"
    "ADR;WORK:;;Breiter Weg 1;Magdeburg;;39104;\r\nTITLE:Vorsitzender\r\nX-LIEBLINGSFARBE:gr\r\nEND:VCARD\r\n"
)
NEW = (
    "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nFN:Ada Beispiel\nN:Beispiel;Ada;;Frau;\n"
    'TEL;VALUE=uri;TYPE="voice,home":tel:+49-391-5552\nEMAIL;TYPE=work:ada@example.org\nEMAIL:ada@example.com\n'
    "PHOTO:data:image/jpeg;base64,MIICajCC\nEND:VCARD\n"
)
APPLE = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Haus am Park\nORG:Haus am Park;\nX-ABShowAs:COMPANY\n"
    "item1.TEL:0391 5553\nitem1.X-ABLabel:_$!<Main>!$_\nitem2.URL;type=pref:https\\://park.example.org\nEND:VCARD\n"
)


def cells(path):
    return [dict(row.cells) for row in open_source(path, load_profile("vcard")).rows()]


def items(path):
    return {(i.table, i.ident): i for i in open_delivery(spec_for_file(path, "vcard")).items}


def test_a_card_of_version_2_1_is_read_with_its_soft_breaks_and_umlauts(write_list):
    (card,) = cells(write_list("alt.vcf", OLD, "cp1252"))
    assert (card["Vorname"], card["Nachname"], card["Anrede"]) == ("Jürgen", "Müller", "Herr Dr.")
    assert card["Notizen"] == "erste Zeile\nzweite Zeile ist recht lang und geht hier weiter"
    assert (card["Telefon geschäftlich"], card["Mobiltelefon"]) == ("0391 5551", "0170 1234567")
    assert (card["Straße geschäftlich"], card["Postleitzahl geschäftlich"]) == ("Breiter Weg 1", "39104")


def test_cards_of_3_0_and_4_0_in_one_file_become_a_person_and_an_organisation(write_list):
    found = items(write_list("zwei.vcf", NEW + "\n" + APPLE))
    person = found["person", "uid:urn:uuid:1"]
    assert person.values["first_name"] == "Ada"
    assert (person.values["mail"], person.values["mail2"]) == ("ada@example.org", "ada@example.com")
    assert person.values["phone"] == "+49 391 5552"
    (house,) = [i for (table, _), i in found.items() if table == "organisation"]
    assert house.values["name"] == "Haus am Park"
    assert house.values["web"] == "https://park.example.org"
    assert "0391 5553" in house.values["note"]
    assert len(found) == 2


def test_what_a_card_says_beyond_our_columns_stands_in_the_note(write_list):
    delivery = open_delivery(spec_for_file(write_list("alt.vcf", OLD, "cp1252"), "vcard"))
    (person,) = [i for i in delivery.items if i.table == "person"]
    assert "Lieblingsfarbe: gr" in person.values["note"]
    assert delivery.rejected == ()


def test_pictures_are_named_as_left_out(write_list):
    delivery = open_delivery(spec_for_file(write_list("neu.vcf", NEW), "vcard"))
    assert [(n.column, n.origin.row) for n in delivery.notes] == [("PHOTO", 1)]


@pytest.mark.parametrize(
    ("shown", "vorname", "nachname"),
    [("Dr. Ada von Beispiel", "Ada", "von Beispiel"), ("Hausmeister", "", "Hausmeister")],
)
def test_a_displayed_name_alone_is_taken_apart(write_list, shown, vorname, nachname):
    (card,) = cells(write_list("a.vcf", f"BEGIN:VCARD\nVERSION:4.0\nFN:{shown}\nEND:VCARD\n"))
    assert (card.get("Vorname", ""), card["Nachname"], card["Name"]) == (vorname, nachname, shown)


def test_a_broken_card_is_named_with_its_line_and_the_others_are_read(write_list):
    broken = "BEGIN:VCARD\nVERSION:3.0\nFN:Halb\n"
    delivery = open_delivery(spec_for_file(write_list("a.vcf", NEW + broken + APPLE), "vcard"))
    assert [n.origin.row for n in delivery.notes if "END:VCARD" in n.text] == [11]
    assert len(delivery.items) == 2


def test_a_folder_of_cards_is_read_whole_and_its_newest_word_counts(tmp_path):
    old, new = tmp_path / "b.vcf", tmp_path / "a.vcf"
    old.write_text(NEW.replace("ada@example.org", "alt@example.org") + APPLE)
    new.write_text(NEW)
    (tmp_path / ".versteckt").write_text("x")
    os.utime(old, (1_700_000_000, 1_700_000_000))
    found = items(tmp_path)
    assert found["person", "uid:urn:uuid:1"].values["mail"] == "ada@example.org"
    assert len(found) == 2


def test_of_a_folder_of_tables_the_newest_file_is_the_list(tmp_path):
    for name, body, time in (("alt.csv", "Alt e.V.", 1_700_000_000), ("neu.csv", "Neu e.V.", 1_800_000_000)):
        (tmp_path / name).write_text(f"Organisation;Ort\n{body};Magdeburg\n")
        os.utime(tmp_path / name, (time, time))
    delivery = open_delivery(spec_for_file(tmp_path, "organisationen"))
    assert [i.values["name"] for i in delivery.items] == ["Neu e.V."]


def test_an_empty_folder_and_a_file_without_cards_are_refused_with_a_sentence(tmp_path, write_list):
    empty = tmp_path / "leer"
    empty.mkdir()
    for path, words in ((empty, "liegt keine Datei"), (write_list("x.vcf", "BEGIN:VCARD\n"), "keine lesbare")):
        with pytest.raises(SourceError, match=words):
            open_source(path, load_profile("vcard"))


@pytest.mark.parametrize(
    "name",
    ["gmail-single2", "outlook-2003", "thunderbird-MoreFunctionsForAddressBook-extension"],
)
def test_every_real_card_is_read_and_nothing_readable_is_lost(shared_data, name):
    path = shared_data / "calendar_and_vcards" / f"ezvcard_{name}.vcf"
    delivery = open_delivery(spec_for_file(path, "vcard"))
    kept = "\n".join(str(v) for i in delivery.items for v in i.values.values())
    assert delivery.rejected == ()
    for title, text in ((t, x) for row in cells(path) for t, x in row.items()):
        if title in {"UID", "Name", "Anrede"} or title.startswith(("Telefon", "Mobil")):
            continue
        assert all(line.strip() in kept for line in text.splitlines()), title
