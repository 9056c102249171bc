import datetime as dt
import zipfile

import pytest
import xlsxwriter

from schemas.errors import SourceError
from sync.sources.csv_list import CsvList
from sync.sources.excel_list import ExcelList
from sync.sources.files import file_kind
from sync.sources.json_list import JsonList
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile
from sync.sources.xml_list import XmlList


def rows_of(source):
    return [(row.origin.row, dict(row.cells)) for row in source.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_office_form(write_list, encoding, delimiter):
    text = "Name;Straße;Ort\r\nVerein Ä;Hauptstraße 1;Köln\r\n".replace(";", delimiter)
    source = CsvList(write_list("a.csv", text, encoding))
    assert source.header == ("Name", "Straße", "Ort")
    assert rows_of(source) == [(2, {"Name": "Verein Ä", "Straße": "Hauptstraße 1", "Ort": "Köln"})]


def test_row_numbers_are_those_of_excel(write_list):
    text = 'Name;Notiz\nA;"erste\nzweite"\n\nB;x\n'
    assert rows_of(CsvList(write_list("a.csv", text))) == [
        (2, {"Name": "A", "Notiz": "erste\nzweite"}),
        (4, {"Name": "B", "Notiz": "x"}),
    ]


def test_trailing_commas_duplicate_and_empty_titles_are_told_apart(write_list):
    source = CsvList(write_list("a.csv", "Name,Telefon,Telefon,,Ort,,\nA,1,2,3,4,,\nB,1,2,3,4,5,6\n"))
    assert source.header == ("Name", "Telefon", "Telefon (2)", "Spalte 4", "Ort")
    first, second = rows_of(source)
    assert first[1] == {"Name": "A", "Telefon": "1", "Telefon (2)": "2", "Spalte 4": "3", "Ort": "4"}
    assert second[1]["Spalte 6"] == "5"
    assert second[1]["Spalte 7"] == "6"


def test_one_damaged_letter_does_not_spoil_a_utf8_list(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Name;Ort\nMüller;Köln\nSchröder;Düren\n".encode() + b"B\xe4r;Ulm\n")
    source = CsvList(path)
    assert [cells["Name"] for _, cells in rows_of(source)] == ["Müller", "Schröder", "Bär"]
    assert "1 Zeichen" in source.notes[0].text


def test_the_separator_line_of_excel_is_no_header(write_list):
    source = CsvList(write_list("a.csv", "sep=,\nName,Ort\nA;B,C\n"))
    assert rows_of(source) == [(2, {"Name": "A;B", "Ort": "C"})]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"\xef\xbb\xbf\r\n\r\n", "leer"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"Name;Ort\n\x00\x01\x02\x03\x04;x\n", "Binärdatei"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Bild"),
        (b"PK\x03\x04 kaputt", "beschädigt"),
        (b"<!DOCTYPE html><html><body>Anmelden</body></html>", "Internetseite"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words) as caught:
        open_source(path, load_profile("organisationen"))
    assert "liste.csv" in caught.value.message
    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_refused_with_a_sentence(tmp_path):
    for path in (tmp_path / "fehlt.csv", tmp_path):
        with pytest.raises(SourceError):
            file_kind(path)


def test_an_endless_line_is_refused_after_its_first_megabyte(tmp_path):
    path = tmp_path / "riese.csv"
    with path.open("wb") as file:
        file.write(b"Name;Ort\n" + b"x" * 2_000_000)
        file.truncate(90_000_000)
    with pytest.raises(SourceError, match="Zeile 2") as caught:
        open_source(path, load_profile("organisationen"))
    assert caught.value.facts["row"] == 2


@pytest.mark.parametrize("start", [b"<liste><angebot>", b'[{"id": "', b'"'])
def test_a_gigabyte_of_another_kind_is_refused_too(tmp_path, start):
    path = tmp_path / "riese"
    with path.open("wb") as file:
        file.write(start + b"x" * 3_000_000)
        file.truncate(90_000_000)
    profile = {b"<": "freinet_xml", b"[": "oparl", b'"': "organisationen"}[start[:1]]
    with pytest.raises(SourceError):
        open_source(path, load_profile(profile))


def test_an_unclosed_quote_is_named_with_its_row(write_list):
    with pytest.raises(SourceError, match="ab Zeile 3 ein Anführungszeichen"):
        list(CsvList(write_list("a.csv", 'Name;Ort\nA;B\n"C;D\nE;F\n')).rows())


@pytest.fixture
def workbook(tmp_path):
    def write(fill, name="liste.xlsx"):
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        fill(book)
        book.close()
        return path

    return write


def test_typed_excel_cells_become_text_as_people_read_them(workbook):
    def fill(book):
        sheet = book.add_worksheet("Adressen")
        sheet.write_row(0, 0, ["Name", "PLZ", "Seit", "Aktiv", "Wert"])
        sheet.write_row(2, 0, ["Verein", 1067, None, True, 1.5])
        sheet.write_datetime(2, 2, dt.datetime(2026, 3, 1), book.add_format({"num_format": "dd.mm.yyyy"}))

    source = ExcelList(workbook(fill))
    expected = {"Name": "Verein", "PLZ": "1067", "Seit": "2026-03-01", "Aktiv": "ja", "Wert": "1.5"}
    assert rows_of(source) == [(3, expected)]
    assert next(source.rows()).origin.sheet == "Adressen"


def test_further_sheets_of_other_titles_are_mentioned_and_can_be_chosen(workbook):
    def fill(book):
        book.add_worksheet("leer")
        for name in ("Eins", "Zwei"):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["Name" if name == "Eins" else "Titel", name])

    path = workbook(fill)
    assert "Nicht gelesen: Zwei" in ExcelList(path).notes[0].text
    assert rows_of(ExcelList(path)) == [(2, {"Name": "Eins"})]
    assert rows_of(ExcelList(path, sheet="Zwei")) == [(2, {"Titel": "Zwei"})]
    with pytest.raises(SourceError, match="kein Blatt „Drei“"):
        ExcelList(path, sheet="Drei")


def test_sheets_of_the_same_titles_are_one_list_and_each_row_knows_its_sheet(workbook):
    def fill(book):
        for name, titles in (("A-K", ["Name", "Ort"]), ("L-Z", ["ort", "Name"]), ("Legende", ["Farbe"])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, titles)
            sheet.write_row(1, 0, [f"{title} {name}" for title in titles])

    source = ExcelList(workbook(fill))
    assert [(row.origin.sheet, row.origin.row) for row in source.rows()] == [("A-K", 2), ("L-Z", 2)]
    assert [row.cells["Name"] for row in source.rows()] == ["Name A-K", "Name L-Z"]
    assert source.form == "Excel, Blätter A-K, L-Z"
    assert "Nicht gelesen: Legende" in source.notes[0].text


def test_a_sheet_of_nearly_the_same_titles_is_a_gap_that_names_the_difference(workbook):
    def fill(book):
        for name, titles in (("A-K", ["Name", "Ort", "PLZ"]), ("L-Z", ["Name", "Ort", "Plz."])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, titles)
            sheet.write_row(1, 0, [name] * 3)

    source = ExcelList(workbook(fill))
    assert [row.cells["Name"] for row in source.rows()] == ["A-K"]
    (gap,) = source.gaps
    assert gap.origin.sheet == "L-Z"
    assert "nur in einem von beiden: „PLZ“, „Plz.“" in gap.reason
    assert (source.notes, bool(gap.text)) == ((), True)


def test_cells_that_only_look_empty_are_named_by_column_and_first_row(workbook):
    def fill(book):
        sheet = book.add_worksheet("Liste & mehr")
        sheet.write_row(0, 0, ["Name", "Ort", "PLZ"])
        for row in range(1, 5):
            sheet.write(row, 0, f"Verein {row}")
            sheet.write_formula(row, 1, '=A2&"x"', None, "" if row > 2 else "Ulm")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    source = ExcelList(workbook(fill))
    told = [(n.column, n.origin.row, n.text.split(". ")[0]) for n in source.notes]
    assert told == [
        ("Ort", 4, "2 Zellen gelten als leer, wegen einer Formel, deren Ergebnis nicht gespeichert ist"),
        ("PLZ", 3, "Eine Zelle gilt als leer, wegen eines Fehlerwerts (wie #NV)"),
    ]


def test_a_formula_that_gave_an_empty_text_is_empty(workbook, tmp_path):
    path = workbook(lambda book: book.add_worksheet().write_column(0, 0, ["Name", "Verein"]))
    changed = tmp_path / "leer.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            cell = b'</c><c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c></row></sheetData>'
            new.writestr(name, text.replace(b"</c></row></sheetData>", cell))
    assert ExcelList(changed).notes == ()


def test_a_merged_header_is_refused_naming_the_row(workbook):
    def fill(book):
        sheet = book.add_worksheet("Liste")
        sheet.merge_range(0, 0, 0, 2, "Vereine in der Stadt")
        sheet.write_row(1, 0, ["Organisation", "PLZ", "Ort"])
        sheet.write_row(2, 0, ["Verein", "01067", "Dresden"])

    with pytest.raises(SourceError, match=r"Kopfzeile \(Zeile 1\) die Zellen A bis C verbunden") as caught:
        open_source(workbook(fill), load_profile("organisationen"))
    assert "Verbindung" in str(caught.value.hint)


def test_a_value_merged_over_rows_counts_for_each(workbook):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Ort", "Name"])
        sheet.merge_range(1, 0, 2, 0, "Ulm")
        sheet.write_column(1, 1, ["A", "B"])

    assert [cells["Ort"] for _, cells in rows_of(ExcelList(workbook(fill)))] == ["Ulm", "Ulm"]


def test_a_stray_cell_far_below_does_not_fill_the_memory(workbook):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Ort"])
        sheet.write(1_000_000, 9_000, "x")

    with pytest.raises(SourceError, match="weit unter oder rechts"):
        ExcelList(workbook(fill))


def test_excel_under_a_csv_name_is_read_as_excel(workbook, tmp_path):
    path = workbook(lambda book: book.add_worksheet().write_column(0, 0, ["Organisation", "Verein"]))
    wrong = path.rename(tmp_path / "liste.csv")
    assert rows_of(open_source(wrong, load_profile("organisationen"))) == [(2, {"Organisation": "Verein"})]


def test_a_damaged_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<kaputt")
    with pytest.raises(SourceError, match="beschädigt"):
        ExcelList(path)


def xml(tmp_path, text):
    path = tmp_path / "liste.xml"
    path.write_text(text, encoding="utf-8")
    return XmlList(path, record="angebot", counts=("anzahl",))


def test_xml_records_have_the_line_they_begin_on(tmp_path):
    source = xml(
        tmp_path,
        '<l anzahl="2">\n<angebot id="1"><name>A &amp; B</name><leer/></angebot>\n'
        "\n<angebot><name>C</name></angebot></l>",
    )
    assert rows_of(source) == [(2, {"id": "1", "name": "A & B"}), (4, {"name": "C"})]
    assert (source.gaps, source.notes) == ((), ())


@pytest.mark.parametrize(
    ("told", "gaps", "notes"), [("2", 0, 0), ("5", 1, 0), ("1", 0, 1), ("viele", 0, 1), ("", 0, 0)]
)
def test_xml_that_holds_less_than_its_head_tells_has_a_gap(tmp_path, told, gaps, notes):
    source = xml(tmp_path, f'<l anzahl="{told}"><angebot><n>A</n></angebot><angebot><n>B</n></angebot></l>')
    list(source.rows())
    assert (len(source.gaps), len(source.notes)) == (gaps, notes)
    for told_of in (*(g.reason for g in source.gaps), *(n.text for n in source.notes)):
        assert "gelesen wurden 2" in told_of


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE l SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_and_document_types_are_refused(tmp_path, head):
    with pytest.raises(SourceError, match="DTD"):
        xml(tmp_path, f"{head}<l><angebot><name>&x;</name></angebot></l>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<l><angebot><name>A</name></angebot>", "kein vollständiges XML"),
        ("<l><angebot><name>A</angebot></l>", "Zeile 1"),
        ("<l><anders/></l>", "keinen Eintrag <angebot>"),
        ("<l>" + "<a>" * 30 + "</a>" * 30 + "</l>", "verschachtelt"),
    ],
)
def test_broken_or_foreign_xml_is_refused(tmp_path, text, words):
    with pytest.raises(SourceError, match=words):
        list(xml(tmp_path, text).rows())


def json_list(tmp_path, text, **options):
    path = tmp_path / "liste.json"
    path.write_text(text, encoding="utf-8")
    return JsonList(path, **options)


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"id": "1", "name": "A"},\n{"id": "2", "name": "B"}\n]\n',
        '{"links": {},\n"data": [\n{"id": "1", "name": "A"},\n{"id": "2", "name": "B"}\n]}',
        '[{"data": [{"id": "1", "name": "A"}]}, {"data": [{"id": "2", "name": "B"}]}]',
    ],
)
def test_json_lists_and_pages_give_the_same_rows(tmp_path, text):
    assert [cells for _, cells in rows_of(json_list(tmp_path, text))] == [
        {"id": "1", "name": "A"},
        {"id": "2", "name": "B"},
    ]


def test_json_rows_have_their_line_or_their_place(tmp_path):
    lines = json_list(tmp_path, '[\n {"id": "1"},\n\n {"id": "2"}\n]\n')
    assert [row for row, _ in rows_of(lines)] == [2, 4]
    one_line = json_list(tmp_path, '[{"id": "1"}, {"id": "2"}]')
    assert [row for row, _ in rows_of(one_line)] == [1, 2]


def test_nested_json_becomes_columns_and_lookups_are_joined(tmp_path):
    text = '{"id": "r", "a": [{"id": "x", "name": "X"}], "b": [{"id": "1", "aId": "x", "o": {"p": [1, 2]}}]}'
    source = json_list(tmp_path, text, lists=("b",), lookups={"aId": "a"}, top=True)
    top, row = (cells for _, cells in rows_of(source))
    assert top == {"@liste": "/", "/id": "r"}
    assert row == {"@liste": "b", "/id": "r", "id": "1", "aId": "x", "o.p": "1|2", "aId.id": "x", "aId.name": "X"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"id": "1"}, {"id"', "kein vollständiges JSON"),
        ("[1, 2]", "nur ein einzelner Wert"),
        ("[]", "keine Einträge"),
        ('[{"a":' + "[" * 100_000, "."),
    ],
)
def test_broken_or_foreign_json_is_refused(tmp_path, text, words):
    with pytest.raises(SourceError, match=words):
        json_list(tmp_path, text)
