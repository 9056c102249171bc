"""What letters of an event say about it and about a guest, read from the mirror: who invites, who signs, who is asked.

An office signs, and whoever holds it on the day of the letter stands below it. The worker of an event never appears.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from automations.events.book import Book, Held, House, Street, moment, read_book, rows, text
from automations.events.guest_list import is_listed
from automations.mail.address import one_address, one_line
from automations.relations import Tables, as_day, row_id
from schemas.errors import KontaktnetzError, Terminal
from schemas.events.choices import AddressForm
from schemas.events.rules.address import Addressee, Form, form_for
from schemas.events.rules.roles import gendered
from schemas.events.tables import Invitation

PARTS_OF_A_BODY = frozenset({"einrichtung", "dezernat", "fachbereich", "stabsstelle", "ausschuss"})
"""Kinds of organisations that stand in an address below the one they belong to."""

SHOWN_ROLES = frozenset({"leitung", "vorstand", "mandat"})
"""Kinds of functions that stand in an address; „Ansprechperson“ would only puzzle the postman."""


class WordingError(KontaktnetzError, Terminal):
    """A letter cannot be worded: its event or guest is gone, or its text asks for what we do not know."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that sends, with the address of its organisation; all may be empty."""

    office: str = ""
    organisation: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as its letters speak of it, on the day ``on``; times are aware, texts as staff typed them."""

    row: int
    name: str
    kind: str
    host: str
    on: dt.date
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    doors_at: dt.datetime | None
    venue: str
    street: str
    postcode: str
    city: str
    answer_by: dt.date | None
    companions_max: int
    sender: Sender
    signatory: tuple[str, ...]
    reply_to: str
    address_form: str
    subject: str
    text: str
    programme: str
    called_off: bool
    worker: int | None
    book: Book


@dataclass(frozen=True, slots=True)
class GuestFacts:
    """A guest as letters speak to them: ``name`` is the person, else who is invited; mail and phone may be empty.

    ``unusable_mail`` is what stands where the address should be and is not exactly one.
    """

    invitation: int
    name: str
    organisation: str
    addressee: Addressee
    form: Form
    mail: str
    phone: str
    channel: str
    state: str
    answer: str
    place: str
    represented_by: str
    companions: int
    mark: str
    unusable_mail: str = ""


def event_facts(tables: Tables, event_row: int, on: dt.date, *, network: str) -> EventFacts:
    """Return what the letters of an event say on the day ``on``; ``network`` stands in front where no host is named.

    Raises:
        WordingError: the event is not there.
    """
    events = tables["event"]
    found = next(rows(events[events["id"] == event_row]), None)
    if found is None:
        raise WordingError("Diese Veranstaltung gibt es nicht (mehr).", hint="Vielleicht wurde sie in NocoDB gelöscht.",
                           event=event_row)  # fmt: skip
    book = read_book(tables, on)
    bodies = {int(b.id): text(b.name) for b in rows(tables["body"])}
    form = text(found.address_form)
    return EventFacts(
        row=event_row, name=one_line(text(found.name)), kind=text(found.kind),
        host=bodies.get(row_id(found.host) or 0) or network, on=on, starts_at=moment(found.starts_at),
        ends_at=moment(found.ends_at), doors_at=moment(found.doors_at), venue=text(found.venue),
        street=text(found.street), postcode=text(found.postcode), city=text(found.city),
        answer_by=as_day(found.answer_by), companions_max=row_id(found.companions_max) or 0,
        sender=_sender(book, row_id(found.sender)), signatory=signatory(book, row_id(found.signatory)),
        reply_to=text(found.reply_to), address_form=form, subject=one_line(text(found.invitation_subject)),
        text=text(found.invitation_text), programme=text(found.programme), called_off=text(found.state) == "abgesagt",
        worker=row_id(found.team_member), book=book,
    )  # fmt: skip


def guest_facts(tables: Tables, invitation: int | Invitation, event: EventFacts) -> GuestFacts:
    """Return a guest; an invitation may be named by its row in the mirror or come from the base itself.

    Raises:
        WordingError: the invitation is not there.
    """
    row = invitation if isinstance(invitation, Invitation) else _invitation(tables, invitation)
    book = event.book
    if (row.person, row.office) in book.former or _taken_over(book, row):  # somebody else is meant by that office now
        row = replace(row, office=None)
    held = _function(book, row)
    person = row.person if row.person is not None else held.person if held else None
    house = row.organisation
    if house is None and row.office is not None and row.office in book.offices:
        house = book.offices[row.office].organisation
    human = book.people.get(person or 0)
    to = _addressee(book, row, person, house, held)
    form = form_for(to, _form(event, person))
    at = book.houses.get(house or 0)
    mails = ((row.mail or "").strip(), held.mail if held else "", human.mail if human else "", at.mail if at else "")
    phones = ((held.phone if held else ""), *(human.phones if human else ()), at.phone if at else "")
    cell = next(filter(None, mails), "")
    mail = one_address(cell)
    named = " ".join(part for part in (to.title, to.first_name, to.last_name) if part)
    return GuestFacts(
        invitation=row.id or 0, name=named or to.role or (at.name if at else "") or row.name or "",
        organisation=at.name if at else "", addressee=to, form=form, mail=mail,
        phone=next(filter(None, phones), ""), channel=row.channel or "", state=row.state or "",
        answer=row.answer or "", place=row.place or "", represented_by=row.represented_by or "",
        companions=row.companions or 0, mark=row.mark or "",
        unusable_mail="" if mail else cell,
    )  # fmt: skip


def _taken_over(book: Book, row: Invitation) -> bool:
    """Say whether others hold an office whose holder our guest list wrote down: its function was deleted, not ended."""
    held = book.by_office.get(row.office or 0, ())
    return row.person is not None and is_listed(row) and bool(held) and row.person not in {f.person for f in held}


def _invitation(tables: Tables, row: int) -> Invitation:
    frame = tables["invitation"]
    found = next(rows(frame[frame["id"] == row]), None)
    if found is None:
        raise WordingError("Diese Einladung gibt es nicht (mehr).", hint="Vielleicht wurde sie in NocoDB gelöscht.",
                           invitation=row)  # fmt: skip
    return invitation_record(found)


def invitation_record(found: object) -> Invitation:
    """Return a row of the mirror's invitations with what letters look at."""
    cell = found.__getattribute__
    return Invitation(
        id=int(cell("id")), name=text(cell("name")), event=row_id(cell("event")), person=row_id(cell("person")),
        organisation=row_id(cell("organisation")), office=row_id(cell("office")), channel=text(cell("channel")),
        mail=text(cell("mail")), state=text(cell("state")), answer=text(cell("answer")), place=text(cell("place")),
        companions=row_id(cell("companions")), represented_by=text(cell("represented_by")), mark=text(cell("mark")),
        guest_group=row_id(cell("guest_group")), checked_in_at=moment(cell("checked_in_at")),
        ident=text(cell("ident")),
    )  # fmt: skip


def _sender(book: Book, office: int | None) -> Sender:
    post = book.offices.get(office or 0)
    if post is None:
        return Sender()
    house = book.houses.get(post.organisation or 0)
    _, at = book.address_of(post.organisation)
    return Sender(post.name, house.name if house else "", at.street, at.postcode, at.city, house.phone if house else "",
                  house.mail if house else "")  # fmt: skip


def signatory(book: Book, office: int | None) -> tuple[str, ...]:
    """Return who signs: the holder of the day, and the office; only the office while nobody holds it."""
    post = book.offices.get(office or 0)
    if post is None:
        return ()
    held = book.holder(office)
    human = book.people.get(held.person or 0) if held else None
    name = " ".join(part for part in (human.title, human.first_name, human.last_name) if part) if human else ""
    return tuple(line for line in (name, gendered(post.name, human.salutation) if human else post.name) if line)


def _function(book: Book, row: Invitation) -> Held | None:
    """Return the function as which somebody is invited: that of the office, else one in the organisation."""
    if row.person is None:
        return book.holder(row.office)
    held = book.by_person.get(row.person, ())
    ranked = sorted(held, key=lambda f: (f.office != row.office or row.office is None, not f.main, f.office is None))
    return next((f for f in ranked if f.organisation == row.organisation or f.office == row.office is not None), None)


def _addressee(book: Book, row: Invitation, person: int | None, house: int | None, held: Held | None) -> Addressee:
    human = book.people.get(person or 0)
    at, place = book.address_of(house)
    own = human.home if human else Street()
    official = house is not None and (at is not None or not own.usable)
    body = book.houses.get(house or 0) if official else None
    if not official:
        place = own
    role = _role(book, row, held, body) if official or not human else ""
    return Addressee(
        salutation=human.salutation if human else "", title=human.title if human else "",
        first_name=human.first_name if human else "", last_name=human.last_name if human else "", role=role,
        organisation=body.name if body else "", over=_over(book, body, house, at), street=place.street,
        postcode=place.postcode, city=place.city, own_greeting=human.own_greeting if human else "",
    )  # fmt: skip


def _role(book: Book, row: Invitation, held: Held | None, body: House | None) -> str:
    office = row.office if row.office is not None else held.office if held else None
    post = book.offices.get(office or 0)
    role = post.name if post else ""
    if not role and held and held.kind in SHOWN_ROLES:
        role = held.name
    return role.removesuffix(body.name).strip() if body and body.name and role != body.name else role


def _over(book: Book, body: House | None, house: int | None, at: int | None) -> str:
    """Return the body above an organisation: the one at whose address it is, or the one a site belongs to."""
    if body is None:
        return ""
    above = at if at not in (None, house) else body.parent if body.kind in PARTS_OF_A_BODY else None
    over = book.houses.get(above or 0)
    return over.name if over else ""


def _form(event: EventFacts, person: int | None) -> Form:
    """Return Sie or Du: as the event says, else as the worker (without one, all of us) stands with them."""
    if event.address_form == AddressForm.INFORMAL:
        return Form.DU
    if event.address_form != AddressForm.RELATION or person is None:
        return Form.SIE
    ties = [(who, form) for who, form in event.book.forms.get(person, ()) if who is not None]
    mine = [form for who, form in ties if who == event.worker] or [form for _, form in ties]
    return Form.DU if mine and all(form == Form.DU for form in mine) else Form.SIE
