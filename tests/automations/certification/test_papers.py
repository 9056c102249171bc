"""Certificates: who signs on the day, what the QR holds, and that it can be read from the paper and checked."""

from __future__ import annotations

import datetime as dt
import subprocess

import pandas as pd
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from automations.certification.certificates import Certificate, certificates_pdf, door_plates_pdf
from automations.certification.papers import NEEDED, Lack, Printing, Signing, frame_of, lacks, printed_code, signing_on
from automations.certification.seal_code import Check, check_code, trust_of
from automations.signing import open_key, public_keys
from schemas.base import BASE
from schemas.certification.tables import Certification
from sync.settings import Settings

FAIR = dt.date(2027, 5, 6)
NOW = dt.datetime(2027, 4, 1, tzinfo=dt.UTC)
HARD = (
    "Mehrgenerationenhaus „Bürgerinitiative Fortbildung und Sport“ Größere Neue Neustadt",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften",
)


def settings(folder, **more):
    return Settings(
        data_dir=folder, KONTAKTNETZ_TEMPLATES=folder / "vorlagen", **({"city_name": "", "answer_url": ""} | more)
    )


@pytest.mark.parametrize("paper", [certificates_pdf, door_plates_pdf])
def test_hard_names_stand_on_one_page_each_and_the_code_on_it_is_genuine(tmp_path, paper):
    here = settings(tmp_path, city_name="Musterstadt", answer_url="https://antworten.example.org/")
    rows = [Certification(id=n, name=name, seal_number=f"2027-{n:03d}") for n, name in enumerate(HARD, start=1)]
    rows.append(Certification(id=9, name="Ohne Nummer"))
    printing = Printing(2027, FAIR, Signing("Oberbürgermeisterin", "Dr. Ada Groß"), here, open_key(tmp_path, NOW))

    file = tmp_path / "papier.pdf"
    file.write_bytes(paper(printing.certificates(rows), frame_of(here)))

    reader = PdfReader(file)
    assert len(reader.pages) == 2
    assert "Mehrgenerationenhaus" in reader.pages[0].extract_text()
    subprocess.run(["pdftoppm", "-r", "110", "-png", file, tmp_path / "seite"], check=True)
    trust = trust_of(public_keys(tmp_path), [], FAIR)
    found = [zxingcpp.read_barcodes(Image.open(one))[0].text for one in sorted(tmp_path.glob("seite*.png"))]
    assert [text.startswith("https://antworten.example.org/s/S1.") for text in found] == [True, True]
    checked = [check_code(text, trust, FAIR) for text in found]
    assert [(one.outcome, one.claim.holder) for one in checked] == [(Check.GENUINE, name) for name in HARD]
    assert {(one.claim.year, one.claim.awarded_on) for one in checked} == {(2027, FAIR)}


def test_a_code_that_nobody_could_read_again_is_not_printed(tmp_path):
    here = settings(tmp_path, answer_url="https://antworten.example.org/")
    printing = Printing(2027, FAIR, Signing(), here, open_key(tmp_path, NOW))
    rows = [Certification(id=n, name="漢" * n, seal_number=f"2027-{n:03d}") for n in (300, 600)]
    short, long = printing.certificates(rows)
    assert check_code(short.code, trust_of(public_keys(tmp_path), [], FAIR), FAIR).outcome == Check.GENUINE
    assert (long.code, long.holder) == ("", "漢" * 600)


def test_the_holder_of_the_day_signs_and_what_is_missing_is_named(tmp_path):
    rows = {
        "office": [{"id": 1, "name": "Oberbürgermeister:in", "organisation": 1}, {"id": 2, "name": "Leer"}],
        "person": [{"id": 1, "first_name": "Ada", "last_name": "Alt", "salutation": "frau"},
                   {"id": 2, "first_name": "Olaf", "last_name": "Neu", "salutation": "herr"}],
        "function": [{"id": 1, "person": 1, "office": 1, "valid_to": dt.date(2027, 5, 5)},
                     {"id": 2, "person": 2, "office": 1, "valid_from": FAIR}],
    }  # fmt: skip
    tables = {
        code: pd.DataFrame(rows.get(code, []), columns=["id", *BASE.tables[code].columns]).astype(object)
        for code in NEEDED
    }
    bare, frame = settings(tmp_path), frame_of(settings(tmp_path))

    assert signing_on(tables, 1, FAIR - dt.timedelta(days=1)) == Signing("Oberbürgermeisterin", "Ada Alt")
    assert signing_on(tables, 1, FAIR) == Signing("Oberbürgermeister", "Olaf Neu")
    assert Lack.HOLDER in lacks(bare, frame, signing_on(tables, 2, FAIR), FAIR)
    assert list(lacks(bare, frame, signing_on(tables, None, FAIR), None)) == [
        Lack.DAY, Lack.OFFICE, Lack.CITY, Lack.CITY_LOGO, Lack.LOGO,
    ]  # fmt: skip
    (tmp_path / "vorlagen").mkdir()
    for name in ("logo.svg", "stadtlogo.svg"):
        (tmp_path / "vorlagen" / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    whole = settings(tmp_path, city_name="Musterstadt", answer_url="https://antworten.example.org")
    assert not list(lacks(whole, frame_of(whole), signing_on(tables, 1, FAIR), FAIR))
    (tmp_path / "vorlagen" / "stadtlogo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9'><g>")
    (tmp_path / "vorlagen" / "logo.svg").rename(tmp_path / "vorlagen" / "anderes.svg")
    broken = frame_of(whole)
    assert (broken.logo, broken.city_logo) == ("", "")
    assert broken.broken == ("Das Logo „stadtlogo.svg“ ist beschädigt oder kein vollständiges Bild.",)
    assert list(lacks(whole, broken, signing_on(tables, 1, FAIR), FAIR)) == [
        Lack.BROKEN_LOGO, Lack.CITY_LOGO, Lack.LOGO,
    ]  # fmt: skip
    assert certificates_pdf([Certificate("Haus A", 2027, "2027-001", "", FAIR)], broken).startswith(b"%PDF")
    assert printed_code(settings(tmp_path, answer_url="http://127.0.0.1:8502"), "S1.a.b", offline=True) == "S1.a.b"
