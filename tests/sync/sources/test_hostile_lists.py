"""Files that a stranger made so that reading them never ends: each is refused with a sentence, or read in no time.

The kinds are those that are known of other readers: cells repeated or placed out of any table, counts that lie, parts
without number, brackets and numbers without end, titles told in every row.
"""

from __future__ import annotations

import json
import resource
import struct
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from workbook_parts import HEAD, workbook

from schemas.errors import SourceError
from sync.mapping import deliver
from sync.sources import files
from sync.sources.opening import open_source, open_table
from sync.sources.profile_files import load_profile

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
CELL = '<table:table-cell office:value-type="string"{}><text:p>Name</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"
EMPTY = "<table:table-cell/>"
OUTSIDE = '<row r="16777217"><c r="XFE16777217"><v>1</v></c></row>'
MERGED = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 9000 + "</mergeCells>"
BILLIONS = ' table:number-columns-repeated="16384"'
MILLIONS = ' table:number-rows-repeated="1048576"'


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows))
        archive.writestr("META-INF/manifest.xml", "<m/>")
    return path


def xls(path: Path) -> Path:
    """Write a file of the older Excel whose head tells of four billion sectors."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[26:32] = struct.pack("<HHH", 3, 0xFFFE, 9)
    head[44:48] = head[64:68] = head[72:76] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(bytes(head) + bytes(512))
    return path


def rows_of_nothing(path: Path) -> Path:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_048_577))
    return workbook(path, HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c></row>' + rows)


def many_parts(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}", "")
    return path


WORKBOOKS = {
    "one cell repeated": lambda path: ods(path, ROW.format(MILLIONS, CELL.format(BILLIONS))),
    "one empty cell repeated": lambda path: ods(path, ROW.format("", CELL.format("")) + ROW.format(MILLIONS, EMPTY)),
    "a count that lies": lambda path: workbook(path, HEAD, "", 'uniqueCount="4294967295"'),
    "cells out of the table": lambda path: workbook(path, HEAD + OUTSIDE),
    "merged without end": lambda path: workbook(path, HEAD, after=MERGED),
    "older Excel": xls,
    "rows of nothing": rows_of_nothing,
    "parts without number": many_parts,
}  # fmt: skip


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_hostile_workbook_takes_neither_our_memory_nor_our_time(tmp_path, kind):
    path = WORKBOOKS[kind](tmp_path / ("liste.ods" if "repeated" in kind else "liste.xlsx"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    rows: list[object] = []
    with suppress(SourceError):
        rows += open_table(path).rows()
    assert len(rows) <= 1
    assert time.process_time() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def card(lines: str) -> str:
    return f"BEGIN:VCARD\nFN:Ada Müller\n{lines}END:VCARD\n"


DEEP = "[" * 100_000
RECORD = '<liste anzahl="1"><angebot>{}</angebot></liste>'
PAGES = {"data": [{"id": "1", "type": "x", "name": "A"}], "pagination": {"totalPages": 999_999_999, "currentPage": 1}}
ENTRIES = PAGES | {"pagination": {"elementsPerPage": 1, "totalElements": 999_999_999}}
TEXTS = {
    "numbers of a card": ("k.vcf", "vcard", card("".join(f"TEL:{n}\n" for n in range(20_000)))),
    "quoted lines of a card": ("k.vcf", "vcard", card("NOTE:a=\n" + " b =\n" * 40_000)),
    "cards in cards": ("k.vcf", "vcard", card("AGENT:\nBEGIN:VCARD\n" * 9_000)),
    "brackets": ("k.json", "oparl", f'{{"data": [{{"type": "x", "name": {DEEP}'),
    "digits": ("k.json", "oparl", f'{{"data": [{{"type": "x", "name": "A", "id": {"1" * 100_000}}}]}}'),
    "pages": ("k.json", "oparl", json.dumps(PAGES)),
    "pages of many digits": ("k.json", "oparl", json.dumps(PAGES).replace("999999999", "9" * 900)),
    "entries of many digits": ("k.json", "oparl", json.dumps(ENTRIES).replace("999999999", "9" * 900)),
    "half signs": ("k.json", "oparl", '{"data": [{"type": "x", "id": "1", "name": "' + "\\ud800" * 9_000 + '"}]}'),
    "long names": ("k.json", "oparl", '{"data": [{"type": "x", "name": "A", "' + "k" * 99_000 + '": {"a": 1}}]}'),
    "laughs": ("k.xml", "freinet_xml", '<!DOCTYPE a [<!ENTITY a "aa">]>' + RECORD.format("<titel>&a;</titel>")),
    "repeated elements": ("k.xml", "freinet_xml", RECORD.format("<t>a</t>" * 60_000)),
    "long elements": ("k.xml", "freinet_xml", RECORD.format(f"<{'a' * 99_000}><b>1</b></{'a' * 99_000}>")),
    "deep elements": ("k.xml", "freinet_xml", "<a>" * 60_000),
    "quotes": ("k.csv", "personen", "Nachname;Vorname\n" + '"a\n' * 9_000),
    "separators": ("k.csv", "personen", "Nachname;Vorname\n" + ";" * 190_000 + "x\n"),
    "zeros": ("k.csv", "personen", "Nachname;Vorname\n" + "\0;\0\n" * 9_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_a_hostile_text_takes_neither_our_memory_nor_our_time(tmp_path, kind):
    name, profile_name, text = TEXTS[kind]
    path, profile = tmp_path / name, load_profile(profile_name)
    path.write_text(text, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    found = 0
    with suppress(SourceError):
        found = len(deliver(profile, "liste", open_source(path, profile)).items)
    assert found <= 2
    assert time.process_time() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_a_file_larger_than_any_list_is_not_even_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    path = tmp_path / "a.csv"
    path.write_text("Nachname;Vorname\n" + "A;B\n" * 300_000)
    with pytest.raises(SourceError, match="ist größer als 1 MB; so groß ist keine Liste") as told:
        open_table(path)
    assert told.value.hint
