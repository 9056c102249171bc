"""Every reader of text that comes from outside, and texts that are hard to read.

A reader takes any text and returns, or raises one of its documented errors; the time it takes grows with the text.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from pathlib import Path

import xlsxwriter

from automations.certification import seal_code
from automations.events import badge, calendar_uid
from automations.events.companion_names import companion_names
from automations.events.incoming import calendar_text, carried, itip, own_words, sent_posts
from automations.events.tokens import Signer
from automations.incoming import bounces, mails, meetings
from automations.mail import address
from automations.mail.parsing import parse_mail
from schemas.certification import quick_rating
from schemas.contacts import quick_entry
from schemas.contacts.aliases import former_cells
from schemas.contacts.bounces import standing_problems
from schemas.contacts.told_days import find_day_ahead, find_day_behind, find_deadline
from schemas.contacts.told_names import find_names
from schemas.errors import KontaktnetzError
from schemas.events import quick_answer
from schemas.events.rules import address_parts, admission, picking, roles, titles
from schemas.events.rules.segment_facts import BadSegment
from schemas.reach import reach_of
from streamlit_app.door.routes import safe_target
from streamlit_app.frames import search
from streamlit_app.public import typed
from streamlit_app.rsvp.form import ROOM, read_form
from sync import html_text, normalise, person_names, phone_numbers
from sync.converters import says_nothing
from sync.env_file import read_env
from sync.identity import evidence
from sync.identity.display_names import names_other_human
from sync.identity.mails import is_placeholder, is_shared_mailbox
from sync.identity.mails import read_mails as identity_mails
from sync.identity.organisation_reading import read_body_name
from sync.identity.person_reading import read_name
from sync.identity.register import read_register_number
from sync.identity.transliteration import in_latin
from sync.sources import profile_files
from sync.sources.files import file_kind
from sync.sources.readers import read_file
from sync.sources.rows import no_entry
from sync.sources.templates import parse
from sync.sources.vcard_lines import split_cards

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
SIZES = (1_000, 10_000, 100_000, 1_000_000)

SHAPES = (
    "a", "ä", "A", " ", "(", ")", "()", "[", "{", "0", "1 ", "@", "a@", "a@b.de ", "a.", ".", "-", " - ", "/", "0/",
    "1/1/", "+", "+49", "\n", "\r\n", " \n", "\t", "\xa0", "<", "<a ", "</", "<!--", ">", "> ", '"', "'", "\\",
    "\\n", ",",
    ", ", ";", ";A=", ":", "::::", "=", "=?utf-8?q?", "=?", "=3D", "&", "&amp;", "&#", "e", "e.", "e. V. ", "Dr. ",
    "von ", "Frau ", "Frau Herr ", "und ", "bis ", "am 1.", "am 1 schrieb ", "1.1.", "1. ", "tel ", "Tel. 0", "geb. ",
    "(geb. ", "I ", " x", "x1 ", "re: ", "aw:", "http://", "www.", "https://x.example/a/1.aaaa.", "S1.a.",
    "c/o ", "postfach ",
    "e\u0301", "\u0301", "\ud800", "\u202e", "\x00", "\x1a", "\U0001f469\u200d", "ß", "İ", "ﷺ",
    "Hauptstr. 1 - ", "der ",
    "zum ", "Nr. ", "seite 1", "gesamt ", "BEGIN:VCARD\n", "BEGIN:VCALENDAR\n", "TEL;TYPE=", "$", "${", "#",
    " #", "|", "_", "*",
)  # fmt: skip

_ALPHABETS = (
    "abcdefgäöüßABCDEFGÄÖÜ ", "0123456789 +-/().", "\x00\x01\x0b\x1a\x1b\x7f\x85\u2028 ab", " \t\n\r\xa0\u3000",
    "\"'„“”‚‘`´ a;,", "([{<>}])a ", "e\u0301\u0308\u200b\u200d\u202e\ufeffa", "\ud800\udfff\U0001f469a ", "@.a-_+ ",
    "=?utf-8?q?=3D_a", ";:,|\\\n\"a", "&#<>amp;/!-",
)  # fmt: skip
_WORDS = (
    "Frau", "Herr", "Dr.", "Prof.", "von", "der", "und", "Müller", "Straße", "e. V.", "bis", "morgen", "Freitag", "am",
    "27.", "Nov.", "geb.", "Tel.", "0391", "5401234", "c/o", "Postfach", "39104", "Magdeburg", "Verein",
    "gGmbH", "a@b.de",
    "schrieb", "Von:", "Re:", "wegen", "1.3.2026", "https://x.example", "Vorsitzende", "(", ")", ",", "-",
    "\n", '"', "z 3",
)  # fmt: skip


class TooSlow(Exception):
    """A reader was stopped."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: what it does with a text, and the errors it may raise."""

    read: Callable[[str], object]
    errors: tuple[type[Exception], ...] = ()


def repeated(shape: str, size: int) -> str:
    """Return a text of so many characters that repeats a shape."""
    return (shape * (size // len(shape) + 1))[:size]


def hard_texts(size: int) -> Iterator[tuple[str, str]]:
    """Yield name and text: every shape over and over; behind a letter, with an end that fits nothing."""
    for shape in SHAPES:
        yield repr(shape), repeated(shape, size)
        yield f"a {shape!r} !", f"a {repeated(shape, size)}\x01!"


def random_texts(count: int, seed: int = 15) -> Iterator[str]:
    """Yield so many made-up texts, the same ones every time: most are short, runs of one sign among them."""
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.random()
        if kind < 0.4:
            yield " ".join(chance.choices(_WORDS, k=chance.randint(1, 14)))
        elif kind < 0.85:
            signs = chance.choice(_ALPHABETS) + chance.choice(_ALPHABETS)
            yield "".join(chance.choices(signs, k=chance.randint(0, 60)))
        else:
            parts = (chance.choice(_WORDS) + chance.choice(SHAPES) * chance.randint(1, 40) for _ in range(3))
            yield "".join(parts)


def _plain(text: str, kind: str = "text/plain") -> Message:
    head = f"Subject: Messe\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return parse_mail((head + text).encode("utf-8", "replace"))


def _headed(text: str) -> Message:
    line = text.replace("\n", " ").replace("\r", " ").encode("utf-8", "replace")
    names = (b"Subject", b"From", b"To", b"Date", b"Message-ID", b"References", b"In-Reply-To", b"Auto-Submitted",
             b"Content-Type", b"Return-Path", b"X-Autoreply", b"Precedence")  # fmt: skip
    return parse_mail(b"".join(name + b": " + line + b"\n" for name in names) + b"\nText\n")


def _headers(text: str) -> object:
    message = _headed(text)
    sent_posts.references(message)
    sent_posts.is_ours(message)
    carried.sender_of(message)
    carried.sender_name_of(message)
    carried.sent_of(message)
    mails.is_away(message)
    bounces.read_bounces(message)
    return mails.kind_of(message), mails.named_senders(message), mails.ident_of(message), mails.read_mail(message, NOW)


def _report(text: str) -> object:
    block = f"Final-Recipient: rfc822;{text}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; {text}\n"
    whole = (
        "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: message/delivery-status\n\n{block}\n"
        f"--b\nContent-Type: message/rfc822\n\nSubject: {text}\nMessage-ID: {text}\n\n{text}\n--b--\n"
    )
    message = parse_mail(whole.encode("utf-8", "replace"))
    sent_posts.is_ours(message)
    sent_posts.refers_to_us(message)
    return mails.kind_of(message), bounces.read_bounces(message), mails.is_away(message)


def _file(name: str, profile: str | None, around: Callable[[str], bytes]) -> Callable[[str], object]:
    """Read a file here, whatever its size: what a process of its own adds is tested beside it."""

    def read(text: str) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(around(text))
            if name == ".env":
                return read_env(path)
            kind = file_kind(path)
            options = profile_files.load_profile(profile).reader.of(kind) if profile else {}
            return sum(1 for _ in read_file(kind, path, options).rows()) if profile or kind == "csv" else None

    return read


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _workbook(text: str) -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Liste")
        for column, title in enumerate(("Nachname", "Vorname")):
            sheet.write_string(0, column, title)
        sheet.write_string(1, 0, text.encode("utf-8", "replace").decode()[:30_000])
    return kept.getvalue()


def _calendar(text: str) -> bytes:
    return _bytes(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART:20261124T120000Z\r\nATTENDEE;PARTSTAT=ACCEPTED;CN={text}:mailto:a@b.de\r\nSUMMARY:{text}\r\n"
        f"COMMENT:{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def _person(text: str) -> object:
    return read_name({"last_name": text, "first_name": text, "title": text, "mail": text}, [text], [text])


def _log(text: str) -> object:
    return admission.read_log(text)


def _addresses(text: str) -> object:
    return address.addresses_in(text), address.one_address(text), address.split_sender(text), address.readable(text)


def _days(text: str) -> object:
    line = text[: quick_entry.LONGEST]
    return [find(line, TODAY) for find in (find_day_behind, find_day_ahead, find_deadline)]


_SOURCE = (KontaktnetzError,)
READERS: dict[str, Reader] = {
    "cell: clean": Reader(normalise.clean),
    "cell: lines": Reader(normalise.clean_lines),
    "cell: key": Reader(normalise.text_key),
    "cell: nothing told": Reader(lambda text: says_nothing(text, words=True)),
    "cell: total": Reader(lambda text: no_entry({"A": text})),
    "cell: other encoding": Reader(evidence.is_misread),
    "phones": Reader(phone_numbers.read_phones),
    "phone to dial": Reader(phone_numbers.can_be_dialled),
    "phone key": Reader(phone_numbers.phone_key),
    "mails": Reader(normalise.read_mails),
    "one mail": Reader(normalise.is_mail),
    "web": Reader(normalise.read_web),
    "postcode": Reader(normalise.read_postcode),
    "date": Reader(normalise.read_date),
    "unix time": Reader(normalise.read_unix_time),
    "person name": Reader(person_names.split_person_name),
    "salutation": Reader(person_names.split_salutation),
    "title": Reader(person_names.split_title),
    "organisation key": Reader(normalise.organisation_key),
    "organisation name": Reader(lambda text: read_body_name(evidence.text({"name": text}, "name"))),
    "organisation register": Reader(read_register_number),
    "human name": Reader(_person),
    "name in latin": Reader(in_latin),
    "display name": Reader(lambda text: names_other_human(text, [{"last_name": "Beispiel", "first_name": "Ada"}])),
    "mailbox": Reader(lambda text: (is_placeholder(text), is_shared_mailbox(text))),
    "mails of a row": Reader(lambda text: identity_mails({"mail": text}, "mail")),
    "phones of a row": Reader(lambda text: evidence.phones({"phone": text}, "phone")),
    "street": Reader(lambda text: evidence.read_street(evidence.text({"street": text}, "street"))),
    "hosts": Reader(evidence.hosts),
    "html": Reader(html_text.text_of_html),
    "template": Reader(parse, (ValueError,)),
    "cards": Reader(lambda text: list(split_cards(text))),
    "titles": Reader(titles.read_titles),
    "role": Reader(lambda text: roles.gendered(text, "frau")),
    "care of": Reader(address_parts.split_care_of),
    "place": Reader(lambda text: address_parts.split_place(text, text, text)),
    "line: contact": Reader(lambda text: quick_entry.read_line(text, TODAY)),
    "line: answer": Reader(quick_answer.read_answer),
    "line: rating": Reader(quick_rating.read_line),
    "line: names": Reader(lambda text: find_names(text[: quick_entry.LONGEST])),
    "line: days": Reader(_days),
    "search": Reader(lambda text: (search.needles(text), search.haystack([text], [text]))),
    "form": Reader(lambda text: (typed.clean(text, lines=True), typed.clean(text, lines=False))),
    "sign-in target": Reader(safe_target),
    "reach of address": Reader(reach_of),
    "badge": Reader(badge.read_badge),
    "entrance log": Reader(_log),
    "addresses of a cell": Reader(_addresses),
    "names of companions": Reader(companion_names),
    "segment": Reader(picking.from_rule, (BadSegment,)),
    "form: answer": Reader(lambda text: read_form(dict.fromkeys([*ROOM, "antwort", "begleitung"], text), 3)),
    "link of a guest": Reader(Signer("k" * 32, "base").read),
    "seal": Reader(lambda text: seal_code.check_code(text, seal_code.Trust({}, frozenset(), TODAY), TODAY)),
    "aliases": Reader(lambda text: list(former_cells("person", text, "mail"))),
    "problems": Reader(lambda text: standing_problems(text, ["a@b.de"])),
    "seal code": Reader(seal_code.code_in),
    "calendar uid": Reader(calendar_uid.read_uid),
    "mail: own words": Reader(own_words.own_words),
    "mail: links": Reader(own_words.without_links),
    "mail: comment": Reader(lambda text: own_words.comment_in(text, "Messe")),
    "mail: subject": Reader(own_words.answer_in_subject),
    "mail: plain": Reader(lambda text: own_words.own_words(own_words.words_in(_plain(text)))),
    "mail: page": Reader(lambda text: own_words.own_words(own_words.words_in(_plain(text, "text/html")))),
    "mail: text": Reader(lambda text: mails.text_of(_plain(text))),
    "mail: forwarded": Reader(lambda text: mails.forwarded_names(_plain(text))),
    "mail: headers": Reader(_headers),
    "mail: report": Reader(_report),
    "calendar answer": Reader(lambda text: itip.read_answers(_calendar(text))),
    "calendar raw": Reader(lambda text: itip.read_answers(_bytes(text))),
    "calendar in a mail": Reader(lambda text: carried.carried(_plain(text, "text/calendar; method=REPLY"))),
    "calendar zone": Reader(lambda text: calendar_text.zone_of(text, {})),
    "meetings": Reader(
        lambda text: meetings.read_meetings(_calendar(text), TODAY, NOW), (meetings.NoCalendar,)
    ),
    "meetings raw": Reader(lambda text: meetings.read_meetings(_bytes(text), TODAY, NOW), (meetings.NoCalendar,)),
    ".env": Reader(_file(".env", None, lambda text: _bytes(f"A={text}\n")), _SOURCE),
    ".env raw": Reader(_file(".env", None, _bytes), _SOURCE),
    "list: any": Reader(_file("liste.csv", None, _bytes), _SOURCE),
    "list: CSV": Reader(
        _file("liste.csv", "personen", lambda text: _bytes(f"Nachname;Vorname\n{text};A\n")), _SOURCE
    ),
    "list: vCard": Reader(
        _file("k.vcf", "vcard", lambda t: _bytes(f"BEGIN:VCARD\nFN:{t}\nNOTE:{t}\nTEL;{t}\nEND:VCARD\n")), _SOURCE
    ),
    "list: JSON": Reader(_file("k.json", "oparl", lambda text: _bytes(f'{{"data": [{{"name": {text}')), _SOURCE),
    "list: XML": Reader(_file("k.xml", "freinet_xml", lambda text: _bytes(f"<a><b>{text}")), _SOURCE),
    "list: Excel": Reader(_file("k.xlsx", "personen", _workbook), _SOURCE),
}  # fmt: skip
