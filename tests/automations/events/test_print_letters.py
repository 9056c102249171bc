"""Letters on paper: all forty addresses inside the window, tagged, in the order of postcodes, with own templates."""

from __future__ import annotations

import io
import re
import subprocess
import time
from dataclasses import replace

import pytest
import zxingcpp
from address_cases import CASES
from letters import EVENT, LINK, letter
from PIL import Image
from pypdf import PdfReader
from servers import require_poppler

from automations.documents import pdf
from automations.documents.pdf import UNPRINTABLE, DocumentError
from automations.documents.pictures import logo_svg
from automations.events.print_letters import in_postal_order, letters_pdf
from schemas.operations.choices import PostKind

POINTS = 72 / 25.4
WINDOW = (20.0, 45.0, 105.0, 90.0)
"""Left, top, right, bottom in mm from the upper left corner (DIN 5008, form B)."""


@pytest.fixture(scope="module")
def forty(tmp_path_factory):
    made = tmp_path_factory.mktemp("briefe") / "vierzig.pdf"
    ordered = in_postal_order([letter(case[1], row) for row, case in enumerate(CASES, start=1)])
    made.write_bytes(letters_pdf(ordered))
    return made, ordered


def words_of(file):
    """Return the words of each page with their boxes in mm, as they stand on paper."""
    told = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    for page in told.split("<page ")[1:]:
        found = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page)
        yield [(word, *(float(n) / POINTS for n in box)) for *box, word in found]


def test_forty_addresses_lie_inside_the_window_and_nothing_else_does(forty):
    require_poppler()
    file, ordered = forty
    left, top, right, bottom = WINDOW
    for words, one in zip(words_of(file), ordered, strict=True):
        inside = [w for w in words if w[3] > left and w[1] < right and w[4] > top and w[2] < bottom]
        shown = " ".join(w[0] for w in inside).replace("&apos;", "'")
        for line in (*one.notes, *one.address):
            assert line in shown
        said = len(" ".join((one.return_line, *one.notes, *one.address)).split())
        assert len(inside) == said
        for _, x0, y0, x1, y1 in inside:
            assert left + 4.9 <= x0, one.address
            assert x1 <= right - 1, one.address
            assert top <= y0, one.address
            assert y1 <= bottom, one.address


def test_forty_letters_are_tagged_and_read_from_the_host_to_the_signature(forty):
    file, ordered = forty
    read = PdfReader(file)
    assert len(read.pages) == 40
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "de"
    assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()
    for page, one in zip(read.pages, ordered, strict=True):
        text = " ".join(page.extract_text().split())
        steps = (one.host, *one.address, one.subject, one.greeting, one.closing, one.signatory[0])
        at = 0
        for step in steps:
            at = text.index(step, at) + len(step)


def test_letters_lie_in_the_order_of_postcodes_and_those_abroad_last():
    def places(codes):
        made = [letter(replace(CASES[0][1], postcode=code, city=city)) for code, city in codes]
        return [one.address[-2 if "ÖSTERREICH" in one.address else -1] for one in in_postal_order(made)]

    assert places([("39104", "B"), ("1010", "Wien, Österreich"), ("04109", "A"), ("10115", "C")]) == [
        "04109 A", "10115 C", "39104 B", "1010 WIEN",
    ]  # fmt: skip


def test_the_code_on_the_letter_leads_to_the_answer_page(tmp_path):
    require_poppler()
    (tmp_path / "l.pdf").write_bytes(letters_pdf([letter(CASES[0][1], 17)]))
    subprocess.run(["pdftoppm", "-r", "150", "-png", tmp_path / "l.pdf", tmp_path / "l"], check=True)
    from PIL import Image

    (found,) = zxingcpp.read_barcodes(Image.open(tmp_path / "l-1.png"))

    assert found.text == LINK.format(row=17)


def test_where_no_answer_is_wanted_there_is_no_code():
    text = PdfReader(io.BytesIO(letters_pdf([letter(CASES[0][1], occasion=PostKind.THANKS)]))).pages[0].extract_text()

    assert "Ihre Antwort" not in text
    assert "vielen Dank" in text


def test_a_long_text_goes_on_on_a_second_page_with_its_number():
    long = replace(EVENT, text="\n\n".join(f"Absatz {n}: " + "Wort " * 60 for n in range(14)))

    pages = PdfReader(io.BytesIO(letters_pdf([letter(CASES[0][1], event=long), letter(CASES[1][1])]))).pages

    assert [("Seite 2" in p.extract_text()) for p in pages] == [False, True, False]


def test_many_letters_take_a_few_seconds():
    many = [letter(CASES[row % 40][1], row + 1) for row in range(150)]
    began = time.perf_counter()

    assert len(PdfReader(io.BytesIO(letters_pdf(many))).pages) == 150
    assert time.perf_counter() - began < 20  # 300 take 4 to 5 s alone; the machine may be busy


def test_own_template_and_logo_go_first(tmp_path):
    (tmp_path / "letter.typ").write_text(
        '#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n#set text(lang: "de")\n'
        '#image(bytes(data.logo), alt: "Logo")\nEigen: #data.letters.at(0).greeting', encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', encoding="utf-8")

    text = PdfReader(io.BytesIO(letters_pdf([letter(CASES[0][1])], tmp_path))).pages[0].extract_text()

    assert "Eigen: Sehr geehrte Frau Muster," in text


def png(half: bool) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 60), 90).save(out, "png")
    return out.getvalue()[: len(out.getvalue()) // 2] if half else out.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("logo.png", png(half=True), "beschädigt"), ("logo.png", b"", "keine PNG-Datei"), ("logo.svg", b"", "keine SVG"),
     ("logo.svg", SVG[:-12], "beschädigt"), ("logo.svg", SVG.replace(b"svg", b"svg" * 9, 1), "beschädigt"),
     ("logo.png", SVG, "keine PNG-Datei"), ("logo.svg", png(half=False), "keine SVG-Datei"),
     ("logo.svg", SVG + b" " * 5_000_000, "größer als 5 MB"),
     ("logo.svg", "ö<svg>".encode("utf-16"), "keine SVG-Datei")],
)  # fmt: skip
def test_a_logo_that_cannot_be_printed_is_named_before_anything_is_set(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=said) as told:
        logo_svg(tmp_path)
    assert f"„{name}“" in told.value.message
    assert "Vorlagenordner" in str(told.value.hint)


@pytest.mark.parametrize(("name", "content"), [("logo.png", png(half=False)), ("logo.svg", SVG),
                                               ("logo.svg", b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG)])  # fmt: skip
def test_a_whole_picture_is_taken_as_a_logo(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert "<svg" in logo_svg(tmp_path)


def test_a_field_that_is_not_there_is_named_with_its_line_and_those_that_are(tmp_path):
    (tmp_path / "letter.typ").write_text("#let data = json(bytes(sys.inputs.data))\n\n#data.anrede", encoding="utf-8")

    with pytest.raises(DocumentError) as failed:
        letters_pdf([letter(CASES[0][1])], tmp_path)

    assert "Vorlage „letter.typ“ (Zeile 3) fragt nach dem Feld „anrede“" in failed.value.message
    assert "„greeting“" in str(failed.value.hint)


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_an_unreadable_logo_is_named(tmp_path, name):
    (tmp_path / name).write_text("kein Bild", encoding="utf-8")

    with pytest.raises(DocumentError, match=name):
        letters_pdf([letter(CASES[0][1])], tmp_path)


def test_a_character_that_no_font_has_does_not_keep_the_letters_back(monkeypatch):
    monkeypatch.setattr(pdf, "_CONTROL", re.compile("[\x00-\x08]"))  # let one through that surely no font has
    odd = replace(CASES[0][1], last_name="Mus\x0bter \x07")

    text = PdfReader(io.BytesIO(letters_pdf([letter(odd)]))).pages[0].extract_text()

    assert UNPRINTABLE in text or "Mus ter" in text
