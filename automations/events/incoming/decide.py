"""Decide what a calendar answer does: it counts, a person has to look, or it is none of ours. Pure.

Never a wrong state: whatever does not fit together (who answers for whom, to which stand of the invitation, when) is
put up for a person, with the reason. Rules of the messages: RFC 5546, 3.2; of addresses in mails: RFC 6047.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from automations.events.calendar_uid import is_like_ours, read_uid
from automations.events.incoming.calendar_words import (
    ANSWERS,
    OURS,
    ROOM,
    comment_of,
    hands_over,
    says_nothing,
    speaks,
    told_beside,
)
from automations.events.incoming.carried import Carried
from automations.events.incoming.invited import Book, Invited, shown
from automations.events.incoming.itip import Attendee, CalendarAnswer, Method
from automations.events.replies import NewReply
from schemas.events.choices import ANSWER_LABELS, Answer, ReplyChannel
from schemas.events.rules.answers import COMING, Given, counting
from schemas.moments import is_from_future

_OPEN = "NEEDS-ACTION"

_READ = "Bitte lesen: zur Antwort steht noch etwas dabei."

# Words beside an answer always reach a person; where one of these is among them, it does not even count until then.
_BUT_YES = re.compile(
    r"\b(leider|absag\w*|nicht|verhindert|vertret\w*|stattdessen|an meiner (stelle|statt)|ohne mich|sp(ä|ae)ter|"
    r"begleit\w*|mitbringen|bringe|zu (zweit|dritt|viert)|personen|gäste|falls|wenn|vielleicht|"
    r"sorry|unfortunately|cannot|can't|unable|instead)\b",
    re.I,
)
_BUT_NO = re.compile(
    r"\b(vertret\w*|stattdessen|an meiner (stelle|statt)|für mich|schicke|entsende|kommt|kommen|doch|vielleicht|evtl|"
    r"eventuell|instead|on my behalf)\b",
    re.I,
)


class Outcome(StrEnum):
    """What comes of an answer."""

    COUNTS = "gilt"
    PERSON = "zu entscheiden"
    IGNORED = "nicht beachtet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of one answer, and why (a German sentence); ``reply`` unless it is ignored."""

    outcome: Outcome
    why: str
    reply: NewReply | None = None
    invited: Invited | None = None


def decide(answer: CalendarAnswer, mail: Carried, book: Book, now: dt.datetime) -> Verdict:
    """Return what comes of one answer in a mail (or file: a mail without sender and date); ``now`` is aware UTC."""
    uid = read_uid(answer.uid)
    invited = book.invited(uid.invitation) if uid is not None and book.is_base(uid.mark) else None
    if answer.method in OURS and not hands_over(answer) and not speaks(answer, mail, book, invited):
        return Verdict(Outcome.IGNORED, "Das ist eine Einladung oder Absage, keine Antwort darauf.")
    if invited is None or uid is None or invited.event.id != uid.event:
        return _unknown(answer, mail, book, now)
    return _Case(answer, mail, book, now, invited).verdict()


def key_of(answer: CalendarAnswer, mail: Carried, own: Collection[str] = ()) -> str:
    """Return the key of an answer: the same one twice, also passed on in other mails, has the same.

    Two mails that a guest (``own`` addresses) sent are two answers, whatever they say: a calendar may copy one DTSTAMP
    into each of its answers.
    """
    who = sorted(f"{one.address} {one.status} {','.join(one.delegated_to)}" for one in answer.attendees)
    who += [f"{one.comment} {one.guests}" for one in answer.attendees if one.comment or one.guests]
    told = [answer.method, answer.uid.casefold(), answer.recurrence, str(answer.sequence), *who, answer.comment]
    told.append(answer.stamp.isoformat() if answer.stamp else mail.ident)
    told += [mail.ident] if mail.sender in own else []
    told.append(str(answer.start) if answer.method == Method.COUNTER else "")
    digest = hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()
    return f"itip:{digest[:40]}"


@dataclass(frozen=True, slots=True)
class _Case:
    """One answer to one invitation of ours."""

    answer: CalendarAnswer
    mail: Carried
    book: Book
    now: dt.datetime
    invited: Invited

    def verdict(self) -> Verdict:
        speaker, doubt = self._speaker()
        status = speaker.status if speaker else ""
        others = self._others(speaker)
        comment = "\n".join(filter(None, [told_beside(self.answer, self.mail), *others]))[:ROOM]
        if says_nothing(self.answer) or (
            status == _OPEN and self.answer.method == Method.REPLY and not doubt and not comment
        ):
            return Verdict(Outcome.IGNORED, f"{self.invited.name} hat sich noch nicht entschieden.", None, self.invited)
        said = Answer.NO if self.answer.method == Method.CANCEL else ANSWERS.get(status)
        stand_in = self._stand_in(speaker) if said == Answer.REPRESENTED else ""
        if speaker and self._is_deputy(speaker):
            said, stand_in = Answer.REPRESENTED, self.invited.invitation.represented_by or ""
        at, unclear = self._moment(said)
        odd = self._odd_method()
        why = (
            (odd if self.answer.method in OURS else "") or doubt or odd or self._odd_status(speaker, said, stand_in)
            or self._odd_stand() or unclear
            or (self.invited.why_not(said, at) if said else "") or self._odd_turn(said)
            or self._more_guests(said, speaker) or self._odd_comment(said)
            or (_READ if others and said == Answer.NO else "")
        )  # fmt: skip
        reply = NewReply(
            key=key_of(self.answer, self.mail, self.invited.own), invitation=self.invited.row,
            channel=ReplyChannel.CALENDAR, at=at, answer=said, event=self.invited.event.id, name=self.invited.name,
            represented_by=stand_in or None,
            companions=(speaker.guests or None) if speaker else None, text=comment or None,
            why=why or (_READ if comment else ""), sequence=self.answer.sequence, unread=not why and bool(comment),
            former=self._former_key(said),
        )  # fmt: skip
        if why:
            return Verdict(Outcome.PERSON, why, reply, self.invited)
        told = f"Antwort von {self.invited.name} aus dem Kalender." + (f" {_READ}" if comment else "")
        return Verdict(Outcome.COUNTS, told, reply, self.invited)

    def _speaker(self) -> tuple[Attendee | None, str]:
        """Return whose answer it is, and why that is in doubt."""
        asked = [one for one in self.answer.attendees if one.address]
        if not asked:
            return None, "Die Kalender-Antwort sagt nicht, wer antwortet."
        own = [one for one in asked if self._is_own(one.address)]
        found = own or [one for one in asked if self._is_deputy(one)] or (asked if len(asked) == 1 else [])
        if len({(one.status, one.delegated_to) for one in found}) != 1:
            return None, "Die Kalender-Antwort nennt mehrere Personen; wer davon antwortet, ist nicht zu erkennen."
        return found[0], self._stranger(found[0])

    def _is_own(self, address: str) -> bool:
        """Say whether an address is the guest's, and not just so that of another guest."""
        return self.invited.owns(address) and (
            address in self.invited.own or not any(address in one.own for one in self.book.guests([address]))
        )

    def _others(self, speaker: Attendee | None) -> list[str]:
        """Return who else answers in the calendar: an invitation is for one guest, so it was passed on."""
        known = {self.answer.organizer, *(speaker.delegated_to if speaker else ())}
        told = [
            one for one in self.answer.attendees
            if one.status in ANSWERS and one is not speaker and one.address not in known
            and not self.book.is_ours(one.address) and not self._is_own(one.address) and (one.name or one.address)
        ]  # fmt: skip
        names = [f"{one.name} ({one.address})" if one.name and one.address else one.name or one.address for one in told]
        return [
            f"Im Kalender steht auch: {name}, {ANSWER_LABELS[ANSWERS[one.status]]}."
            for name, one in zip(names, told, strict=True)
        ]  # fmt: skip

    def _stranger(self, one: Attendee) -> str:
        """Return why somebody may not answer for this guest; empty if they may."""
        known = self.invited.own | {one.address, one.sent_by}
        if not self._is_own(one.address) and not self._is_deputy(one):
            name = self.book.name_of(one.address) or one.name
            whose = f"{name} ({one.address})" if name else one.address
            return f"Geantwortet hat {whose}, eingeladen ist {self.invited.name}."
        for sender in (self.mail.sender, *self.mail.passed_on_by):
            near = sender in known | self.invited.office or self._is_own(sender)
            if sender and not near and not self.book.is_ours(sender):
                return f"Die Antwort von {self.invited.name} kam von einer fremden Adresse: {sender}."
        return ""

    def _is_deputy(self, one: Attendee) -> bool:
        """Say whether somebody answers whom the guest had named as stand-in."""
        shown_ = self.invited.invitation
        named = (shown_.represented_by or "").casefold()
        return (
            shown_.answer == Answer.REPRESENTED
            and not self._is_own(one.address)
            and one.status == "ACCEPTED"
            and bool(self.invited.own & set(one.delegated_from))
            and one.address in re.split(r"[\s(),;<>]+", named)
        )

    def _stand_in(self, speaker: Attendee | None) -> str:
        if speaker is None or len(speaker.delegated_to) != 1:
            return ""
        [address] = speaker.delegated_to
        other = next((one.name for one in self.answer.attendees if one.address == address), "")
        name = other or self.book.name_of(address)
        return f"{name} ({address})" if name else address

    def _odd_method(self) -> str:
        match self.answer.method:
            case Method.REPLY:
                return ""
            case Method.COUNTER:
                wish = shown(self.answer.start)
                return "Schlägt eine andere Zeit vor" + (f": {wish}." if wish else ".")
            case Method.REFRESH:
                return "Bittet darum, die Einladung noch einmal zu schicken."
            case Method.REQUEST if hands_over(self.answer):
                return "Hat die Einladung an jemanden weitergegeben."
            case Method.CANCEL:
                return "Hat den Termin im eigenen Kalender abgesagt: bitte lesen."
            case Method.REQUEST | Method.PUBLISH | Method.ADD:
                return "Die Antwort kam nicht als Antwort, sondern als Einladung oder Termin: bitte lesen."
            case _:
                return "Die Kalender-Datei sagt nicht, ob sie eine Antwort ist."

    def _odd_status(self, speaker: Attendee | None, said: Answer | None, stand_in: str) -> str:
        if said is None:
            status = speaker.status if speaker else ""
            if status == _OPEN:
                return "Hat sich noch nicht entschieden, aber es steht etwas dabei: bitte lesen."
            return f"Unbekannte Antwort „{status}“." if status else "Die Kalender-Antwort nennt keine Antwort."
        if said == Answer.REPRESENTED and not stand_in:
            return "Schickt eine Vertretung, sagt aber nicht eindeutig, wen."
        if not self.answer.whole:
            return "Die Kalender-Antwort bricht mittendrin ab."
        if self.answer.recurrence:
            return "Die Antwort gilt einem einzelnen Termin einer Reihe; eingeladen wurde zu einem Termin."
        return ""

    def _odd_stand(self) -> str:
        """Return why an answer does not belong to what the guest has in the calendar now."""
        told = self.answer.sequence or 0
        if told < self.invited.sequence:
            return "Geantwortet wurde auf einen älteren Stand der Einladung; seither haben sich Zeit oder Ort geändert."
        if told > self.invited.newest_sequence:
            return "Geantwortet wurde auf einen Stand der Einladung, den wir nie verschickt haben."
        return ""

    def _moment(self, said: Answer | None) -> tuple[dt.datetime, str]:
        """Return when it was answered, and why that is in doubt.

        The calendar says it, and the mail; where another answer lies between the two nobody knows which was last. A
        stamp that was copied, from our invitation or from an answer before, says nothing: the mail does.
        """
        moments = (self.answer.stamp, self.mail.sent)
        stamp, sent = (m if m is not None and not is_from_future(m, self.now) else None for m in moments)
        others = counting(self.invited.given)
        if stamp is None and sent is None:
            return self.now, "Wann geantwortet wurde, ist nicht zu erkennen." if others else ""
        if sent is not None and (stamp is None or self._is_copied(stamp, sent, said, others)):
            stamp = sent
        told = [m for m in (stamp, sent) if m is not None]
        early, late = min(told), max(told)
        between = any(early <= one.at <= late for one in others if (one.at, one.answer) != (stamp, said))
        doubt = "Ob vor oder nach einer anderen Antwort geantwortet wurde, ist nicht zu erkennen." if between else ""
        return min(stamp or early, self.now), doubt

    def _is_copied(self, stamp: dt.datetime, sent: dt.datetime, said: Answer | None, others: Sequence[Given]) -> bool:
        """Say whether a stamp tells when something else was written: our invitation, or an answer before.

        Where the guest said the same with that stamp before and something else by another way since, the calendar may
        just have sent its answer once more.
        """
        since = self.invited.invitation.invited_at
        if since is not None and stamp < since:
            return True
        if self.mail.sender not in self.invited.own:
            return False
        first = [one for one in others if one.at == stamp]
        again = any(one.answer == said for one in first)
        contrary = [one for one in others if stamp < one.at <= sent and one.answer != said]
        return bool(first) and not (again and any(one.channel != ReplyChannel.CALENDAR for one in contrary))

    def _former_key(self, said: Answer | None) -> str:
        """Return under what this answer may stand since before the mail was part of its key; empty if that is another.

        With one copied stamp that key was the same for a second yes: where something else was said between the stamp
        and this mail, it may be of the first.
        """
        stamp, sent = self.answer.stamp, self.mail.sent
        between = stamp and sent and any(
            stamp < one.at < sent and one.answer != said for one in counting(self.invited.given)
        )  # fmt: skip
        return "" if between else key_of(self.answer, self.mail)

    def _odd_turn(self, said: Answer | None) -> str:
        """Return why an answer contradicts who was named as stand-in: the guest may come too, or instead."""
        before = self.invited.invitation
        if said not in (Answer.YES, Answer.MAYBE) or before.answer != Answer.REPRESENTED or not before.represented_by:
            return ""
        return f"Sagt selbst zu; als Vertretung ist {before.represented_by} genannt."

    def _more_guests(self, said: Answer | None, speaker: Attendee | None) -> str:
        """Return how many more people than promised come along; a person looks whether there is room for them."""
        told = speaker.guests if speaker and said in (*COMING, Answer.MAYBE) else 0
        if told <= (self.invited.invitation.companions or 0):
            return ""
        return f"Möchte {told} {'Person' if told == 1 else 'Personen'} mitbringen."

    def _odd_comment(self, said: Answer | None) -> str:
        doubt = _BUT_NO if said == Answer.NO else _BUT_YES
        return _READ if doubt.search(comment_of(self.answer, self.mail)) else ""


def _unknown(answer: CalendarAnswer, mail: Carried, book: Book, now: dt.datetime) -> Verdict:
    """Decide about an answer to no invitation that we know: it may be to a meeting that one of us made."""
    uid = read_uid(answer.uid)
    if answer.method not in (Method.REPLY, Method.COUNTER):
        return Verdict(Outcome.IGNORED, "Dieser Termin ist keine unserer Einladungen.")
    guests = book.guests([mail.sender, *(one.address for one in answer.attendees if one.address)])
    ours = uid is not None and book.is_base(uid.mark)
    meant = [one for one in guests if uid is not None or _means(answer, one)]
    if uid is not None and ours:  # another row of the same event is the same guest, put on the list anew
        meant = [one for one in meant if one.event.id == uid.event] or meant
    if not meant and not ours and not (uid is None and is_like_ours(answer.uid)):
        return Verdict(Outcome.IGNORED, "Dieser Termin ist keine unserer Einladungen.")
    one = meant[0] if len({m.row for m in meant}) == 1 else None
    speaker = answer.attendees[0] if len(answer.attendees) == 1 else None
    other = _another(one, speaker, mail) if one else ""
    why = (
        f"Geantwortet hat {other}, eingeladen ist {one.name}; der Termin ist nicht als unsere Einladung zu erkennen."
        if one and other
        else f"Die Einladung, auf die geantwortet wurde, gibt es nicht mehr; {one.name} steht auf der Liste."
        if one and ours
        else "Der Termin ist nicht als unsere Einladung zu erkennen, wohl aber der Gast."
        if meant
        else "Die Antwort gilt einer Einladung, die es hier nicht (mehr) gibt."
        if ours
        else "Die Antwort gilt einer Einladung von uns; welcher, ist nicht mehr zu erkennen."
    )
    reply = NewReply(
        key=key_of(answer, mail), invitation=one.row if one else None, channel=ReplyChannel.CALENDAR,
        at=min(answer.stamp or mail.sent or now, now), answer=ANSWERS.get(speaker.status) if speaker else None,
        event=one.event.id if one else None, name=one.name if one else _who(speaker, mail, book),
        text=told_beside(answer, mail) or None, why=why, sequence=answer.sequence,
    )  # fmt: skip
    return Verdict(Outcome.PERSON, why, reply, one)


def _another(one: Invited, speaker: Attendee | None, mail: Carried) -> str:
    """Return who answered under an address of the guest, empty unless the names there are those of another human."""
    told = [speaker.name if speaker and speaker.address in one.own else "", mail.sender_name]
    return next((name for name in told if one.written_by_another(name)), "")


def _means(answer: CalendarAnswer, one: Invited) -> bool:
    """Say whether an answer without our UID can be to this event: same title or start, or it tells neither."""
    if not answer.summary and answer.start is None:
        return True
    title = " ".join((one.event.name or "").casefold().split())
    same_title = bool(title) and title in " ".join(answer.summary.casefold().split())
    return same_title or (answer.start is not None and answer.start == one.event.starts_at)


def _who(speaker: Attendee | None, mail: Carried, book: Book) -> str:
    address = speaker.address if speaker and speaker.address else mail.sender
    return book.name_of(address) or (speaker.name if speaker else "") or address
