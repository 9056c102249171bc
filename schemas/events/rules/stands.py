"""Stands of a fair: who takes part, numbers for those without one, and where each stands on the plan. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.events.choices import StandState
from schemas.events.tables import Stand

PER_ROW = 6
"""Stands without a place of their own are laid out so many in a row."""

MOST_SPOTS = 24
"""More spots in a row do not fit on a sheet; a greater number is taken for a slip."""

NO_AREA = ""


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a plan: rows of spots from left to right, None where nobody stands."""

    name: str
    rows: tuple[tuple[Stand | None, ...], ...]

    @property
    def stands(self) -> list[Stand]:
        """Return the stands of the area, row by row."""
        return [stand for row in self.rows for stand in row if stand is not None]


def takes_part(stand: Stand) -> bool:
    """Say whether a stand is on the plan: asked for or confirmed, not waiting and not called off."""
    return stand.state not in (StandState.WAITING, StandState.CALLED_OFF)


def by_number(stand: Stand) -> tuple[int, str, int, str]:
    """Return what stands are ordered by: their number as people count, those without one last, by name.

    >>> sorted([Stand(number="10"), Stand(number="A2"), Stand(number="2"), Stand()], key=by_number)[0].number
    '2'
    """
    found = re.fullmatch(r"\s*([^\d]*)(\d+).*", stand.number or "", re.DOTALL)
    if found is None:
        return 1, (stand.number or "\uffff").casefold(), 0, (stand.name or "").casefold()
    return 0, found[1].strip().casefold(), int(found[2]), (stand.name or "").casefold()


def new_numbers(stands: Iterable[Stand]) -> dict[int, str]:
    """Return a number for each stand (by row id) that takes part and has none; numbers that stand there are kept.

    They go through the areas from the first row to the last, so that visitors find them in order.

    >>> new_numbers([Stand(id=7, name="B"), Stand(id=8, name="A"), Stand(id=9, number="1")])
    {8: '2', 7: '3'}
    """
    everybody = list(stands)
    taken = {(stand.number or "").strip() for stand in everybody}
    wanting = [s for s in everybody if takes_part(s) and not (s.number or "").strip() and s.id is not None]
    found: dict[int, str] = {}
    following = 1
    for stand in sorted(wanting, key=_walked):
        while str(following) in taken:
            following += 1
        found[stand.id or 0] = str(following)
        following += 1
    return found


def plan(stands: Iterable[Stand]) -> list[Area]:
    """Return the areas with everybody who takes part: placed where staff put them, the others in rows behind."""
    areas: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        if takes_part(stand):
            areas[(stand.area or NO_AREA).strip()].append(stand)
    return [Area(name, _rows(areas[name])) for name in sorted(areas, key=lambda n: (n == NO_AREA, n.casefold()))]


def problems(stands: Iterable[Stand]) -> list[tuple[int, str]]:
    """Return what cannot be right (row id, German sentence): a number or a place given twice, a place half told."""
    found: list[tuple[int, str]] = []
    numbers: dict[str, Stand] = {}
    places: dict[tuple[str, int, int], Stand] = {}
    for stand in sorted(filter(takes_part, stands), key=lambda s: s.id or 0):
        row, number = stand.id or 0, (stand.number or "").strip()
        if number and (first := numbers.setdefault(number.casefold(), stand)) is not stand:
            found.append((row, f"Die Nummer {number} hat auch „{first.name or 'ohne Namen'}“."))
        if (stand.row is None) != (stand.spot is None):
            found.append((row, "Reihe und Platz gehören zusammen; hier fehlt eines von beiden."))
        elif stand.row is not None and not _placed(stand):
            found.append((row, f"Reihe und Platz zählen ab 1, und eine Reihe hat höchstens {MOST_SPOTS} Plätze."))
        elif (place := _place(stand)) and (first := places.setdefault(place, stand)) is not stand:
            found.append((row, f"An derselben Stelle steht „{first.name or 'ohne Namen'}“."))
    return found


def _placed(stand: Stand) -> bool:
    return stand.row is not None and stand.spot is not None and stand.row >= 1 and 1 <= stand.spot <= MOST_SPOTS


def _place(stand: Stand) -> tuple[str, int, int] | None:
    if not _placed(stand) or stand.row is None or stand.spot is None:
        return None
    return (stand.area or "").strip().casefold(), stand.row, stand.spot


def _walked(stand: Stand) -> tuple[bool, str, bool, int, int, str, int]:
    """Order stands as somebody walks by: area, row, spot; then by name."""
    area = (stand.area or "").strip().casefold()
    return (not area, area, not _placed(stand), stand.row or 0, stand.spot or 0, (stand.name or "").casefold(),
            stand.id or 0)  # fmt: skip


def _rows(stands: Sequence[Stand]) -> tuple[tuple[Stand | None, ...], ...]:
    """Lay stands out: whoever comes second to a place goes behind, like those without one; empty rows fall away."""
    there: dict[tuple[int, int], Stand] = {}
    behind = []
    for stand in sorted(stands, key=lambda s: s.id or 0):
        if _placed(stand) and (stand.row or 0, stand.spot or 0) not in there:
            there[stand.row or 0, stand.spot or 0] = stand
        else:
            behind.append(stand)
    rows = [
        tuple(there.get((row, spot)) for spot in range(1, max(s for r, s in there if r == row) + 1))
        for row in sorted({row for row, _ in there})
    ]
    behind.sort(key=by_number)
    return (*rows, *(tuple(behind[at : at + PER_ROW]) for at in range(0, len(behind), PER_ROW)))
