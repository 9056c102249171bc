"""The printed sheets: what stands on them, on how many pages, tagged for screen readers, on paper and for Word."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import docx as word
import made_up
import pytest
from made_up import NOW
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from automations.documents import docx, pdf
from automations.documents.pdf import DocumentError, typeset
from streamlit_app import data, sheets
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import ORGANISATION, PERSON
from streamlit_app.ui import sheet_texts
from sync.nocodb.accounts import Role

LONG = "Verein zur Förderung der nachbarschaftlichen Zusammenarbeit in Neu Olvenstedt e. V. "

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


def ago(days: int) -> str:
    return (NOW.date() - dt.timedelta(days=days)).isoformat()


def everything() -> dict[str, list[dict[str, object]]]:
    """Return an organisation of which everything is known that can be, with long names; another without anything."""
    people = range(1, 21)
    return {
        "organisation": [
            {"id": 1, "name": LONG * 2, "kind": "verein", "street": "Lange Straße 1", "postcode": "39104",
             "city": "Magdeburg", "phone": "0391 1", "mail": "post@example.org", "web": "https://example.org",
             "portrait": LONG * 9, "note": LONG * 9, "engagement_fields": ["sport", "kultur"]},
            {"id": 2, "name": "Leer #[x]"},
        ],
        "person": [
            {"id": n, "first_name": "Maximiliane-Charlotte", "last_name": f"von der Probe-Beispiel {n}",
             "phone": f"0391 {n}", "mail": f"maximiliane-charlotte.probe-beispiel{n}@verein.example.org"}
            for n in people
        ],
        "function": [{"id": n, "name": LONG, "person": n, "organisation": 1} for n in people],
        "team_member": [{"id": n, "name": f"Rita {n}", "mail": f"r{n}@example.org"} for n in people],
        "interaction": [
            {"id": n, "day": ago(n), "organisation": 1, "person": n % 20 + 1, "team_member": n % 20 + 1,
             "kind": "treffen", "summary": f"{LONG} {n}", "next_step": f"Schritt {n} {LONG}",
             "next_step_due": ago(-n), "next_step_done": n % 2 == 0}
            for n in range(1, 60)
        ],
        "relationship": [{"id": 1, "organisation": 1, "team_member": 1, "kind": "betreuung", "cadence_days": 90},
                         {"id": 2, "organisation": 2, "team_member": 1, "kind": "betreuung"}],
        "contribution": [{"id": n, "organisation": 1, "direction": "gegeben", "day": ago(400 * n)} for n in (1, 2)],
    }  # fmt: skip


@pytest.fixture
def full(data_dir: Path) -> Path:
    made_up.write(data_dir / "mirror", everything(), NOW)
    return data_dir


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


@pytest.mark.parametrize(("table", "row"), [(ORGANISATION, 1), (ORGANISATION, 2), (PERSON, 1)])
def test_a_steckbrief_is_one_page_however_much_is_known(full: Path, table: str, row: int) -> None:
    sheet = sheets.profile(data.picture(), table, row)
    made = pdf.sheets_as_pdf([sheet], title="Steckbrief", footer="Nur intern")
    assert len(read(made).pages) == 1


def test_it_says_who_is_there_who_knows_them_what_is_promised_and_what_was(full: Path) -> None:
    sheet = sheets.profile(data.picture(), ORGANISATION, 1)
    people, known, steps, contacts, gifts = sheet.sections
    facts = dict(sheet.facts)
    assert facts["Anschrift"] == "Lange Straße 1, 39104 Magdeburg"
    assert facts["Letzter Kontakt"] == f"{NOW.date() - dt.timedelta(days=1):%d.%m.%Y}"
    assert facts["Rhythmus"] == "spätestens alle 90 Tage (Rita 1)"
    assert len(people.rows) == len(known.rows) == len(steps.rows) == len(contacts.rows) == sheets.FEW
    assert people.rows[0][2].startswith("0391")
    assert steps.rows[0][1].startswith("Schritt 1 "), "the first due comes first"
    assert not any(row[1].startswith("Schritt 2 ") for row in steps.rows), "what is done is not promised"
    assert contacts.rows[0][0] == facts["Letzter Kontakt"]
    assert (gifts.heading, {row[1:] for row in gifts.rows}) == (sheet_texts.GIFTS, {("1", "0")}), "the club gave"
    empty = sheets.profile(data.picture(), ORGANISATION, 2)
    assert [part.rows for part in empty.sections] == [()] * 4
    assert all(part.empty for part in empty.sections)


def test_the_pdf_is_tagged_german_and_takes_no_name_for_markup(full: Path) -> None:
    made = pdf.sheets_as_pdf([sheets.profile(data.picture(), ORGANISATION, 2)], title="Leer", footer="Nur intern")
    root = read(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert str(root["/Lang"]).startswith("de")
    assert "/StructTreeRoot" in root
    assert read(made).metadata.title == "Leer"
    told = words_of(made)
    assert "Leer #[x]" in told
    assert "\u200b" not in told, "an address copied from the sheet is a good address"
    assert sheet_texts.NO_CONTACTS in told


def test_the_sheets_of_a_hand_over_hold_all_promises_on_paper_and_for_word(full: Path) -> None:
    picture = data.picture()
    both = [sheets.handed(picture, ORGANISATION, row, left="Rita", follows="Paul") for row in (1, 2)]
    paper = words_of(pdf.sheets_as_pdf(both, title="Übergabe", footer="Nur intern"))
    made = word.Document(io.BytesIO(docx.sheets_as_docx(both, title="Übergabe", footer="Nur intern")))
    typed = "\n".join(
        [*(p.text for p in made.paragraphs), *(c.text for t in made.tables for r in t.rows for c in r.cells)]
    )
    for told in (paper, typed):
        assert told.count("Übergabe von Rita an Paul") == 2
        for number in range(1, 60, 2):
            assert f"Schritt {number} " in told
    assert [p.text for p in made.paragraphs if p.style.name == "Heading 1"][1] == "Leer #[x]"


def test_a_template_that_asks_for_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "brief.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#data.anrede", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"Vorlage „brief\.typ“.*anrede"):
        typeset("brief.typ", {"name": "x"}, tmp_path)
    with pytest.raises(DocumentError, match=r"Vorlage „fehlt\.typ“"):
        typeset("fehlt.typ", {}, tmp_path)


def test_both_pages_offer_their_sheets(full: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    at = open_page("kontakte", eintrag="o2")
    assert sheet_texts.BUTTON in [b.label for b in at.get("download_button")]
    at = open_page("uebergabe")
    at.selectbox(key="uebergabe_wer").select(1).run()
    assert not at.exception
    labels = [b.label for b in at.get("download_button")]
    assert {sheet_texts.HANDED_PDF, sheet_texts.HANDED_DOCX} <= set(labels)


ODD = "\U000f1234"
"""A character that no font has: it is for private use."""


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("", 0, ""), ("organisation", 0, "note"), ("organisation", 0, "name"), ("person", 0, "last_name"),
     ("function", 0, "name"), ("interaction", 0, "summary"), ("interaction", 0, "next_step")],
)  # fmt: skip
def test_who_prints_a_sheet_is_told_of_every_text_on_it_that_no_font_of_ours_has(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn, table: str, row: int, column: str
) -> None:
    sign_in(Role.VIEWER)
    tables = everything()
    if table:
        tables[table][row][column] = f"Text {ODD}"
    made_up.write(data_dir / "mirror", tables, NOW)

    detail = open_page("kontakte", eintrag="o1")
    handed = open_page("uebergabe")
    handed.selectbox(key="uebergabe_wer").select(1).run()
    for at in (detail, handed):
        warned = [one.value for one in at.warning if "Kästchen" in one.value]
        assert len(warned) == bool(table)
        assert all(f"Text {ODD}" in one for one in warned)
