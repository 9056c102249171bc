"""The guest list of an event: whom a selection finds, and what becomes of each. A plan changes nothing.

Nobody is planned twice: somebody found through two functions is one line, and who stands on the list already, or was
dropped from it by hand, is told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from automations.events.guest_facts import NOWHERE, Known, Reach, Standing
from schemas.events.choices import Channel, InvitationState
from schemas.events.rules.picking import Pick, Whom, leading, pick
from schemas.events.rules.segment_facts import Rows, Tie
from schemas.events.rules.segments import Segment, select
from schemas.events.tables import Invitation

OFF = (InvitationState.DROPPED, InvitationState.CALLED_OFF)
"""States of an invitation that somebody took off the list."""


class Found(StrEnum):
    """What becomes of somebody whom a selection found."""

    NEW = "neu"
    OTHER_WAY = "anderer-weg"
    UNREACHABLE = "ohne-adresse"
    BARRED = "nicht-anschreiben"
    LISTED = "auf-der-liste"
    DROPPED = "gestrichen"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody whom a selection found: as who, by which way (``ways`` are all there are), and what stands in the way.

    ``others`` are further organisations through which the person was found, ``instead`` that nobody of the wanted sort
    was there, ``mail_back`` that mail came back from the only address; ``row`` is the invitation that stands there.
    """

    ident: str
    name: str
    person: int | None
    organisation: int | None
    office: int | None
    found: Found
    channel: Channel | None = None
    ways: tuple[Channel, ...] = ()
    mail: str = ""
    mail_back: bool = False
    others: tuple[int, ...] = ()
    instead: bool = False
    row: int | None = None

    @property
    def key(self) -> tuple[int | None, int | None]:
        """Return (organisation, person), the organisation only where it is invited itself."""
        return (None, self.person) if self.person is not None else (self.organisation, None)


@dataclass(frozen=True, slots=True)
class GuestPlan:
    """Everybody whom a selection found, each once."""

    lines: tuple[Line, ...]

    def of(self, *found: Found) -> list[Line]:
        """Return those of whom the same becomes."""
        return [line for line in self.lines if line.found in found]

    @property
    def twice(self) -> list[Line]:
        """Return the new ones who were found through more than one organisation."""
        return [line for line in self.of(Found.NEW, Found.OTHER_WAY) if line.others]


def find(
    known: Known, segment: Segment, whom: Whom = Whom.MAIN, listed: Mapping[Segment, Rows] | None = None
) -> list[Pick]:
    """Return whom a selection finds. Raises BadSegment when a list from elsewhere was not read."""
    ties = known.facts.ties
    return pick((ties[at] for at in sorted(select(segment, known.facts, listed))), whom)


def plan(known: Known, event: int, candidates: Iterable[Pick], channel: Channel | None = None) -> GuestPlan:
    """Return what becomes of each: ``channel`` is the wanted way, None the one that suits each best."""
    there = _standing(known.lists.get(event, ()))
    by_guest: dict[str, list[Pick]] = defaultdict(list)
    for one in candidates:
        by_guest[ident_of(event, one.tie)].append(one)
    lines = (_line(known, ident, picks, there, channel) for ident, picks in by_guest.items())
    return GuestPlan(tuple(sorted(lines, key=lambda line: line.name.casefold())))


def ident_of(event: int, tie: Tie) -> str:
    """Return the key of an invitation: the person, else the organisation.

    >>> ident_of(5, Tie(1, 7)), ident_of(5, Tie(1, None))
    ('einladung:5:p7', 'einladung:5:o1')
    """
    guest = f"p{tie.person}" if tie.person is not None else f"o{tie.organisation}"
    return f"einladung:{event}:{guest}"


def is_listed(row: Invitation) -> bool:
    """Say whether the guest list wrote an invitation: then its person held its office on that day."""
    return f"einladung:{row.event}:p" in (row.ident or "")


def by_other_way(lines: Iterable[Line]) -> list[Line]:
    """Return lines with the best way there is where the wanted one is closed."""
    return [replace(x, channel=x.ways[0]) if x.found == Found.OTHER_WAY and x.ways else x for x in lines]


def for_organisation(line: Line, organisation: int, known: Known) -> Line:
    """Return a line of somebody found twice with another of their organisations."""
    if organisation == line.organisation or organisation not in line.others or line.person is None:
        return line
    others = tuple(sorted({*line.others, line.organisation or organisation} - {organisation}))
    offices = [t.offices for t in known.facts.ties if (t.organisation, t.person) == (organisation, line.person)]
    office = next((min(held)[0] for held in offices if held), None)
    ways, mail, back = _ways(known, Tie(organisation, line.person))
    channel = line.channel if line.channel in ways else next(iter(ways), None)
    return replace(
        line, organisation=organisation, others=others, office=office, ways=ways, mail=mail, mail_back=back,
        channel=channel,
    )  # fmt: skip


def _standing(rows: Iterable[Standing]) -> dict[tuple[int | None, int | None], Standing]:
    """Return who stands on the list, by person, else organisation; a row that was not dropped goes first."""
    found: dict[tuple[int | None, int | None], Standing] = {}
    for row in sorted(rows, key=lambda r: (r.state in OFF, r.row)):
        found.setdefault((None, row.person) if row.person is not None else (row.organisation, None), row)
    return found


def _line(
    known: Known,
    ident: str,
    picks: Sequence[Pick],
    there: Mapping[tuple[int | None, int | None], Standing],
    wanted: Channel | None,
) -> Line:
    best, *rest = sorted(picks, key=_rank)
    tie = best.tie
    ways, mail, back = _ways(known, tie)
    others = tuple(sorted({p.tie.organisation for p in rest if p.tie.organisation is not None} - {tie.organisation}))
    office = min(tie.offices)[0] if tie.offices else None
    who = known.people.get(tie.person, NOWHERE) if tie.person is not None else _place(known, tie)
    line = Line(ident, who.name, tie.person, tie.organisation, office, Found.NEW, None, ways, mail, back, others,
                best.instead)  # fmt: skip
    stands = there.get(line.key)
    if stands is not None:
        state = Found.DROPPED if stands.state in OFF else Found.LISTED
        return replace(line, found=state, row=stands.row)
    if who.barred:
        return replace(line, found=Found.BARRED)
    if not ways:
        return replace(line, found=Found.UNREACHABLE)
    if wanted is not None and wanted not in ways:
        return replace(line, found=Found.OTHER_WAY)
    return replace(line, channel=wanted or ways[0])


def _rank(one: Pick) -> tuple[bool, bool, bool, bool, int]:
    """Order the places of one person: where they hold an office, lead, are the main contact, the oldest."""
    tie = one.tie
    return one.instead, not tie.offices, not leading(tie), not tie.main, tie.organisation or 0


def _place(known: Known, tie: Tie) -> Reach:
    return known.places.get(tie.organisation, NOWHERE) if tie.organisation is not None else NOWHERE


def _ways(known: Known, tie: Tie) -> tuple[tuple[Channel, ...], str, bool]:
    """Return the ways to reach a guest, the best first, the mail address, and whether mail came back from all."""
    place = _place(known, tie)
    if tie.person is None:
        reaches = [place]
    else:
        person = known.people.get(tie.person, NOWHERE)
        reaches = [known.at_work.get((tie.organisation, tie.person), NOWHERE), person, place]
    mails = [r for r in reaches if r.mail]
    good = next((r.mail for r in mails if not r.mail_back), "")
    open_ways = {
        Channel.MAIL: bool(good), Channel.LETTER: any(r.address for r in reaches),
        Channel.PHONE: any(r.phone for r in reaches),
    }  # fmt: skip
    first = next((r.preferred for r in reaches if r.preferred is not None), None)
    order = sorted(open_ways, key=lambda way: way != first)
    return tuple(way for way in order if open_ways[way]), good, bool(mails) and not good
