"""People with everything that is true of them, and those beside them: couples, families, colleagues, namesakes."""

from __future__ import annotations

import dataclasses

from bench.doubles.chance import Chance, Weighted, weighted
from bench.doubles.contact_details import family_mail, landline, mobile, office_mail, private_mail, slug
from bench.doubles.family_names import ORIGINS, double, is_rare, last_name
from bench.doubles.given_names import GIVEN, first_name
from bench.doubles.places import Place, house, place, plain_city

_HOUSEHOLD = weighted("single 690 couple 155 family 40 same_name 18 siblings 22 colleagues 45 namesake 30")
_TITLES = Weighted(
    ("Dr.", "Prof. Dr.", "Prof.", "Dr.-Ing.", "Dr. med.", "Dipl.-Ing.", "Dipl.-Päd.", "M.A."),
    (70, 14, 4, 5, 5, 6, 3, 2),
)
_OFFICES = (
    "awo", "drk", "caritas", "diakonie", "volkssolidaritaet", "lebenshilfe", "stadtsportbund", "kinderschutzbund",
    "paritaet", "landkreis", "kirchenkreis", "hochschule", "verein", "buergerhaus", "stiftung", "jugendwerk", "pflege",
    "kita-verbund", "schulverein", "tafel", "feuerwehr", "naturfreunde", "kulturwerk", "museum", "theater", "klinikum",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """Where several people work: its domain, address, shared mail and central number ("0391 54010")."""

    domain: str
    place: Place
    street: str
    house: str
    mail: str
    phone: str


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """A person with all that is true; an empty string is what they do not have.

    ``sex`` is "m" or "f"; numbers are digits (a landline with a space behind its area code). ``written`` names what
    every list holds of them: "address", "mail", "office_mail", "landline", "mobile", "office_phone", "shared_office".
    """

    sex: str
    origin: str
    first: str
    last: str
    place: Place
    street: str
    house: str
    title: str = ""
    mail: str = ""
    office_mail: str = ""
    landline: str = ""
    mobile: str = ""
    office_phone: str = ""
    office: Office | None = None
    written: frozenset[str] = frozenset()


class People:
    """Draws people one household after the other; private mail addresses are given once only."""

    def __init__(self, chance: Chance, count: int) -> None:
        self._chance = chance
        self.taken: set[str] = set()
        self._offices = [self._office() for _ in range(count // 30 + 4)]
        self._known: list[Person] = []

    def draw(self, count: int) -> list[Person]:
        """Return so many people, households together."""
        while len(self._known) < count:
            self._known += self._household(self._chance.pick(_HOUSEHOLD))
        return self._known[:count]

    def couple(self) -> list[Person]:
        """Return two people of one last name at one address, with one mail or one landline between them."""
        chance = self._chance
        both = chance.below(10)
        return self._pair(same_last=True, mail=both < 7, line=both > 3, partners=not chance.happens(0.06))

    def moved(self, person: Person, far: bool) -> Person:
        """Return the person at another address; ``far``: perhaps in another town."""
        chance = self._chance
        where = place(chance) if far else person.place
        return dataclasses.replace(person, place=where, street=chance.one_of(where.streets), house=house(chance))

    def _office(self) -> Office:
        chance = self._chance
        where = place(chance, 0.8)
        domain = f"{chance.one_of(_OFFICES)}-{slug(plain_city(where.city))}{chance.below(90) or ''}.de"
        street, number = chance.one_of(where.streets), house(chance)
        mail = chance.one_of(("info", "kontakt", "buero", "post", "geschaeftsstelle", "verwaltung")) + f"@{domain}"
        return Office(domain, where, street, number, mail, f"{where.area_code} {chance.digits(5)}0")

    def _single(self, last: str = "", at: Person | None = None, sex: str = "", first: str = "") -> Person:
        chance = self._chance
        origin = at.origin if at else chance.pick(ORIGINS)
        sex = sex or chance.one_of("mf")
        last = last or last_name(chance, origin)
        first = first or first_name(chance, origin, sex)
        where = at.place if at else place(chance)
        person = Person(
            sex, origin, first, last, where,
            street=at.street if at else chance.one_of(where.streets),
            house=at.house if at else house(chance),
            title=chance.pick(_TITLES) if chance.happens(0.07) else "",
            mail=private_mail(chance, first, last, self.taken) if chance.happens(0.86) else "",
            landline=landline(chance, where.area_code) if chance.happens(0.55) else "",
            mobile=mobile(chance) if chance.happens(0.85) else "",
        )  # fmt: skip
        return self._employed(person, chance.one_of(self._offices)) if chance.happens(0.35) else person

    def _employed(self, person: Person, office: Office) -> Person:
        chance = self._chance
        mail = office_mail(chance, person.first, person.last, office.domain)
        phone = office.phone if chance.happens(0.4) else office.phone[:-1] + str(chance.between(11, 99))
        return dataclasses.replace(person, office=office, office_mail=mail, office_phone=phone)

    def _household(self, kind: str) -> list[Person]:
        chance = self._chance
        if kind == "couple":
            both = chance.below(10)
            return self._pair(chance.happens(0.85), mail=both < 5, line=both > 2, partners=True)
        if kind == "family":
            parents = self._pair(same_last=True, mail=chance.happens(0.5), line=True, partners=True)
            children = [self._single(parents[0].last, parents[0]) for _ in range(chance.between(1, 2))]
            shared = parents[0].landline
            return self._distinct(parents + [dataclasses.replace(child, landline=shared) for child in children])
        if kind == "same_name":
            return self._parent_and_child()
        if kind == "siblings":
            one = self._single()
            at = one if chance.happens(0.3) else dataclasses.replace(self._single(), origin=one.origin)
            return self._distinct([one, self._single(one.last, at)])
        if kind == "colleagues":
            office = chance.one_of(self._offices)
            found = [self._employed(self._single(), office) for _ in range(chance.between(2, 4))]
            return [dataclasses.replace(person, written=frozenset({"shared_office"})) for person in found]
        if kind == "namesake" and self._known:
            others = [chance.one_of(self._known) for _ in range(6)]
            return [self._namesake(next((other for other in others if not is_rare(other.last)), others[0]))]
        return [self._single()]

    def _distinct(self, household: list[Person]) -> list[Person]:
        """Give another first name to whoever bears one that is taken already."""
        firsts: set[str] = set()
        found = []
        for person in household:
            first = person.first
            while first in firsts:
                first = self._chance.one_of(GIVEN[person.origin, person.sex].values)
            firsts.add(first)
            found.append(dataclasses.replace(person, first=first))
        return found

    def _pair(self, same_last: bool, mail: bool, line: bool, partners: bool) -> list[Person]:
        chance = self._chance
        one = self._single()
        sex = {"m": "f", "f": "m"}[one.sex] if partners and not chance.happens(0.04) else chance.one_of("mf")
        two = self._single(one.last if same_last else "", one, sex)
        if not same_last and chance.happens(0.4):
            two = dataclasses.replace(two, last=double(chance, two.last.split("-")[0], one.last.split("-")[0]))
        one, two = self._distinct([one, two])
        shared = {"address"}
        number, address = one.landline, one.mail
        if line:
            number = number or landline(chance, one.place.area_code)
            shared.add("landline")
        if mail:
            if not address or chance.happens(0.55):
                address = family_mail(chance, [one.first, two.first], one.last, self.taken)
            shared.add("mail")
        written = frozenset(shared)
        return [
            dataclasses.replace(one, landline=number, mail=address if mail else one.mail, written=written),
            dataclasses.replace(two, landline=number, mail=address if mail else two.mail, written=written),
        ]

    def _parent_and_child(self) -> list[Person]:
        """Return two of one name, marked as older and younger or with nothing in common but name and perhaps house."""
        chance = self._chance
        old = self._single()
        young = self._single(old.last, old, old.sex, old.first)
        marks = [("sen.", "jun."), ("senior", "junior"), ("d. Ä.", "d. J."), ("", "jun."), ("", "")][chance.below(5)]
        if not any(marks) or chance.happens(0.3):
            young = self.moved(young, far=True)
        found = []
        for person, mark in zip((old, young), marks, strict=True):
            details = frozenset({"address", "mobile", "mail"})
            mail = person.mail or private_mail(chance, person.first, person.last, self.taken)
            last, number = f"{person.last} {mark}".strip(), person.mobile or mobile(chance)
            found.append(dataclasses.replace(person, last=last, written=details, mobile=number, mail=mail))
        return found

    def _namesake(self, other: Person) -> Person:
        person = self._single(other.last, None, other.sex, other.first)
        while person.street == other.street:
            person = self.moved(person, far=False)
        return dataclasses.replace(person, origin=other.origin, written=frozenset({"address", "mail", "mobile"}))
