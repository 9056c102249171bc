"""Two cases of one site become one: by a person's wish, or after the two sites were made one.

The rules decide phase and decision; everything else goes through the same merging as organisations do, so nothing is
lost and the run takes it back. Killed anywhere and run again it ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from automations.certification.cases import RELOAD, NotLegal, Now, as_case, decide_again, decision_told, procedure_of
from automations.certification.ratings import ident_of
from schemas.certification.choices import Decision, Phase
from schemas.certification.rules.procedure import WORKING_PHASES
from schemas.certification.rules.progress import Case, merge_cases, stays_first
from schemas.certification.tables import Assessment, Certification, CertificationRound, StepRecord
from schemas.errors import Conflict, NotFound
from schemas.model import Record, Value
from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent, read_merging
from sync.merging import Ending, Merger
from sync.nocodb.store import TableStore

TASK = "Zertifizierung: zwei Fälle zusammengeführt"
OPEN = (*WORKING_PHASES, Phase.PAUSED)
AGAIN = "Beim Zusammenführen zweier Einrichtungen gingen die Entscheidungen auseinander; bitte neu entscheiden."

_OWN = ("self_rating", "self_proof", "self_comment", "rated_by", "rated_at")
_REVIEW = ("review_rating", "review_comment", "reviewed_by")


@dataclass(frozen=True, slots=True)
class Joined:
    """The row of the case that stays, how many entries moved to it, and the run in the journal that takes it back."""

    stays: int
    moved: int
    run: str


@dataclass(slots=True)
class Followed:
    """What followed from sites that became one: cases joined, and in German why others were left."""

    joined: list[Joined] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """Return it in German, empty when there was nothing."""
        told = [f"{len(self.joined)} Fälle zusammengeführt"] if self.joined else []
        return "; ".join([*told, *self.left])


def join(opened: Connection, one: int, other: int, now: Now) -> Joined:
    """Make one case of two (rows): that with a seal stays, else the further one, of two that are as far the first.

    A number that was reserved for the other one is void: its certificate bears the other name.

    Raises:
        NotLegal: both hold a seal, or one of different rounds is over; nothing was written.
        NotFound: a case is gone.
        Conflict: somebody edits one of them at this moment; do it again.
        LeaseHeld: another automatic writer is at work.
    """
    rows = {row: _case(opened, row) for row in (one, other)}
    stays, goes = _order(rows, one, other)
    if why := why_not(rows[stays][0], rows[goes][0]):
        raise NotLegal(why, hint="Beide Fälle bleiben, wie sie sind.")
    with open_desk(opened.client, opened.base, TASK, now) as desk:
        (row, case), (gone, behind) = rows[stays], rows[goes]
        _write(desk, row, _cells(row, gone, merge_cases(case, behind), now().astimezone(BERLIN).date()))
        _ratings(desk, row, gone)
        merger = Merger(opened.client, opened.base, desk.stores, desk.journal, desk.lease.ensure)
        done = merger.merge("certification", stays, goes)
        if done.ending in (Ending.BUSY, Ending.STUCK):
            raise Conflict("Jemand bearbeitet gerade einen der beiden Fälle.",
                           hint=done.why or "Bitte versuchen Sie es gleich noch einmal.", row=goes)  # fmt: skip
        desk.told = f"{row.name or stays} ← {gone.name or goes}"
        return Joined(stays, done.moved, desk.journal.run)


def follow_sites(opened: Connection, now: Now) -> Followed:
    """Join the cases of sites that were made one: those that moved along with the site, with those that stood there.

    Two cases of one site that staff made themselves are left alone: they may be two places of one body.

    Raises what ``join`` raises, but for what stands in the way of a single pair.
    """
    followed = Followed()
    for one, other in pairs(opened):
        try:
            followed.joined.append(join(opened, one, other, now))
        except NotFound:
            continue
        except (NotLegal, Conflict) as problem:
            followed.left.append(problem.message)
    return followed


def pairs(opened: Connection) -> list[tuple[int, int]]:
    """Return the cases (rows) that belong together since two sites became one."""
    moved = _moved(opened)
    if not moved:
        return []
    cases = list(TableStore(opened.client, opened.base, Certification).pull())
    found = []
    taken: set[int] = set()
    for case in cases:
        site = moved.get(case.id or 0)
        if site is None or case.site != site:
            continue
        for other in cases:
            fits = other.site == site and other.id != case.id and moved.get(other.id or 0) is None
            if fits and not {case.id, other.id} & taken and not why_not(other, case):
                found.append((other.id or 0, case.id or 0))
                taken |= {case.id or 0, other.id or 0}
    return found


def _moved(opened: Connection) -> Mapping[int, int]:
    """Return the cases (rows) that moved with a site that was merged into another one, and that one (row)."""
    store = TableStore(opened.client, opened.base, JournalEntry)
    where = store.condition("kind", WriteKind.MERGED) & store.condition("table_code", "organisation")
    found: dict[int, int] = {}
    for entry in store.pull(where=where):
        if not entry.undone:
            merging = read_merging(entry)
            found |= {row: merging.stays for table, row, column in merging.moved
                      if (table, column) == ("certification", "site")}  # fmt: skip
    return found


def _case(opened: Connection, row: int) -> tuple[Certification, Case]:
    stands = TableStore(opened.client, opened.base, Certification).get(row)
    if stands is None:
        raise NotFound("Diesen Fall gibt es nicht mehr.", hint=RELOAD, row=row)
    records = TableStore(opened.client, opened.base, StepRecord)
    rounds = TableStore(opened.client, opened.base, CertificationRound)
    procedure = procedure_of(rounds.get(stands.round) if stands.round else None)
    return stands, as_case(stands, records.pull(where=records.condition("certification", row)), procedure)


def _order(rows: Mapping[int, tuple[Certification, Case]], one: int, other: int) -> tuple[int, int]:
    """Return which case stays and which goes; one with a seal stays wherever its card lies."""
    sealed = [row for row in (one, other) if rows[row][0].seal_year is not None]
    first = sealed[0] == one if len(sealed) == 1 else stays_first(rows[one][1], rows[other][1])
    return (one, other) if first else (other, one)


def why_not(one: Certification, other: Certification) -> str:
    """Return in German why two cases stay two, empty when they may become one."""
    if one.seal_year and other.seal_year:
        return f"„{one.name}“ und „{other.name}“ haben beide ein Siegel."
    if one.round != other.round and not (one.phase in OPEN and other.phase in OPEN):
        return f"„{one.name}“ und „{other.name}“ gehören zu verschiedenen Runden, und eine ist dort schon am Ende."
    return ""


def _cells(stays: Certification, goes: Certification, merged: Case, today: dt.date) -> dict[str, Value]:
    """Return the cells of the case that stays which the rules change; the merging itself only fills gaps."""
    cells: dict[str, Value] = {}
    if merged.phase != stays.phase and stays.phase in tuple(Phase):
        cells |= {"phase": merged.phase, "phase_since": today}
    if merged.decision == Decision.LATER and stays.decision != Decision.LATER:
        told = [decision_told(row) for row in (stays, goes)]
        cells |= decide_again(AGAIN, told)
    return {code: value for code, value in cells.items() if stays.value(code) != value}


def _ratings(desk: Desk, stays: Certification, goes: Certification) -> None:
    """Fill what nobody rated at the case that stays from the other one; a rating that does not count says so."""
    store = desk.stores["assessment"]
    theirs = [row for row in store.pull(where=store.condition("certification", goes.id)) if row.criterion_code]
    ours = {row.criterion_code: row for row in _counting(store, stays.id or 0)}
    for row in theirs:
        own = ours.get(row.criterion_code)
        if own is None:
            continue
        filled: dict[str, Value] = {}
        for side in (_OWN, _REVIEW):
            if not any(own.value(code) for code in side):
                filled |= {code: row.value(code) for code in side if row.value(code)}
        _write(desk, own, filled)
        _write(desk, row, {"criterion_code": None, "name": f"{row.name or ''} (aus „{goes.name or goes.id}“)"})


def _counting(store: TableStore[Assessment], case: int) -> Iterator[Assessment]:
    """Yield the rows of a case so that of several of one criterion the one that counts comes last."""
    rows = list(store.pull(where=store.condition("certification", case)))
    yield from sorted(rows, key=lambda row: (row.ident == ident_of(case, row.criterion_code or ""), -(row.id or 0)))


def _write(desk: Desk, row: Record, changes: Mapping[str, Value]) -> None:
    if not changes:
        return
    desk.lease.ensure()
    table, number = row.table().code, row.id or 0
    store = desk.stores[table]
    before: dict[str, Value] = {code: row.value(code) for code in changes}
    desk.journal.announce([Intent(table, number, str(row.value("name") or ""), before, changes, store.row_url(number))])
    if not store.swap(number, before, changes).applied:
        raise Conflict("Jemand bearbeitet gerade einen der beiden Fälle.",
                       hint="Bitte versuchen Sie es gleich noch einmal.", table=table, row=number)  # fmt: skip
