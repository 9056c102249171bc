"""Papers of an event besides letters: stand plan, list of exhibitors, name badges, the table for a serial letter."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import zxingcpp
from address_cases import CASES
from letters import EVENT, letter
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from servers import require_poppler

from automations.events.badge import Badge, read_badge
from automations.events.badges import Label, badges_pdf, labels
from automations.events.facts import GuestFacts
from automations.events.sending_plan import Guest
from automations.events.serial_letter import COLUMNS, serial_table
from automations.events.stand_plan import Exhibitor, exhibitor_list, needs, stand_plan_pdf
from schemas.events.choices import Answer, InvitationState, Place, StandState
from schemas.events.rules.address import Addressee, Form
from schemas.events.tables import Invitation, Stand
from schemas.operations.choices import PostKind

STANDS = [
    Stand(id=1, name="Chor", number="2", area="Foyer", row=1, spot=2, tables=2, power=True, wish="nah an der Tür"),
    Stand(id=2, name="Tafel", number="1", area="Foyer", row=1, spot=1, tables=1, state=StandState.CONFIRMED),
    Stand(id=3, name="Hospiz", number="3", area="Saal", state=StandState.ASKED),
    Stand(id=4, name="Abgesagt e. V.", state=StandState.CALLED_OFF),
]


def who(stand):
    return Exhibitor(stand.name or "", "Anna Muster", "030 23125-050")


def pages(content):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_the_plan_has_a_page_for_each_area_and_leaves_out_who_called_off():
    foyer, saal = pages(stand_plan_pdf("Messe", "24.04.2027, Rathaus", STANDS, who))

    assert foyer.index("1 Tafel") < foyer.index("2 Chor")
    assert "2 Stände, 3 Tische, 1 mit Strom" in foyer
    assert "3 Hospiz noch nicht bestätigt" in saal
    assert "Abgesagt" not in foyer + saal


def test_the_list_tells_what_each_needs_and_all_together():
    (page,) = pages(exhibitor_list("Messe", "24.04.2027, Rathaus", STANDS, who))

    assert "Insgesamt 3 Stände, 3 Tische, 1 mit Strom" in page
    assert "2 Chor Foyer 2 Tische, Strom Anna Muster, 030 23125-050 nah an der Tür" in page
    assert needs(Stand()) == ""


def guest(row, name, answer=Answer.YES, **more):
    first, last = name.rsplit(" ", 1)
    facts = GuestFacts(
        invitation=row, name=name, organisation="Chor e. V.", addressee=Addressee("", "", first, last), form=Form.SIE,
        mail="", phone="", channel="brief", state="", answer=answer, place="", represented_by="", companions=0, mark="",
    )  # fmt: skip
    cells = {"state": InvitationState.INVITED, "answer": answer, "mark": f"marke{row}"}
    return Guest(Invitation(id=row, **(cells | more)), facts)


def test_badges_are_for_who_is_coming_with_their_deputy_and_companions():
    made = labels([
        guest(1, "Kim Zander", companion_names="Lee Zander und Robin Ost"), guest(2, "Olaf Muster", Answer.NO),
        guest(3, "Anna Amsel", Answer.REPRESENTED, represented_by="Jo Fink"),
        guest(4, "Eva Ende", state=InvitationState.DROPPED), guest(5, "Ida Ohne", mark=None),
        guest(6, "Udo Wartet", place=Place.WAITING),
    ])  # fmt: skip

    assert [(one.name, one.line, one.code) for one in made] == [
        ("Jo Fink", "in Vertretung: Anna Amsel", "KN:3.marke3"), ("Ida Ohne", "", ""),
        ("Kim Zander", "", "KN:1.marke1"),
        ("Lee Zander", "mit Kim Zander", ""), ("Robin Ost", "mit Kim Zander", ""),
    ]  # fmt: skip


def test_ten_badges_fit_on_a_sheet_and_their_codes_are_read_at_the_door(tmp_path):
    require_poppler()
    given = [Label(f"Gast Nummer {n}", "Turnverein Nord", f"KN:{n}.aB3_-xyz") for n in range(1, 12)]
    (tmp_path / "b.pdf").write_bytes(badges_pdf("FreiwilligenPass 2026", given))
    read = PdfReader(tmp_path / "b.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "130", "-png", "-f", "1", "-l", "1", tmp_path / "b.pdf", tmp_path / "b"], check=True
    )
    (picture,) = tmp_path.glob("b-*.png")

    codes = {read_badge(found.text) for found in zxingcpp.read_barcodes(Image.open(picture))}

    assert len(read.pages) == 2
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert codes == {Badge(n, "aB3_-xyz") for n in range(1, 11)}


def table(letters):
    return CalamineWorkbook.from_filelike(io.BytesIO(serial_table(letters))).get_sheet_by_index(0).to_python()


def test_the_table_for_a_serial_letter_is_all_text_in_the_order_of_the_print_file():
    event = replace(EVENT, name="=Messe")
    letters = [letter(case[1], row, event) for row, case in enumerate(CASES, start=1)]

    head, *rows = table(letters)

    assert tuple(head) == COLUMNS
    assert len(rows) == 40
    assert {type(cell) for row in rows for cell in row} == {str}
    dresden = next(row for row in rows if "01067 Dresden" in row)
    assert rows.index(dresden) == 0
    assert dresden[:4] == ["Herrn Olaf Muster", "Am Kieselufer 17", "01067 Dresden", ""]
    assert dresden[6:9] == ["Sehr geehrter Herr Muster,", "Mit freundlichen Grüßen", "Olaf"]
    assert dresden[12] == "24.09.2026"
    assert dresden[13] == "'=Messe"
    assert all(row[11].startswith("https://antwort.") for row in rows)


def test_no_link_stands_in_the_table_where_no_answer_is_wanted():
    _, row = table([letter(CASES[0][1], occasion=PostKind.THANKS)])

    assert row[11] == ""
