"""Read a mail: who wrote to whom, when and about what, and whether a person wrote it at all. Pure.

Automatic answers, mailing lists and newsletters are no contact (RFC 3834, RFC 2919, RFC 2369). A message that came back
(RFC 3464) is no contact either, but tells that an address is wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from enum import StrEnum

from automations.incoming.subjects import says_away, says_undeliverable
from automations.mail.address import readable
from automations.mail.message import DOMAIN
from schemas.time_zone import BERLIN

ROOM = 300
"""Characters of a subject that are kept."""

READ = 100_000
"""Characters of a text or header that are read: what somebody wrote themselves stands at the beginning.

Cut is what was decoded, never bytes: half a letter at the end would make the whole text one of another encoding.
"""

_PREFIX = re.compile(r"^\s*(?:(?:re|aw|antw|antwort|fwd?|wg)(?:\[\d+\])?\s*:\s*)+", re.I)
# Linear in the text: a run of letters is read from its start only, and no blank beyond its line.
_QUOTED_FROM = re.compile(
    r"^(?:[>*]|[^\S\n]){0,40}(?:von|from)[^\S\n]*:?\*?[^\S\n]*:[^\S\n]*(?P<who>.+@.+)$", re.I | re.M
)
_MAIL = re.compile(r"(?<![\w.+%'=/-])[\w.+%'=/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_WHO = ("To", "Cc", "Bcc", "Resent-To")
_BULK = {"bulk", "list", "junk", "auto_reply"}
_LIST_HEADERS = ("List-Id", "List-Post", "Mailing-List")
_MASS_HEADERS = ("List-Unsubscribe-Post", "Feedback-ID", "X-CSA-Complaints")
"""What only senders of masses add to a way to unsubscribe; a CRM puts that alone into personal mails, too."""

_AUTO_HEADERS = (
    "X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-AutoReply-From", "X-Autoreply-Type", "X-Mail-Autoreply",
    "X-Vacation", "X-Zarafa-Vacation", "X-FC-MachineGenerated",
)  # fmt: skip
"""``X-Auto-Response-Suppress`` is none: with it Exchange asks others not to answer by program what a person wrote. Nor
is ``X-MS-Exchange-Generated-Message-Source``: it stands on what a rule of a person's mailbox passes on, too."""

_NO = ("", "no", "none", "false", "0", "nein")
"""What a header says that is there and denies it."""

_REWRITTEN = re.compile(r"[\s(]+(?:via|über|on behalf of|im auftrag)\s", re.I)
"""What a list puts between the name of who wrote and its own, when it replaces the address by its own (DMARC)."""

_TOLD_BY_LIST = ("X-Original-From", "Original-From")
_SAID = 20_000
"""Characters of a mail that tell it from another one with the same Message-ID."""

_RETURNED = ("delivery-status", "global-delivery-status")
"""Types of a report that says what became of a mail. Exchange leaves it out at times: then the parts tell."""

_SERVER = re.compile(r"(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster|microsoftexchange[0-9a-f]{6,40})@", re.I)
_POSTMASTER = re.compile(r"postmaster@", re.I)
_PROGRAM_NAME = re.compile(r"daemon|deliver|mail(?:er)? ?(?:system|router|server)|mailer|postmaster|zustell", re.I)
_FIRST_WORDS = 1_500

_OLDEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


class MailKind(StrEnum):
    """What a mail is."""

    PERSONAL = "personal"
    AUTOMATIC = "automatic"
    LIST = "list"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as it matters here; ``addresses`` holds the sender first, then the recipients, each once.

    ``names`` are those that stand beside the addresses; an address without one is not in it.
    """

    ident: str
    kind: MailKind
    day: dt.date
    subject: str
    addresses: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def read_mail(message: Message, now: dt.datetime) -> Mail:
    """Return what the headers of a mail say; ``now`` (aware) stands in for a date that is missing or absurd."""
    names = named_senders(message)
    for address, name in _names(value for header in _WHO for value in _raw(message, header)).items():
        names[address] = names.get(address) or name
    return Mail(
        ident=ident_of(message),
        kind=kind_of(message),
        day=_sent(message, now).astimezone(BERLIN).date(),
        subject=_PREFIX.sub("", " ".join(_decoded(_first(message, "Subject")).split()))[:ROOM].strip(),
        addresses=tuple(names),
        names={address: name for address, name in names.items() if name},
    )


def ident_of(message: Message) -> str:
    """Return what makes this mail itself: its Message-ID, else its headers, and a digest of its day, subject and words.

    Some programs give several mails the same Message-ID, or none.
    """
    words = (text_of(message) or _page_of(message))[:_SAID]
    told = "\n".join(" ".join(text.split()) for text in (_first(message, "Date"), subject_of(message), words))
    return f"{plain_ident_of(message)}.{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"


def former_ident(ident: str) -> str:
    """Return under what a mail was recorded before the words were part of it (also of a key that ends in an ident).

    >>> former_ident("antwort:mail:0123.4567")
    'antwort:mail:0123'
    """
    return ident.partition(".")[0]


def plain_ident_of(message: Message) -> str:
    """Return the part of an ident that headers tell: the Message-ID, else what stands in them."""
    named = " ".join(_first(message, "Message-ID").split())
    if not named:
        headers = [_decoded(_first(message, h)) for h in ("Date", "From", "To", "Subject")]
        named = "\n".join(" ".join(header.split()) for header in headers)
    return f"mail:{hashlib.sha256(named.encode('utf-8', 'replace')).hexdigest()[:40]}"


def senders(message: Message) -> list[str]:
    """Return the addresses that a mail says it is from."""
    return list(named_senders(message))


def named_senders(message: Message) -> dict[str, str]:
    """Return by address the names of those that a mail says it is from, empty where none stands there.

    Where a list put its own address in place of theirs, they are whom it names, or who gets the answer.
    """
    told = _names(_raw(message, "From"))
    names = [name.partition(found[0])[0] for name in told.values() if (found := _REWRITTEN.search(name))]
    original = _names(value for header in _TOLD_BY_LIST for value in _raw(message, header))
    wrote = original or (_names(_raw(message, "Reply-To")) if names else {})
    if len(wrote) == 1 and names:
        wrote = {address: name or _tidy(names[0]) for address, name in wrote.items()}
    return wrote | {address: name for address, name in told.items() if address not in wrote}


def subject_of(message: Message) -> str:
    """Return the subject as it reads, with whatever stands before it."""
    return " ".join(_decoded(_first(message, "Subject")).split())[:ROOM].strip()


def kind_of(message: Message) -> MailKind:
    """Return what kind of mail the headers show.

    >>> from email import message_from_string
    >>> kind_of(message_from_string("Subject: Messe\\nAuto-Submitted: auto-replied\\n\\n"))
    <MailKind.AUTOMATIC: 'automatic'>
    """
    if _came_back(message):
        return MailKind.BOUNCE
    submitted = auto_submitted(message)
    if any(message.get(header) is not None for header in _LIST_HEADERS) or _is_mass_mail(message):
        return MailKind.LIST
    precedence = _first(message, "Precedence").strip().casefold()
    if precedence in ("list", "bulk"):
        return MailKind.LIST
    if submitted != "no" or precedence in _BULK or says_autoresponder(message):
        return MailKind.AUTOMATIC
    if message.get_content_type() == "multipart/report" or _is_calendar_answer(message):
        return MailKind.AUTOMATIC
    if _first(message, "Return-Path").strip() == "<>" or is_away(message):
        return MailKind.AUTOMATIC
    return MailKind.PERSONAL


def auto_submitted(message: Message) -> str:
    """Return what a mail says of who sent it: "no" for a person, also where nothing stands there (RFC 3834, 5).

    A remark in brackets and parameters are left out.
    """
    told = _first(message, "Auto-Submitted").split(";")[0].split("(")[0].strip().casefold()
    return told or "no"


def says_autoresponder(message: Message) -> bool:
    """Say whether a mail bears one of the marks by which programs that answer make themselves known."""
    if any(value.strip().casefold() not in _NO for header in _AUTO_HEADERS for value in _raw(message, header)):
        return True
    if _first(message, "X-Autogenerated").strip().casefold() == "reply":  # Kerio; the others are passed on by a rule
        return True
    told = [_first(message, header).casefold() for header in ("X-Precedence", "X-POST-MessageClass", "Delivered-To")]
    preference = _first(message, "Preference").strip().casefold()
    return (
        told[0].strip() in _BULK
        or preference in _BULK
        or "autoresponder" in (told[1].rpartition(";")[2].strip(), told[2].strip())
    )


def is_delivery_status(part: Message) -> bool:
    """Say whether a part is the one in which a mail server tells programs what became of a mail."""
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def is_from_server(message: Message) -> bool:
    """Say whether a mail names a mail server as who wrote it."""
    return any(_SERVER.match(address) for address in senders(message))


def tells_undeliverable(message: Message) -> bool:
    """Say whether the first words of a mail are those of a server that gives up."""
    return says_undeliverable(text_of(message)[:_FIRST_WORDS])


def recipients(message: Message) -> list[str]:
    """Return the addresses that a mail went to."""
    return list(_names(value for header in _WHO for value in _raw(message, header)))


def addresses_of(text: str) -> list[str]:
    """Return the addresses that stand in a text."""
    return _MAIL.findall(text)


def is_away(message: Message) -> bool:
    """Say whether the subject is that of somebody who is not there."""
    return says_away(subject_of(message))


def forwarded_names(message: Message) -> dict[str, str]:
    """Return by address the names of those who wrote the mails that this one passes on, empty where none is told."""
    inside = (_first(part, "From") for part in _parts(message) if part is not message and part.get("From"))
    found = _names(inside)
    for quoted in _QUOTED_FROM.finditer(text_of(message)):
        name, addresses = _MAIL.split(quoted["who"], maxsplit=1)[0], _MAIL.findall(quoted["who"])
        for address in addresses:
            found.setdefault(address, "")
        if len(addresses) == 1:
            found[addresses[0]] = found[addresses[0]] or _tidy(name.partition("[mailto")[0].partition("<")[0])
    return found


def text_of(message: Message) -> str:
    """Return the plain text of a mail, whatever it says its encoding is; empty if it has none."""
    for part in _parts(message):
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return guessed(body, str(part.get_content_charset() or "utf-8"))[:READ].strip()
    return ""


def _came_back(message: Message) -> bool:
    """Say whether a mail server returns a mail, as far as headers tell it, and the parts where they are there."""
    marked = auto_submitted(message) != "no" or _first(message, "Return-Path").strip() == "<>"
    server = is_from_server(message)
    by_program = marked or server
    reports = message.get_content_type() == "multipart/report"
    if message.get("X-Failed-Recipients"):
        return True
    if (reports or by_program) and any(map(is_delivery_status, _own_parts(message))):
        return True  # else a person passes one on
    if reports:
        report = str(message.get_param("report-type", "")).casefold()
        if report in _RETURNED or (not report and not message.is_multipart()):
            return True
    if says_undeliverable(subject_of(message)):
        return by_program
    # who has left writes the same words into an absence, and a person may write from postmaster@
    human = not marked and all(
        _POSTMASTER.match(address) and name and not _PROGRAM_NAME.search(name)
        for address, name in named_senders(message).items()
    )
    return server and not human and not is_away(message) and tells_undeliverable(message)


def _own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail, not those of a mail that it passes on."""
    content = message.get_payload()
    if isinstance(content, list) and message.get_content_maintype() == "multipart":
        for part in content:
            if isinstance(part, Message):
                yield from _own_parts(part)
    else:
        yield message


def _page_of(message: Message) -> str:
    for part in _parts(message):
        if part.get_content_type() == "text/html" and part.get_content_disposition() != "attachment":
            body = part.get_payload(decode=True)
            return guessed(body, str(part.get_content_charset() or "utf-8")) if isinstance(body, bytes) else ""
    return ""


def _is_mass_mail(message: Message) -> bool:
    """Say whether a mail that one can unsubscribe from went out to many; our own circulars say so by that alone."""
    if message.get("List-Unsubscribe") is None:
        return False
    ours = _first(message, "Message-ID").strip().rstrip(">").endswith(f"@{DOMAIN}")
    return ours or any(message.get(header) is not None for header in _MASS_HEADERS)


def _names(headers: Iterable[str]) -> dict[str, str]:
    """Return the addresses of headers with the names beside them; a header that breaks the rules is searched."""
    found: dict[str, str] = {}
    for header in headers:
        read = [(name, address) for name, address in _addresses(header) if "@" in address]
        for name, address in read or [("", address) for address in _MAIL.findall(header)]:
            shown = readable(address)
            found[shown] = found.get(shown) or _tidy(_decoded(name))
    return found


def _addresses(header: str) -> list[tuple[str, str]]:
    """Return names and addresses of a header, none where brackets in brackets are more than the library can read."""
    try:
        return getaddresses([" ".join(header.split())])
    except RecursionError:
        return []


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" \"'*")[:ROOM]


def _parts(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if isinstance(part, Message))


def _is_calendar_answer(message: Message) -> bool:
    method = str(message.get_param("method", "") or "").upper()
    return message.get_content_type() == "text/calendar" and method in ("REPLY", "COUNTER")


def _sent(message: Message, now: dt.datetime) -> dt.datetime:
    """Return when a mail was sent, else when it was received, as far as that can be true at all."""
    for said in (_first(message, "Date"), _first(message, "Received").rpartition(";")[2]):
        try:
            moment = parsedate_to_datetime(said.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
        if _OLDEST < moment < now + dt.timedelta(days=1):
            return moment
    return now


def _raw(message: Message, name: str) -> list[str]:
    """Return the headers of a name as they came, bytes without an encoding as lone surrogates."""
    return [str(value)[:READ] for header, value in message.raw_items() if header.casefold() == name.casefold()]


def _first(message: Message, name: str) -> str:
    return next(iter(_raw(message, name)), "")


def _decoded(raw: str) -> str:
    """Return a header as people read it; broken encodings lose a letter, never the header."""
    if any("\udc80" <= letter <= "\udcff" for letter in raw):  # bytes that no encoding was named for
        raw = guessed(raw.encode("utf-8", "surrogateescape"), "utf-8")
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, ValueError, MessageError):
        pieces = []
        try:
            for piece, charset in decode_header(raw):
                pieces.append(piece if isinstance(piece, str) else guessed(piece, charset or "utf-8"))
        except (ValueError, MessageError):
            return raw
        return "".join(pieces)


def guessed(body: bytes, charset: str) -> str:
    """Return bytes as text, by the encoding they claim or another one that fits."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "replace")
