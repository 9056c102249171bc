"""What every kind of source keeps to, whatever it is read from: the same three people arrive the same way."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from address_books import PASSWORD, USER

from sync.sources.profile_files import load_profile
from sync.sources.registry import SourceBook, SourceFile, SourceSpec, open_delivery

TITLES = ("Vorname", "Nachname", "E-Mail", "Telefon", "Notiz")
PEOPLE = (
    ("Ada", "Müller-Lüdenscheidt", "ada@example.org", "0391 1234", "ruft gern an"),
    ("Ümit", "O'Neill", "uemit@example.org", "0391 2345", "„mit“ Zeichen; & < >"),
    ("Zoë", "von der Höh", "zoe@example.org", "0391 3456", "zwei\nZeilen"),
)
RECORDS = """
[[records]]
handle = "person"
table = "person"
ident = ["mail:{E-Mail|mail}"]
required = ["last_name"]
[records.columns]
first_name = "Vorname"
last_name = "Nachname"
mail = "E-Mail"
phone = "Telefon"
note = "Notiz"
"""


def csv_of(people):
    lines = [TITLES, *people]
    return "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)


def card_of(person):
    first, last, mail, phone, note = person
    said = note.replace(";", "\\;").replace("\n", "\\n")
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{mail}\r\nFN:{first} {last}\r\nN:{last};{first};;;\r\n"
        f"EMAIL:{mail}\r\nTEL;TYPE=HOME:{phone}\r\nNOTE:{said}\r\nEND:VCARD\r\n"
    )


def own_profile(folder, reader):
    path = folder / "eigenes.toml"
    path.write_text(f'format = 1\ntitle = "Eigenes"\n{reader}\n{RECORDS}', encoding="utf-8")
    return str(path)


def csv(folder, _):
    (folder / "liste.csv").write_text(csv_of(PEOPLE), encoding="utf-8", newline="")
    return SourceFile(folder / "liste.csv", "personen")


def sheets(folder, parts):
    book = xlsxwriter.Workbook(str(folder / "liste.xlsx"))
    for part in parts:
        sheet = book.add_worksheet()
        for number, line in enumerate([TITLES, *part]):
            sheet.write_row(number, 0, line)
    book.close()
    return SourceFile(folder / "liste.xlsx", "personen")


def excel(folder, _):
    return sheets(folder, [PEOPLE])


def excel_with_sheets(folder, _):
    return sheets(folder, [PEOPLE[:1], PEOPLE[1:]])


def xml(folder, _):
    cells = ("".join(f"<{t}>{escape(c)}</{t}>" for t, c in zip(TITLES, person, strict=True)) for person in PEOPLE)
    text = "<liste>" + "".join(f"<person>{each}</person>\n" for each in cells) + "</liste>"
    (folder / "liste.xml").write_text(text, encoding="utf-8")
    return SourceFile(folder / "liste.xml", own_profile(folder, '[reader]\nkind = "xml"\nrecord = "person"'))


def json_list(folder, _):
    text = json.dumps([dict(zip(TITLES, person, strict=True)) for person in PEOPLE])
    (folder / "liste.json").write_text(text, encoding="utf-8")
    return SourceFile(folder / "liste.json", own_profile(folder, '[reader]\nkind = "json"'))


def cards(folder, _):
    (folder / "alle.vcf").write_text("".join(map(card_of, PEOPLE)), encoding="utf-8", newline="")
    return SourceFile(folder / "alle.vcf", "vcard")


def folder_of_cards(folder, _):
    (folder / "karten").mkdir()
    for number, person in enumerate(PEOPLE):
        (folder / "karten" / f"{number}.vcf").write_text(card_of(person), encoding="utf-8", newline="")
    return SourceFile(folder / "karten", "vcard")


def folder_of_lists(folder, _):
    (folder / "eingang").mkdir()
    (folder / "eingang" / "neu.csv").write_text(csv_of(PEOPLE), encoding="utf-8", newline="")
    return SourceFile(folder / "eingang", "personen")


def book_on_a_server(folder, request):
    server, url = request.getfixturevalue("card_server"), request.getfixturevalue("book")
    for number, person in enumerate(PEOPLE):
        server.put(url, f"{number}.vcf", card_of(person))
    (folder / ".env").write_text(f"BUCH='{PASSWORD}'\n", encoding="utf-8")
    request.getfixturevalue("monkeypatch").chdir(folder)
    return SourceBook(url, USER, "BUCH", "vcard")


KINDS = [
    csv, excel, excel_with_sheets, xml, json_list, cards, folder_of_cards, folder_of_lists, book_on_a_server,
]  # fmt: skip


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def part(request, tmp_path):
    return request.param(tmp_path, request)


@pytest.fixture
def source(part, tmp_path):
    return part.open(load_profile(part.profile, tmp_path))


class TestEverySource:
    def test_it_delivers_the_same_people_under_stable_idents(self, part, tmp_path):
        spec = SourceSpec("leute", "Leute", (part,), tmp_path)
        first, again = open_delivery(spec), open_delivery(spec)
        codes = ("first_name", "last_name", "mail", "phone", "note")
        found = {tuple(item.values.get(code) for code in codes) for item in first.items}
        assert found == {(*person[:3], "+49 " + person[3].removeprefix("0"), person[4]) for person in PEOPLE}
        assert not first.rejected
        assert (first.source, len({item.ident for item in first.items})) == ("leute", 3)
        assert [(i.ident, i.values) for i in again.items] == [(i.ident, i.values) for i in first.items]

    def test_its_name_and_form_are_words_and_its_titles_are_told_apart(self, source):
        assert source.name.strip()
        assert source.form.strip()
        assert source.header
        assert len(set(source.header)) == len(source.header)

    def test_its_rows_hold_filled_text_under_titles_of_the_header(self, source):
        rows = list(source.rows())
        assert len(rows) == 3
        assert {title for row in rows for title in row.cells} <= set(source.header)
        assert all(isinstance(cell, str) and cell.strip() for row in rows for cell in row.cells.values())

    def test_it_is_read_again_from_the_beginning_even_while_it_is_being_read(self, source):
        whole = [(row.origin, dict(row.cells)) for row in source.rows()]
        halfway = source.rows()
        next(halfway)
        assert [(row.origin, dict(row.cells)) for row in source.rows()] == whole
        assert len(list(halfway)) == 2

    def test_every_row_has_a_place_of_its_own_that_a_person_can_look_up(self, source):
        places = [row.origin for row in source.rows()]
        assert len({(place.file, place.sheet, place.row) for place in places}) == 3
        assert all(place.file and place.row >= 1 for place in places)

    def test_nothing_is_noticed_about_a_source_without_a_fault(self, source):
        list(source.rows())
        assert (source.notes, source.gaps) == ((), ())
