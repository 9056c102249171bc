"""Which address cards the team gets for its phones (vCard 3.0, RFC 2426). Pure: records and a day in, texts out.

A card carries what one needs to reach somebody at work: no private address, no note, nobody who must not be passed on.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import vobject

from schemas.contacts.rules import is_current, is_reachable, person_name
from schemas.contacts.tables import Function, Organisation, Person

PREFIX = "kontaktnetz-"
"""Beginning of the names of our cards in a book: only these are ours to change."""

ORGANISATION_COLUMNS = (
    "name",
    "street",
    "postcode",
    "city",
    "phone",
    "phone2",
    "mail",
    "web",
    "active_from",
    "active_to",
)
PERSON_COLUMNS = (
    "title", "first_name", "last_name", "mail", "mail2", "phone", "mobile", "phone_other", "do_not_share",
)  # fmt: skip
FUNCTION_COLUMNS = ("name", "person", "organisation", "main_contact", "mail", "phone", "valid_from", "valid_to")


def make_cards(
    organisations: Iterable[Organisation], persons: Iterable[Person], functions: Iterable[Function], today: dt.date
) -> dict[str, str]:
    """Return the text of every card by its name in the book.

    Organisations that exist today and persons who may be passed on get one, each if there is a phone number or a mail
    address; of functions only those held today count.
    """
    places = {o.id: o for o in organisations if o.id is not None and is_current(o.active_from, o.active_to, today)}
    held: dict[int, list[Function]] = defaultdict(list)
    for function in functions:
        if function.person is not None and is_current(function.valid_from, function.valid_to, today):
            held[function.person].append(function)
    cards = {}
    for place in places.values():
        if place.name and is_reachable(place.phone, place.phone2, place.mail):
            uid = f"{PREFIX}organisation-{place.id}"
            cards[f"{uid}.vcf"] = _organisation(uid, place)
    for person in persons:
        posts = sorted(held[person.id or 0], key=lambda f: (not f.main_contact, f.id or 0))
        ways = (person.phone, person.mobile, person.phone_other, person.mail, person.mail2)
        if not person.do_not_share and is_reachable(*ways, *(way for p in posts for way in (p.phone, p.mail))):
            uid = f"{PREFIX}person-{person.id}"
            cards[f"{uid}.vcf"] = _person(uid, person, posts, places)
    return cards


def _organisation(uid: str, place: Organisation) -> str:
    card = _card(uid, place.name or "")
    card.add("n").value = vobject.vcard.Name(family="", given="")
    card.add("org").value = [place.name]
    card.add("x-abshowas").value = "COMPANY"  # phones of Apple show it as a firm, not as a person without a name
    _phones(card, [(place.phone, "WORK"), (place.phone2, "WORK")])
    _mails(card, [place.mail])
    _address(card, place)
    if place.web:
        card.add("url").value = place.web
    return _text(card)


def _person(uid: str, person: Person, posts: list[Function], places: Mapping[int, Organisation]) -> str:
    name = person_name(person.title, person.first_name, person.last_name)
    card = _card(uid, name or person.mail or person.phone or uid)
    card.add("n").value = vobject.vcard.Name(
        family=person.last_name or "", given=person.first_name or "", prefix=person.title or ""
    )
    at = next(((post, places[o]) for post in posts if (o := post.organisation or 0) in places), None)
    if at is not None:
        post, place = at
        card.add("org").value = [place.name or ""]
        _address(card, place)
        if post.name:
            card.add("title").value = post.name
    _phones(
        card,
        [
            (person.phone, "WORK"),
            *((post.phone, "WORK") for post in posts),
            (person.mobile, "CELL"),
            (person.phone_other, "VOICE"),
        ],
    )
    _mails(card, [person.mail, *(post.mail for post in posts), person.mail2])
    return _text(card)


def _card(uid: str, name: str) -> vobject.base.Component:
    card = vobject.vCard()
    card.add("uid").value = uid
    card.add("fn").value = name
    return card


def _phones(card: vobject.base.Component, numbers: Iterable[tuple[str | None, str]]) -> None:
    for number, kind in _once(numbers):
        line = card.add("tel")
        line.value, line.type_param = number, kind


def _mails(card: vobject.base.Component, mails: Iterable[str | None]) -> None:
    for mail, _ in _once((mail, "") for mail in mails):
        line = card.add("email")
        line.value, line.type_param = mail, "INTERNET"


def _once(given: Iterable[tuple[str | None, str]]) -> Iterator[tuple[str, str]]:
    said = set()
    for value, kind in given:
        if value and value.strip() and value not in said:
            said.add(value)
            yield value, kind


def _address(card: vobject.base.Component, place: Organisation) -> None:
    if place.street or place.postcode or place.city:
        line = card.add("adr")
        line.type_param = "WORK"
        line.value = vobject.vcard.Address(
            street=place.street or "", code=place.postcode or "", city=place.city or "", region="", country=""
        )


def _text(card: vobject.base.Component) -> str:
    return str(card.serialize())
