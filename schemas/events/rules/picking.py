"""Whom to take in each organisation that was selected, and how a group stores that. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.events.rules.segment_facts import BadSegment, Tie
from schemas.events.rules.segments import Segment, as_data, from_data


class Whom(StrEnum):
    """Whom to take in an organisation."""

    MAIN = "haupt"
    ALL = "alle"
    LEADERS = "leitung"
    HOLDERS = "amt"
    DELEGATES = "sitz"
    ITSELF = "organisation"


LEADING_OFFICES = frozenset({"leitung", "vorsitz"})


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody to invite; ``instead`` says that nobody of the wanted sort was there, so this one was taken."""

    tie: Tie
    instead: bool = False


def pick(found: Iterable[Tie], whom: Whom) -> list[Pick]:
    """Return whom to invite: of each organisation the wanted ones, persons without one as they are.

    No organisation gets lost: where nobody of the wanted sort was found, the main contact is taken, where there is no
    person at all, the organisation itself.

    >>> [p.tie.person for p in pick([Tie(1, None), Tie(1, 7), Tie(1, 8, main=True)], Whom.MAIN)]
    [8]
    """
    alone: list[Pick] = []
    by_place: dict[int, list[Tie]] = defaultdict(list)
    for tie in found:
        if tie.organisation is None:
            alone.append(Pick(tie))
        else:
            by_place[tie.organisation].append(tie)
    return [one for place, ties in by_place.items() for one in _of_place(place, ties, whom)] + alone


def _of_place(place: int, ties: Sequence[Tie], whom: Whom) -> list[Pick]:
    people = sorted((t for t in ties if t.person is not None), key=_rank)
    if whom == Whom.ITSELF:
        return [Pick(Tie(place, None))]
    wanted = [t for t in people if _SORTS[whom](t)]
    if wanted:
        return [Pick(t) for t in (wanted[:1] if whom == Whom.MAIN else wanted)]
    return [Pick(people[0] if people else Tie(place, None), instead=True)]


def _rank(tie: Tie) -> tuple[bool, bool, bool, int]:
    """Order the people of a place: main contact, leading, in office, the one known longest."""
    return not tie.main, not leading(tie), not tie.offices, tie.person or 0


def leading(tie: Tie) -> bool:
    """Say whether somebody leads, by function or by office."""
    return tie.leads or any(kind in LEADING_OFFICES for _, kind in tie.offices)


_SORTS: Mapping[Whom, Callable[[Tie], bool]] = {
    Whom.MAIN: lambda tie: tie.main,
    Whom.ALL: lambda tie: True,
    Whom.LEADERS: leading,
    Whom.HOLDERS: lambda tie: bool(tie.offices),
    Whom.DELEGATES: lambda tie: bool(tie.seats),
}


def to_rule(segment: Segment, whom: Whom) -> str:
    """Return a selection, and whom to take in each organisation, as a guest group stores it."""
    return json.dumps({"auswahl": as_data(segment), "wen": whom}, ensure_ascii=False)


def from_rule(rule: str) -> tuple[Segment, Whom]:
    """Return what ``to_rule`` wrote.

    >>> from schemas.events.rules.segments import All
    >>> from_rule(to_rule(All(), Whom.ALL))
    (All(parts=()), <Whom.ALL: 'alle'>)

    Raises:
        BadSegment: it is none.
    """
    try:
        data = json.loads(rule)
        return from_data(data["auswahl"]), Whom(data["wen"])
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise BadSegment(
            "Die Auswahl dieser Gästegruppe lässt sich nicht lesen.", hint="Bitte stellen Sie sie neu zusammen."
        ) from problem
