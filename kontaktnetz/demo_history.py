"""Three invented years of contacts and the relationships that grew from them, in days before a reference day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kontaktnetz import demo_threads as threads
from kontaktnetz.demo_contacts import Cast, Member, Organisation, Person

INTERACTIONS = 400
SMALL_TALK = 25
"""How many of the contacts belong to no story."""
DAYS = 1095
BROKEN_OFF = 0.45
"""Share of the stories that somebody let lie."""
FORGOTTEN = 0.75
"""Share of the last next steps of a story that nobody ticked off."""
NEVER = frozenset({7, 24, 44, 55, 58})
"""Numbers of organisations that nobody ever spoke to."""
COLD = frozenset({18, 23, 42, 46, 49, 57})
"""Numbers of organisations that nobody has spoken to for over a year."""
COLD_SINCE = 600
"""Days ago by which the last story with a cold organisation began; the longest story takes less than 200 days."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the Kontaktverlauf. ``ago`` and ``due_ago`` are days before the reference day (negative: to come)."""

    ident: str
    ago: int
    step: threads.Step
    summary: str
    note: str
    organisation: Organisation
    person: Person | None
    member: Member
    due_ago: int | None
    done: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of the relationships: one of us or a department on one side; ``since`` in days ago."""

    organisation: Organisation
    kind: str
    person: Person | None = None
    member: Member | None = None
    department: str = ""
    cadence: int | None = None
    closeness: str = ""
    since: int | None = None
    years_ago: int | None = None
    opened_by: str = ""


def make_history(rng: random.Random, cast: Cast) -> tuple[Contact, ...]:
    """Draw the contacts; each keeps its ident whatever the reference day."""
    spoken_to = [o for o in cast.organisations if o.number not in NEVER]
    found: list[Contact] = []
    story = 0
    while len(found) < INTERACTIONS - SMALL_TALK:
        organisation = spoken_to[story] if story < len(spoken_to) else rng.choice(spoken_to)
        story += 1
        told = list(_tell(rng, cast, organisation, story))
        found += told[: INTERACTIONS - SMALL_TALK - len(found)]
    found += _small_talk(rng, cast, found)
    return tuple(sorted(found, key=lambda contact: (-contact.ago, contact.ident)))


def _small_talk(rng: random.Random, cast: Cast, told: list[Contact]) -> Iterator[Contact]:
    """Yield short contacts, first with those of the warm that the stories left longest alone."""
    latest: dict[int, int] = {}
    for contact in told:
        number = contact.organisation.number
        latest[number] = min(contact.ago, latest.get(number, DAYS))
    warm = [o for o in cast.organisations if o.number in latest and o.number not in COLD]
    longest_alone = sorted(warm, key=lambda o: -latest[o.number])
    for number in range(1, SMALL_TALK + 1):
        near = number <= SMALL_TALK // 2
        organisation = longest_alone[number - 1] if near else rng.choice(warm)
        ago = rng.randint(10, 340) if near else rng.randint(0, DAYS)
        step = rng.choice(threads.SMALL_TALK)
        yield _contact(rng, cast, organisation, ident=f"G{number:03d}", step=step, ago=ago, last=True)


def _tell(rng: random.Random, cast: Cast, organisation: Organisation, story: int) -> Iterator[Contact]:
    """Yield the contacts of one story as far as it has got; some were never brought to their end."""
    steps = rng.choice(threads.THREADS[organisation.sphere])
    if rng.random() < BROKEN_OFF:
        steps = steps[: rng.randint(1, len(steps))]
    ago = rng.randint(COLD_SINCE, DAYS) if organisation.number in COLD else int(DAYS * rng.random() ** 1.7)
    people = cast.at.get(organisation.number, ())
    person = rng.choice(people) if people else None
    for place, step in enumerate(steps, start=1):
        gap = max(steps[place].gap + rng.randint(-1, 3), 1) if place < len(steps) else None
        last = gap is None or ago < gap
        yield _contact(
            rng, cast, organisation, ident=f"K{story:03d}-{place}", step=step, ago=ago, last=last, person=person
        )
        if gap is None or last:
            return
        ago -= gap


def _contact(
    rng: random.Random,
    cast: Cast,
    organisation: Organisation,
    *,
    ident: str,
    step: threads.Step,
    ago: int,
    last: bool,
    person: Person | None = None,
) -> Contact:
    forgotten = rng.random() < FORGOTTEN
    dated = rng.random() < 0.92
    people = cast.at.get(organisation.number, ())
    person = person or (people[0] if people else None)
    words = {
        "work": next((threads.WORK[f] for f in organisation.fields if f in threads.WORK), "ein gemeinsames Vorhaben"),
        "person": person.name if person else organisation.name,
        "number": rng.randint(2, 24),
        "action": rng.choice(threads.ACTIONS),
    }
    due_ago = ago - step.due if step.next_step else None
    still_open = last and due_ago is not None and (due_ago < 0 or (forgotten and ago < 400))
    return Contact(
        ident=ident,
        ago=ago,
        step=step,
        summary=step.summary.format(**words),
        note=step.note.format(**words),
        organisation=organisation,
        person=person,
        member=member_for(cast, organisation, ago),
        due_ago=due_ago if dated or not still_open else None,
        done=bool(step.next_step) and not still_open,
    )


def member_for(cast: Cast, organisation: Organisation, ago: int) -> Member:
    """Return who of us looks after an organisation on a day; who was not here yet or had left is replaced."""
    official = organisation.sphere in {"Verwaltung", "Politik"}
    here = [m for m in cast.team if m.began >= ago and (m.ended is None or m.ended <= ago)]
    fitting = [m for m in here if (m.place != "Agentur") == official] or here
    return fitting[organisation.number % len(fitting)]


def make_ties(rng: random.Random, cast: Cast) -> tuple[Tie, ...]:
    """Draw who of us looks after whom, and which department works with whom."""
    return (*_ours(rng, cast), *_of_persons(rng, cast), *_of_departments(rng, cast))


def _ours(rng: random.Random, cast: Cast) -> Iterator[Tie]:
    for organisation in cast.organisations:
        if organisation.number in NEVER or organisation.number % 9 == 0:
            continue
        opened_by = rng.choice(cast.persons).name if rng.random() < 0.4 else ""
        yield Tie(
            organisation,
            "Betreuung durch uns",
            member=member_for(cast, organisation, 0),
            cadence=rng.choice((60, 90, 120, 180, 365)),
            closeness=rng.choices(threads.CLOSENESS, (2, 4, 4, 2))[0],
            since=rng.randint(200, 2000),
            opened_by=opened_by,
        )


def _of_persons(rng: random.Random, cast: Cast) -> Iterator[Tie]:
    posts = [p for p in cast.posts if p.ended is None and p.organisation.number not in NEVER]
    for post in rng.sample(posts, 12):
        member = rng.choice([m for m in cast.team if m.ended is None])
        closeness = rng.choices(threads.CLOSENESS, (5, 3, 1, 1))[0]
        yield Tie(
            post.organisation, "Zusammenarbeit", person=post.person, member=member, closeness=closeness,
            since=rng.randint(100, 1500),
        )  # fmt: skip


def _of_departments(rng: random.Random, cast: Cast) -> Iterator[Tie]:
    by_name = {organisation.name: organisation for organisation in cast.organisations}
    for department, name, kind in threads.DEPARTMENT_TIES:
        yield Tie(by_name[name], kind, department=department, years_ago=rng.randint(0, 3))
