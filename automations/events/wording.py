"""The words of everything a guest receives, the same for mail and letter: plain German text, no layout.

What staff typed as subject and text of an invitation replaces the standard text; placeholders in it are filled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from automations.events import texts
from automations.events.facts import EventFacts, GuestFacts, WordingError, event_facts, guest_facts
from automations.events.when import day_text, place_text, time_text, when_text
from schemas.events.rules.address import address_lines, closing, greeting, note_lines
from schemas.operations.choices import PostKind

__all__ = [
    "EventFacts", "GuestFacts", "Wording", "WordingError", "event_facts", "filled", "guest_facts", "placeholders",
    "word",
]  # fmt: skip

ANSWERABLE = frozenset({PostKind.INVITATION, PostKind.REMINDER, PostKind.CHANGE, PostKind.PLACE, PostKind.TEST})
"""Occasions that ask for an answer: their letters carry the link for it."""

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a guest reads. ``facts`` (label, value) stand below the first paragraph; lines in a paragraph stay apart.

    ``sender`` are the lines of the letterhead, the host first; ``signatory`` name and office; ``address`` the lines of
    the window, ``notes`` above them; ``answer_link`` is empty where no answer is wanted or no link may go out; then
    ``answer_ways`` say how else to answer, as label and value. ``about`` is the event's title, ``return_line`` the
    small line above the address.
    """

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    closing: str
    signatory: tuple[str, ...]
    sender: tuple[str, ...]
    address: tuple[str, ...]
    day: dt.date
    answer_wanted: bool = False
    answer_link: str = ""
    answer_ways: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    host: str = ""
    return_line: str = ""
    about: str = ""
    answer_by: dt.date | None = None
    contact: tuple[tuple[str, str], ...] = ()
    invitation: int = 0
    guest: GuestFacts | None = None


def word(occasion: PostKind, event: EventFacts, guest: GuestFacts, answer_link: str = "") -> Wording:
    """Return what a guest reads on an occasion.

    Raises:
        WordingError: the text of the invitation names a placeholder that we do not know, or the occasion has no words.
    """
    wanted = occasion in ANSWERABLE
    link = answer_link if wanted else ""
    said = texts.said(occasion, event, guest, bool(link))
    subject, paragraphs, facts = said.subject, said.paragraphs, _facts(event, said.facts)
    if occasion in (PostKind.INVITATION, PostKind.TEST):
        if event.subject:
            subject = filled(event.subject, event)
        if event.text:
            paragraphs = tuple(filter(None, map(str.strip, re.split(r"\n\s*\n", filled(event.text, event)))))
            facts = tuple(fact for fact in facts if not _tells(event, fact[0]))
        if event.programme and "programm" not in _named(event.text):
            before_last = max(1, len(paragraphs) - 1)
            programme = f"{texts.PROGRAMME}:\n{event.programme}"
            paragraphs = (*paragraphs[:before_last], programme, *paragraphs[before_last:])
    if occasion == PostKind.TEST:
        subject = f"{texts.TEST} {subject}"
    return Wording(
        subject=subject, greeting=greeting(guest.addressee, guest.form), paragraphs=paragraphs, facts=facts,
        closing=closing(guest.form), signatory=event.signatory or (event.host,), sender=letterhead(event),
        address=address_lines(guest.addressee), day=event.on, answer_wanted=wanted, answer_link=link,
        notes=note_lines(guest.addressee),
        host=event.host, return_line=_return_line(event), about=event.name,
        answer_by=event.answer_by if wanted else None, contact=answer_ways(event),
        answer_ways=answer_ways(event) if wanted and not link else (),
        invitation=guest.invitation, guest=guest,
    )  # fmt: skip


def filled(text: str, event: EventFacts) -> str:
    """Return a text of staff's with its placeholders filled.

    Raises:
        WordingError: a placeholder is unknown, or what it stands for is not in the event.
    """
    values = placeholders(event)

    def value(found: re.Match[str]) -> str:
        name = found[1].strip().casefold()
        if name not in values:
            raise WordingError(
                f"Im Text der Einladung steht der Platzhalter {{{found[1]}}}, den es nicht gibt.",
                hint=f"Es gibt {', '.join(f'{{{known}}}' for known in values)}.", event=event.row, placeholder=found[1],
            )  # fmt: skip
        if not values[name]:
            raise WordingError(
                f"Im Text der Einladung steht {{{name}}}, aber in der Veranstaltung ist dazu nichts eingetragen.",
                hint="Tragen Sie es dort ein, oder nehmen Sie den Platzhalter aus dem Text.",
                event=event.row, placeholder=name,
            )  # fmt: skip
        return values[name]

    return _BRACES.sub(value, text)


def placeholders(event: EventFacts) -> Mapping[str, str]:
    """Return what placeholders in a text stand for, empty where the event does not say it."""
    return {
        "titel": event.name, "datum": day_text(event.starts_at), "uhrzeit": time_text(event.starts_at),
        "einlass": time_text(event.doors_at), "ort": place_text(event),
        "antwort_bis": f"{event.answer_by:%d.%m.%Y}" if event.answer_by else "", "gastgeber": event.host,
        "programm": event.programme,
    }  # fmt: skip


def letterhead(event: EventFacts) -> tuple[str, ...]:
    """Return who writes: the host in front, then the sending office and where it is."""
    s = event.sender
    town = " ".join(part for part in (s.postcode, s.city) if part)
    organisation = "" if s.organisation and s.organisation in s.office else s.organisation
    return tuple(line for line in (event.host, s.office, organisation, s.street, town) if line)


def _return_line(event: EventFacts) -> str:
    """Return the small line above an address: where the letter goes back to."""
    s = event.sender
    town = " ".join(part for part in (s.postcode, s.city) if part)
    return " · ".join(part for part in (event.host, s.street, town) if part)


def answer_ways(event: EventFacts) -> tuple[tuple[str, str], ...]:
    """Return by which phone and mail address guests reach the office, as label and value."""
    mail = event.reply_to or event.sender.mail
    return tuple((label, value) for label, value in ((texts.PHONE, event.sender.phone), (texts.MAIL, mail)) if value)


def _facts(event: EventFacts, wanted: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    known = {
        texts.WHAT: event.name, texts.WHEN: when_text(event), texts.WHERE: place_text(event),
        texts.ANSWER_BY: f"{event.answer_by:%d.%m.%Y}" if event.answer_by else "",
    }  # fmt: skip
    return tuple((label, known[label]) for label in wanted if known[label])


def _tells(event: EventFacts, label: str) -> bool:
    """Say whether the text of an invitation tells all that the line with this label would: the day is not the hour."""
    when = {"datum": True, "uhrzeit": time_text(event.starts_at), "einlass": time_text(event.doors_at)}
    needed = {
        texts.WHEN: {name for name, told in when.items() if told}, texts.WHERE: {"ort"},
        texts.ANSWER_BY: {"antwort_bis"},
    }  # fmt: skip
    ends_later = label == texts.WHEN and day_text(event.ends_at) not in ("", day_text(event.starts_at))
    return label in needed and needed[label] <= _named(event.text) and not ends_later


def _named(text: str) -> set[str]:
    """Return the placeholders in a text."""
    return {name.strip().casefold() for name in _BRACES.findall(text)}
