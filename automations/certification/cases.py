"""Moves of a case, written through the journal: a step done or given back, a pause, a decision, the award.

A move is decided anew, under the lease, on what stands in the base at that moment; what somebody else did meanwhile is
told, not undone. Killed anywhere and repeated with the same key it ends the same, and its last run takes all of it
back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from schemas.certification.choices import Decision, Phase, RecordOutcome, RoundState
from schemas.certification.rules.procedure import DEFAULT, Procedure, Step, from_rows, read_procedure
from schemas.certification.rules.progress import (
    Case,
    Move,
    Noted,
    after,
    decision_step,
    obstacles,
    settled,
    working_phase,
)
from schemas.certification.tables import (
    REPORT_PARTS,
    Certification,
    CertificationRound,
    CertificationStep,
    Criterion,
    StepRecord,
)
from schemas.errors import Conflict, KontaktnetzError, NotFound, Terminal
from schemas.model import Value
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.fields import show
from sync.journal import Intent
from sync.nocodb.store import TableStore

Now = Callable[[], dt.datetime]

RETURNED = "Am {day} wurde ein Schritt zurückgegeben, auf dem die Entscheidung beruht; bitte neu entscheiden"
RELOAD = "Bitte laden Sie die Seite neu."


class NotLegal(KontaktnetzError, Terminal):
    """A move that the procedure does not allow at this moment; the message says what stands in its way."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded with a move. ``key`` makes a step's record itself, so that it is never written twice.

    A decision for or against records the step of the network's decision along; ``step`` names it only for a step.
    """

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


@dataclass(frozen=True, slots=True)
class Moved:
    """The case after a move, and the run in the journal that takes it back; empty when nothing was left to write."""

    case: Case
    run: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """The procedure that a round keeps now, and the run in the journal that takes it back; empty when it kept one."""

    procedure: Procedure
    run: str = ""


def as_case(row: Certification, records: Iterable[StepRecord], procedure: Procedure | None = None) -> Case:
    """Return a case as the rules speak of it. A choice of staff's own on the board counts as the first phase.

    A record that staff wrote into the table themselves bears no code: with the ``procedure`` it is known by its name,
    and counts as done when no outcome was chosen.
    """
    codes = {step.name.casefold(): step.code for step in procedure.steps} if procedure is not None else {}
    noted = []
    for one in records:
        code = one.step_code or codes.get((one.name or "").strip().casefold())
        outcome = one.outcome or (RecordOutcome.DONE if one.done_on and not one.step_code else None)
        if one.id is not None and code and outcome in tuple(RecordOutcome):
            noted.append(Noted(one.id, code, RecordOutcome(outcome), one.done_on or dt.date.min))
    return Case(
        phase=Phase(row.phase) if row.phase in tuple(Phase) else Phase.SEMINAR, noted=tuple(noted),
        decision=Decision(row.decision) if row.decision in tuple(Decision) else None,
        decided_on=row.decided_on, report_signed=row.signed_off_on is not None,
        report_begun=any(row.value(part) for part in REPORT_PARTS), has_coordinator=row.coordinator is not None,
        phase_since=row.phase_since, paused_until=row.paused_until,
    )  # fmt: skip


def procedure_of(round_: CertificationRound | None) -> Procedure:
    """Return the procedure that a round keeps; one that has not begun is shown by the default."""
    return (read_procedure(round_.procedure) if round_ is not None else None) or DEFAULT


def procedure_today(opened: Connection) -> Procedure:
    """Return the procedure as the tables hold it at this moment: what a round that begins now will keep.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    steps = TableStore(opened.client, opened.base, CertificationStep).pull()
    criteria = TableStore(opened.client, opened.base, Criterion).pull()
    made = from_rows(steps, criteria)
    return Procedure(made.steps or DEFAULT.steps, made.criteria or DEFAULT.criteria)


def begin_round(opened: Connection, round_row: int, now: Now) -> Begun:
    """Freeze the procedure of a round as the tables hold it today; a round that keeps one already is left alone.

    Without a day of its own it begins today.

    Raises:
        NotFound: there is no such round.
        Conflict: somebody changed it at this moment; look again.
        LeaseHeld: another automatic writer is at work.
    """
    store = TableStore(opened.client, opened.base, CertificationRound)
    round_ = store.get(round_row)
    if round_ is None:
        raise NotFound("Diese Runde gibt es nicht mehr.", hint=RELOAD, row=round_row)
    if (kept := read_procedure(round_.procedure)) is not None:
        return Begun(kept)
    with open_desk(opened.client, opened.base, f"Runde begonnen: {round_.name or round_row}", now) as desk:
        procedure = procedure_today(opened)
        changes: dict[str, Value] = {"procedure": procedure.as_text(), "state": RoundState.RUNNING}
        if round_.begins_on is None:
            changes["begins_on"] = now().astimezone(BERLIN).date()
        if not _swap(desk, round_, changes):
            raise Conflict("Jemand hat diese Runde eben geändert.", hint="Bitte sehen Sie sie noch einmal an.",
                           table="certification_round", row=round_row)  # fmt: skip
        desk.told = f"{round_.name or round_row}: {len(procedure.steps)} Schritte, {len(procedure.criteria)} Kriterien"
    return Begun(procedure, desk.journal.run)


def carry_out(opened: Connection, row: int, move: Move, entry: Entry, now: Now) -> Moved:
    """Make a move of one case; one whose effect stands already changes nothing.

    Raises:
        NotLegal: something stands in the way; nothing was written.
        Conflict: somebody changed the case at this moment; what was written before it is told.
        NotFound: the case is gone.
        LeaseHeld: another automatic writer is at work.
    """
    first = _plan(_look(opened, row, entry.key), move, entry)
    if not first.changes and (first.record is None or first.seen.mine):
        return Moved(first.case)
    with open_desk(opened.client, opened.base, f"Zertifizierung: {move}", now) as desk:
        case = carry_out_at(desk, opened, row, move, entry)
    return Moved(case, desk.journal.run)


def carry_out_at(desk: Desk, opened: Connection, row: int, move: Move, entry: Entry) -> Case:
    """Make a move as ``carry_out`` does at a desk that is open: several moves become one run. Raises what that does."""
    plan = _plan(_look(opened, row, entry.key), move, entry)
    desk.lease.ensure()
    if plan.record is not None:
        _record(desk, plan.record, there=plan.seen.mine)
    stands = plan.seen.stands
    if plan.changes and not _swap(desk, stands, plan.changes):
        raise Conflict(
            "Jemand hat diesen Fall eben geändert."
            + (" Der Schritt ist eingetragen, sonst blieb alles, wie es ist." if plan.record is not None else ""),
            hint="Bitte sehen Sie ihn noch einmal an.", table="certification", row=row,
        )  # fmt: skip
    desk.told = f"{stands.name or row}: {move}"
    return plan.case


def right_phase(row: Certification, case: Case, procedure: Procedure) -> Phase | None:
    """Return the phase that records, decision and seal ask for when the card lies elsewhere, None when it lies right.

    A card that staff laid on "verliehen" without a seal lies wrong, and so does one with a seal that was taken away
    from there; a number alone is no seal, the year makes it one.
    """
    if row.seal_year is not None:
        return None if case.phase == Phase.AWARDED else Phase.AWARDED
    if not case.running and case.phase != Phase.AWARDED:
        return None
    wanted = working_phase(procedure, case)
    return None if wanted == case.phase else wanted


def with_round(case: Case, round_: CertificationRound | None) -> Case:
    """Return a case that knows when its round began, so that the first step has a beginning."""
    return replace(case, begun_on=round_.begins_on) if round_ is not None and round_.begins_on else case


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case as it stands: its row, its records but for the one of this move, and whether that stands already."""

    stands: Certification
    records: tuple[StepRecord, ...]
    procedure: Procedure
    mine: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a move writes: a record of a step, and the cells of the case that change."""

    seen: _Seen
    case: Case
    record: StepRecord | None = None
    changes: Mapping[str, Value] = field(default_factory=dict)


def _look(opened: Connection, row: int, key: str) -> _Seen:
    stands = TableStore(opened.client, opened.base, Certification).get(row)
    if stands is None:
        raise NotFound("Diesen Fall gibt es nicht mehr.", hint=RELOAD, row=row)
    store = TableStore(opened.client, opened.base, StepRecord)
    told = list(store.pull(where=store.condition("certification", row)))
    rounds = TableStore(opened.client, opened.base, CertificationRound)
    round_ = rounds.get(stands.round) if stands.round else None
    kept = read_procedure(round_.procedure) if round_ is not None else None
    others = tuple(one for one in told if one.ident != key)
    return _Seen(stands, others, kept or procedure_today(opened), len(others) < len(told))


def _plan(seen: _Seen, move: Move, entry: Entry) -> _Plan:
    """Decide what a move writes on what stands.

    Raises:
        NotLegal: something stands in the way.
    """
    case = as_case(seen.stands, seen.records, seen.procedure)
    found = obstacles(move, seen.procedure, case, entry.on)
    if found and _stands_already(move, seen, case, entry):
        return _Plan(seen, case)
    if move == Move.DECIDE and entry.decision is None:
        found.append("Es ist keine Entscheidung gewählt.")
    if found:
        raise NotLegal(found[0], hint=" ".join(found[1:]) or "Die Seite zeigt, was als Nächstes dran ist.")
    step = _step(move, seen.procedure, case, entry)
    outcome = RecordOutcome.RETURNED if move == Move.RETURN else entry.outcome
    row = max((noted.row for noted in case.noted), default=0) + 1
    noted = None if step is None else Noted(row, step.code, outcome, entry.on)
    new = after(move, seen.procedure, case, noted=noted, decision=entry.decision)
    if step is None:
        return _Plan(seen, new, None, _cells(move, seen.stands, new, entry))
    if (step.code in settled(new.noted)) == (outcome == RecordOutcome.RETURNED):
        latest = max(noted.on for noted in case.noted if noted.step == step.code)
        raise NotLegal(
            f"Zu „{step.name}“ gibt es schon einen späteren Eintrag vom {latest:%d.%m.%Y}.",
            hint="Bitte nehmen Sie diesen Tag oder einen späteren.",
        )
    record = StepRecord(
        name=step.name, certification=seen.stands.id, step_code=step.code, outcome=outcome, done_on=entry.on,
        done_by=entry.by or None, proof=entry.proof or None, proof_link=entry.proof_link or None,
        note=entry.note or None, ident=entry.key,
    )  # fmt: skip
    return _Plan(seen, new, record, _cells(move, seen.stands, new, entry))


def _step(move: Move, procedure: Procedure, case: Case, entry: Entry) -> Step | None:
    """Return the step that a move records, None when it records none."""
    if move == Move.DECIDE:
        return decision_step(procedure, case) if entry.decision in (Decision.YES, Decision.NO) else None
    if move not in (Move.RECORD, Move.RETURN):
        return None
    if (step := procedure.step(entry.step)) is None:
        raise NotLegal("Diesen Schritt gibt es in dieser Runde nicht.", hint=RELOAD)
    return step


def _stands_already(move: Move, seen: _Seen, case: Case, entry: Entry) -> bool:
    """Say whether what a move would bring about stands already, as after a repetition."""
    if move in (Move.RECORD, Move.RETURN):
        return seen.mine
    if move in (Move.RESUME, Move.REOPEN):
        return case.running
    ends = {Move.PAUSE: Phase.PAUSED, Move.WITHDRAW: Phase.WITHDRAWN, Move.AWARD: Phase.AWARDED}
    as_if = replace(case, phase=ends.get(move, case.phase))
    return not _cells(move, seen.stands, as_if, entry)


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
        cells |= dict.fromkeys(("decision", "decided_on", "decided_by", "decision_text", "recused"))
    elif move == Move.RETURN:
        cells |= _taken_back(stands, new, entry)
    if move == Move.PAUSE:
        cells |= {"paused_until": entry.paused_until, "pause_reason": entry.pause_reason or None}
    elif move == Move.RESUME:
        cells |= {"paused_until": None, "pause_reason": None}
    return {code: value for code, value in cells.items() if stands.value(code) != value}


def decision_told(row: Certification) -> str:
    """Return in German what was decided of a case, for one that is to be decided again."""
    said = show("certification", "decision", row.decision) if row.decision else "noch keine Entscheidung"
    day = f" am {row.decided_on:%d.%m.%Y}" if row.decided_on else ""
    return f"{row.name or 'Einrichtung'}: {said}{day}" + (f" ({row.decision_text})" if row.decision_text else "")


def decide_again(why: str, told: Iterable[str]) -> dict[str, Value]:
    """Return the cells of a case that is to be decided again; its wording tells why and what was decided before."""
    return {"decision": Decision.LATER, "decided_on": None, "decided_by": None,
            "decision_text": "\n".join([why, *told])}  # fmt: skip


def _taken_back(stands: Certification, new: Case, entry: Entry) -> dict[str, Value]:
    """Return the cells that lose decision and sign-off along with the step they rest on."""
    cells: dict[str, Value] = {}
    if new.decision == Decision.LATER and stands.decision == Decision.YES:
        reason = f": {entry.note}" if entry.note else ""
        cells |= decide_again(f"{RETURNED.format(day=f'{entry.on:%d.%m.%Y}')}{reason}", [decision_told(stands)])
    if not new.report_signed:
        cells |= {"signed_off_on": None, "signed_off_by": None}
    return cells


def _record(desk: Desk, record: StepRecord, *, there: bool) -> None:
    """Write the record of a step; one that an interrupted try left behind is announced again, for this run's undo."""
    store = desk.stores["step_record"]
    desk.journal.announce_new("step_record", [record.ident or ""], store.table_url())
    if not there:
        store.create([record])


def _swap(desk: Desk, stands: Certification | CertificationRound, changes: Mapping[str, Value]) -> bool:
    """Change a row as it was read; say whether that is proven to stand."""
    table, row = stands.table().code, stands.id or 0
    before = {code: stands.value(code) for code in changes}
    store = desk.stores[table]
    desk.journal.announce([Intent(table, row, stands.name or "", before, changes, store.row_url(row))])
    return store.swap(row, before, changes).applied
