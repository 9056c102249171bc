"""Invented organisations, persons and colleagues for the demo lists; the same ones whatever the day.

Phone numbers come from the ranges that the Bundesnetzagentur keeps free for films: 030 23125 000 to 999 and
0171 39200 00 to 99.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from kontaktnetz import demo_texts as texts
from sync.normalise import text_key

WITHOUT_PEOPLE = frozenset({9, 37, 56})
"""Numbers of organisations of which nobody is known."""
NEW_PERSONS = 106
PREDECESSORS = 6
WITHOUT_FUNCTION = 7
SECOND_FUNCTIONS = 15


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation; ``number`` from 1, ``fields`` are labels of engagement fields."""

    number: int
    name: str
    short_name: str
    kind: str
    sphere: str
    parent: str
    district: str
    fields: tuple[str, ...]
    host: str

    @property
    def phone(self) -> str:
        """Return the number of the switchboard."""
        return f"030 23125-{self.number:02d}0"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; an empty ``salutation`` is one that nobody has told us."""

    number: int
    salutation: str
    title: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """Return first and last name as the Kontaktverlauf writes them."""
        return f"{self.first_name} {self.last_name}"

    @property
    def mailbox(self) -> str:
        """Return what stands before the @ of the person's addresses."""
        return f"{_ascii(self.first_name)}.{_ascii(self.last_name)}"


@dataclass(frozen=True, slots=True)
class Post:
    """What a person does where; ``began`` and ``ended`` are days before the reference day (None: still there)."""

    person: Person
    organisation: Organisation
    name: str
    kind: str
    main: bool = False
    office: str = ""
    began: int = 0
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One of our own people; ``began`` and ``ended`` are days before the reference day (None: still here)."""

    name: str
    place: str
    mailbox: str
    began: int
    ended: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who appears in the demo lists."""

    organisations: tuple[Organisation, ...]
    persons: tuple[Person, ...]
    posts: tuple[Post, ...]
    team: tuple[Member, ...]
    at: dict[int, tuple[Person, ...]] = field(default_factory=dict)
    """Who is at an organisation today, by its number; the main contact first."""


def make_cast(rng: random.Random) -> Cast:
    """Draw the cast; the same seed gives the same people."""
    organisations = tuple(_organisations())
    total = NEW_PERSONS + PREDECESSORS + WITHOUT_FUNCTION
    persons = tuple(_persons(rng, total))
    posts = (*_posts(rng, organisations, persons), *_predecessors(rng, organisations, persons))
    at: dict[int, tuple[Person, ...]] = {}
    for post in posts:
        if post.ended is None:
            at[post.organisation.number] = (*at.get(post.organisation.number, ()), post.person)
    return Cast(organisations, persons, posts, tuple(_team()), at)


def _organisations() -> Iterator[Organisation]:
    for number, row in enumerate(csv.reader(texts.ORGANISATIONS.splitlines(), delimiter="|"), start=1):
        name, short_name, kind, sphere, parent, district, fields, host = row
        listed = tuple(entry.strip() for entry in fields.split(",") if entry)
        yield Organisation(number, name, short_name, kind, sphere, parent, district, listed, host)


def _persons(rng: random.Random, count: int) -> Iterator[Person]:
    taken: set[tuple[str, str]] = set()
    number = 0
    while number < count:
        wished = rng.choices(("Frau", "Herr", "neutral", ""), (50, 34, 6, 10))[0]
        first = rng.choice(texts.FIRST_NAMES[wished or rng.choice(("Frau", "Herr", "neutral"))])
        last = rng.choice(texts.LAST_NAMES)
        title = rng.choice(texts.TITLES) if rng.random() < 0.12 else ""
        if (first, last) not in taken:
            taken.add((first, last))
            number += 1
            yield Person(number, wished or rng.choice(("", "Unbekannt")), title, first, last)


def _posts(rng: random.Random, organisations: tuple[Organisation, ...], persons: tuple[Person, ...]) -> Iterator[Post]:
    """Fill the first two functions everywhere with new people, the third with people who already do something else."""
    peopled = [o for o in organisations if o.number not in WITHOUT_PEOPLE]
    fresh = [(o, rank) for rank in (0, 1) for o in peopled][:NEW_PERSONS]
    for person, (organisation, rank) in zip(persons, fresh, strict=False):
        name, kind = texts.ROLES[organisation.kind][rank]
        office = texts.OFFICES.get(organisation.kind, "").format(name=organisation.name) if rank == 0 else ""
        main = rank == 0 if organisation.sphere != "Zivilgesellschaft" else rank == 1
        yield Post(person, organisation, name, kind, main, office, rng.randint(500, 3500))
    civil = [p for p, (o, _) in zip(persons, fresh, strict=False) if o.sphere == "Zivilgesellschaft"]
    third = [o for o in peopled if len(texts.ROLES[o.kind]) > 2]
    for organisation in rng.sample(third, SECOND_FUNCTIONS):
        name, kind = texts.ROLES[organisation.kind][2]
        yield Post(rng.choice(civil), organisation, name, kind, began=rng.randint(200, 1500))


def _predecessors(
    rng: random.Random, organisations: tuple[Organisation, ...], persons: tuple[Person, ...]
) -> Iterator[Post]:
    """Give some offices a former holder, and leave one office without a present one."""
    with_office = [o for o in organisations if o.kind in texts.OFFICES]
    chosen = rng.sample([o for o in with_office if o.number not in WITHOUT_PEOPLE], PREDECESSORS - 1)
    vacant = next(o for o in with_office if o.number in WITHOUT_PEOPLE)
    for person, organisation in zip(persons[NEW_PERSONS:], (*chosen, vacant), strict=False):
        name, kind = texts.ROLES[organisation.kind][0]
        office = texts.OFFICES[organisation.kind].format(name=organisation.name)
        ended = rng.randint(60, 900)
        yield Post(person, organisation, name, kind, office=office, began=ended + rng.randint(800, 2500), ended=ended)


def _team() -> Iterator[Member]:
    for name, place, mailbox, began, ended in csv.reader(texts.TEAM.splitlines(), delimiter="|"):
        yield Member(name, place, mailbox, int(began), int(ended) if ended else None)


def _ascii(text: str) -> str:
    return text_key(text).replace(" ", "-")
