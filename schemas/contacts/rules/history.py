"""Who was in touch with whom last, and through which entry: one fact whose parts move together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

Subject = tuple[str, int]
"""Table code and row id of who contact was made with: an organisation or a person."""


class Entry(NamedTuple):
    """One contact as the rules see it; a further participant is an entry of its own with the same ``id``.

    ``day`` is a proleptic ordinal (``date.toordinal``), the others are row ids or None.
    """

    id: int
    day: int
    kind: str
    organisation: int | None
    person: int | None
    team_member: int | None


@dataclass(frozen=True, slots=True)
class LastContact:
    """The latest contact of a subject: when (ordinal), which entry, what kind it was, and who of us."""

    day: int
    entry: int
    kind: str
    team_member: int | None


def past(entries: Iterable[Entry], today: int) -> list[Entry]:
    """Return the contacts that have taken place; what is planned for a later day is none yet.

    >>> past([Entry(1, 5, "anruf", 1, None, None), Entry(2, 6, "anruf", 1, None, None)], 5)
    [Entry(id=1, day=5, kind='anruf', organisation=1, person=None, team_member=None)]
    """
    return [entry for entry in entries if entry.day <= today]


def subjects(entry: Entry) -> Iterator[Subject]:
    """Yield with whom an entry was: its organisation, its person, or both."""
    if entry.organisation is not None:
        yield "organisation", entry.organisation
    if entry.person is not None:
        yield "person", entry.person


def last_contact(own: Iterable[Entry]) -> LastContact | None:
    """Return the latest of the contacts with one subject; of two on one day the one that was entered later.

    >>> last_contact([Entry(1, 5, "anruf", 1, 2, 3), Entry(2, 4, "besuch", 1, None, 4)])
    LastContact(day=5, entry=1, kind='anruf', team_member=3)
    """
    latest = max(own, key=lambda entry: (entry.day, entry.id), default=None)
    return None if latest is None else LastContact(latest.day, latest.id, latest.kind, latest.team_member)


def who_knows(own: Iterable[Entry], since: int) -> set[int]:
    """Return who of us was in touch with a subject since a day (ordinal, included)."""
    return {entry.team_member for entry in own if entry.team_member is not None and entry.day >= since}
