"""Awarding the seals of a round: numbers before certificates are printed, the seals themselves on the day of the fair.

A number is reserved on a case that waits, so that its certificate can be signed in time; the year comes with the
award, and only a case with a year holds a seal. Numbers are given under the lease and the journal remembers them: two
people at once, a run that was killed and repeated, one that was taken back, or a row that is gone never give one twice.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from automations.certification.cases import Entry, NotLegal, Now, as_case, carry_out_at, procedure_of
from automations.certification.numbers import remember_numbers
from schemas.certification.choices import Decision, Phase, SealState
from schemas.certification.rules.progress import Move, open_steps
from schemas.certification.rules.seals import is_of_other_year, next_number, plain_number
from schemas.certification.tables import Certification, CertificationRound
from schemas.errors import Conflict, LeaseHeld, NotFound, RowGone
from schemas.model import Value
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent

T = TypeVar("T")

CAUSE = "Siegelnummern vergeben"
TRIES, PAUSE = 40, 0.5
"""So often, and after so many seconds, somebody asks again while another automatic writer is at work."""

_LOOKED_AT = ("name", "phase", "decision", "seal_year", "seal_number")


@dataclass(slots=True)
class Numbered:
    """What became of it: the run in the journal, numbers by row, how many somebody was quicker with."""

    run: str = ""
    given: dict[int, str] = field(default_factory=dict)
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Handing:
    """How seals are handed over: year and day on the seal, who did it; ``signed`` records the last steps along."""

    year: int
    day: dt.date
    by: str = ""
    signed: bool = True


@dataclass(slots=True)
class Awarded:
    """What became of it: the run in the journal, rows that have a seal now, and by name why a case got none."""

    run: str = ""
    rows: list[int] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def in_order(rows: Iterable[Certification]) -> list[Certification]:
    """Return cases in their order of appearance: those with a place first, the others by name."""
    last = 10**9
    return sorted(
        rows,
        key=lambda r: (last if r.handover_order is None else r.handover_order, (r.name or "").casefold(), r.id or 0),
    )


def wants_number(row: Certification, year: int) -> bool:
    """Say whether a case waits for its seal by a decision, and has no number of this year yet.

    One that missed its fair and waits for the next keeps a number of the year before, which is on no seal.
    """
    if row.phase != Phase.WAITING or row.decision != Decision.YES or row.seal_year is not None:
        return False
    return not row.seal_number or is_of_other_year(row.seal_number, year)


def give_numbers(opened: Connection, rows: Sequence[int], year: int, now: Now) -> Numbered:
    """Give numbers of a year to those of these cases that want one, in the order given; asked again, it gives none.

    Raises:
        LeaseHeld: another automatic writer was at work all the while; nothing was written.
        NocoDBError: the server refused or did not answer; do it again.
    """
    return _patiently(partial(_numbered, opened, rows, year, now))


@dataclass(frozen=True, slots=True)
class Awarding:
    """Awards the seals of one round."""

    opened: Connection
    round: CertificationRound
    handing: Handing
    now: Now

    def award(self, rows: Sequence[int], on_progress: Callable[[int], None] | None = None) -> Awarded:
        """Award the seal to these cases, in the order given; ``on_progress`` hears how many were tried.

        All of it is one run. A case that something stands in the way of is told and left out. Killed anywhere and
        repeated it goes on.

        Raises:
            LeaseHeld: another automatic writer was at work all the while, or took over; what stands is there.
            NocoDBError: the server refused or did not answer; what stands is there, do it again.
        """
        return _patiently(partial(self._all, rows, on_progress))

    def _all(self, rows: Sequence[int], on_progress: Callable[[int], None] | None) -> Awarded:
        year, name = self.handing.year, self.round.name or ""
        with open_desk(self.opened.client, self.opened.base, f"Siegel {year} verliehen: {name}".strip(": "),
                       self.now) as desk:  # fmt: skip
            done = Awarded(desk.journal.run)
            _give(desk, rows, year, Numbered())
            for tried, row in enumerate(rows, start=1):
                self._award(desk, row, done)
                if on_progress is not None:
                    on_progress(tried)
            desk.told = f"{len(done.rows)} Siegel"
        return done

    def _award(self, desk: Desk, row: int, done: Awarded) -> None:
        stands = desk.stores["certification"].get(row)
        if stands is None:
            return
        if stands.seal_year is not None and stands.phase == Phase.AWARDED and stands.seal_state != SealState.REVOKED:
            done.rows.append(row)
            return
        handing = self.handing
        cells: dict[str, Value] = {
            "seal_year": handing.year, "awarded_on": handing.day, "seal_state": SealState.VALID,
        }  # fmt: skip
        last = (Move.AWARD, Entry(key=f"verleihung:{row}", on=handing.day, by=handing.by, cells=cells))
        try:
            self._require_number(desk, stands)
            for move, entry in (*self._last_steps(desk, stands), last):
                carry_out_at(desk, self.opened, row, move, entry)
        except (NotLegal, Conflict, NotFound) as problem:
            done.refused.append((stands.name or str(row), str(problem)))
        else:
            done.rows.append(row)

    def _require_number(self, desk: Desk, row: Certification) -> None:
        """Raise NotLegal unless a case has a number of its own that may stand on a seal."""
        if not row.seal_number:
            raise NotLegal("Der Fall hat keine Siegelnummer.", hint="Er wartet noch nicht auf die Verleihung.")
        if row.seal_state == SealState.REVOKED:
            raise NotLegal(f"Das Siegel {row.seal_number} ist widerrufen.",
                           hint="Nehmen Sie erst den Widerruf zurück, oder leeren Sie Nummer und Stand.")  # fmt: skip
        number = plain_number(row.seal_number)
        for other in desk.stores["certification"].pull(("name", "seal_number")):
            if other.id != row.id and plain_number(other.seal_number or "") == number:
                raise NotLegal(f"Die Nummer {row.seal_number} steht auch bei „{other.name or other.id}“.",
                               hint="Bitte leeren Sie eine davon und vergeben Sie eine neue.")  # fmt: skip

    def _last_steps(self, desk: Desk, row: Certification) -> list[tuple[Move, Entry]]:
        """Return the records of what is open in the last phase: whoever is handed a signed certificate has them done.

        None where anything else is open: then the award is refused, and nothing is written.
        """
        if not self.handing.signed or row.decision != Decision.YES:
            return []
        store = desk.stores["step_record"]
        procedure = procedure_of(self.round)
        case = as_case(row, store.pull(where=store.condition("certification", row.id)), procedure)
        left = [step for step in open_steps(procedure, case) if step.required]
        if any(step.phase != Phase.WAITING for step in left):
            return []
        return [
            (Move.RECORD, Entry(key=f"verleihung:{row.id}:{step.code}", on=self.handing.day, by=self.handing.by,
                                step=step.code, note="Bei der Verleihung eingetragen"))
            for step in left
        ]  # fmt: skip


def _numbered(opened: Connection, rows: Sequence[int], year: int, now: Now) -> Numbered:
    done = Numbered()
    with open_desk(opened.client, opened.base, f"{CAUSE} {year}", now) as desk:
        done.run = desk.journal.run
        _give(desk, rows, year, done)
        desk.told = f"{len(done.given)} Nummern" if done.given else ""
    return done


def _give(desk: Desk, rows: Sequence[int], year: int, done: Numbered) -> None:
    """Give the next numbers under the lease, above all that stand in the table or in the journal."""
    there = {one.id: one for one in desk.stores["certification"].pull(_LOOKED_AT)}
    taken = remember_numbers(desk, there.values())
    for row in dict.fromkeys(rows):
        if row in there and wants_number(there[row], year):
            number = next_number(year, taken)
            taken.add(number)
            _number(desk, there[row], number, done)


def _number(desk: Desk, row: Certification, number: str, done: Numbered) -> None:
    desk.lease.ensure()
    at = row.id or 0
    before: dict[str, Value] = {"seal_number": row.seal_number}
    store = desk.stores["certification"]
    link = store.row_url(at)
    desk.journal.announce([Intent("certification", at, row.name or "", before, {"seal_number": number}, link)])
    seen = {**before, "phase": row.phase, "decision": row.decision, "seal_year": None}
    try:
        applied = store.swap(at, seen, {"seal_number": number}).applied
    except RowGone:
        applied = False
    if applied:
        done.given[at] = number
    else:
        done.missed += 1


def _patiently(work: Callable[[], T]) -> T:
    """Do something; while another automatic writer is at work, wait for a while. Raises LeaseHeld after that."""
    for _ in range(TRIES - 1):
        try:
            return work()
        except LeaseHeld:
            time.sleep(PAUSE)
    return work()
