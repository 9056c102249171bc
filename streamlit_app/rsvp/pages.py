"""The answer pages as HTML (``streamlit_app.public.sheets``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse

from automations.events.tokens import CALENDAR
from schemas.events.choices import Answer, Place
from schemas.events.rules.answering import Phase, takes
from schemas.events.rules.outcome import answer_of
from schemas.events.tables import Invitation, Reply
from streamlit_app.public.sheets import Contact, Sheets, query_of
from streamlit_app.rsvp.english import ENGLISH
from streamlit_app.rsvp.facts import Facts
from streamlit_app.rsvp.form import OFFERED, ROOM, Flaw, Typed
from streamlit_app.rsvp.german import GERMAN
from streamlit_app.rsvp.words import Words

NOTED = "notiert"

SHEETS = Sheets(Path(__file__).parent)

_ORDER = ("antwort", "vertretung", "begleitung", "namen", "bedarf", "bemerkung")
_ANCHORS = {"antwort": f"a-{OFFERED[0].value}"}
_PHASES = {Phase.LATE: "late", Phase.OVER: "over", Phase.CALLED_OFF: "called_off", Phase.UNINVITED: "uninvited"}


def words_of(code: str | None) -> Words:
    """Return the language that the address asks for; German unless it is English."""
    return ENGLISH if code == ENGLISH.code else GERMAN


@dataclass(frozen=True, slots=True)
class Seen:
    """One guest before one invitation, as a genuine link shows them."""

    token: str
    invitation: Invitation
    facts: Facts
    phase: Phase

    @property
    def companions_max(self) -> int:
        """Return how many people this guest may bring: what was agreed with them stands, also above the usual."""
        return max(self.facts.companions_max, self.invitation.companions or 0)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in: the ticket it carries, what was typed so far, what to say about it."""

    ticket: str
    typed: Typed = field(default_factory=Typed)
    alert: Sequence[str] = ()


def answer_page(words: Words, seen: Seen, form: Form | None, status: int = 200) -> HTMLResponse:
    """Return the invitation, what was answered so far, and the form; without one it says why there is none."""
    notice = _PHASES.get(seen.phase)
    how = f"{notice}_refuse" if form and seen.phase == Phase.LATE else f"{notice}_how"
    return SHEETS.page(
        "answer.html", words, status, first=words.flawed_title if form and (form.alert or form.typed.flaws) else "",
        **_event(words, seen.facts, seen.invitation),
        notice=getattr(words, notice) if notice else "", notice_how=getattr(words, how) if notice else "",
        **_told(words, seen), **_form(words, form, seen.companions_max, offered(seen)), full=_must_wait(seen),
        deadline=_deadline(words, seen) if answer_of(seen.invitation.answer) == Answer.OPEN else _until(words, seen),
    )  # fmt: skip


def noted_page(words: Words, seen: Seen, reply: Reply) -> HTMLResponse:
    """Return the confirmation: what was taken down, what counts now, how to change it."""
    said, shown = answer_of(reply.answer), answer_of(seen.invitation.answer)
    noted = words.noted
    if reply.state is None:
        noted = words.noted_later
    elif said != shown:
        told = words.told(said, reply.represented_by)
        noted = words.noted_differs.format(said=told, shown=words.told(shown, seen.invitation.represented_by))
    return SHEETS.page(
        "noted.html", words, 200, first=words.noted_title, kept=f"{NOTED}=1", notice="", noted=noted,
        **_event(words, seen.facts, seen.invitation),
        **_told(words, seen, reply), deadline=_until(words, seen),
    )  # fmt: skip


def trouble_page(words: Words, facts: Facts | None, form: Form | None) -> HTMLResponse:
    """Return what to say when the base cannot be reached; what was typed stays in the form."""
    if form is None:
        return SHEETS.note(
            words, "away", 503, host=facts.host if facts else "", contact=facts.contact if facts else None
        )  # fmt: skip
    most = facts.companions_max if facts else form.typed.companions
    return SHEETS.page(
        "answer.html", words, 503, first=words.not_saved if facts else "", **_event(words, facts, None), notice="",
        told=(), standing="", by_staff=False, calendar="", full=False, deadline="", **_form(words, form, most),
    )  # fmt: skip


def offered(seen: Seen) -> tuple[Answer, ...]:
    """Return the answers that a guest may give now; who said no already needs not say it again."""
    found = tuple(answer for answer in OFFERED if takes(seen.phase, answer))
    return () if found == (Answer.NO,) and answer_of(seen.invitation.answer) == Answer.NO else found


def prefilled(invitation: Invitation) -> Typed:
    """Return the form as the invitation stands."""
    answer = answer_of(invitation.answer)
    return Typed(
        answer if answer in OFFERED else None, invitation.represented_by or "", invitation.companions or 0,
        invitation.companion_names or "", invitation.needs or "",
    )  # fmt: skip


def _event(words: Words, facts: Facts | None, invitation: Invitation | None) -> dict[str, Any]:
    if facts is None:
        return {"title": words.not_saved, "host": "", "facts": None, "lines": (), "programme": "", **_contact(None)}
    event = facts.event
    lines = [(words.when, words.span(event.starts_at, event.ends_at), False)] if event.starts_at else []
    if event.doors_at:
        lines.append((words.doors, words.time(event.doors_at), False))
    town = " ".join(x for x in (event.postcode, event.city) if x)
    if place := "\n".join(x for x in (event.venue, ", ".join(y for y in (event.street, town) if y)) if x):
        lines.append((words.where, place, True))
    if invitation is not None and invitation.name:
        lines.append((words.guest, invitation.name, True))
    return {
        "title": event.name or words.event, "host": facts.host, "facts": facts, "lines": lines,
        "programme": event.programme or "", **_contact(facts),
    }  # fmt: skip


def _contact(facts: Facts | None) -> dict[str, Contact | None]:
    return {"contact": facts.contact if facts else None}


def _told(words: Words, seen: Seen, reply: Reply | None = None) -> dict[str, Any]:
    """Return what counts now, line by line; nothing before the first answer."""
    row = seen.invitation
    answer = answer_of(row.answer)
    if answer == Answer.OPEN and reply is None:
        return {"told": (), "standing": "", "by_staff": False, "calendar": ""}
    along = f"{row.companions}" + (f" ({row.companion_names})" if row.companion_names else "") if row.companions else ""
    lines = [
        (words.answer, words.told(answer, row.represented_by)), (words.comes_along, along),
        (words.needs, row.needs or ""), (words.remark, (reply.text if reply else None) or ""),
    ]  # fmt: skip
    standing = ""
    if row.place == Place.WAITING:
        standing = words.waiting
    elif row.place == Place.SURE and seen.facts.event.capacity is not None:
        standing = words.seated
    comes = answer not in (Answer.NO, Answer.OPEN) and seen.phase in (Phase.OPEN, Phase.LATE)
    query = f"?{query_of(words)}" if query_of(words) else ""
    return {
        "told": [(label, value) for label, value in lines if value], "standing": standing,
        "by_staff": bool(row.correction) and reply is None,
        "calendar": f"{seen.token}/{CALENDAR}{query}" if comes and seen.facts.event.starts_at else "",
    }  # fmt: skip


def _form(words: Words, form: Form | None, companions_max: int, offers: Sequence[Answer] = OFFERED) -> dict[str, Any]:
    typed = form.typed if form else Typed()
    return {
        "ticket": form.ticket if form else "", "typed": typed, "alert": form.alert if form else (),
        "flaws": {n: _flaw(words, n, typed.flaws[n], companions_max) for n in _ORDER if n in typed.flaws},
        "anchors": {name: _ANCHORS.get(name, name) for name in typed.flaws}, "companions_max": companions_max,
        "offers": {answer: words.offers[answer] for answer in offers}, "comes": offers != (Answer.NO,),
    }  # fmt: skip


def _flaw(words: Words, name: str, flaw: Flaw, most: int) -> str:
    if flaw == Flaw.TOO_LONG:
        labels = {"vertretung": words.deputy, "namen": words.names, "bedarf": words.needs, "bemerkung": words.remark}
        return words.too_long.format(field=labels[name], room=ROOM[name])
    return words.flaws[name, flaw].format(most=most)


def _must_wait(seen: Seen) -> bool:
    return seen.phase == Phase.OPEN and seen.facts.full and seen.invitation.place not in tuple(Place)


def _deadline(words: Words, seen: Seen) -> str:
    if seen.phase != Phase.OPEN:
        return ""
    day = seen.facts.event.answer_by
    return words.answer_by.format(day=words.day(day)) if day else words.answer_by_start


def _until(words: Words, seen: Seen) -> str:
    if seen.phase != Phase.OPEN:
        return ""
    day = seen.facts.event.answer_by
    return words.change_until.format(day=words.day(day)) if day else words.change_until_start
