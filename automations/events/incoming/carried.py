"""Find the calendars that a mail carries, however it carries them, and the mail that each of them came with. Pure.

Outlook names no file, others send ``application/ics`` or ``octet-stream`` with a name that ends in .ics; an answer that
was passed on lies in a mail inside the mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from automations.events.incoming.itip import CalendarAnswer, Method, address_of, read_answers
from automations.events.incoming.own_words import words_in
from automations.incoming import mails
from automations.mail.address import bare

_CALENDAR_TYPES = ("text/calendar", "application/ics", "text/x-vcalendar", "application/calendar")
_VAGUE_TYPES = ("application/octet-stream", "text/plain", "application/x-unknown", "application/download", "text/ics")
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Carried:
    """A mail with the calendar answers in it; ``passed_on_by`` are the senders of the mails around it, outermost first.

    ``sent`` is None where no date can be read; ``text`` are its words, from its HTML where it has no plain text.
    ``sender_name`` stands beside the sender.
    """

    sender: str
    sent: dt.datetime | None
    ident: str
    subject: str
    text: str
    answers: tuple[CalendarAnswer, ...]
    passed_on_by: tuple[str, ...] = ()
    sender_name: str = ""


def carried(message: Message) -> list[Carried]:
    """Return every mail in a mail that holds calendar answers, the outermost first."""
    return [one for one in _mails(message, ()) if one.answers]


def sender_of(message: Message) -> str:
    """Return the address that wrote a mail, as it is compared and without a plus; empty if it names none."""
    return next((bare(address) for one in mails.senders(message) if (address := address_of(one))), "")


def sender_name_of(message: Message) -> str:
    """Return the name beside the address that wrote a mail, empty if there is none."""
    return next((name for one, name in mails.named_senders(message).items() if address_of(one)), "")


def _mails(message: Message, around: tuple[str, ...]) -> Iterator[Carried]:
    inner: list[Message] = []
    answers: list[CalendarAnswer] = []
    for part in _parts(message):
        if (held := _mail_in(part)) is not None:
            inner.append(held)
        else:
            answers += _answers_in(part)
    yield Carried(
        sender=sender_of(message), sent=sent_of(message), ident=mails.plain_ident_of(message),
        subject=mails.subject_of(message), text=words_in(message), answers=_told_once(answers),
        passed_on_by=around, sender_name=sender_name_of(message),
    )  # fmt: skip
    if len(around) < _DEEPEST:
        for one in inner:
            yield from _mails(one, (*around, sender_of(message)))


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail, not those of a mail inside it."""
    content = message.get_payload()
    if isinstance(content, list) and message.get_content_maintype() == "multipart":
        for part in content:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _mail_in(part: Message) -> Message | None:
    """Return the mail that is attached as this part, also as a file that ends in .eml."""
    content = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(content, list) and content:
        return content[0] if isinstance(content[0], Message) else None
    if _file_name(part).endswith(".eml") or part.get_content_type() == "message/rfc822":
        raw = part.get_payload(decode=True)
        return message_from_bytes(raw) if isinstance(raw, bytes) and raw.strip() else None
    return None


def _answers_in(part: Message) -> list[CalendarAnswer]:
    kind, name = part.get_content_type(), _file_name(part)
    named = name.endswith((".ics", ".ical", ".ifb", ".vcs"))
    if kind not in _CALENDAR_TYPES and not (named or (kind in _VAGUE_TYPES and part.get_param("method") is not None)):
        return []
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return []
    method = part.get_param("method", "")
    return read_answers(
        raw, charset=str(part.get_content_charset() or ""), method=method if isinstance(method, str) else ""
    )


def _told_once(answers: list[CalendarAnswer]) -> tuple[CalendarAnswer, ...]:
    """Return each answer once: many send the same calendar a second time as a file, at times without its method."""
    clear = {replace(one, method=Method.NONE) for one in answers if one.method != Method.NONE}
    return tuple(one for one in dict.fromkeys(answers) if one.method != Method.NONE or one not in clear)


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "").strip().strip('"').casefold()
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""


def sent_of(message: Message) -> dt.datetime | None:
    """Return when a mail says it was sent, None if it says nothing that can be read."""
    try:
        found = parsedate_to_datetime(str(message.get("Date", "")).strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
