"""Moves of a case, written through the journal: a step done or given back, a pause, a decision, the award.

A move is decided anew on what stands in the base at that moment; what somebody else did meanwhile is told, not undone.
Killed anywhere and repeated with the same key it ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from schemas.certification.choices import Decision, Phase, RecordOutcome
from schemas.certification.rules.procedure import DEFAULT, Procedure, from_rows, read_procedure
from schemas.certification.rules.progress import Case, Move, Noted, after, obstacles, working_phase
from schemas.certification.tables import Certification, CertificationRound, CertificationStep, Criterion, StepRecord
from schemas.errors import Conflict, KontaktnetzError, NotFound, Terminal
from schemas.model import Value
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.nocodb.store import TableStore

Now = Callable[[], dt.datetime]


class NotLegal(KontaktnetzError, Terminal):
    """A move that the procedure does not allow at this moment; the message says what stands in its way."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded with a move. ``key`` makes a step's record itself, so that it is never written twice."""

    key: str
    on: dt.date
    by: str = ""
    step: str = ""
    outcome: RecordOutcome = RecordOutcome.DONE
    proof: str = ""
    proof_link: str = ""
    note: str = ""
    decision: Decision | None = None
    decided_by: int | None = None
    decision_text: str = ""
    recused: str = ""
    paused_until: dt.date | None = None
    pause_reason: str = ""
    cells: Mapping[str, Value] = field(default_factory=dict)
    """Further cells of the case that change with the move (for an award: number, year, day)."""


def as_case(row: Certification, records: Iterable[StepRecord]) -> Case:
    """Return a case as the rules speak of it. A choice of staff's own on the board counts as the first phase."""
    noted = tuple(
        Noted(r.id, r.step_code, RecordOutcome(r.outcome), r.done_on or dt.date.min)
        for r in records
        if r.id is not None and r.step_code and r.outcome in tuple(RecordOutcome)
    )
    return Case(
        phase=Phase(row.phase) if row.phase in tuple(Phase) else Phase.SEMINAR, noted=noted,
        decision=Decision(row.decision) if row.decision in tuple(Decision) else None,
        report_signed=row.signed_off_on is not None, has_coordinator=row.coordinator is not None,
        phase_since=row.phase_since, paused_until=row.paused_until,
    )  # fmt: skip


def procedure_of(round_: CertificationRound | None) -> Procedure:
    """Return the procedure that a round keeps; one that has not begun is shown by the default."""
    return (read_procedure(round_.procedure) if round_ is not None else None) or DEFAULT


def begin_round(opened: Connection, round_row: int, now: Now) -> Procedure:
    """Freeze the procedure of a round as the tables hold it today; a round that keeps one already is left alone.

    Raises:
        NotFound: there is no such round.
        LeaseHeld: another automatic writer is at work.
    """
    store = TableStore(opened.client, opened.base, CertificationRound)
    round_ = store.get(round_row)
    if round_ is None:
        raise NotFound("Diese Runde gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.", row=round_row)
    if (kept := read_procedure(round_.procedure)) is not None:
        return kept
    steps = list(TableStore(opened.client, opened.base, CertificationStep).pull())
    criteria = list(TableStore(opened.client, opened.base, Criterion).pull())
    made = from_rows(steps, criteria)
    procedure = Procedure(made.steps or DEFAULT.steps, made.criteria or DEFAULT.criteria)
    with open_desk(opened.client, opened.base, f"Runde begonnen: {round_.name or round_row}", now) as desk:
        _change(desk, "certification_round", round_row, {"procedure": round_.procedure, "state": round_.state},
                {"procedure": procedure.as_text(), "state": "laeuft"}, name=round_.name or "")  # fmt: skip
    return procedure


def carry_out(opened: Connection, row: int, move: Move, entry: Entry, now: Now) -> Case:
    """Make a move of one case and return the case after it.

    Raises:
        NotLegal: something stands in the way; nothing was written.
        Conflict: somebody changed the case at this moment; look again.
        NotFound: the case is gone.
        LeaseHeld: another automatic writer is at work.
    """
    records = TableStore(opened.client, opened.base, StepRecord)
    stands = TableStore(opened.client, opened.base, Certification).get(row)
    if stands is None:
        raise NotFound("Diesen Fall gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.", row=row)
    told = list(records.pull(where=records.condition("certification", row)))
    round_store = TableStore(opened.client, opened.base, CertificationRound)
    procedure = procedure_of(round_store.get(stands.round) if stands.round else None)
    done_before = any(record.ident == entry.key for record in told)
    case = as_case(stands, [record for record in told if record.ident != entry.key])
    if found := obstacles(move, procedure, case):
        raise NotLegal(found[0], hint=" ".join(found[1:]) or "Die Seite zeigt, was als Nächstes dran ist.")
    noted = Noted((max((n.row for n in case.noted), default=0)) + 1, entry.step, _outcome(move, entry), entry.on)
    new = after(move, procedure, case, noted=noted, decision=entry.decision)
    with open_desk(opened.client, opened.base, f"Zertifizierung: {move}", now) as desk:
        if move in (Move.RECORD, Move.RETURN) and not done_before:
            _record(desk, row, procedure, move, entry)
        changes = _cells(move, stands, new, entry)
        _change(
            desk, "certification", row, {code: stands.value(code) for code in changes}, changes, name=stands.name or ""
        )
        desk.told = f"{stands.name or row}: {move}"
    return new


def put_right(row: Certification, records: Iterable[StepRecord], procedure: Procedure) -> Phase | None:
    """Return the phase that records and decision ask for when the card lies elsewhere, None when it lies right."""
    case = as_case(row, records)
    wanted = working_phase(procedure, case) if case.running else case.phase
    return None if wanted == case.phase else wanted


def _outcome(move: Move, entry: Entry) -> RecordOutcome:
    return RecordOutcome.RETURNED if move == Move.RETURN else entry.outcome


def _record(desk: Desk, row: int, procedure: Procedure, move: Move, entry: Entry) -> None:
    step = procedure.step(entry.step)
    if step is None:
        raise NotLegal("Diesen Schritt gibt es in dieser Runde nicht.", hint="Bitte laden Sie die Seite neu.")
    desk.journal.announce_new("step_record", [entry.key], desk.stores["step_record"].table_url())
    desk.stores["step_record"].create([
        StepRecord(
            name=step.name, certification=row, step_code=step.code, outcome=_outcome(move, entry), done_on=entry.on,
            done_by=entry.by or None, proof=entry.proof or None, proof_link=entry.proof_link or None,
            note=entry.note or None, ident=entry.key,
        )
    ])  # fmt: skip


def _cells(move: Move, stands: Certification, new: Case, entry: Entry) -> dict[str, Value]:
    """Return the cells of the case that change with a move; those that stay as they are left out."""
    cells: dict[str, Value] = dict(entry.cells)
    if new.phase != stands.phase:
        cells |= {"phase": new.phase, "phase_since": entry.on}
    if move == Move.DECIDE:
        cells |= {
            "decision": entry.decision, "decided_on": entry.on, "decided_by": entry.decided_by,
            "decision_text": entry.decision_text or None, "recused": entry.recused or None,
        }  # fmt: skip
    elif move == Move.REOPEN and new.decision is None:
        cells |= {"decision": None, "decided_on": None}
    if move == Move.PAUSE:
        cells |= {"paused_until": entry.paused_until, "pause_reason": entry.pause_reason or None}
    elif move == Move.RESUME:
        cells |= {"paused_until": None, "pause_reason": None}
    return {code: value for code, value in cells.items() if stands.value(code) != value}


def _change(
    desk: Desk, table: str, row: int, before: Mapping[str, Value], changes: Mapping[str, Value], *, name: str
) -> None:
    if not changes:
        return
    desk.lease.ensure()
    store = desk.stores[table]
    desk.journal.announce([Intent(table, row, name, before, changes, store.row_url(row))])
    if not store.swap(row, before, changes).applied:
        raise Conflict(
            "Jemand hat diesen Fall eben geändert.", hint="Bitte sehen Sie ihn noch einmal an.", table=table, row=row
        )


def with_round(case: Case, round_: CertificationRound | None) -> Case:
    """Return a case that knows when its round began, so that the first step has a beginning."""
    return replace(case, begun_on=round_.begins_on) if round_ is not None and round_.begins_on else case
