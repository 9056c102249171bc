"""What made-up answers of calendars are made of: the guests, calendars, mails, and what has to come of a case."""

from __future__ import annotations

import base64
import datetime as dt
import quopri
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

from automations.events.calendar_uid import uid_of
from automations.events.incoming.carried import Carried, carried
from automations.events.incoming.decide import Outcome, Verdict
from automations.events.incoming.invited import Invited
from automations.events.incoming.itip import address_of, read_answers
from automations.events.incoming.recognise import judge_calendars
from schemas.events.choices import Answer, EventState, InvitationState, ReplyChannel, ReplyState
from schemas.events.rules.answers import Given
from schemas.events.tables import Event, Invitation

BASE = "pbase"
INVITED = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
STAMP = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
STARTS = dt.datetime(2026, 10, 8, 15, tzinfo=dt.UTC)
UID = uid_of(5, 17, BASE)
ADA, ADA2, FORMER, WORK = "ada@verein.example", "ada@zuhause.example", "ada@frueher.example", "vorsitz@verein.example"
CLUB, BOB, RITA, EVA = "info@verein.example", "bob@amt.example", "rita@agentur.example", "eva@verein.example"
US = "einladung@netz.example"
YES, NO, MAYBE, REPRESENTED = Answer.YES, Answer.NO, Answer.MAYBE, Answer.REPRESENTED

EVENT = Event(
    id=5, name="Ehrung 2026", state=EventState.OPEN, starts_at=STARTS, sequence=2, answer_by=dt.date(2026, 9, 24)
)
INVITATION = Invitation(
    id=17, name="Ada Beispiel", event=5, state=InvitationState.INVITED, answer=Answer.OPEN, sequence=1,
    invited_at=INVITED,
)  # fmt: skip


@dataclass
class MadeUpBook:
    """The guests as they stand; what a case changes is changed in a copy."""

    ada: Invited
    bob: Invited

    def invited(self, invitation: int) -> Invited | None:
        return {17: self.ada, 18: self.bob}.get(invitation)

    def guests(self, addresses) -> list[Invited]:
        asked = {address_of(one) for one in addresses}
        return [one for one in (self.ada, self.bob) if one.own & asked]

    def is_ours(self, address: str) -> bool:
        return address_of(address) in (RITA, US)

    def name_of(self, address: str) -> str:
        return {ADA: "Ada Beispiel", BOB: "Bob Muster", EVA: "Eva Muster"}.get(address_of(address), "")

    def is_base(self, mark: str) -> bool:
        return UID.endswith(f"-{mark}@kontaktnetz.invalid")


def book(*, given: tuple[Given, ...] = (), event: Mapping[str, object] | None = None, **cells: object) -> MadeUpBook:
    """Return the guests, with other cells in Ada's invitation or in the event."""
    happening = replace(EVENT, **(event or {}))
    ada = Invited(happening, replace(INVITATION, **cells), frozenset({ADA, ADA2, FORMER, WORK}), frozenset({CLUB}),
                  given, {"first_name": "Ada", "last_name": "Beispiel", "aliases": "Nachname: Vorher"})  # fmt: skip
    bob = Invited(happening, replace(INVITATION, id=18, name="Bob Muster"), frozenset({BOB}))
    return MadeUpBook(ada, bob)


def with_addresses(ada: set[str], bob: set[str]) -> MadeUpBook:
    """Return the guests with other addresses."""
    usual = book()
    return MadeUpBook(replace(usual.ada, own=frozenset(ada)), replace(usual.bob, own=frozenset(bob)))


def calendar(
    status: str = "ACCEPTED", who: str = ADA, *, method: str = "REPLY", uid: str = UID, sequence: str = "1",
    stamp: str = "20260304T100000Z", more: tuple[str, ...] = (), params: str = "", attendee: str = "",
) -> str:  # fmt: skip
    """Return an answer; empty values leave the line out."""
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Probe//DE", "VERSION:2.0", f"METHOD:{method}" if method else "", "BEGIN:VEVENT",
        f"UID:{uid}", f"SEQUENCE:{sequence}" if sequence else "", f"DTSTAMP:{stamp}" if stamp else "",
        "ORGANIZER:mailto:einladung@netz.example",
        attendee or (f"ATTENDEE;PARTSTAT={status}{params}:mailto:{who}" if who else ""), *more, "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines if line)


def mail(
    body: str | bytes, sender: str = ADA, *, kind: str = "text/calendar; charset=utf-8; method=REPLY", name: str = "",
    cte: str = "base64", text: str = "", sent: dt.datetime | None = STAMP, subject: str = "Zugesagt: Ehrung 2026",
) -> bytes:  # fmt: skip
    """Return a mail as programs write it, by hand, so that what is wrong in it stays wrong."""
    raw = body if isinstance(body, bytes) else body.encode()
    wired = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(cte, lambda b: b)(raw)
    date = f"Date: {format_datetime(sent)}\r\n" if sent else ""
    file = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    head = (
        f"From: {sender}\r\nTo: {US}\r\nSubject: {subject}\r\nMessage-ID: <{hash((sender, raw))}@x.example>\r\n{date}"
    )
    return (
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=grenze\r\n\r\n--grenze\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--grenze\r\nContent-Type: {kind}\r\n{file}"
        f"Content-Transfer-Encoding: {cte}\r\n\r\n"
    ).encode() + wired + b"\r\n--grenze--\r\n"  # fmt: skip


def passed_on(inner: bytes, sender: str, *, as_file: bool = False) -> bytes:
    """Return a mail that holds another one, as an attached mail or as a file .eml."""
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = sender, US, "WG: Zusage"
    outer["Date"] = format_datetime(STAMP + dt.timedelta(hours=1))
    outer["Message-ID"] = "<wg@x.example>"
    outer.set_content("zur Info")
    if as_file:
        outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="Zusage.eml")
        return bytes(outer)
    outer.add_attachment(message_from_bytes(inner, policy=default))
    return bytes(outer)


@dataclass(frozen=True)
class Case:
    """One answer: a mail or a calendar file, what is known, and what has to come of it (``says`` in the reason).

    ``reads`` are words that a person has to be shown, empty where there are none.
    """

    name: str
    raw: bytes
    outcome: Outcome
    answer: Answer | None = None
    says: str = ""
    known: MadeUpBook | None = None
    at: dt.datetime | None = None
    stand_in: str | None = None
    count: int = 1
    reads: str | None = None

    def verdicts(self) -> list[Verdict]:
        """Return what the programs make of it."""
        found = (
            [Carried("", None, "datei:1", "", "", tuple(read_answers(self.raw)))]
            if self.raw.lstrip().upper().startswith(b"BEGIN:VCALENDAR")
            else carried(message_from_bytes(self.raw))
        )
        return judge_calendars(found, self.known or book(), NOW)

    def problem(self) -> str:
        """Return what is wrong with what came of it, empty if nothing is."""
        found = self.verdicts()
        if len(found) != self.count:
            return f"{len(found)} answers instead of {self.count}"
        for one in found:
            told = one.reply
            if one.outcome != self.outcome or self.says not in one.why:
                return f"{one.outcome}: {one.why}"
            if self.answer is not None and (told is None or told.answer != self.answer):
                return f"answered {told and told.answer}"
            if self.at is not None and (told is None or told.at != self.at):
                return f"at {told and told.at}"
            if self.reads is not None and (told is None or self.reads not in (told.text or "")):
                return f"shown is {told and told.text}"
            if self.reads == "" and told is not None and told.text:
                return f"shown is {told.text}"
            if told is not None and one.outcome == Outcome.COUNTS and told.unread != bool(told.text):
                return "counts, with words that nobody is asked to read"
            if told is not None and one.outcome == Outcome.PERSON and not told.undecided:
                return "counts before a person has decided"
            if self.stand_in is not None and (told is None or told.represented_by != self.stand_in):
                return f"represented by {told and told.represented_by}"
        return ""


COUNTS, PERSON, IGNORED = Outcome.COUNTS, Outcome.PERSON, Outcome.IGNORED


def told(answer: Answer, at: dt.datetime, row: int = 1, channel: ReplyChannel = ReplyChannel.PHONE) -> Given:
    """Return an answer that came before."""
    return Given(row, answer, channel, at, state=ReplyState.COUNTS)
