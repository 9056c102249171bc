"""Take a calendar (RFC 5545) apart as it really comes: wrong encodings, lines that gateways broke, text behind its end.

Pure and forgiving on purpose: what cannot be read is left out, and whoever decides looks at what is missing. Times stay
as they are written; ``moment`` reads them.
"""

from __future__ import annotations

import binascii
import datetime as dt
import quopri
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from automations.incoming.calendar_lines import next_midnight
from schemas.time_zone import BERLIN

MOST_BYTES = 2_000_000
"""An answer is small; what is larger is none."""

_NAMES = frozenset(
    (
        "ACTION", "ATTACH", "ATTENDEE", "BEGIN", "CALSCALE", "CATEGORIES", "CLASS", "COMMENT", "COMPLETED", "CONTACT",
        "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE", "DURATION", "END", "EXDATE", "EXRULE",
        "FREEBUSY", "GEO", "LAST-MODIFIED", "LOCATION", "METHOD", "ORGANIZER", "PERCENT-COMPLETE", "PRIORITY",
        "PRODID", "RDATE", "RECURRENCE-ID", "RELATED-TO", "REPEAT", "REQUEST-STATUS", "RESOURCES", "RRULE",
        "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "TZURL",
        "UID", "URL", "VERSION",
    )
)  # fmt: skip
"""Names of properties; a line that begins with none of them goes on with the one before."""

LONGEST_ZONE = 200
"""Characters of a zone's name: it becomes the name of a file, whose folders are opened one within the other."""

_BEGIN = re.compile(r"^[^\S\n]*BEGIN:VCALENDAR[^\S\n]*$", re.I | re.M)
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(?=[;:])")
_PARAM = re.compile(r';\s*([A-Za-z][A-Za-z0-9-]*)=("[^"]*"(?:,"[^"]*")*|(?i:mailto):[^;:"]*|[^;:"]*)')
"""An address as a value has to stand in quotes, and often does not."""
_OFFSETS = re.compile(r"GMT\s*([+-]\d{2}):?(\d{2})\s*\(Standard\)", re.I)
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name (capitals), its parameters (names in capitals) and its value, still escaped."""

    name: str
    params: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """Return the value as people read it."""
        return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value).strip()


@dataclass(slots=True)
class Part:
    """A component with its lines in order and those inside it; ``closed`` says that its end was there."""

    name: str
    lines: list[Line] = field(default_factory=list)
    inner: list[Part] = field(default_factory=list)
    closed: bool = False

    def all(self, name: str) -> list[Line]:
        """Return the lines with this name."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """Return the first value with this name, empty if there is none."""
        return next((line.text for line in self.lines if line.name == name), "")


def read_calendars(raw: bytes, charset: str = "") -> list[Part]:
    """Return every calendar in ``raw``, whatever stands before, between and behind them; none if it holds none."""
    if len(raw) > MOST_BYTES:
        return []
    text = re.sub(r"\r\n|\r", "\n", _decoded(raw, charset))
    starts = [found.start() for found in _BEGIN.finditer(text)]
    pieces = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return [part for piece in pieces if (part := _nested(_unfolded(piece))) is not None]


def moment(line: Line | None, zones: Mapping[str, str] | None = None) -> dt.datetime | None:
    """Return a date or time as an aware moment, None if it is none; without a zone that is known it is Berlin's."""
    if line is None:
        return None
    value = next_midnight(line.value.strip().upper())
    for shape in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%dT%H%MZ", "%Y%m%dT%H%M", "%Y%m%d"):
        try:
            found = dt.datetime.strptime(value, shape)  # noqa: DTZ007 - gets its zone below
        except ValueError:
            continue
        if shape.endswith("Z"):
            return found.replace(tzinfo=dt.UTC)
        return found.replace(tzinfo=zone_of(line.params.get("TZID", ""), zones or {}))
    return None


def zone_of(name: str, offsets: Mapping[str, str]) -> dt.tzinfo:
    """Return a time zone by any of the names that calendars use; ``offsets`` are those the calendar itself explains.

    >>> zone_of("W. Europe Standard Time", {}).key
    'Europe/Berlin'
    >>> zone_of("GMT +0100 (Standard) / GMT +0200 (Daylight)", {}).key
    'Europe/Berlin'
    """
    name = name.strip().strip('"')[:LONGEST_ZONE]
    for known in (name, name.rpartition("mozilla.org/")[2].partition("/")[2], WINDOWS_TO_OLSON.get(name, "")):
        try:
            return ZoneInfo(known)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    said = _OFFSETS.search(name)
    offset = f"{said[1]}{said[2]}" if said else offsets.get(name, "+0100")
    if offset == "+0100" or not re.fullmatch(r"[+-]\d{4,6}", offset):
        return BERLIN
    minutes = int(offset[1:3]) * 60 + int(offset[3:5])
    return dt.timezone(dt.timedelta(minutes=minutes if offset[0] == "+" else -minutes))


def explained_zones(calendar: Part) -> dict[str, str]:
    """Return the standard offsets that a calendar explains, by the names it gives them."""
    found = {}
    for part in calendar.inner:
        if part.name == "VTIMEZONE":
            standard = next((inner for inner in part.inner if inner.name == "STANDARD"), None)
            if standard is not None and standard.text("TZOFFSETTO"):
                found[part.text("TZID").strip('"')] = standard.text("TZOFFSETTO")
    return found


def _decoded(raw: bytes, charset: str) -> str:
    """Return the text; a transfer encoding that nobody named is undone, and so is one that was applied twice."""
    raw = _without_transfer_encoding(raw)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    for name in ("utf-8-sig", charset, "cp1252"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1")


def _without_transfer_encoding(raw: bytes) -> bytes:
    if b"BEGIN:VCALENDAR" not in raw.upper():
        try:
            plain = b64decode(b"".join(raw.split()), validate=True)
        except (binascii.Error, ValueError):
            return raw
        return plain if b"BEGIN:VCALENDAR" in plain.upper() else raw
    return quopri.decodestring(raw) if re.search(rb";[A-Za-z-]+=3D", raw) else raw


def _unfolded(text: str) -> Iterator[str]:
    """Yield whole lines, up to the end of the calendar; a piece that a gateway cut off is put back."""
    whole = ""
    for piece in text.split("\n"):
        name = _LINE.match(piece)
        begins = name is not None and (name[1].upper() in _NAMES or name[1].upper().startswith("X-"))
        if begins and piece[:1] not in " \t":
            if whole:
                yield whole
            whole = piece
        elif piece.strip():
            whole += piece[1:] if piece[:1] in " \t" else piece
        if whole.strip().upper() == "END:VCALENDAR":
            break
    if whole:
        yield whole.rstrip()


def _nested(lines: Iterator[str]) -> Part | None:
    root: Part | None = None
    open_: list[Part] = []
    for line in map(_parsed, lines):
        if line is None:
            continue
        if line.name == "BEGIN":
            part = Part(line.value.strip().upper())
            if open_:
                open_[-1].inner.append(part)
            root = root or part
            open_.append(part)
        elif line.name == "END":
            while open_:
                ended = open_.pop()
                ended.closed = ended.name == line.value.strip().upper()
                if ended.closed:
                    break
        elif open_:
            open_[-1].lines.append(line)
    return root


def _parsed(line: str) -> Line | None:
    name = _LINE.match(line)
    if name is None:
        return None
    params: dict[str, str] = {}
    at = name.end()
    while found := _PARAM.match(line, at):
        params[found[1].upper()] = found[2]
        at = found.end()
    return Line(name[1].upper(), params, line[at + 1 :]) if line[at : at + 1] == ":" else None
