"""The cases of a round that wait for their seal or have it, in their order of appearance; rules decide."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from automations.certification.awarding import in_order, wants_number
from schemas.certification.choices import Phase
from schemas.certification.rules.progress import Move, obstacles, open_steps
from schemas.certification.rules.seals import plain_number
from schemas.certification.tables import Certification
from streamlit_app.frames.certification import RoundBook, Standing

Cells = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Guest:
    """A case on the stage: what stands in its way, besides the last steps, which the award records along, and whether
    it waits for a number.
    """

    standing: Standing
    hindered: tuple[str, ...]
    wants_number: bool = False

    @property
    def row(self) -> Certification:
        """Return the case."""
        return self.standing.row

    @property
    def awarded(self) -> bool:
        """Say whether it has its seal."""
        return self.row.seal_year is not None

    @property
    def numbered(self) -> bool:
        """Say whether it has a number that can be printed."""
        return bool(self.row.seal_number) and not self.wants_number and (self.awarded or not self.hindered)

    @property
    def ready(self) -> bool:
        """Say whether it can be awarded."""
        return not self.awarded and not self.hindered


def on_stage(book: RoundBook) -> list[Guest]:
    """Return who waits for the fair or has a seal of this round, in the order of appearance."""
    year = book.round.year
    there = {one.id: one for one in book.cases if one.case.phase == Phase.WAITING or one.row.seal_year is not None}
    return [
        Guest(there[row.id or 0], tuple(_hindered(book, there[row.id or 0])),
              wants_number(row, year) if year is not None else not row.seal_number)
        for row in in_order(one.row for one in there.values())
    ]  # fmt: skip


def awarded_for_another_day(guests: Iterable[Guest], fair: dt.date, today: dt.date) -> list[Guest]:
    """Return who was awarded the seal ahead, for a day on which the fair no longer is."""
    return [one for one in guests if one.row.awarded_on is not None and today < one.row.awarded_on != fair]


def twice(numbers: Iterable[str | None]) -> list[str]:
    """Return the numbers that stand on more than one seal, as they read on paper."""
    return sorted(number for number, count in Counter(plain_number(n) for n in numbers if n).items() if count > 1)


def new_places(shown: Iterable[Certification], typed: Mapping[int, int | None]) -> dict[int, int | None]:
    """Return the changed places in the order of appearance, by row."""
    stands = {row.id or 0: row.handover_order for row in shown}
    return {row: place for row, place in typed.items() if row in stands and place != stands[row]}


def _hindered(book: RoundBook, one: Standing) -> list[str]:
    if one.row.seal_year is not None:
        return []
    last = [step for step in open_steps(book.procedure, one.case) if step.required]
    found = obstacles(Move.AWARD, book.procedure, one.case, book.award_on)
    if all(step.phase == Phase.WAITING for step in last):
        found = [text for text in found if not text.startswith("Noch offen")]
    return found
