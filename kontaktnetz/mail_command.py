"""`kontaktnetz mail`: what one mail or calendar file would do with an invitation, and doing it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from automations.events.incoming.calendar_text import MOST_BYTES
from automations.events.incoming.carried import Carried
from automations.events.incoming.explain import Effect, explain
from automations.events.incoming.intake import Intake
from automations.events.incoming.itip import read_answers
from automations.events.incoming.opening import open_intake
from automations.events.incoming.recognise import Judged, judge_calendars
from automations.jobs.mailbox import ANSWERS
from automations.mail.parsing import parse_mail
from schemas.errors import LeaseHeld, SourceError
from sync.clock import utc_now
from sync.settings import load_settings

app = typer.Typer(help="Antworten auf Einladungen, die per E-Mail oder als Kalenderdatei kamen.", no_args_is_help=True)

MOST_MAIL_BYTES = 40_000_000
_OUTLOOK_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADERS = ("From", "To", "Date", "Subject", "Message-ID", "Received", "Content-Type")


@app.callback()
def mail() -> None:
    """Antworten auf Einladungen, die per E-Mail oder als Kalenderdatei kamen."""


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(metavar="DATEI", help="Gespeicherte E-Mail (.eml) oder Kalender (.ics).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Nur sagen, was geschähe; nichts ändern.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON ausgeben, für Programme.")] = False,
) -> None:
    """Eine Antwort auf eine Einladung aufnehmen: sagen, wessen sie ist, was bisher galt, was künftig gilt und warum."""
    source = read_file(file)
    settings = load_settings()
    settings.require_server()
    found = open_intake(settings, utc_now(), ANSWERS, utc_now)
    if found is None:
        raise LeaseHeld("Ein anderes Programm liest gerade die Base.", hint="Bitte in einer Minute noch einmal.")
    intake = found[2]
    judge = partial(source, intake)
    judged = judge()
    effects = explain(judged, intake.standing(list(judged.verdicts)))
    if not dry_run:
        intake.take([judge])
    if as_json:
        told = {"file": file.name, "dry_run": dry_run, "effects": [dataclasses.asdict(one) for one in effects]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(describe(effects, dry_run=dry_run))


def describe(effects: list[Effect], *, dry_run: bool) -> str:
    """Return in German what a file does."""
    if not effects:
        return "Das hat mit keiner Einladung zu tun. Es wurde nichts geändert."
    told = "\n\n".join(effect.describe() for effect in effects)
    return told + ("\n\nEs wurde nichts geändert (--dry-run)." if dry_run else "")


def read_file(file: Path) -> Callable[[Intake], Judged]:
    """Return how a file is judged: as a mail, or as a calendar.

    Raises:
        SourceError: it is not there, not readable, or neither of the two.
    """
    raw = _bytes(file)
    if b"BEGIN:VCALENDAR" in raw[:MOST_BYTES].upper() and not _looks_like_mail(raw):
        return partial(_judge_calendar, raw)
    if file.suffix.casefold() in (".ics", ".ical"):
        raise SourceError(
            f"„{file.name}“ ist kein lesbarer Kalender.",
            hint="Erwartet wird eine Datei im Format iCalendar; speichern Sie den Anhang noch einmal, oder die ganze "
            "E-Mail als .eml.",
        )
    if not _looks_like_mail(raw):
        raise SourceError(
            f"„{file.name}“ ist weder eine gespeicherte E-Mail noch ein Kalender.",
            hint="Speichern Sie die E-Mail im Mailprogramm als Datei mit der Endung .eml.",
        )
    message = parse_mail(raw)
    return lambda intake: intake.judge(message)


def _judge_calendar(raw: bytes, intake: Intake) -> Judged:
    ident = f"datei:{hashlib.sha256(raw).hexdigest()[:40]}"
    held = Carried(sender="", sent=None, ident=ident, subject="", text="", answers=tuple(read_answers(raw)))
    return Judged(tuple(judge_calendars([held], intake.book, intake.now())))


def _looks_like_mail(raw: bytes) -> bool:
    message = parse_mail(raw.lstrip(b"\r\n\xef\xbb\xbf"))
    return sum(message.get(name) is not None for name in _HEADERS) >= 2


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_MAIL_BYTES:
            raise SourceError(f"„{file.name}“ ist mit über {MOST_MAIL_BYTES // 1_000_000} MB zu groß für eine E-Mail.")
        raw = file.read_bytes()
    except OSError as problem:
        raise SourceError(
            f"Die Datei „{file}“ ist nicht da oder nicht lesbar.", hint="Bitte prüfen Sie Ordner und Namen."
        ) from problem
    if raw.startswith(_OUTLOOK_FILE):
        raise SourceError(
            f"„{file.name}“ ist eine Outlook-Datei (.msg), die nur Outlook lesen kann.",
            hint="Öffnen Sie die E-Mail in Outlook im Browser oder in Thunderbird und speichern Sie sie als .eml.",
        )
    if not raw.strip():
        raise SourceError(f"„{file.name}“ ist leer.", hint="Bitte speichern Sie die E-Mail noch einmal.")
    return raw
