"""What goes out carries a link only where whoever gets it can open it: every kind of output by every address."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
import zxingcpp
from guest_pages import NOW
from letters import EVENT, guest
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from automations.certification.certificates import (
    Certificate,
    Frame,
    certificate_picture,
    certificates_pdf,
    door_plate_picture,
    door_plates_pdf,
)
from automations.certification.form_links import form_url
from automations.certification.papers import Printing, Signing
from automations.certification.reminding import digests
from automations.certification.underway import RoundNow
from automations.digest import letters as weekly_letters
from automations.documents.pictures import qr_svg
from automations.events import mail
from automations.events.badge import badge_code
from automations.events.calendar import Organiser
from automations.events.concerns import stand_in
from automations.events.print_letters import letter_pictures, letters_pdf
from automations.events.serial_letter import serial_table
from automations.events.tokens import answer_url
from automations.events.wording import Wording, word
from automations.signing import open_key
from schemas.base import BASE
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import TeamMember
from schemas.events.rules.address import Addressee
from schemas.operations.choices import PostKind
from sync.mirror import load_table, read_manifest
from sync.outgoing import to_public, to_staff
from sync.settings import Settings

TODAY = dt.date(2026, 11, 23)
TOKEN = "17.aB3_-xyz.0123456789abcdefghijkl"
TO = Addressee(
    "frau", "", "Ada", "Neu", organisation="Tafel e. V.", street="Markt 1", postcode="39104", city="Magdeburg"
)

STATES = {
    "unset": "", "this machine": "http://127.0.0.1:8501", "its name": "http://localhost:8501/",
    "this machine in IPv6": "http://[::1]:8501", "the house": "http://192.168.1.20:8501",
    "a name of the house": "https://kontaktnetz.local", "no address at all": "antwort.example.org",
    "reachable-looking": "https://antwort.example.org/",
}  # fmt: skip
TO_GUESTS = {"reachable-looking"}
TO_US = {"reachable-looking", "the house", "a name of the house"}
"""Those of us who sit in the same house can open what holds there."""


def invitation(settings: Settings, occasion: PostKind = PostKind.INVITATION) -> str:
    made = mail.letter(
        occasion, EVENT, guest(TO, mail="ada@example.org"), Organiser("Netzwerk", "antwort@example.org", "p1"),
        key="k", batch="b", sequence=0, moment=NOW, link=stand_in(settings),
    )  # fmt: skip
    return made.text + made.html + made.calendar


def reminder(settings: Settings) -> str:
    return invitation(settings, PostKind.REMINDER)


def wording(settings: Settings) -> Wording:
    return word(PostKind.INVITATION, EVENT, guest(TO), answer_url(settings, TOKEN))


def codes_on(picture: bytes) -> str:
    return "".join(found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture))))


def letter(settings: Settings) -> str:
    made = wording(settings)
    pages = PdfReader(io.BytesIO(letters_pdf([made]))).pages
    return "".join(page.extract_text() for page in pages) + codes_on(letter_pictures(made)[0])


def serial_letter(settings: Settings) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(serial_table([wording(settings)])))
    return " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)


def questionnaire(settings: Settings) -> str:
    return form_url(settings, TOKEN)


def sealed(settings: Settings, offline: bool = False) -> Certificate:
    key = open_key(settings.data_dir, NOW)
    printing = Printing(2027, TODAY, Signing("Oberbürgermeister", "Olaf Neu"), settings, key, offline=offline)
    (made,) = printing.certificates([Certification(id=1, name="Kita Sonne", seal_number="2027-001")])
    return made


def certificate(settings: Settings) -> str:
    return sealed(settings).code + codes_on(certificate_picture(sealed(settings), Frame("Netzwerk", "Musterstadt")))


def door_plate(settings: Settings) -> str:
    return sealed(settings).code + codes_on(door_plate_picture(sealed(settings), Frame("Netzwerk", "Musterstadt")))


def tablets(settings: Settings) -> str:
    return to_staff(settings).address


def digital_badge(settings: Settings) -> str:
    return to_public(settings).address


def weekly(settings: Settings) -> str:
    rows = {
        "organisation": [{"id": 1, "name": "Tafel"}],
        "team_member": [{"id": 1, "name": "Rita", "mail": "rita@example.org"}],
        "relationship": [{"id": row, "organisation": 1, "team_member": 1, "cadence_days": 30, "since": "2026-01-01"}
                         for row in range(1, 20)],
    }  # fmt: skip
    made_up.write(settings.mirror_dir, rows, dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC))
    manifest = read_manifest(settings.mirror_dir)
    tables = {code: load_table(settings.mirror_dir, manifest, code) for code in BASE.tables}
    (made,) = weekly_letters(tables, TODAY, to_staff(settings).address)
    return made.text + made.html


def weekly_certification(settings: Settings) -> str:
    team = [TeamMember(id=1, name="Rita", mail="rita@example.org", place="agentur")]
    rounds = [RoundNow(CertificationRound(id=3, name="Runde 2027"), ())]
    (made,) = digests(rounds, team, TODAY, to_staff(settings).address)
    return made.text + made.html


OUTPUTS: dict[Callable[[Settings], str], set[str]] = {
    invitation: TO_GUESTS, reminder: TO_GUESTS, letter: TO_GUESTS, serial_letter: TO_GUESTS, questionnaire: TO_GUESTS,
    certificate: TO_GUESTS, door_plate: TO_GUESTS, digital_badge: TO_GUESTS,
    tablets: TO_US, weekly: TO_US, weekly_certification: TO_US,
}  # fmt: skip


def links_in(text: str) -> set[str]:
    return set(re.findall(r"https?://[^\s\"<>]+|href=[^\s>]*|S1\.[\w.-]+", text))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.__name__)
def test_a_link_goes_out_only_where_whoever_gets_it_can_open_it(
    tmp_path: Path, output: Callable[[Settings], str], state: str
) -> None:
    settings = Settings(
        _env_file=None, KONTAKTNETZ_DATA=tmp_path, answer_url=STATES[state], dashboard_url=STATES[state]
    )

    assert bool(links_in(output(settings))) == (state in OUTPUTS[output])


def test_without_an_address_of_its_own_the_pages_for_guests_are_those_beside_the_dashboard(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, dashboard_url="https://kontakte.example.org/")

    assert answer_url(settings, TOKEN) == f"https://kontakte.example.org/a/{TOKEN}"
    assert sealed(settings).code.startswith("https://kontakte.example.org/s/S1.")


@pytest.mark.parametrize("output", [invitation, letter])
def test_a_guest_who_gets_no_link_is_told_mail_and_phone_of_the_office(tmp_path, output) -> None:
    told = output(Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path))

    for part in ("Ihre Antwort per E-Mail oder Telefon", "engagement@stadt.example", "030 23125-050"):
        assert part in told
    assert "persönlichen Link" not in told


def test_badges_of_guests_carry_no_address_whatever_is_set() -> None:
    assert not links_in(badge_code(17, "aB3_-xyz"))
    assert qr_svg(badge_code(17, "aB3_-xyz"))


def test_papers_without_an_address_carry_a_code_only_when_somebody_wants_one_for_checks_without_a_network(
    tmp_path: Path,
) -> None:
    settings, frame = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path), Frame("Netzwerk", "Musterstadt")

    assert sealed(settings, offline=True).code.startswith("S1.")
    for paper in (certificates_pdf, door_plates_pdf):
        (page,) = PdfReader(io.BytesIO(paper([sealed(settings)], frame))).pages
        assert "2027-001" in page.extract_text()


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.__name__)
def test_in_a_demo_links_lead_to_this_machine_and_may_be_tried(tmp_path, output) -> None:
    settings = Settings(_env_file=None, KONTAKTNETZ_DATA=tmp_path, KONTAKTNETZ_DEMO=True)

    assert links_in(output(settings))
    assert to_public(settings).barred
    assert answer_url(settings, TOKEN) == f"http://127.0.0.1:8501/a/{TOKEN}"


def test_one_place_alone_reads_the_addresses_that_are_set() -> None:
    root = Path(__file__).parents[2]
    asking = [
        str(file.relative_to(root))
        for folder in ("schemas", "sync", "automations", "streamlit_app", "kontaktnetz")
        for file in (root / folder).rglob("*.py")
        if re.search(r"\.(?:answer_url|dashboard_url)\b", file.read_text(encoding="utf-8"))
    ]

    assert asking == ["sync/outgoing.py"]
