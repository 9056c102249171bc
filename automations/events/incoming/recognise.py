"""What a mail has to do with an invitation: an answer of the calendar, one in free words, an absence, a bounce. Pure.

Free words never count by themselves: a person reads them. Only what refers to a mail of ours, or quotes its link, is
taken for an answer for certain; a guest who mentions the event may mean something else, so that mail counts as a
contact, too, where it did before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.message import Message

from automations.events.incoming.carried import Carried, carried, sender_name_of, sender_of, sent_of
from automations.events.incoming.decide import Outcome, Verdict, decide
from automations.events.incoming.invited import Book, Invited
from automations.events.incoming.own_words import ROOM, answer_in_subject, own_words, without_links, words_in
from automations.events.incoming.sent_posts import SentPosts, is_ours, references
from automations.events.replies import NewReply
from automations.incoming import mails
from automations.incoming.bounces import UNKNOWN, read_bounces, says_so_in_words
from automations.incoming.mails import MailKind
from schemas.events.choices import ReplyChannel
from schemas.time_zone import BERLIN

SHORTEST_TITLE = 5
"""A title of fewer letters stands in too many mails to mean anything."""

Decide = Callable[[Carried], list[Verdict]]


@dataclass(frozen=True, slots=True)
class Remark:
    """A line for the invitation that is no answer; ``column`` is ``delivery`` (one line) or ``note`` (one more)."""

    invited: Invited
    column: str
    line: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a mail means; ``certain`` says that it is about an invitation and nothing else."""

    verdicts: tuple[Verdict, ...] = ()
    remarks: tuple[Remark, ...] = ()
    certain: bool = False

    @property
    def replies(self) -> list[NewReply]:
        """Return what is to be taken down."""
        return [verdict.reply for verdict in self.verdicts if verdict.reply is not None]


def judge(message: Message, book: Book, posts: SentPosts, now: dt.datetime) -> Judged:
    """Return what a whole mail means."""
    if is_ours(message):
        return Judged()
    kind = mails.kind_of(message)
    if kind == MailKind.BOUNCE:
        return _bounce(message, book, posts, now)
    verdicts = judge_calendars(carried(message), book, now)
    if any(verdict.outcome != Outcome.IGNORED for verdict in verdicts):
        return Judged(tuple(verdicts), certain=True)
    row = posts.answered(message)
    invited = None if row is None else book.invited(row)
    if _is_absence(message, kind):
        return _absence(message, invited, book, now)
    if invited is None and kind != MailKind.PERSONAL:
        return Judged(tuple(verdicts), certain=any(verdict.invited for verdict in verdicts))
    words = _words(message, invited, book, now)
    if words is None:
        return Judged(tuple(verdicts), certain=any(verdict.invited for verdict in verdicts))
    return Judged((*verdicts, words), certain=invited is not None)


def judge_calendars(found: list[Carried], book: Book, now: dt.datetime) -> list[Verdict]:
    """Return what comes of the calendar answers of one mail; those that contradict each other are for a person."""
    verdicts = [decide(answer, mail, book, now) for mail in found for answer in mail.answers]
    counting: dict[int, set[object]] = {}
    for verdict in verdicts:
        if verdict.outcome == Outcome.COUNTS and verdict.invited and verdict.reply:
            counting.setdefault(verdict.invited.row, set()).add(verdict.reply.answer)
    return [
        _doubted(v) if v.outcome == Outcome.COUNTS and v.invited and len(counting[v.invited.row]) > 1 else v
        for v in verdicts
    ]


def _doubted(verdict: Verdict) -> Verdict:
    why = "In derselben E-Mail stehen mehrere Antworten, die sich widersprechen."
    reply = None if verdict.reply is None else replace(verdict.reply, why=why, unread=False)
    return Verdict(Outcome.PERSON, why, reply, verdict.invited)


def _words(message: Message, invited: Invited | None, book: Book, now: dt.datetime) -> Verdict | None:
    """Return a mail in free words as something to decide, None if it is about no invitation."""
    sender = sender_of(message)
    text, subject = words_in(message), mails.subject_of(message)
    passed_on = book.is_ours(sender) and not (invited is not None and sender in invited.own)
    names = mails.forwarded_names(message) if passed_on else {sender: sender_name_of(message)}
    writers = list(names)
    told = without_links(text) if passed_on else own_words(text)
    guests = [] if invited is not None else book.guests(writers)
    found = [invited] if invited is not None else _mentioned(guests, f"{subject}\n{text}", f"{subject}\n{told}")
    if not found or (passed_on and not writers):
        return None
    one = found[0] if len(found) == 1 else None
    events = {guest.event.id for guest in found}
    reply = NewReply(
        key=f"antwort:{mails.ident_of(message)}", invitation=one.row if one else None, channel=ReplyChannel.MAIL,
        at=min(sent_of(message) or now, now), answer=answer_in_subject(subject),
        event=next(iter(events)) if len(events) == 1 else None,
        name=one.name if one else book.name_of(writers[0] if writers else sender) or sender,
        text=f"{subject}\n\n{told}".strip()[:ROOM], why=_why(message, one, names),
    )  # fmt: skip
    return Verdict(Outcome.PERSON, reply.why, reply, one)


def _why(message: Message, one: Invited | None, writers: Mapping[str, str]) -> str:
    """Return why a person has to read it; ``writers`` are the addresses with the names beside them."""
    if any(part.get_content_type() == "application/ms-tnef" for part in message.walk()):
        return "Antwort aus Outlook, deren Kalenderteil (winmail.dat) nicht zu lesen ist."
    if one is None:
        return "Der Absender ist mehrfach eingeladen: bitte wählen, welche Einladung gemeint ist."
    writer = next(iter(writers), "")
    if writers and not one.own & {address.casefold() for address in writers}:
        return f"Geschrieben hat {writer}, eingeladen ist {one.name}: bitte lesen."
    if other := one.written_by_another(writers.get(writer, "")):
        return f"Geschrieben hat {other} ({writer}), eingeladen ist {one.name}: bitte lesen."
    return "Antwort in freien Worten: bitte lesen."


def _mentioned(guests: list[Invited], text: str, told: str = "") -> list[Invited]:
    """Return the invitations whose event is named in a text, by title, or as an invitation for its day.

    In ``told``, what a guest wrote without what is quoted, the day is enough: a person decides what it means.
    """
    said = " ".join(text.casefold().split())
    wrote = " ".join(told.casefold().split())
    found = []
    for one in guests:
        title = " ".join((one.event.name or "").casefold().split())
        starts = one.event.starts_at
        day = None if starts is None else starts.astimezone(BERLIN).date()
        named = len(title) >= SHORTEST_TITLE and title in said
        if named or (day and (_names_day(wrote, day) or ("einladung" in said and _names_day(said, day)))):
            found.append(one)
    return found


def _names_day(said: str, day: dt.date) -> bool:
    """Say whether a text (casefolded) names a day; another year beside it is another day, an hour is none."""
    month = _MONTHS[day.month - 1]
    named = re.compile(
        rf"(?<![\d.:])0?{day.day}\.\s?(?:0?{day.month}(?:\.(?P<short>\d\d)?|(?!\.))|{month}\b|{month[:3]}\b\.?)"
        r"(?:\s?(?P<long>\d{4}))?(?!\d)(?!\s?uhr)"
    )
    years = (found["long"] or (found["short"] and f"20{found['short']}") for found in named.finditer(said))
    return any(year is None or year == str(day.year) for year in years)


_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip


def _is_absence(message: Message, kind: MailKind) -> bool:
    """Say whether a program answered for somebody who is away; a person's mail may bear other marks of programs."""
    if kind != MailKind.AUTOMATIC:
        return False
    replied = mails.auto_submitted(message) == "auto-replied"
    return replied or mails.says_autoresponder(message) or mails.is_away(message) or not references(message)


def _absence(message: Message, invited: Invited | None, book: Book, now: dt.datetime) -> Judged:
    if invited is None:
        found = _mentioned(book.guests([sender_of(message)]), mails.subject_of(message))
        if len(found) != 1:
            return Judged()
        [invited] = found
    day = min(sent_of(message) or now, now).astimezone(BERLIN)
    words = " ".join(own_words(words_in(message)).split())
    line = f"Abwesenheitsnotiz vom {day:%d.%m.%Y}: {words[:300]}".rstrip(": ")
    return Judged(remarks=(Remark(invited, "note", line),), certain=True)


def _bounce(message: Message, book: Book, posts: SentPosts, now: dt.datetime) -> Judged:
    row = posts.returned(message)
    invited = None if row is None else book.invited(row)
    bounces = read_bounces(message)
    if invited is None or not (bounces or says_so_in_words(message)):
        return Judged()
    day = min(sent_of(message) or now, now).astimezone(BERLIN)
    reason = bounces[0].reason if bounces else UNKNOWN
    line = f"kam zurück am {day:%d.%m.%Y}" + (f": {reason}" if reason else "")
    return Judged(remarks=(Remark(invited, "delivery", line[:250]),), certain=True)
