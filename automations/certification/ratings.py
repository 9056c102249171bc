"""The ratings of a case: what the placement says of itself and what the reviewer saw, criterion by criterion.

Every criterion has one row, known by its ident; the rows of a case are made together under the lease. A change then
needs no lease: it is journalled and goes through compare-and-swap, column by column, so that several people fill in the
same form. Where somebody else wrote another word into the same cell, that word stays and is told. Killed anywhere and
repeated it ends the same.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from schemas.certification.choices import Rating
from schemas.certification.rules.assessment import Rated
from schemas.certification.rules.procedure import Criterion, Procedure
from schemas.certification.tables import Assessment
from schemas.errors import LeaseHeld, RowGone
from schemas.model import Value
from schemas.operations.tables import JournalEntry
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent, Journal
from sync.nocodb.store import TableStore

CAUSE = "Einschätzung"
TRIES = 4
"""So often a row is looked at anew when somebody else writes into it at the same moment."""

PATIENCE = (0.2, 0.4, 0.8, 1.6)
"""Seconds we wait for an automatic writer before the rows of a case are made; after that the person is told."""

Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Own:
    """What a placement says of one criterion."""

    rating: Rating | None = None
    proof: str = ""
    comment: str = ""

    def cells(self) -> dict[str, Value]:
        """Return it as cells by column code."""
        return {"self_rating": self.rating, "self_proof": _text(self.proof), "self_comment": _text(self.comment)}


@dataclass(frozen=True, slots=True)
class Review:
    """What the reviewer says of one criterion."""

    rating: Rating | None = None
    comment: str = ""

    def cells(self) -> dict[str, Value]:
        """Return it as cells by column code."""
        return {"review_rating": self.rating, "review_comment": _text(self.comment)}


@dataclass(frozen=True, slots=True)
class Typed:
    """One criterion (its code) as a person leaves it, and as they found it: only what differs is theirs."""

    criterion: str
    now: Own | Review
    seen: Own | Review


@dataclass(slots=True)
class Saved:
    """What became of it: the run in the journal (empty when nothing was to be written), the rows of the criteria typed
    as they stand now, and the criteria (codes) in which somebody else was quicker; there their word stands.
    """

    run: str = ""
    rows: dict[str, Assessment] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)


_KNOWN_BY: tuple[Callable[[Assessment, int, Criterion], bool], ...] = (
    lambda row, case, criterion: row.ident == ident_of(case, criterion.code),
    lambda row, case, criterion: row.criterion_code == criterion.code,
    lambda row, case, criterion: not row.criterion_code and (row.name or "").strip() == criterion.name,
)


def ident_of(case: int, criterion: str) -> str:
    """Return the ident of the row of a criterion (code) of a case (row)."""
    return f"einschaetzung:{case}:{criterion}"


def own_of(row: Assessment | None) -> Own:
    """Return what a placement said; nothing where there is no row."""
    return Own() if row is None else Own(rating_of(row.self_rating), row.self_proof or "", row.self_comment or "")


def review_of(row: Assessment | None) -> Review:
    """Return what the reviewer said; nothing where there is no row."""
    return Review() if row is None else Review(rating_of(row.review_rating), row.review_comment or "")


def rating_of(cell: str | None) -> Rating | None:
    """Return the rating in a cell; empty, or a choice of staff's own, is none."""
    return Rating(cell) if cell in tuple(Rating) else None


def by_criterion(procedure: Procedure, case: int, rows: Iterable[Assessment]) -> dict[str, Assessment]:
    """Return the row of each criterion (code) of a case: by ident, else by its code, else by the name staff typed.

    Of several the oldest counts. Criteria without a row and rows whose criterion the round does not have are left out.
    """
    told = sorted((row for row in rows if row.certification == case), key=lambda row: row.id or 0)
    found: dict[str, Assessment] = {}
    for criterion in procedure.criteria:
        row = next((row for known_by in _KNOWN_BY for row in told if known_by(row, case, criterion)), None)
        if row is not None:
            found[criterion.code] = row
    return found


def rated(procedure: Procedure, case: int, rows: Iterable[Assessment]) -> list[Rated]:
    """Return the ratings of a case as the rules speak of them, one for each criterion of its round."""
    known = by_criterion(procedure, case, rows)
    return [
        Rated(c.code, own_of(known.get(c.code)).rating, review_of(known.get(c.code)).rating)
        for c in procedure.criteria
    ]  # fmt: skip


def save_own(
    opened: Connection, case: int, procedure: Procedure, typed: Sequence[Typed], *, by: str, now: Now
) -> Saved:  # fmt: skip
    """Write what a placement says of some criteria; ``by`` is who filled in the form.

    Raises:
        LeaseHeld: the rows of the case could not be made, an automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer; do it again.
    """
    stamp: dict[str, Value] = {"rated_by": _text(by), "rated_at": now().replace(microsecond=0)}
    return _save(opened, case, procedure, typed, stamp=stamp, now=now)


def save_review(
    opened: Connection, case: int, procedure: Procedure, typed: Sequence[Typed], *, by: str, now: Now
) -> Saved:  # fmt: skip
    """Write what the reviewer (``by``) says of some criteria. Raises what ``save_own`` raises."""
    return _save(opened, case, procedure, typed, stamp={"reviewed_by": _text(by)}, now=now)


def prepare(opened: Connection, case: int, procedure: Procedure, now: Now) -> dict[str, Assessment]:
    """Make the rows of a case that are missing, and return all by criterion (code). Raises what ``save_own`` raises."""
    store = TableStore(opened.client, opened.base, Assessment)
    there = _rows(store, procedure, case)
    if _missing(procedure, there):
        with _patient_desk(opened, now) as desk:
            there = _rows(store, procedure, case)
            fresh = _missing(procedure, there)
            idents = [ident_of(case, criterion.code) for criterion in fresh]
            if fresh:
                desk.journal.announce_new("assessment", idents, store.table_url())
                store.create([_row(case, criterion) for criterion in fresh])
        there = _rows(store, procedure, case)
    return there


def _save(
    opened: Connection, case: int, procedure: Procedure, typed: Sequence[Typed], *, stamp: Mapping[str, Value],
    now: Now,
) -> Saved:  # fmt: skip
    store = TableStore(opened.client, opened.base, Assessment)
    there = prepare(opened, case, procedure, now)
    known = [one for one in typed if one.criterion in there]
    done = Saved(rows={one.criterion: there[one.criterion] for one in known})
    meant = []
    for one in known:
        row = there[one.criterion]
        cells, taken = _wanted(one, row)
        if taken:
            done.taken.append(one.criterion)
        if cells and row.id is not None:
            after = {**cells, **stamp}
            before = {code: row.value(code) for code in after}
            intent = Intent(
                "assessment", row.id, f"{CAUSE}: {row.name or row.id}", before, after, store.row_url(row.id)
            )
            meant.append((one, intent))
    if meant:
        done.run = f"{now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
        journal = Journal(TableStore(opened.client, opened.base, JournalEntry), run=done.run, cause=CAUSE, now=now)
        journal.announce([intent for _, intent in meant])
        for one, _ in meant:
            _write(store, one, stamp, done)
    return done


def _write(store: TableStore[Assessment], one: Typed, stamp: Mapping[str, Value], done: Saved) -> None:
    """Write one criterion; read, decide, swap, and look again if somebody was quicker."""
    row_id = done.rows[one.criterion].id or 0
    stuck = True
    for _ in range(TRIES):
        stands = store.get(row_id)
        if stands is None:
            raise RowGone("Diese Einschätzung hat eben jemand gelöscht.", hint="Bitte laden Sie die Seite neu.")
        done.rows[one.criterion] = stands
        after, taken = _wanted(one, stands)
        if taken or not after:
            stuck = taken
        if not after:
            break
        if store.swap(row_id, {code: stands.value(code) for code in after}, {**after, **stamp}).applied:
            done.rows[one.criterion] = store.get(row_id) or stands
            stuck = taken
            break
    if stuck and one.criterion not in done.taken:
        done.taken.append(one.criterion)


def _wanted(one: Typed, stands: Assessment) -> tuple[dict[str, Value], bool]:
    """Return the cells to be written, and whether somebody else wrote another word where this person typed."""
    before, after = one.seen.cells(), one.now.cells()
    shown = {code: _same(stands.value(code)) for code in after}
    mine = {code: value for code, value in after.items() if value not in (before[code], shown[code])}
    free = {code: value for code, value in mine.items() if shown[code] == before[code]}
    return free, len(free) < len(mine)


def _rows(store: TableStore[Assessment], procedure: Procedure, case: int) -> dict[str, Assessment]:
    return by_criterion(procedure, case, store.pull(where=store.condition("certification", case)))


def _missing(procedure: Procedure, there: Mapping[str, Assessment]) -> list[Criterion]:
    return [criterion for criterion in procedure.criteria if criterion.code not in there]


def _row(case: int, criterion: Criterion) -> Assessment:
    return Assessment(name=criterion.name, certification=case, criterion_code=criterion.code,
                      ident=ident_of(case, criterion.code))  # fmt: skip


@contextmanager
def _patient_desk(opened: Connection, now: Now) -> Iterator[Desk]:
    """Open the desk; while an automatic writer is at work, wait a little."""
    with ExitStack() as stack:
        for pause in (*PATIENCE, 0.0):
            try:
                desk = stack.enter_context(open_desk(opened.client, opened.base, CAUSE, now))
                break
            except LeaseHeld:
                if not pause:
                    raise
                time.sleep(pause)
        yield desk


def _same(cell: Value) -> Value:
    return _text(cell) if isinstance(cell, str) else cell


def _text(value: str) -> str | None:
    """Return what a person typed as a cell holds it: line ends as everywhere, nothing as empty."""
    return "\n".join(value.splitlines()).strip() or None
