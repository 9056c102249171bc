"""Bodies with everything that is true of them, and those beside them: sisters, branches, departments, supporters."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from bench.doubles import body_words as words
from bench.doubles.chance import Chance, weighted
from bench.doubles.contact_details import slug
from bench.doubles.family_names import composed
from bench.doubles.places import Place, house, place, plain_city

_FAMILY = weighted(
    "kitas 7 schools 7 clubs 13 branches 6 supporters 5 parishes 6 gardens 5 culture 13 fire 4 self_help 4 town_hall 2 "
    "twins 4 firms 6 nations 3 seniors 4 factions 2 foundations 4"
)
_FOUNDED = (1848, 1861, 1885, 1889, 1893, 1899, 1903, 1908, 1910, 1919, 1921, 1926, 1949, 1951, 1990, 1991)
_INITIALS = {
    "Kreisverband": "KV", "Ortsverein": "OV", "Ortsverband": "OV", "Ortsgruppe": "OG", "Regionalverband": "RV",
    "Landesverband": "LV",
}  # fmt: skip
# Families around one house: if that is there already, so are the others.
_HOUSES = ("schools", "supporters", "parishes", "fire", "town_hall", "gardens")
_MAILBOXES = ("info", "info", "info", "kontakt", "vorstand", "post", "verein", "buero", "mail", "geschaeftsstelle")


@dataclasses.dataclass(frozen=True, slots=True)
class Body:
    """A body with all that is true; an empty string is what it does not have.

    ``fixed`` names the parts of the name that tell it from a neighbour and may not be lost: "legal", "town", "tail".
    ``tied``: it shares house, number or domain with another one; ``sisters``: others of its name are elsewhere, so that
    every list tells its postcode. ``renamed`` is what else it is called, ``concept`` what it is by any name.
    """

    name: str
    place: Place
    street: str
    house: str
    short: str = ""
    legal: str = ""
    phone: str = ""
    mail: str = ""
    web: str = ""
    register: str = ""
    quarter: str = ""
    renamed: str = ""
    fixed: frozenset[str] = frozenset()
    tied: bool = False
    sisters: bool = False
    concept: str = ""

    @property
    def town(self) -> str:
        """The name of its town, without what stands in brackets."""
        return plain_city(self.place.city)


class Bodies:
    """Draws bodies one family after the other; no two have one name in one town, Kitas at one postcode."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._known: list[Body] = []
        self._names: set[tuple[str, str]] = set()
        self._domains: set[str] = set()
        self._numbers: list[str] = []
        self._families: dict[str, Callable[[], list[Body]]] = {
            "kitas": self._kitas, "schools": self._schools, "clubs": self._clubs, "branches": self._branches,
            "supporters": self._supporters, "parishes": self._parishes, "gardens": self._gardens,
            "culture": self._culture, "fire": self._fire, "self_help": self._self_help, "town_hall": self._town_hall,
            "twins": self._twins, "firms": self._firms, "nations": self._nations, "seniors": self._seniors,
            "factions": self._factions, "foundations": self._foundations,
        }  # fmt: skip

    def draw(self, count: int) -> list[Body]:
        """Return so many bodies, families together."""
        while len(self._known) < count:
            family = self._chance.pick(_FAMILY)
            for i, body in enumerate(self._families[family]()):
                # Two Kitas of one town may share a name; no town has two district associations or schools of one name.
                where = body.place.postcode if family == "kitas" else body.town
                key = (body.concept or slug(body.name.replace(body.town, "")), where)
                if key not in self._names:
                    self._names.add(key)
                    self._known.append(body)
                elif i == 0 and family in _HOUSES:
                    break
        return self._known[:count]

    # What is true of one body.

    def _body(
        self, name: str, at: Place | None = None, legal: str = "", short: str = "", beside: Body | None = None
    ) -> Body:
        """Return a body of its own, or one in the house of another, with that one's domain and number."""
        chance = self._chance
        where = beside.place if beside else at or place(chance)
        body = Body(
            name, where, beside.street if beside else chance.one_of(where.streets),
            beside.house if beside else house(chance), short, legal,
            quarter=chance.one_of(where.quarters) if where.quarters else "",
        )  # fmt: skip
        body = dataclasses.replace(body, register=self._register(legal))
        if beside:
            return self._sharing(body, beside)
        domain = self._domain(short if short and chance.happens(0.4) else name, body.town)
        phone = f"{where.area_code} {chance.digits(7 if where.area_code == '0391' else chance.between(4, 6))}"
        mail = f"{chance.one_of(_MAILBOXES)}@{domain}"
        if chance.happens(0.25):
            mail = f"{domain.removesuffix('.de')}@{chance.one_of(('web.de', 'gmx.de', 't-online.de', 'gmail.com'))}"
        return dataclasses.replace(
            body,
            phone=phone if chance.happens(0.85) else "",
            mail=mail if chance.happens(0.85) else "",
            web=domain if chance.happens(0.65) else "",
        )

    def _sharing(self, body: Body, other: Body) -> Body:
        chance = self._chance
        own_domain = other.mail.rpartition("@")[2]
        domain = own_domain if own_domain in self._domains else other.web
        phone = other.phone
        if phone and chance.happens(0.55):
            phone = phone[:-2] + chance.digits(2)
        own = [word for word in re.findall(r"[A-ZÄÖÜ][\w-]{3,}", body.name) if word not in other.name] or [body.name]
        mail = f"{slug(own[-1])}@{domain}" if domain and chance.happens(0.7) else other.mail
        return dataclasses.replace(body, phone=phone, mail=mail, web=other.web, tied=True)

    def _domain(self, name: str, town: str) -> str:
        chance = self._chance
        stem = slug(name).replace("kindertagesstaette", "kita").replace("freiwillige-feuerwehr", "ff")
        while len(stem) > 28 and "-" in stem:
            stem = stem.rpartition("-")[0]
        stem = stem.replace("-", "") if chance.happens(0.25) else stem
        domain = stem if slug(town) in stem or chance.happens(0.5) else f"{stem}-{slug(town)}"
        while f"{domain}.de" in self._domains:
            domain += f"-{slug(town)}" if slug(town) not in domain else str(chance.between(2, 99))
        self._domains.add(f"{domain}.de")
        return f"{domain}.de"

    def _register(self, legal: str) -> str:
        chance = self._chance
        if not legal or chance.happens(0.6):
            return ""
        if self._numbers and chance.happens(0.01):
            return chance.one_of(self._numbers)  # a number is unique per court only
        number = f"{'HRB' if 'mbH' in legal else 'VR'} {chance.digits(chance.between(3, 5))}"
        self._numbers.append(number)
        return number

    def _legal(self, share: float = 0.75) -> str:
        return self._chance.one_of(words.LEGAL) if self._chance.happens(share) else ""

    def _town(self, where: Place, share: float = 0.5) -> str:
        chance = self._chance
        if not chance.happens(share):
            return ""
        if where.quarters and chance.happens(0.3):
            return " " + chance.one_of(where.quarters)
        return " " + plain_city(where.city)

    def _quoted(self, name: str) -> str:
        way = self._chance.below(10)
        return f"„{name}“" if way < 3 else f'"{name}"' if way < 5 else name

    def _tied(self, *bodies: Body) -> list[Body]:
        return [dataclasses.replace(body, tied=True) for body in bodies]

    # Families.

    def _kitas(self) -> list[Body]:
        chance, found = self._chance, []
        name = chance.pick(words.KITA_NAMES)
        for _ in range(chance.between(1, 4)):
            where = place(chance, 0.5)
            kind = chance.pick(words.KITA_KINDS)
            kind = f"{chance.one_of(words.CARRIERS)} {kind}" if chance.happens(0.2) else kind
            body = self._body(f"{kind} {self._quoted(name)}{self._town(where, 0.25)}", where)
            found.append(dataclasses.replace(body, sisters=True, concept=f"kita {slug(name)}"))
        if chance.happens(0.12):
            marks = chance.one_of(
                (("(Nord)", "(Süd)"), ("(Ost)", "(West)"), ("Haus 1", "Haus 2"), ("(Krippe)", "(Hort)"))
            )
            if marks[0] != "(Krippe)" or "Kita" in found[0].name:
                found[:1] = self._marked(found[0], marks)
        return found

    def _marked(self, body: Body, marks: tuple[str, str]) -> list[Body]:
        """Return two bodies of one name and domain, told apart by a mark behind the name."""
        found = []
        for mark in marks:
            one = self._body(f"{body.name} {mark}", body.place)
            one = dataclasses.replace(one, web=body.web, tied=True, sisters=True, fixed=frozenset({"tail"}))
            found.append(dataclasses.replace(one, concept=f"{body.concept} {mark}"))
        return found

    def _schools(self) -> list[Body]:
        chance = self._chance
        where, kind = place(chance, 0.5), chance.pick(words.SCHOOL_KINDS)
        after = chance.pick(words.SCHOOL_NAMES)
        name = f"{kind} {self._quoted(after)}{self._town(where, 0.4)}"
        found = [dataclasses.replace(self._body(name, where), concept=f"{kind} {after}")]
        if chance.happens(0.35):
            other = chance.one_of((f"Förderverein der {name}", f"Förderverein {name}", f"Schulförderverein {name}"))
            supporters = self._body(other, legal=self._legal(), beside=found[0])
            found = self._tied(found[0], dataclasses.replace(supporters, concept=f"supporters {kind} {after}"))
        if chance.happens(0.12):
            found = self._tied(*found, self._body(f"Hort {name}", beside=found[0]))
        return found

    def _clubs(self) -> list[Body]:
        chance = self._chance
        where, form = place(chance, 0.5), chance.pick(words.SPORT_FORMS)
        year = f" {chance.one_of(_FOUNDED)}"
        own, town = chance.pick(words.SPORT_NAMES), self._town(where, 0.75)
        name = f"{form} {own}{year if chance.happens(0.3) else ''}{town}"
        short = "".join(part[0] for part in name.split()[1:] if part[0].isalpha())
        club = self._body(name, where, self._legal(0.8), f"{form} {short}" if chance.happens(0.2) else "")
        club = dataclasses.replace(club, concept=f"{form} {own}{town}".removesuffix(f" {club.town}"))
        found = [club]
        if chance.happens(0.16):
            picked = chance.shuffled(words.SPORTS)[: chance.between(2, 3)]
            way = chance.one_of((" - Abteilung {}", ", Abt. {}", " ({})", " Sektion {}"))
            branches = [self._body(name + way.format(sport), beside=club) for sport in picked]
            found = self._tied(club, *(dataclasses.replace(one, fixed=frozenset({"tail"})) for one in branches))
        elif chance.happens(0.05):
            clubs = (dataclasses.replace(club, name=f"{name} I"), self._body(f"{name} II", where))
            found = [dataclasses.replace(one, fixed=frozenset({"tail"})) for one in clubs]
        return found

    def _branches(self) -> list[Body]:
        """Return the branches of an association at several levels, and what one of them runs in its own house."""
        chance = self._chance
        short, long = chance.one_of(words.ASSOCIATIONS).split("|")
        found: list[Body] = []
        for _ in range(chance.between(1, 4)):
            where, level = place(chance, 0.45), chance.pick(words.LEVELS)
            area = "Sachsen-Anhalt" if level == "Landesverband" else plain_city(where.city)
            if where.quarters and level.startswith("Orts"):
                area = chance.one_of((f"Magdeburg-{where.quarters[0]}", where.quarters[0]))
            name = f"{short if chance.happens(0.45) else long} {level} {area}"
            body = self._body(
                name, where, self._legal(0.6), f"{short} {_INITIALS[level]} {area}" if chance.happens(0.3) else ""
            )
            concept = f"{short} {level.replace('verein', 'verband')} {area}"
            found.append(dataclasses.replace(body, fixed=frozenset({"town"}), concept=concept))
        if short in words.WITH_FACILITIES and chance.happens(0.8):
            for kind in chance.shuffled(words.FACILITIES)[: chance.between(1, 3)]:
                name = chance.one_of((f"{short} {kind}", f"{short}-{kind}", f"{kind} {found[-1].town}"))
                found.append(self._body(name, beside=next(one for one in found if "town" in one.fixed)))
        return self._tied(*found)

    def _supporters(self) -> list[Body]:
        chance = self._chance
        where, what = place(chance, 0.5), chance.one_of(words.SPONSORED)
        town = plain_city(where.city)
        itself = dataclasses.replace(self._body(f"{what} {town}", where), concept=what)
        kind = chance.one_of(("Förderverein", "Förderkreis", "Freundeskreis", "Verein der Freunde"))
        at = itself if chance.happens(0.6) else None
        others = self._body(f"{kind} {what} {town}", where, self._legal(), beside=at)
        return self._tied(itself, dataclasses.replace(others, concept=f"supporters {what}"))

    def _parishes(self) -> list[Body]:
        chance = self._chance
        where, kind, saint = place(chance, 0.5), chance.one_of(words.PARISHES), chance.one_of(words.SAINTS)
        body = self._body(f"{kind} {saint}{self._town(where, 0.6)}", where)
        body = dataclasses.replace(body, concept=f"parish {saint}")
        if chance.happens(0.25):
            return self._tied(body, self._body(f"Kita {saint}", beside=body))
        return [body]

    def _gardens(self) -> list[Body]:
        chance = self._chance
        where, form = place(chance, 0.65), chance.one_of(words.GARDEN_FORMS)
        garden = chance.pick(words.GARDENS)
        name = f"{form} {self._quoted(garden)}{self._town(where, 0.4)}"
        marks = chance.one_of((("I", "II"), ("1", "2"), ("Nord", "Süd"))) if chance.happens(0.2) else ("",)
        found, fixed = [], frozenset({"tail"} if len(marks) > 1 else ())
        for mark in marks:
            body = self._body(f"{name} {mark}".strip(), where, self._legal(0.7))
            concept = f"garden {garden} {where.postcode} {mark}"
            found.append(dataclasses.replace(body, sisters=True, fixed=fixed, concept=concept))
        return found

    def _culture(self) -> list[Body]:
        chance = self._chance
        where, kind = place(chance, 0.5), chance.one_of(words.CULTURE_KINDS)
        own = chance.pick(words.CULTURE_NAMES) if chance.happens(0.8) else composed(chance)
        name = f"{kind} {self._quoted(own)}{self._town(where, 0.5)}"
        short = "".join(word[0] for word in name.replace("„", "").replace('"', "").split()).upper()
        body = self._body(name, where, self._legal(), short if chance.happens(0.4) else "")
        return [dataclasses.replace(body, concept=f"{kind} {own}")]

    def _fire(self) -> list[Body]:
        chance = self._chance
        where = place(chance, 0.15)
        area = where.quarters[-1] if where.quarters else plain_city(where.city)
        brigade = self._body(f"{chance.one_of(('Freiwillige Feuerwehr', 'FFW', 'FF'))} {area}", where)
        brigade = dataclasses.replace(brigade, concept=f"fire {area}")
        more = chance.shuffled(("Jugendfeuerwehr", "Förderverein der Freiwilligen Feuerwehr", "Kinderfeuerwehr"))
        return self._tied(brigade, *(self._body(f"{name} {area}", beside=brigade) for name in more[: chance.below(3)]))

    def _self_help(self) -> list[Body]:
        chance = self._chance
        where, subject = place(chance, 0.6), chance.one_of(words.SELF_HELP)
        kind = chance.one_of(("Selbsthilfegruppe", "SHG", "Gesprächskreis", "Selbsthilfeverein"))
        body = self._body(f"{kind} {subject}{self._town(where, 0.6)}", where)
        return [dataclasses.replace(body, concept=f"self-help {subject}")]

    def _town_hall(self) -> list[Body]:
        chance = self._chance
        where = place(chance, 0.3)
        town = plain_city(where.city)
        hall = self._body(chance.one_of((f"Stadt {town}", f"Stadtverwaltung {town}", f"Gemeinde {town}")), where)
        hall = dataclasses.replace(hall, concept="town hall")
        found = [hall]
        for entry in chance.shuffled(words.DEPARTMENTS)[: chance.between(3, 8)]:
            name, other = entry.split("|")
            prefix = chance.one_of((f"Stadt {town} - ", f"{hall.name}, ", "", ""))
            body = self._body(f"{prefix}{name}" if prefix else f"{name} {town}", beside=hall)
            other = f"{prefix}{other}" if prefix else f"{other} {town}"
            found.append(dataclasses.replace(body, renamed=other, concept=f"town hall {name}"))
        return self._tied(*found)

    def _twins(self) -> list[Body]:
        """Return the club and the company of one name in one house."""
        chance = self._chance
        where = place(chance)
        own = chance.pick(words.CULTURE_NAMES)
        name = chance.one_of(("Lebenshilfe {}", "Jugendwerk {}", "{}-Haus", f"{own} {plain_city(where.city)}"))
        name = name.format(composed(chance))
        club = self._body(name, where, chance.one_of(("e.V.", "e. V.")))
        company = self._body(name, legal=chance.one_of(("gGmbH", "gGmbH", "GmbH", "gUG")), beside=club)
        if chance.happens(0.5):
            company = dataclasses.replace(company, name=f"{name} Service")
        return [dataclasses.replace(one, fixed=frozenset({"legal"}), tied=True) for one in (club, company)]

    def _firms(self) -> list[Body]:
        chance = self._chance
        where = place(chance)
        owner = composed(chance) if chance.happens(0.7) else chance.pick(words.CULTURE_NAMES)
        name = f"{chance.one_of(words.TRADES)} {owner}{self._town(where, 0.15)}"
        return [self._body(name, where, chance.one_of(("GmbH", "GmbH", "KG", "", "", "GbR", "e.K.")))]

    def _nations(self) -> list[Body]:
        chance = self._chance
        where = place(chance, 0.8)
        name = f"{chance.one_of(words.NATIONS)} {chance.one_of(words.NATION_KINDS)}"
        body = self._body(f"{name}{self._town(where, 0.7)}", where, self._legal(0.7))
        return [dataclasses.replace(body, concept=name)]

    def _seniors(self) -> list[Body]:
        chance = self._chance
        where = place(chance, 0.6)
        own = chance.pick(words.CULTURE_NAMES) if chance.happens(0.5) else chance.one_of(where.streets)
        kind = chance.one_of(words.SENIORS)
        body = self._body(f"{kind} {self._quoted(own)}{self._town(where, 0.4)}", where)
        return [dataclasses.replace(body, concept=f"{kind} {own}")]

    def _factions(self) -> list[Body]:
        chance = self._chance
        where, party = place(chance, 0.3), chance.one_of(words.PARTIES)
        town = plain_city(where.city)
        levels = ("Stadtverband {}", "Kreisverband {}", "Ortsverband {}", "Fraktion im Stadtrat {}")
        forms = chance.shuffled([f"{party} {level.format(town)}" for level in levels])
        first = self._body(forms[0], where)
        return self._tied(first, self._body(forms[1], beside=first if chance.happens(0.5) else None, at=where))

    def _foundations(self) -> list[Body]:
        chance = self._chance
        where = place(chance)
        kind = chance.one_of(
            ("Stiftung", "Bürgerinitiative", "Initiative", "Netzwerk", "Bündnis", "Projekt", "Werkstatt")
        )
        own = chance.pick(words.CULTURE_NAMES) if chance.happens(0.6) else composed(chance)
        body = self._body(f"{kind} {self._quoted(own)}{self._town(where, 0.5)}", where, self._legal(0.3))
        return [dataclasses.replace(body, concept=f"{kind} {own}")]
