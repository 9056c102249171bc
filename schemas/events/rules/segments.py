"""Whom to invite, as data: a tree of conditions joined by and, or, not, with a JSON codec. Pure.

What is selected are ties: a person in an organisation, an organisation itself, a person alone. A condition about
organisations holds for all their ties, one about a person for that person's. So and, or and not behave as sets do, and
"the chairs of sports clubs" is the intersection of two conditions. Conditions that say "last time" or "this year" mean
it on the day they are asked: a list that is copied to next year finds next year's people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from schemas.events.rules.segment_facts import BadSegment, Facts, Place, Rows, SeatRole, Tie

Test = Callable[[Tie], bool]


@dataclass(frozen=True, slots=True)
class Segment:
    """A condition. ``listed`` tells what lists from elsewhere hold (they are read by whoever asks)."""

    code: ClassVar[str] = ""

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        """Return the question to put to each tie."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class All(Segment):
    """Holds where every part holds; without parts everywhere."""

    code: ClassVar[str] = "und"
    parts: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Either(Segment):
    """Holds where at least one part holds; without parts nowhere."""

    code: ClassVar[str] = "oder"
    parts: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Not(Segment):
    """Holds where its part does not."""

    code: ClassVar[str] = "nicht"
    part: Segment = field(default_factory=All)


@dataclass(frozen=True, slots=True)
class _OfPlace(Segment):
    """A condition about the organisation."""

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        good = {row for row, place in facts.places.items() if self._fits(place)}
        return lambda tie: tie.organisation in good

    def _fits(self, place: Place) -> bool:
        """Say whether it holds for an organisation."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Kind(_OfPlace):
    """The organisation is of one of these kinds."""

    code: ClassVar[str] = "art"
    codes: tuple[str, ...] = ()

    def _fits(self, place: Place) -> bool:
        return place.kind in self.codes


@dataclass(frozen=True, slots=True)
class InSphere(_OfPlace):
    """The organisation belongs to one of these parts of society."""

    code: ClassVar[str] = "bereich"
    codes: tuple[str, ...] = ()

    def _fits(self, place: Place) -> bool:
        return place.sphere in self.codes


@dataclass(frozen=True, slots=True)
class Engaged(_OfPlace):
    """The organisation works in at least one of these fields."""

    code: ClassVar[str] = "feld"
    codes: tuple[str, ...] = ()

    def _fits(self, place: Place) -> bool:
        return not place.fields.isdisjoint(self.codes)


@dataclass(frozen=True, slots=True)
class InDistrict(_OfPlace):
    """The organisation is in one of these districts."""

    code: ClassVar[str] = "stadtteil"
    names: tuple[str, ...] = ()

    def _fits(self, place: Place) -> bool:
        return place.district in self.names


@dataclass(frozen=True, slots=True)
class Below(_OfPlace):
    """The organisation stands below this one, at any depth."""

    code: ClassVar[str] = "unter"
    organisation: int = 0

    def _fits(self, place: Place) -> bool:
        return self.organisation in place.above


@dataclass(frozen=True, slots=True)
class InBody(Segment):
    """The tie is a seat of the body today, or the organisation has one there."""

    code: ClassVar[str] = "gremium"
    body: int = 0
    role: SeatRole = SeatRole.DELEGATE

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        if self.role != SeatRole.ORGANISATION:
            seat = (self.body, self.role)
            return lambda tie: seat in tie.seats
        there = {t.organisation for t in facts.ties if any(body == self.body for body, _ in t.seats)} - {None}
        return lambda tie: tie.organisation in there


@dataclass(frozen=True, slots=True)
class HoldsOffice(Segment):
    """The tie holds an office today, of one of these kinds (none given: any)."""

    code: ClassVar[str] = "amt"
    kinds: tuple[str, ...] = ()

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        return lambda tie: any(not self.kinds or kind in self.kinds for _, kind in tie.offices)


@dataclass(frozen=True, slots=True)
class _Gift(Segment):
    """The organisation gave or received something: of one kind, this year or so many years ago; None: ever."""

    kind: ClassVar[str] = ""
    years_ago: int | None = 0

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        year = None if self.years_ago is None else facts.today.year - self.years_ago
        rows = (r for (kind, y), r in facts.gifts.items() if kind == self.kind and year in (None, y))
        found = frozenset[int]().union(*rows)
        return lambda tie: tie.organisation in found


@dataclass(frozen=True, slots=True)
class Nominated(_Gift):
    """The organisation nominated somebody for an award."""

    code: ClassVar[str] = "vorschlag"
    kind: ClassVar[str] = "vorschlag"


@dataclass(frozen=True, slots=True)
class Awarded(_Gift):
    """The organisation received an award or a seal."""

    code: ClassVar[str] = "auszeichnung"
    kind: ClassVar[str] = "auszeichnung"


@dataclass(frozen=True, slots=True)
class Exhibited(Segment):
    """The organisation had a stand at an event, or at the last one of a series."""

    code: ClassVar[str] = "stand"
    event: int | None = None
    series: str = ""

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        event = self.event if self.event is not None else facts.last_of(self.series)
        there = facts.stands.get(event or 0, frozenset())
        return lambda tie: tie.organisation in there


@dataclass(frozen=True, slots=True)
class GuestOf(Segment):
    """Was guest of an event, or of the last one of a series: with one of these answers, or came (or did not)."""

    code: ClassVar[str] = "gast"
    event: int | None = None
    series: str = ""
    answers: tuple[str, ...] = ()
    came: bool | None = None

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        event = self.event if self.event is not None else facts.last_of(self.series)
        there = [
            g for g in facts.guests
            if g.event == event and (not self.answers or g.answer in self.answers) and self.came in (None, g.came)
        ]  # fmt: skip
        people = {g.person for g in there} - {None}
        places = {g.organisation for g in there if g.person is None} - {None}
        return lambda tie: tie.person in people or (tie.person is None and tie.organisation in places)


@dataclass(frozen=True, slots=True)
class NotInvited(Segment):
    """Nobody invited the person, or anybody for the organisation, in so many years (365 days each)."""

    code: ClassVar[str] = "nicht-eingeladen"
    years: int = 2

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        since = facts.today - dt.timedelta(days=365 * self.years)
        recent = {row for row, e in facts.events.items() if e.day is not None and e.day >= since}
        asked = [g for g in facts.guests if g.invited and g.event in recent]
        people, places = {g.person for g in asked} - {None}, {g.organisation for g in asked} - {None}
        return lambda tie: tie.person not in people and tie.organisation not in places


@dataclass(frozen=True, slots=True)
class _Listed(Segment):
    """A list that lives elsewhere and is read by whoever asks."""

    def _test(self, facts: Facts, listed: Mapping[Segment, Rows]) -> Test:
        if self not in listed:
            raise BadSegment("Diese Liste muss erst geladen werden.", hint="Bitte klicken Sie auf „Ansicht laden“.")
        rows = listed[self]
        return lambda tie: (
            tie.organisation in rows.organisations
            or tie.person in rows.persons
            or (tie.organisation, tie.person) in rows.ties
        )


@dataclass(frozen=True, slots=True)
class Contacts(_Listed):
    """What the page Kontakte finds with this search and these filters."""

    code: ClassVar[str] = "kontakte"
    words: str = ""
    show: str = ""
    sphere: str = ""
    kind: str = ""
    engagement: str = ""
    district: str = ""
    listing: str = ""


@dataclass(frozen=True, slots=True)
class View(_Listed):
    """What a view of NocoDB shows at that moment; ``table`` is our code, ``view`` the id, ``name`` as it was called."""

    code: ClassVar[str] = "ansicht"
    table: str = ""
    view: str = ""
    name: str = ""


CONDITIONS: Mapping[str, type[Segment]] = {
    kind.code: kind
    for kind in (All, Either, Not, Kind, InSphere, Engaged, InDistrict, Below, InBody, HoldsOffice, Nominated, Awarded,
                 Exhibited, GuestOf, NotInvited, Contacts, View)
}  # fmt: skip


def select(segment: Segment, facts: Facts, listed: Mapping[Segment, Rows] | None = None) -> frozenset[int]:
    """Return the positions in ``facts.ties`` for which a segment holds.

    >>> facts = Facts(dt.date(2026, 3, 1), (Tie(1, None), Tie(2, None)), {1: Place("verein"), 2: Place("amt")})
    >>> sorted(select(Not(Kind(("verein",))), facts))
    [1]

    Raises:
        BadSegment: a list from elsewhere has not been read.
    """
    if isinstance(segment, Not):
        return frozenset(range(len(facts.ties))) - select(segment.part, facts, listed)
    if isinstance(segment, All):
        found = frozenset(range(len(facts.ties)))
        return found.intersection(*(select(part, facts, listed) for part in segment.parts))
    if isinstance(segment, Either):
        return frozenset[int]().union(*(select(part, facts, listed) for part in segment.parts))
    test = segment._test(facts, listed or {})
    return frozenset(at for at, tie in enumerate(facts.ties) if test(tie))


def leaves(segment: Segment) -> frozenset[Segment]:
    """Return the conditions of a tree that are no and, or, not."""
    if isinstance(segment, Not):
        return leaves(segment.part)
    if isinstance(segment, All | Either):
        return frozenset[Segment]().union(*(leaves(part) for part in segment.parts))
    return frozenset({segment})


def as_data(segment: Segment) -> dict[str, Any]:
    """Return a segment as JSON holds it."""
    return {"ist": segment.code} | {f.name: _plain(getattr(segment, f.name)) for f in fields(segment)}


def from_data(data: object) -> Segment:
    """Return the segment that ``as_data`` wrote.

    Raises:
        BadSegment: it is none.
    """
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise BadSegment(
            "Die Auswahl dieser Gästegruppe lässt sich nicht lesen.", hint="Bitte stellen Sie sie neu zusammen."
        ) from problem


def to_text(segment: Segment) -> str:
    """Return a segment as JSON text."""
    return json.dumps(as_data(segment), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Segment):
        return as_data(value)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _read(data: Any) -> Segment:
    kind = CONDITIONS[data["ist"]]
    given = {f.name: _cell(str(f.type), data[f.name]) for f in fields(kind) if f.name in data}
    return kind(**given)


def _cell(declared: str, value: Any) -> Any:
    if declared == "Segment":
        return _read(value)
    if declared == "tuple[Segment, ...]":
        return tuple(_read(v) for v in value)
    if declared == "SeatRole":
        return SeatRole(value)
    if declared == "tuple[str, ...]":
        return tuple(_checked(v, str) for v in value)
    if value is None and declared.endswith("| None"):
        return None
    return _checked(value, {"int": int, "str": str, "bool": bool}[declared.removesuffix(" | None")])


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
