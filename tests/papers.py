"""One of every kind of paper the product makes, about nobody, about people with difficult names, or about 300."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from letters import EVENT, LINK, letter

from automations.certification.certificates import (
    Certificate,
    Frame,
    Receiver,
    certificates_pdf,
    door_plates_pdf,
    handover_list_pdf,
)
from automations.certification.decision_sheet import Decided, decision_page, decision_sheet_pdf
from automations.certification.ratings import Own, Review
from automations.certification.report import Told
from automations.certification.report_paper import report_docx, report_paper, report_pdf
from automations.documents.docx import sheets_as_docx
from automations.documents.pdf import sheets_as_pdf
from automations.documents.sheet import Section, Sheet
from automations.events.badges import Label, badges_pdf
from automations.events.lot_sheet import lot_sheet_pdf
from automations.events.print_letters import letters_pdf
from automations.events.serial_letter import serial_table
from automations.events.stand_plan import Exhibitor, exhibitor_list, stand_plan_pdf
from automations.signing import Key
from schemas.certification.choices import Rating
from schemas.certification.rules.procedure import DEFAULT
from schemas.events.choices import StandState
from schemas.events.rules.address import Addressee
from schemas.events.tables import Draw, Event, Stand

LONG = "Verein zur Förderung der nachbarschaftlichen Zusammenarbeit in Neu Olvenstedt e. V."
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften"
NAMES = (
    "Änne Größe-Süß", LONG, WORD, "Nguyễn Thị Hương", "محمد الأحمد", "Łukasz Żółć", "İpek Yılmaz", "Οδυσσέας Ελύτης",
    "Наталія Шевченко", "Rita 🌻 Muster", "Jürgen <b>O'Neil</b> & #[Co]", "=1+1", "李小龍", "x",
)  # fmt: skip
SIZES: Mapping[str, tuple[str, ...]] = {
    "none": (), "few": NAMES, "many": tuple(f"{NAMES[n % len(NAMES)]} {n}" for n in range(300)),
}  # fmt: skip
DAY = dt.date(2027, 5, 6)
NOW = dt.datetime(2027, 5, 6, 9, tzinfo=dt.UTC)
FRAME = Frame("Netzwerk bürgerschaftliches Engagement", "Magdeburg")
FACTS = (("Art", "Verein"), ("Anschrift", f"Lange Straße 1, {WORD}"), ("Träger", LONG))

Make = Callable[[tuple[str, ...], Key], bytes]


def sheets(names: tuple[str, ...]) -> list[Sheet]:
    """Return sheets about each, with a full table and an empty one."""
    rows = tuple((name, "0391 123456", f"{name.split()[0].casefold()}@verein.example", LONG) for name in names[:60])
    full = Section("Menschen", ("Name", "Telefon", "E-Mail", "Aufgabe"), (3, 2, 3, 3), rows, "Noch niemand.")
    none = Section("Kontakte", ("Tag", "Worum es ging"), (1, 4), (), "Noch kein Kontakt.")
    return [Sheet("Steckbrief", name, FACTS, (full, none)) for name in names[:8]]


def certificates(names: tuple[str, ...]) -> list[Certificate]:
    return [
        Certificate(name, 2027, f"2027-{at:03d}", f"https://antwort.example/s/S1.{'x' * 180}{at}", DAY, "Dr. Ada Groß",
                    "Oberbürgermeisterin", "Magdeburg", "Neue Neustadt")
        for at, name in enumerate(names, start=1)
    ]  # fmt: skip


def told(names: tuple[str, ...]) -> list[Told]:
    kinds = (Rating.FULLY, Rating.PARTLY, Rating.NOT)
    return [
        Told(one, Own(kinds[at % 3], "Aushang"), Review(kinds[at % 3], names[at % len(names)]))
        for at, one in enumerate(DEFAULT.criteria)
    ] if names else []  # fmt: skip


def report(names: tuple[str, ...]):
    texts = {"description": "\n".join(names), "conclusion": f"Gut.\n- {LONG}\n- {WORD}"}
    return report_paper(names[0] if names else "Haus", FRAME.network, FACTS if names else (), texts, told(names),
                        draft=True)  # fmt: skip


def decision(names: tuple[str, ...], _: Key) -> bytes:
    pages = [
        decision_page(
            name, FACTS, {"conclusion": "Gut.\n- eins\n- zwei", "recommendations": "- mehr"} if at else {}, DEFAULT,
            told(names), steps=("Gespräch",), recused=((name, "Sitz im Vorstand"),) * (at % 3), signed=bool(at % 2),
            decided=Decided("verleihen", "06.05.2027", "Netzwerk", LONG) if at % 2 else None,
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    return decision_sheet_pdf(pages, network=FRAME.network, subtitle="Sitzung am 06.05.2027")


def stands(names: tuple[str, ...]) -> list[Stand]:
    kinds = (StandState.CONFIRMED, StandState.ASKED)
    return [
        Stand(id=at, name=name, number=str(at), area=("Foyer", "Saal")[at % 2], row=(at // 2) // 10 + 1,
              spot=(at // 2) % 10 + 1 if at % 5 else None, tables=at % 3, power=at % 2 == 0, state=kinds[at % 2],
              wish=name)
        for at, name in enumerate(names, start=1)
    ]  # fmt: skip


def who(stand: Stand) -> Exhibitor:
    return Exhibitor(stand.name or "", "Anna Muster", "030 23125-050")


def addressed(names: tuple[str, ...]):
    """Return a letter to each; the second has no link and so no code."""
    made = [
        letter(Addressee(first_name="Eva", last_name=name, street="Lange Straße 1", postcode="39104",
                         city="Magdeburg"), row)
        for row, name in enumerate(names, start=1)
    ]  # fmt: skip
    return [replace(one, answer_link="") if at == 1 else one for at, one in enumerate(made)]


def lots(names: tuple[str, ...], key: Key) -> bytes:
    row = Draw(id=1, name=f"Reise nach {WORD}", event=5, at=NOW, seed="6, 11, 23", entries="\n".join(names),
               winners="\n".join(names[:3]), digest="ab" * 32, by="Rita Muster")  # fmt: skip
    return lot_sheet_pdf(row, Event(id=5, name=EVENT.name, starts_at=NOW), key, host=FRAME.network)


PDF: Mapping[str, Make] = {
    "profile": lambda names, _: sheets_as_pdf(sheets(names), title="Steckbrief", footer="Stand 06.05.2027"),
    "report": lambda names, _: report_pdf(report(names)),
    "decision": decision,
    "certificates": lambda names, _: certificates_pdf(certificates(names), FRAME),
    "door plates": lambda names, _: door_plates_pdf(certificates(names), FRAME),
    "hand-over list": lambda names, _: handover_list_pdf(
        [Receiver(name, f"Frau {name}", f"2027-{at:03d}") for at, name in enumerate(names)],
        title="Verleihung 2027", subtitle="Freiwilligenmesse, 06.05.2027",
    ),
    "letters": lambda names, _: letters_pdf(addressed(names)),
    "badges": lambda names, _: badges_pdf(
        EVENT.name, [Label(name, LONG, LINK if at % 2 else "", f"mit {name}") for at, name in enumerate(names)]
    ),
    "stand plan": lambda names, _: stand_plan_pdf("Messe", "06.05.2027, Rathaus", stands(names), who),
    "exhibitors": lambda names, _: exhibitor_list("Messe", "06.05.2027, Rathaus", stands(names), who),
    "lot sheet": lots,
}  # fmt: skip
"""Every kind of PDF; each is made of names and a key."""

WORD_FILES: Mapping[str, Make] = {
    "profile": lambda names, _: sheets_as_docx(sheets(names), title="Steckbrief", footer="Stand 06.05.2027"),
    "report": lambda names, _: report_docx(report(names)),
}
"""Every kind of Word file."""

TEMPLATES_USED = {
    "sheet.typ": "profile", "certification_report.typ": "report", "decision_sheet.typ": "decision",
    "certificate.typ": "certificates", "door_plate.typ": "door plates", "handover_list.typ": "hand-over list",
    "letter.typ": "letters", "badges.typ": "badges", "stand_plan.typ": "stand plan", "lot_sheet.typ": "lot sheet",
}  # fmt: skip
"""Which paper shows a template: one that is missing here has no paper."""


def serial(names: tuple[str, ...]) -> bytes:
    return serial_table(addressed(names))
