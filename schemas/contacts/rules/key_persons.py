"""What hangs on one person, on our side or on theirs, and who could be the second. Pure.

The idea is the bus factor of software teams: how many may leave before nobody is left who knows. A relationship has
one on both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.contacts.rules.history import Subject

KNOWN_DAYS = 730
"""Who of us was in touch within so many days counts as knowing somebody."""


class Risk(StrEnum):
    """Why a relationship hangs on one person."""

    ONE_OF_US = "eine-von-uns"
    ONE_OF_THEM = "eine-von-ihnen"
    NOBODY_NAMED = "niemand-benannt"
    ONE_IN_DEPARTMENT = "eine-im-fachbereich"
    OFFICE_WITHOUT_HOLDER = "amt-unbesetzt"
    HOLDER_LEAVES = "wechsel-im-amt"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One finding, in row ids: the organisation, the risk, on whom it hangs (a person or one of us), which office."""

    organisation: int
    risk: Risk
    person: int | None = None
    team_member: int | None = None
    office: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible second contact: a row id, and over which person or organisation (subject) one comes to them."""

    row: int
    steps: int
    via: Subject | None


def named_persons(functions: Iterable[tuple[int | None, int | None]]) -> dict[int, set[int]]:
    """Return the people by organisation from current functions (organisation, person); one counts once.

    >>> named_persons([(1, 5), (1, 5), (1, 6), (2, None)])
    {1: {5, 6}}
    """
    found: dict[int, set[int]] = {}
    for organisation, person in functions:
        if organisation is not None and person is not None:
            found.setdefault(organisation, set()).add(person)
    return found


def hanging(
    organisations: Sequence[int],
    departments: Collection[int],
    people: Mapping[int, Collection[int]],
    knowing: Mapping[int, Collection[int]],
) -> list[Hanging]:
    """Return what hangs on one person: per organisation first on our side, then on theirs.

    ``people`` are the persons known by name in an organisation, ``knowing`` who of us knows it; an organisation that
    none of us knows hangs on nobody and is told elsewhere (never contacted).

    >>> [h.risk.value for h in hanging([1], [], {1: {5}}, {1: {2}})]
    ['eine-von-uns', 'eine-von-ihnen']
    """
    found = []
    for row in organisations:
        ours, theirs = knowing.get(row, ()), people.get(row, ())
        if len(ours) == 1:
            found.append(Hanging(row, Risk.ONE_OF_US, team_member=next(iter(ours))))
        if len(theirs) == 1:
            risk = Risk.ONE_IN_DEPARTMENT if row in departments else Risk.ONE_OF_THEM
            found.append(Hanging(row, risk, person=next(iter(theirs))))
        elif not theirs:
            found.append(Hanging(row, Risk.NOBODY_NAMED))
    return found


def team_by_organisation(
    in_touch: Iterable[tuple[int, int]],
    with_person: Mapping[int, Collection[int]],
    people: Mapping[int, Collection[int]],
    related: Iterable[tuple[int | None, int | None]] = (),
) -> dict[int, set[int]]:
    """Return who of us knows an organisation: in touch with it or with one of its people, or named in a relationship.

    ``in_touch`` and ``related`` are (organisation, one of us); ``with_person`` says who of us knows a person.

    >>> team_by_organisation([(1, 7)], {5: {8}}, {2: {5}}, [(2, 7), (3, None)])
    {1: {7}, 2: {8, 7}}
    """
    found: dict[int, set[int]] = {}
    for organisation, member in in_touch:
        found.setdefault(organisation, set()).add(member)
    for row, persons in people.items():
        for person in persons:
            if ours := with_person.get(person):
                found.setdefault(row, set()).update(ours)
    for where, who in related:
        if where is not None and who is not None:
            found.setdefault(where, set()).add(who)
    return found


def second_contacts(
    organisation: int,
    people: Mapping[int, Collection[int]],
    also_at: Mapping[int, Collection[int]],
    known: Collection[int],
) -> list[Candidate]:
    """Return who at an organisation might be the second contact, the nearest first.

    ``also_at`` names the organisations of a person, ``known`` the persons we are in touch with. A person of the
    organisation whom we do not know yet is one step away; somebody we know elsewhere who shares another organisation
    with one of its people is two.

    >>> [(c.row, c.steps, c.via) for c in second_contacts(1, {1: {5, 6}, 2: {5, 7}}, {5: {1, 2}}, {5, 7})]
    [(6, 1, None), (7, 2, ('organisation', 2))]
    """
    own = set(people.get(organisation, ()))
    near = [Candidate(person, 1, None) for person in sorted(own - set(known))]
    further: dict[int, Subject] = {}
    for person in sorted(own):
        for other in sorted(also_at.get(person, ())):
            if other == organisation:
                continue
            for there in sorted(people.get(other, ())):
                if there in known and there not in own:
                    further.setdefault(there, ("organisation", other))
    return near + [Candidate(person, 2, via) for person, via in further.items()]
