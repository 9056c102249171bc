import os

import pytest

from schemas.errors import SourceError
from sync.sources.check import check_source
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


def read(path):
    return open_delivery(spec_for_file(path, "vcard"))


def person(*lines, uid="u", name="N:Muster;Ada;;;"):
    return "\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", name, *lines, "END:VCARD", ""])


BROKEN = [
    ("PHOTO;ENCODING=b;TYPE=JPEG:abc!", {}, ""),
    ("PHOTO;ENCODING=BASE64;TYPE=JPEG:\n/9j/4AAQ\nSkZJRgAB==", {}, ""),
    ("PHOTO;VALUE=uri:data:image/png;base64,###", {}, ""),
    ('TEL;TYPE="HOME:0391 5401401', {"phone": "+49 391 5401401"}, ""),
    ('TEL;TYPE=WORK":0391 5401402', {"phone": "+49 391 5401402"}, ""),
    ('TEL;TYPE="HOME";0391 5401403', {"phone": "+49 391 5401403"}, ""),
    ("TEL;CELL;0172 5401404", {"mobile": "+49 172 5401404"}, ""),
    ('EMAIL;TYPE="HOME,PREF":ada@example.org', {"mail": "ada@example.org"}, ""),
    ('EMAIL;X-EVOLUTION-UI-SLOT="a:1":ada@example.org', {"mail": "ada@example.org"}, ""),
    ("NOTE:erste Zeile\nund ohne Einzug weiter", {}, "und ohne Einzug weiter"),
    ("TEL 0391 5401405", {}, "TEL 0391 5401405"),
    ("NOTE;ENCODING=QUOTED-PRINTABLE:=ZZ kaputt =E4", {}, "=ZZ kaputt ä"),
    ("NOTE;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fe", {}, "Straße"),
    ("NOTE;ENCODING=QUOTED-PRINTABLE:Stra=DFe", {}, "Straße"),
    ("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=x-klingonisch:Stra=DFe", {}, "Straße"),
    ("NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:halb =C3=\n=BC ganz", {}, "halb ü ganz"),
    ("NOTE;ENCODING=B:RWluIFRleHQ=", {}, "Ein Text"),
    ("NOTE:Ruft gern an, aber nicht montags; nie\\, wirklich", {}, "Ruft gern an, aber nicht montags; nie, wirklich"),
    ("TITLE:Leiterin, stellv. Dezernentin", {}, "Leiterin, stellv. Dezernentin"),
    ("AGENT:\nBEGIN:VCARD\nFN:Vertretung\nEND:VCARD\nNOTE:danach", {}, "danach"),
    ("BEGIN:VEVENT\nSUMMARY:Fest\nEND:VEVENT", {}, "Fest"),
    ("NOTE:Alle\\Nlesbar", {}, "Alle\nlesbar"),
]


@pytest.mark.parametrize(("lines", "values", "note"), BROKEN)
def test_a_line_that_is_broken_takes_nothing_else_with_it(write_list, capfd, lines, values, note):
    delivery = read(write_list("a.vcf", person(lines, "TITLE:Chefin") + person(uid="b", name="N:Zwei;Bea;;;")))
    ada, bea = (next(i for i in delivery.items if i.ident == f"uid:{uid}") for uid in "ub")
    assert (ada.values["last_name"], bea.values["last_name"]) == ("Muster", "Zwei")
    assert {c: ada.values.get(c) for c in values} == values
    assert note in str(ada.values.get("note", ""))
    assert (delivery.rejected, delivery.unread) == ((), ())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (person() + "BEGIN:VCARD\nVERSION:3.0\nFN:Halb\n" + person(uid="b"), ["Halb", "Muster", "Muster"]),
        (person().replace("END:VCARD\n", "END:VCARD") + person(uid="b"), ["Muster", "Muster"]),
        (person().replace("END:VCARD", " end:vcard "), ["Muster"]),
        (person() + person(uid="b", name="N:Zwei;;;;").replace("BEGIN:VCARD\n", ""), ["Muster", "Zwei"]),
        (person() + "\n\nErzeugt von einem Programm\n", ["Muster"]),
    ],
    ids=["no-end", "two-on-one-line", "in-blanks", "no-begin", "words-between"],
)
def test_cards_are_told_apart_however_their_ends_are_written(write_list, text, names):
    delivery = read(write_list("a.vcf", text))
    assert sorted(i.values["last_name"] for i in delivery.items) == names
    assert (delivery.rejected, delivery.unread) == ((), ())


def test_a_file_that_breaks_off_is_told_and_its_last_half_line_is_not_believed(write_list):
    whole = person() + person("TEL:0391 5401401", uid="b")
    delivery = read(write_list("a.vcf", whole[: whole.index("401\n")]))
    assert [("phone" in i.values, i.ident) for i in delivery.items] == [(False, "uid:u"), (False, "uid:b")]
    assert [(one.fingerprint, one.key) for one in delivery.unread] == [("", None)]
    assert [(r.origin.row, "bricht in dieser Karte ab" in r.reason) for r in delivery.rejected] == [(6, True)]


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nUID:b\nEND:VCARD\n", ("person", "uid:b")),
        ("BEGIN:VCARD\nUID:b\nN Muster Ada\nEND:VCARD\n", ("person", "uid:b")),
        ("BEGIN:VCARD\n%%%%\nEND:VCARD\n", None),
        ("BEGIN:VCARD\nEND:VCARD\n", None),
    ],
)
def test_a_card_of_which_nothing_can_be_made_is_unread_under_its_uid(write_list, card, key):
    delivery = read(write_list("a.vcf", person() + card))
    assert [(one.key, bool(one.fingerprint)) for one in delivery.unread] == [(key, True)]
    assert [r.origin.row for r in delivery.rejected] == [6]
    assert [i.ident for i in delivery.items] == ["uid:u"]


def test_unreadable_lines_stand_in_the_note_and_are_hinted_at_with_the_card(write_list):
    delivery = read(write_list("a.vcf", person() + person("TEL 0391 1", "??", uid="b")))
    told = [(n.origin.row, n.text) for n in delivery.notes if "nicht zu lesen" in n.text]
    assert told == [(6, "2 Zeilen der Karte sind nicht zu lesen; der Text steht in der Notiz.")]


@pytest.mark.parametrize("kind", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group", "item1.KIND:GROUP"])
def test_a_group_of_cards_is_nobody_and_a_hint(write_list, kind):
    delivery = read(write_list("a.vcf", person() + person(kind, "FN:Beirat", uid="g", name="N:Beirat;;;;")))
    assert [i.ident for i in delivery.items] == ["uid:u"]
    assert ["Gruppe" in n.text for n in delivery.notes] == [True]
    assert (delivery.rejected, delivery.unread) == ((), ())


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_a_letter_that_is_folded_in_its_middle_is_read(tmp_path, fold):
    path = tmp_path / "a.vcf"
    path.write_bytes(person("NOTE:Viele Gr\u00fc\u00dfe").encode().replace(b"\xbc", fold + b"\xbc"))
    (ada,) = read(path).items
    assert ada.values["note"] == "Viele Grüße"


def test_a_file_of_a_folder_that_holds_no_card_is_unread_as_a_whole(tmp_path):
    (tmp_path / "gut.vcf").write_text(person())
    (tmp_path / "leer.vcf").write_text("")
    (tmp_path / "anders.vcf").write_text("kein BEGIN\n")
    (tmp_path / "liesmich.txt").write_text("Hier liegen Karten.")
    delivery = read(tmp_path)
    assert [i.ident for i in delivery.items] == ["uid:u"]
    assert sorted(r.origin.file for r in delivery.rejected) == ["anders.vcf", "leer.vcf"]
    assert [one.key for one in delivery.unread] == [None, None]


def test_the_check_of_a_list_that_is_not_read_whole_fails(write_list):
    report = check_source(write_list("a.vcf", person() + "BEGIN:VCARD\nUID:b\nEND:VCARD\n"), "vcard")
    assert not report.good
    assert "Abgewiesen: 1" in str(report)


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


def test_a_newest_file_of_a_folder_that_is_no_list_is_named_itself(tmp_path):
    for name, text, time in (
        ("liste.csv", "Organisation\nA\n", 1_700_000_000),
        ("notiz.txt", "Hallo;du\n", 1_800_000_000),
    ):
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, (time, time))
    with pytest.raises(SourceError, match=r"passt nicht zur Datei notiz\.txt"):
        open_source(tmp_path, load_profile("organisationen"))


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
