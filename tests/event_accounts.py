"""What each guest of a played event has said, apart from the product: what its figures are held against."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from schemas.events.choices import Answer

LATE = dt.datetime.max.replace(tzinfo=dt.UTC)
COMES = (Answer.YES, Answer.REPRESENTED)
BEGIN = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Said:
    """One statement of a guest; None is "not said", and an empty text takes back what was said before."""

    at: dt.datetime
    answer: Answer
    companions: int | None = None
    needs: str | None = None
    stand_in: str | None = None


@dataclass
class Account:
    """What is true of a guest by our own account."""

    said: list[Said] = field(default_factory=list)
    staff: list[Said] = field(default_factory=list)
    correction: Answer | None = None
    gone: bool = False

    @property
    def answer(self) -> Answer:
        return self.correction or (self._in_order()[-1].answer if self.said else Answer.OPEN)

    @property
    def comes(self) -> bool:
        return self.answer in COMES and not self.gone

    def _in_order(self) -> list[Said]:
        return sorted(self.said, key=lambda one: one.at)

    def _with_staff(self) -> list[tuple[Said, bool]]:
        """Return all statements in order, and whether staff typed them; of one moment these saw what was said."""
        told = [(one, False) for one in self.said] + [(one, True) for one in self.staff]
        return sorted(told, key=lambda one: one[0].at)

    @property
    def companions(self) -> int:
        count = 0
        for one, typed in self._with_staff():
            count = 0 if one.answer == Answer.NO and not typed else count if one.companions is None else one.companions
        return count if self.answer in (*COMES, Answer.MAYBE) else 0

    @property
    def needs(self) -> str:
        told = [one.needs for one, _ in self._with_staff() if one.needs is not None]
        return (told[-1] if told else "") if self.answer in (*COMES, Answer.MAYBE) else ""

    @property
    def stand_in(self) -> str:
        name = ""
        for one in self._in_order():
            name = (one.stand_in or name) if one.answer == Answer.REPRESENTED else ""
        return name if self.answer == Answer.REPRESENTED else ""

    @property
    def since(self) -> dt.datetime:
        found = self._in_order()
        at = found[-1].at if found else LATE
        for one in reversed(found):
            if one.answer not in COMES:
                break
            at = one.at
        return at
