"""Make a file of every kind that leaves the house, about nobody, odd names and 300 people, and open it.

    python bench/outputs.py [folder]

PDF is held against the rules of PDF/UA-1, Word and Excel are read by other libraries and printed by LibreOffice where
``soffice`` is there, calendars and cards are read by icalendar and vobject, badges are checked with their key. Ends
with one JSON line: how many kinds and files there were and how many a reader refused; the bar is 0.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import docx
import papers
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
from streamlit_app.public.sheets import Contact
from streamlit_app.rsvp.calendar_file import calendar_file
from streamlit_app.rsvp.facts import Facts
from sync.address_cards import make_cards

Made = Iterator[tuple[str, bytes]]
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def seals(names: tuple[str, ...]) -> list[Holder]:
    return [Holder(at, name, Seal(at, 2027, f"2027-{at:03d}"), awarded_on=papers.DAY, parent=papers.LONG)
            for at, name in enumerate(names, start=1)]  # fmt: skip


def tables(names: tuple[str, ...], _: Key) -> Made:
    rows = [(name, "0391 123456", papers.DAY, at, Way("https://base.example/1", "öffnen"))
            for at, name in enumerate(names)]  # fmt: skip
    yield "list.xlsx", table_file("Kontakte", ("Name", "Telefon", "Tag", "Zahl", "NocoDB"), rows, (42, 20), kept=1)
    yield "serial.xlsx", papers.serial(names)
    yield "holders.csv", public_table(seals(names), str, papers.DAY)


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
    content = badges(seals(names), key, network="Netzwerk", address="https://netz.example", today=papers.DAY)
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


def printed(file: Path) -> str:
    """Print an office file with LibreOffice; return what went wrong."""
    command = [str(SOFFICE), "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / "print"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    return "" if (file.parent / "print" / f"{file.stem}.pdf").is_file() else done.stderr or "nothing printed"


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "outputs"
        key = open_key(Path(scratch), dt.datetime.now(dt.UTC))
        files = refused = 0
        for kind, make in KINDS.items():
            for size, names in papers.SIZES.items():
                place = folder / size
                place.mkdir(parents=True, exist_ok=True)
                try:
                    made = list(make(names, key))
                except Exception as problem:
                    files, refused, made = files + 1, refused + 1, []
                    print(f"{kind}, {size}: not made: {problem}")
                for name, content in made:
                    files += 1
                    (place / name).write_bytes(content)
                    try:
                        check(name, content, key)
                        if SOFFICE and name.endswith(("docx", "xlsx")) and (wrong := printed(place / name)):
                            raise ValueError(wrong)
                    except Exception as problem:
                        refused += 1
                        print(f"{kind}, {size}, {name}: {problem}")
            print(f"{kind}: done", flush=True)
        print("LibreOffice printed" if SOFFICE else "LibreOffice is not here: nothing was printed")
        print(json.dumps({"kinds": len(KINDS), "files": files, "refused": refused}))
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
