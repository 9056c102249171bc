"""Every hour: take meetings that are over out of the team's calendars, if any are set."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit

import requests

from automations.deliveries import SomeFailed
from automations.incoming.entries import Found, bring_contacts
from automations.incoming.meetings import Meeting, NoCalendar, read_meetings
from automations.incoming.memory import NAME as MEMORY
from automations.incoming.memory import Memory
from automations.incoming.refreshed import load_known
from schemas.contacts.choices import InteractionKind, InteractionOrigin
from schemas.errors import KontaktnetzError, SourceError, Transient
from schemas.time_zone import BERLIN
from sync.connection import open_base
from sync.settings import Settings
from sync.time_limit import TimeLimit, at_most
from sync.timed_http import timed_session

NAME = "Treffen aus Kalendern"
EVERY_MINUTES = 60
DAYS = 90
"""So far back meetings are looked at."""

MOST_BYTES = 20_000_000
"""A calendar larger than this is none that a small team keeps."""

_TIMEOUT = 30.0
_LONGEST = 120.0
"""Seconds until a calendar has to be here whole, however slowly its server sends."""


class CalendarAway(KontaktnetzError, Transient):
    """A calendar does not answer."""


def run(settings: Settings, now: dt.datetime) -> str:
    """Read every calendar and say in German what came of it; nothing while none is set or nothing is new.

    Raises:
        SomeFailed: a calendar could not be read; the others were.
        LeaseHeld: another automatic writer is at work; the next turn goes on.
        NocoDBError: the server refused or did not answer.
    """
    if not settings.calendar_places:
        return ""
    since = now.astimezone(BERLIN).date() - dt.timedelta(days=DAYS)
    memory = Memory(settings.data_dir / MEMORY)
    seen = memory.meetings()
    meetings: dict[str, Meeting] = {}
    problems = []
    for number, place in enumerate(settings.calendar_places, start=1):
        try:
            texts = _texts(place, number)
        except (SourceError, CalendarAway) as problem:
            problems.append(str(problem))
            continue
        for name, text in texts.items():
            try:
                read = _read(name, text, since, now)
            except SourceError as problem:
                problems.append(str(problem))
            else:
                meetings |= {one.ident: one for one in read if one.ident not in seen}
    told = _bring(settings, memory, list(meetings.values()), since, now) if meetings else ""
    if problems:
        raise SomeFailed(" | ".join([told, *problems] if told else problems), hint="Die anderen Kalender sind gelesen.")
    return told


def _bring(settings: Settings, memory: Memory, meetings: list[Meeting], since: dt.date, now: dt.datetime) -> str:
    known = load_known(settings, now)
    if known is None:
        return ""
    found = [
        Found(one.ident, one.day, InteractionKind.MEETING, one.title, one.addresses, names=one.names)
        for one in meetings
    ]
    brought = bring_contacts(
        open_base(settings), found, known, origin=InteractionOrigin.CALENDAR, cause=NAME,
        now=lambda: dt.datetime.now(dt.UTC),
    )  # fmt: skip
    memory.keep_meetings({one.ident: one.day for one in meetings if one.ident in brought.idents}, since)
    return f"{brought.new} Treffen eingetragen" if brought.new else ""


def _texts(place: str, number: int) -> dict[str, bytes | Path]:
    """Return one calendar, or the files of a folder, by name; an address is never told, it often is a secret."""
    if "://" in place:
        return {f"Kalender {number} ({urlsplit(place).hostname})": _fetch(place, number)}
    path = Path(place)
    try:
        return {f"„{file.name}“": file for file in (sorted(path.glob("*.ics")) if path.is_dir() else [path])}
    except OSError as problem:
        raise _unreadable(path) from problem


def _read(name: str, text: bytes | Path, since: dt.date, now: dt.datetime) -> list[Meeting]:
    """Read one calendar: one that is broken keeps no other out."""
    try:
        return read_meetings(text if isinstance(text, bytes) else text.read_bytes(), since, now)
    except OSError as problem:
        raise _unreadable(text) from problem
    except NoCalendar as problem:
        raise SourceError(
            f"{name} ist kein lesbarer Kalender: {problem}.",
            hint="Erwartet wird eine Datei im Format iCalendar (.ics), wie sie jedes Kalenderprogramm ausgibt.",
        ) from problem


def _unreadable(path: object) -> SourceError:
    return SourceError(
        f"Der Kalender „{path}“ ist nicht da oder nicht lesbar.", hint="Prüfen Sie CALENDARS in der .env."
    )


def _fetch(address: str, number: int) -> bytes:
    where = f"Kalender {number} ({urlsplit(address).hostname})"
    url = "https://" + address.removeprefix("webcal://") if address.startswith("webcal://") else address
    try:
        with at_most(_LONGEST) as limit, timed_session() as browser:
            return _body(browser.get(url, timeout=_TIMEOUT, stream=True), limit, where)
    except (requests.RequestException, TimeoutError) as problem:
        raise CalendarAway(f"{where} ist nicht erreichbar.", problem=type(problem).__name__) from problem


def _body(answer: requests.Response, limit: TimeLimit, where: str) -> bytes:
    with answer:
        if answer.status_code >= 500:
            raise CalendarAway(f"{where} antwortet mit {answer.status_code}.")
        if answer.status_code >= 400:
            raise SourceError(
                f"{where} wird nicht herausgegeben ({answer.status_code}).",
                hint="Kopieren Sie die geheime Adresse im iCal-Format neu aus Ihrem Kalender in die .env.",
            )
        body = b""
        for piece in answer.iter_content(65_536):
            body += piece
            if len(body) > MOST_BYTES:
                raise SourceError(f"{where} ist größer als {MOST_BYTES // 1_000_000} MB.")
        if limit.is_over:
            raise TimeoutError  # a line that is shut looks like an end
        return body
