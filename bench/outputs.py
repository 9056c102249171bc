"""Make a file of every kind that leaves the house, about nobody, odd names and 300 people, and open it.

    python bench/outputs.py [folder]

PDF is held against the rules of PDF/UA-1 and read by qpdf; Word, Excel and CSV are read by other libraries and printed
by LibreOffice, which must show every column, on A4, with heads on every page; calendars are read by icalendar, vobject,
libical and ical.js, cards by vobject; badges are checked with their key, by us and by a foreign verifier. A reader that
this machine does not have is named (``bench/readers.py`` says where each comes from). Ends with one JSON line: how many
kinds and files there were, how many a reader refused (the bar is 0), and which readers were missing.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import docx
import pandas as pd
import papers
import readers
import vobject
from icalendar import Calendar
from letters import EVENT, guest
from pdf_rules import broken_rules
from python_calamine import CalamineWorkbook

from automations.certification.holders import Holder
from automations.certification.publishing import badges, public_table
from automations.documents.spreadsheet import Way, table_file
from automations.events.calendar import Method, Organiser, request
from automations.signing import Key, is_genuine, open_key
from schemas.certification.rules.seals import Seal
from schemas.contacts.tables import Organisation, Person
from schemas.events.rules.address import Addressee
from schemas.events.tables import Event, Invitation
from streamlit_app import export
from streamlit_app.frames import network, quality
from streamlit_app.public.sheets import Contact
from streamlit_app.rsvp.calendar_file import calendar_file
from streamlit_app.rsvp.facts import Facts
from streamlit_app.ui import findings, network_matrix, row_list, texts
from sync.address_cards import make_cards

Made = Iterator[tuple[str, bytes]]
YESTERDAY = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
"""A seal is valid from its day on: verifiers refuse one of tomorrow."""


class Somewhere:
    """As much of a picture of the base as tables for Excel ask for."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = dict(enumerate(names, start=1))

    def names(self, _: str) -> Mapping[int, str]:
        return self._names

    def former_names(self) -> Mapping[int, tuple[int, ...]]:
        return {at: (at + 1,) for at in self._names if at % 7 == 0}

    def label(self, _: str, __: str, code: str) -> str:
        return code

    def row_url(self, table: str, row: int) -> str:
        return f"https://base.example/{table}/{row}"


def seals(names: tuple[str, ...]) -> list[Holder]:
    year = YESTERDAY.year
    return [Holder(at, name, Seal(at, year, f"{year}-{at:03d}"), awarded_on=YESTERDAY, parent=papers.LONG)
            for at, name in enumerate(names, start=1)]  # fmt: skip


def tables(names: tuple[str, ...], _: Key) -> Made:
    picture: Any = Somewhere(names)
    rows = [(name, "0391 123456", papers.DAY, at, Way("https://base.example/1", "öffnen"))
            for at, name in enumerate(names)]  # fmt: skip
    yield "list.xlsx", table_file("Kontakte", ("Name", "Telefon", "Tag", "Zahl", "NocoDB"), rows, (42, 20), kept=1)
    found = [
        {"type": ("organisation", "person")[at % 2], "id": at, "name": name, "note": papers.LONG, "sphere": "verein",
         "kind": "verein", "fields": ("sport", "kultur"), "district": "Neue Neustadt", "phone": "0391 123456",
         "mail": f"gast{at}@bürgerhaus.example", "last_contact": pd.Timestamp(papers.DAY) if at % 3 else pd.NaT}
        for at, name in enumerate(names, start=1)
    ]  # fmt: skip
    yield "contacts.xlsx", export.workbook(picture, pd.DataFrame(found))
    cells = [network.Cell(1 + (at + other) % min(39, len(names)), at, None, 2020 + at % 6)
             for at in range(1, len(names) + 1) for other in range(1 + at % 9)]  # fmt: skip
    yield "matrix.xlsx", network_matrix.workbook(picture, cells)
    for kind in texts.QUALITY_SECTIONS:
        those = [quality.Finding("organisation", at, one, one, one, papers.DAY, one) for at, one in enumerate(names)]
        if kind not in ("abweichungen", "dubletten"):  # cases to decide, shown as cards
            yield f"quality-{kind}.xlsx", findings.workbook(picture, kind, those)
    told = [row_list.Row((one, papers.NOW, one), url="https://base.example/1") for one in names]
    listed = row_list.RowList("rows", "Anschriften", ("Wer", "Seit wann", "Woran es liegt"), told)
    yield "rows.xlsx", row_list.workbook(listed)
    yield "serial.xlsx", papers.serial(names)
    yield "holders.csv", public_table(seals(names), str, YESTERDAY)


def calendars(names: tuple[str, ...], _: Key) -> Made:
    organiser = Organiser(f'Netzwerk "{papers.LONG}"', "büro@bürgerhaus.example", "base")
    published = Event(id=5, name=f"Ehrung, {papers.WORD}; 2027", starts_at=papers.NOW, venue="Rathaus", city="Ulm")
    for at, name in enumerate(names, start=1):
        invited = guest(Addressee(), at, name=name, mail=f"gast{at}@bürgerhaus.example")
        for method in Method:
            text = request(
                EVENT, invited, organiser, sequence=at, stamp=papers.NOW, method=method, answer_link="https://x"
            )
            yield f"mail-{at}-{method}.ics", text.replace("\n", "\r\n").encode()
        for mail in ("haus@example.org", ""):
            facts = Facts(published, name, Contact(name, "", mail), None)
            content = calendar_file(facts, Invitation(id=at, event=5, name=name), "base", papers.NOW)
            yield f"page-{at}-{'publish' if mail else 'plain'}.ics", content


def cards(names: tuple[str, ...], _: Key) -> Made:
    people = [Person(id=at, last_name=name, title="Dr.", phone="0391 1") for at, name in enumerate(names, start=1)]
    houses = [Organisation(id=at, name=name, mail="a@x.example") for at, name in enumerate(names, start=1)]
    for name, text in make_cards(houses, people, [], papers.DAY).items():
        yield name, text.encode()


def badge_files(names: tuple[str, ...], key: Key) -> Made:
    content = badges(seals(names), key, network="Netzwerk", address="https://netz.example", today=YESTERDAY)
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        for name in folder.namelist():
            yield name, folder.read(name)


def one(make: papers.Make, name: str) -> Callable[[tuple[str, ...], Key], Made]:
    return lambda names, key: iter([(name, make(names, key))])


KINDS = {
    **{f"pdf {kind}": one(make, f"{kind.replace(' ', '-')}.pdf") for kind, make in papers.PDF.items()},
    **{f"word {kind}": one(make, f"{kind}.docx") for kind, make in papers.WORD_FILES.items()},
    "tables": tables, "calendars": calendars, "cards": cards, "badges": badge_files,
}  # fmt: skip


def check_calendar(content: bytes) -> None:
    """Hold a calendar against RFC 5546, 3.2: what its method asks of its one event."""
    read = Calendar.from_ical(content)
    vobject.readOne(content.decode())
    (entry,) = read.walk("VEVENT")
    wanted = {"REQUEST": (1, 1), "CANCEL": (1, 1), "PUBLISH": (1, 0), None: (0, 0)}
    count = tuple(int(name in entry) for name in ("ORGANIZER", "ATTENDEE"))
    if count != wanted[read.get("METHOD")] or any(
        name not in entry for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE")
    ):
        raise ValueError(f"no iTIP: {read.get('METHOD')} {count}")
    if any(len(line) > 998 for line in content.split(b"\r\n")):
        raise ValueError("a line that no reader takes")


def check_badge(content: bytes, key: Key) -> None:
    """Check the signature of a badge over its first two parts (RFC 7515, 5.2)."""
    head, body, signature = content.decode().split(".")
    json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if not is_genuine(f"{head}.{body}".encode(), signature, key.public):
        raise ValueError("the signature is not ours")
    if readers.has_verifier():
        readers.verify_badge(content.decode(), key.private.public_key())


def check(name: str, content: bytes, key: Key) -> None:
    """Open a file as its readers do.

    Raises:
        Exception: what the reader says of it.
    """
    ending = name.rsplit(".", 1)[1]
    if ending == "pdf" and (broken := broken_rules(content)):
        raise ValueError("; ".join(broken))
    if ending == "docx":
        docx.Document(io.BytesIO(content))
    if ending == "xlsx":
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    if ending == "csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        if len({len(row) for row in rows}) != 1:
            raise ValueError("rows of different length")
    if ending == "ics":
        check_calendar(content)
    if ending == "vcf":
        vobject.readOne(content.decode()).validate(raiseException=True)
    if ending == "jwt":
        check_badge(content, key)


def make_all(folder: Path, key: Key) -> Iterator[tuple[Path, bytes | str]]:
    """Write a file of every kind and size; yield what stands in it, or why there is none."""
    for kind, make in KINDS.items():
        for size, names in papers.SIZES.items():
            place = folder / size
            place.mkdir(parents=True, exist_ok=True)
            try:
                for name, content in make(names, key):
                    (place / name).write_bytes(content)
                    yield place / name, content
            except Exception as problem:
                yield place / kind, f"not made: {problem}"
        print(f"{kind}: done", flush=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "outputs"
        key = open_key(Path(scratch), dt.datetime.now(dt.UTC))
        made: list[Path] = []
        refused: dict[Path, str] = {}
        for file, content in make_all(folder, key):
            made.append(file)
            if isinstance(content, str):
                refused[file] = content
                continue
            try:
                check(file.name, content, key)
            except Exception as problem:
                refused[file] = str(problem)
        refused |= {file: f"{refused.get(file, '')} {said}".strip() for file, said in readers.refusals(made)}
        for file, said in refused.items():
            print(f"{file.relative_to(folder)}: {said}")
        missing = readers.missing()
        print(f"not here, so nothing was read by: {', '.join(missing)}" if missing else "every reader was here")
        print(json.dumps({"kinds": len(KINDS), "files": len(made), "refused": len(refused), "tools_missing": missing}))
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
