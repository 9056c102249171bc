"""A guest's mail: the words as text and as HTML, and the calendar that gives buttons. Makes rows of the outbox.

What is stored bears a stand-in for the guest's answer link; the link itself goes in when the mail is sent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from automations.events import calendar
from automations.events.calendar import Method, Organiser
from automations.events.concerns import CALENDARS, about
from automations.events.facts import EventFacts, GuestFacts
from automations.events.texts import MAIL, answer_title
from automations.events.wording import Wording, word
from automations.mail.address import split_sender
from automations.mail.framed import framed
from automations.mail.smtp import sender
from automations.outbox import Letter
from schemas.events.rules.address import Form
from schemas.operations.choices import PostKind
from sync.settings import Settings

_SAID = {
    Form.SIE: ("Jetzt antworten", "Zusagen, absagen oder eine Vertretung nennen. Sie brauchen dafür kein Konto.",
               "Hier können Sie antworten, ohne Konto:"),
    Form.DU: ("Jetzt antworten", "Zusagen, absagen oder eine Vertretung nennen. Du brauchst dafür kein Konto.",
              "Hier kannst Du antworten, ohne Konto:"),
}  # fmt: skip


_REPLY = {
    Form.SIE: "Antworten Sie einfach auf diese Nachricht.", Form.DU: "Antworte einfach auf diese Nachricht.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as the guest sees it."""

    wording: Wording
    text: str
    html: str


def organiser(settings: Settings, event: EventFacts, base: str) -> Organiser:
    """Return who invites in calendars. Calendars answer to this address, so it is the mailbox that we read, if any."""
    read = settings.imap_user if settings.imap_host and "@" in settings.imap_user else ""
    return Organiser(event.host, read or split_sender(sender(settings))[1], base)


def render(occasion: PostKind, event: EventFacts, guest: GuestFacts, answer_link: str) -> Rendered:
    """Return a guest's mail; with an empty link it asks for an answer by mail or phone. Raises what ``word`` raises."""
    said = word(occasion, event, guest, answer_link)
    button, hint, ask = _SAID[guest.form]
    if not said.answer_wanted or said.answer_link:
        return Rendered(said, *framed(said, button=button, hint=hint, ask=ask))
    title, ways = answer_title(guest.form, said.answer_ways), said.answer_ways or ((MAIL, _REPLY[guest.form]),)
    return Rendered(said, *framed(said, button="", hint="", ask=title, ways=ways))


def letter(
    occasion: PostKind, event: EventFacts, guest: GuestFacts, by: Organiser, *, key: str, batch: str, sequence: int,
    moment: dt.datetime, link: str,
) -> Letter:  # fmt: skip
    """Return a guest's mail for the outbox; ``link`` is a stand-in or empty. Raises what ``word`` raises."""
    made = render(occasion, event, guest, link)
    return Letter(
        key=key, kind=occasion, recipient=guest.mail, subject=made.wording.subject, text=made.text, html=made.html,
        calendar=_calendar(occasion, event, guest, by, sequence=sequence, stamp=moment, link=link),
        sender_name=event.host, reply_to=event.reply_to, about=about(guest.invitation), batch=batch,
    )  # fmt: skip


def probe(
    occasion: PostKind, event: EventFacts, guest: GuestFacts, by: Organiser, *, to: str, key: str, link: str,
    moment: dt.datetime,
) -> Letter:  # fmt: skip
    """Return the same mail for our own eyes: to ``to``, with ``link`` instead of the guest's own, about nobody."""
    made = render(occasion, event, guest, link)
    shown = calendar.request(
        event, guest, by, sequence=0, stamp=moment, answer_link=link, to=to,
        uid=f"{key.replace(':', '-')}@probe.invalid",
    ) if occasion in CALENDARS and occasion != PostKind.CANCELLATION else ""  # fmt: skip
    return Letter(
        key=key, kind=PostKind.TEST, recipient=to, subject=f"[Probe] {made.wording.subject}", text=made.text,
        html=made.html, calendar=shown, sender_name=event.host, reply_to=event.reply_to,
        batch=f"event:{event.row}:{PostKind.TEST}",
    )  # fmt: skip


def _calendar(
    occasion: PostKind, event: EventFacts, guest: GuestFacts, by: Organiser, *, sequence: int, stamp: dt.datetime,
    link: str,
) -> str:  # fmt: skip
    if occasion not in CALENDARS:
        return ""
    method = Method.CANCEL if occasion == PostKind.CANCELLATION else Method.REQUEST
    return calendar.request(
        event, guest, by, sequence=sequence, stamp=stamp, method=method, answer_link=link
    )  # fmt: skip
