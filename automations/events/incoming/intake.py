"""Take down what mails say about invitations: answers as rows, absences and bounces at the invitation, each once.

Answers are looked up by their key before anything is written and leave no journal: they are one themselves. What is
written into an invitation beside its answer is journalled. Killed anywhere and run again it ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message

from automations.events.incoming.decide import Outcome, Verdict
from automations.events.incoming.guest_book import GuestBook
from automations.events.incoming.recognise import Judged, Remark, judge
from automations.events.incoming.sent_posts import SentPosts, refers_to_us
from automations.events.replies import NewReply, let_count, settle_places, take_down
from automations.incoming import mails
from automations.incoming.mails import MailKind
from schemas.errors import RowGone
from schemas.events.tables import Reply
from schemas.model import Value
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.nocodb.store import TableStore

_HINTS = ("calendar", ".ics", "rfc822", "application/ics", "ms-tnef", "x-vcalendar", "delivery-status")
"""What the structure of a mail shows when it may carry an answer."""

NOTE_ROOM = 20_000


@dataclass(slots=True)
class Intake:
    """Judges mails and writes down what they say; ``cause`` is the German name of the run."""

    opened: Connection
    book: GuestBook
    posts: SentPosts
    cause: str
    now: Callable[[], dt.datetime]
    counts: Counter[str] = field(default_factory=Counter)

    def may_concern(self, headers: Message, structure: str) -> bool:
        """Say from headers and structure (lower case) whether a mail has to be read whole to know what it means."""
        if any(hint in structure for hint in _HINTS) or refers_to_us(headers):
            return True
        if mails.kind_of(headers) == MailKind.BOUNCE or mails.is_from_server(headers):
            return True
        return any(self.book.is_guest(one) or self._passes_on(one, headers) for one in mails.senders(headers))

    def judge(self, message: Message) -> Judged:
        """Return what a mail means; writes nothing."""
        return judge(message, self.book, self.posts, self.now())

    def take(self, mails_: Sequence[Callable[[], Judged]]) -> list[Judged]:
        """Write down what does not stand there yet, and return what each mail meant; each is judged when its turn is.

        Raises:
            LeaseHeld: another automatic writer is at work; nothing was written.
            Busy: somebody kept writing into the same invitation; the answer stands as a row and counts soon.
            NocoDBError: the server refused or did not answer; run again.
        """
        judged = [judge_() for judge_ in mails_]
        known = self.standing([verdict for one in judged for verdict in one.verdicts])
        fresh = [
            place
            for place, one in enumerate(judged)
            if one.remarks or any(reply.key not in known for reply in one.replies)
        ]
        if not fresh:
            return judged
        told: Counter[str] = Counter()
        with open_desk(self.opened.client, self.opened.base, self.cause, self.now) as desk:
            for place in fresh:
                desk.lease.ensure()
                judged[place] = mails_[place]()
                for verdict in judged[place].verdicts:
                    told += _take(desk, verdict)
                told += Counter(remark.column for remark in judged[place].remarks if _remark(desk, remark))
            desk.told = describe(told)
        self.counts += told
        return judged

    def standing(self, verdicts: Sequence[Verdict]) -> set[str]:
        """Return the keys of those answers that stand in the base already."""
        replies = [verdict.reply for verdict in verdicts if verdict.reply is not None]
        return _standing(TableStore(self.opened.client, self.opened.base, Reply), replies) if replies else set()

    def _passes_on(self, sender: str, headers: Message) -> bool:
        subject = mails.subject_of(headers).casefold()
        return self.book.is_ours(sender) and subject.startswith(("wg:", "fwd:", "fw:"))


def _standing(store: TableStore[Reply], replies: Sequence[NewReply]) -> set[str]:
    """Return the keys of those answers that stand in the base already, also under a former key.

    A former key does not hold the words of the mail: with other words it is another answer.
    """
    own = {one.key: {one.key, mails.former_ident(one.key)} for one in replies}
    asked = {key for keys in own.values() for key in keys} | {one.former for one in replies if one.former}
    there = store.find_idents(list(asked))
    found = {key for key, keys in own.items() if keys & there.keys()}
    for one in replies:
        if one.key not in found and one.former in there:
            row = store.get(there[one.former])
            found |= {one.key} if row is not None and (row.text or "") == (one.text or "") else set()
    return found


def describe(counts: Counter[str]) -> str:
    """Return what was taken down, in German; empty if nothing was."""
    words = {
        Outcome.COUNTS: "Antworten auf Einladungen", Outcome.PERSON: "Antworten zu entscheiden",
        "delivery": "Einladungen kamen zurück", "note": "Abwesenheitsnotizen bei Einladungen",
    }  # fmt: skip
    return ", ".join(f"{counts[code]} {word}" for code, word in words.items() if counts[code])


def _take(desk: Desk, verdict: Verdict) -> Counter[str]:
    """Write one answer down and let it count, so that the next one of the same mail is judged on what it says."""
    if verdict.reply is None:
        return Counter()
    if _standing(desk.stores["reply"], [verdict.reply]):
        return Counter()
    for event in let_count(desk.stores, take_down(desk.stores, [verdict.reply])):
        settle_places(desk.stores, event)
    return Counter({verdict.outcome: 1})


def _remark(desk: Desk, remark: Remark) -> bool:
    """Write a line into the invitation unless it stands there; what staff wrote into a note stays."""
    store = desk.stores["invitation"]
    row = remark.invited.row
    invitation = store.get(row)
    if invitation is None:
        return False
    before: Value = invitation.value(remark.column)
    text = before if isinstance(before, str) else ""
    if remark.line in text.split("\n"):
        return False
    after = remark.line if remark.column == "delivery" else "\n".join(filter(None, [text, remark.line]))[-NOTE_ROOM:]
    name = f"{_title(remark)}: {remark.invited.name}"
    intent = Intent("invitation", row, name, {remark.column: before}, {remark.column: after}, store.row_url(row))
    desk.journal.announce([intent])
    try:
        return bool(store.swap(row, {remark.column: before}, {remark.column: after}).applied)
    except RowGone:
        return False


def _title(remark: Remark) -> str:
    return "Einladung kam zurück" if remark.column == "delivery" else "Abwesenheitsnotiz"
